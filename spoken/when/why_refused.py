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
from spoken.when.pieces import Piece, Scan
from spoken.when.tokens import Tokens

__all__ = ["without_reasons_of_refusals"]

_BEFORE: Final = frozenset({"except", "not", "not_either"})
"""Marks that refuse what stands behind them."""
_BEHIND: Final = frozenset({"cannot", "cannot_that", "no", "not", "not_either"})
"""Marks that refuse what stands before them."""
_TELLING: Final = frozenset({"busy", "filled", "does", "cannot"})
_REASONS: Final = frozenset({"reason", "why"})
_NEAR: Final = 1
"""So many words may stand between what is refused and the refusal, and between a reason and a day that is of it."""
_BETWEEN: Final = 4
"""So many words may stand between a refusal and the words that tell: "pas le matin, | je dors, | je travaille de nuit"."""
_PART: Final = "part"
_INSTANT: Final = 2
"""A day and its hour."""
_ABSENCE: Final = 3
"""A day from which somebody can, what he does until then, and until when."""
_NEGATED: Final = 2
"""Among its first so many words a negated bound is negated: "pero | no | antes de las diez"."""
_BOUNDS: Final = frozenset({"from", "until"})


def without_reasons_of_refusals(scan: Scan, tokens: Tokens, language: Language) -> list[Piece]:
    """The pieces without those of such reasons, whose words are then known to say nothing about when."""
    pieces = _without_absences(_before_bounds(_without_ends(scan, tokens, language), scan, tokens, language), scan, language)
    index = 0
    while index < len(pieces):
        index += 1
        refused = _refused(pieces, index) or _bounded(pieces, index, scan, language)
        if not refused or index >= len(pieces) or not _tells_why(pieces, index, language, scan, tokens):
            continue
        end = _end(pieces, index, refused, tokens)
        if end is None:
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
    if said[-1].kind == "day" and len(said) > 1 and said[0].end == said[1].start and _is_firm(said[0], scan, language):
        return said
    return said[-1:] if _is_firm(said[-1], scan, language) else []


def _is_firm(piece: Piece, scan: Scan, language: Language) -> bool:
    """Whether a time is a bound that nothing fills: "not before ten", "by four at the latest"; but "until four" may be of what one does."""
    if piece.kind != "time" or piece.value.get("k") not in _BOUNDS:
        return False
    words = scan.parser.words[piece.start : piece.end]
    return any(word in language.activities.denying for word in words[:_NEGATED]) or any(word in language.doubt.firm for word in words)


def _without_ends(scan: Scan, tokens: Tokens, language: Language) -> list[Piece]:
    """The pieces without when somebody finishes or leaves behind an hour of a day: "Thursday at three, *I have to leave at four*"."""
    pieces = list(scan.pieces)
    said = [piece for piece in pieces if piece.kind != "mark"]
    if len(said) != _INSTANT + 1 or [piece.kind for piece in said] != ["day", "time", "time"] or tokens.turns:
        return pieces
    day, hour, end = said
    own = hour.value.get("k") == "clock" and day.end == hour.start and hour.end == end.start and end is pieces[-1]
    words, lists = scan.parser.words[end.start : end.end], language.activities
    speaks = any(word in lists.speakers for word in words) or bool(lists.shape.fullmatch(words[0]))  # "Salgo a las dos"
    if not own or not (end.value.get("leaves") or end.value.get("works") or (end.value.get("k") in _BOUNDS and speaks)):
        return pieces
    scan.skipped.append((end.start, end.end))
    return pieces[:-1]


def _without_absences(pieces: list[Piece], scan: Scan, language: Language) -> list[Piece]:
    """The pieces without until when somebody is away, behind the day from which he can: "from the tenth on, *I'm away until the ninth*"."""
    if len(pieces) > 1 and all(piece.kind == "day" and piece.value.get("k") == "from" for piece in pieces[-2:]):
        told = pieces[-1]  # "Ab dem elften, | ich bin bis zum zehnten weg"
        if any(word in language.activities.speakers for word in scan.parser.words[told.start : told.end]):
            scan.skipped.append((told.start, told.end))
            return pieces[:-1]
    whole = pieces[:-1] if "verb_final" in language.conventions and pieces and mark_of(pieces[-1]) == "cannot" else pieces
    last = whole[-3:]
    if len(last) < _ABSENCE or [piece.kind for piece in last] != ["day", "mark", "day"]:
        return pieces
    first, mark, end = last
    if first.value.get("k") != "from" or end.value.get("k") != "until" or mark.value not in _TELLING or mark.start - first.end > _NEAR:
        return pieces
    scan.skipped.append((first.end, scan.parser.count))
    return whole[:-2]


def _before_bounds(pieces: list[Piece], scan: Scan, tokens: Tokens, language: Language) -> list[Piece]:
    """The pieces without what is told between a day and its firm bound: "Friday, *I have to drop the kids first*, not before ten"."""
    days = [at for at, piece in enumerate(pieces) if piece.kind == "day"]
    bounds = [at for at, piece in enumerate(pieces) if _is_firm(piece, scan, language)]
    if len(days) != 1 or len(bounds) != 1 or bounds[0] - days[0] < 2:
        return pieces
    day, bound = pieces[days[0]], pieces[bounds[0]]
    between = pieces[days[0] + 1 : bounds[0]]
    words = scan.parser.words
    denied = any(word in language.activities.denying for word in words[day.end : bound.start])
    told = all(
        mark_of(piece) in _TELLING | _REASONS or (piece.value.get("k") == _PART if piece.kind == "time" else False) for piece in between
    )
    if denied or not told or between[0].kind != "mark" or any(day.end <= turn <= bound.start for turn in tokens.turns):
        return pieces  # "Friday I can't before ten"
    scan.skipped.append((day.end, bound.start))
    return [*pieces[: days[0] + 1], *pieces[bounds[0] :]]


def _tells_why(pieces: Sequence[Piece], index: int, language: Language, scan: Scan, tokens: Tokens) -> bool:
    """Whether a reason begins with the piece at `index`: a mark of telling right behind the refusal, or the day once more with one."""
    piece, words = pieces[index], scan.parser.words
    last, lists = pieces[index - 1], language.doubt
    gap = words[last.end : piece.start]
    if len(gap) > _BETWEEN or any(word in lists.contrast or word in lists.joining or word in lists.relation for word in gap):
        return False
    mark = mark_of(piece)
    if mark in _REASONS:
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
        if mark in _TELLING or (mark in _REASONS and at == index):
            continue
        if piece.kind == "mark":
            return None if mark == "or" else at  # "… because I work and on Saturday": is that refused as well?
        if _said_again(piece, before, refused):
            again = True
        elif again or refers_back(piece) or _of_another_week(piece, refused):
            return at
        elif opened in _REASONS or piece.start - before.end <= _NEAR:
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
        if piece.kind == "time" and working and piece.value["k"] == _PART and one.value["k"] in _BOUNDS | {_PART}:
            return True
    return False


def _of_another_week(piece: Piece, refused: Sequence[Piece]) -> bool:
    """Whether another week is named than the one that was refused."""
    if piece.kind != "day" or not any(one.kind == "day" and one.value.get("k") == "week" for one in refused):
        return False
    value = piece.value
    return value.get("k") in ("week", "week_of", "other") or bool(value.keys() & {"week", "plus"})
