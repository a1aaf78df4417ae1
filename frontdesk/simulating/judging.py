"""How a simulated call went: whether the caller got what they rang for, and whether anything was written that they did not want."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from frontdesk.business import Business
from frontdesk.simulating.caller import Caller
from frontdesk.simulating.people import Goal

__all__ = ["Result", "judge"]

_READ_BACK: Final = frozenset({"phone", "email"})


@dataclass(frozen=True, slots=True)
class Result:
    """One call. `wrong` are the things that were written against the caller's will, `broken` what no call may do."""

    number: int
    goal: Goal
    language: str
    noise: float
    outcome: str
    success: bool
    turns: int
    repeats: int
    """So often the same question was put again right after an answer to it."""
    gave_up: bool
    wrong: tuple[str, ...]
    broken: tuple[str, ...]
    dialogue: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def judge(caller: Caller, turns: Sequence[Mapping[str, Any]], kinds: Sequence[str], end: Mapping[str, Any], business: Business) -> Result:
    """What became of a call. `kinds` says what each of the caller's replies was: the answer to turn n is the n-th."""
    person = caller.person
    wrong = _unwanted(caller, end)
    return Result(
        number=person.number,
        goal=person.goal,
        language=person.language,
        noise=round(person.noise, 3),
        outcome=str(end["outcome"]),
        success=not wrong and not caller.mind.gave_up and _served(caller, end, business),
        turns=int(turns[-1]["turn"]),
        repeats=_repeats(turns, kinds),
        gave_up=caller.mind.gave_up,
        wrong=tuple(wrong),
        broken=(),
    )


def _repeats(turns: Sequence[Mapping[str, Any]], kinds: Sequence[str]) -> int:
    count = 0
    for before, after, kind in zip(turns, turns[1:], kinds, strict=False):
        same = before["asks"] is not None and (before["asks"], before["offered"]) == (after["asks"], after["offered"])
        told_back = after["asks"] in _READ_BACK and after["asks"] in after["facts"]
        count += same and kind == "answer" and bool(after["said"]) and not told_back
    return count


def _unwanted(caller: Caller, end: Mapping[str, Any]) -> list[str]:
    """Every row that is not as the caller wanted it."""
    person, wrong = caller.person, []
    for row in end["appointments"]:
        start = _start(row)
        if row["status"] == "cancelled":
            if person.goal != "cancel" or start != caller.mind.said_yes_to:
                wrong.append(f"cancelled the appointment of {start}, to which the caller did not say yes")
        elif start in person.old and row["name"] == person.name:
            continue
        else:
            wrong += _booked_wrongly(row, caller, start)
    kept = person.goal == "move" and any(
        row["status"] == "booked" and _start(row) == person.old[person.which] for row in end["appointments"]
    )
    if kept and len(end["appointments"]) > len(person.old):
        wrong.append("booked another appointment instead of moving the old one")
    return wrong


def _start(row: Mapping[str, Any]) -> str:
    return str(row["start"])[:16]  # the minute, as offers have it


def _booked_wrongly(row: Mapping[str, Any], caller: Caller, start: str) -> list[str]:
    person = caller.person
    if person.goal not in ("book", "move") or caller.mind.said_yes_to is None:
        return [f"booked {row['service']} at {start}, to which the caller did not say yes"]
    wanted = {"start": (start, caller.mind.said_yes_to), "service": (row["service"], person.service), "phone": (row["phone"], person.phone)}
    wrong = [f"booked with the {what} {got}, not {want}" for what, (got, want) in wanted.items() if got != want]
    if not _same_name(str(row["name"]), person.name):
        wrong.append(f"booked under the name {row['name']}, not {person.name}")
    return wrong


def _same_name(got: str, own: str) -> bool:
    """The name as it is, but for a particle before it that a caller would not stumble over ("au nom de de Bastien Lefort")."""
    words, wanted = got.casefold().split(), own.casefold().split()
    before = words[: len(words) - len(wanted)]
    return words[len(before) :] == wanted and len(before) < 2 and all(len(word) < 4 for word in before)


def _served(caller: Caller, end: Mapping[str, Any], business: Business) -> bool:
    person = caller.person
    rows = [row for row in end["appointments"] if row["status"] == "booked"]
    if caller.mind.wants_nothing:
        return len(rows) == len(person.old)
    if person.goal == "book":
        return any(_start(row) == caller.mind.chosen for row in rows)
    if person.goal == "move":
        starts = [_start(row) for row in rows]
        return caller.mind.chosen in starts and person.old[person.which] not in starts
    if person.goal == "cancel":
        return any(row["status"] == "cancelled" for row in end["appointments"])
    if person.goal == "ask":
        return caller.mind.answered
    if person.goal == "message":
        return end["outcome"] == "message" and len(end["tasks"]) > 0
    return bool(end["outcome"] == ("transferred" if business.people_reachable(person.now) else "message"))
