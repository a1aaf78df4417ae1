"""The course of a call on one content, made of its events alone: no clock, no brain, no outside world."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from frontdesk.conversation.ports import Content
from fsm.call import Call
from fsm.effects import Effect, Run, Say, SayFreely
from fsm.events import ActionFinished, Event, HungUp, KeyPressed, LinesHeard, Silence, Spoke
from fsm.journal import fingerprint
from fsm.step import new_call, step
from fsm.view import View
from fsm.views import view

__all__ = ["Course", "Taken"]


@dataclass(slots=True)
class Taken:
    """One turn as it was taken. `event` is what it answers, `asked` what the call had asked for before it."""

    number: int
    event: Event
    asked: str | None
    effects: list[Effect] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    actions: list[tuple[str, str]] = field(default_factory=list)
    state: str = ""
    language: str = ""
    asks: str | None = None
    offered: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    ended: str = ""
    fingerprint: str = ""

    @property
    def heard(self) -> dict[str, Any] | None:
        """What the caller did, as a turn is stored; None for the greeting and for a fault of ours."""
        event = self.event
        if isinstance(event, Spoke):
            return {"say": event.text}
        if isinstance(event, KeyPressed):
            return {"dtmf": event.key}
        if isinstance(event, Silence):
            return {"silence_s": event.seconds}
        return {"hangup": True} if isinstance(event, HungUp) else None


class Course:
    """A call that is fed with events, and remembers its turns.

    `graph`: the name that snapshots give to the graph, where it differs from today's: the fingerprint of one and the same
    states.yaml changes when the program learns a new key.
    """

    def __init__(self, content: Content, call_id: str, language: str, graph: str | None = None) -> None:
        self.content = content
        self._graph = content.graph if graph is None else replace(content.graph, digest=graph)
        self.call: Call = new_call(self._graph, call_id, language)
        self.turns: list[Taken] = []

    @property
    def view(self) -> View:
        """What a brain would see now."""
        return view(self._graph, self.call)

    def feed(self, event: Event) -> tuple[Run, ...]:
        """Takes an event in. Returns the actions that it asks for. Raises EngineError."""
        running = self.call.running.get(event.id) if isinstance(event, ActionFinished) else None
        asked = self.view.asks if self.turns else None
        made = step(self._graph, self.call, event)
        begins = not self.turns or made.call.turn != self.call.turn
        self.call = made.call
        if isinstance(event, LinesHeard):  # no turn; what was said stays as it was
            return ()
        if begins:
            self.turns.append(Taken(made.call.turn, event, asked))
        turn = self.turns[-1]
        if running is not None and isinstance(event, ActionFinished):
            turn.actions.append((running, event.outcome))
        turn.effects += made.effects
        self._say(turn, event, made.effects)
        self._look(turn)
        return tuple(effect for effect in made.effects if isinstance(effect, Run))

    def _say(self, turn: Taken, event: Event, effects: tuple[Effect, ...]) -> None:
        at = dt.datetime.fromisoformat(event.at).astimezone(self.content.business.zone)
        early = event.said if isinstance(event, Spoke) else ()
        turn.said += early
        for effect in effects:
            if isinstance(effect, Say):
                turn.said.append(self.content.speaker.say(effect, at))
            elif isinstance(effect, SayFreely):
                turn.said += effect.sentences[len(early) :]

    def _look(self, turn: Taken) -> None:
        call, seen = self.call, self.view
        turn.state, turn.language, turn.asks, turn.ended = call.state, call.language, seen.asks, call.ended
        turn.offered = tuple(str(offer["start"]) for offer in seen.offers) if seen.asks else ()
        turn.facts = {name: fact.value for name, fact in call.facts.items()}
        turn.fingerprint = fingerprint(call.to_json(), turn.effects)
