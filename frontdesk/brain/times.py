"""When: wishes for a time, corrections of one, and words about an appointment that the caller has."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from frontdesk.brain.appointments.another_time import alternatives_in, wishes_another_time
from frontdesk.brain.appointments.in_its_place import counts_from_cancelled
from frontdesk.brain.appointments.moving_from_to import counts_from_theirs, intent_of
from frontdesk.brain.callers.hour_for_a_name import only_an_hour
from frontdesk.brain.questions.beside_a_choice import leave_the_question_out
from frontdesk.brain.utterance.phrases import Match
from frontdesk.brain.utterance.turn import CALLS_OFF, Turn
from frontdesk.brain.wishes.from_appointment import counted_from_it
from frontdesk.brain.wishes.week_after_offers import counted_from_offers
from frontdesk.brain.wishes.weekdays import weekday_in_talk
from frontdesk.brain.wishes.windows import contains, day_of, on_any_day, windows_of
from frontdesk.brain.wishes.wondered import is_asked_for
from spoken import Alternative, Reading, Status
from spoken.say import say
from spoken.wishes import Direction, merge, shift

__all__ = ["read_shift", "read_when", "read_wish"]

_TALKING_OF_TIMES: Final = frozenset({"when", "slot", "agreed"})
"""Questions in whose answers a number alone can be a time."""


_WHO: Final = frozenset({"name", "phone", "email"})
_NAME_WORDS: Final = 3
_SEVERAL: Final = 2
_HOUR_WORDS: Final = 4
"""Words that a bare hour can take: "four thirty", "seize heures trente"."""


def read_when(turn: Turn) -> None:
    """What is left of the utterance as a wish for a time, or as words about an appointment there is."""
    beside = turn.view.asks == "when" and leave_the_question_out(turn)
    if turn.found.questions and "intent" not in turn.found.facts and not beside:
        return
    intent = intent_of(turn)
    existing = intent is None and turn.has_appointment
    about = "which" if intent == "cancel" or existing or (turn.view.asks == "appointment" and intent != "book") else "when"
    if about == "which" and not existing and wishes_another_time(turn, intent):
        return
    if about in turn.found.facts or about in turn.found.doubts:
        return
    if about == "when" and "slot" in turn.found.facts:
        return
    read_wish(turn, about)


def read_wish(turn: Turn, about: str) -> None:
    old = windows_of(turn.known(about))
    if about == "when" and intent_of(turn) == "reschedule" and turn.same_as is None:
        match = turn.heard_phrase("values", "duration", "any")
        turn.heard.take(turn.span_of(match) if match else None)
    reading = turn.read("datetime", day=_day(turn, old), trusting=about == "which")
    if about == "which":
        reading = _without_refusal(turn) or reading
    corrects_at_name = turn.view.asks == "name" and turn.heard_phrase("values", "correction") is not None
    if reading.status is Status.NOTHING and (turn.view.asks in _TALKING_OF_TIMES or corrects_at_name):
        reading = _after_lead(turn, old) or reading
    if reading.span is None or reading.status is Status.NOTHING:
        if about == "when" and turn.view.asks == "when":
            _any_time(turn)
        return
    part = len(turn.heard.at(reading.span).split()) < len(turn.heard) <= _NAME_WORDS
    if turn.view.asks == "name" and not corrects_at_name and part and not only_an_hour(turn):
        return  # "Domingo Sánchez", not understood as a name, is no Sunday
    if not _explicit(turn, reading):
        return
    cancelled = counts_from_cancelled(turn) if about == "when" and not old and turn.known("slot") is None else None
    if about == "when" and (counts_from_theirs(turn) or cancelled is not None):
        counted = counted_from_it(turn, reading, turn.heard.rest, cancelled)
        if counted is not None:
            turn.found.fact(about, counted, reading.span)
            return
    reading = weekday_in_talk(turn, counted_from_offers(turn, reading)) if about == "when" else reading
    if _repeats(turn, reading) or _only_always(turn, reading):
        return
    if (narrowed := _of_each_meaning(turn, about, reading)) is not None:
        turn.found.doubt(about, reading.span, narrowed)
        return
    if reading.complete or (reading.status is Status.PREFIX and reading.value is not None):
        value = _together(turn, _gap(windows_of(reading.value)) if about == "which" else windows_of(reading.value), reading, old)
        turn.found.fact(about, value, reading.span)
    elif reading.status is Status.AMBIGUOUS and about == "which":  # what is on the book decides
        turn.found.fact(about, [window for item in reading.alternatives for window in windows_of(item.value)], reading.span)
    elif reading.status is Status.AMBIGUOUS:
        first = windows_of(reading.alternatives[0].value)
        if on_any_day(first):  # to be asked about so many days, twice over, helps nobody
            turn.found.fact(about, _together(turn, first, reading, old), reading.span)
        else:
            turn.found.doubt(about, reading.span, alternatives_in(reading))


def _of_each_meaning(turn: Turn, about: str, reading: Reading) -> tuple[Alternative, ...] | None:
    """ "At two", answered to "Saturday the thirteenth or the twentieth?": two o'clock on each; None where another day was said."""
    if turn.view.mode != "options" or turn.view.asks != about or not reading.complete or "day" in reading.mentions:
        return None
    said = windows_of(reading.value)
    wishes = [merge(said, reading.mentions, windows_of(option.value), turn.now) for option in turn.view.options]
    return tuple(Alternative(wish, say(wish, "datetime", turn.language)) for wish in wishes)


def _together(turn: Turn, said: list[dict[str, Any]], reading: Reading, old: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The wish with what was wished before. "Some time in the afternoon" is one for the day that is being talked about."""
    mentions = reading.mentions
    if old and turn.view.asks == "slot" and on_any_day(said):
        said, mentions = said[:1], mentions - {"day"}
    return merge(said, mentions, old, turn.now)


def _without_refusal(turn: Turn) -> Reading | None:
    """ "Tomorrow I can't come" speaks of tomorrow, and of no other day."""
    spans = [turn.span_of(match) for match in turn.matches if match.key in CALLS_OFF]
    reading = turn.read("datetime", turn.heard.without(spans), trusting=True) if spans else None
    return reading if reading is not None and reading.mentions else None


def _gap(wish: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """ "My appointment on Tuesday doesn't work" is about Tuesday: what is left out of "any day but Tuesday"."""
    if len(wish) < 2 or wish[-1]["end"] is not None or wish[0]["end"] is None:
        return wish
    return [{"start": wish[0]["end"], "end": wish[1]["start"], "grain": "day", "from": False, "until": False}]


def _after_lead(turn: Turn, old: list[dict[str, Any]]) -> Reading | None:
    """A bare hour behind words that lead to one: "make it four", "disons seize"."""
    lead = next((match for match in reversed(turn.matches) if match.key[:2] == ("values", "lead")), None)
    if lead is None:
        return None
    start = turn.span_of(lead)[1]
    ends = [token.end for token in turn.heard.tokens if token.start >= start]
    for end in (len(turn.heard.text), *reversed(ends[:_HOUR_WORDS])):
        reading = turn.read("datetime", turn.heard.only((start, end)), day=_day(turn, old))
        if reading.mentions:
            return reading
    return None


def _day(turn: Turn, old: list[dict[str, Any]]) -> dt.date | None:
    """The day that is being talked about."""
    if turn.view.asks == "slot" and turn.view.offers:
        days = {str(offer["start"])[:10] for offer in turn.view.offers}
        if len(days) == 1:
            return dt.date.fromisoformat(days.pop())
    slot = turn.known("slot")
    if isinstance(slot, str):
        return dt.date.fromisoformat(slot[:10])
    if old:
        return day_of(old)
    # "another hour"; "is Karim in on Saturday?", then "at ten"; "and one for my husband at eleven", behind what was booked
    spoken_of = turn.view.taken_back or turn.view.asked.get("day") or turn.view.previous_slot
    return dt.date.fromisoformat(spoken_of[:10]) if spoken_of else None


def _explicit(turn: Turn, reading: Reading) -> bool:
    """Whether the words can only be a time here; "deux" or "one" alone is none, unless a time was asked for."""
    if reading.span is None or not reading.mentions:
        return False
    if turn.view.asks in {"when", "slot", "appointment"} and turn.view.mode == "ask":
        return True
    if turn.view.asks == "slot" and is_asked_for(turn, reading.span):
        return True
    other_matter = any(turn.heard_phrase("values", cue) for cue in ("correction", "lead", "retake", "shift"))
    if turn.view.asks == "agreed" and other_matter:
        return True
    if turn.view.asks == "name" and (turn.heard_phrase("values", "correction") or turn.heard_phrase("values", "lead")):
        return True
    if only_an_hour(turn):
        return True
    if turn.view.asks in _WHO and not other_matter and len(reading.mentions) < _SEVERAL and len(turn.heard) <= _HOUR_WORDS:
        return False  # "le premier", "Domingo", where a name was asked
    words = turn.heard.at(reading.span)
    number = turn.read("number", words)
    if number.complete and number.span == (0, len(words)) and reading.mentions == {"time"} and not any(sign in words for sign in ":h"):
        return False
    return len(words.split()) > 1 or "day" in reading.mentions or "part" in reading.mentions or any(sign.isdigit() for sign in words)


def _repeats(turn: Turn, reading: Reading) -> bool:
    """Whether only the time that has been chosen is said once more: "oui mardi quinze heures, parfait"."""
    slot = turn.known("slot")
    if not isinstance(slot, str) or turn.view.asks == "slot" or not reading.complete:
        return False
    if not contains(windows_of(reading.value), slot):
        return False
    turn.found.drop("never_mind")  # "could we say Friday, actually no, leave it Wednesday", which it is
    return True


def read_shift(turn: Turn) -> None:
    """ "Something later", "earlier", "another day": a wish made from what was on offer."""
    directions: tuple[Direction, ...] = ("other_day", "later", "earlier")
    for direction in directions:
        match = turn.heard_phrase("values", "shift", direction)
        if match is None or _takes_leave(turn, turn.span_of(match)):
            continue
        day = turn.read("datetime", turn.heard.without([turn.span_of(match)]))
        starts = [str(offer["start"]) for offer in turn.view.offers] if turn.view.asks == "slot" else [str(turn.known("slot"))]
        if day.mentions:
            starts = _on_the_day(turn, day, starts) if direction != "other_day" else []
            if not starts:
                return  # "later on Thursday" says when
            turn.heard.take(day.span)
        offered = [moment for start in starts if (moment := turn.local(start)) is not None]
        if turn.view.asks == "when" and turn.same_as is not None and direction != "other_day":  # than the appointment that is moved
            offered = [turn.same_as]
        value = shift(direction, offered, turn.now, windows_of(turn.known("when")))
        if value:
            turn.found.fact("when", value, turn.span_of(match))
        return


def _on_the_day(turn: Turn, day: Reading, starts: list[str]) -> list[str]:
    """The times on offer of the one day that is named with it: "Tuesday, but later" than what was offered of Tuesday."""
    windows = windows_of(day.value) if day.complete and day.mentions == {"day"} else []
    if len(windows) != 1 or turn.view.asks != "slot" or windows[0]["from"] or windows[0]["until"]:
        return []
    return [start for start in starts if start[:10] == str(windows[0]["start"])[:10]]


def _takes_leave(turn: Turn, span: tuple[int, int]) -> bool:
    """Whether words are part of a goodbye: "I'll ring back later" asks for no later time."""
    parting = [turn.span_of(match) for match in turn.matches if match.key == ("acts", "goodbye")]
    return any(first <= span[0] and span[1] <= last for first, last in parting)


def _only_always(turn: Turn, reading: Reading) -> bool:
    """ "As always", "whenever": a time only where a time is being talked about."""
    if turn.view.asks in {"when", "slot", "intent"}:
        return False
    wish = windows_of(reading.value)
    return len(wish) == 1 and wish[0]["end"] is None and bool(wish[0]["from"]) and wish[0]["start"] == turn.now.strftime("%Y-%m-%dT%H:%M")


def _any_time(turn: Turn) -> None:
    match: Match | None = turn.heard_phrase("values", "when", "any")
    if match is not None:
        start = turn.now.replace(tzinfo=None).strftime("%Y-%m-%dT%H:%M")
        window = {"start": start, "end": None, "grain": "minute", "from": True, "until": False}
        turn.found.fact("when", [window], turn.span_of(match))
