"""A number that is an hour because of where it stands."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from spoken.when.grammar import Parser
from spoken.when.language import Language
from spoken.when.number_ends import counts_something
from spoken.when.pieces import Piece
from spoken.when.tokens import DIGITS

__all__ = ["follows_time", "inside_number", "lone_hour", "said_time"]

_JUDGING: Final = frozenset({"suits", "wish", "so", "cannot", "too_late", "too_early"})
_REPLACING: Final = frozenset({"fix", "except"})


def inside_number(parser: Parser, language: Language, at: int, pieces: list[Piece]) -> bool:
    """Whether a word is the rest of a number that was no time: "septante-| deux heures", "fifty-| two Main Street"."""
    if not at or parser.words[at] not in language.numbers or (pieces and pieces[-1].end == at):
        return False
    return any(end > at for end, _ in parser.read("word_number", at - 1)[0])


def follows_time(pieces: list[Piece], at: int) -> bool:
    """Whether an hour may stand here: right after a day, or after a time and words that take it back or join another."""
    last = pieces[-1] if pieces else None
    replacing = last is not None and last.kind == "mark" and last.end == at and last.value in _REPLACING
    if replacing and (pieces[-1].value == "except" or any(piece.kind == "time" for piece in pieces)):
        return True  # "Friday at two, but could that be three", "all day bar twelve to two"
    for marks, piece in enumerate(reversed(pieces)):
        if piece.end != at:
            return False
        if piece.kind != "mark":
            # No hour is said right after a month: "October 2014" is no quarter past eight.
            return (piece.kind == "time" and marks > 0) or (piece.kind == "day" and not marks and piece.value.get("k") != "month")
        at = piece.start
    return False


def said_time(pieces: list[Piece]) -> bool:
    """Whether a time was said last, so that another may be compared with it: "half nine would be better than | ten"."""
    last = next((piece for piece in reversed(pieces) if piece.kind != "mark"), None)
    return last is not None and last.kind == "time"


def _answered(parser: Parser, language: Language, at: int, end: int, commas: Collection[int]) -> bool:
    """Whether a number that opens a text is all the answer: what follows only says that it suits, or is polite ("twelve | is grand")."""
    if end >= parser.count or parser.words[at] in language.pronouns:
        return False
    word, lists = parser.words[end], language.doubt
    polite = word in lists.harmless and word not in lists.little and word not in lists.matters and parser.firsts[end] != DIGITS
    judged = any(value in _JUDGING for _, value in parser.read("mark", end)[0] if isinstance(value, str))
    last = end == parser.count - 1 and word in language.turning_last
    apart = any(after == parser.count for after, _ in parser.read("ignore", end)[0])  # "Eleven | instead of ten"
    return end in commas or polite or judged or last or apart or bool(parser.read("harmless", end)[0])


def lone_hour(
    parser: Parser, language: Language, at: int, masked: set[int], follows: bool, wished: bool, commas: Collection[int]
) -> Piece | None:
    """A number that is an hour because of where it stands: after a day, before one, or as the whole answer."""
    found, _ = parser.read("bare", at)
    for end, value in found:
        if end == at + 1 and parser.words[at] in language.articles:
            continue  # "El miércoles, un corte"
        closed = wished and (end in commas or any(parser.read(kind, end)[0] for kind in ("mark", "harmless")))  # "… to four if you can"
        closed = closed or (at <= 1 and bool(language.announcing) and _answered(parser, language, at, end, commas))
        placed = follows or closed or end == parser.count or bool(parser.read("day", end)[0])
        if placed and end - 1 not in masked and not counts_something(parser, language, value, end):
            return Piece("time", value, at, end)
    return None
