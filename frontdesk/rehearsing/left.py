"""What is left of a rehearsed call, compared with what should be: rows one to one, messages, tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frontdesk.rehearsing.documents import several

__all__ = ["covers", "left_over"]


def left_over(expect: Mapping[str, Any], end: Mapping[str, Any]) -> list[str]:
    """What of an expectation is not met, in sentences.

    `expect` names what matters: `outcome` (“a | b” or a list for any of several), `appointments` and `cancelled` (the rows, no
    more and no fewer), `stored` (rows of any status, among others), `messages` and `tasks` (how many), `message_to`.
    """
    wrong: list[str] = []
    outcomes = [word.strip() for one in several(expect["outcome"]) for word in one.split("|")]
    if end["outcome"] not in outcomes:
        wrong.append(f"the outcome is {end['outcome']}, not {' or '.join(outcomes)}")
    for name, status in (("appointments", "booked"), ("cancelled", "cancelled")):
        if name in expect:
            wrong += _rows(expect[name], [row for row in end["appointments"] if row["status"] == status], status)
    for wanted in expect.get("stored", []):
        if not any(covers(row, wanted) for row in end["appointments"]):
            wrong.append(f"there is no row {_said(wanted)} among {'; '.join(map(_said, end['appointments'])) or 'none'}")
    counted = {"messages": "{} messages were sent, not {}", "tasks": "{} tasks are left to the staff, not {}"}
    for name, sentence in counted.items():
        if name in expect and len(end[name]) not in several(expect[name]):
            wrong.append(sentence.format(len(end[name]), expect[name]))
    to = expect.get("message_to")
    if to is not None:
        reached = [message["to"] for message in end["messages"]]
        wrong += [f"a message went to {other}, not to {to}" for other in reached if other != to] or (
            [] if reached else [f"no message went to {to}"]
        )
    return wrong


def _rows(wanted: list[Mapping[str, Any]], rows: list[Mapping[str, Any]], status: str) -> list[str]:
    wrong, left = [], list(rows)
    for row in wanted:
        hit = next((other for other in left if covers(other, row)), None)
        if hit is None:
            wrong.append(f"there is no appointment {_said(row)} that is {status}, but {'; '.join(map(_said, rows)) or 'none'}")
        else:
            left.remove(hit)
    return wrong + [f"nobody wanted this to be {status}: {_said(row)}" for row in left]


def _said(row: Mapping[str, Any]) -> str:
    """As in the file: `service: womens_cut, start: 2026-06-16T15:00`; what is not known is left out."""
    named = {name: " or ".join(map(str, several(value))) for name, value in row.items() if value is not None}
    return f"({', '.join(f'{name}: {value}' for name, value in named.items())})"


def covers(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a row has what is wanted of it; a name without regard to case, a list as any of several."""
    for key, value in wanted.items():
        got = row.get(key)
        if key == "name":
            if str(got).casefold() not in [name.casefold() for name in several(value)]:
                return False
        elif got not in several(value):
            return False
    return True
