"""One of several things on offer: by position, by content, by comparison, or none of them.

A time that was said clearly and is not on offer is nothing here: it is a new wish, and somebody else's to read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.choice_times import choice_fits, only_loose, starts_of, windows_of
from spoken.context import Choice, Context, Vocabulary
from spoken.digits import units_at
from spoken.lexicon import load, phrases
from spoken.normalise import PhraseBook, Token, fold, fold_words, tokenise
from spoken.numerals import cardinal_at
from spoken.reading import NOTHING, Alternative, Reading, Status
from spoken.services import read_service
from spoken.yes_no import read_yes_no

__all__ = ["read_choice"]

REACH: Final = 2
"""Words between "not" and what it refuses."""
MAX_REST: Final = 6
"""Other words that may stand beside "none" or a position."""
_CUES: Final = (
    *("last", "second_last", "middle", "earliest", "latest", "later", "earlier"),
    *("none", "any", "both", "other", "refused", "wishes"),
)
"""Lists of the language data; later ones win where the same phrase stands in two."""
_COMPARISONS: Final = frozenset({"earliest", "latest", "earlier", "later"})
_TIME_WORDS: Final = frozenset({"time", "day", "part"})


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class _Words:
    cues: PhraseBook[_Cue]
    negators: PhraseBook[bool]
    replies: bool
    """Whether a negator is an answer too ("no" in Spanish)."""
    articles: frozenset[str]
    idle: PhraseBook[bool]
    """Words that may follow a number without giving it something to count."""
    exclusions: PhraseBook[bool]
    instead: PhraseBook[bool]
    """Words that may stand between a position and the one that takes its place."""
    then: frozenset[str]
    joiners: frozenset[str]


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    data: Any = load(language, "choice")
    cues: dict[str, _Cue] = {}
    for kind in ("yes", "weak"):
        cues |= dict.fromkeys(phrases(language, "yes_no", kind), _Cue("yes"))
    cues |= dict.fromkeys(phrases(language, "service", "anyone"), _Cue("any"))
    for kind in _CUES:
        cues |= dict.fromkeys(map(str, data[kind]), _Cue(kind))
    for position, said in data["positions"].items():
        cues |= dict.fromkeys(map(str, said), _Cue("position", int(position)))
    return _Words(
        PhraseBook(cues),
        PhraseBook(dict.fromkeys(data["negators"], True)),
        not {fold(word) for word in data["negators"]}.isdisjoint(fold(word) for word in phrases(language, "yes_no", "no")),
        frozenset(fold(word) for word in data["articles"]),
        PhraseBook(dict.fromkeys(phrases(language, "yes_no", "fillers"), True)),
        PhraseBook(dict.fromkeys(data["exclusions"], True)),
        PhraseBook(dict.fromkeys((*data["instead"], *phrases(language, "digits", "corrections")), True)),
        frozenset(fold(word) for word in data["then"]),
        frozenset(fold(word) for word in data["joiners"]),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    tokens: Sequence[Token]
    words: Sequence[str]
    language: str
    now: dt.datetime

    def negated(self, at: int) -> bool:
        """A negator stands right before a place."""
        book = _words(self.language).negators
        return any((found := book.at(self.words, index)) and found[1] <= at for index in range(max(0, at - REACH), at))

    def span(self, first: int, last: int) -> tuple[int, int]:
        return self.tokens[first].start, self.tokens[last - 1].end


def read_choice(text: str, language: str, now: dt.datetime, context: Context) -> Reading:
    """Index of the thing chosen, from 0; complete with None for "none of them"; ambiguous when several fit."""
    choices = context.choices
    tokens = [token for token in tokenise(text) if token.kind != "symbol"]
    if not choices or not tokens:
        return NOTHING
    said = _Said(tokens, [token.text for token in tokens], language, now)
    same = [index for index, choice in enumerate(choices) if fold_words(choice.say) == tuple(said.words)]
    if len(same) == 1:
        return _chosen(same[0], said.span(0, len(said.words)))
    cues = [(cue, start, end) for cue, start, end in _words(language).cues.find(said.words) if not _is_date(said, cue, end)]
    return (
        _by_exclusion(text, said, context)
        or _by_contrast(text, said, cues, context)
        or _refused_then_wanted(text, said, context)
        or _plainly(text, said, cues, context)
    )


def _plainly(text: str, said: _Said, cues: Sequence[tuple[_Cue, int, int]], context: Context) -> Reading:
    """One thing named, or all refused: no "not this but that" in the words."""
    choices = context.choices
    placed = _by_position(said, cues, choices)
    if placed is not None:
        return placed
    if any(cue.kind == "wishes" for cue, _, _ in cues):
        return Reading(Status.NOTHING, mentions=frozenset({"time"}))
    if len(said.words) == 1 and (numbered := _by_number(said, choices)) is not None:
        return numbered
    timed = _by_time(_without_refusals(text, said, cues), said, context, any(cue.kind in _COMPARISONS for cue, _, _ in cues))
    if timed is not None:
        return _compared_among(timed, said, cues, choices)
    for reader in (_by_comparison, _none_of_them):
        found = reader(said, cues, choices)
        if found is not None:
            return found
    return _by_words(text, said.language, context) or _by_number(said, choices) or _by_agreement(text, said.language, context)


def _compared_among(timed: Reading, said: _Said, cues: Sequence[tuple[_Cue, int, int]], choices: Sequence[Choice]) -> Reading:
    """ "The earlier one on Tuesday": the comparison is made among those that the day leaves."""
    among = [int(item.value) for item in timed.alternatives]
    if timed.status is not Status.AMBIGUOUS or len(among) < 2:
        return timed
    found = _by_comparison(said, cues, [choices[index] for index in among])
    if found is None or not found.complete:
        return timed
    return _chosen(among[found.value], found.span)


def _by_contrast(text: str, said: _Said, cues: Sequence[tuple[_Cue, int, int]], context: Context) -> Reading | None:
    """ "Nine is too early, five then", "not Thursday, the other one": what stands before is out, what follows is meant."""
    for cue, start, end in reversed(cues):
        if cue.kind not in ("other", "refused") or not start:
            continue  # what is refused stands before
        count = len(context.choices)
        before, after = text[: said.tokens[start].start], text[said.tokens[end - 1].end :]
        refused = _named(before, said, context)
        if not refused:
            continue
        rest = [index for index in range(count) if index not in refused]
        span = said.span(start, end)
        if cue.kind == "other" and rest:
            return _chosen(rest[0], span) if len(rest) == 1 else _several(rest, context.choices, span)
        wanted = [index for index in _named(after, said, context) if index in rest or len(refused) > 1]
        if len(wanted) == 1:
            return _chosen(wanted[0], said.span(end, len(said.words)))
        if rest and _idle(said, end):
            return _several(wanted or rest, context.choices, span)
    return None


def _by_exclusion(text: str, said: _Said, context: Context) -> Reading | None:
    """ "Anyone but Dave": all the others will do, so that the only one left is chosen."""
    for _, start, end in _words(said.language).exclusions.find(said.words):
        if end >= len(said.words):
            continue
        refused = _named(text[said.tokens[end - 1].end :], said, context)
        if len(refused) > 1 and _words(said.language).joiners.isdisjoint(said.words[end:]):
            continue  # "not Sophie, Jean-Luc": the second may be the wish
        rest = [index for index in range(len(context.choices)) if index not in refused]
        if refused and rest:
            span = said.span(start, len(said.words))
            return _chosen(rest[0], span) if len(rest) == 1 else _several(rest, context.choices, span, "any")
    return None


def _refused_then_wanted(text: str, said: _Said, context: Context) -> Reading | None:
    """ "Not Tuesday, Wednesday then": the negation covers the next thing only, what follows it is the wish."""
    words = _words(said.language)
    negators = [(start, end) for _, start, end in words.negators.find(said.words)]
    if len(negators) != 1 or len(context.choices) < 2:
        return None
    [(start, end)] = negators
    wanted: set[int] = set()
    parts = [(end, cut) for cut in range(end + 1, len(said.words))] if start == 0 or not words.replies else []
    if start and words.replies and not words.then.isdisjoint(said.words[end:]):
        parts = [(0, start)]  # "martes no, miércoles entonces"
    for first, cut in parts:
        follow = end if cut == start else cut
        if follow >= len(said.words) or said.words[follow] in words.joiners:
            continue
        refused = _named(text[said.tokens[first].start : said.tokens[cut - 1].end], said, context)
        meant = _named(text[said.tokens[follow].start :], said, context)
        if len(refused) == len(meant) == 1 and refused != meant:
            wanted |= set(meant)
    return _chosen(wanted.pop(), said.span(end, len(said.words))) if len(wanted) == 1 else None


def _idle(said: _Said, at: int) -> bool:
    """Nothing follows that says anything."""
    book = _words(said.language).idle
    while at < len(said.words):
        found = book.at(said.words, at)
        if found is None:
            return False
        at = found[1]
    return True


def _named(part: str, said: _Said, context: Context) -> list[int]:
    """The choices that a part of the utterance points at, wanted or not."""
    book = _words(said.language)
    tokens = [token for token in tokenise(part) if token.kind != "symbol"]
    words = [token.text for token in tokens]
    places = [(first, last) for _, first, last in book.negators.find(words)]
    places += [(first, last) for cue, first, last in book.cues.find(words) if cue.kind in ("refused", "none", "yes")]
    for first, last in places:
        start, end = tokens[first].start, tokens[last - 1].end
        part = part[:start] + " " * (end - start) + part[end:]
    if not part.strip():
        return []
    found = read_choice(part, said.language, said.now, context)
    if found.complete:
        return [] if found.value is None else [int(found.value)]
    return [int(item.value) for item in found.alternatives] if "any" not in found.mentions else []


def _without_refusals(text: str, said: _Said, cues: Sequence[tuple[_Cue, int, int]]) -> str:
    """The text with "ninguna de las dos" blotted out: there is no two o'clock in it."""
    for cue, start, end in cues:
        if cue.kind in ("none", "any", "both"):
            first, last = said.span(start, end)
            text = text[:first] + " " * (last - first) + text[last:]
    return text


def _is_date(said: _Said, cue: _Cue, end: int) -> bool:
    """ "le premier juillet" and "the second of July" are days, not positions."""
    return cue.kind == "position" and (units_at(said.words, end, said.language) or units_at(said.words, end + 1, said.language))


def _chosen(index: int | None, span: tuple[int, int] | None) -> Reading:
    return Reading(Status.COMPLETE, index, span)


def _several(indexes: Sequence[int], choices: Sequence[Choice], span: tuple[int, int] | None, *mentions: str) -> Reading:
    return Reading(
        Status.AMBIGUOUS,
        span=span,
        alternatives=tuple(Alternative(index, choices[index].say) for index in indexes),
        mentions=frozenset(mentions),
    )


def _by_position(said: _Said, cues: Sequence[tuple[_Cue, int, int]], choices: Sequence[Choice]) -> Reading | None:
    count = len(choices)
    wanted: dict[int, tuple[int, int]] = {}
    refused: set[int] = set()
    beyond = False
    places: list[tuple[int, int, int]] = []
    for cue, start, end in cues:
        at = {"position": cue.position - 1, "last": count - 1, "second_last": count - 2, "middle": count // 2}.get(cue.kind)
        if at is None or (cue.kind == "middle" and count % 2 == 0):
            continue
        if not 0 <= at < count:
            beyond = True
            continue
        places.append((at, start, end))
        if said.negated(start):
            refused.add(at)
        else:
            wanted[at] = said.span(start, end)
    for index in refused:
        wanted.pop(index, None)
    if len(places) > 1 and (taken_back := _taken_back(said, places)) is not None:
        return _chosen(places[-1][0], said.span(*places[-1][1:])) if taken_back else _several([place[0] for place in places], choices, None)
    if len(wanted) == 1:
        [(index, span)] = wanted.items()
        return _chosen(index, span)
    if len(wanted) > 1:
        return _several(sorted(wanted), choices, None)
    if refused:
        rest = [index for index in range(count) if index not in refused]
        return _several(rest, choices, None) if rest else None
    return (_by_day_of_month(said, cues, choices) or NOTHING) if beyond else None


def _by_day_of_month(said: _Said, cues: Sequence[tuple[_Cue, int, int]], choices: Sequence[Choice]) -> Reading | None:
    """ "The fourth", when there are only two: the one on the fourth of the month."""
    days = [(cue.position, start, end) for cue, start, end in cues if cue.kind == "position"]
    if len(days) != 1 or said.negated(days[0][1]):
        return None
    day, first, last = days[0]
    fits = [index for index, start in enumerate(starts_of(choices, said.language, said.now)) if start and start.day == day]
    if not fits:
        return None
    return _chosen(fits[0], said.span(first, last)) if len(fits) == 1 else _several(fits, choices, said.span(first, last))


def _taken_back(said: _Said, places: Sequence[tuple[int, int, int]]) -> bool | None:
    """Whether "no" between the last two positions takes the first of them back; False when it may as well refuse the second."""
    _, _, end = places[-2]
    _, start, _ = places[-1]
    between = said.words[end:start]
    if not between or start - end > MAX_REST:
        return None
    refuses = {word for phrase in phrases(said.language, "digits", "corrections") for word in fold_words(phrase)}
    mended = set(range(end, start)) & {at for _, first, last in _words(said.language).instead.find(said.words) for at in range(first, last)}
    if not any(said.words[at] in refuses for at in range(end, start)):
        return None  # "the first, or rather early, the second" takes nothing back
    if not all(at in mended or said.words[at] in refuses for at in range(end, start)):
        return None
    return _words(said.language).negators.at(said.words, start - 1) is None  # "no sorry the second", but "no not the second"


def _by_time(text: str, said: _Said, context: Context, compared: bool) -> Reading | None:
    """The choices that the day, the part of the day or the hour in the words fits; NOTHING when it fits none.

    `compared`: the words compare ("as early as possible"), so an open time in them is no time that was named.
    """
    from spoken.when import read_when

    reading = read_when(text, "datetime", said.language, said.now, Context(hours=context.hours, holidays=context.holidays))
    told = reading.mentions & _TIME_WORDS
    windows = list(windows_of(reading))
    if not told or not windows:
        return None
    starts = starts_of(context.choices, said.language, said.now)
    if not any(starts):
        return None
    span = reading.span or (0, len(text))
    fits = _fitting(windows, starts, told, text, said)
    if fits:
        rest = [index for index in range(len(starts)) if index not in fits]
        named = _fitting_without_negation(text, said, context, starts)
        if named == fits:  # "not" was said, and the reader of times made nothing of it
            return _several(rest, context.choices, span) if rest else NOTHING
        if named is not None and named == rest:
            return _several(fits, context.choices, span)  # "not Tuesday": the others, and none of them chosen
        return _chosen(fits[0], span) if len(fits) == 1 else _several(fits, context.choices, span)
    return None if compared and only_loose(windows) else Reading(Status.NOTHING, mentions=told)


def _fitting(
    windows: Sequence[Mapping[str, Any]], starts: Sequence[dt.datetime | None], told: frozenset[str], text: str, said: _Said
) -> list[int]:
    """The choices that begin in one of the windows; a bare hour may lie in either half of the day."""
    for twelve in (False, True) if "time" in told and "part" not in told else (False,):
        fits = [
            index
            for index, start in enumerate(starts)
            if start and any(choice_fits(window, start, told, twelve, text, said.language, said.now) for window in windows)
        ]
        if fits:
            return fits
    return []


def _fitting_without_negation(text: str, said: _Said, context: Context, starts: Sequence[dt.datetime | None]) -> list[int] | None:
    """What the words would fit without their "not"; None when there is none near them."""
    from spoken.when import read_when

    places = [(first, last) for _, first, last in _words(said.language).negators.find(said.words)]
    if not places:
        return None
    for first, last in places:
        start, end = said.tokens[first].start, said.tokens[last - 1].end
        text = text[:start] + " " * (end - start) + text[end:]
    reading = read_when(text, "datetime", said.language, said.now, Context(hours=context.hours, holidays=context.holidays))
    return _fitting(list(windows_of(reading)), starts, reading.mentions & _TIME_WORDS, text, said)


def _by_comparison(said: _Said, cues: Sequence[tuple[_Cue, int, int]], choices: Sequence[Choice]) -> Reading | None:
    found = [(cue.kind, start, end) for cue, start, end in cues if cue.kind in _COMPARISONS]
    if not found or len(choices) < 2:
        return NOTHING if found and len(choices) == 1 else None
    kind, first, last = found[-1]
    starts = starts_of(choices, said.language, said.now)
    if not all(starts):
        return None
    order = sorted(range(len(choices)), key=lambda index: starts[index] or said.now)
    span = said.span(first, last)
    if kind == "earliest" or (kind == "earlier" and len(choices) == 2):
        return _chosen(order[0], span)
    if kind == "latest" or (kind == "later" and len(choices) == 2):
        return _chosen(order[-1], span)
    return _several(order[:-1] if kind == "earlier" else order[1:], choices, span)


def _none_of_them(said: _Said, cues: Sequence[tuple[_Cue, int, int]], choices: Sequence[Choice]) -> Reading | None:
    for cue, start, end in cues:
        rest = len(said.words) - (end - start)
        if cue.kind == "none" and rest <= MAX_REST + 4:
            return _chosen(None, said.span(start, end))
        if cue.kind not in ("any", "both") or rest > MAX_REST:
            continue
        if cue.kind == "both" and _refuses(said, cues):
            return _chosen(None, said.span(start, end))
        indifferent = [index for index, choice in enumerate(choices) if _means_any(choice.say, said.language)]
        if len(indifferent) == 1:
            return _chosen(indifferent[0], said.span(start, end))  # "peu importe" is itself on offer
        return _several(range(len(choices)), choices, said.span(start, end), "any")
    return None


def _refuses(said: _Said, cues: Sequence[tuple[_Cue, int, int]]) -> bool:
    """A negation or a refusal anywhere: "both don't work for me"."""
    book = _words(said.language).negators
    return any(cue.kind in ("none", "refused") for cue, _, _ in cues) or any(True for _ in book.find(said.words))


@lru_cache(maxsize=256)
def _means_any(say: str, language: str) -> bool:
    words = fold_words(say)
    return any(words == fold_words(phrase) for phrase in (*phrases(language, "choice", "any"), *phrases(language, "service", "anyone")))


def _by_number(said: _Said, choices: Sequence[Choice]) -> Reading | None:
    """A number alone: a position, or the hour of one of the times."""
    numbers = []
    at = 0
    while at < len(said.words):
        found = cardinal_at(said.words, at, said.language)
        if found and not (said.words[at] in _words(said.language).articles and found[1] == at + 1 and not _idle(said, at + 1)):
            numbers.append((found[0], at, found[1]))
        at = found[1] if found else at + 1
    if len(numbers) != 1 or len(said.words) - (numbers[0][2] - numbers[0][1]) > 3:
        return None
    value, first, last = numbers[0]
    if units_at(said.words, last, said.language):
        return None
    starts = starts_of(choices, said.language, said.now)
    fits = {index for index, start in enumerate(starts) if start and start.minute == 0 and value in (start.hour, start.hour % 12 or 12)}
    if 1 <= value <= len(choices):
        fits.add(value - 1)
    if not fits:
        return None
    span = said.span(first, last)
    return _chosen(fits.pop(), span) if len(fits) == 1 else _several(sorted(fits), choices, span)


def _by_words(text: str, language: str, context: Context) -> Reading | None:
    """What the choice was called, when the choices are not times."""
    if any(choice.start for choice in context.choices):
        return None
    names = Vocabulary({str(index): (choice.say,) for index, choice in enumerate(context.choices)})
    found = read_service(text, language, Context(vocabulary=names), people=True)
    negated = [start for _, start, _ in _words(language).negators.find([token.text for token in tokenise(text) if token.kind != "symbol"])]
    if negated and found.complete:
        if negated == [0] and _words(language).replies:
            return NOTHING  # "no Carmen" may mean "no: Carmen"
        others = [index for index in range(len(context.choices)) if index != int(found.value)]
        return _several(others, context.choices, found.span) if others else NOTHING
    if found.status is Status.COMPLETE:
        return _chosen(int(found.value), found.span)
    if found.status is Status.AMBIGUOUS:
        return _several(sorted(int(item.value) for item in found.alternatives), context.choices, found.span)
    return None


def _by_agreement(text: str, language: str, context: Context) -> Reading:
    """A plain yes takes the only choice; a plain no refuses them all."""
    answer = read_yes_no(text, language, context)
    if not answer.complete:
        return NOTHING if not answer.mentions else Reading(Status.NOTHING, mentions=answer.mentions)
    if not answer.value:
        return _chosen(None, answer.span)
    if len(context.choices) == 1:
        return _chosen(0, answer.span)
    return _several(range(len(context.choices)), context.choices, answer.span)
