"""A "not" at the end of what is said about a day: "mardi ne me convient pas", "Dienstag möchte ich nicht", "el martes no me apetece".

The verbs that refuse a day are without number. Whatever is denied of the day, it is no wish, unless the sentence asks for it or
the "not" is about something else, which a few words tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.when.deciding import mark_of
from spoken.when.grammar import Parser
from spoken.when.language import Language
from spoken.when.pieces import Piece
from spoken.when.settled_marks import DENYING, at_end

__all__ = ["NOT_IT", "with_dangling_not"]

NOT_IT: Final = "not_it"
"""The mark of a day, said before, of which something is denied."""
_TELLING: Final = frozenset({"reason", "why", "if", "past", "old", "except"}) | DENYING
"""Marks behind which the sentence is no longer about the day."""
_DENIED: Final = frozenset({"wish", "suits", "does"})
"""Marks that a "no" before them denies: "no | me | gusta"."""
_SENTENCE: Final = 5
"""So many words may stand between a day and the "not" of its sentence."""


def with_dangling_not(pieces: list[Piece], parser: Parser, language: Language) -> list[Piece]:
    """The pieces, with the last "not" as one about the day before it, when no day or time follows and nothing else is denied."""
    last = next((index for index in range(len(pieces) - 1, -1, -1) if mark_of(pieces[index]) in DENYING), None)
    if last is None or any(piece.kind != "mark" for piece in pieces[last + 1 :]):
        return pieces
    denied = next((index for index in range(last - 1, -1, -1) if pieces[index].kind != "mark"), None)
    if denied is None or not _about_it(pieces, denied, last, parser, language):
        return pieces
    mark = pieces[last]
    return [*pieces[:last], Piece("mark", NOT_IT, mark.start, mark.end), *pieces[last + 1 :]]


def _about_it(pieces: Sequence[Piece], denied: int, last: int, parser: Parser, language: Language) -> bool:
    """Whether the "not" is in one sentence with what was said before it, and the sentence neither asks nor tells of something else."""
    day, mark = pieces[denied], pieces[last]
    adjacent = mark.start - day.end
    if not 0 <= adjacent <= _SENTENCE:
        return False
    if mark.value == "no":
        begins = "comma_no" in language.conventions and adjacent == 0 and not at_end(mark.end, parser, language)
        begins = begins or (mark.end == parser.count and adjacent > 0 and parser.words[mark.start - 1] in language.than)
        settled = any(piece.start == mark.end and piece.value not in _DENIED for piece in pieces[last + 1 :])
        if not begins or settled:
            return False  # "El martes no | me apetece", "… que no", but not "mardi ça irait, non ?", nor "el viernes no, | porque …"
    elif adjacent == 0 or (pieces[last - 1].value == "or" and pieces[last - 1].end == mark.start):
        return False  # "Am Montag nicht" is read by its mark; "c'est possible | ou pas" asks.
    inside = [piece for piece in pieces[denied + 1 : last] if piece.end != mark.start]  # "Prefiero | que | no"
    if any(mark_of(piece) in _TELLING for piece in (*pieces[max(0, denied - 1) : denied], *inside)):
        return False
    between, following = parser.words[day.end : mark.start], parser.words[mark.end : mark.end + 1]
    lists = language.doubt
    if any(word in language.than for word in following):
        return False  # "El viernes no, | que tengo juicio"
    return not any(word in lists.conditions or word in lists.undenying for word in (*between, *following))
