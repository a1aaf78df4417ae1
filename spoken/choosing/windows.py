"""Which of several times on offer a day, a part of the day or an hour in the caller's words fits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from spoken.choosing.cues import COMPARISONS, Said, chosen, find_cues, offers_of, one_of, several
from spoken.choosing.spans import hour_left_out, in_that_week, inside, left_of, praised_before
from spoken.choosing.times import choice_fits, is_bound, only_loose, windows_of
from spoken.content_words import stopwords
from spoken.normalise import fold_words, stand_in_a_row, tokenise
from spoken.reading import NOTHING, Reading, Status
from spoken.word_likeness import STEM, likeness_of

__all__ = ["TIME_WORDS", "by_time", "fitting", "heard", "narrowed"]

TIME_WORDS: Final = frozenset({"time", "day", "part"})
NOON: Final = 12
LATE_LUNCH: Final = {"start": "11:30", "end": "14:00", "late": "14:45"}
"""The time around noon, and when it may end where nothing else on offer is meant."""
MEAL: Final = dt.timedelta(hours=1)
AFTERNOON_MORE: Final = dt.timedelta(hours=2)
"""How far an afternoon may reach beyond its end."""
MIN_GLUED: Final = 5
"""Letters before a word for appointments that is written together with them."""


def heard(text: str, said: Said, *, whole_day: bool = False) -> Reading:
    """The days and times in some words. `whole_day`: as if today had only begun."""
    return said.offers.heard(_unglued(text, said), whole_day)


def _unglued(text: str, said: Said) -> str:
    """ "Abendtermin" as "Abend": what a word for appointments is written together with, its place kept."""
    for token in tokenise(text):
        tail = next((tail for tail in said.data.glued if token.text.endswith(tail) and len(token.text) - len(tail) >= MIN_GLUED), None)
        if tail:
            text = text[: token.end - len(tail)] + " " * len(tail) + text[token.end :]
    return text


def by_time(said: Said, blotted: Sequence[tuple[int, int]], compared: Sequence[tuple[int, int]]) -> Reading | None:
    """The choices that the day, the part of the day or the hour in the words fits; NOTHING when it fits none.

    `blotted`: places that only look like times ("ninguna de las dos"). `compared`: where the words compare ("as early as possible"),
    so that an open time in them is no time that was named.
    """
    if not said.timed():
        return None
    pointers = [(first, last) for _, first, last in said.data.pointers.find(said.words)]
    text = said.without([*blotted, *pointers, *_before_a_bound(said)])
    reading = heard(text, said)
    if compared and _is_of_a_day(reading) and not any(end < len(said.words) and said.words[end] in said.data.than for _, end in compared):
        # "La más tarde del miércoles" is not later than Wednesday.
        text = said.without(compared, text)
        reading = heard(text, said)
    told = reading.mentions & TIME_WORDS
    windows = list(windows_of(reading))
    if not told or inside(reading.span, compared, said):
        return None
    starts = said.starts()
    if told <= {"part", "time"} and _shortened(windows, told) and not fitting(windows, starts, told, text, said):
        reading = heard(text, said, whole_day=True)  # "before lunch", when some of the morning is gone
        windows = list(windows_of(reading))
    if not windows or (compared and all(_from_now(window, said.now) for window in windows)):
        return None
    span = reading.span or (0, len(text))
    if (left := _left(windows, told, text, said, span)) is not None:
        return left
    fits = fitting(windows, starts, told, text, said)
    if not fits and (again := _without_pronoun(text, said, bool(compared) and "time" not in told)) != text:
        rest_said = said.part(again)
        return by_time(rest_said, (), [(cue.start, cue.end) for cue in find_cues(rest_said) if cue.kind in COMPARISONS])
    hindered = len(fits) == len(starts) and any(cue.kind in ("refused", "none") for cue in find_cues(said))
    if told == {"day"} and hindered and _refuses_every(text, said, starts):
        return chosen(None, span)
    if fits:
        return _of_those(fits, windows, told, text, said, span)
    if told == {"day"} and (near := in_that_week(windows, said)):
        return one_of(near, said.choices, span)
    if compared and only_loose(windows):
        return None
    of_a_day = (told == {"day"} and only_loose(windows)) or told == {"part"}  # "la de mañana", where no morning is on offer
    if of_a_day and len(days := said.data.day_words & set(said.words)) == 1 and len(said.words) > 1:
        return by_time(said.part(next(iter(days))), (), ())  # "Tuesday always suits": at any time, to the reader of times
    if (worded := _in_its_words(said)) is not None:
        return worded
    return chosen(None, span) if _refuses_every(text, said, starts) else Reading(Status.NOTHING, mentions=told)


def _left(windows: Sequence[Mapping[str, Any]], told: frozenset[str], text: str, said: Said, span: tuple[int, int]) -> Reading | None:
    """ "Thursday at noon I can't": what is left of the offers, or none of them; None where nothing is taken out of all time."""
    starts = said.starts()
    if told == {"time"} and (hour := hour_left_out(windows)) is not None:
        kept = [index for index, start in enumerate(starts) if start is None or not hour[0] <= start.time() < hour[1]]
        return Reading(Status.NOTHING, mentions=told) if len(kept) == len(starts) else several(kept, said.choices, span) if kept else None
    left = left_of(windows, starts, said.now) if told >= {"day"} else None
    if left is None:
        return None
    if 0 < len(left) < len(starts):
        return several(left, said.choices, span)
    if not left and told == {"day"} and not said.data.weekdays.isdisjoint(_without_plural(said.words)):
        return chosen(None, span)  # "Saturdays don't suit me", and all of them are Saturdays
    if told > {"day"} or (len(left) == len(starts) and not _refuses_every(text, said, starts)):
        return Reading(Status.NOTHING, mentions=told)  # "Wednesday you can't", and nothing was on offer that day
    return None


def _without_plural(words: Sequence[str]) -> set[str]:
    """The words, and "saturday" of "saturdays"."""
    return {*words, *(word.removesuffix("s") for word in words)}


def _of_those(
    fits: list[int],
    windows: Sequence[Mapping[str, Any]],
    told: frozenset[str],
    text: str,
    said: Said,
    span: tuple[int, int],
) -> Reading:
    """Which of the offers that lie in the windows are meant, or refused."""
    starts = said.starts()
    fits = _of_that_name(_clear_of_noon(fits, windows, starts, told), told, text, said)
    fits = _of_every_week(fits, told, said)
    rest = [index for index in range(len(starts)) if index not in fits]
    named = _fitting_without_negation(text, said, starts, span)
    if named == fits:  # "not" was said, and the reader of times made nothing of it
        if len(rest) == 1 and "day" not in told and all(map(is_bound, windows)):
            return chosen(rest[0], span)  # "I don't finish till three": a bound is a wish too
        return several(rest, said.choices, span) if rest else NOTHING
    if named is not None and named == rest:
        return several(fits, said.choices, span)  # "not Tuesday": the others, and none of them chosen
    if named == [] and told == {"day"} and (len(windows) > 1 or windows[0].get("from")):
        return Reading(Status.NOTHING, mentions=told)  # "haven't you anything on Thursday", which was not on offer
    return one_of(fits, said.choices, span)


def _before_a_bound(said: Said) -> Iterator[tuple[int, int]]:
    """The "one" of "the one after lunch", which is no hour."""
    for at in range(1, len(said.words) - 1):
        if said.words[at] in said.data.pronouns and said.words[at - 1] in said.data.definites and said.words[at + 1] in said.data.bounds:
            yield at, at + 1


def narrowed(fits: Sequence[int], first: int, last: int, said: Said) -> Sequence[int]:
    """Of several, those that the day or time said beside some words leaves; all where none is said, or none of them fits."""
    if len(fits) < 2:
        return fits
    timed = by_time(said.part(said.without([(first, last)])), (), ())
    left = offers_of(timed) if timed is not None else fits
    return [index for index in fits if index in left] or fits


def _of_that_name(fits: list[int], told: frozenset[str], text: str, said: Said) -> list[int]:
    """ "Saturday", of "tomorrow" and "Saturday", on a Friday: the one that was called so; "next Friday", of "this" and "next Friday"."""
    words = fold_words(text)
    named = [index for index in fits if told == {"day"} and stand_in_a_row(words, fold_words(said.choices[index].say))]
    if len(named) == 1:
        return named
    days = {token.text for token in tokenise(text)} & said.data.day_words
    called = [index for index in fits if (days or said.data.weekdays) & set(fold_words(said.choices[index].say))]
    weekdays = {start.weekday() for index in fits if (start := said.starts()[index])}
    return called if called and (days or ("day" in told and len(weekdays) == 1)) else fits  # the same of "the weekend one"


def _of_every_week(fits: list[int], told: frozenset[str], said: Said) -> list[int]:
    """ "Thursday suits me", of the fifth and the twelfth: both were called so, and nothing else was said of the day."""
    days = [at for at, word in enumerate(said.words) if word in said.data.weekdays]
    if told != {"day"} or len(days) != 1:
        return fits
    if days[0] and said.words[days[0] - 1] in said.data.these:
        return fits[:1]  # "this Saturday"
    idle = said.data.idle_words | stopwords(said.language) | said.data.pronouns | said.data.articles
    beside = {at for at, word in enumerate(said.words) if at not in days and word not in idle}
    praised = (said.data.praise, said.data.copulas, said.data.takes, said.data.prefer, said.data.for_me)
    beside -= {at for book in praised for _, start, end in book.find(said.words) for at in range(start, end)}
    beside -= {at for cue in find_cues(said) if cue.kind == "other" for at in range(cue.start, cue.end)}  # "the other Thursday"
    if len(fits) != 1 or beside:
        return fits
    called = [index for index, choice in enumerate(said.choices) if said.words[days[0]] in fold_words(choice.say)]
    days_called = {start.date() if (start := said.starts()[index]) else None for index in called}
    return called if fits[0] in called and (None in days_called or len(days_called) > 1) else fits


def _in_its_words(said: Said) -> Reading | None:
    """ "The ninth": all that was said stands in the words of one offer, whatever day it was read as."""
    little = said.data.idle_words | stopwords(said.language) | said.data.definites  # "celui (de onze heures)"
    telling = [at for at, word in enumerate(said.words) if word not in little]
    fits = [
        index
        for index, choice in enumerate(said.choices)
        if telling
        and all(any(likeness_of(said.words[at], word, said.language) >= STEM for word in fold_words(choice.say)) for at in telling)
    ]
    return chosen(fits[0], said.span(telling[0], telling[-1] + 1)) if len(fits) == 1 else None


def _from_now(window: Mapping[str, Any], now: dt.datetime) -> bool:
    """ "The soonest": from this minute on."""
    return bool(window.get("from")) and window.get("end") is None and str(window.get("start")) == now.isoformat()[:16]


def _is_of_a_day(reading: Reading) -> bool:
    """Everything from a day on, or up to it."""
    windows = list(windows_of(reading))
    bound = bool(windows) and all(is_bound(window) and window.get("grain") == "day" for window in windows)
    return bound and reading.mentions & TIME_WORDS == {"day"}


def _without_pronoun(text: str, said: Said, compared: bool) -> str:
    """The words without what stands for an offer and looks like a number ("the Wednesday one"), and without comparisons."""
    part = said.part(text)
    places = [(at, at + 1) for at in range(len(part.words)) if part.words[at] in said.data.pronouns]
    if compared:
        places += [(cue.start, cue.end) for cue in find_cues(part) if cue.kind in COMPARISONS]
    return part.without(places)


def _clear_of_noon(
    fits: list[int], windows: Sequence[Mapping[str, Any]], starts: Sequence[dt.datetime | None], told: frozenset[str]
) -> list[int]:
    """ "The afternoon one" is not the one at noon where another is later."""
    if "time" in told or len(windows) != 1 or not _is_afternoon(windows[0]):
        return fits
    later = [index for index in fits if (start := starts[index]) and start.hour > NOON]
    if not later:  # the one at seven in the evening, which some call the afternoon
        end = dt.datetime.fromisoformat(_stretched(windows[0])["end"]).hour
        days = {start.date() for index in fits if (start := starts[index])}
        later = [
            index for index, start in enumerate(starts) if start and NOON < start.hour < end and ("day" not in told or start.date() in days)
        ]
    return later or fits


def _is_afternoon(window: Mapping[str, Any]) -> bool:
    """A whole one, from noon or from after lunch on."""
    bounds = (str(window.get("start"))[11:13], str(window.get("end"))[11:])
    return window.get("grain") == "part_of_day" and bounds[0] in ("12", "13") and bounds[1] == "18:00"


def _stretched(window: Mapping[str, Any]) -> Mapping[str, Any]:
    """An afternoon that reaches into the evening: seven is "of the afternoon" where nothing else on offer is."""
    if window.get("grain") == "part_of_day" and str(window.get("end"))[11:] == "12:00":
        return {**window, "start": str(window.get("start"))[:11] + "06:00"}  # "before lunch" may be at nine, where nothing else is
    if not _is_afternoon(window):
        return window
    return {**window, "end": (dt.datetime.fromisoformat(window["end"]) + AFTERNOON_MORE).isoformat(timespec="minutes")}


def _late_lunch(window: Mapping[str, Any]) -> Mapping[str, Any]:
    bounds = str(window.get("start"))[11:], str(window.get("end"))[11:]
    if bounds != (LATE_LUNCH["start"], LATE_LUNCH["end"]):
        return window
    return {**window, "end": str(window["end"])[:11] + LATE_LUNCH["late"]}


def _at_the_meal(window: Mapping[str, Any], text: str, said: Said) -> Mapping[str, Any]:
    """ "After lunch" may begin an hour sooner than it mostly does, where nothing else on offer is meant."""
    start = dt.datetime.fromisoformat(window["start"]) if window.get("start") and window.get("from") and not window.get("end") else None
    if start is None or start.hour <= NOON + 1 or not any(True for _ in said.data.meals.find(fold_words(text))):
        return window
    return {**window, "start": (start - MEAL).isoformat(timespec="minutes")}


def fitting(
    windows: Sequence[Mapping[str, Any]], starts: Sequence[dt.datetime | None], told: frozenset[str], text: str, said: Said
) -> list[int]:
    """The choices that begin in one of the windows; a bare hour may lie in either half of the day, a day has all its hours."""
    if "day" in told and len(told) > 1 and said.offers.whole_days():
        told = frozenset({"day"})
    if "time" in told and len(windows) == 1 and _within_a_day(windows[0]):
        told |= {"stretch"}
    for twelve in (False, True) if "time" in told and "part" not in told else (False,):
        fits = [
            index
            for index, start in enumerate(starts)
            if start and any(choice_fits(window, start, told, twelve, text, said.language, said.now) for window in windows)
        ]
        if fits:
            return fits
    wider = [_stretched(window) if "part" in told else _at_the_meal(window, text, said) for window in windows]
    if told == {"part"}:
        wider = [_late_lunch(window) for window in wider]
    return fitting(wider, starts, told, text, said) if wider != list(windows) else []


def _within_a_day(window: Mapping[str, Any]) -> bool:
    return bool(window.get("end")) and str(window["end"])[:10] == str(window.get("start"))[:10]


def _fitting_without_negation(text: str, said: Said, starts: Sequence[dt.datetime | None], span: tuple[int, int]) -> list[int] | None:
    """What the words would fit without their "not"; None when there is none near them."""
    places = [place for place in said.negations() if not praised_before(said, span, place[0])]
    places = [place for place in places if text[slice(*said.span(*place))].strip()]  # not those that were blotted out
    if not places:
        return None
    text = said.without(places, text)
    reading = heard(text, said)
    return fitting(list(windows_of(reading)), starts, reading.mentions & TIME_WORDS, text, said)


def _refuses_every(text: str, said: Said, starts: Sequence[dt.datetime | None]) -> bool:
    """ "Thursday is bad for me", where all of them are on that Thursday; not when another day is named beside it."""
    places = [(first, last) for _, first, last in said.data.negators.find(said.words)]
    places += [(first, last) for _, first, last in said.data.noes.find(said.words)]
    places += [(cue.start, cue.end) for cue in find_cues(said) if cue.kind in ("refused", "none")]
    if not places:
        return False
    text = said.without(places, text)
    reading = heard(text, said)
    told = reading.mentions & TIME_WORDS
    each = [fitting([window], starts, told, text, said) for window in windows_of(reading)]
    return told == {"day"} and {index for fits in each for index in fits} == set(range(len(starts)))


def _shortened(windows: Sequence[Mapping[str, Any]], told: frozenset[str]) -> bool:
    """Whether windows may be shorter for what is gone of today; moments are not."""
    return "part" in told or not windows or any(window.get("from") or window.get("until") or window.get("end") for window in windows)
