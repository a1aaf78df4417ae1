"""Days that only tell something before the wish, though no word of deciding stands between.

"Thursday's a holiday, then Friday at nine", "the christening's on the 28th and two days before that I'd need a cut".
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from spoken.when.deciding import mark_of
from spoken.when.hindrances import FILLING, REFUSALS
from spoken.when.language import Language
from spoken.when.pieces import Piece, Scan
from spoken.when.residue import CONTENT, Leftover
from spoken.when.tokens import Tokens

__all__ = ["asked_instead", "consequences", "told_before", "told_with_its_hour"]

_TELLING: Final = frozenset({"does", "it_is", "busy", "filled"})
_DAY_AND_HOUR: Final = 2
_NEAR: Final = 3
"""So many words before a day "then" may stand: "dann | bitte am Mittwoch"."""


def consequences(scan: Scan, language: Language) -> Iterator[int]:
    """Where a day is concluded from another that was only told: "ach, Donnerstag ist ja Auffahrt, dann bitte am | Mittwoch"."""
    words, pieces = scan.parser.words, scan.pieces
    days = [index for index, piece in enumerate(pieces) if piece.kind == "day"]
    for first, second in itertools.pairwise(days):
        told, day = pieces[first], pieces[second]
        near = words[max(told.end, day.start - _NEAR) : day.start]
        since = pieces[first - 1].start if first else 0
        conditional = any(word in language.doubt.conditions for word in words[max(0, since - _NEAR) : told.start])
        joined = any(mark_of(piece) in REFUSALS | {"or", "but_no"} for piece in pieces[first:second])
        if any(word in language.consequent for word in near) and _tells(scan, first) and not conditional and not joined:
            yield day.start


def _tells(scan: Scan, index: int) -> bool:
    """Whether a day stands right beside a verb that says what it is, or is named by it: "Donnerstag ist Auffahrt"."""
    day, pieces = scan.pieces[index], scan.pieces
    beside = [pieces[at] for at in (index - 1, index + 1) if 0 <= at < len(pieces) and mark_of(pieces[at]) in _TELLING]
    if any(-1 <= one.start - day.end <= 1 or 0 <= day.start - one.end <= 1 for one in beside):
        return True
    return any(name in _TELLING for at in range(day.start + 1, day.end) for _, name in scan.parser.read("mark", at)[0])


def told_before(pieces: Sequence[Piece], index: int, words: Sequence[str], language: Language) -> bool:
    """Whether the day before an "and" at `index` is told, and what hangs on it behind the "and" is asked for."""
    day = next((piece for piece in reversed(pieces[:index]) if piece.kind == "day"), None)
    asked = next((piece for piece in pieces[index + 2 :] if piece.kind == "mark"), None)
    if day is None or asked is None or asked.value != "wish" or words[pieces[index].start] not in language.doubt.joining:
        return False
    behind = [piece for piece in pieces[:index] if piece.kind == "mark" and 0 <= piece.start - day.end <= 1]
    verb = day.end < len(words) and words[day.end] in language.doubt.hindrance
    return verb or any(piece.value in _TELLING | {"reason"} for piece in behind)


def told_with_its_hour(left: Sequence[Leftover], used: Sequence[Piece], scan: Scan, tokens: Tokens, language: Language) -> bool:
    """Whether the only day and its hour say when the caller has something to do: "Thursday at six I have to fetch the kids"."""
    if len(used) != _DAY_AND_HOUR or used[0].end != used[1].start or language.doubt.asks(tokens.words):
        return False
    time, marks = used[1], [piece for piece in scan.pieces if piece.kind == "mark"]
    if used[0].kind != "day" or time.kind != "time" or len(scan.pieces) != len(used) + len(marks):
        return False
    if time.value.get("leaves"):
        first = scan.parser.read("time", time.start)[0]
        return any(end < time.end and value.get("k") == "clock" for end, value in first)  # "Um sechs muss ich weg"
    busy = next((mark for mark in marks if mark.start == time.end), None)
    if busy is None or busy.value != "busy" or busy.start in tokens.commas or time.value["k"] != "clock":
        return False
    if "verb_final" in language.conventions and tokens.words[busy.start] in language.doubt.subjects:
        return False  # "Freitag um zwei, ich hab um sieben Gäste": a clause of its own, for its verb stands behind "ich".
    return any(one.at >= busy.end and one.risk in CONTENT for one in left)


def asked_instead(scan: Scan, language: Language) -> bool:
    """Whether a day with its hour tells what is on then, and another hour is asked for: "Thursday at five I've a viewing, is four free"."""
    for index, (day, time, mark) in enumerate(zip(scan.pieces, scan.pieces[1:], scan.pieces[2:], strict=False)):
        beside = day.end == time.start and time.end == mark.start and mark_of(mark) in FILLING
        if not beside or day.kind != "day" or time.kind != "time" or time.value["k"] != "clock":
            continue
        later = next((piece for piece in scan.pieces[index + 3 :] if piece.kind != "mark"), None)
        between = scan.parser.words[mark.end + 1 : later.start] if later is not None and later.kind == "time" else []
        wishing = any(mark_of(piece) == "wish" for piece in scan.pieces[index + 3 :] if later is not None and piece.start < later.start)
        if between and (wishing or language.doubt.asks(between)):
            return True
    return False
