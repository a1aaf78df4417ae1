"""The engine beside the table: the situation that a call of the engine is in, and events for the happenings of a path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fsm import Act, Call, Fact, Graph, Option, Origin, ProposedFact, View
from fsm.effects import Say
from fsm.events import ActionFinished, CallStarted, Event, HungUp, Silence, Spoke
from fsm.explore import CALLER, ENDED, Exploration, Happening, Path
from fsm.explore.settling import Location
from fsm.explore.variables import KNOWN, OTHER, SUGGESTED, UNCONFIRMED, UNKNOWN
from fsm.proposals import Doubt, Proposal
from tests.fsm.playing import AT, Played

__all__ = ["Driver", "is_reached", "situation_of"]

NUMBER = "+33612345678"
_NOTHING = frozenset({"failed", "none", "exhausted"})


def situation_of(found: Exploration, graph: Graph, call: Call) -> tuple[Location, list[int], int] | None:
    """Where a call waits, the keys that may stand for it, and its bit; None while it waits for something on the way.

    There are two keys where what was read back is what it was, after having been something else: the table takes it
    for changed, and so may we, as long as nothing was agreed to.
    """
    space, spec = found.table.space, found.table.spec
    waits_for = CALLER
    if call.ended:
        waits_for = ENDED
    elif call.running:
        names = list(call.running.values())
        if len(names) != 1 or names[0] not in spec.states[call.state].run or names[0] in call.outcomes:
            return None
        waits_for = names[0]
    bit = 1
    for name, loose in space.loose.items():
        bit <<= loose.stride * loose.values.index(_value(space, call, name, loose.values))
    key = 0
    for name, firm in space.firm.items():
        value: Any = firm.values[0]
        if name in graph.catalogue:
            value = space.outcomes[name][call.outcomes[name]] if name in call.outcomes else UNKNOWN
        elif name in spec.facts and name in call.facts:
            value = call.facts[name].value
        elif name.startswith("list "):
            value = bool(call.lists.get(name.removeprefix("list ")))
        elif name in space.marks:
            value = name in call.marks
        elif name == "gone":
            value = call.gone
        elif name == "read back":
            value = next((one for one in firm.values if one and call.read_back.removeprefix("?") == _digest(graph, call, str(one))), "")
        key = firm.put(key, value)
    key = found.walk.told(call.state, waits_for, key)
    keys = [key]
    if not any(call.facts.get(str(one)) for one in space.firm["read back"].values):
        keys.append(key & ~space.firm["read back"].mask)
    return (call.state, waits_for), keys, bit


def is_reached(found: Exploration, graph: Graph, call: Call) -> bool:
    """Whether the exploration knows of the situation of a call."""
    situation = situation_of(found, graph, call)
    if situation is None or call.ended == "hung_up":
        return True
    location, keys, bit = situation
    return any(found.reached.get(location, {}).get(key, 0) & bit for key in keys)


def _value(space: Any, call: Call, name: str, values: tuple[Any, ...]) -> Any:
    if name.startswith("suggested "):
        return call.caller is not None and name.removeprefix("suggested ") not in call.declined
    if name in call.unconfirmed:
        return UNCONFIRMED if UNCONFIRMED in values else UNKNOWN
    if name not in call.facts:
        return UNKNOWN
    value = call.facts[name].value
    if SUGGESTED in values and call.facts[name].source is Origin.CALLER_ID:
        return SUGGESTED
    if space.spec.facts[name].type in {"choice", "switch", "yes_no"}:
        return value if value in values else OTHER
    return KNOWN


def _digest(graph: Graph, call: Call, name: str) -> str:
    from fsm.draft import Draft

    return Draft(graph, call).digest(name)


class Driver:
    """Plays the happenings of a path to the engine."""

    def __init__(self, graph: Graph, path: Path) -> None:
        self.graph = graph
        self.call = Played(graph, started=False)
        switches = {name: Fact(value, Origin.RECORD, 0) for name, value in path.begin.switches}
        self.walked: list[tuple[str, str]] = []
        self._count = 0
        self.feed(CallStarted(AT, "fr", NUMBER if path.begin.caller_known else None, switches))

    def feed(self, event: Event) -> None:
        self.call.feed(event)
        call = self.call.call
        for run_id, name in list(call.running.items()):
            if name not in self.graph.states[call.state].run:  # on the way: an answer to a question
                self.call.feed(ActionFinished(AT, run_id, min(self.graph.catalogue[name].outcomes)))

    def play(self, happening: Happening) -> None:
        for event in self._events(happening):
            self.feed(event)

    def _events(self, happening: Happening) -> Iterator[Event]:
        if happening.kind == "hangs_up":
            yield HungUp(AT)
        elif happening.kind == "finishes":
            yield self._finished(happening)
        elif happening.kind == "silent":
            for _ in range(happening.times - self.call.call.silences):
                yield Silence(AT, 8.0)
        elif happening.kind == "not_understood":
            for _ in range(happening.times - self.call.call.attempts):
                yield Spoke(AT, "euh", Proposal(self.view.generation))
        else:
            yield self._spoken(happening)

    @property
    def view(self) -> View:
        return self.call.view

    def _spoken(self, happening: Happening) -> Event:
        facts = tuple(ProposedFact(name, self.new(name, value), "oui") for name, value in happening.facts)
        acts = tuple(Act(act, {"fact": named} if named else {"to": "fr"}) for act, named in happening.acts)
        doubts = tuple(Doubt(name, "oui", tuple(Option(self.new(name, KNOWN), "…") for _ in range(2))) for name in happening.doubts)
        return Spoke(AT, "oui", Proposal(self.view.generation, facts, acts, doubts))

    def new(self, name: str, value: Any) -> Any:
        """A value that was not known before."""
        spec = self.graph.facts[name]
        self._count += 1
        if spec.type == "choice":
            return value if value not in (OTHER, KNOWN) else spec.options[self._count % len(spec.options)]
        if spec.type == "time_window":
            return [{"start": f"2026-06-{10 + self._count % 18}T00:00", "end": None, "grain": "day", "from": False, "until": False}]
        known = self.call.call.facts.get(name)
        if spec.type in {"offered_slot", "appointment"}:
            listed, at = ("offers", "start") if spec.type == "offered_slot" else ("appointments", "id")
            return next(item[at] for item in self.call.call.lists[listed] if known is None or item[at] != known.value)
        return f"+336{self._count:08}" if spec.type == "phone" else f"{name} {self._count}"

    def _finished(self, happening: Happening) -> Event:
        run_id = next(iter(self.call.call.running))
        action = self.graph.catalogue[happening.action]
        lists: dict[str, list[dict[str, Any]]] = {}
        self._count += 1
        starts = [f"2026-07-{1 + (self._count + number) % 28:02}T09:00" for number in range(3)]
        for kind in action.fills:
            items = [{"start": start, "end": start, "id": f"appt {start}", "staff": "lea"} for start in starts]
            lists[kind] = items if (happening.outcome not in _NOTHING if kind == "offers" else happening.listed) else []
        facts = {name: self._found(name, value, lists) for name, value in happening.found or ()}
        return ActionFinished(AT, run_id, happening.outcome, facts, lists)

    def _found(self, name: str, value: Any, lists: Mapping[str, list[dict[str, Any]]]) -> Fact:
        kind = self.graph.facts[name].type
        if kind == "offered_slot":
            return Fact(lists["offers"][0]["start"], Origin.SPEECH, 1, "oui", lists["offers"][0])
        if kind == "appointment":
            return Fact(lists["appointments"][0]["id"], Origin.SPEECH, 1, "oui", lists["appointments"][0])
        return Fact(self.new(name, value), Origin.SPEECH, 1, "oui")

    @property
    def lines(self) -> list[str]:
        return [effect.line for effect in self.call.last.effects if isinstance(effect, Say)]
