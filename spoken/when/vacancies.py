"""Words that nobody understood, where something that the wish lacks would stand.

Most words left over are harmless, or tell by their kind what they may do (`spoken.when.residue`). Others matter only because
of what is missing: an hour has no day, and a word stands right before it ("vn quatorze heures"); a day of the month has no
month, and a word ends the sentence behind it ("le deux brumaire"). What is missing is then not missing, it was not
understood, and today, or this month, would be put in its place.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from spoken.when.clauses import Clauses
from spoken.when.language import Language
from spoken.when.pieces import Piece, Scan
from spoken.when.residue import Leftover, Risk
from spoken.when.tokens import DIGITS
from spoken.when.wish import Wish

__all__ = ["joint_unread", "vacancy_filled"]

_SHORT: Final = 4
"""Days and months written short, and the zones of clocks, have no more letters."""
_NAMES: Final = 2
"""So many words after what announces a name may be its parts: "with Sarah Chiu"."""
_OF_SOME_DAY: Final = frozenset({"clock", "part", "range", "from", "until", "two", "narrow"})
"""Times that are of a day: "in two hours" needs none."""
_PARTS_OF_DATE: Final = frozenset({"wd", "m", "month_offset", "near", "y"})
_NUMBERED: Final = frozenset({"week", "weekend", "month", "months", "in", "week_of", "weekend_of"})
"""Days of which a part is named by its number."""
_NAMELESS: Final = frozenset({"any", "other", "workdays"})
_UNREAD: Final = frozenset({Risk.UNKNOWN, Risk.NUMBER})


def vacancy_filled(
    left: Sequence[Leftover],
    used: Sequence[Piece],
    scan: Scan,
    clauses: Clauses,
    explained: bytearray,
    wish: Wish,
    language: Language,
    *,
    whole: bool,
) -> bool:
    """Whether a word stands where a day, a month, a number or a time of the `wish` would, and was not understood.

    `left` are the words that nobody understood, `used` the pieces that decide, `explained` tells token by token whether
    something was made of it; `whole`: a day and a time were asked for, not only one of them.
    """
    unread = {one.at: one.risk for one in left}
    if whole and (_day_unread(unread, used, scan, explained, wish, language) or _piece_unused(used, scan, clauses, wish)):
        return True
    return _month_unread(unread, used, scan) or _number_unread(unread, used, scan, explained, language)


def _day_unread(unread: dict[int, Risk], used: Sequence[Piece], scan: Scan, explained: bytearray, wish: Wish, language: Language) -> bool:
    """Whether a time has no day, and one may have been said: "vn 14 h", "the tws at five", "12 vend. 18:50"."""
    if any(group.days for group in (*wish.groups, *wish.ruled_out)) or any(piece.value["k"] not in _OF_SOME_DAY for piece in used):
        return False
    words = scan.parser.words
    openers = language.doubt.day_openers
    for at in range(scan.parser.count - 1):
        number = scan.parser.firsts[at] == DIGITS or (words[at] in language.numbers and words[at] not in language.articles)
        if number and not explained[at] and unread.get(at + 1) is Risk.UNKNOWN and (not at or words[at - 1] not in language.leading):
            return True
    before, behind = used[0].start - 1, used[-1].end
    like_a_day = before >= 0 and (len(words[before]) <= _SHORT or (before > 0 and words[before - 1] in openers))
    if like_a_day and unread.get(before) is Risk.UNKNOWN and not _named(before, words, language):
        return True
    return behind < scan.parser.count and words[behind] in openers and unread.get(behind + 1) is Risk.UNKNOWN


def _named(at: int, words: Sequence[str], language: Language) -> bool:
    """Whether a word is (part of) somebody's name: "with Sarah | Chiu | at three", "bei Frau | Bui"."""
    return any(word in language.doubt.person_openers for word in words[max(0, at - _NAMES) : at])


def _month_unread(unread: dict[int, Risk], used: Sequence[Piece], scan: Scan) -> bool:
    """Whether a day of the month has no month, and a word ends the sentence behind it: "le deux brumaire"."""
    last = used[-1]
    if last.kind != "day" or last.value.get("k") != "date" or last.value.keys() & _PARTS_OF_DATE:
        return False
    rest = range(last.end + 1, scan.parser.count)
    return unread.get(last.end) is Risk.UNKNOWN and all(scan.parser.firsts[at] == DIGITS for at in rest)


def _number_unread(unread: dict[int, Risk], used: Sequence[Piece], scan: Scan, explained: bytearray, language: Language) -> bool:
    """Whether a part of a week or month was said, and only the week or month understood: "the nth of July", "el vigésimo de julio"."""
    words, genitive = scan.parser.words, language.doubt.genitive
    for piece in used:
        if piece.kind != "day" or piece.value.get("k") not in _NUMBERED:
            continue
        before = piece.start - 1
        if words[piece.start] not in genitive:
            if before < 0 or explained[before] or words[before] not in genitive:
                continue
            before -= 1
        figure = before >= 0 and not explained[before] and scan.parser.firsts[before] == DIGITS
        if figure or unread.get(before) in _UNREAD:
            return True
    return False


def _piece_unused(used: Sequence[Piece], scan: Scan, clauses: Clauses, wish: Wish) -> bool:
    """Whether the wish has no time, or no day, and one stands behind it that was taken for something told.

    "Mejor el sábado que el viernes, y si es a las once, perfecto". Not in a reason with a word of its own: "… because I finish at ten".
    """
    reasons = {piece.end for piece in scan.pieces if piece.kind == "mark" and piece.value == "reason"}
    told = [(begin, end) for begin, end in clauses.asides if begin in reasons]
    groups = (*wish.groups, *wish.ruled_out)
    lacking = {kind for kind, said in (("day", any(g.days for g in groups)), ("time", any(g.times for g in groups))) if not said}
    starts = {piece.start for piece in wish.used}
    return any(
        piece.kind in lacking and piece.start >= used[-1].end and piece.start not in starts and not piece.value.get("old")
        for piece in scan.pieces
        if not any(begin <= piece.start < end for begin, end in told)
    )


def joint_unread(used: Sequence[Piece], scan: Scan, explained: bytearray, wish: Wish) -> bool:
    """Whether two days make a list although what joins them was not understood: "July | thru | August", "este mes | de | julio".

    Only where one word or sign stands between them; more may tell of one of the two.
    """
    if wish.ruled_out or any(piece.kind == "mark" and piece.value == "or" for piece in scan.pieces):
        return False
    if sum(len(group.days) for group in wish.groups) < 2:
        return False
    for one, other in itertools.pairwise(used):
        days = one.kind == other.kind == "day" and not {one.value.get("k"), other.value.get("k")} & _NAMELESS
        if days and other.start == one.end + 1 and not explained[one.end]:
            return True
    return False
