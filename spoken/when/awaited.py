"""Days on which a caller learns something and then rings again: "they tell me my shifts on Sunday and I'll call you back".

Such a day is none to come on. It is the one named beside the words for being told ("on me le dit", "weiß ich's", "me lo dicen"), or
any day named before an "… and then I'll ring", where nothing is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spoken.when.asides import refers_back
from spoken.when.deciding import mark_of
from spoken.when.language import Language
from spoken.when.pieces import HANGING_MARKS, Piece, Scan

__all__ = ["without_days_awaited"]

_RULES: Final = ("learning", "ringing_back")
_NEAR: Final = 3
"""So many words may stand between a day and the words for being told something on it."""
_WISHING: Final = frozenset({"wish", "suits", "or", "so"})


def without_days_awaited(scan: Scan, language: Language) -> list[Piece]:
    """The pieces without the days, and their times, on which something is only learned; alone they leave marks, and so no wish."""
    pieces = scan.pieces
    if not any(_begins(rule, scan, language) for rule in _RULES):
        return pieces
    spans = [*_learning(scan, language)]
    told = {piece.start for begin, end in spans for piece in _beside(scan, begin, end, language)}
    back = next(_spoken("ringing_back", scan, language), None)
    if back is not None and not told and _only_told(scan, back[0], language):
        spans.append(back)
        told = {piece.start for piece in pieces if piece.kind != "mark" and piece.start < back[0]}
    last = max(told, default=0)
    if not told or any(piece.start > last and _hangs(piece, back) for piece in pieces):
        return pieces  # "Mein Mann kommt Dienstag heim, am Tag drauf": what hangs on the day needs it
    scan.skipped += spans
    left = [piece for piece in pieces if piece.start not in told]
    if any(piece.kind != "mark" for piece in left):
        return [Piece("day", {"k": "past"}, piece.start, piece.end) if piece.start in told else piece for piece in pieces]
    scan.unfinished = None
    return left


def _hangs(piece: Piece, back: tuple[int, int] | None) -> bool:
    """Whether a piece refers to a day said before, but for that on which a caller rings again: "je vous rappelle après"."""
    if back is not None and back[0] <= piece.start < back[1]:
        return False
    return refers_back(piece) or mark_of(piece) in HANGING_MARKS


def _begins(rule: str, scan: Scan, language: Language) -> bool:
    """Whether a phrase of a rule can begin anywhere; a language need not have it."""
    return rule in language.rules and not language.grammar.firsts[rule].isdisjoint(scan.parser.firsts)


def _spoken(rule: str, scan: Scan, language: Language) -> Iterator[tuple[int, int]]:
    """Where phrases of a rule stand."""
    if not _begins(rule, scan, language):
        return
    for at in range(scan.parser.count):
        found = scan.parser.read(rule, at)[0]
        if found:
            yield at, found[0][0]


def _learning(scan: Scan, language: Language) -> Iterator[tuple[int, int]]:
    """Where somebody is told something, but for what is asked of the one who listens: "could you let me know"."""
    words = scan.parser.words
    for begin, end in _spoken("learning", scan, language):
        if not any(word in language.doubt.conditions for word in words[max(0, begin - 1) : begin]):
            yield begin, end


def _beside(scan: Scan, begin: int, end: int, language: Language) -> Iterator[Piece]:
    """The day within a phrase, else the one right behind it, else the one right before it, with its time."""
    pieces, words = scan.pieces, scan.parser.words
    inside = [at for at, piece in enumerate(pieces) if piece.kind == "day" and piece.start < end and piece.end > begin]
    behind = [at for at, piece in enumerate(pieces) if piece.kind == "day" and 0 <= piece.start - end <= _NEAR]
    before = [at for at, piece in enumerate(pieces) if piece.kind == "day" and 0 <= begin - piece.end <= _NEAR]
    for at in (inside + behind + before[-1:])[:1]:
        day = pieces[at]
        between = range(min(day.end, end), max(day.start, begin))
        parted = any(words[place] in language.doubt.contrast or words[place] in language.doubt.joining for place in between)
        if parted or any(mark_of(piece) in _WISHING and piece.start in between for piece in pieces):
            return
        yield day
        time = pieces[at + 1] if at + 1 < len(pieces) else day
        if time.kind == "time" and time.start - day.end <= 1:
            yield time


def _only_told(scan: Scan, until: int, language: Language) -> bool:
    """Whether nothing is asked or wished for before a caller says that he will ring again."""
    if any(mark_of(piece) in _WISHING - {"or"} and piece.start < until for piece in scan.pieces):
        return False
    return not any(word in language.doubt.inviting for word in scan.parser.words[:until])
