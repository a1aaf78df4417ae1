"""What a caller tells behind a wish that is complete, and why: it explains the wish and does not change it.

"Could it be the week after next, I've exams till the nineteenth", "ce serait possible jeudi matin, je suis en stage mardi": a
clause about what the speaker does or has to do, without a "but" before it. Who has just asked for a day does not refuse it in
the same breath, so neither that day nor the wish is touched; a day that is told there is none.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from spoken.when.deciding import mark_of, names_of, wished
from spoken.when.hindrances import REFUSALS
from spoken.when.joined_days import SPANS
from spoken.when.language import Language
from spoken.when.pieces import HANGING_MARKS, Piece, Scan
from spoken.when.tokens import Tokens

__all__ = ["hindering", "reasons_told"]

_TELLING: Final = frozenset({"busy", "does"})
_REFUSING: Final = frozenset({"cannot"})
_CLOSED: Final = "closed"
"""What the business is said to be: it rules a day out only when another is named, and is a question else."""
_ASKED: Final = "asked"
"""A question about opening hours: alone with a day, that day is none to come on."""
_WISHING: Final = frozenset({"wish", "suits", "so", "fix"})
_CONDITION: Final = 2
"""So many words may stand between the word of a condition and a refusal that is no more than that: "if | that's | full"."""
_OBJECT: Final = 2
"""So many words may stand between a word of refusing and the day that it refuses."""


def reasons_told(scan: Scan, tokens: Tokens, language: Language, *, wishing: bool = True) -> list[Piece]:
    """The pieces of a sentence with the marks of such clauses turned into those of a reason, or of an exception.

    `wishing`: a wish is looked for, not the day that a question is about.
    """
    if all(piece.kind != "mark" for piece in scan.pieces):
        return scan.pieces
    asked = [piece for piece in scan.pieces if piece.kind == "mark" and piece.value == _ASKED]
    if asked and wishing and not any(mark_of(piece) in _WISHING for piece in scan.pieces) and _one_asked(scan.pieces, asked):
        return [piece for piece in scan.pieces if piece.kind == "mark" and piece not in asked]  # "What time do you close on Saturdays"
    scan.pieces = [piece for piece in scan.pieces if piece not in asked]
    scan.skipped += [(piece.start, piece.end) for piece in asked]
    closed = [piece.start for piece in scan.pieces if piece.kind == "mark" and piece.value == _CLOSED]
    if closed and sum(piece.kind != "mark" for piece in scan.pieces) == 1:
        return [piece for piece in scan.pieces if piece.kind == "mark"]  # "You're closed on Mondays, aren't you"
    scan.pieces = [Piece("mark", "cannot", one.start, one.end) if one.start in closed else one for one in scan.pieces]
    pieces = list(scan.pieces)
    conditions: set[int] = set()
    for index, piece in enumerate(scan.pieces):
        mark = mark_of(piece)
        if mark in REFUSALS and _in_condition(scan, piece, language):
            after = scan.pieces[index + 1] if index + 1 < len(pieces) else None
            pieces[index] = Piece("mark", "perhaps" if after is not None and after.kind == "day" else "nothing", piece.start, piece.end)
            conditions.add(piece.start)
        elif mark == "perhaps" and any(word in language.doubt.conditions for word in scan.parser.words[piece.start : piece.end]):
            conditions.add(piece.start)
        elif mark == "cannot" and index + 1 < len(pieces) and _wishing(scan, index + 1, language):
            pieces[index] = Piece("mark", "cannot_that", piece.start, piece.end)  # "I can't make it now, have you | Monday"
        elif mark in _TELLING and _of_conditional_day(scan, index, language):
            pieces[index] = Piece("mark", "perhaps", piece.start, piece.end)  # "Si el sábado está lleno, me da igual el martes"
            conditions.add(piece.start)
        elif mark in _TELLING | _REFUSING:
            pieces[index] = _told(scan, index, tokens, language)
    return _without_conditions(pieces, conditions)


def _one_asked(pieces: Sequence[Piece], asked: Sequence[Piece]) -> bool:
    """Whether only what a question is about is named, and why it is asked: "… on Saturdays, because I finish at four"."""
    told = next((piece.start for piece in pieces if mark_of(piece) == "reason" and piece.start > asked[0].start), None)
    return sum(piece.kind != "mark" and (told is None or piece.start < told) for piece in pieces) == 1


def hindering(words: Sequence[str], language: Language) -> bool:
    """Whether a phrase says on what condition something else is wished: "or if you're full"."""
    return any(word in language.doubt.conditions for word in words) and any(word in language.doubt.hindrance for word in words)


def _without_conditions(pieces: list[Piece], conditions: set[int]) -> list[Piece]:
    """Without a day that was named before and is of a condition only: "Saturday, or if you're full | Saturday, then Tuesday"."""
    kept: list[Piece] = []
    for piece in pieces:
        last = kept[-1] if kept else None
        of_condition = last is not None and last.start in conditions and last.end == piece.start and piece.kind == "day"
        of_condition = of_condition and piece.value["k"] not in ("hung", "other")  # "…, or if you're full, the Saturday after"
        if last is not None and of_condition and any(one.kind == "day" and names_of(one) == names_of(piece) for one in kept):
            kept[-1] = Piece("mark", "perhaps", last.start, piece.end)
            continue
        kept.append(piece)
    return kept


def _told(scan: Scan, index: int, tokens: Tokens, language: Language) -> Piece:
    """A mark of telling or refusing, or what it is behind a wish."""
    piece = scan.pieces[index]
    day = _day_before(scan.pieces, index)
    if day is None or _contrasted(scan, day, index, language) or not wished(scan, day, language):
        return piece
    rest = _rest(scan.pieces, index)
    told_day = next((one for one in rest if one.kind == "day"), None)
    if piece.value in _REFUSING:
        near = told_day is not None and rest[0] is told_day and told_day.start - piece.end <= _OBJECT
        return Piece("mark", "except", piece.start, piece.end) if near else piece
    # "Could I come on Friday, I've been called for jury duty", but not "could I change it, Friday I've the dentist"
    old = any(mark_of(one) == "old" or (one.kind == "day" and one.value.get("old")) for one in scan.pieces[:index])
    moving = "moving" in language.rules and any(scan.parser.read("moving", at)[0] for at in range(scan.pieces[day].start))
    days = [one for one in scan.pieces if one.kind == "day" and not one.value.get("old")]
    alone = len(days) == 1 and all(one.kind == "mark" for one in scan.pieces[index + 1 :])
    set_apart = alone and (piece.start in tokens.commas or not (old or moving))
    if told_day is not None or set_apart or (_complete(scan.pieces, day, index) and rest):
        return Piece("mark", "reason", piece.start, piece.end)
    return piece


def _in_condition(scan: Scan, piece: Piece, language: Language) -> bool:
    """Whether a refusal is only a condition: "or if that's full, Thursday", "si vous fermez pas trop tôt"."""
    words, conditions = scan.parser.words, language.doubt.conditions
    if any(word in conditions for word in words[piece.start : piece.end]):
        return False  # A phrase of its own.
    return any(words[at] in conditions for at in range(max(0, piece.start - _CONDITION), piece.start))


def _of_conditional_day(scan: Scan, index: int, language: Language) -> bool:
    """Whether a mark tells of a day right behind the word of a condition, and another day is named that nothing joins to it."""
    day, mark = scan.pieces[index - 1] if index else None, scan.pieces[index]
    if day is None or day.kind != "day" or day.end != mark.start or not day.start:
        return False
    if scan.parser.words[day.start - 1] not in language.doubt.conditions:
        return False
    between = list(itertools.takewhile(lambda one: one.kind == "mark", scan.pieces[index + 1 :]))
    after = scan.pieces[index + 1 + len(between) :][:1]
    return bool(after) and after[0].kind == "day" and not any(one.value in REFUSALS | {"or", "perhaps", "no", "fix"} for one in between)


def _wishing(scan: Scan, index: int, language: Language) -> bool:
    """Whether words of wishing, not of contrast alone, follow at once, and a day behind them."""
    piece = scan.pieces[index]
    words = scan.parser.words[piece.start : piece.end]
    wish = (
        mark_of(piece) == "wish"
        and piece.start == scan.pieces[index - 1].end
        and any(word not in language.doubt.contrast for word in words)
    )
    return wish and index + 1 < len(scan.pieces) and scan.pieces[index + 1].kind == "day"


def _day_before(pieces: Sequence[Piece], index: int) -> int | None:
    """The day that was said last before a mark, with nothing but its time and its wish between."""
    for at in range(index - 1, -1, -1):
        piece = pieces[at]
        if piece.kind == "day":
            return at
        if piece.kind == "mark" and piece.value not in ("wish", "suits"):
            return None
    return None


def _contrasted(scan: Scan, day: int, index: int, language: Language) -> bool:
    return any(word in language.doubt.contrast for word in scan.parser.words[scan.pieces[day].end : scan.pieces[index].end])


def _rest(pieces: Sequence[Piece], index: int) -> list[Piece]:
    """What is told: the pieces up to the next word that joins, decides or wishes."""
    found: list[Piece] = []
    for piece in pieces[index + 1 :]:
        if piece.kind == "mark" and piece.value not in _TELLING | HANGING_MARKS:
            break
        found.append(piece)
    return found


def _complete(pieces: Sequence[Piece], day: int, index: int) -> bool:
    """Whether a wish says enough: a day with its time, or several days."""
    return any(piece.kind == "time" for piece in pieces[day + 1 : index]) or pieces[day].value.get("k") in SPANS
