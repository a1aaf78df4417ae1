"""A call while one step works on it. Only the step sees it; what comes out is frozen again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from fsm.call import Call, Item
from fsm.conditions import holds
from fsm.effects import Effect, Say
from fsm.errors import InvariantBroken
from fsm.facts import Fact, Origin
from fsm.graph import Graph
from fsm.invariants import Happened, mark
from fsm.proposals import Act
from fsm.spec import NOT_FROM_CALLERS, FactSpec, StateSpec

__all__ = ["PREVIOUS", "PREVIOUS_TASK", "SPOKEN_OF", "TAKEN_BACK", "Draft", "Look", "Refusal"]

PREVIOUS: Final = "previous_slot"
"""The value under which the time of the task before is kept."""
SPOKEN_OF: Final = "spoken_of"
"""Among the values of a call: the service or services that were last asked about."""
PREVIOUS_TASK: Final = "previous_task"
"""The value under which what was booked, moved or cancelled in the task before is kept: its service, its staff, and when it ends."""
TAKEN_BACK: Final = "taken_back"
"""The value under which a time that was chosen is kept when the caller wants another one."""

Refusal = tuple[str, str]
"""Why something proposed was not taken (a stable word), and what it was."""

Look = tuple[str, str, bool]
"""A condition that was looked at: the state, its place (`next[2]`, `on[0]`, `anywhere[4]`, `else`, `silent`, `say[1]`), whether it held."""


_VIEWED: Final = (
    "turn", "state", "language", "caller", "facts", "unconfirmed", "options", "so_far", "lists", "keypad", "running", "ended"
)  # fmt: skip
"""Where one of these differs, a proposal made before is out of date. What the caller really heard of a line is not among them."""


class Draft:
    """The mutable side of a :class:`Call`, and the model that the machine moves."""

    def __init__(self, graph: Graph, call: Call) -> None:
        self.graph = graph
        self.before = call
        self.id = call.id
        self.state = call.state
        self.language = call.language
        self.at = call.at
        self.caller = call.caller
        self.turn = call.turn
        self.serial = call.serial
        self.facts: dict[str, Fact] = dict(call.facts)
        self.unconfirmed: dict[str, Fact] = dict(call.unconfirmed)
        self.declined: list[str] = list(call.declined)
        self.options: dict[str, tuple[Item, ...]] = dict(call.options)
        self.so_far: dict[str, str] = dict(call.so_far)
        self.lists: dict[str, tuple[Item, ...]] = dict(call.lists)
        self.values: dict[str, Any] = dict(call.values)
        self.outcomes: dict[str, str] = dict(call.outcomes)
        self.running: dict[str, str] = dict(call.running)
        self.refused: list[str] = list(call.refused)
        self.refused_near: list[str] = list(call.refused_near)
        self.visits: dict[str, int] = dict(call.visits)
        self.attempts = call.attempts
        self.replies = call.replies
        self.silences = call.silences
        self.keypad = call.keypad
        self.due = call.due
        self.read_back = call.read_back
        self.last_said: tuple[Say, ...] = call.last_said
        self.question, self.times_put = call.question, call.times_put
        self.path: list[str] = list(call.path)
        self.achieved: list[str] = list(call.achieved)
        self.marks: list[str] = list(call.marks)
        self.answered = call.answered
        self.wanted = call.wanted
        self.gone = call.gone
        self.ended = call.ended
        # Of this step only:
        self.effects: list[Effect] = []
        self.moves: list[tuple[str, str]] = []
        self.looked: list[Look] = []
        self.refusals: list[Refusal] = []
        self.act: Act | None = None
        self.corrected = False
        self.asked = False
        self.settling = False

    @property
    def spec(self) -> StateSpec:
        return self.graph.states[self.state]

    @property
    def reads_back(self) -> bool:
        """Whether the present state asks for a yes to facts that it reads back."""
        asks = self.spec.ask
        return asks is not None and self.graph.facts[asks].type == "yes_no" and bool(self.graph.facts[asks].depends_on)

    @property
    def may_chat(self) -> bool:
        """Whether a model may word a reply freely now: the state allows it, and nobody has chatted for too long."""
        limits = self.graph.limits[self.state]
        limit = limits.replies if limits.replies is not None else limits.attempts
        return self.spec.free and (limit is None or self.replies < limit)

    @property
    def offers_stand(self) -> bool:
        """Whether the search that made the offers still answers what the caller wants."""
        return any("offers" in self.graph.catalogue[name].fills for name in self.outcomes)

    def freeze(self) -> Call:
        """The call after this step; its generation is one higher when anything has changed that a view shows, or what is running."""
        changed = tuple(self.declined) != self.before.declined or any(getattr(self, name) != getattr(self.before, name) for name in _VIEWED)
        return Call(
            id=self.id, graph=self.before.graph, state=self.state, language=self.language, at=self.at, caller=self.caller,
            generation=self.before.generation + changed, turn=self.turn, serial=self.serial, facts=self.facts, unconfirmed=self.unconfirmed,
            declined=tuple(self.declined), options=self.options, so_far=self.so_far, lists=self.lists, values=self.values,
            outcomes=self.outcomes, running=self.running, refused=tuple(self.refused), refused_near=tuple(self.refused_near),
            visits=self.visits, attempts=self.attempts, replies=self.replies, silences=self.silences, keypad=self.keypad, due=self.due,
            question=self.question, times_put=self.times_put,
            read_back=self.read_back, last_said=self.last_said, path=tuple(self.path), achieved=tuple(self.achieved),
            marks=tuple(self.marks), answered=self.answered, wanted=self.wanted, gone=self.gone, ended=self.ended,
        )  # fmt: skip

    def next_id(self) -> str:
        """The next effect id of this call."""
        self.serial += 1
        return f"{self.id}.{self.serial}"

    def drop_options(self, filled: str) -> None:
        """A list to pick from is new: what was being asked between its old items is no question any more."""
        kind = {"offers": "offered_slot", "appointments": "appointment"}.get(filled)
        for name in [name for name in self.options if self.graph.facts[name].type == kind]:
            del self.options[name]

    # -- facts ---------------------------------------------------------------------------------------------------

    def learn(self, name: str, fact: Fact) -> bool:
        """Sets a fact. Dependents and outcomes that rest on another value are dropped. Returns whether it changed."""
        self.options.pop(name, None)
        self.so_far.pop(name, None)
        self.unconfirmed.pop(name, None)
        known = self.facts.get(name)
        if known is not None and known.value == fact.value and known.detail == fact.detail:
            return False
        if known is not None or not _is_no_restriction(fact, self.graph.facts[name]):
            self.drop_dependents(name)  # also when it was not known: what was found without it rested on that
        self.facts[name] = fact
        if self.graph.facts[name].type == "time_window":
            self.refused_near.clear()
        if name == "intent":
            self.wanted = True
        return True

    def forget(self, names: Iterable[str]) -> None:
        """Drops facts and outcomes; "task" drops all that belong to the task, "named" the fact that the act names."""
        for name in names:
            if name == "task":
                self._forget_task()
            elif name == "named":
                self._forget_named(str(self.act.args.get("fact", "")) if self.act else "")
            elif name in self.graph.facts:
                self._forget_fact(name)
            else:
                self.outcomes.pop(name, None)

    def decline(self, name: str) -> None:
        """The value suggested for a fact is not wanted; it is not suggested again."""
        if name not in self.declined:
            self.declined.append(name)

    def _forget_named(self, name: str) -> None:
        """Forgets what the caller wants to change; the switches of the business are not the caller's."""
        if name not in self.graph.facts or self.graph.facts[name].type in NOT_FROM_CALLERS:
            return
        known = self.facts.get(name)
        if known is not None and known.source is Origin.CALLER_ID:
            self.decline(name)
        self._forget_fact(name)

    def drop_dependents(self, name: str) -> None:
        """Drops everything that rested on the value of a fact."""
        self._drop_outcomes(name)
        for dependent in self.graph.dependents[name]:
            if dependent in self.facts or dependent in self.unconfirmed:
                self._remember_time(name, dependent)
                self.facts.pop(dependent, None)
                self.unconfirmed.pop(dependent, None)
                self._drop_outcomes(dependent)

    def _remember_time(self, changed: str, dropped: str) -> None:
        """Another service or another person, but at the time that was chosen if that can be: the time was not taken back.

        Where it was, its day is still the one that is being talked about: "another hour, please".
        """
        if self.graph.facts[dropped].type != "offered_slot" or dropped not in self.facts:
            return
        if self.graph.facts[changed].type == "time_window":
            self.values[TAKEN_BACK] = self.facts[dropped].value
        if self.graph.facts[changed].type in {"service", "staff"}:
            self.values["last_slot"] = {"start": self.facts[dropped].value, "turn": self.facts[dropped].turn}
        else:
            self.values.pop("last_slot", None)

    def _forget_fact(self, name: str) -> None:
        self.options.pop(name, None)
        self.so_far.pop(name, None)
        self.unconfirmed.pop(name, None)
        if self.facts.pop(name, None) is not None:
            self.drop_dependents(name)

    def _forget_task(self) -> None:
        slot, appointment = self.facts.get("slot"), self.facts.get("appointment")
        kept: dict[str, Any] = {name: self.values[name] for name in (PREVIOUS, PREVIOUS_TASK) if name in self.values}
        if slot is not None and "agreed" in self.facts:
            service = self.facts.get("service")
            detail, moved = slot.detail or {}, (appointment.detail or {}) if appointment is not None else {}
            kept = {
                PREVIOUS: slot.value,
                PREVIOUS_TASK: {
                    "end": detail.get("end"),
                    "service": moved.get("service") or (service.value if service else None),
                    "staff": detail.get("staff"),
                },
            }
        elif appointment is not None and "agreed" in self.facts and self.facts["agreed"].value is True:  # it was cancelled
            detail = appointment.detail or {}
            kept = {PREVIOUS: detail.get("start"), PREVIOUS_TASK: {name: detail.get(name) for name in ("end", "service", "staff")}}
        for name, spec in self.graph.facts.items():
            if spec.scope == "task":
                self.facts.pop(name, None)
                self.unconfirmed.pop(name, None)
                self.options.pop(name, None)
                self.so_far.pop(name, None)
        self.outcomes.clear()
        self.lists.clear()
        self.values.clear()
        self.values.update(kept)
        self.visits.clear()
        self.refused.clear()
        self.refused_near.clear()
        self.read_back = ""

    def _drop_outcomes(self, fact: str) -> None:
        for action in self.graph.readers[fact]:
            self.outcomes.pop(action, None)

    def digest(self, name: str, facts: Mapping[str, Fact] | None = None) -> str:
        """A digest of the facts that `name` rests on: what was read back is what will be written."""
        return _hashed(_substance(self.facts if facts is None else facts, self.graph.facts[name].depends_on))[:16]

    def key_of(self, action: str) -> str:
        """The idempotency key of an action: the same work in the same call has the same key.

        Work that was done already does not stand for what is asked for afterwards: who cancels what has just been
        booked, and books it again, wants a new appointment.
        """
        reads = self.graph.catalogue[action].reads
        return _hashed([self.id, action, _substance(self.facts, reads), self.achieved])[:32]

    # -- invariants ----------------------------------------------------------------------------------------------

    def happens(self, kind: Literal["state", "action", "outcome", "line"], name: str, value: str = "") -> None:
        """Watches over what is about to happen, and remembers it. Raises InvariantBroken instead of letting it happen."""
        rules = self.graph.rules
        if not rules.all:
            return
        for rule in rules.on.get((kind, name), ()):
            if rule.first is not None and not self._has_happened(rule.first):
                raise InvariantBroken(rule.index)
            if rule.once and any(mark(other) in self.marks for other in rule.when if other != (kind, name, "")):
                raise InvariantBroken(rule.index)
        if kind == "line":
            self.marks += [rule.heard for rule in rules.says.get(self.state, ()) if rule.says == name and rule.heard not in self.marks]
        elif kind == "state":
            begun = {rule.heard for rule in rules.says.get(name, ())}
            self.marks = [one for one in self.marks if one not in begun]
        written = mark((kind, name, value))
        if written in rules.marks and written not in self.marks:
            self.marks.append(written)

    def must_have_said(self, state: str) -> None:
        """Raises InvariantBroken where a state was to say a line by now, and has not."""
        for rule in self.graph.rules.says.get(state, ()):
            if rule.heard not in self.marks and not self.gone:
                raise InvariantBroken(rule.index)

    def _has_happened(self, happened: Happened) -> bool:
        kind, name, value = happened
        if kind != "fact":
            return mark(happened) in self.marks
        return holds({name: value}, self, self.graph.fact_names)

    # -- lines ---------------------------------------------------------------------------------------------------

    def say(self, line: str, variant: int = 0, values: dict[str, Any] | None = None) -> None:
        """Makes a line due, with what is known at this moment."""
        if self.gone:
            return
        lists = dict(self.lists)
        asks = self.spec.ask
        if asks in self.options:
            lists["options"] = self.options[asks]
        facts = {**self.facts, **{name: fact for name, fact in self.unconfirmed.items() if name not in self.facts}}
        extra = dict(self.values)
        if asks in self.so_far:
            extra["so_far"] = self.so_far[asks]
        if self.act is not None:
            extra.update(self.act.args)
        if values:
            extra.update(values)
        extra.pop("caller", None)
        if self.caller:
            extra["caller"] = self.caller
        self.happens("line", line)
        self.effects.append(Say(self.next_id(), line, self.language, facts, lists, extra, variant, self.spec.listen.interruptible))


def _substance(facts: Mapping[str, Fact], names: Iterable[str]) -> dict[str, Any]:
    """What facts come to, without how they came to be known: the value, and what stands behind it (who cuts, until when)."""
    return {name: [facts[name].value, facts[name].detail] for name in names if name in facts}


def _hashed(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _is_no_restriction(fact: Fact, spec: FactSpec) -> bool:
    """ "Anyone will do" takes nothing back."""
    return spec.type == "staff" and fact.value == "any"
