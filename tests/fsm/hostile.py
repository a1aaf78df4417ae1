"""Random and hostile callers, brains and actions, for any graph: what they send, and what must hold whatever they send."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from fsm import Act, Call, Doubt, Fact, Graph, Option, Origin, Proposal, ProposedFact, event_from_json, event_to_json, outcome
from fsm.effects import Listen, Run, Say
from fsm.events import ActionFinished, CallStarted, Event, Faulted, HungUp, KeyPressed, LinesHeard, Silence, Spoke
from tests.fsm.playing import AT, Played

__all__ = ["Hostile", "play_hostile"]

_TEXT = "oui non mardi quinze heures Marie zéro six \ud800 \x00 <b> '; DROP TABLE"
_STARTS = [f"2026-06-{day}T{hour}:00" for day in (16, 17) for hour in (9, 15)]
_APPOINTMENTS = [
    {
        "id": f"appt_{number}",
        "service": "womens_cut",
        "staff": "lea",
        "start": start,
        "end": start,
        "name": "Sputer",
        "phone": "+33612345678",
    }
    for number, start in enumerate(_STARTS[:2])
]
_GOOD: dict[str, Callable[[Graph, str, Call], list[Any]]] = {
    "choice": lambda graph, name, _: list(graph.facts[name].options),
    "service": lambda *_: ["womens_cut", "colour"],
    "staff": lambda *_: ["lea", "any"],
    "time_window": lambda *_: [[{"start": start, "end": None, "grain": "minute", "from": False, "until": False}] for start in _STARTS],
    "offered_slot": lambda _, __, call: [offer["start"] for offer in call.lists.get("offers", ())] or [_STARTS[0]],
    "appointment": lambda _, __, call: [found["id"] for found in call.lists.get("appointments", ())] or ["appt_0"],
    "name": lambda *_: ["Marie Dupont", "Sputer", "\ud800"],
    "phone": lambda *_: ["+33612345678", "+33140000000"],
    "email": lambda *_: ["marie@example.com"],
    "yes_no": lambda *_: [True, False],
    "text": lambda *_: ["rappelez-moi"],
    "switch": lambda *_: [True],
}
_BAD: list[Any] = [None, "", 5, [], {}, ["x"], True, "appt_9", "2026-01-01T00:00", {"start": 1}]
_ALL_IS_WELL = frozenset({"exact", "offered", "ok", "one", "sent", "open", "answered"})
_TOPICS = ["hours", "price", "my_appointment", "nonsense"]


class Hostile:
    """Draws events for a call as it stands; now and then reasonable ones, so that calls get somewhere."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any], call: Played) -> None:
        self.draw, self.call = draw, call

    def one_of(self, items: list[Any]) -> Any:
        return self.draw(st.sampled_from(items))

    def sometimes(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == one_in

    def event(self) -> Event:
        if self.call.call.running and not self.sometimes(6):
            return self.finished()
        kinds = [self.spoke] * 6 + [self.key] * 2 + [self.silence, self.heard, self.finished, self.started]
        if self.sometimes(40):
            return self.one_of([HungUp(AT), HungUp(AT), Faulted(AT)])
        event: Event = self.one_of(kinds)()
        return event

    def helpful(self) -> Event:
        """What a caller says who only wants to get there: the answer, or a yes."""
        seen = self.call.view
        if self.call.call.running:
            return self.result(*next(iter(self.call.call.running.items())))
        facts: tuple[ProposedFact, ...] = ()
        if seen.mode == "ask" and seen.asks is not None and seen.asks_type != "yes_no":
            values = _GOOD[seen.asks_type or "text"](self.call.graph, seen.asks, self.call.call)
            facts = (ProposedFact(seen.asks, self.one_of(values), "oui"),)
        elif seen.mode == "options" and seen.asks is not None:
            facts = (ProposedFact(seen.asks, seen.options[0].value, "oui"),)
        return Spoke(AT, _TEXT, Proposal(seen.generation, facts, () if facts else (Act("yes"),)))

    def silence(self) -> Event:
        return Silence(AT, self.one_of([0, 8, 8.5, 3600]))

    def heard(self) -> Event:
        return LinesHeard(AT, self.draw(st.booleans()), "Bonjour")

    def started(self) -> Event:
        return CallStarted(AT, self.one_of(["fr", "de"]), "+33600000000")

    def spoke(self) -> Event:
        return Spoke(AT, _TEXT, self.proposal(_TEXT))

    def key(self) -> Event:
        key = self.one_of(list("0123456789*#"))
        return KeyPressed(AT, key, self.proposal(self.call.call.keypad + key, words=key))

    def proposal(self, text: str, words: str | None = None) -> Proposal:
        seen = self.call.view
        facts = [self.fact(words) for _ in range(self.one_of([0, 0, 1, 1, 2, 3]))]
        if seen.asks and not self.sometimes(3):
            facts.append(ProposedFact(seen.asks, self.value(seen.asks), words or text[:3]))
        acts = [self.act() for _ in range(self.one_of([0, 0, 1, 2]))]
        if seen.mode != "ask" or seen.asks_type == "yes_no":
            acts.append(Act(self.one_of(["yes", "yes", "no"])))
        doubts = tuple(self.doubt() for _ in range(self.one_of([0, 0, 0, 1])))
        generation = seen.generation if not self.sometimes(12) else seen.generation + self.one_of([-3, -1, 1])
        if self.sometimes(8):
            return Proposal(generation, typing=self.draw(st.booleans()))
        return Proposal(generation, tuple(facts), tuple(acts), doubts, self.one_of([None, None, None, "de"]), self.sometimes(9), "model")

    def fact(self, words: str | None) -> ProposedFact:
        name = self.one_of([*self.call.graph.facts, "unheard_of"])
        return ProposedFact(name, self.value(name), words or self.one_of(["oui", "mardi", "Marie", "never said", ""]))

    def value(self, name: str) -> Any:
        if name not in self.call.graph.facts or self.sometimes(8):
            return self.one_of(_BAD)
        return self.one_of(_GOOD[self.call.graph.facts[name].type](self.call.graph, name, self.call.call))

    def act(self) -> Act:
        name = self.one_of([*self.call.graph.spec.acts, "yes", "no", "corrects", "hangs_up", "to_book"])
        args: dict[str, Any] = {"topic": self.one_of(_TOPICS), "to": self.one_of(["de", "en"]), "caller": "+33699999999"}
        return Act(name, args | {"fact": self.one_of([*self.call.graph.facts, "unheard_of"])} if self.draw(st.booleans()) else {})

    def doubt(self) -> Doubt:
        name = self.one_of([*self.call.graph.facts, "unheard_of"])
        options = tuple(Option(self.value(name), "dies oder das") for _ in range(self.one_of([0, 2, 3])))
        return Doubt(name, self.one_of(["mardi", "never said"]), options, self.one_of(["", "06", "0612"]))

    def finished(self) -> Event:
        running = self.call.call.running
        if not running or self.sometimes(10):
            gone = [run_id for run_id in ("call_1.1", "call_1.7", "other.3", "") if run_id not in running]
            return ActionFinished(AT, self.one_of(gone), "ok")
        run_id = self.one_of(sorted(running))
        action = self.call.graph.catalogue[running[run_id]]
        broken = ["failed", "splendid"] if "failed" in action.outcomes else []
        how = self.one_of([*sorted(action.outcomes - {"failed"})] * 2 + broken)
        return self.result(run_id, action.name, how)

    def result(self, run_id: str, action: str, how: str | None = None) -> ActionFinished:
        """What an action really answers with such an outcome; all is well unless it is given."""
        how = how or self.one_of(sorted(self.call.graph.catalogue[action].outcomes & _ALL_IS_WELL))
        facts: dict[str, Fact] = {}
        lists: dict[str, list[dict[str, Any]]] = {}
        if action == "find_slots":
            staff = self.one_of(["lea", "paul"])
            starts = _STARTS if how != "exact" else [self.one_of(_STARTS)]
            lists["offers"] = [{"start": start, "end": start, "staff": staff} for start in starts]
            if how in {"none", "exhausted", "failed"}:
                lists["offers"] = []
            if how == "exact":
                facts["slot"] = Fact(starts[0], Origin.SPEECH, 1, "mardi", lists["offers"][0])
        elif action == "find_appointments" and how != "failed":
            lists["appointments"] = _APPOINTMENTS[: {"one": 1, "several": 2}.get(how, 0)]
            if how == "one":
                facts["appointment"] = Fact("appt_0", Origin.RECORD, 0, "", _APPOINTMENTS[0])
        return ActionFinished(AT, run_id, how, facts, lists, {"day": "2026-06-16"}, "answers.hours" if action == "answer" else None)


class _Watch:
    """What must hold after every step, kept track of without asking the engine."""

    def __init__(self, call: Played) -> None:
        self.call = call
        self.graph = call.graph
        self.read_back: Say | None = None
        self.cut = False
        self.keys: dict[str, str] = {}
        self.moves = {
            (source, move.to)
            for source, state in self.graph.spec.states.items()
            for move in (*state.on, *state.next, *self.graph.spec.anywhere)
        } | {(source, to) for source, limit in self.graph.limits.items() for to in (limit.else_, limit.silent)}

    def look(self, event: Event) -> None:
        made, call = self.call.last, self.call.call
        assert call.state in self.graph.states
        assert set(made.moves) <= self.moves
        assert len(made.effects) < 100
        assert Call.from_json(call.to_json()) == call
        assert event_to_json(event_from_json(event_to_json(event))) == event_to_json(event)
        assert outcome(call) in {"booked", "moved", "cancelled", "answered", "message", "transferred", "abandoned", "failed"}
        assert call.generation >= (self.call.steps[-2].call.generation if len(self.call.steps) > 1 else 0)
        if isinstance(event, LinesHeard) and not event.whole and not made.refusals:
            self.cut = True
        for effect in made.effects:
            if isinstance(effect, Say):
                self._said(effect)
            elif isinstance(effect, Run):
                self._ran(effect)
        self._questions()
        self._answered(event)

    def _said(self, line: Say) -> None:
        state, _, what = line.line.partition(".")
        if what == "ask" and state in self.graph.states and self.graph.states[state].ask == "agreed":
            self.read_back, self.cut = line, False

    def _ran(self, run: Run) -> None:
        action = self.graph.catalogue[run.action]
        substance = json.dumps(
            {name: [run.facts[name].value, run.facts[name].detail] for name in sorted(action.reads) if name in run.facts}
        )
        assert self.keys.setdefault(run.key, substance) == substance, "one key, two different pieces of work"
        assert run.args.get("caller") == self.call.call.caller, "who calls is not for a brain to say"
        if not action.writes:
            return
        assert run.facts["agreed"].value is True
        assert self.read_back is not None
        assert not self.cut, "the read-back was not heard to its end"
        for name in self.graph.facts["agreed"].depends_on:
            said, written = self.read_back.facts.get(name), run.facts.get(name)
            if written is None:
                assert said is None or name in self.call.call.unconfirmed, f"{name} was read back, and is not written"
            else:
                assert said is not None, f"{name} was not read back"
                assert (said.value, said.detail) == (written.value, written.detail), f"{name} was not read back so"

    def _questions(self) -> None:
        made, call = self.call.last, self.call.call
        asks = self.graph.states[call.state].ask
        asked = {f"{call.state}.{what}" for what in ("ask", "reask", "suggest", "options", "so_far", "read_back")}
        if (
            asks
            and not call.ended
            and not call.running
            and any(isinstance(effect, Say) and effect.line in asked for effect in made.effects)
        ):
            assert asks not in call.facts, f"asked for {asks}, which is known"

    def _answered(self, event: Event) -> None:
        made, call = self.call.last, self.call.call
        if made.refusals and made.refusals[0][0] in {"ended", "busy", "late", "repeated"} and not made.effects:
            return
        if call.ended or call.running or isinstance(event, LinesHeard):
            return
        assert isinstance(made.effects[-1], Listen)
        if not call.keypad:
            assert any(isinstance(effect, Say) for effect in made.effects), "the caller waits, and nothing is said"
        assert self.call.view.asks is not None


def play_hostile(draw: Callable[[st.SearchStrategy[Any]], Any], graph: Graph, most: int) -> Played:
    """Plays one call; raises AssertionError where the engine does not keep its word."""
    call = Played(graph, started=False)
    watch = _Watch(call)
    caller = draw(st.sampled_from([None, "+33612345678"]))
    own = graph.spec.own_switches
    switches = {
        name: Fact(name not in own and draw(st.booleans()), Origin.RECORD, 0) for name, spec in graph.facts.items() if spec.type == "switch"
    }
    begin = CallStarted(AT, "fr", caller, switches)
    call.feed(begin)
    watch.look(begin)
    hostile = Hostile(draw, call)
    helpful = draw(st.sampled_from([0, 1, 3, 9]))  # so many helpful events to one of any kind
    for _ in range(draw(st.integers(1, most))):
        event = hostile.helpful() if hostile.draw(st.integers(0, helpful)) else hostile.event()
        call.feed(event)
        watch.look(event)
        if call.call.ended:
            break
    return call


def leave(call: Played) -> int:
    """The caller puts the phone down on the table: how many events until the call has ended by itself."""
    for count in range(100):
        if call.call.ended:
            return count
        if call.call.running:
            run_id, name = next(iter(call.call.running.items()))
            call.feed(ActionFinished(AT, run_id, min(call.graph.catalogue[name].outcomes)))
        else:
            call.silence()
    raise AssertionError(f"the call does not come to an end: {call.call.path}")
