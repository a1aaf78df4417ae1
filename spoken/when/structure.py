"""Signs in the structure of a sentence that something said about when is missing from the wish."""

from __future__ import annotations

import itertools
from typing import Final

from spoken.when.clauses import Clauses
from spoken.when.hindrances import REFUSALS
from spoken.when.language import Language
from spoken.when.pieces import Piece, Scan
from spoken.when.reasons import hindering
from spoken.when.residue import Leftover, Risk
from spoken.when.scanning import shared as said_of_each
from spoken.when.wish import Wish

__all__ = ["missing", "shared_across"]

_APART: Final = 3
"""So many words between two days, beside "or", make two thoughts of them."""
_WISHING: Final = frozenset({"wish", "suits"})
_OPEN: Final = frozenset({"any", "asap"})


def missing(left: list[Leftover], used: list[Piece], scan: Scan, clauses: Clauses, wish: Wish, language: Language) -> bool:
    """Whether a decision, an alternative or a comparison was heard that did not find its way into the `wish`.

    `left` are the words that nobody understood, `used` the pieces that decide.
    """
    return (
        _undecided(left, used, scan)
        or _open_end(used, clauses, wish)
        or _denied_at_last(scan, wish)
        or _half_an_alternative(used, scan, language)
        or _lost_alternative(left, used, scan, clauses, language)
        or _compared(used, scan)
        or _bound_refused(used, scan, wish)
    )


def _undecided(left: list[Leftover], used: list[Piece], scan: Scan) -> bool:
    """Whether what follows "so" was not understood: "I'm off from the third to the tenth, so when I'm back"."""
    turns = [piece.end for piece in scan.pieces if piece.kind == "mark" and piece.value == "so" and piece.start >= used[-1].end]
    return any(one.at >= turn for turn in turns for one in left)


def _open_end(used: list[Piece], clauses: Clauses, wish: Wish) -> bool:
    """Whether "any time" is decided after days that were told, and nothing says on which side of them: "any time on my return"."""
    told = [piece for piece in wish.used if piece.start < clauses.begins[-1] and piece.kind == "day" and piece.start not in wish.refused]
    days = [piece.value["k"] for piece in used if piece.kind == "day"]
    left_open = any(day["k"] in _OPEN for group in wish.groups for day in group.days)
    return bool(told) and bool(days) and left_open and all(kind in _OPEN for kind in days)


def _denied_at_last(scan: Scan, wish: Wish) -> bool:
    """Whether a "no" at the very end, which leaves no day, may be a question: "in two weeks, that would be the twenty-third, no"."""
    last = scan.pieces[-1]
    final = last.kind == "mark" and last.value == "no" and last.end == scan.parser.count
    if not final or any(group.days or group.times for group in wish.groups):
        return False
    days = [piece.value for piece in scan.pieces if piece.kind == "day"]
    return len(days) > 1 and days[-1] not in days[:-1]


def _half_an_alternative(used: list[Piece], scan: Scan, language: Language) -> bool:
    """Whether "or" stands between a day and the only time, which is of no day: "the day before or early that same morning"."""
    marks = [piece for piece in scan.pieces if piece.kind == "mark" and piece.value == "or"]
    ors = [piece for piece in marks if scan.parser.words[piece.start] not in language.doubt.joining]
    first = next((index for index, piece in enumerate(used) if piece.kind == "time"), 0)
    if not first or any(piece.kind != "time" for piece in used[first:]):
        return False
    before, after = used[first - 1], used[first]
    if "with" in before.value:
        return False  # "This afternoon or evening"
    joined = any(before.end == piece.start and piece.end == after.start for piece in ors)
    return joined and after.value["k"] != "two" and not any(after.end <= piece.start for piece in ors)


def _lost_alternative(left: list[Leftover], used: list[Piece], scan: Scan, clauses: Clauses, language: Language) -> bool:
    """Whether one of several things wished was not understood, or a decision replaced more of them than it was about.

    "Either nice and early or in the evening"; "this afternoon or tomorrow, well, Monday then".
    """
    ors = [piece for piece in scan.pieces if piece.kind == "mark" and piece.value == "or"]
    begin, end = used[0].start, used[-1].end
    for one, other in itertools.pairwise(scan.pieces):
        between = one in ors and other in ors and one.end < other.start and other.end <= end
        if between and any(one.end <= word.at < other.start for word in left):
            return True
    if ors and ors[-1] is scan.pieces[-1] and _named_behind(ors[-1].end, left):
        return True
    if len(clauses.pieces) < 2 or begin < clauses.begins[-1] or used[0].kind != "day":
        return False
    told = clauses.pieces[-2]
    days = [piece.kind == "day" for piece in told]
    refused = any(piece.kind == "mark" and piece.value != "or" for piece in told)
    chosen = used[0].value.get("wd", used[0].value.get("d"))
    if chosen is not None and any(
        is_day and chosen in (piece.value.get("wd"), piece.value.get("d")) for is_day, piece in zip(days, told, strict=True)
    ):
        return False  # "Thursday or Friday, preferably Thursday"
    plain = [piece for piece in ors if piece.end - piece.start > 1 or scan.parser.words[piece.start] not in language.doubt.joining]
    content = [piece.kind != "mark" for piece in told]
    return (
        not refused
        and any(days)
        and any(piece in plain and 0 < at < len(told) - 1 and content[at - 1] and days[at + 1] for at, piece in enumerate(told))
    )


def _named_behind(at: int, left: list[Leftover]) -> bool:
    """Whether a word that refers to another stands behind the last "or": "the third Saturday or the | previous | one"."""
    return any(one.risk is Risk.RELATION and at <= one.at <= at + 1 for one in left)


def _compared(used: list[Piece], scan: Scan) -> bool:
    """Whether something later or earlier is wished for than the time that was said: "change the half past three for something later"."""
    taken = [(piece.start, piece.end) for piece in scan.pieces]
    harmless = [(at, found[0][0]) for at in range(scan.parser.count) if (found := scan.parser.read("harmless", at)[0])]
    for at in range(used[0].start, scan.parser.count):
        found, _ = scan.parser.read("shift", at)
        if not found or found[0][1] == "other_day" or any(begin < found[0][0] and at < end for begin, end in taken):
            continue
        within = any(begin < at and found[0][0] <= end for begin, end in scan.skipped)  # "At nine, and no | later"
        if not within and not any(begin < found[0][0] and at < end for begin, end in harmless):
            return True
    return False


def _bound_refused(used: list[Piece], scan: Scan, wish: Wish) -> bool:
    """Whether a refusal behind a bound may be about the time before it: "no point before the twentieth, I'm not here"."""
    last = used[-1]
    bounds = last.kind == "day" and last.value["k"] == "until" and bool(last.value.get("excl")) and last.start not in wish.refused
    behind = [piece for piece in scan.pieces if piece.start >= last.end]
    refusals = [at for at, piece in enumerate(behind) if piece.kind == "mark" and piece.value in REFUSALS]
    # "Before Friday, because Friday | I work": of the day right before it
    return bounds and any(not at or behind[at - 1].kind != "day" for at in refusals)


def shared_across(used: list[Piece], scan: Scan, wish: Wish, language: Language) -> bool:
    """Whether a time said with the last of several days may be of that day alone: "today would be great, or else tomorrow morning"."""
    shared = next((group for group in wish.groups if len(group.days) > 1 and group.times), None)
    days = [piece for piece in used if piece.kind == "day"]
    first = next((piece.start for piece in used if piece.kind == "time" or "with" in piece.value), None)
    if shared is None or shared.time_first or first is None or first < days[-1].start or said_of_each(scan.parser, language):
        return False
    for before, after in itertools.pairwise(days):
        between = [piece for piece in scan.pieces if before.end <= piece.start < after.start]
        values = {piece.value for piece in between if piece.kind == "mark" and scan.parser.words[piece.start] not in language.doubt.joining}
        apart = bool(values & _WISHING) or after.start - before.end - sum(piece.end - piece.start for piece in between) >= _APART
        of_condition = any(hindering(scan.parser.words[piece.start : piece.end], language) for piece in between if piece.value == "perhaps")
        if values & {"or", "perhaps"} and (apart or of_condition):
            return True
    return False
