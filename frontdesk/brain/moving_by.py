"""An appointment to be moved by so much, before it is known which one: "push mine back an hour", "am Donnerstag zur gleichen Zeit"."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from frontdesk.brain.from_appointment import bare_weekday
from frontdesk.brain.heard import Span
from frontdesk.brain.turn import Turn
from frontdesk.brain.wishes import windows_of
from spoken import Reading, Status

__all__ = ["imply_move", "read_move_by"]

_A_DAY: Final = dt.timedelta(days=1)
_APART: Final = dt.timedelta(days=1, minutes=30)
"""Between two appointments that are tried: a wish that rests on the appointment moves along with it."""
_TOLD: Final = frozenset({Status.COMPLETE, Status.PREFIX})
"""The caller has come to an end: "eine Stunde früher haben" is no beginning of anything else."""
_NOON: Final = dt.time(12)


def read_move_by(turn: Turn) -> bool:
    """Takes such a wish, to be put in its place once the appointment is found. A day beside it may say which one is meant."""
    found = _moved(turn)
    if found is None:
        return False
    when, span = found
    turn.found.fact("when", [when], span)
    if when["end"] is not None and "which" not in turn.found.facts:
        turn.found.fact_without_taking("which", [when], span)
    return True


def imply_move(turn: Turn) -> None:
    """ "Can I come an hour later?", said before anything else: there is an appointment, and it is to be moved."""
    said = turn.found.facts.get("intent")
    if turn.view.asks != "intent" or turn.intent is not None or turn.found.questions or (said is not None and said.value != "book"):
        return
    if not any(turn.heard_phrase("values", cue) for cue in ("shift", "duration")):
        return
    found = _moved(turn)
    if found is not None and found[0]["moved_min"]:
        turn.found.drop_fact("intent")
        turn.found.fact_without_taking("intent", "reschedule", found[1])


def _moved(turn: Turn) -> tuple[dict[str, Any], Span] | None:
    """The wish as a window that rests on the appointment, and its words; None where nothing in it does."""
    first = dt.datetime.combine(turn.now.date() + dt.timedelta(days=1), _NOON, turn.now.tzinfo)
    one, other = (turn.read("datetime", same_as=booked) for booked in (first, first + _APART))
    start, again = _start(turn, one, first), _start(turn, other, first + _APART)
    if start is None or again is None or one.span is None:
        return None
    if again - start == _APART:
        by = start - first.replace(tzinfo=None)
        when = {"start": turn.now.strftime("%Y-%m-%dT%H:%M"), "end": None, "grain": "minute", "from": True, "until": False}
    elif again - start == _APART - _A_DAY:
        day = start.date()
        by = start - dt.datetime.combine(day, _NOON)
        when = {"start": f"{day}T00:00", "end": f"{day + _A_DAY}T00:00", "grain": "day", "from": False, "until": False}
        if bare_weekday(turn, one, turn.heard.rest, first):
            when["of"] = "week"
    else:
        return None
    return {**when, "moved_min": int(by.total_seconds()) // 60}, one.span


def _start(turn: Turn, reading: Reading, booked: dt.datetime) -> dt.datetime | None:
    """The one time that was understood; of a weekday that may be today or a week later, the later one."""
    if reading.status is Status.AMBIGUOUS:
        wish = bare_weekday(turn, reading, turn.heard.rest, booked)
    else:
        wish = windows_of(reading.value) if reading.status in _TOLD else []
    if "time" not in reading.mentions or len(wish) != 1 or wish[0]["end"] is not None or wish[0]["from"]:
        return None
    return dt.datetime.fromisoformat(wish[0]["start"])
