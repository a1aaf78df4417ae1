"""What a wish is compared with, and liked less: "Saturday rather than Friday"."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from typing import Any, Final

from spoken.when.hindrances import REFUSALS
from spoken.when.language import Language
from spoken.when.pieces import Piece
from spoken.when.tokens import Tokens

__all__ = ["ranges_left_out", "without_compared", "without_less_liked"]

_MAX_GAP: Final = 7


def _preferring(tokens: Tokens, language: Language) -> int | None:
    """The first word of preferring."""
    return next((at for at, word in enumerate(tokens.words) if word in language.prefer), None)


def without_less_liked(pieces: list[Piece], tokens: Tokens, language: Language, decisions: Collection[int] = ()) -> list[Piece]:
    """Without what the caller likes less: "plutôt samedi que vendredi", "I prefer ten to eleven".

    At the tokens `decisions` stands a word that decides, and compares nothing: "prefiero el sábado, así *que* el sábado".
    """
    first = _preferring(tokens, language)
    if first is None:
        return pieces
    kept: list[Piece] = []
    better: dict[str, Piece] = {}
    last: Piece | None = None
    less: Piece | None = None
    for piece in pieces:
        if piece.kind == "mark":
            kept.append(piece)
            continue
        of_less = (
            less is not None and piece.start == less.end and piece.kind == "time" and "time" in better
        )  # "samedi matin que vendredi | soir"
        same = better.get(piece.kind)
        beside = same is not None and last is not None and (same is last or same.end == last.start)
        instead = bool(kept) and kept[-1].kind == "mark" and kept[-1].value == "perhaps"  # "Je préfère jeudi, à défaut vendredi"
        decided = last is not None and any(last.end <= at < piece.start for at in decisions)
        apart = instead or decided or _refused_last(kept, tokens)
        alike = beside and last is not None and not apart and _less_liked(last, piece, first, tokens, language)
        if of_less or alike:
            while alike and kept and kept[-1].kind == "mark":
                kept.pop()
            less = piece
            continue
        span = piece.value.get("k") == "span" and first < piece.start <= first + 2 and not _of_one_month(piece.value)
        last, less = piece, None
        if (
            span
            and tokens.words[first] in language.prefer_to
            and (piece.value.get("bare") or _to_within(tokens.words[piece.start : piece.end], language))
        ):
            last = Piece(piece.kind, piece.value["a"], piece.start, piece.end)
        better[piece.kind] = last
        kept.append(last)
    return kept


def _refused_last(kept: list[Piece], tokens: Tokens) -> bool:
    """Whether what was said last is refused, and so compared with nothing: "el martes prefiero que no, el jueves me va bien"."""
    marks = itertools.takewhile(lambda piece: piece.kind == "mark", reversed(kept))
    return any(mark.value in REFUSALS or (mark.value == "no" and mark.end in tokens.commas) for mark in marks)


def _to_within(words: list[str], language: Language) -> bool:
    """Whether what looks like a stretch compares two days: "I'd prefer | the Friday *to* the Saturday", not "*from* Friday to …"."""
    at = 1 + (words[0] in language.doubt.determiners)
    return any(word in language.than_to for word in words[at : at + 1])


def _of_one_month(span: dict[str, Any]) -> bool:
    """Whether two days share the month that is said with the second: "I'd prefer 22 to 24 June" compares nothing."""
    first, last = span["a"], span["b"]
    return first["k"] == last["k"] == "date" and "m" in last and "m" not in first


def without_compared(pieces: list[Piece], tokens: Tokens, language: Language) -> list[Piece]:
    """Without a day that only says what the wish was compared with: "prefiero el sábado que el viernes", where "que" is no reason."""
    first = _preferring(tokens, language)
    if first is None:
        return pieces
    for index in range(1, len(pieces) - 1):
        before, mark, piece = pieces[index - 1 : index + 2]
        after = pieces[index + 2] if index + 2 < len(pieces) else None
        days = before.kind == piece.kind == "day" and first < before.start
        comparing = mark.kind == "mark" and mark.value == "why" and tokens.words[mark.start] in language.than
        # "… que el viernes trabajo", but not "… que el viernes y a las siete".
        tells = after is not None and after.kind == "mark" and after.value != "or" and after.start - piece.end <= 1
        if days and comparing and not tells and before.end == mark.start and mark.end == piece.start:
            return [*pieces[:index], *pieces[index + 2 :]]
    return pieces


def _less_liked(better: Piece, piece: Piece, first: int, tokens: Tokens, language: Language) -> bool:
    """Whether `piece` is what `better` was compared with; `first` is the first word of preferring."""
    between = tokens.words[better.end : piece.start + 1]
    if len(between) > _MAX_GAP:
        return False
    if first < better.start:
        to = tokens.words[first] in language.prefer_to and (better.value["k"] == "part") == (piece.value["k"] == "part")
        return any(word in language.than or (to and word in language.than_to) for word in between)
    return any(word in language.prefer and after in language.than for word, after in itertools.pairwise(between))


def ranges_left_out(pieces: list[Piece], kept: list[Piece]) -> list[tuple[int, int]]:
    """The ranges of tokens of what is liked less, with the word of comparing before it."""
    starts = {piece.start for piece in kept}
    return [(before.end, piece.end) for before, piece in itertools.pairwise(pieces) if piece.start not in starts and piece.kind != "mark"]
