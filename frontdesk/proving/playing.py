"""Plays generated paths through the real conversation, with the rules understanding real words, and tells where it goes otherwise."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from frontdesk.actions.context import ActionContext, Result
from frontdesk.brain.port import Brain
from frontdesk.brain.utterance.phrases import Phrases
from frontdesk.conversation.conversation import Conversation
from frontdesk.conversation.incoming import Gone, Incoming, Key, Quiet, Words
from frontdesk.conversation.outputs import ActionDone, Line
from frontdesk.conversation.ports import Content, Ports
from frontdesk.proving.covering import GeneratedPath, Turn
from frontdesk.proving.happenings import Happening
from frontdesk.proving.observed import CameTo, came_to
from frontdesk.proving.situations import NOW, WORDS, Moment, Setting, Situations, plain_line
from frontdesk.proving.targets import covered
from frontdesk.proving.voices import Voices
from fsm.call import Call
from fsm.effects import Run
from fsm.events import Event
from fsm.proposals import Proposal
from fsm.step import Step
from fsm.view import View

__all__ = ["Played", "Player"]


@dataclass(slots=True)
class Played:
    """A path that was played in one language: the dialogue, what it covered, and what was otherwise than written."""

    language: str
    dialogue: list[str] = field(default_factory=list)
    covers: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


class Player:
    """Plays paths against one content; nothing is stored and no clock is read."""

    def __init__(self, content: Content, phrases: Phrases) -> None:
        self._brain = _Remembering(content.brain)
        self._content = replace(content, brain=self._brain)
        self.situations = Situations(self._content)
        self.voices = Voices(self.situations, self._brain, phrases)

    async def play(self, path: GeneratedPath, language: str) -> Played:
        """Plays one path in one language; it stops at the first turn that goes otherwise."""
        played = Played(language)
        due: deque[str] = deque()
        content = self._with(path.setting)
        model = _Model() if path.setting.by_model else None
        if model is not None:
            content = replace(content, brain=model)
        caller = self.situations.values.caller if path.setting.shows_number else None
        ports = _ports(self.situations, due, played.covers)
        conversation = Conversation(content, ports, call_id="call_1", clock=lambda: NOW, language=language, caller=caller)
        for turn in path.turns:
            due.clear()
            due.extend(turn.outcomes)
            incoming = self._incoming(turn.caller, conversation, model)
            if turn.caller is not None and incoming is None:
                played.wrong.append(f"nobody has words for “{turn.caller}” in the state “{conversation.call.state}”")
                break
            before = None if incoming is None else conversation.call
            outputs = [output async for output in (conversation.start() if incoming is None else conversation.feed(incoming))]
            played.dialogue += _shown(incoming, turn.caller, outputs)
            differs = _differences(turn, conversation.call.state, outputs)
            differs += _came_otherwise(turn.came_to, came_to(self.situations.graph, before, conversation.call))
            if differs:
                played.wrong += differs
                break
        if not played.wrong and not conversation.call.ended:
            played.wrong.append("the path ends here, and the call does not")
        return played

    def _incoming(self, happening: Happening | None, conversation: Conversation, model: _Model | None) -> Incoming | None:
        if happening is None:
            return None
        if happening.kind == "silent":
            return Quiet(8.0)
        if happening.kind == "hangs up":
            return Gone()
        if happening.kind == "key":
            return Key(happening.key)
        if model is not None:
            model.hears = self.situations.proposal(conversation.call, happening)
            return Words(WORDS)
        words = self.voices.say(Moment(conversation.call, None), happening)
        return None if words is None else Words(words)

    def _with(self, setting: Setting) -> Content:
        """The content of a business that has these switches on."""
        business = self._content.business
        switches = [name for name, fact in self.situations.graph.facts.items() if fact.type == "switch"]
        changes = {name.replace("asks_", "ask_"): name in setting.switches for name in switches}
        known = {name: on for name, on in changes.items() if hasattr(business.booking, name)}
        return replace(self._content, business=business.model_copy(update={"booking": business.booking.model_copy(update=known)}))


class _Remembering:
    """A brain that is asked the same about the same view twice in a row, and thinks once."""

    def __init__(self, brain: Brain) -> None:
        self._brain = brain
        self._last: tuple[str, View, Proposal] | None = None

    async def read(self, text: str, view: View) -> Proposal:
        if self._last is None or self._last[:2] != (text, view):
            self._last = text, view, await self._brain.read(text, view)
        return self._last[2]

    async def read_key(self, key: str, view: View) -> Proposal:
        return await self._brain.read_key(key, view)


class _Model:
    """Hears what the path says that a language model hears."""

    def __init__(self) -> None:
        self.hears = Proposal(0)

    async def read(self, text: str, view: View) -> Proposal:
        del text
        return replace(self.hears, generation=view.generation)

    async def read_key(self, key: str, view: View) -> Proposal:
        del key
        return Proposal(view.generation)


class _Nothing:
    """An outside world in which nothing is kept."""

    def __getattr__(self, name: str) -> Any:
        async def nothing(*args: Any, **named: Any) -> None:
            del args, named

        return nothing


def _ports(situations: Situations, due: deque[str], covers: set[str]) -> Ports:
    nothing = cast("Any", _Nothing())

    async def carry_out(run: Run, context: ActionContext) -> Result:
        del context
        outcomes = situations.outcomes.of(run.action)
        outcome = due.popleft() if due else outcomes[0]
        return situations.outcomes.result(run, outcome if outcome in outcomes else outcomes[0])

    def watch(before: Call, event: Event, made: Step) -> None:
        covers.update(covered(situations.graph, before, event, made))

    return Ports(nothing, nothing, nothing, nothing, nothing, carry_out=carry_out, watch=watch)


def _differences(turn: Turn, state: str, outputs: Sequence[Any]) -> list[str]:
    says = tuple(plain_line(output.name) for output in outputs if isinstance(output, Line))
    does = tuple(f"{output.action}: {output.outcome}" for output in outputs if isinstance(output, ActionDone))
    wrong = []
    if state != turn.state:
        wrong.append(f"the state is “{state}”, not “{turn.state}”")
    if does != turn.does:
        wrong.append(_otherwise("does", does, turn.does))
    if says != turn.says:
        wrong.append(_otherwise("says", says, turn.says))
    return wrong


def _came_otherwise(written: CameTo, made: CameTo) -> list[str]:
    compared = (
        ("goes through", made.through, written.through),
        ("achieves", made.achieves, written.achieves),
        ("learns", made.learns, written.learns),
        ("forgets", made.forgets, written.forgets),
    )
    return [_otherwise(verb, came, meant) for verb, came, meant in compared if came != meant]


def _otherwise(verb: str, came: Sequence[str], meant: Sequence[str]) -> str:
    return f"it {verb} {_listed(came)}, not {_listed(meant)}"


def _listed(items: Sequence[str]) -> str:
    return ", ".join(items) if items else "nothing"


def _shown(incoming: Incoming | None, happening: Happening | None, outputs: Sequence[Any]) -> list[str]:
    said = " ".join(output.text for output in outputs if isinstance(output, Line))
    done = "".join(f" ({output.action}: {output.outcome})" for output in outputs if isinstance(output, ActionDone))
    caller = [] if incoming is None else [f"      caller: {_heard(incoming, happening)}"]
    return [*caller, f"   frontdesk: {said or '(says nothing)'}{done}"]


def _heard(incoming: Incoming, happening: Happening | None) -> str:
    if isinstance(incoming, Words):
        return incoming.text if incoming.text != WORDS else f"({happening})"
    if isinstance(incoming, Key):
        return f"(key {incoming.key})"
    return "(says nothing)" if isinstance(incoming, Quiet) else "(hangs up)"
