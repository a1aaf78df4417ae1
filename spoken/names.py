"""Names of people, out of a sentence or alone, heard, spelled, or both.

A name stands behind a cue ("je m'appelle", "hier ist", "it's"), before one ("Marie Dupont à l'appareil"), or is all that was
said when it was asked for. Everything else is no name, however much it looks like one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.name_details import details
from spoken.name_found import FoundName, words_of_name
from spoken.name_listening import MAX_ALONE, MAX_WORDS, NameListener
from spoken.name_writing import MIN_SPELLED, alike, correct_name, known_first_names, write_name
from spoken.normalise import fold
from spoken.ordinary_surnames import ends_a_name
from spoken.reading import NOTHING, Reading, Status
from spoken.spelling_remarks import Remark, edited, remarks_at

__all__ = ["correct_name", "read_name"]

MAX_TITLED: Final = 2
"""Words of a name that a title alone makes one: "this is mrs peterson, I'd like …"."""


def _whole(reader: NameListener, found: FoundName, end: int) -> tuple[list[str], int]:
    """The words of a name after the remarks on it and its repetition, and where all of that ends."""
    words = words_of_name(found)
    for size in range(1, len(words) // 2 + 1):
        if len(words) > 2 * size and [fold(word) for word in words[:size]] == [fold(word) for word in words[-size:]]:
            if size == 1 and end < len(reader.words) and reader.data.withs.at(reader.words, end):  # "Helena Vargas, Helena with an h"
                once_more = words[-1:]
                end = details(reader, end, once_more)
                words = [*once_more, *words[1:-1]]
            else:  # "Emma Wright, Emma", "Bond, James Bond"
                words = words[:-size] if fold(words[0]) in known_first_names() else words[size:]
            break
    last = max(details(reader, end, words), found.last)
    words, again = reader.again(last, words)
    if again > last and words:
        return words, again
    if end < last < len(reader.words):  # "Stephen with a p h, Reid"
        more, further = reader.collect(last)
        if not more.empty and more.count + len(words) <= MAX_WORDS and reader.rest_is_idle(further):
            added = words_of_name(more)
            once_more = [
                next((word for word in added if alike(word, said)), said) for said in words
            ]  # "Thibault Mercier sans le l, Thibaut"
            return [*once_more, *(word for word in added if not any(alike(word, said) for said in words))], further
    return words, last


def _finish(reader: NameListener, found: FoundName, end: int) -> Reading:
    words, last = _whole(reader, found, end)
    parts = [part for word in words for part in word.split(" ") if part]
    if found.spelled:  # "Martin, M A R T I N, Martin Vogel"
        parts = [part for at, part in enumerate(parts) if not at or fold(part) != fold(parts[at - 1])]
    value = write_name(parts, reader.language)
    span = (reader.tokens[found.first].start, reader.tokens[last - 1].end)
    letters = sum(map(len, found.spelled))
    if not found.heard and letters < MIN_SPELLED:
        return Reading(Status.PREFIX, value, span)
    remarked = any(index in reader.spelled and len(reader.spelled[index].word) >= MIN_SPELLED for index in range(end, last))
    mentions = frozenset({"spelled"} if found.spelled or remarked else ()) | frozenset({"heard"} if found.heard else ())
    return Reading(Status.COMPLETE, value, span, mentions=mentions)


def _trusted(reader: NameListener, found: FoundName, end: int, weak: bool, asked: bool) -> bool:
    """Whether what stands behind a cue is a name."""
    if found.empty:
        return False
    if found.spelled and sum(map(len, found.spelled)) >= MIN_SPELLED:
        return True
    if found.count > MAX_WORDS or (not weak and found.count <= MAX_ALONE):
        return found.count <= MAX_ALONE
    capitals = found.capitals >= (2 if reader.data.capital_nouns else 1)
    if found.count <= MAX_ALONE and (capitals or (found.known and found.count > 1)):
        return True
    corrected = end < len(reader.words) and reader.data.corrections.at(reader.words, end) is not None
    return asked and found.count <= 3 and (reader.rest_is_idle(end) or corrected)


def read_name(text: str, language: str, asked: bool) -> Reading:
    """The name of a person in an utterance, written with its capitals.

    `asked`: the caller was asked for it, so that a name without any cue counts when nothing else was said. Mentions:
    "heard", "spelled" - a name with only "spelled" may be a part of one that was heard before, see :func:`correct_name`.
    """
    reader = NameListener(text, language, asked=asked)
    if not reader.tokens:
        return NOTHING
    best: tuple[int, Reading] | None = None
    for start, weak in reader.candidates():
        first = reader.skip(start)
        found, end = reader.collect(first, sure=not weak)
        doubtful = weak and not (found.count <= MAX_TITLED and reader.titled(start, first))
        if _trusted(reader, found, end, doubtful, asked):
            reading = _put_right(reader, _finish(reader, found, end), found, end)
            rank = (0 if doubtful else 10) + found.count
            if best is None or rank >= best[0]:
                best = (rank, reading)
    alone = _alone(reader) if asked else NOTHING
    if asked and (refused := _instead(reader)) is not None:
        return refused
    if best is not None and alone.complete and len(alone.value) > len(best[1].value):
        return alone  # "martin m a r t i n prénom paul": the cue stands in the middle of the name
    if best is not None:
        return best[1]
    for _, start, _end in reader.data.after.find(reader.words):
        ordinary = bool(start) and ends_a_name(reader, start - 1)
        first = start - 1 if ordinary else start
        taken = {at for kind, begin, stop in reader.data.skipped.find(reader.words) if kind == "fillers" for at in range(begin, stop)}
        while first > 0 and reader.name_like(first - 1) and first - 1 not in taken and start - first < MAX_ALONE:
            first -= 1
        if first < start:
            found, end = reader.collect(first, sure=reader.words[first] in known_first_names() or (ordinary and first == start - 1))
            if end >= start and not found.empty:
                return _finish(reader, found, end)
    return alone


def _alone(reader: NameListener) -> Reading:
    """All that was said, when a name was asked for."""
    at = reader.skip(0)
    found, end = reader.collect(at)
    ahead = remarks_at(reader.tokens, at, reader.language, bare=True) if found.empty and at < len(reader.words) else []
    if ahead and ahead[-1].end < len(reader.words):  # "double t at the end, Scott"
        found, end = reader.collect(ahead[-1].end)
        found.heard = [edited(word, remark) for word in found.heard[-1:] for remark in ahead]
    if found.empty or found.count > MAX_ALONE + 1:
        return NOTHING
    after = _whole(reader, found, end)[1]
    first = _finish(reader, found, end)
    right = _put_right(reader, first, found, end)
    if right is not first:
        return right
    return first if reader.rest_is_idle(max(end, after)) else NOTHING


def _put_right(reader: NameListener, reading: Reading, found: FoundName, end: int) -> Reading:
    """The reading after "no sorry" and another name, or a part of it."""
    correction = reader.data.corrections.at(reader.words, end) if 0 < end < len(reader.words) else None
    remarks = remarks_at(reader.tokens, correction[1], reader.language, bare=True) if correction else []
    if remarks and reading.complete:
        return _mended(reader, reading, remarks)
    at = reader.skip(correction[1]) if correction else end
    if not correction or at >= len(reader.words):
        return reading
    again, last = reader.collect(at)
    if again.empty or not (again.count >= found.count or again.spelled or again.count == 1):
        return reading
    if not (again.spelled or again.known or reader.rest_is_idle(last)):
        return reading
    fresh = _finish(reader, again, last)
    if not fresh.complete or not reading.complete:
        return fresh if fresh.complete else reading
    value = fresh.value if again.count >= found.count and again.count > 1 else correct_name(reading.value, fresh.value)
    return Reading(Status.COMPLETE, value, fresh.span, mentions=reading.mentions | fresh.mentions)


def _mended(reader: NameListener, reading: Reading, remarks: Sequence[Remark]) -> Reading:
    """ "Meier with e i, no, with a y": the last word with the second remark on it, or as it is said behind that."""
    *before, last = reading.value.split(" ")
    for remark in remarks:
        last = edited(last, remark)
    end = remarks[-1].end
    again, _ = reader.collect(reader.skip(end)) if end < len(reader.words) else (FoundName(), end)
    if again.count == 1 and alike(words_of_name(again)[0], last):
        last = words_of_name(again)[0]
    return Reading(Status.COMPLETE, write_name([*before, last], reader.language), reading.span, mentions=reading.mentions)


def _instead(reader: NameListener) -> Reading | None:
    """ "Not Martin, Marton": the name behind the one that is refused, when it is like it or spelled."""
    start = 0
    refusal = reader.data.refusals.at(reader.words, start)
    if refusal is None or refusal[1] >= len(reader.words):
        return None
    wrong, end = reader.collect(refusal[1])
    if wrong.empty:
        return None
    correction = reader.data.corrections.at(reader.words, end) if end < len(reader.words) else None
    if correction:
        right, last = reader.collect(reader.skip(correction[1])) if correction[1] < len(reader.words) else (FoundName(), end)
        if right.empty or not reader.rest_is_idle(last):
            return None
        return _finish(reader, right, last)
    if wrong.spelled and wrong.heard:
        said = {fold(word) for word in wrong.spelled}
        wrong.heard = [word for word in wrong.heard if fold(word) in said or not any(alike(word, letters) for letters in wrong.spelled)]
        return _finish(reader, wrong, end)
    words = list(wrong.heard)
    remarked = words[-1:]
    end = details(reader, end, remarked)  # "no Sáenz, Sáez sin ene"
    words[-1:] = remarked
    plainly = len(words) == 2 and not wrong.known and reader.data.refusals.at(reader.words, 0) and not reader.replies(0)
    if plainly and reader.rest_is_idle(end):  # "not Hughes, Gallagher"
        span = (reader.tokens[wrong.first].start, reader.tokens[wrong.last - 1].end)
        return Reading(Status.COMPLETE, write_name(words[1:], reader.language), span, mentions=frozenset({"heard"}))
    for cut in range(1, len(words)):
        if alike(words[cut - 1], words[cut]) and fold(words[cut - 1]) != fold(words[cut]) and reader.rest_is_idle(end):
            span = (reader.tokens[wrong.first].start, reader.tokens[wrong.last - 1].end)
            kept = words[: cut - 1] + words[cut:]
            return Reading(Status.COMPLETE, write_name(kept, reader.language), span, mentions=frozenset({"heard"}))
    return None
