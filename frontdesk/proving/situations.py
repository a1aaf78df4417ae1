"""Walks the engine itself with happenings instead of words: what can happen at a moment, and what comes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from frontdesk.business import Business
from frontdesk.conversation.ports import Content
from frontdesk.proving.happenings import HANGS_UP, MUMBLES, NO, SILENT, YES, Happening
from frontdesk.proving.outcomes import Outcomes
from frontdesk.proving.targets import covered
from frontdesk.proving.values import VAGUE, Values
from fsm.call import Call
from fsm.conditions import holds
from fsm.effects import Run
from fsm.events import ActionFinished, CallStarted, Event, HungUp, Silence, Spoke
from fsm.facts import Fact, Origin
from fsm.graph import Graph
from fsm.proposals import Act, Doubt, Proposal, ProposedFact
from fsm.spec import NOT_FROM_CALLERS
from fsm.step import Step, new_call, step
from fsm.views import view

__all__ = ["NOW", "WORDS", "Impossible", "Moment", "Setting", "Situations", "Stretch", "plain_line", "settings_of"]

Stretch = tuple[Happening | str, ...]
"""Happenings one after another; a bare name is an outcome of the action under way."""

NOW: Final = dt.datetime(2026, 6, 12, 9, tzinfo=dt.UTC)
"""Generated calls are held on this day, a Friday."""

WORDS: Final = "…"
"""What stands for the caller's words where there are none."""


@dataclass(frozen=True, slots=True, order=True)
class Setting:
    """What is so before the first word: whether the caller's number is seen, which switches of the business are on, and who understands."""

    shows_number: bool = True
    switches: tuple[str, ...] = ()
    by_model: bool = False
    """Whether callers are heard as a language model may hear them; otherwise the rules understand their words."""

    def __str__(self) -> str:
        shown = ["number shown" if self.shows_number else "number withheld", *(f"{name} on" for name in self.switches)]
        return ", ".join([*shown, *(["heard by a language model"] if self.by_model else [])])


def plain_line(name: str) -> str:
    """The name of a line as paths have it: whichever question is asked, the answer is an answer."""
    return "answers" if name.startswith("answers.") and name != "answers.unknown" else name


def settings_of(graph: Graph) -> list[Setting]:
    """Number shown or withheld, with no switch of the business on and with each on by itself."""
    own = graph.spec.own_switches
    switches = [name for name, fact in graph.facts.items() if fact.type == "switch" and name not in own]
    return [Setting(shows, on) for on in ((), *((name,) for name in switches)) for shows in (True, False)]


@dataclass(frozen=True, slots=True)
class Moment:
    """A call between two happenings: `run` is the action under way, None while the caller is listened to."""

    call: Call
    run: Run | None
    covers: frozenset[str] = frozenset()
    """What the happening before has covered."""
    lines: tuple[str, ...] = ()
    """Names of the lines it has said."""


class Impossible(Exception):
    """The call is over, an action is under way or none is, or there is nothing to pick from."""


class Situations:
    """All that can happen to the calls of one content; with `by_model` also what the rules hear nowhere, or only elsewhere."""

    def __init__(self, content: Content, *, by_model: bool = False) -> None:
        self.by_model = by_model
        self.graph: Graph = content.graph
        self.business: Business = content.business
        self.values = Values(self.business, self.graph)
        now = NOW.astimezone(self.business.zone)
        self.at = now.isoformat(timespec="seconds")
        self.outcomes = Outcomes(self.graph.catalogue, self.graph.facts, self.business, content.speaker.answer_line, now)
        self.topic = next((topic for topic in sorted(self.business.answers()) if content.speaker.answer_line(topic, {})), "")

    # -- what comes of a happening ---------------------------------------------------------------------------------

    def begin(self, setting: Setting) -> Moment:
        """The call is answered."""
        switches = {
            name: Fact(name in setting.switches, Origin.RECORD, 0) for name, fact in self.graph.facts.items() if fact.type == "switch"
        }
        caller = self.values.caller if setting.shows_number else None
        call = new_call(self.graph, "call_1", self.business.default_language)
        return self.made(call, CallStarted(self.at, self.business.default_language, caller, switches))

    def take_all(self, moment: Moment, stretch: Stretch) -> Moment:
        """The moment after several happenings; it covers what all of them have covered."""
        covers: frozenset[str] = frozenset()
        for happening in stretch:
            moment = self.take(moment, happening)
            covers |= moment.covers
        return replace(moment, covers=covers)

    def take(self, moment: Moment, happening: Happening | str) -> Moment:
        """The next moment; a bare name is the outcome of the action under way. Raises what `fsm.step` raises."""
        return self.made(moment.call, self.event(moment, happening))

    def event(self, moment: Moment, happening: Happening | str) -> Event:
        """What the engine is told. Raises Impossible."""
        if moment.call.ended or (moment.run is not None and not isinstance(happening, str) and happening != HANGS_UP):
            raise Impossible(happening)
        if isinstance(happening, str):
            if moment.run is None:
                raise Impossible(happening)
            result = self.outcomes.result(moment.run, happening)
            return ActionFinished(self.at, moment.run.id, result.outcome, result.facts, result.lists, result.values, result.line)
        if happening.kind == "silent":
            return Silence(self.at, 8.0)
        if happening.kind == "hangs up":
            return HungUp(self.at)
        return Spoke(self.at, WORDS, self.proposal(moment.call, happening))

    def proposal(self, call: Call, happening: Happening) -> Proposal:
        """What a brain would propose for these words."""
        facts = [ProposedFact(name, self.values.of(name, token, call), WORDS) for name, token in happening.facts if token != VAGUE]
        doubts = [Doubt(name, WORDS, self.values.vague(call)) for name, token in happening.facts if token == VAGUE]
        acts = [Act(name, self._args(name, about, call)) for name, about in happening.acts]
        return Proposal(call.generation, tuple(facts), tuple(acts), tuple(doubts))

    def _args(self, act: str, about: str, call: Call) -> Mapping[str, Any]:
        args = dict([about.split("=", 1)]) if about else {}
        if act == "asks_question":
            args = {"topic": self.topic}
        if act == "switch_language":
            args = {"to": self.values.other_language(call.language)}
        return args

    def made(self, before: Call, event: Event) -> Moment:
        """The moment after an event."""
        made: Step = step(self.graph, before, event)
        run = next((effect for effect in made.effects if isinstance(effect, Run)), None)
        lines = tuple(plain_line(effect.line) for effect in made.effects if hasattr(effect, "line"))
        return Moment(made.call, run, frozenset(covered(self.graph, before, event, made)), lines)

    # -- what can happen -------------------------------------------------------------------------------------------

    def choices(self, moment: Moment) -> list[Stretch]:
        """Everything that can happen next, answers to what is asked first, and what happens often enough to reach a limit."""
        call = moment.call
        if call.ended:
            return []
        if moment.run is not None:
            return [(outcome,) for outcome in self.outcomes.of(moment.run.action)]
        found: list[Happening] = [*self._answers(call)]
        found += [Happening("says", ((name, token),)) for name in self._volunteered[call.state] for token in self.tokens(name, call)]
        acts = dict.fromkeys(str(move.on) for move in (*self.graph.states[call.state].on, *self.graph.spec.anywhere))
        for act in acts:
            if act == "wants_change":
                known = [name for name in self._changeable if name in call.facts or name in call.unconfirmed]
                found += [Happening("says", acts=((act, f"fact={name}"),)) for name in known or self._changeable[:1]]
            elif act not in {"yes", "no", "corrects", "hangs_up"}:
                found.append(Happening("says", acts=((act, ""),)))
        limits = self.graph.limits[call.state]
        stretches: list[Stretch] = [(happening,) for happening in dict.fromkeys([*found, MUMBLES, SILENT, HANGS_UP])]
        stretches += [(happening,) * (most or 1) for happening, most in ((MUMBLES, limits.attempts), (SILENT, limits.silences))]
        return list(dict.fromkeys(stretches))

    def _answers(self, call: Call) -> list[Happening]:
        seen = view(self.graph, call)
        if seen.asks is None:
            return []
        found: list[Happening] = []
        if seen.asks_type == "yes_no" or seen.mode in {"read_back", "suggest"}:
            found += [YES, NO]
        elif "no" in {move.on for move in self.graph.states[call.state].on}:
            found.append(NO)
        if seen.asks_type != "yes_no":
            found += [Happening("says", ((seen.asks, token),)) for token in self.tokens(seen.asks, call)]
        return found

    def tokens(self, name: str, call: Call) -> list[str]:
        """What can be said of a fact that is not known so already."""
        known = call.facts.get(name) or call.unconfirmed.get(name)
        tokens = self.values.tokens(name, call)
        return [token for token in tokens if known is None or token == VAGUE or self.values.of(name, token, call) != known.value]

    @cached_property
    def sayable(self) -> list[str]:
        """Facts that the graph asks for or looks at, and that somebody can say."""
        graph = self.graph
        looked_at = {name for move in graph.spec.moves for name in move.if_}
        asked = {state.ask for state in graph.states.values()}
        return [name for name, fact in graph.facts.items() if name in looked_at | asked and fact.type not in {"yes_no"} | NOT_FROM_CALLERS]

    @cached_property
    def _volunteered(self) -> Mapping[str, tuple[str, ...]]:
        """By state: what may be said there without having been asked for: other wishes, and what its tools are for."""
        if self.by_model:
            return dict.fromkeys(self.graph.states, tuple(self.sayable))
        wishes = [name for name in self.sayable if self.graph.facts[name].type == "choice"]
        vague = [name for name in self.sayable if self.graph.facts[name].type == "service"]
        return {
            name: tuple(fact for fact in self.sayable if fact in wishes + vague or {f"say_{fact}", f"choose_{fact}"} & set(state.tools))
            for name, state in self.graph.states.items()
        }

    @cached_property
    def _changeable(self) -> list[str]:
        named = set() if self.by_model else {"choice", "text", "appointment"}
        return [name for name in self.sayable if self.graph.facts[name].type not in named]

    # -- which moments are alike -----------------------------------------------------------------------------------

    def key(self, moment: Moment) -> tuple[Any, ...]:
        """The same for moments from which, as far as the graph tells, the same can happen."""
        call, graph = moment.call, self.graph
        facts = tuple(
            (name, fact.value if graph.facts[name].type in {"choice", "yes_no", "switch"} else True)
            for name, fact in sorted(call.facts.items())
            if name in self._told_apart
        )
        outcomes = tuple((name, outcome) for name, outcome in sorted(call.outcomes.items()) if self._matters(name, call.state))
        return (
            call.state,
            moment.run.action if moment.run else "",
            call.gone,
            call.ended,
            facts,
            tuple(sorted(call.unconfirmed)),
            tuple(sorted(call.options)),
            call.declined,
            outcomes,
            tuple(sorted(name for name, items in call.lists.items() if items)),
            call.caller is not None,
        )

    def outlook(self, moment: Moment) -> tuple[Any, ...]:
        """The state, which conditions of its moves hold, and what moves have turned on: what is explored evenly."""
        call = moment.call
        state = self.graph.states[call.state]
        moves = (*state.next, *state.on, *self.graph.spec.anywhere)
        held = tuple(holds(move.if_, call, self.graph.fact_names) for move in moves if move.if_)
        on = tuple(name for name in self._own_switches if (fact := call.facts.get(name)) is not None and fact.value)
        return call.state, moment.run.action if moment.run else "", call.gone, held, on

    @cached_property
    def _own_switches(self) -> tuple[str, ...]:
        return tuple(sorted(self.graph.spec.own_switches))

    @cached_property
    def _told_apart(self) -> frozenset[str]:
        needs = {need for state in self.graph.states.values() for action in state.run for need in self.graph.catalogue[action].needs}
        return frozenset(self.sayable) | needs | {name for name, fact in self.graph.facts.items() if fact.type == "switch"}

    def _matters(self, action: str, state: str) -> bool:
        return action in self._read_in[state]

    @cached_property
    def _read_in(self) -> Mapping[str, frozenset[str]]:
        """By state: the actions that it, or a state that it leads to at once, looks at."""
        own: dict[str, set[str]] = {}
        for name, state in self.graph.states.items():
            conditions = [*(move.if_ for move in state.next), *(move.if_ for move in state.on), *(line.if_ for line in state.say)]
            own[name] = {key for condition in conditions for key in condition if key in self.graph.catalogue} | set(state.run)
        return {
            name: frozenset(own[name].union(*(own[move.to] for move in state.next if move.to and not self.graph.states[move.to].ask)))
            for name, state in self.graph.states.items()
        }
