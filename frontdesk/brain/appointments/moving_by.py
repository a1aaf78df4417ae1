"""An appointment to be moved by so much, before it is known which one: "push mine back an hour", "am Donnerstag zur gleichen Zeit"."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.turn import CALLS_OFF, CANNOT_COME, Turn
from frontdesk.brain.wishes.from_appointment import bare_weekday
from frontdesk.brain.wishes.windows import windows_of
from spoken import Reading, Status
from spoken.wishes import settled

__all__ = ["imply_move", "read_move_by", "read_weeks", "wished_from_it"]

_A_DAY: Final = dt.timedelta(days=1)
_APART: Final = dt.timedelta(days=1, minutes=30)
"""Between two appointments that are tried: a wish that rests on the appointment moves along with it."""
_TOLD: Final = frozenset({Status.COMPLETE, Status.PREFIX})
"""The caller has come to an end: "eine Stunde früher haben" is no beginning of anything else."""
_WEEK_MIN: Final = 7 * 24 * 60
_NOON: Final = dt.time(12)
_TOLD_WORDS: Final = 6
"""Words in which the day and hour of an appointment are told: "j'ai rendez-vous jeudi à quinze heures trente"."""


def read_move_by(turn: Turn) -> bool:
    """Takes such a wish, to be put in its place once the appointment is found. A day beside it may say which one is meant."""
    found = _moved(turn)
    if found is None:
        return _read_shift(turn)
    when, span = found
    turn.found.fact("when", [when], span)
    behind = told_until(turn)
    told = turn.read("datetime", turn.heard.only((0, behind)), trusting=True) if behind is not None and behind <= span[0] else None
    if told is not None and told.complete and told.span is not None:
        turn.found.fact_without_taking("which", windows_of(told.value), told.span)
    elif when["end"] is not None and "which" not in turn.found.facts:
        turn.found.fact_without_taking("which", [when], span)
    return True


def read_weeks(turn: Turn) -> bool:
    """ "Push it back by a fortnight": the same hour, so many weeks later; a day beside it may say which one is meant."""
    for weeks, key in enumerate(("a_week", "two_weeks"), start=1):
        match = turn.heard_phrase("values", "duration", key)
        if match is not None:
            start = turn.now.strftime("%Y-%m-%dT%H:%M")
            by = {"start": start, "end": None, "grain": "minute", "from": True, "until": False, "moved_min": weeks * _WEEK_MIN}
            turn.found.fact("when", settled([by], turn.booked), turn.span_of(match))
            beside = turn.read("datetime", trusting=True)
            if turn.booked is None and beside.complete and beside.span is not None and beside.mentions == {"day"}:
                turn.found.fact("which", windows_of(beside.value), beside.span)
            return True
    return False


def _read_shift(turn: Turn) -> bool:
    """ "I have an appointment on Thursday, could it be a bit later?": later that day; a day beside it is the appointment's."""
    for direction in ("later", "earlier"):
        match = turn.heard_phrase("values", "shift", direction)
        verbs = [verb.plain for verb in turn.matches if verb.key == ("intents", "reschedule")]
        if match is None or any(start <= match.plain[0] <= end + 1 for start, end in verbs):
            continue  # "put it off to later" names no time of that day
        beside = turn.read("datetime", turn.heard.without([turn.span_of(match)]), trusting=True)
        behind = told_until(turn)
        of_theirs = beside.mentions <= {"day"} or (behind is not None and beside.span is not None and beside.span[1] <= behind)
        if not of_theirs or not _told(turn, beside):
            return False
        start = turn.now.strftime("%Y-%m-%dT%H:%M")
        turn.found.fact(
            "when", [{"start": start, "end": None, "grain": "minute", "from": True, "until": False, "of": direction}], turn.span_of(match)
        )
        if beside.complete and beside.span is not None:
            turn.found.fact("which", windows_of(beside.value), beside.span)
        return True
    return False


def _told(turn: Turn, beside: Reading) -> bool:
    """Whether a day is that of the appointment: it stands where one is told of; "can I move it to later on Thursday" says when."""
    return not beside.mentions or turn.has_appointment or turn.heard_phrase(*CANNOT_COME) is not None


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


def wished_from_it(turn: Turn) -> Span | None:
    """The words of a wish that rests on an appointment there is: "an hour later", "the same time on Friday"."""
    found = _moved(turn)
    return found[1] if found is not None else None


def _moved(turn: Turn) -> tuple[dict[str, Any], Span] | None:
    """The wish as a window that rests on the appointment, and its words; None where nothing in it does.

    What is told of the appointment is no part of it: "I'm in on Thursday at three, any chance of an hour later?".
    """
    behind = told_until(turn)
    texts = [turn.heard.rest] if behind is None else [turn.heard.only((behind, len(turn.heard.text))), turn.heard.rest]
    return next((found for text in texts if (found := _moved_in(turn, text)) is not None), None)


def told_until(turn: Turn) -> int | None:
    """Where what is told of the appointment ends, with the day and hour of it; None where nothing is told, or nothing follows."""
    ends = [turn.heard.span(match.parts["which"])[1] for match in turn.matches if match.key[0] == "moves" and "which" in match.parts]
    for match in () if ends else turn.matches:
        if match.key in CALLS_OFF or match.key == ("values", "appointment", "existing"):
            start, end = turn.span_of(match)
            told = turn.read("datetime", turn.heard.only((start, end)), trusting=True)
            ends += _one_time_until(turn, end) or ([end] if told.mentions else [])
    begun = turn.heard.tokens[-1].start if turn.heard.tokens else 0
    return max((end for end in ends if end <= begun), default=None)


def _one_time_until(turn: Turn, start: int) -> list[int]:
    """Where the one time ends that is named in the words from `start` on, within a few words."""
    until: list[int] = []
    for stop in [token.end for token in turn.heard.tokens if token.start >= start][:_TOLD_WORDS]:
        reading = turn.read("datetime", turn.heard.only((start, stop)), trusting=True)
        if reading.mentions and len(windows_of(reading.value)) != 1:
            break
        until = [reading.span[1]] if reading.complete and reading.span is not None else until
    return until


def _moved_in(turn: Turn, text: str) -> tuple[dict[str, Any], Span] | None:
    first = dt.datetime.combine(turn.now.date() + dt.timedelta(days=1), _NOON, turn.now.tzinfo)
    one, other = (turn.read("datetime", text, same_as=booked) for booked in (first, first + _APART))
    start, again = _start(turn, one, first, text), _start(turn, other, first + _APART, text)
    if start is None or again is None or one.span is None:
        return None
    if again - start == _APART:
        by = start - first.replace(tzinfo=None)
        when = {"start": turn.now.strftime("%Y-%m-%dT%H:%M"), "end": None, "grain": "minute", "from": True, "until": False}
        if not by:
            return None  # "the same time", of a day that was not understood
    elif again - start == _APART - _A_DAY:
        day = start.date()
        by = start - dt.datetime.combine(day, _NOON)
        when = {"start": f"{day}T00:00", "end": f"{day + _A_DAY}T00:00", "grain": "day", "from": False, "until": False}
        if bare_weekday(turn, one, text, first):
            when["of"] = "week"
    else:
        return None
    return {**when, "moved_min": int(by.total_seconds()) // 60}, one.span


def _start(turn: Turn, reading: Reading, booked: dt.datetime, text: str) -> dt.datetime | None:
    """The one time that was understood; of a weekday that may be today or a week later, the later one."""
    if reading.status is Status.AMBIGUOUS:
        wish = bare_weekday(turn, reading, text, booked)
    else:
        wish = windows_of(reading.value) if reading.status in _TOLD else []
    if "time" not in reading.mentions or len(wish) != 1 or wish[0]["end"] is not None or wish[0]["from"]:
        return None
    return dt.datetime.fromisoformat(wish[0]["start"])
