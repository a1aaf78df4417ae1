"""The wish as it grows piece by piece: where a day or a time goes, and what it takes the place of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.when.anchors import after_anchor, other_than, relengthened
from spoken.when.clock import PARTS, join_times, outside_part, portion_of, shifted
from spoken.when.joined_days import SPANS, counted_week, enclose, has_portion, join_days, of_each, of_each_part, portion_said, share_week
from spoken.when.pieces import Piece, side_by_side
from spoken.when.wish import Group, Spec, Wish

__all__ = ["SINGLE_DAYS", "Composer"]

SINGLE_DAYS: Final = frozenset({"wd", "date", "rel", "holiday"})
_WIDE: Final = frozenset({"week", "week_of", "month"})
"""Kinds of days that a day said after them may be one of."""


class Composer:
    """A wish in the making, and what the words said so far mean for the next day or time."""

    def __init__(self, base: Spec | None = None, told: Wish | None = None) -> None:
        self.wish = Wish()
        self.alternative = False
        self.fixing: set[str] = set()
        self.last_ruled_out: Group | None = None
        self.base = base
        """The day said last before, or ruled out: "not tomorrow, the day after"."""
        self.frame: tuple[Spec, Spec] | None = None
        """Several days and the one of them that was said last: "next week, but Monday I can't"."""
        self.gap = 0
        """Words between the piece at hand and the one before that nobody understood."""
        self.in_a_row = False
        """Whether a time stands right before the time at hand: "at ten, half past ten"."""
        self.told = told if told is not None else Wish()
        """What was told before the decision."""
        self.beside_day = False
        """Whether a day stands right before the time at hand: "by Thursday noon"."""
        self.again: Group | None = None
        """The group of a day that was said once more: for its time, or to decide for it."""
        self.narrowing = False
        """Whether a correction may only say more exactly what was meant: "next week, rather the Thursday"."""
        self.otherwise = False
        """Whether the days to come share no time with those before: "Sunday, otherwise Saturday morning"."""
        self.loose = False
        """Whether a bound hangs in the air unless a day follows: "a la vuelta, el sábado"."""

    @property
    def refused(self) -> list[Group]:
        """What was ruled out so far, in what was told before too."""
        return [*self.told.ruled_out, *self.wish.ruled_out]

    @property
    def hour_told(self) -> bool:
        """Whether a time and no day was told before the decision: "I finish at five"."""
        return not self.told.ruled_out and any(group.times for group in self.told.groups) and not self.day_told

    @property
    def day_told(self) -> bool:
        """Whether a day was told before the decision and not refused."""
        return any(group.days for group in self.told.groups)

    def day(self, spec: Spec) -> None:
        groups = self.wish.groups
        if not groups:
            groups.append(Group())
        group = groups[-1]
        self.loose = False
        fixing = "day" in self.fixing
        self.fixing.discard("day")
        base = group.days[-1] if group.days else self.base
        listed = self.alternative or not self.gap
        if listed and self.frame is not None and spec.keys() == {"k", "wd"} and group.days[-1:] == [self.frame[1]]:
            # "Next week, Tuesday or Thursday": both lie in that week.
            spec = join_days(self.frame[0], spec) or spec
            self.frame = (self.frame[0], spec)
        elif base is not None and (self.alternative or not group.days or (listed and base.get("led") and spec.keys() == {"k", "wd"})):
            spec = after_anchor(spec, base) if self.alternative else portion_said(spec, after_anchor(spec, base, told=not group.days), base)
        if spec["k"] == "date" and not spec.keys() & {"m", "month_offset", "wd"} and base is not None and base["k"] == "holiday":
            spec = {**spec, "near": base}  # "Boxing Day you're closed, so the twenty-ninth"
        if spec.get("after_same") and base is not None and base["k"] == "week":
            spec = {"k": "other"}
        refused = not group.days and spec == self.base and spec["k"] == "week" and any(spec in one.days for one in self.refused)
        if (spec["k"] == "other" or refused) and base is not None:
            spec = other_than(base)
            self.wish.ruled_out = [one for one in self.wish.ruled_out if one.times or one.days[-1:] != [base]]
            fixing = not self.alternative
        elif spec["k"] == "around" and base is not None:
            told = base["k"] == "from"  # "We're back on the third, so the day after"
            fixing = fixing or ((told or self.gap > 1) and not self.alternative)
            spec = {**spec, "k": "beside", "a": base["a"] if told or base["k"] == "agree" else base}
            self.wish.unsure = self.wish.unsure or not (fixing or self.alternative or not group.days)
            self.alternative = self.alternative or not fixing
        if fixing and group.days:
            said = group.days[-1]
            group.days[-1] = self._corrected(said, spec, base)
            inside = self.narrowing and _wide(said) and spec["k"] in ("wd", "date") and group.days[-1] != spec
            self.frame = (said, group.days[-1]) if inside else self.frame  # "Next week, or rather the Thursday or the Friday"
            return
        within = not self.gap and not self.alternative and bool(group.days) and group.days[-1]["k"] in SPANS
        if len(group.days) > 1 and not group.times and not within and self._said_again(spec):
            return  # But in "Friday or, the week after, Friday" it is another one.
        if group.days and (not self.alternative or enclose(group.days[-1], spec)):
            joined = None if self._apart(group.days[-1], spec) else join_days(group.days[-1], spec)
            share_week(group.days, joined)
            if joined is not None:
                self.alternative = False
                group.times = of_each_part(joined, group.times) if group.days[-1]["k"] == "any" else group.times
                self.frame = (group.days[-1], joined) if group.days[-1]["k"] in SPANS and spec["k"] in ("wd", "date") else None
                group.days[-1] = joined
                return
        # "Quatorze heures mardi ou mercredi": a time said first holds for all the days that follow it.
        first_holds = group.time_first and not group.time_after_day
        if (self._closed(group) or (self.otherwise and group.days)) and not first_holds:
            group = Group()
            groups.append(group)
        elif group.times and not group.days:
            group.time_first = True
            group.times = of_each_part(spec, group.times)
        if not self.alternative and not first_holds and any(one.days for one in groups) and self.gap > 1:
            self.wish.unsure = True
        if listed:
            share_week(group.days, spec, added=True)  # "Lundi, jeudi, vendredi de la semaine prochaine"
        group.linked = group.linked + 1 if self.alternative and group.days else 0
        group.days.append(spec)
        self.alternative = self.otherwise = False

    def _said_again(self, spec: Spec) -> bool:
        """ "Tuesday or Wednesday, but Wednesday after five", "… and if it's Wednesday": the time to come is of that day alone."""
        group = self.wish.groups[-1]
        plain = {frozenset({"k", "wd"}): "wd", frozenset({"k", "d"}): "d"}.get(frozenset(spec))  # "… but on the sixth"
        again = next((one for one in group.days if one == spec or (plain and one.get(plain) == spec[plain])), None)
        if again is None:
            return False
        self.alternative = False
        group.days.remove(again)
        self.wish.groups.append(Group([again]))
        self.again = self.wish.groups[-1]
        return True

    def _closed(self, group: Group) -> bool:
        """Whether a day to come has no part in the times of a group."""
        if group.days:
            return bool(group.times) and (group.time_after_day or group.time_first)
        return self.alternative and self.day_told and bool(group.times)  # "If it's Monday it'll have to be before ten, otherwise Tuesday"

    def doubt_repetition(self) -> None:
        """ "The fourth or the sixth, no, the sixth's a Sunday, the fourth": said once more, but not for its time."""
        if self.again is not None and not self.again.times and not self.wish.ruled_out:
            self.wish.unsure = True

    def set_apart(self, day: Spec) -> bool:
        """ "The first, the second, or the third but only first thing that day": the time said last is of the last day alone."""
        group = self.wish.groups[-1] if self.wish.groups else Group()
        if self.gap or len(group.days) < 2 or group.days[-1] != day or len(group.times) != 1 or not group.time_after_day:
            return False
        self.wish.groups.append(Group([group.days.pop()], [group.times.pop()], time_after_day=True))
        return True

    def _apart(self, last: Spec, spec: Spec) -> bool:
        """Whether the words between two days keep them apart, which would else be one."""
        if last["k"] in ("until", "from") and spec["k"] in ("wd", "rel"):
            return self.gap > 1  # "Before the weekend, I've a party on Saturday"
        return self.gap > 0 and spec["k"] == "holiday" and last["k"] == "date"  # "On the thirtieth, but New Year's Eve is out"

    def _corrected(self, said: Spec, spec: Spec, base: Spec | None) -> Spec:
        """What takes the place of the day that was `said`."""
        within = join_days(said, spec) if self.narrowing and _wide(said) and said != spec else None
        if within is not None:
            return within  # "Next week, or rather the Thursday"
        weeks = relengthened(base, 7 * int(spec.get("n", 1))) if spec["k"] == "in" and spec["unit"] == "week" else None
        return spec if weeks is None or base is None or base["k"] not in ("wd", "within") else weeks

    def narrow(self, spec: Spec) -> None:
        """ "En septembre, plutôt au début": which portion of what was said before is meant; nothing when that has none."""
        self.fixing.clear()
        group = self.wish.groups[-1] if self.wish.groups else Group()
        if group.times:
            portion = portion_of(group.times[-1], str(spec["part"]))
            group.times[-1] = group.times[-1] if portion is None else portion
            return
        if spec.get("of") == "part":
            return  # "Not too late" of a day or a week says nothing.
        base = group.days[-1] if group.days else self.base
        if base is None or not has_portion(base, spec):
            return
        narrowed: Spec = {**base, "part": spec["part"]}
        if group.days and not self.alternative:
            group.days[-1] = narrowed
        else:
            self.day(narrowed)

    def time(self, spec: Spec) -> None:
        groups = self.wish.groups
        if spec["k"] == "same":
            # "Wednesday at eleven or Thursday at the same time"
            spec = next((time for one in reversed(groups) for time in reversed(one.times) if time["k"] != "same"), spec)
        if not groups:
            groups.append(Group())
        group = groups[-1]
        if group.days and not self.beside_day:
            spec = of_each(group.days[-1], spec)
            self.wish.idle = self.wish.idle or (spec["k"] == "clock" and "each" in spec)  # "By Friday … at three": on each day until then?
        fixing = "time" in self.fixing
        self.fixing.discard("time")
        if fixing and group.times:
            narrowed = join_times(group.times[-1], spec) if "narrows" in spec else None  # "In the morning, or rather late"
            group.times[-1] = narrowed or spec
            return
        bounds = bool(group.times) and group.times[-1]["k"] == "from" and spec["k"] == "until"  # "from ten and until twelve" too
        if group.times and (bounds or not self.alternative):
            joined: Spec | None = shifted(group.times[-1], spec) or join_times(group.times[-1], spec)
            if joined is not None and group.time_first and outside_part(group.times[-1], spec):
                joined, self.wish.unsure_times = spec, True  # "I've no car in the morning, let's say Thursday at half past five"
            if joined is None and group.times[-1]["k"] == "from" and spec["k"] == "clock" and not group.time_first:
                joined = spec  # "Later than two, say half four"
            if group.times[-1]["k"] == "same" and spec["k"] == "clock":
                joined = spec  # "At the same time, half past nine"
            if joined is not None:
                group.times[-1] = joined
                return
        if group.time_first and group.days and group.times:
            own = [group.days.pop()] if len(group.days) > 1 and not self.alternative else []
            # "My train is at eleven … Friday before ten": one day, two times, and nothing that joins them.
            self.wish.unsure_times = self.wish.unsure_times or not (own or self.alternative or self.in_a_row)
            group = Group(own)
            groups.append(group)
        if group.days:
            group.time_after_day = True
            last = group.days[-1]
            instant = spec == {"k": "part", "part": "noon"}
            excludes = last["k"] in ("until", "from") and last.get("excl") and not self.gap and last["a"]["k"] in SINGLE_DAYS
            if excludes and spec["k"] == "part" and not spec.get("each"):
                # "Before tomorrow evening" ends when it begins, "after Monday morning" begins when it ends.
                minutes = 720 if instant else PARTS[spec["part"]][last["k"] == "from"]
                spec = {"k": "clock", "hour": minutes // 60, "minute": minutes % 60, "exact": True}
            if excludes and spec["k"] == "clock" and not spec.get("each"):
                group.days[-1] = {**last, "excl": False}  # "Before Friday noon" is until then, "after Friday at ten" from then on.
        bounded = any(day["k"] in ("until", "from") for day in group.days[:-1]) and group.days[-1]["k"] not in ("until", "from")
        if bounded and not group.times:  # "Before Tuesday, or else Tuesday at half past six"
            group = Group([group.days.pop()], time_after_day=True)
            groups.append(group)
        if group.times and not self.alternative and not self.in_a_row and group.times[-1]["k"] not in ("same", "shift"):
            self.wish.unsure_times = True
        group.times.append(spec)
        self.alternative = False

    def beyond_last(self, side: str) -> None:
        """ "Six is too late": nor can be what is later still."""
        out = self.wish.ruled_out[-1] if self.wish.ruled_out else None
        if out is not None and out.times and out.times[-1]["k"] == "clock":
            out.times[-1] = {"k": side, "a": out.times[-1], "soft": True}

    def last_day(self) -> Spec | None:
        """The day said last."""
        return next((group.days[-1] for group in reversed(self.wish.groups) if group.days), None)

    def nothing_before(self) -> bool:
        """Whether no day was said that another could be the next of."""
        return self.base is None and not any(group.days for group in self.wish.groups)

    def rule_out_last(self) -> None:
        """ "Monday I can't": what was said last is what cannot be."""
        if not self.wish.groups:
            return
        group = self.wish.groups[-1]
        if group.days and group.days[-1]["k"] == "asap":
            if group.times:
                self.wish.ruled_out.append(Group([], group.times))  # "As soon as you can, but mornings I work"
                group.times = []
            return  # "As soon as you can, I'm in real pain": nobody refuses that.
        self.wish.refused += [piece.start for piece in self.wish.used[-1:]]
        if group.days and len(group.times) > 1 and side_by_side(self.wish.used[-2:]):
            self.wish.ruled_out.append(Group([], [group.times.pop()]))  # "Next week but in the afternoon, mornings I can't"
            self.wish.unsure_times = False
            return
        if _part_apart(self.wish.used[-2:]) and len(group.times) == 1:
            self.wish.ruled_out.append(Group([], [group.times.pop()]))  # "Tuesday, but the afternoon I can't"
            return
        first = len(group.days) - 1 - min(group.linked, len(group.days) - 1)
        if self.frame is not None and group.days and group.days[-1] is self.frame[1] and not group.time_after_day:
            self.wish.ruled_out.append(Group(group.days[first:]))  # "Next week Monday and Tuesday I can't"
            group.days[first:] = [self.frame[0]]
            return
        days, group.days = group.days[first:], group.days[:first]
        times: list[Spec] = []
        if not group.days:
            times, group.times = group.times, []
            self.wish.groups.pop()
        elif group.time_after_day:
            times, group.times = group.times, []
        self.wish.ruled_out.append(Group(days, times))
        self.wish.unsure = self.wish.unsure and sum(len(one.days) for one in self.wish.groups) > 1
        self.base = days[-1] if days else self.base
        self.alternative = False


def _part_apart(last: Sequence[Piece]) -> bool:
    """Whether a part of the day was said last, and something stands between it and its single day: "Tuesday, | but | the afternoon"."""
    kinds = [piece.kind for piece in last]
    return kinds == ["day", "time"] and last[0].value["k"] in SINGLE_DAYS and last[1].value["k"] == "part" and last[0].end < last[1].start


def _wide(day: Spec) -> bool:
    """Whether a day may be told more exactly: "next week, or rather the Thursday", "in two weeks, or rather the Thursday"."""
    return day["k"] in _WIDE or counted_week(day) is not None
