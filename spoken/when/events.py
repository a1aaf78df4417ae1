"""A day that only says when something else happens, and the word that bounds the wish by it: "before we drive to France on the tenth"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.when.language import Language
from spoken.when.pieces import Piece
from spoken.when.tokens import Tokens

__all__ = ["bounded_by_events"]

_ONE_DAY: Final = frozenset({"wd", "date", "rel", "holiday", "nth", "in"})
_TELLING: Final = frozenset({"does", "busy", "filled", "reason", "past", "it_is", "wish", "before_it", "after_it", "from_it"})
"""Marks that may stand in the clause of the event: "before *I leave* on the tenth"."""
_BEHIND: Final = 5
"""So many words behind a day may tell its event."""
_MAX_WORDS: Final = 10
"""So many words at most tell the event: "before my sister gets married in Leeds on the tenth"."""


def bounded_by_events(pieces: list[Piece], skipped: Sequence[tuple[int, int]], tokens: Tokens, language: Language) -> list[Piece]:
    """`pieces` with each day of an event that a bounding word opens as that bound: until it, or from after it.

    Words in the ranges `skipped` bound nothing: "after the holidays, on Friday the eighth".
    """
    found: list[Piece] = []
    words = tokens.words
    told_until = 0
    timed = {piece.start for piece in pieces if piece.kind == "time"}
    for piece in pieces:
        if piece.kind == "mark" and piece.start < told_until:
            continue
        apart = piece.start in tokens.commas or piece.end in timed
        side, opened = _opener(piece, found, words, language, apart=apart)
        end = piece.end
        if side and any(begin <= opened < over for begin, over in skipped):
            side = ""
        if not side:
            side, opened, end = _verb_final(piece, pieces, words, language)
            told_until = end
        if not side:
            found.append(piece)
            continue
        while found and found[-1].end > opened:
            found.pop()
        value = {key: inner for key, inner in piece.value.items() if key != "old"}
        found.append(Piece("day", {"k": side, "a": value, "excl": True}, opened, end))
    return found


def _verb_final(piece: Piece, pieces: list[Piece], words: list[str], language: Language) -> tuple[str, int, int]:
    """The side of a day whose event is told behind it, where that begins, and where it ends: "bevor ich am zehnten in Urlaub fahr"."""
    nothing = ("", 0, piece.end)
    lists, at = language.doubt, piece.start - 2
    one_day = piece.kind == "day" and piece.value.get("k") in _ONE_DAY and "with" not in piece.value
    if not one_day or at < 0 or "verb_final" not in language.conventions or words[piece.start - 1] not in lists.subjects:
        return nothing
    side = "until" if words[at] in lists.before else "from" if words[at] in lists.after else ""
    limit = min([len(words), piece.end + _BEHIND, *(one.start for one in pieces if one.kind != "mark" and one.start >= piece.end)])
    told = [index for index in range(piece.end, limit) if words[index] in lists.hindrance]
    return (side, at, told[-1] + 1) if side and told else nothing


def _opener(piece: Piece, before: list[Piece], words: list[str], language: Language, *, apart: bool) -> tuple[str, int]:
    """The side of a day that a bounding word leaves, and where that word stands; an empty side when there is none.

    `apart`: a comma stands before the day or an hour behind it, so that it may be the wish: "before the wedding, Thursday at ten".
    """
    nothing = ("", 0)
    if piece.kind != "day" or piece.value.get("k") not in _ONE_DAY or "with" in piece.value:
        return nothing
    lists = language.doubt
    final = bool(language.conventions.get("verb_final"))
    if final and before and before[-1].end == piece.start and before[-1].value in ("busy", "does"):
        return nothing  # "Bevor der erste Schnee kommt, dienstags": its verb ends the clause.
    telling = _TELLING - {"wish"} if final else _TELLING
    begins = next((one.end for one in reversed(before) if one.kind != "mark" or one.value not in telling), 0)
    for at in range(piece.start - 2, max(begins, piece.start - _MAX_WORDS) - 1, -1):
        side = "until" if words[at] in lists.before else "from" if words[at] in lists.after else ""
        if not side:
            continue
        last = words[piece.start - 1]
        if final and words[at] in lists.bounding and last in lists.little and last not in lists.subjects:
            return nothing  # "Bevor ich ins Büro muss, am Dienstag"
        event = words[at + 1] in lists.subjects or words[at + 1] in lists.determiners
        told = [word for word in words[at + 2 : piece.start] if _tells(word, language, apart=apart)]
        event = event and bool(told) and not any(word in lists.time for word in told)  # But "después de esa hora el miércoles"
        return (side, at) if event and words[piece.start - 1] not in lists.habits else nothing
    return nothing


def _tells(word: str, language: Language, *, apart: bool) -> bool:
    """Whether a word may name an event, or whose it is: "the *wedding* of my *sister*"."""
    lists = language.doubt
    return word in lists.hindrance or word not in lists.harmless or (not apart and word in lists.matters and word not in lists.little)
