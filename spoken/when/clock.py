"""Times of day: what a spoken hour means in a business with opening hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from spoken.when.moment import Moment

__all__ = ["PARTS", "Stretch", "carried", "join_times", "part_of", "portion_of", "shifted", "times_of"]

PARTS: Final[Mapping[str, tuple[int, int]]] = {
    "morning": (360, 720),
    "noon": (690, 840),
    "afternoon": (720, 1080),
    "evening": (1020, 1320),
    "early morning": (360, 540),
    "mid morning": (540, 660),
    "late morning": (600, 720),
    "early afternoon": (720, 900),
    "mid afternoon": (840, 960),
    "late afternoon": (960, 1080),
    "early evening": (1020, 1140),
    "late evening": (1200, 1320),
    "end of day": (1020, 1140),
    "before work": (360, 540),
    "after work": (1020, 1320),
    "after school": (960, 1140),
    "after lunch": (780, 1080),
    "before lunch": (600, 720),
    "daytime": (480, 1080),
}
"""Minutes from midnight, the end exclusive. The first four are fixed by the contract, the rest in docs/conventions-time.md."""

_NOON_AND_AFTER: Final = frozenset({"pm", "afternoon", "evening", "early afternoon", "mid afternoon", "late afternoon", "early evening"})
_EVENINGS: Final = frozenset({"evening", "late evening"})
_SMALL_HOURS: Final = 240
_WHOLE_DAY: Final = 1440
_HALF_HOURS: Final = 12
_LONGER: Final = 180
"""Minutes by which a part of the day may be meant to last longer than it is counted."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time of day in minutes from midnight; an instant, or open, without `end`."""

    start: int
    end: int | None
    grain: str
    opens: bool = False
    closes: bool = False


def part_of(minute: int) -> str:
    """The part of the day that an instant lies in: how an exact time is kept when only the day changes."""
    if minute < 720:
        return "morning"
    return "afternoon" if minute < 1020 else "evening"


def portion_of(spec: Mapping[str, Any], portion: str) -> dict[str, Any] | None:
    """The early, middle or late portion of a part of the day, or `None` when it has none."""
    part = f"{portion} {spec['part']}" if spec["k"] == "part" else ""
    return {"k": "part", "part": part} if part in PARTS else None


def _clock_options(spec: Mapping[str, Any], opening: tuple[int, int] | None) -> list[int]:
    """The minutes from midnight that a clock time may mean; one when opening hours decide."""
    hour, minute = divmod(int(spec["hhmm"]), 100) if "hhmm" in spec else (int(spec["hour"]), int(spec.get("minute", 0)))
    if hour > 24 or minute > 59:
        return []
    minutes = (hour * 60 + minute + int(spec.get("plus", 0)) - int(spec.get("minus", 0))) % _WHOLE_DAY
    part = spec.get("mer")
    if part in _EVENINGS and (60 <= minutes % 720 < _SMALL_HOURS or minutes % 720 == 0):
        # "Tonight at twelve" is when the day is over; "tonight at one" is none of the hours of that day.
        return [_WHOLE_DAY] if minutes == 0 or (minutes == 720 and not spec.get("exact")) else []
    # "07:30" is in the morning, but "07:30 pm" is not.
    if (spec.get("exact") and (part not in {*_NOON_AND_AFTER, "night"} or hour == 12)) or hour > 12 or hour == 0:
        return [minutes]
    early = minutes % 720
    late = early + 720
    if part is None:
        if opening is None:
            return [early, late]
        within = [m for m in (early, late) if opening[0] <= m < opening[1]]
        return within if len(within) == 1 else [early, late]
    if part in _EVENINGS and early < 60:
        return [early]
    if part == "noon":
        return [early] if early >= 660 else [late]
    if part == "night":
        return [late] if 300 <= early < 720 else [early or _WHOLE_DAY]
    if part in _NOON_AND_AFTER or part in ("late evening", "end of day", "after work", "after school", "after lunch"):
        return [late]
    if part == "am":
        return [early]
    return [late] if hour == 12 and early < 60 else [early]


def carried(spec: Mapping[str, Any], hour: Mapping[str, Any]) -> dict[str, Any]:
    """ "Half past", said after an hour: of that hour."""
    own = {key: value for key, value in hour.items() if key not in ("minute", "plus", "minus", "bare")}
    return {**own, **{key: value for key, value in spec.items() if key != "k"}}


def _ends_inside(start: int, ends: list[int], opening: tuple[int, int]) -> int:
    """How many of the two ends of a stretch lie within opening hours."""
    last = min((m for m in ends if m > start), default=None)
    return 0 if last is None else (opening[0] <= start < opening[1]) + (opening[0] < last <= opening[1])


def _range_options(spec: Mapping[str, Any], opening: tuple[int, int] | None) -> list[Stretch]:
    first, last = dict(spec["a"]), dict(spec["b"])
    if last["k"] == "carry":
        last = carried(last, first)
    part = spec.get("mer") or last.get("mer")
    if part is not None:
        last.setdefault("mer", part)
    ends = [minutes or _WHOLE_DAY for minutes in _clock_options(last, None)]  # "From eight to midnight"
    if part is not None and "mer" not in first and not first.get("exact") and int(first.get("hour", 12)) <= 12 and ends:
        # "from ten to two in the afternoon": the latest beginning that comes before the end.
        starts = [m for m in _clock_options(first, None) if m < ends[-1]][-1:]
    elif part is None and opening is not None:
        # "From half past six to nine" is in the morning although it begins before the doors open.
        inside = {start: _ends_inside(start, ends, opening) for start in _clock_options(first, None)}
        starts = [start for start, count in inside.items() if count == max(inside.values())]
    else:
        starts = _clock_options(first, opening)
    found = []
    for start in starts:
        after = [m for m in ends if m > start]
        if after:
            found.append(Stretch(start, min(after), "minute"))
    return found


def _from_to(spec: Mapping[str, Any], opening: tuple[int, int] | None) -> list[Stretch]:
    """What "five to six p.m." may be beside five minutes to six, said `to` the hour that follows and with its half of the day."""
    if not spec.get("to") or "mer" not in spec or int(spec["minus"]) + 1 != int(spec["hour"]):
        return []
    ends = ({"k": "clock", "hour": spec[end], "mer": spec["mer"]} for end in ("minus", "hour"))
    return _range_options(dict(zip(("k", "a", "b"), ("range", *ends), strict=True)), opening)


def times_of(spec: Mapping[str, Any], moment: Moment, day: dt.date | None) -> list[Stretch]:
    """Every stretch of the day that `spec` may mean on `day` (or on any day); several when it is ambiguous."""
    kind = spec["k"]
    opening = moment.opening(day)
    if kind == "clock":
        return [*(Stretch(m, None, "minute") for m in _clock_options(spec, opening)), *_from_to(spec, opening)]
    if kind == "part":
        start, end = PARTS[spec["part"]]
        return [Stretch(start, end, "part_of_day")]
    if kind == "range":
        return _range_options(spec, opening)
    if kind in ("from", "until"):
        return _bounded(spec, moment, day)
    if kind == "same":
        return [] if moment.same is None else [Stretch(moment.same.hour * 60 + moment.same.minute, None, "minute")]
    if kind == "shift":
        if moment.same is None:
            return []
        shifted = moment.same.hour * 60 + moment.same.minute + int(spec.get("n", 1)) * int(spec["unit"])
        return [Stretch(shifted, None, "minute")] if 0 <= shifted < _WHOLE_DAY else []
    return []


def _bounded(spec: Mapping[str, Any], moment: Moment, day: dt.date | None) -> list[Stretch]:
    """ "After five", "before noon", within a part of the day when one was said too."""
    limit = dict(spec["a"])
    part = spec.get("mer")
    if part is not None and limit["k"] == "clock":
        limit.setdefault("mer", part)
    frame = PARTS.get(part) if isinstance(part, str) else None
    found = []
    for stretch in _ends_of(spec, limit, moment, day):
        if spec["k"] == "from":
            start = stretch.start if stretch.end is None or spec.get("within") else stretch.end
            if limit.get("exact") and limit["k"] == "clock" and limit.get("hour") == 0 and "minute" not in limit:
                start = _WHOLE_DAY  # "After midnight" is when the day is over.
            end = frame[1] if frame and frame[1] > start else None
            found.append(Stretch(start, end, "minute", opens=True))
        else:
            end = stretch.end if spec.get("within") and stretch.end is not None else stretch.start or _WHOLE_DAY
            start = frame[0] if frame and frame[0] < end else 0
            found.append(Stretch(start, end, "minute", closes=True))
    return found


def _ends_of(spec: Mapping[str, Any], limit: Mapping[str, Any], moment: Moment, day: dt.date | None) -> list[Stretch]:
    """The hours that a bound may mean: none before which the doors are closed, where another is left ("no later than seven")."""
    found = times_of(limit, moment, day)
    opening = moment.opening(day)
    if spec["k"] != "until" or opening is None or len(found) == 1:
        return found
    return [stretch for stretch in found if stretch.start > opening[0]] or found


def shifted(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any] | None:
    """ "It was down for nine, I'd need an hour later": the hour that was said, so much later or earlier; `None` for anything else."""
    if one["k"] != "clock" or other["k"] != "shift" or "unit" not in other:
        return None
    return {**one, "plus": int(one.get("plus", 0)) + int(other.get("n", 1)) * int(other["unit"])}


def outside_part(part: Mapping[str, Any], time: Mapping[str, Any]) -> bool:
    """Whether an hour that leaves its half of the day open is in neither half of a part of the day: half past five and the morning.

    The part may last longer than it is counted here: "por la tarde, el jueves a las nueve".
    """
    if part["k"] != "part" or time["k"] != "clock" or "mer" in time or time.get("exact") or not 0 < int(time.get("hour", 0)) <= _HALF_HOURS:
        return False
    minutes = int(time["hour"]) % _HALF_HOURS * 60 + int(time.get("minute", 0)) + int(time.get("plus", 0)) - int(time.get("minus", 0))
    begin, end = PARTS[part["part"]]
    return not any(begin <= minutes + half <= end + _LONGER for half in (0, _HALF_HOURS * 60))


def join_times(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any] | None:
    """Two descriptions of one time ("in the afternoon", "at three") as one, or `None` when they are two times."""
    if one["k"] == "part" and other["k"] != "part":
        one, other = other, one
    if other["k"] != "part":
        bounds = {one["k"]: one, other["k"]: other}
        if bounds.keys() == {"from", "until"} and bounds["from"]["a"]["k"] == "clock" and bounds["until"]["a"]["k"] == "clock":
            return {"k": "range", "a": bounds["from"]["a"], "b": bounds["until"]["a"]}
        return None
    if one["k"] == "part":
        for wide, narrow in ((one, other), (other, one)):
            portion = portion_of(wide, str(narrow["narrows"])) if "narrows" in narrow else None
            if portion is not None:
                return portion  # "Por la tarde, a última hora"
        first, second = PARTS[one["part"]], PARTS[other["part"]]
        if first[0] >= second[0] and first[1] <= second[1]:
            return dict(one)
        if second[0] >= first[0] and second[1] <= first[1]:
            return dict(other)
        # "In the afternoon, after school": the narrower one, when they share most of it.
        narrow = min(one, other, key=lambda spec: PARTS[spec["part"]][1] - PARTS[spec["part"]][0])
        shared = min(first[1], second[1]) - max(first[0], second[0])
        return dict(narrow) if shared * 2 >= PARTS[narrow["part"]][1] - PARTS[narrow["part"]][0] else None
    if one.get("mer") == "am" and other["part"] in _EVENINGS:
        # "Tonight at 1 am" is tomorrow already, and no wish; "tonight at 12 am" is midnight.
        return {**one, "mer": other["part"]} if one.get("hour") == 12 else {"k": "never"}
    return {"mer": other["part"], **one}
