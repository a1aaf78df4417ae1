"""How an action comes out when a script says so: the outcome, and what it then finds, without any calendar or network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from frontdesk.actions.context import Result
from frontdesk.business import Business
from fsm.catalogue import ActionSpec
from fsm.effects import Run
from fsm.facts import Fact, Origin
from fsm.spec import FactSpec

__all__ = ["Outcomes"]

_FINDS_NOTHING: Final = frozenset({"failed", "none", "exhausted", "unidentified", "no_match", "not_found", "unknown"})
_CHOOSES: Final[Mapping[str, str]] = {"exact": "offered_slot", "one": "appointment"}
"""Outcomes that leave nothing to choose, and the type of the fact that they settle."""
_UNKNOWN: Final = "answers.unknown"
_RECORDED: Final[Mapping[str, str | int]] = {"amount": 120, "date": "2027-01-15", "word": ""}
"""What a record says of a customer, by the kind of its field; a word is said by a line that paths know nothing of."""

AnswerLine = Callable[[str, Mapping[str, Any]], tuple[str, dict[str, Any]] | None]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Makes results. `answer_line` is that of the speaker; `now` is aware, in the zone of the business."""

    catalogue: Mapping[str, ActionSpec]
    facts: Mapping[str, FactSpec]
    business: Business
    answer_line: AnswerLine
    now: dt.datetime

    def of(self, action: str) -> Sequence[str]:
        """Every outcome of an action, in a stable order, those with which a call goes on first."""
        return sorted(self.catalogue[action].outcomes, key=lambda name: (name in _FINDS_NOTHING, name not in {"ok", "open"}, name))

    def result(self, run: Run, outcome: str) -> Result:
        """What the action would report with this outcome."""
        spec = self.catalogue[run.action]
        if run.action == "answer":
            return self._answer(run, outcome)
        lists = {kind: self._items(kind, run, outcome) for kind in sorted(spec.fills)}
        values = {name: value for name, value in self._values(outcome).items() if name in spec.values}
        return Result(outcome, self._found(spec, outcome, lists), lists, values)

    def _answer(self, run: Run, outcome: str) -> Result:
        args = {name: value for name, value in run.args.items() if name != "caller"}
        known = self.answer_line(str(args.get("topic", "")), args) if outcome == "ok" else None
        if known is None:
            return Result(outcome, line=_UNKNOWN)
        return Result(outcome, line=known[0], values=known[1])

    def _found(self, spec: ActionSpec, outcome: str, lists: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Fact]:
        found: dict[str, Fact] = {}
        for name in sorted(spec.sets & self.facts.keys()):
            kind = self.facts[name].type
            chosen = _CHOOSES.get(outcome) == kind
            if chosen and kind == "offered_slot":
                item = lists["offers"][0]
                found[name] = Fact(item["start"], Origin.SPEECH, 0, "", item)
            elif chosen and kind == "appointment":
                item = lists["appointments"][0]
                found[name] = Fact(item["id"], Origin.RECORD, 0, "", item)
            elif kind == "record" and outcome == "ok":
                found[name] = Fact("record", Origin.RECORD, 0, "", {field: _RECORDED[of] for field, of in self.business.record.items()})
        return found

    def _items(self, kind: str, run: Run, outcome: str) -> list[dict[str, Any]]:
        if outcome in _FINDS_NOTHING:
            return []
        count = 1 if outcome in _CHOOSES else 2
        service, staff = next(iter(self.business.services)), next(iter(self.business.staff))
        said = run.facts.get("service")
        if kind == "offers":
            taken = {str(start) for start in run.refused}
            starts = [start for start in self._starts() if start.strftime("%Y-%m-%dT%H:%M") not in taken][:count]
        else:
            starts = [self._day(2).replace(hour=10), self._day(3).replace(hour=15)][:count]
        items: list[dict[str, Any]] = []
        for number, start in enumerate(starts):
            end = start + dt.timedelta(minutes=30)
            item: dict[str, Any] = {"start": start.strftime("%Y-%m-%dT%H:%M"), "end": end.strftime("%Y-%m-%dT%H:%M"), "staff": staff}
            if kind != "offers":
                who = {"name": "Alex Martin", "phone": run.facts["phone"].value if "phone" in run.facts else run.args.get("caller")}
                item = {"id": f"apt_{number + 1}", "service": str(said.value) if said else service, **item, **who}
            items.append(item)
        return items

    def _starts(self) -> list[dt.datetime]:
        return [self._day(number).replace(hour=hour) for number in range(12) for hour in (10, 15)]

    def _day(self, number: int) -> dt.datetime:
        """Midnight of one of the days from the fourth after today on."""
        return (self.now + dt.timedelta(days=4 + number)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)

    def _values(self, outcome: str) -> dict[str, Any]:
        values: dict[str, Any] = {"appointment_id": "apt_1"}
        if outcome in {"closed", "full", "too_soon", "too_far", "not_with"}:
            values["day"] = self._day(0).date().isoformat()
        if outcome == "closed":
            values["closed"] = "weekday"
        return values
