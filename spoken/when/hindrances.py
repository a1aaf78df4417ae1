"""What a caller tells about a day that rules it out, though no word of refusing is said.

"Mardi j'ai le dentiste", "el jueves hay huelga": a day followed by what happens on it. The language data name the
words that open such a clause; whether they rule the day out depends on what stands around them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from spoken.when.pieces import HANGING_MARKS, Piece

__all__ = ["DOING", "FILLING", "REFUSALS", "refusals_alone", "refused_once", "settled", "without_past_hours"]

REFUSALS: Final = frozenset({"cannot", "cannot_but", "cannot_that", "too_late", "too_early", "not_either"})
FILLING: Final = frozenset({"busy", "filled", "does"})
"""Marks of what fills a day: "tengo", "il y a", "c'est"."""
_PARTLY: Final = frozenset({"from", "until", "part"})
"""Times that leave something of the day."""
DOING: Final = 3
"""So many words may say what cannot be done then: "no puedo | estar ahí | antes de las tres"."""
_SAID_AGAIN: Final = 6
"""So many words may tell what fills a day before it is refused as well."""
_OBJECT: Final = 2
"""At least so many words tell what fills an hour, after a verb that says little, before another is wished."""
_REFUSING: Final = frozenset({"except", "not"})
_REACH: Final = 4
"""So many words may name what fills the day before its time is said: "j'ai le dentiste le matin"."""


def settled(pieces: list[Piece], count: int, turns: Collection[int] = ()) -> list[Piece]:
    """`pieces` of a text of `count` tokens with every mark of a hindrance turned into a refusal, or left out.

    `busy` ("j'ai", "tengo") and `filled` ("il y a") rule out the day before it when something follows that it may be about; `does` ("je",
    "c'est") only when another day is wished later on. `too` ("también") refuses when what was said before was refused,
    `between` ("entre les deux") makes a stretch of the last two times, and `perhaps` ("à la rigueur") is "or". A mark at one of
    the `turns` opens the decision and is about no day before it.
    """
    kept: list[Piece] = []
    skip = -1
    for index, piece in enumerate(pieces):
        if index <= skip:
            continue
        mark = piece.value if piece.kind == "mark" else None
        if mark == "suits" or (mark in FILLING and piece.start in turns):
            continue  # "This week I work, so | it's the afternoon"
        if (mark in FILLING or mark == "cannot") and _only_tells_why(kept, pieces[index + 1 :]):
            break
        if (mark in FILLING or mark == "cannot") and _said_again(kept, pieces[index + 1 : index + 2]):
            skip = index + 1
        elif mark in FILLING:
            skip = _hindered(kept, pieces, index, count, turns)
        elif mark == "cannot_but":
            # "I'd have liked Tuesday but I can't, Thursday", "I'm busy and can't do Tuesday"
            of_that = any(one.kind != "mark" for one in kept) and not _of_a_time(pieces, index)
            kept.append(Piece("mark", "cannot_that" if of_that else "cannot", piece.start, piece.end))
        elif mark == "too" or (mark == "so_is" and _names_nothing(pieces, index, turns)):
            if _said(kept, piece) and _refused_before(kept):
                kept.append(Piece("mark", "cannot_that", piece.start, piece.end))
        elif mark == "so_is":
            # "Monday's out and so is Tuesday", "Monday's fine and so is Tuesday"
            kept.append(Piece("mark", "not" if _refused_before([*kept, piece]) else "or", piece.start, piece.end))
        elif mark == "between":
            _between(kept, piece)
        elif mark == "perhaps":
            if index + 1 < len(pieces):
                kept.append(Piece("mark", "or", piece.start, piece.end))
        else:
            kept.append(piece)
    return kept


def _only_tells_why(kept: list[Piece], behind: list[Piece]) -> bool:
    """Whether an hour says what comes then, behind another one that is wished instead of what was on offer: "rather eleven, I work at two".

    It is the last that is said, and no day and no other hour was said before.
    """
    said = [piece.value.get("k") if piece.kind == "time" else piece.value for piece in kept]
    return (
        said in (["fix", "clock"], ["clock", "fix"])
        and len(behind) == 1
        and behind[0].kind == "time"
        and behind[0].value.get("k") == "clock"
    )


def _of_a_time(pieces: list[Piece], index: int) -> bool:
    """Whether a refusal is of the last thing said, a time behind it: "el martes pero no puedo | antes de las tres"."""
    before, after = pieces[index - 1], pieces[index + 1] if index + 1 < len(pieces) else None
    timed = after is not None and after.kind == "time" and after.value["k"] in _PARTLY and after.start - pieces[index].end <= DOING
    return timed and before.kind == "day" and index + 2 == len(pieces)


def _names_nothing(pieces: list[Piece], index: int, turns: Collection[int]) -> bool:
    """Whether no day follows a word for "so is": "mittwoch genauso | dann halt donnerstag"."""
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    return after is None or after.kind == "mark" or after.start > pieces[index].end or after.start in turns


def _said_again(kept: list[Piece], after: list[Piece]) -> bool:
    """Whether the day left out is named once more with what fills it: "except Thursday, I've a meeting Thursday"."""
    if len(kept) < 2 or not after or kept[-2].kind != "mark" or kept[-2].value not in ("except", "not"):
        return False
    return after[0].kind == kept[-1].kind == "day" and after[0].value == kept[-1].value


def _said(kept: list[Piece], mark: Piece) -> bool:
    """Whether a day or time stands right before a mark."""
    return bool(kept) and kept[-1].kind != "mark" and mark.start - kept[-1].end <= 1


def _refused_before(kept: list[Piece]) -> bool:
    """Whether what was said before the last days and times was refused."""
    for piece in reversed(kept):
        if piece.kind == "mark" and piece.value not in ("or", "so_is"):
            return piece.value in REFUSALS or piece.value == "no"
    return False


def _hindered(kept: list[Piece], pieces: list[Piece], index: int, count: int, turns: Collection[int]) -> int:
    """Rule out the day before the mark at `index`, if it does so; returns the index of the last piece that is settled by it."""
    mark = pieces[index]
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    if not kept or kept[-1].kind == "mark" or kept[-1].end != mark.start:
        return index
    if len(kept) > 1 and kept[-2].value in ("fix", "no") and _other_hour(kept[-1], mark, after):
        kept.pop()  # "At three, no, at three I pick up the kids, at half past four"
        return index
    if len(kept) > 1 and kept[-2].kind == "mark" and kept[-2].value in ("except", "not"):
        return index  # "Any day but Wednesday, I've got the kids": every Wednesday.
    if after is not None and after.value == "suits":
        return index + 1  # "From Monday we're closed here, so I'm free then"
    if after is not None and after.value == "cannot" and not _follows(pieces, index + 1):
        _this_once(kept)
        kept.append(Piece("mark", "cannot_that", mark.start, after.end))
        return index + 1  # "Dienstag bin ich auf Montage, da wird das nichts"
    object_after = (
        after is not None and after.kind == "time" and after.end < (pieces[index + 2].start if index + 2 < len(pieces) else count)
    )
    if (after.start if after is not None else count) <= mark.end and not object_after:  # "Dienstag hab ich um drei | Zahnarzt"
        return index  # "Mardi j'ai | dix heures" tells of nothing.
    if not _about_day(kept):
        # "Mardi dix heures, j'ai un train à midi": that time only tells why.
        told = mark.value != "does" and after is not None and after.kind == "time" and len(kept) > 1 and kept[-2].kind == "day"
        return index + 1 if told else index
    timed = after is not None and after.kind == "time" and after.start - mark.end <= _REACH
    timed = timed and after is not None and not any(mark.end <= turn <= after.start for turn in turns)
    if timed and index + 2 < len(pieces) and pieces[index + 2].kind == "mark" and pieces[index + 2].value in HANGING_MARKS:
        return index  # "Donnerstag muss ich um fünf im Kindergarten sein, also vorher"
    if timed and after is not None and kept[-1].value.get("k") == "part":
        # "Thursday morning I've the dentist, but the afternoon's clear"
        kept.append(Piece("mark", "cannot_that", mark.start, mark.end))
        return index
    rest = pieces[index + 2 :] if timed else pieces[index + 1 :]
    elsewhere = _other_day(rest) or (mark.value == "does" and _timed_before(kept))
    if not elsewhere and mark.value == "does":
        return index
    if timed and not elsewhere and after is not None and (after.value.get("k") == "part" or _timed(rest)):
        kept.append(Piece("mark", "except", mark.start, after.start))
        return index  # "Demain j'ai le dentiste le matin": the rest of that day is free.
    _this_once(kept)
    kept.append(Piece("mark", "cannot_that", mark.start, mark.end))
    return index + 1 if timed else index


def _other_hour(told: Piece, mark: Piece, after: Piece | None) -> bool:
    """Whether an hour only says when something else is, and another is wished right after it."""
    if after is None or after.kind != "time" or after.start - mark.end < (_OBJECT if mark.value == "does" else 1):
        return False
    return all(piece.kind == "time" and piece.value.get("k") == "clock" for piece in (told, after))


def _follows(pieces: list[Piece], index: int) -> bool:
    """Whether a day or time stands right behind the piece at `index`."""
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    return after is not None and after.kind != "mark" and after.start - pieces[index].end <= 1


def _this_once(kept: list[Piece]) -> None:
    """A wedding on Saturday does not rule out every Saturday."""
    for index in range(len(kept) - 1, -1, -1):
        piece = kept[index]
        if piece.kind == "day" and piece.value.keys() == {"k", "wd"}:
            kept[index] = Piece("day", {**piece.value, "which": "coming"}, piece.start, piece.end)
        if piece.kind == "day" and not (index > 1 and kept[index - 1].value == "or" and kept[index - 2].kind == "day"):
            return


def _about_day(kept: list[Piece]) -> bool:
    """Whether the last words name a day, perhaps with a part of it: "samedi matin"."""
    last = kept[-1]
    if last.kind == "day" and last.value.get("k") == "until" and last.value.get("excl"):
        return False  # "Before the weekend, I've a party on Saturday" tells why.
    return last.kind == "day" or (len(kept) > 1 and kept[-2].kind == "day" and kept[-2].end == last.start and last.value.get("k") == "part")


def _other_day(rest: list[Piece]) -> bool:
    """Whether another day is wished afterwards, not joined to the one before by "or" or "and"."""
    for before, piece in zip([None, *rest], rest, strict=False):
        if piece.kind == "day" and not piece.value.get("same"):  # "From the ninth on I'm off, could it be one of those days"
            if before is not None and before.kind == "mark" and before.value in _REFUSING:
                continue  # "… but not at the weekend"
            return before is None or before.kind != "mark" or before.value != "or"
    return False


def _timed_before(kept: list[Piece]) -> bool:
    """Whether another day was said with its time before the one that was said last, and nothing joins the two.

    But not of a day that is named once more: "Saturday, or Tuesday morning if Saturday's full".
    """
    day = next(index for index in range(len(kept) - 1, -1, -1) if kept[index].kind == "day")
    if any(piece.value == kept[day].value for piece in kept[:day]):
        return False
    for behind, piece in enumerate(reversed(kept[:day])):
        if piece.kind != "time":
            return piece.kind == "day" and behind > 0
    return False


def _timed(rest: list[Piece]) -> bool:
    return any(piece.kind == "time" for piece in rest)


def _inner(piece: Piece, side: str) -> Any:
    """The clock time at one end of a time."""
    value = piece.value
    if value["k"] == "range":
        return value["a" if side == "from" else "b"]
    return value.get("a", value)


def _between(kept: list[Piece], mark: Piece) -> None:
    """ "I finish at noon and start again at three, so between the two"."""
    times = [index for index, piece in enumerate(kept) if piece.kind == "time"]
    if len(times) < 2:
        kept.append(mark)  # Between what?
        return
    first, last = kept[times[-2]], kept[times[-1]]
    ends = _inner(first, "from"), _inner(last, "until")
    if any(end.get("k") != "clock" for end in ends):
        kept.append(mark)
        return
    days = [piece for piece in kept if piece.kind == "day"]
    kept[:] = [*days, Piece("time", {"k": "range", "a": ends[0], "b": ends[1]}, mark.start, mark.end)]


def without_past_hours(pieces: list[Piece]) -> list[Piece]:
    """ "Ayer a las cinco": the hour of a day gone by is no wish."""
    gone = {piece.end for piece in pieces if piece.kind == "day" and piece.value.get("k") == "past"}
    return [piece for piece in pieces if piece.kind != "time" or piece.start not in gone]


def refused_once(pieces: list[Piece]) -> list[Piece]:
    """The pieces without what only tells why the day before it was left out: "next week but not Wednesday, I've got the kids"."""
    kept: list[Piece] = []
    for index, piece in enumerate(pieces):
        left_out = len(kept) > 1 and kept[-1].kind == "day" and kept[-2].kind == "mark" and kept[-2].value in ("except", "not")
        ahead = index + 1 < len(pieces) and pieces[index + 1].kind != "mark"
        if not (piece.kind == "mark" and piece.value == "cannot" and left_out and not ahead):
            kept.append(piece)
    return kept


def refusals_alone(pieces: list[Piece]) -> list[Piece]:
    """ "Mañana no, que no puedo": one refusal, which is about what was said before."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.kind == "mark" and piece.value == "cannot" and len(kept) > 1:
            last = kept[-1]
            again = _SAID_AGAIN if last.value == "cannot_that" else 2
            if (
                last.kind == "mark"
                and last.value in ("cannot", "cannot_that")
                and piece.start - last.end <= again
                and kept[-2].kind != "mark"
            ):
                continue  # "Dienstag kann ich nicht, da hab ich Physio", "el veintitrés es la feria de aquí, no puedo"
            if last.kind == "mark" and last.value in ("no", "fix") and piece.start - last.end <= 1 and kept[-2].kind != "mark":
                kept[-1] = Piece("mark", "cannot_that", last.start, piece.end)
                continue
        kept.append(piece)
    return kept
