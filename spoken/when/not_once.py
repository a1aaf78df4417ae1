"""Days and times that are named and yet are no appointment: those gone by, and those that come again and again."""

from __future__ import annotations

from typing import Final

from spoken.when.language import Language
from spoken.when.pieces import Piece, Scan
from spoken.when.wish import Wish

__all__ = ["gone_by", "recurring"]

_RECURS: Final = "recurs"
"""The mark of what comes again and again: "toutes les deux semaines"."""
_EVERY: Final = "every"
"""The rule for words that make a part of the day one of many: "tous les", "chaque". A language need not have it."""
_WISHING: Final = frozenset({"wish", "suits", "so"})
_BESIDE: Final = 1
"""So many words may stand between a day or time and what says that it is over, or comes again."""


def gone_by(used: list[Piece], scan: Scan) -> bool:
    """Whether a day or time belongs to words of the past beside it: "the last time, in May"; "from three to five yesterday".

    A day does so only right behind them, hours also before them.
    """
    pieces = [piece for piece in scan.pieces if piece.kind != "mark"]
    wanted = {piece.start for piece in used}
    hours = all(piece.kind == "time" for piece in used)
    for at, piece in enumerate(pieces):
        if piece.kind != "day" or piece.value.get("k") != "past":
            continue
        end = piece.end
        for one in pieces[at + 1 :]:
            if one.start != end:
                break
            if one.start in wanted:
                return True
            end = one.end  # "Hier après-midi de trois à cinq"
        if hours and at and piece.start - pieces[at - 1].end <= _BESIDE and pieces[at - 1].start in wanted:
            return True
    return False


def recurring(used: list[Piece], wish: Wish, scan: Scan, language: Language) -> bool:
    """Whether the wish is of something that comes again: "every Monday at five", "chaque matin à sept heures".

    "Every Monday I can't" says when none can be, and "every morning" alone when one can.
    """
    days = [day for group in wish.groups for day in group.days]
    if any(day.get("every") for day in days):
        return True
    if any(day.get("weekly") for day in days) and not _wished(scan, language):
        return True
    marks = [piece for piece in scan.pieces if piece.kind == "mark" and piece.value == _RECURS]
    starts = {piece.start for piece in scan.pieces if piece.kind == "mark" and piece.value == "so"}
    if any(
        one.start - mark.end <= _BESIDE and mark.start - one.end <= _BESIDE and mark.end not in starts for mark in marks for one in used
    ):
        return True  # But "every other Tuesday, so Thursday at four" is.
    if _EVERY not in language.rules or not any(piece.kind == "time" and piece.value.get("k") == "clock" for piece in used):
        return False
    return any(scan.parser.read(_EVERY, at)[0] for piece in used for at in range(max(0, piece.start - 2), piece.start + 1))


def _wished(scan: Scan, language: Language) -> bool:
    """Whether words of wishing or asking stand in a sentence: "I could do Tuesdays and Thursdays" names days that suit."""
    marks = {piece.value for piece in scan.pieces if piece.kind == "mark"}
    return bool(marks & _WISHING) or language.doubt.asks(scan.parser.words)
