"""Whether what was not understood may change what was.

The reader picks days and times out of a sentence and skips the rest; most wrong days come from a word that was skipped
("anders als", "bar", "the week of that"). So a sentence is trusted as far as it is explained. Words left over count in
the clause that decides, by what they are (`spoken.when.residue`) and by how near they stand to the days and times that
make the wish. A question is better than a wrong day.
"""

from __future__ import annotations

import itertools
from enum import StrEnum
from typing import Final

from spoken.when.activities import activity_told
from spoken.when.asides import refers_back
from spoken.when.clauses import Clauses
from spoken.when.deciding import CORRECTING
from spoken.when.enumerations import halves, side_by_side, told_hour, two_hours
from spoken.when.hindrances import FILLING, REFUSALS
from spoken.when.joined_days import SPANS
from spoken.when.language import Language
from spoken.when.not_once import gone_by, recurring
from spoken.when.pieces import Piece, Scan
from spoken.when.residue import CONTENT, Leftover, Risk, explained_by, leftovers
from spoken.when.structure import missing, shared_across
from spoken.when.tokens import Tokens
from spoken.when.told_days import asked_instead, told_with_its_hour
from spoken.when.vacancies import joint_unread, vacancy_filled
from spoken.when.wish import Wish

__all__ = ["Doubt", "weigh"]

_TURNS_WITHIN: Final = 1
"""So many words from a day or time a word that turns or bounds may still be about it; further off it cost more than it saved."""
_REACH: Final = 4
"""So many words from a day or time what fills it may stand."""
_OF_TIME: Final = frozenset({Risk.TIME, Risk.NUMBER})
_COUNTED: Final = 2
"""Words of a day that ends in a preposition: "week after" at least."""
_EXCEPTING: Final = frozenset({"not", "except", "no", "nothing"})


class Doubt(StrEnum):
    """How far a wish can be trusted."""

    NONE = "none"
    WHICH = "which"
    """Several days or times were heard, and how they belong together was not understood."""
    LOST = "lost"
    """Something that may turn the meaning was not understood."""


def weigh(tokens: Tokens, scan: Scan, clauses: Clauses, wish: Wish, language: Language, *, whole: bool = True) -> Doubt:
    """How far the words that nobody understood put the `wish` in doubt; `whole`: a day and a time were asked for."""
    start = _decision(clauses)
    used = [piece for piece in wish.used if piece.start >= start]
    if not used:
        return Doubt.NONE
    if recurring(used, wish, scan, language):
        return Doubt.LOST
    settled = _settled(wish, used)
    anew = max([start, *(at for at in _decisions(tokens, scan) if settled and at <= used[0].start)])
    explained = _explained(tokens, scan, clauses)
    left = [one for one in leftovers(scan.parser, explained, language) if one.at >= anew]
    if any(one.risk in _OF_TIME for one in left) or _told_in_two(left, used, scan, language):
        return Doubt.LOST
    if vacancy_filled(left, used, scan, clauses, explained, wish, language, whole=whole):
        return Doubt.LOST
    contrast = max([anew, *(at for at in range(start, used[0].start) if tokens.words[at] in language.doubt.contrast)])
    decided = [piece.start for piece in scan.pieces if piece.kind == "mark" and piece.value == "so" and piece.start >= used[-1].end]
    unread = left
    aside = [span for span in _subordinate(tokens, scan, language) if settled and not any(at < span[0] for at in decided)]
    left = [
        one
        for one in left
        if one.at >= contrast and not any(begin <= one.at < end for begin, end in aside) and not _afterwards(one, used, wish)
    ]
    if any(
        one.risk is Risk.RELATION and _within_reach(one, used, _TURNS_WITHIN) and not _of_its_own(one, used, scan, language) for one in left
    ):
        return Doubt.LOST
    if (
        wish.unsure
        or wish.unsure_times
        or shared_across(used, scan, wish, language)
        or _told_between(left, used, _joints(scan, clauses), wish)
        or side_by_side(unread, used, scan, wish, language)
        or two_hours(used, wish)
        or _on_condition(unread, used, tokens, language)
        or joint_unread(used, scan, explained, wish)
    ):
        return Doubt.WHICH
    if (
        (wish.idle and not any(begin >= start for begin, _ in aside))
        or missing(left, used, scan, clauses, wish, language)
        or halves(left, used, scan, wish)
        or told_hour(unread, [piece for piece in used if piece.start >= clauses.begins[-1]], scan)
        or _ruled_out_by_rumour(left, wish, scan)
        or gone_by(used, scan)
        or _day_in_reason(scan, clauses, wish)
        or _half_a_name(left, used, tokens, language)
        or _object_unread(left, used, tokens, language)
        or _hindered(left, used, scan, clauses, language)
        or _told_with_its_time(left, used, scan, clauses, language)
        or told_with_its_hour(unread, used, scan, tokens, language)
        or asked_instead(scan, language)
        or activity_told(unread, used, scan, tokens, language)
    ):
        return Doubt.LOST
    return Doubt.NONE


def _decision(clauses: Clauses) -> int:
    """Where that begins which decides: a later clause, or a correction, replaces what was told before it."""
    pieces, begins = clauses.pieces[-1], clauses.begins[-1]
    for index in range(len(pieces) - 1, -1, -1):
        mark = pieces[index]
        if mark.kind == "mark" and mark.value in CORRECTING:
            anew = {piece.kind for piece in pieces[index:]}
            if all(piece.kind in anew for piece in pieces[:index]):
                pieces, begins = pieces[index:], mark.start
            break
    return begins if any(piece.kind == "day" for piece in pieces) else 0


def _decisions(tokens: Tokens, scan: Scan) -> list[int]:
    """Where a word stands after which the decision comes: "so", "therefore". What was told before it is over."""
    return [*(piece.start for piece in scan.pieces if piece.kind == "mark" and piece.value == "so"), *tokens.turns]


def _settled(wish: Wish, used: list[Piece]) -> bool:
    """Whether a wish says enough for a clause beside it to be no part of it: a day with its time, or several days."""
    if not wish.groups:
        return False
    kinds = {piece.kind for piece in used}
    twice = sum(piece.kind == "day" for piece in used) > 1 or any(len(group.days) > 1 for group in wish.groups)
    return kinds >= {"day", "time"} or twice or any(day["k"] in SPANS or day["k"] == "asap" for group in wish.groups for day in group.days)


def _subordinate(tokens: Tokens, scan: Scan, language: Language) -> list[tuple[int, int]]:
    """Ranges of tokens of clauses that place the wish beside an event without a date: "early, before I go to work", "avant de partir"."""
    ranges: list[tuple[int, int]] = []
    for at, word in enumerate(tokens.words[:-1]):
        if word in language.doubt.bounding and tokens.words[at + 1] in language.doubt.subjects:
            after = [piece.start for piece in scan.pieces if piece.start > at + 1 and piece.kind in ("day", "time")]
            ranges.append((at, min(after, default=len(tokens))))
    return ranges


def _afterwards(one: Leftover, used: list[Piece], wish: Wish) -> bool:
    """Whether a word is of a remark behind a wish that has its day and its time: "in the morning please, she doesn't know yet"."""
    if one.risk not in (Risk.RELATION, Risk.UNKNOWN, Risk.HINDRANCE) or one.at <= used[-1].end + 1:
        return False
    return {piece.kind for piece in used} >= {"day", "time"} and bool(wish.groups)


def _explained(tokens: Tokens, scan: Scan, clauses: Clauses) -> bytearray:
    """Token by token, whether something was made of it."""
    return explained_by([*((piece.start, piece.end) for piece in scan.pieces), *scan.skipped, *clauses.asides], len(tokens))


def _within_reach(one: Leftover, used: list[Piece], reach: int = _REACH) -> bool:
    """Whether a word stands between the pieces of a wish, or near one."""
    if used[0].end <= one.at < used[-1].start:
        return True
    return min(piece.start - one.at - 1 if piece.start > one.at else one.at - piece.end for piece in used) <= reach


def _of_its_own(one: Leftover, used: list[Piece], scan: Scan, language: Language) -> bool:
    """Whether a preposition, behind all that was said about when, has an object that is no time: "um drei, vor der Tür"."""
    words = scan.parser.words
    if words[one.at] not in language.doubt.prepositions or one.at <= used[-1].end:
        return False
    behind = next((word for word in words[one.at + 1 :] if word not in language.doubt.little), None)
    return behind is not None and not behind.isdigit() and behind not in language.numbers and behind not in language.doubt.time


def _joints(scan: Scan, clauses: Clauses) -> list[int]:
    """Where words stand that tell how what follows belongs to what comes before."""
    return [*(piece.start for piece in scan.pieces if piece.kind == "mark"), *clauses.begins]


def _told_between(left: list[Leftover], used: list[Piece], joints: list[int], wish: Wish) -> bool:
    """Whether between two days, or two times, only words stand that nobody understood: "Thursday it's bingo Friday at ten"."""
    for before, after in itertools.pairwise(used):
        if before.kind != after.kind or before.start in wish.refused:
            continue
        if any(before.end <= joint <= after.start for joint in joints) or refers_back(after):
            continue
        if any(before.end <= one.at < after.start and one.risk in CONTENT for one in left):
            return True
    return False


def _ruled_out_by_rumour(left: list[Leftover], wish: Wish, scan: Scan) -> bool:
    """Whether all that is known is that something unknown fills the day: "tomorrow morning, I have zumba"; "… is there parking"."""
    said = {piece.value for piece in scan.pieces if piece.kind == "mark"}
    if said & (REFUSALS | _EXCEPTING) or any(group.days or group.times for group in wish.groups):
        return False
    filling = [piece.end for piece in scan.pieces if piece.kind == "mark" and piece.value in FILLING]
    filled = any(one.risk is Risk.HINDRANCE and 0 <= one.at - end < _REACH for one in left for end in filling)
    return bool(filling) and not filled


def _day_in_reason(scan: Scan, clauses: Clauses, wish: Wish) -> bool:
    """Whether the one day of a sentence ends it, behind a reason that it may be part of: "not before ten, I've a test done tomorrow"."""
    if any(group.days for group in wish.groups):
        return False
    last = next((piece for piece in reversed(scan.pieces) if piece.kind != "mark"), None)
    reasons = {piece.end for piece in scan.pieces if piece.kind == "mark" and piece.value in ("reason", "why")}
    inside = any(begin in reasons and last is not None and begin < last.start and last.end == end for begin, end in clauses.asides)
    said_again = last is not None and any(last.value in group.days for group in wish.ruled_out)
    return last is not None and last.kind == "day" and inside and last.end == scan.parser.count and not said_again


def _half_a_name(left: list[Leftover], used: list[Piece], tokens: Tokens, language: Language) -> bool:
    """Whether an unknown word may be half of the name of a day: "el miércoles | santo | a las once", "black | friday"."""
    for before, after in itertools.pairwise(used):
        if before.kind == "day" and after.start == before.end + 1 and Leftover(before.end, Risk.UNKNOWN) in left:
            return True
    first = used[0]
    timed = len(used) > 1 and used[1].kind == "time" and used[1].start == first.end and first.value.get("k") == "rel"
    bare = first.kind == "day" and first.start == 1 and tokens.words[1] in language.doubt.time and not timed
    return bare and Leftover(0, Risk.UNKNOWN) in left


def _object_unread(left: list[Leftover], used: list[Piece], tokens: Tokens, language: Language) -> bool:
    """Whether a day was counted from something that nobody understood: "the week after | payday", "the Friday before the | summit"."""
    unread = {one.at for one in left}
    for piece in used:
        if piece.kind != "day" or piece.end - piece.start < _COUNTED or tokens.words[piece.end - 1] not in language.doubt.prepositions:
            continue
        at = piece.end
        while at < len(tokens) and tokens.words[at] in language.doubt.determiners:
            at += 1
        if at in unread and not any(piece.end <= comma <= at for comma in tokens.commas):
            return True
    return False


def _on_condition(unread: list[Leftover], used: list[Piece], tokens: Tokens, language: Language) -> bool:
    """Whether one of two days is of a condition that was not understood: "if | Dave's off | on Tuesday, then Wednesday"."""
    days = [piece.start for piece in used if piece.kind == "day"]
    conditions = [at for at, word in enumerate(tokens.words) if word in language.doubt.conditions]
    for begin in conditions:
        end = next((at for at in range(begin, len(tokens)) if tokens.words[at] in language.turning_last or at in tokens.turns), None)
        if end is None or not any(begin < one.at < end and one.risk in CONTENT for one in unread):
            continue
        if any(begin < day < end for day in days) and any(day >= end for day in days):
            return True
    return False


def _told_in_two(left: list[Leftover], used: list[Piece], scan: Scan, language: Language) -> bool:
    """Whether a verb that tells stands before the wish, and what it tells behind it: "ich bin heute von fünf bis sieben weg"."""
    days = {piece.start for piece in used if piece.kind == "day"}  # "Nächste Woche bin ich Montag bis Mittwoch auf Messe"
    starts = {used[0].start, *days}
    opened = any(piece.kind == "mark" and piece.value in FILLING and piece.end in starts for piece in scan.pieces)
    if not opened or language.doubt.asks(scan.parser.words):
        return False
    return any(one.risk is Risk.HINDRANCE and one.at - used[-1].end < _REACH and one.at >= used[-1].end for one in left)


def _hindered(left: list[Leftover], used: list[Piece], scan: Scan, clauses: Clauses, language: Language) -> bool:
    """Whether nothing is asked for, and what stands beside the one day that was said may be what hinders the caller."""
    fills = [piece for piece in scan.pieces if piece.kind == "mark" and piece.value in FILLING]
    asked = language.doubt.asks(scan.parser.words)
    alone = len(clauses.pieces) == len(used) == 1 and used[0].kind == "day" and len(scan.pieces) == 1 + len(fills)
    words = scan.parser.words
    if not alone or asked:
        return False
    day = used[0]
    if day.value.get("excl") or day.value["k"] == "asap":
        return False  # "Vor dem vierten Juli, da heiratet meine Schwester", "the soonest you have, I'm in agony": it tells why.
    told = any(fill.start == day.end for fill in fills)  # "Dienstag bin ich beim Kieferorthopäden"
    if any(one.risk is Risk.HINDRANCE and _within_reach(one, used) for one in left) or (told and any(one.risk in CONTENT for one in left)):
        return True
    # "Samstag heiratet meine Schwester": an unknown verb, and who does it.
    verb = day.end + 1 < len(words) and Leftover(day.end, Risk.UNKNOWN) in left
    return verb and words[day.end + 1] in language.doubt.subjects


def _told_with_its_time(left: list[Leftover], used: list[Piece], scan: Scan, clauses: Clauses, language: Language) -> bool:
    """Whether nothing is asked for, and what the caller or another does then stands before the only time: "my parents arrive at six"."""
    if len(clauses.pieces) != 1 or all(piece.kind == "day" for piece in used) or len({piece.kind for piece in used}) < len(used):
        return False
    marks = [piece for piece in scan.pieces if piece.kind == "mark"]
    if len(scan.pieces) != len(used) + len(marks) or any(mark.value not in FILLING or mark.start > used[0].start for mark in marks):
        return False
    if language.doubt.asks(scan.parser.words):
        return False
    opened = min((mark.end for mark in marks if mark.value != "does"), default=used[0].start)
    return any(one.at < used[0].start and (one.risk is Risk.HINDRANCE or (one.at >= opened and one.risk is Risk.UNKNOWN)) for one in left)
