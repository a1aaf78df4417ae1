"""What is said twice of an e-mail address: heard and spelled, said as one word, or once more with a remark on its hyphens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spoken.email_words import BODY, Piece
from spoken.name_writing import alike

__all__ = ["said_twice", "with_dashes"]

MIN_SPELLED: Final = 3


def with_dashes(pieces: list[Piece]) -> list[Piece]:
    """ "Autohaus am See, with hyphens in between": the words before the remark are joined by them, where they were said first."""
    kept = list(pieces)
    while (at := next((index for index, piece in enumerate(kept) if piece.kind == "dashes"), None)) is not None:
        start = at
        while start and kept[start - 1].kind in ("word", "letter"):
            start -= 1
        words = [piece.text for piece in kept[start:at]]
        size = len(words)
        first = next((index for index in range(start - size + 1) if [piece.text for piece in kept[index : index + size]] == words), None)
        place = start if first is None else first
        joined = [item for piece in kept[place : place + size] for item in (piece, Piece("-", "sign", piece.start, piece.end))][:-1]
        mark = [replace(kept[at], kind="note")]
        kept = [*kept[:place], *joined, *([] if first is None else kept[place + size : start]), *mark, *kept[at + 1 :]]
    return kept


def said_twice(pieces: list[Piece], explains: frozenset[str]) -> list[Piece]:
    """ "Julie j u l i e" is one word, said and then spelled; "paul bernard en un mot paulbernard" is said twice."""
    kept = list(pieces)
    for index in range(1, len(kept) - 1):
        left, between, right = kept[index - 1 : index + 2]
        spelled = right.kind == "letter" and min(len(left.text), len(right.text)) >= MIN_SPELLED and left.kind in ("word", "letter")
        if between.kind == "lead" and spelled and alike(left.text, right.text):
            kept[index] = replace(between, kind="note")  # "okonkwo, that's o k o n k w o"
    at = len(kept) - 1
    while at > 0:
        again = kept[at]
        before = [index for index in range(_run_start(kept, at), at) if kept[index].kind in BODY]
        if again.kind in ("word", "letter") and len(again.text) >= MIN_SPELLED and before:
            last = kept[before[-1]]
            if last.text == again.text and last.kind in ("word", "letter"):
                del kept[at]  # "m a r t a, marta": spelled and then said, or said twice
                at -= 1
                continue
            whole = len(before) > 1 and _same_whole([kept[index] for index in before], again.text)
            if whole:
                kept = [piece for index, piece in enumerate(kept) if index not in before]
                at -= len(before)
            elif again.kind == "letter" and last.kind == "word" and last.text.endswith(again.text) and last.text != again.text:
                del kept[at]  # "isabelle, deux l e": some of its letters once more
            elif again.kind == "letter" and last.kind == "word" and alike(last.text, again.text):
                del kept[before[-1]]
                at -= 1
        at -= 1
    return _without_explained(kept, explains)


def _without_explained(pieces: list[Piece], explains: frozenset[str]) -> list[Piece]:
    """ "j m de jota eme": short letters, and what they are called."""
    kept = list(pieces)
    for at in range(len(kept) - 1, 1, -1):
        short, joint, letters = kept[at - 2], kept[at - 1], kept[at]
        same = letters.kind == "letter" and letters.text == short.text and short.kind in ("word", "letter")
        if same and joint.kind == "word" and joint.text in explains:
            del kept[at - 1 : at + 1]
    return kept


def _same_whole(parts: Sequence[Piece], whole: str) -> bool:
    """Whether some pieces make a word, written as they are, or the first of them by its first letter."""
    rest = "".join(piece.text for piece in parts[1:])
    return whole in (parts[0].text + rest, parts[0].text[:1] + rest)


def _run_start(pieces: Sequence[Piece], at: int) -> int:
    """Where the words begin that stand before a place with no sign between."""
    start = at
    while start > 0 and pieces[start - 1].kind in (*BODY, "note", "filler"):
        start -= 1
    return start
