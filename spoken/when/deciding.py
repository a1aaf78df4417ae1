"""Where a caller decides between what was named, though no word of deciding is said.

Two days are named, then one of them once more: "j'hésite entre vendredi et samedi, allez, samedi à quinze heures", "el sábado
o el viernes, mejor el viernes". Or a day is named that nobody wished for, then another one is wished for: "forget Thursday, I
want Friday". Whatever words stand between them, the later day is the wish and the others fall away. So such a place is one
like that before "donc", "also", "so": a turn (`spoken.when.tokens.Tokens.turns`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from spoken.when.hindrances import FILLING, REFUSALS
from spoken.when.language import Language
from spoken.when.pieces import Piece, Scan

__all__ = ["CORRECTING", "consequent", "decisions", "mark_of", "names_of", "wished"]

_REFUSING: Final = frozenset({"except", "not", "cannot", "cannot_but"})
_TELLING: Final = frozenset({"busy", "filled", "does", "it_is", "no_it_is"})
CORRECTING: Final = frozenset({"fix", "no"})
"""Marks behind which something else is meant: "enfin", "no"."""
_JOINING: Final = frozenset({"or", "perhaps", "so_is", "too"})
_WISHING: Final = frozenset({"wish", "suits"})
_ASIDES: Final = frozenset({"old", "past", "reason", "why", "if", "it_is", "no_it_is"})
_SEVERAL: Final = ("a", "b", "c")
_NEAR: Final = 2
"""So many words may stand between a word of refusing and what it refuses."""
_CONDITION: Final = 3
"""So many words may stand between the word of a condition and the day that it is about: "if it's | Wednesday"."""

Name = tuple[tuple[str, Any], ...]


def mark_of(piece: Piece | None) -> str:
    """The mark that a piece is, if it is one."""
    return str(piece.value) if piece is not None and piece.kind == "mark" else ""


def names_of(piece: Piece) -> tuple[Name, ...]:
    """What a day may be called when it is named again: its weekday, its number; of a stretch or a list, each of its ends."""
    spec = piece.value
    if piece.kind != "day":
        return ()
    if spec.get("k") in ("span", "two"):
        return tuple(name for end in _SEVERAL if end in spec for name in names_of(Piece("day", spec[end], piece.start, piece.end)))
    if spec.get("k") == "wd":
        return ((("wd", spec["wd"]),),)
    if spec.get("k") == "date":
        return ((("d", spec["d"]),),)
    if spec.get("k") in ("rel", "holiday"):
        return (tuple(sorted((key, value) for key, value in spec.items() if key not in ("with", "old"))),)
    return ()


def decisions(scan: Scan, language: Language) -> list[int]:
    """The tokens at which a decision begins: where one of several days is named again, or another day is wished for."""
    return [*_named_again(scan, language), *_wished_instead(scan, language), *_taken_back(scan), *_following_instead(scan)]


def consequent(scan: Scan, turns: Iterable[int], language: Language) -> set[int]:
    """Those of the `turns` that only go on from a condition about a day named before: "… but if it's Thursday | then after six"."""
    found: set[int] = set()
    for index, piece in enumerate(scan.pieces):
        before = [one for one in scan.pieces[:index] if one.kind == "day"]
        again = any(name in names_of(one) for one in before for name in names_of(piece))
        behind = scan.pieces[index - 1]
        told = mark_of(behind) == "perhaps" and behind.end == piece.start  # "… and if there's nothing on Friday | then Monday"
        told = told and any(word in language.doubt.conditions for word in scan.parser.words[behind.start : behind.end])
        if again and (told or _conditioned(piece, before[-1].end, scan, language, contrast=False, limited=False)):
            found.update(turn for turn in turns if turn == piece.end)
    return found


def _taken_back(scan: Scan) -> Iterator[int]:
    """Where another day follows one that was taken back for what is on then: "Wednesday, no, I've choir Wednesday, | Thursday"."""
    days = [at for at, piece in enumerate(scan.pieces) if piece.kind == "day"]
    for first, again, other in zip(days, days[1:], days[2:], strict=False):
        said = [mark_of(piece) for piece in scan.pieces[first + 1 : again]]
        near = scan.pieces[again].start - scan.pieces[again - 1].end <= _CONDITION
        back = len(said) > 1 and set(said[:-1]) <= CORRECTING and said[-1] == "busy" and near
        same = names_of(scan.pieces[first]) == names_of(scan.pieces[again]) != names_of(scan.pieces[other])
        if back and same and other == again + 1:
            yield scan.pieces[other].start


def _following_instead(scan: Scan) -> Iterator[int]:
    """Where the one after it is named behind a week and all that fills it: "this week I've far too much on, | the one after"."""
    for week, mark, piece in zip(scan.pieces, scan.pieces[1:], scan.pieces[2:], strict=False):
        filled = week.kind == "day" and week.value["k"] == "week" and mark_of(mark) in REFUSALS | FILLING
        if filled and piece.kind == "day" and piece.value["k"] == "other" and piece.start > mark.end:
            yield piece.start


def _named_again(scan: Scan, language: Language) -> Iterator[int]:
    pieces = scan.pieces
    named: set[Name] = set()
    since = 0
    for index, piece in enumerate(pieces):
        names = names_of(piece)
        if not names:
            continue
        if not _refused(pieces, index):
            again = len(names) == 1 and names[0] in named and len(named) > 1 and not _joined(scan, index, language)
            if again and not _conditioned(piece, since, scan, language) and not _said_right(pieces, index):
                yield _begin(pieces, index)
                named.clear()
        named.update(names)
        since = piece.end


def _wished_instead(scan: Scan, language: Language) -> Iterator[int]:
    """Where a day is wished for beside one that was only named, or after a "but" beside any."""
    pieces = scan.pieces
    last: int | None = None
    named: set[Name] = set()
    for index, piece in enumerate(pieces):
        names = names_of(piece)
        if not names:
            continue
        if last is not None and named.isdisjoint(names):
            place = _instead(scan, last, index, language)
            if place is not None:
                yield place
        named.update(names)
        last = index


def _instead(scan: Scan, told: int, index: int, language: Language) -> int | None:
    pieces = scan.pieces
    between = list(pieces[told + 1 : index])
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    between += [after] if after is not None and (mark_of(after) in ("too", "so_is") or _as_well(scan, after)) else []
    between = [one for one in between if not _only_and(one, scan, language)]
    if (
        any(
            mark_of(one) in _JOINING | REFUSALS
            or (mark_of(one) in _TELLING and one.start - pieces[told].end <= _NEAR)
            or _as_well(scan, one)
            for one in between
        )
        or _refused(pieces, told)
        or _refused(pieces, index)
    ):
        return None
    begin, end = pieces[told].end, pieces[index].start
    place = next((at for at in range(begin, end) if _wishes(scan, at, begin, language)), None)
    contrast = next((at for at in range(begin, end) if scan.parser.words[at] in language.doubt.contrast), None)
    joined = any(_only_and(one, scan, language) for one in pieces[told + 1 : index])
    if joined and (contrast is not None or wished(scan, told, language)):
        return None  # But "I'll leave Thursday and take Friday"
    if place is None and contrast is not None and _suited(pieces, index):
        place = contrast  # "But Thursday would be better"
    if place is None and contrast is None and _suited(pieces, index) and any(mark_of(one) in FILLING for one in between):
        place = pieces[index].start  # "Donnerstag werden die Fenster geliefert, da muss ich daheim sein, | Freitag wär frei"
    if place is None or any(mark_of(one) in _ASIDES and one.start > place for one in between) or _aside(pieces, told):
        return None
    if (wished(scan, told, language) and contrast is None) or _conditioned(pieces[index], begin, scan, language, contrast=False):
        return None
    return place if contrast is None else min(place, contrast)


def _as_well(scan: Scan, piece: Piece) -> bool:
    """Whether a mark says that something suits too: "Friday | geht auch"."""
    return mark_of(piece) == "wish" and any(
        value == "too" for at in range(piece.start, piece.end) for end, value in scan.parser.read("mark", at)[0] if end <= piece.end
    )


def _only_and(piece: Piece, scan: Scan, language: Language) -> bool:
    """Whether a piece is no more than an "and"."""
    return mark_of(piece) == "or" and piece.end == piece.start + 1 and scan.parser.words[piece.start] in language.doubt.joining


def _wishes(scan: Scan, at: int, since: int, language: Language) -> bool:
    """Whether words of wishing begin at a token, or one of asking stands there that is not about the day before `since`."""
    words, lists = scan.parser.words, language.doubt
    inside = next((one for one in scan.pieces if one.start <= at < one.end), None)
    if inside is not None:
        wishes = inside.start == at and mark_of(inside) == "wish"
        return wishes and any(word not in lists.contrast for word in words[at : inside.end])
    return at > since + 1 and words[at] in lists.asking and words[at] not in lists.little  # But "Monday I'm free"


def _aside(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a day is in an aside, which ends where wishing begins anyway."""
    for piece in reversed(pieces[:index]):
        if piece.kind == "day":
            return False
        if mark_of(piece) in _ASIDES:
            return True
    return False


def _suited(pieces: Sequence[Piece], index: int) -> bool:
    """Whether words of wishing stand right behind a day or its time: "Tuesday at ten would be grand"."""
    at = index + 1
    while at < len(pieces) and pieces[at].kind == "time" and pieces[at].start - pieces[at - 1].end <= 1:
        at += 1
    if at >= len(pieces) or mark_of(pieces[at]) not in _WISHING or pieces[at].start - pieces[at - 1].end > 1:
        return False
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    return after is None or after.kind != "day" or after.start > pieces[at].end  # But "forget Thursday, I want | Friday"


def wished(scan: Scan, index: int, language: Language) -> bool:
    """Whether words of wishing or asking stand before a day, with no other day between, or right behind it."""
    pieces = scan.pieces
    begin = next((one.end for one in reversed(pieces[:index]) if one.kind == "day" and not one.value.get("old")), 0)
    lists, words = language.doubt, scan.parser.words
    if _suited(pieces, index):
        return True
    for one in pieces[:index]:
        said = words[one.start : one.end]
        if one.start >= begin and mark_of(one) in _WISHING and any(word not in lists.contrast for word in said):
            return True
        if not begin and mark_of(one) == "fix" and lists.asks(said):
            return True  # A correction of nothing asks for something: "could it be Tuesday".
    denied = {at for one in pieces[:index] if mark_of(one) in REFUSALS for at in range(one.start, one.end)}  # "Je *peux* pas"
    return any(words[at] in lists.asking and words[at] not in lists.little for at in range(begin, pieces[index].start) if at not in denied)


def _joined(scan: Scan, index: int, language: Language) -> bool:
    """Whether "or" (not "and") stands right before a day."""
    before = scan.pieces[index - 1] if index else None
    if before is None or mark_of(before) != "or" or before.end != scan.pieces[index].start:
        return False
    return scan.parser.words[before.start] not in language.doubt.joining


def _refused(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a day is named to be refused, or for what is on then: "Thursday I can't", "the sixth's a Sunday"."""
    piece = pieces[index]
    before = pieces[index - 1] if index else None
    if before is not None and mark_of(before) in _REFUSING and piece.start - before.end <= _NEAR:
        return True
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    return after is not None and after.start - piece.end <= 1 and mark_of(after) in REFUSALS | _TELLING


def _said_right(pieces: Sequence[Piece], index: int) -> bool:
    """Whether only the last of several days with their times is put right: "… or half past on Saturday, no, make that one on Saturday"."""
    days = [at for at in range(index) if pieces[at].kind == "day"]
    if len(days) < 2 or names_of(pieces[days[-1]]) != names_of(pieces[index]):
        return False
    timed = [_timed(pieces, at) for at in (*days[-2:], index)]
    return all(timed) and any(mark_of(piece) in CORRECTING for piece in pieces[days[-1] : index])


def _timed(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a time stands right before or right behind a day."""
    piece = pieces[index]
    before, after = pieces[index - 1] if index else None, pieces[index + 1] if index + 1 < len(pieces) else None
    return any(
        one is not None and one.kind == "time" and piece.start - 1 <= one.end and one.start <= piece.end + 1 for one in (before, after)
    )


def _begin(pieces: Sequence[Piece], index: int) -> int:
    """Where a decision for a day begins: with the time right before it, unless that is of another day."""
    time = pieces[index - 1] if index else None
    if time is None or time.kind != "time" or time.end != pieces[index].start:
        return pieces[index].start
    before = pieces[index - 2] if index > 1 else None
    return pieces[index].start if before is not None and before.kind == "day" and before.end == time.start else time.start


def _conditioned(piece: Piece, since: int, scan: Scan, language: Language, *, contrast: bool = True, limited: bool = True) -> bool:
    """Whether a day is named again for what goes for it alone: "but Wednesday after five", "Wednesday only in the morning"."""
    lists, words = language.doubt, scan.parser.words
    opened = words[since : piece.start]
    if contrast and any(word in lists.contrast for word in opened):
        return True
    for at in range(max(since, piece.start - 1 - _CONDITION), piece.start):
        if (
            words[at] in lists.conditions
            and not scan.parser.read("harmless", at)[0]
            and not any(one.start <= at < one.end for one in scan.pieces)
        ):
            return True
    return limited and any(word in lists.limiting for word in (*opened, *words[piece.end : piece.end + _NEAR]))
