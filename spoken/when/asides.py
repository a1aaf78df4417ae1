"""What a caller only tells: a past visit, the appointment that is moved, when they finish work, what else falls on a day.

None of it is a wish. The language data name the words that open such an aside and those that end it.
"""

from __future__ import annotations

import itertools
from typing import Final

from spoken.when.grammar import Parser
from spoken.when.hindrances import REFUSALS
from spoken.when.language import Language
from spoken.when.pieces import HANGING_MARKS, Piece
from spoken.when.tokens import Tokens

__all__ = ["refers_back", "says_when", "told_ranges", "without_asides", "without_told_side"]

_OLD: Final = "old"
"""The appointment there is already: of use only when nothing else is said."""
_ASIDES: Final = frozenset({_OLD, "past", "reason", "why", "if", "it_is", "no_it_is"})
_ONE_DAY: Final = frozenset({"it_is", "no_it_is"})
"""Asides of one day ("que es domingo"), after which the sentence goes on."""
_ENDS: Final = frozenset({"wish", "suits", "so"})
_MOVING: Final = frozenset({"moved", "shift"})
_PAST: Final = 5
"""So many words may tell of a day before it what was then: "on Saturday | I tried to ring"."""
_DOING: Final = frozenset({"does", "busy", "cannot"})


def says_when(pieces: list[Piece]) -> bool:
    """Whether any of the pieces is a day or a time."""
    return any(piece.kind != "mark" for piece in pieces)


def _mark_of(piece: Piece, kept: list[Piece]) -> str | None:
    """The mark that a piece is, given what was kept before it."""
    if piece.kind != "mark":
        return None
    if piece.value == "filled" and not (kept and kept[-1].kind != "mark" and kept[-1].end == piece.start):
        return "reason"  # "Il y a grève mardi", but "mardi il y a grève" is about the Tuesday.
    return str(piece.value)


def _over(aside: str, piece: Piece, mark: str | None, inner: list[Piece]) -> bool:
    """Whether an aside, of which the pieces are `inner`, ends before a piece, which is a `mark`, a day or a time."""
    if aside == "reason" and refers_back(piece):
        return any(one.kind == "day" for one in inner)  # "The wedding's on the nineteenth, two weeks before, at nine"
    if aside == _OLD and piece.kind != "mark" and piece.value["k"] in _MOVING:
        return True  # "My appointment on the twelfth, can it go a week back"
    if mark == "or":
        return aside in ("why", "if") and not any(piece.kind == "day" for piece in inner)  # "El martes que salgo pronto, o el jueves"
    return mark == "fix" and aside in (_OLD, "past")


def _hangs(mark: str | None, kept: list[Piece], inner: list[Piece]) -> bool:
    """Whether a decision hangs on what was told last: "I'm leaving on the seventeenth, so before that"."""
    return mark in HANGING_MARKS and bool(inner) and not says_when([piece for piece in kept if piece.start > inner[-1].start])


def _asks_instead(pieces: list[Piece], at: int, tokens: Tokens, language: Language) -> bool:
    """Whether something else is asked for than what was told: "my voucher runs out today, but could you do Friday"."""
    mark = pieces[at]
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    asking = after is not None and after.value == "wish" and after.start == mark.end and after.end - after.start > 1
    return asking and tokens.words[mark.start] in language.doubt.contrast


def without_asides(pieces: list[Piece], tokens: Tokens, language: Language, past: bool) -> tuple[list[Piece], list[int]]:
    """The pieces that are no aside, and the places where the decision begins."""
    kept: list[Piece] = []
    with_old: list[Piece] = []
    turns: list[int] = []
    inner: list[Piece] = []
    before: list[Piece] = []
    aside: str | None = None
    begun = 0
    for index, piece in enumerate(pieces):
        mark = _mark_of(piece, kept)
        if aside in _ONE_DAY and piece.start > begun and not (index and _with_its_hour(pieces, index - 1)):
            aside = None  # "Que es fiesta" names no day.
        hangs = bool(before) and index > 0 and pieces[index - 1].value == "fix"  # "El lunes vuelvo de Londres y | al día siguiente"
        told = [*inner, *before] if hangs else inner
        if aside is not None and (_over(aside, piece, mark, told) or any(begun <= turn <= piece.start for turn in tokens.turns)):
            aside = None
        if past and mark == "past":
            continue
        if aside is not None and mark is None and (turned := _ended(aside, pieces[:index], begun, piece, tokens, language)):
            aside = None
            turns += turned
        if aside in (None, "reason") and _hangs(mark, kept, inner):
            aside = None  # "We're away over Easter, so before then"
            kept += inner
            with_old += inner
        if mark in _ASIDES:
            aside, inner = mark, []
            before = [one for one in kept[-1:] if one.kind == "day" and one.end == piece.start]  # "El lunes | vuelvo de Londres"
            begun = piece.end
            if mark == "no_it_is":
                kept.append(Piece("mark", "fix", piece.start, piece.end))
        elif mark in _ENDS:
            aside = None
            turns += [piece.start] if mark == "so" or _asks_instead(pieces, index, tokens, language) else []
            kept += [piece] if mark == "suits" else []
        elif aside is None:
            kept.append(piece)
            with_old.append(piece)
        else:
            if aside in (_OLD, "if"):
                with_old.append(piece)
            if mark is None and aside in ("reason", "why", "if"):
                inner.append(piece)
            if aside in _ONE_DAY and mark is None and not _with_its_hour(pieces, index):
                aside = None
    if not says_when(kept) and says_when(with_old):
        kept, old_alone = with_old, True
    else:
        told = [piece for piece in kept if piece.kind != "mark"]
        old_alone = bool(told) and all(piece.value.get(_OLD) for piece in told)
    if old_alone:
        # "My appointment on Friday I can't make": the refusal is about going there, not about the day.
        kept = [piece for piece in kept if piece.kind != "mark" or piece.value not in REFUSALS]
    return kept, turns


def _ended(aside: str, before: list[Piece], begun: int, piece: Piece, tokens: Tokens, language: Language) -> list[int]:
    """Where words before a day or time end an aside, and a decision begins, if they do.

    "Monday is no good, because I've the dentist, | better the Tuesday"; "I rang on Saturday, nobody answered, | could I do Friday".
    """
    if aside in ("reason", "why") and begun < piece.start and tokens.words[piece.start - 1] in language.prefer:
        return [piece.start]
    told = [one for one in before if one.kind == "day" and begun - _PAST <= one.end]
    if aside != "past" or "resuming" not in language.rules or not told:
        return []
    parser = Parser(language.grammar, tokens)
    return [at for at in range(max(told[-1].end, begun), piece.start) if parser.read("resuming", at)[0]][:1]


def refers_back(piece: Piece) -> bool:
    """Whether a day hangs on one that was said before: "the Saturday before", "la víspera"."""
    if piece.kind != "day":
        return False
    inner = piece.value["a"] if piece.value.get("k") in ("two", "from", "until") else piece.value
    return inner.get("k") in ("hung", "around")


def _with_its_hour(pieces: list[Piece], index: int) -> bool:
    """Whether a day and its hour are told in a row: "my flight is on Friday at six", "… is at six on Friday"."""
    pair = pieces[index : index + 2]
    return len(pair) > 1 and pair[0].end == pair[1].start and {piece.kind for piece in pair} == {"day", "time"}


def without_told_side(pieces: list[Piece]) -> list[Piece]:
    """Without "before that" and "after that" of what the caller does then: "after Easter, before that I'm away"."""
    told = {
        id(one)
        for one, other in itertools.pairwise(pieces)
        if one.kind == other.kind == "mark" and one.value in HANGING_MARKS and other.value in _DOING and one.end == other.start
    }
    return [piece for piece in pieces if id(piece) not in told]


def told_ranges(pieces: list[Piece], kept: list[Piece], turns: list[int], end: int) -> list[tuple[int, int]]:
    """The ranges of tokens of the asides: each up to what counts again, of `pieces` those that were `kept`."""
    counted = {id(piece) for piece in kept}
    ranges: list[tuple[int, int]] = []
    begun: int | None = None
    for piece in [*pieces, Piece("mark", "so", end, end)]:
        counts = id(piece) in counted or (piece.kind == "mark" and piece.value in _ENDS)
        if begun is not None and counts:
            ranges.append((begun, min([piece.start, *(turn for turn in turns if turn >= begun)])))
            begun = None
        if begun is None and piece.kind == "mark" and piece.value in _ASIDES:
            begun = piece.end
    return ranges
