"""What only tells why a day or a part of one was refused: "not next week, *I'm away*", "pas le matin, *je dors, je travaille de nuit*".

Who has refused something and goes on about himself refuses nothing further, and a reason that says the day or the part once more
("pas vendredi parce que *vendredi je travaille*") wishes for neither. It ends where another day or time stands. So it is with a bound that
is said to be one ("not before ten on Friday, *I've the kids*"), also where the reason stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.when.asides import refers_back
from spoken.when.deciding import mark_of, names_of
from spoken.when.language import Language
from spoken.when.pieces import BOUNDS, REASON_MARKS, Piece, Scan
from spoken.when.tokens import Tokens
from spoken.when.told_beside_bounds import is_firm, without_told_beside_bounds

__all__ = ["without_reasons_of_refusals"]

_BEFORE: Final = frozenset({"except", "not", "not_either"})
"""Marks that refuse what stands behind them."""
_BEHIND: Final = frozenset({"cannot", "cannot_that", "no", "not", "not_either"})
"""Marks that refuse what stands before them."""
_TELLING: Final = frozenset({"busy", "filled", "does", "cannot", "old"})
"""Marks of what somebody does: "mon père a" too."""
_HALVES: Final = frozenset({"morning", "noon", "afternoon"})
"""Parts of the day of which nobody names one to tell why he refuses another."""
_NEAR: Final = 1
"""So many words may stand between what is refused and the refusal, and between a reason and a day that is of it."""
_BETWEEN: Final = 4
"""So many words may stand between a refusal and the words that tell: "pas le matin, | je dors, | je travaille de nuit"."""
_PART: Final = "part"
_FEWEST: Final = 3
"""A day, its refusal or bound, and what is told of it."""


def without_reasons_of_refusals(scan: Scan, tokens: Tokens, language: Language) -> list[Piece]:
    """The pieces without those of such reasons, whose words are then known to say nothing about when."""
    if len(scan.pieces) < _FEWEST:
        return scan.pieces
    pieces = without_told_beside_bounds(scan, tokens, language)
    index = 0
    while index < len(pieces):
        index += 1
        refused = _refused(pieces, index) or _bounded(pieces, index, scan, language)
        if not refused or index >= len(pieces) or not _tells_why(pieces, index, language, scan, tokens):
            continue
        end = _end(pieces, index, refused, tokens)
        if end is None:
            last = pieces[index - 1]
            if mark_of(last) == "no" and mark_of(pieces[index]) in REASON_MARKS:
                pieces[index - 1] = Piece("mark", "cannot_that", last.start, last.end)  # "The 18th no, my sister gets married …"
            continue
        begin, over = pieces[index - 1].end, pieces[end].start if end < len(pieces) else scan.parser.count
        scan.skipped.append((begin, over))
        last = pieces[index - 1]
        if last.kind == "mark" and last.value != "cannot":
            pieces[index - 1] = Piece("mark", "cannot_that", last.start, last.end)  # It corrects nothing: "Friday no, I work"
        del pieces[index:end]
    return pieces


def _refused(pieces: Sequence[Piece], index: int) -> list[Piece]:
    """The day or time, or both, that the pieces right before `index` refuse."""
    if not index or index > len(pieces):
        return []
    last = pieces[index - 1]
    if last.kind == "mark":
        if last.value not in _BEHIND or index < 2 or not 0 <= last.start - pieces[index - 2].end <= _NEAR:
            return []
        at = index - 2
        if pieces[at].kind == "mark":
            return []
    else:
        at = index - 1
    said = [pieces[at]]
    part = said[0].kind == "time" and at > 1 and pieces[at - 2].kind == "day" and mark_of(pieces[at - 1]) == "cannot"
    if last.kind != "mark" and part and pieces[at - 2].end == pieces[at - 1].start and pieces[at - 1].end == said[0].start:
        return said  # "Freitag ginge nicht am Vormittag"
    if pieces[at].kind == "time" and at and pieces[at - 1].kind == "day" and pieces[at - 1].end == pieces[at].start:
        said.insert(0, pieces[at - 1])
    if last.kind == "mark":
        return said
    before = pieces[at - len(said)] if at >= len(said) else None
    return said if mark_of(before) in _BEFORE and before is not None and before.end == said[0].start else []


def _bounded(pieces: Sequence[Piece], index: int, scan: Scan, language: Language) -> list[Piece]:
    """The firm bound that ends right before `index`, with or without its day behind it."""
    said = list(pieces[max(0, index - 2) : index])
    if not said or said[-1].kind == "mark":
        return []
    if said[-1].kind == "day" and len(said) > 1 and said[0].end == said[1].start and is_firm(said[0], scan, language):
        return said
    return said[-1:] if is_firm(said[-1], scan, language) else []


def _tells_why(pieces: Sequence[Piece], index: int, language: Language, scan: Scan, tokens: Tokens) -> bool:
    """Whether a reason begins with the piece at `index`: a mark of telling right behind the refusal, or the day once more with one."""
    piece, words = pieces[index], scan.parser.words
    last, lists = pieces[index - 1], language.doubt
    gap = words[last.end : piece.start]
    if len(gap) > _BETWEEN or any(word in lists.contrast or word in lists.joining or word in lists.relation for word in gap):
        return False
    mark = mark_of(piece)
    if mark in REASON_MARKS:
        return True
    verb = last.value == "no" and "comma_no" in language.conventions and not gap and piece.start not in tokens.commas
    return mark in _TELLING and not verb and not any(word in lists.contrast for word in words[piece.start : piece.end])


def _end(pieces: Sequence[Piece], index: int, refused: Sequence[Piece], tokens: Tokens) -> int | None:
    """The index of the first piece behind a reason; None where a day or time may be of it, or refused by it."""
    opened = mark_of(pieces[index])
    again = False
    for at in range(index, len(pieces)):
        piece, before = pieces[at], pieces[at - 1]
        if at > index and any(before.start < turn <= piece.start for turn in tokens.turns):
            return at
        mark = mark_of(piece)
        if mark in _TELLING or (mark in REASON_MARKS and at == index):
            continue
        if piece.kind == "mark":
            return None if mark == "or" else at  # "… because I work and on Saturday": is that refused as well?
        if _said_again(piece, before, refused):
            again = True
        elif again or refers_back(piece) or _of_another_week(piece, refused) or _other_half(piece, refused):
            return at
        elif opened in REASON_MARKS or piece.start - before.end <= _NEAR:
            return None
        else:
            return at
    return len(pieces)


def _said_again(piece: Piece, before: Piece, refused: Sequence[Piece]) -> bool:
    """Whether a piece says what was refused once more, or the hours that somebody works: "je travaille | de nuit"."""
    for one in refused:
        if one.kind != piece.kind:
            continue
        if piece.kind == "day" and (one.value == piece.value or (names_of(one) and names_of(one) == names_of(piece))):
            return True
        if piece.kind == "time" and one.value.get(_PART) is not None and one.value.get(_PART) == piece.value.get(_PART):
            return True
        working = mark_of(before) == "cannot" and before.end == piece.start
        if piece.kind == "time" and working and piece.value["k"] == _PART and one.value["k"] in BOUNDS | {_PART}:
            return True
    return False


def _other_half(piece: Piece, refused: Sequence[Piece]) -> bool:
    """Whether another part of the day is named than the refused one: "not the afternoon, because I've the wee one, the morning"."""
    parts = {one.value.get(_PART) for one in refused if one.kind == "time"}
    return piece.kind == "time" and piece.value["k"] == _PART and bool(parts) and parts | {piece.value[_PART]} <= _HALVES


def _of_another_week(piece: Piece, refused: Sequence[Piece]) -> bool:
    """Whether another week is named than the one that was refused."""
    if piece.kind != "day" or not any(one.kind == "day" and one.value.get("k") == "week" for one in refused):
        return False
    value = piece.value
    return value.get("k") in ("week", "week_of", "other") or bool(value.keys() & {"week", "plus"})
