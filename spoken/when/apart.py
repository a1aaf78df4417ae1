"""What commas and question marks set apart, where a text has them: a wish, and what is refused beside it.

"El viernes, mañana no puedo" wishes for the Friday and refuses tomorrow; so do "Friday, I can't do today" and "me va fatal el
viernes. ¿Y el lunes?", which begins anew behind a refusal. At each such place a decision begins, as after "so".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from spoken.when.deciding import mark_of
from spoken.when.hindrances import REFUSALS
from spoken.when.language import Language
from spoken.when.pieces import Piece
from spoken.when.tokens import Tokens

__all__ = ["set_apart"]

_STOP: Final = re.compile(r"[.?!;¿]")
_LAST: Final = 3
"""A refusal is no further back than so many pieces."""
_NEAR: Final = 1
"""So many words may stand between a day and the word that refuses it."""
_REFUSING: Final = REFUSALS | {"except", "not", "no"}
_WISHING: Final = frozenset({"wish", "suits", "fix"})
"""Marks between a wish and a comma: "el viernes mejor, …"."""


def set_apart(pieces: Sequence[Piece], tokens: Tokens, text: str, language: Language) -> list[Piece]:
    """The pieces, with a "so" before what is said of another day than the one wished for, or asked anew after a refusal."""
    return _other_day_refused(_asked_anew(pieces, tokens, text, language), tokens)


def _other_day_refused(pieces: list[Piece], tokens: Tokens) -> list[Piece]:
    """With the last of two days, which is refused behind a comma, as something said after the other one, which is wished for."""
    days = [index for index, piece in enumerate(pieces) if piece.kind == "day"]
    if len(days) != 2:
        return pieces  # Of more, nobody can tell which of them are wished for.
    first, second = days
    between, behind = pieces[first + 1 : second], pieces[second + 1 :]
    day = pieces[second]
    refusing = between.pop() if between and mark_of(between[-1]) in REFUSALS else None
    if any(piece.kind == "mark" and mark_of(piece) not in _WISHING for piece in between):
        return pieces
    wished = [piece for piece in pieces[: second if refusing is None else second - 1] if mark_of(piece) != "fix"]
    if refusing is None and len(behind) == 1 and mark_of(behind[0]) in REFUSALS:
        apart = day.start in tokens.commas and behind[0].start - day.end <= _NEAR
        if apart and (between or pieces[first].value["k"] != day.value["k"]):  # Of one kind they may be a list.
            return [*wished, Piece("mark", "so", day.start, day.start), *pieces[second:]]  # "El viernes, mañana no puedo"
    if refusing is not None and not behind and day.start == refusing.end:
        start = refusing.start
        if start in tokens.commas and day.start not in tokens.commas:  # "Friday, I can't do today", but not "Tuesday I can't, Thursday"
            return [*wished, Piece("mark", "so", start, start), Piece("mark", "not", start, refusing.end), day]
    return pieces


def _asked_anew(pieces: Sequence[Piece], tokens: Tokens, text: str, language: Language) -> list[Piece]:
    """With a "so" for an "and" that begins a sentence behind one of refusing: "no puedo el viernes. ¿Y el lunes a las nueve?"."""
    found = list(pieces)
    for index, piece in enumerate(pieces):
        joins = mark_of(piece) == "or" and tokens.words[piece.start] in language.doubt.joining
        if not joins or not piece.start or not _STOP.search(text, tokens.ends[piece.start - 1], tokens.starts[piece.start]):
            continue
        if any(mark_of(one) in _REFUSING for one in pieces[max(0, index - _LAST) : index]):
            found[index] = Piece("mark", "so", piece.start, piece.end)
    return found
