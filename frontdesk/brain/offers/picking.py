"""Which one of several things a caller means: by position or content, by its time, by who does it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from frontdesk.brain.callers.contact import says_yes
from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.week_after_offers import counted_from_offers
from frontdesk.brain.wishes.windows import at_exactly, contains, day_of, windows_of
from spoken import Alternative, Choice, Reading, Status

__all__ = ["alternatives_of", "choices_of", "first_hour", "is_no_hour_of", "left_over", "mere_article", "pick", "pick_by_person"]

_INSTEAD: Final = frozenset({("values", "correction"), ("values", "lead")})
"""Words beside an hour that is wished instead of those on offer: "rather", "couldn't it be"."""
_FIRST_WORDS: Final = 10
"""Among so many words it is said."""
_WEEK: Final = dt.timedelta(weeks=1)
_BETWEEN: Final = 2
"""So many words may stand between the two: "eleven would be | better"."""


def choices_of(turn: Turn, items: Sequence[Mapping[str, Any]]) -> tuple[Choice, ...]:
    """What is on offer, with the words a caller may pick it by."""
    found: list[Choice] = []
    for item in items:
        words: list[str] = []
        if item.get("service") in turn.business.services:
            words.append(turn.business.service_name(str(item["service"]), turn.language))
        if item.get("staff") in turn.business.staff:
            words.append(turn.business.staff_name(str(item["staff"])))
        found.append(Choice(" ".join(words), turn.local(str(item["start"]))))
    return tuple(found)


def pick(turn: Turn, items: Sequence[Mapping[str, Any]]) -> tuple[int | None, Reading]:
    """The one that is meant: by position or content, or by a time that only one of them has."""
    if _same_day_a_week_on(turn, items):
        return None, turn.read("number", "")
    if (other := _the_other(turn, items)) is not None:
        return other, turn.read("number", "")
    if _another_hour_instead(turn, items) or _another_week(turn) or _another_part_of_a_day(turn, items):
        return None, turn.read("number", "")
    reading = turn.read("choice", _without_pointing(turn), choices=choices_of(turn, items))
    if not reading.complete:
        reading = _after_second_thought(turn, items) or reading
    if reading.complete and isinstance(reading.value, int) and not mere_article(turn, reading) and not _asks_for_more(turn):
        return reading.value, reading
    days = {str(item["start"])[:10] for item in items}
    when = turn.read("datetime", _without_pointing(turn), day=dt.date.fromisoformat(days.pop()) if len(days) == 1 else None, trusting=True)
    if when.status is Status.PREFIX and when.value is not None:  # "celui du seize"
        when = Reading(Status.COMPLETE, when.value, when.span, when.alternatives, when.mentions)
    if when.complete and when.mentions == {"time"} and not any(window["from"] or window["until"] for window in windows_of(when.value)):
        clock = {str(window["start"])[11:16] for window in windows_of(when.value)}
        fitting = [index for index, item in enumerate(items) if str(item["start"])[11:16] in clock]
        if len(fitting) == 1:
            refused = bool(left := left_over(reading, items)) and fitting[0] not in left  # "ten isn't possible" takes no ten
            return (None, reading) if refused else (fitting[0], when)
        if len(fitting) > 1:  # eleven on Tuesday, or eleven on Thursday
            fact = "slot" if turn.view.asks == "slot" else "appointment"
            turn.found.doubt(fact, when.span, alternatives_of(turn, [items[index] for index in fitting], fact))
            return None, when
    if when.complete and when.mentions:
        fitting = [index for index, item in enumerate(items) if contains(windows_of(when.value), str(item["start"]))]
        if len(fitting) == 1 and ("time" in when.mentions or not _narrows(turn, items)):
            return fitting[0], when
    if when.alternatives and _of_one_hour(when):
        fitting = [i for i, item in enumerate(items) if any(contains(windows_of(a.value), str(item["start"])) for a in when.alternatives)]
        if len(fitting) == 1:
            return fitting[0], when
    return None, reading


def left_over(reading: Reading, items: Sequence[Mapping[str, Any]]) -> list[int]:
    """Which ones are left where all but one, or some, of them are refused; nothing where none is."""
    left = [int(item.value) for item in reading.alternatives if isinstance(item.value, int)]
    return left if reading.status is Status.AMBIGUOUS and 0 < len(left) < len(items) else []


def _another_hour_instead(turn: Turn, items: Sequence[Mapping[str, Any]]) -> bool:
    """ "Rather eleven, I've the doctor at two": an hour is wished that none has, and one of theirs says what the caller does then.

    What stands behind the wish is read no more.
    """
    instead = next((turn.span_of(match) for match in turn.matches if match.key[:2] in _INSTEAD), None)
    wish = first_hour(turn) if instead is not None else None
    if instead is None or wish is None or wish.span is None or not is_no_hour_of(wish, items):
        return False
    if len(turn.heard.text[wish.span[1] : instead[0]].split()) > _BETWEEN:
        return False
    end = max(wish.span[1], instead[1])
    if "time" not in turn.read("datetime", turn.heard.only((end, len(turn.heard.text)))).mentions:
        return False
    turn.heard.take((end, len(turn.heard.text)))
    return True


def _another_week(turn: Turn) -> bool:
    """ "What about the week after?" picks none, though the one on offer is in the week after this one."""
    reading = turn.read("datetime")
    return counted_from_offers(turn, reading) is not reading


def _same_day_a_week_on(turn: Turn, items: Sequence[Mapping[str, Any]]) -> bool:
    """ "Not this Thursday, the other one" is the Thursday after it, and no other hour of the one on offer."""
    days = {dt.date.fromisoformat(str(item["start"])[:10]) for item in items}
    reading = turn.read("datetime")
    if len(days) != 1 or not reading.complete or reading.mentions != {"day"}:
        return False
    return day_of(windows_of(reading.value)) == days.pop() + _WEEK


def _another_part_of_a_day(turn: Turn, items: Sequence[Mapping[str, Any]]) -> bool:
    """ "Thursday would be good, but rather in the morning": no other morning that is on offer."""
    reading = turn.read("datetime", trusting=True)
    if turn.heard_phrase("values", "correction") is None or not reading.complete or reading.mentions != {"day", "part"}:
        return False
    wish = windows_of(reading.value)
    return len(wish) == 1 and not any(contains(wish, str(item["start"])) for item in items)


def first_hour(turn: Turn, day: dt.date | None = None, text: str | None = None) -> Reading | None:
    """The hour that is said first, as far as it goes: of "eleven thirty, I've the doctor at two" half past eleven.

    `text`: what is read of the utterance, at the same places; all of it if left out.
    """
    text = turn.heard.rest if text is None else text
    found: Reading | None = None
    open_end = False
    for token in turn.heard.tokens[:_FIRST_WORDS]:
        reading = turn.read("datetime", text[: token.end] + " " * (len(text) - token.end), day=day)
        if reading.complete and reading.mentions == {"time"} and reading.span is not None:
            told = open_end and reading.span[1] < token.end
            if found is not None and found.span is not None and (told or reading.span[0] >= found.span[1]):
                return found
            found, open_end = reading, False
        elif found is not None:
            if open_end or reading.status is not Status.PREFIX:
                return found
            open_end = True  # "a las diez y" may become half past
    return found


def is_no_hour_of(wish: Reading, items: Sequence[Mapping[str, Any]]) -> bool:
    """Whether one hour is wished that nothing on offer has."""
    hours = {(str(window.get("start"))[11:16], window.get("end")) for window in windows_of(wish.value)}
    on_offer = {str(item["start"])[11:16] for item in items}
    return len(hours) == 1 and all(end is None and clock not in on_offer for clock, end in hours)


def _of_one_hour(when: Reading) -> bool:
    """Whether what a time may mean differs in the day or the half of it; "eleven, I've to leave at two" are two hours, one of them told."""
    starts = [dt.time.fromisoformat(str(window["start"])[11:16]) for item in when.alternatives for window in windows_of(item.value)]
    return len({(start.hour % 12, start.minute) for start in starts}) == 1 or "time" not in when.mentions


def mere_article(turn: Turn, reading: Reading) -> bool:
    """ "Eine Balayage" picks nothing: the word for one, with more said than that."""
    if reading.span is None or len(turn.heard) <= 2:
        return False
    words = turn.heard.at(reading.span)
    return " " not in words and not words.isdigit() and turn.read("number", words).value == 1


def _without_pointing(turn: Turn) -> str:
    """The utterance without the "one" of "the one at eleven", which is no number."""
    spans = [turn.span_of(match) for match in turn.matches if match.key == ("values", "pick", "pointing")]
    tokens = [token for token in turn.heard.tokens if any(start <= token.start and token.end <= end for start, end in spans)]
    return turn.heard.without((token.start, token.end) for token in tokens if token.is_word and turn.read("number", token.raw).value == 1)


def _the_other(turn: Turn, items: Sequence[Mapping[str, Any]]) -> int | None:
    """ "Not the nine o'clock, the other one", where there are two."""
    match = turn.heard_phrase("values", "pick", "other")
    if match is None or len(items) != 2:
        return None
    before = turn.heard.without([turn.span_of(match)])
    day = dt.date.fromisoformat(str(items[0]["start"])[:10])
    when = turn.read("datetime", before, day=day, trusting=True)
    clock = {window["start"][11:16] for window in windows_of(when.value)} if when.mentions == {"time"} else set()
    fitting = [index for index, item in enumerate(items) if str(item["start"])[11:16] in clock]
    choice = turn.read("choice", before, choices=choices_of(turn, items))
    if not fitting and choice.complete and isinstance(choice.value, int):
        fitting = [choice.value]
    return 1 - fitting[0] if len(fitting) == 1 else None


def _after_second_thought(turn: Turn, items: Sequence[Mapping[str, Any]]) -> Reading | None:
    """What is said after the last "no": "le deuxième, non, le premier"."""
    match = next((match for match in reversed(turn.matches) if match.key[:2] == ("values", "retake")), None)
    if match is None:
        return None
    after = (turn.span_of(match)[1], len(turn.heard.text))
    reading = turn.read("choice", turn.heard.only(after), choices=choices_of(turn, items))
    return reading if reading.complete and isinstance(reading.value, int) else None


def pick_by_person(turn: Turn, offers: Sequence[Mapping[str, Any]], other: Reading) -> tuple[int | None, Reading]:
    """ "The one with Léa"; "rather with Léa" is a wish of its own."""
    if not turn.heard_phrase("values", "pick"):
        return None, other
    reading = turn.read("staff", names=turn.business.staff_vocabulary(turn.language))
    fitting = [index for index, offer in enumerate(offers) if reading.complete and offer.get("staff") == reading.value]
    return (fitting[0] if len(fitting) == 1 else None), reading


def _narrows(turn: Turn, items: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a day or a part of the day said now is a new wish rather than a pick: "plutôt l'après-midi"."""
    return _asks_for_more(turn) or turn.heard_phrase("values", "correction") is not None or (len(items) == 1 and not says_yes(turn))


def _asks_for_more(turn: Turn) -> bool:
    """ "Have you nothing in the afternoon?", which picks none of those on offer."""
    if not turn.heard_phrase("intents", "book"):
        return False
    said = turn.read("datetime").mentions
    return bool(said) and "time" not in said


def alternatives_of(turn: Turn, items: Sequence[Mapping[str, Any]], fact: str) -> tuple[Alternative, ...]:
    """Things to pick from with the words to say them by: the hour, and the day where they are on several."""
    from spoken.say_when import say_time, say_window

    several = len({str(item["start"])[:10] for item in items}) > 1
    found: list[Alternative] = []
    for item in items:
        start = str(item["start"])[:16]
        window = at_exactly(start)
        hour = dt.time.fromisoformat(start[11:16])
        words = say_window(window, turn.language, turn.now) if several else say_time(hour, turn.language)
        found.append(Alternative(start if fact == "slot" else item["id"], words))
    return tuple(found)
