"""A call played event by event against a graph, and a small graph to play it on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fsm import (
    Act,
    ActionSpec,
    Call,
    Catalogue,
    Doubt,
    Fact,
    Graph,
    Option,
    Origin,
    Proposal,
    ProposedFact,
    Step,
    View,
    compile_graph,
    new_call,
)
from fsm import step as make_step
from fsm.effects import Run, Say
from fsm.events import ActionFinished, CallStarted, Event, HungUp, KeyPressed, LinesHeard, Silence, Spoke
from fsm.spec import GraphSpec
from fsm.views import view
from fsm.yaml_source import load_plain

__all__ = ["ACTIONS", "AT", "SMALL", "Played", "graph_of", "small_graph", "windows"]

AT = "2026-06-15T10:00:00+02:00"


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


ACTIONS = Catalogue(
    [
        ActionSpec(
            "look",
            _names("found exact none failed"),
            reads=_names("thing day"),
            needs=_names("thing day"),
            sets=_names("slot"),
            fills=_names("offers"),
        ),
        ActionSpec(
            "write", _names("ok taken failed"), reads=_names("thing slot name phone agreed"), needs=_names("slot agreed"), writes=True
        ),
        ActionSpec("explain", _names("ok unknown")),
    ]
)

SMALL = """
version: 1
start: hello
acts: [asks_question, asks_repeat, hold_on, never_mind, refuses_offers, wants_change, goodbye]
keypad: {"*": asks_repeat}
limits: {attempts: 3, silences: 2, silence_s: 7, else: stuck, silent: bye}
facts:
  day: {type: time_window}
  thing: {type: choice, options: [cut, colour]}
  slot: {type: offered_slot, depends_on: [thing, day]}
  name: {type: name, scope: call}
  phone: {type: phone, scope: call, read_back: true}
  agreed: {type: yes_no, depends_on: [thing, slot, name, phone]}
  more: {type: yes_no}
  open_late: {type: switch, scope: call, shown: false}
anywhere:
  - {on: asks_question, do: explain, stay: true}
  - {on: asks_repeat, stay: true, ask_again: false}
  - {on: hold_on, stay: true, say: [hold_on], ask_again: false}
  - {on: wants_change, stay: true, forget: [named]}
  - {on: never_mind, to: more, forget: [task], say: [never_mind], except: [more]}
  - {on: goodbye, to: bye}
states:
  hello:
    say: [{line: hello.greeting}]
    ask: thing
    next:
      - {if: {thing: known}, to: day}
  day:
    ask: day
    next:
      - {if: {thing: unknown}, to: hello}
      - {if: {day: known}, to: slot}
  slot:
    run: [look]
    ask: slot
    on:
      - {on: refuses_offers, stay: true, forget: [look]}
    next:
      - {if: {thing: unknown}, to: hello}
      - {if: {day: unknown}, to: day}
      - {if: {slot: known}, to: name}
      - {if: {look: [none, failed]}, to: day, forget: [day]}
  name:
    ask: name
    next:
      - {if: {slot: unknown}, to: slot}
      - {if: {name: known}, to: phone}
  phone:
    ask: phone
    suggest: caller_id
    next:
      - {if: {slot: unknown}, to: slot}
      - {if: {name: unknown}, to: name}
      - {if: {phone: known}, to: confirm}
  confirm:
    ask: agreed
    next:
      - {if: {slot: unknown}, to: slot}
      - {if: {name: unknown}, to: name}
      - {if: {phone: unknown}, to: phone}
      - {if: {agreed: true}, to: write}
      - {if: {agreed: false}, to: more, forget: [task]}
  write:
    run: [write]
    next:
      - {if: {write: ok}, to: done}
      - {if: {write: taken}, to: slot, forget: [slot, look, write, agreed], say: [taken]}
      - {if: {write: failed}, to: bye}
  done:
    achieves: booked
    say: [{line: done.done}]
    next:
      - {to: more, forget: [task]}
  more:
    ask: more
    next:
      - {if: {thing: known}, to: day}
      - {if: {more: true}, to: hello, forget: [more]}
      - {if: {more: false}, to: bye}
  stuck:
    next:
      - {to: bye}
  bye:
    say: [{line: bye.bye}]
    end: hang_up
"""


def graph_of(text: str, actions: Catalogue = ACTIONS) -> Graph:
    """A graph from YAML, unchecked. To YAML itself a bare `on` is a truth value; `fsm.yaml_source` reads it as the word."""
    return compile_graph(GraphSpec.model_validate(load_plain(re.sub(r"\bon:", "'on':", text))), actions)


def small_graph() -> Graph:
    return graph_of(SMALL)


def windows(day: str) -> list[dict[str, Any]]:
    """A wish for a whole day, as `spoken` reads it."""
    return [{"start": f"2026-06-{day}T00:00", "end": f"2026-06-{day}T23:59", "grain": "day", "from": False, "until": False}]


class Played:
    """A call under way. Each method feeds one event and returns the step; what was said is in `said`, by the names of lines."""

    def __init__(self, graph: Graph, *, caller: str | None = None, language: str = "fr", started: bool = True) -> None:
        self.graph = graph
        self.call: Call = new_call(graph, "call_1", language)
        self.events: list[Event] = []
        self.steps: list[Step] = []
        if started:
            self.feed(CallStarted(AT, language, caller, {"open_late": Fact(False, Origin.RECORD, 0)}))

    def feed(self, event: Event) -> Step:
        made = make_step(self.graph, self.call, event)
        self.call = made.call
        self.events.append(event)
        self.steps.append(made)
        return made

    @property
    def view(self) -> View:
        return view(self.graph, self.call)

    @property
    def last(self) -> Step:
        return self.steps[-1]

    @property
    def said(self) -> list[str]:
        return [effect.line for effect in self.last.effects if isinstance(effect, Say)]

    @property
    def runs(self) -> list[Run]:
        return [effect for effect in self.last.effects if isinstance(effect, Run)]

    def say(
        self,
        text: str = "…",
        *acts: str | Act,
        generation: int | None = None,
        words: str | None = None,
        doubts: tuple[Doubt, ...] = (),
        language: str | None = None,
        **facts: Any,
    ) -> Step:
        """The caller says `text`, which means these facts and acts."""
        return self.feed(Spoke(AT, text, self._proposal(text, acts, generation, words, doubts, language, facts)))

    def press(self, key: str, *acts: str | Act, typing: bool = False, **facts: Any) -> Step:
        proposal = self._proposal(self.call.keypad + key, acts, None, None, (), None, facts)
        return self.feed(KeyPressed(AT, key, Proposal(proposal.generation, proposal.facts, proposal.acts, typing=typing, by="keypad")))

    def silence(self) -> Step:
        return self.feed(Silence(AT, 8.0))

    def heard(self, *, whole: bool) -> Step:
        return self.feed(LinesHeard(AT, whole))

    def hang_up(self) -> Step:
        return self.feed(HungUp(AT))

    def finish(
        self,
        outcome: str,
        *,
        run_id: str | None = None,
        offers: tuple[str, ...] = (),
        staff: str = "lea",
        facts: Mapping[str, Fact] | None = None,
        line: str | None = None,
    ) -> Step:
        """The action that runs comes out so."""
        lists = {"offers": [{"start": start, "end": start, "staff": staff} for start in offers]} if offers else {}
        return self.feed(ActionFinished(AT, run_id or next(iter(self.call.running)), outcome, facts or {}, lists, {}, line))

    def _proposal(
        self,
        text: str,
        acts: tuple[str | Act, ...],
        generation: int | None,
        words: str | None,
        doubts: tuple[Doubt, ...],
        language: str | None,
        facts: Mapping[str, Any],
    ) -> Proposal:
        return Proposal(
            self.view.generation if generation is None else generation,
            tuple(ProposedFact(name, value, text if words is None else words) for name, value in facts.items()),
            tuple(Act(act) if isinstance(act, str) else act for act in acts),
            doubts,
            language,
        )

    # -- ways to get somewhere -----------------------------------------------------------------------------------

    def to_slot(self) -> Played:
        """Two times are on offer."""
        self.say("une coupe mardi", thing="cut", day=windows("16"))
        self.finish("found", offers=("2026-06-16T15:00", "2026-06-16T16:00"))
        return self

    def to_phone(self) -> Played:
        self.to_slot().say("le premier, Marie", slot="2026-06-16T15:00", name="Marie")
        return self

    def to_confirm(self) -> Played:
        """Everything has been read back, and a yes is asked for."""
        self.to_phone().say("zéro six", phone="+33612345678")
        self.say("oui", "yes")
        return self


def options(*values: str) -> tuple[Option, ...]:
    return tuple(Option(value, value) for value in values)
