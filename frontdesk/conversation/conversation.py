"""One call: fed with what happens, it steps the engine, runs the actions and hands back what is due.

Nothing here decides where a call goes; the graph does. The conversation only carries effects out and reports back,
so that text, phone and tests hold the same call.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections import Counter, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Final

from frontdesk.actions.context import ActionContext
from frontdesk.brain.listening import ListeningBrain, SoFar
from frontdesk.brain.speaking import Said, Sentence, SpeakingBrain
from frontdesk.conversation.incoming import Gone, Heard, Incoming, Key, Quiet, Words, as_record
from frontdesk.conversation.keeping import PATIENCE_S, Keeper
from frontdesk.conversation.outputs import ActionDone, ActionStarted, Ended, Ending, Line, Output, Turn
from frontdesk.conversation.ports import Clock, Content, Ports
from frontdesk.conversation.reporting import output_of, turn_of
from frontdesk.conversation.storing import end_of, facts_learnt, known_at_start, remember_caller, start_record, turn_record
from fsm.call import Call
from fsm.effects import Effect, HangUp, Run, Say, SayFreely
from fsm.errors import EngineError, InvariantBroken, Stale
from fsm.events import ActionFinished, CallStarted, Event, Faulted, HungUp, KeyPressed, LinesHeard, Silence, Spoke
from fsm.journal import event_to_json, fingerprint
from fsm.outcome import outcome
from fsm.proposals import Proposal
from fsm.step import Step, new_call, step
from fsm.view import View
from fsm.views import view
from integrations.errors import IntegrationError
from integrations.records.port import ActionRecord

__all__ = ["Conversation"]

_log = logging.getLogger(__name__)

_LAST_SAID: Final = 6
"""How much of what was said a brain may be shown: three turns."""


class Conversation:
    """A call that is under way. Not to be fed from two tasks at once: the carrier of the call sees to that."""

    def __init__(
        self, content: Content, ports: Ports, *, call_id: str, clock: Clock, language: str | None = None, caller: str | None = None
    ) -> None:
        self._content, self._ports, self._clock = content, ports, clock
        self._caller = caller
        self._call = new_call(content.graph, call_id, language or content.business.default_language)
        self._events: list[Event] = []
        self._stored_events = 0
        self._said: list[Line] = []
        self._done: list[ActionDone] = []
        self._effects: list[Effect] = []
        self._before = self._call
        self._keeper = Keeper(call_id)
        self._last_said: deque[Said] = deque(maxlen=_LAST_SAID)
        self.refusals: Counter[str] = Counter()
        """What the engine refused of proposals so far, by reason."""

    @classmethod
    def resumed(cls, content: Content, ports: Ports, *, call: Call, stored_events: int, clock: Clock) -> Conversation:
        """A call that another process began, from its stored snapshot; `stored_events` is the length of its journal.

        It goes on with the next `feed`. What was stored is a call at rest, between two turns: nothing was under way, and
        what is asked for again after a crash is done under the same idempotency keys. Raises Stale when the content is
        not the version that the call was begun with.
        """
        if call.graph != content.graph.digest:
            raise Stale(f"The call {call.id} was begun with another version of states.yaml ({call.graph}); load that one.")
        conversation = cls(content, ports, call_id=call.id, clock=clock, language=call.language, caller=call.caller)
        conversation._call = conversation._before = call
        conversation._stored_events = stored_events
        return conversation

    @property
    def call(self) -> Call:
        """The call at this moment; it never changes in place."""
        return self._call

    @property
    def view(self) -> View:
        """What a brain may see now."""
        return view(self._content.graph, self._call)

    async def start(self) -> AsyncIterator[Output]:
        """Answers the call: turn 0."""
        started = CallStarted(self._at(), self._call.language, self._caller, known_at_start(self._content), self._content.digest)
        self._keep_start()
        async for output in self._feed(started, None):
            yield output

    async def feed(self, incoming: Incoming | Heard) -> AsyncIterator[Output]:
        """Takes in what happened, and hands back what is due until the call waits for the caller again.

        Nothing is due for what was :class:`Heard`; it is kept in the journal with the next turn.
        """
        if isinstance(incoming, Heard):
            self._heard(incoming)
            return
        spoken: list[Line] = []
        brain = self._content.brain
        if isinstance(incoming, Words) and isinstance(brain, SpeakingBrain):
            at, seen = self._at(), self.view
            proposal = Proposal(seen.generation)
            async with aclosing(brain.converse(incoming.text, seen, tuple(self._last_said))) as parts:
                async for part in parts:
                    if isinstance(part, Sentence):  # it has passed the audit: the caller need not wait for the rest
                        spoken.append(self._free_line(part.text, part.language, len(spoken)))
                        yield spoken[-1]
                    else:
                        proposal = part
            event: Event = Spoke(at, incoming.text, proposal, tuple(line.text for line in spoken))
        else:
            event = await self._event(incoming)
        async for output in self._feed(event, incoming, spoken):
            yield output

    def turn(self) -> Turn:
        """The last turn, whole."""
        return turn_of(self._call, self.view, self._said, self._done, self._content.graph)

    async def ending(self) -> Ending:
        """What the call came to. To be asked for once it has ended. Raises what calendar and records raise."""
        return await end_of(self._call, self._ports, self._content.business.zone)

    def aside(self, name: str) -> Line | None:
        """A line that is no part of a turn, such as “one moment” while an action takes long; None where it is not written."""
        language = self._call.language
        if not self._content.speaker.can_say(name, language):
            return None
        text = self._content.speaker.say(Say(f"{self._call.id}.aside", name, language), self._now())
        return Line(f"{self._call.id}.aside", text, name, language)

    @property
    def pauses_s(self) -> tuple[float, float] | None:
        """Shortest and longest pause that ends a turn in the present state, in seconds, where the graph says it."""
        return self._content.graph.states[self._call.state].listen.endpointing_s

    def so_far(self, text: str) -> SoFar:
        """What an utterance that may not be over yet amounts to, as an answer to what is asked."""
        brain = self._content.brain
        return brain.so_far(text, self.view) if isinstance(brain, ListeningBrain) else SoFar.UNCLEAR

    # -- inside --------------------------------------------------------------------------------------------------

    def _now(self) -> dt.datetime:
        return self._clock().astimezone(self._content.business.zone)

    def _at(self) -> str:
        return self._now().isoformat(timespec="seconds")

    async def _event(self, incoming: Incoming) -> Event:
        at = self._at()
        if isinstance(incoming, Words):
            return Spoke(at, incoming.text, await self._read(incoming))
        if isinstance(incoming, Key):
            return KeyPressed(at, incoming.key, await self._read(incoming))
        if isinstance(incoming, Quiet):
            return Silence(at, incoming.seconds)
        return HungUp(at)

    def _heard(self, incoming: Heard) -> None:
        """What a caller did not hear cannot be agreed to, and a brain is not shown it as said."""
        if self._call.ended:
            return
        self._step(LinesHeard(self._at(), incoming.whole, incoming.words))
        if not incoming.whole and self._last_said and self._last_said[-1].who == "frontdesk":
            self._last_said[-1] = Said("frontdesk", incoming.words)

    async def _read(self, incoming: Words | Key) -> Proposal:
        seen = self.view
        if isinstance(incoming, Words):
            return await self._content.brain.read(incoming.text, seen)
        return await self._content.brain.read_key(incoming.key, seen)

    def _free_line(self, text: str, language: str, number: int) -> Line:
        """A sentence of a model. Its id is made of the turn, since the engine has not heard of it yet."""
        interruptible = self._content.graph.states[self._call.state].listen.interruptible
        return Line(f"{self._call.id}.free.{self._call.turn + 1}.{number}", text, "free", language, interruptible)

    async def _feed(self, event: Event, incoming: Incoming | None, spoken: Sequence[Line] = ()) -> AsyncIterator[Output]:
        began = self._before = self._call
        self._said, self._done, self._effects = list(spoken), [], []
        waiting: list[Event] = [event]
        while waiting:
            due = waiting.pop(0)
            made = self._step(due)
            self._effects += made.effects
            at = dt.datetime.fromisoformat(due.at).astimezone(self._content.business.zone)
            for effect in made.effects:
                if isinstance(effect, Run):
                    yield ActionStarted(effect.id, effect.action)
                    finished = await self._run(effect)
                    self._done.append(ActionDone(effect.id, effect.action, finished.outcome))
                    yield self._done[-1]
                    waiting.append(finished)
                elif isinstance(effect, SayFreely):
                    for sentence in effect.sentences[len(spoken) :]:  # those before were said while the model still spoke
                        self._said.append(self._free_line(sentence, effect.language, len(self._said)))
                        yield self._said[-1]
                else:
                    output = output_of(effect, self._content.speaker, at)
                    if isinstance(output, Line):
                        self._said.append(output)
                    yield output
        if self._call.ended:
            if isinstance(incoming, Gone):
                yield Ended("hung_up")
            await self._release()
        if isinstance(incoming, Words):
            self._last_said.append(Said("caller", incoming.text))
        self._last_said.append(Said("frontdesk", " ".join(line.text for line in self._said)))
        self._keep_turn(began, incoming)
        await self._keeper.settle(None if self._call.ended else PATIENCE_S)  # after the end nobody waits

    def _step(self, event: Event) -> Step:
        try:
            made = step(self._content.graph, self._call, event)
        except EngineError as error:
            if isinstance(error, InvariantBroken):
                self.refusals.update(["invariant-broken"])
            # The graph went wrong in a way that its check does not see; the caller must not be left without an answer.
            _log.exception("the graph cannot go on from %s in call %s", self._call.state, self._call.id)
            if not isinstance(event, Faulted | HungUp):
                return self._step(Faulted(self._at(), instead_of_turn=isinstance(event, Spoke | KeyPressed | Silence)))
            self._call = replace(self._call, ended="hang_up", running={})
            return Step(self._call, (Say(f"{self._call.id}.sorry", "default.line", self._call.language), HangUp()))
        self._ports.watch(self._call, event, made)
        self._call = made.call
        self._events.append(event)
        self.refusals.update(reason for reason, _ in made.refusals)
        return made

    async def _run(self, run: Run) -> ActionFinished:
        ports = self._ports
        context = ActionContext(
            call_id=self._call.id,
            language=self._call.language,
            now=self._now(),
            business=self._content.business,
            calendar=ports.calendar,
            records=ports.records,
            outbox=ports.outbox,
            sms=ports.sms,
            telephony=ports.telephony,
            writer=self._content.speaker,
            customers=ports.customers,
            rehearse=ports.rehearse,
        )
        result = await ports.carry_out(run, context)
        return ActionFinished(self._at(), run.id, result.outcome, result.facts, result.lists, result.values, result.line)

    # -- keeping -------------------------------------------------------------------------------------------------

    def _keep_start(self) -> None:
        record = start_record(self._call, self._content, self._caller, self._now())
        version = self._content.version
        self._keeper.add("the start", lambda: self._ports.records.start_call(record, version))

    def _keep_turn(self, began: Call, incoming: Incoming | None) -> None:
        """A turn that cannot be stored does not end the call; what matters to others is written by the actions."""
        turn, snapshot = self.turn(), self._call.to_json()
        heard = as_record(incoming) if incoming is not None else None
        record = turn_record(turn, self._now(), heard, fingerprint(snapshot, self._effects))
        journal = [json.loads(event_to_json(event)) for event in self._events]
        facts = facts_learnt(began, self._call)
        actions, stored = [ActionRecord(done.action, done.outcome) for done in self._done], self._stored_events
        self._keeper.add(
            f"turn {turn.turn}",
            lambda: self._ports.records.save_turn(
                self._call.id, record, facts=facts, actions=actions, journal=journal, journal_from=stored, snapshot=snapshot
            ),
        )
        self._stored_events += len(journal)
        self._events.clear()
        if self._call.ended:
            call, at = self._call, self._now()
            self._keeper.add("the end", lambda: self._ports.records.end_call(call.id, outcome=outcome(call), language=call.language, at=at))
            self._keeper.add("the caller", lambda: remember_caller(call, self._ports.records, at))

    async def _release(self) -> None:
        """Gives a held time back: nobody is waiting for it any more."""
        try:
            await self._ports.calendar.release(self._call.id)
        except IntegrationError as error:
            _log.warning("the hold of call %s was not released and will expire: %s", self._call.id, type(error).__name__)
