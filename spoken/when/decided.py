"""A decision after what was told: "I've Tuesday at ten, so could we make it Wednesday"."""

from __future__ import annotations

from typing import Final

from spoken.when.anchors import hung_day, hung_time
from spoken.when.clock import join_times
from spoken.when.joined_days import join_days, of_each
from spoken.when.wish import Group, Spec, Wish

__all__ = ["decided"]

_NEXT: Final = 2
"""So many words may announce that a decision follows at once: "und zwar"."""


def decided(told: Wish, wish: Wish) -> Wish:
    """What remains of what was told before once the decision is there."""
    used, refused = [*told.used, *wish.used], [*told.refused, *wish.refused]
    hangs = wish.hanging and any(group.days or group.times for group in told.groups)
    groups = [group for group in wish.groups if group.days or group.times]
    before = next((group for group in reversed(told.groups) if group.days or group.times), None)
    timed = any(group.times for group in groups)
    own_days = before is not None and bool(before.days) and any(group.days for group in groups)
    named = [day for group in groups for day in group.days]
    kept = [group for group in told.ruled_out if group.days or not (timed or own_days)]
    kept = [group for group in kept if group.times or not any(_same(day, other) for day in group.days for other in named)]
    if not groups:
        out = [day for group in wish.ruled_out if not group.times for day in group.days]
        left = [group for group in told.groups if not group.days or any(day not in out for day in group.days)]
        ruled_out, idle = [*kept, *wish.ruled_out], told.idle or wish.idle or bool(hangs)
        return Wish(left, ruled_out, used, told.unsure, told.unsure_times, refused, idle)
    if wish.hanging and not timed and before is not None and before.times:
        hung = hung_time(before.times[-1], wish.hanging)
        before.times = [hung] if hung is not None else before.times
        hangs = ""
    elif wish.hanging and _any_day(wish) and (last := _last_day(told)) is not None:
        # "I've exams until the eleventh, so after that any afternoon"
        groups[0].days = [hung_day(last, wish.hanging)]
        groups[0].times = [of_each(groups[0].days[-1], time) for time in groups[0].times]
        hangs = ""
    if before is None and kept and not any(group.days for group in groups) and not any(group.times for group in kept):
        hangs = True  # "Tuesday I work, so after six": on that Tuesday, or on another day?
    elif wish.hanging == "from" and (last := _last_day(told)) is not None and all(day.keys() >= {"wd"} for day in groups[0].days):
        # "Sunday's Mother's Day, so after that, the Wednesday"
        groups[0].days = [{"k": "near", "wd": day["wd"], "side": "from", "a": last} for day in groups[0].days]
        hangs = ""
    if before is not None:
        if not groups[0].days and (groups[0].times or not any(group.days for group in groups)):
            groups[0].days = list(before.days)
            groups[0].times = [of_each(before.days[-1], time) for time in groups[0].times] if before.days else groups[0].times
            if len(before.times) == 1 and len(groups[0].times) == 1:
                later = (before.times[0]["k"], groups[0].times[0]["k"]) == ("until", "from")  # "I'm in till four, so half four or later"
                joined = None if later else join_times(before.times[0], groups[0].times[0])
                groups[0].times = [joined] if joined is not None else groups[0].times
        elif _adjacent(told, wish) and len(before.days) == 1 and len(groups[0].days) == 1 and _says_which(before, groups[0]):
            same = join_days(before.days[0], groups[0].days[0])
            groups[0].days = [same] if same is not None else groups[0].days
        # "Thursday I work till six, so Friday", "I don't finish till six on Monday, so Tuesday"
        other = not any(_same(day, one) for day in before.days for one in named)
        shift = own_days and any(time.get("works") or (other and time["k"] in ("from", "until")) for time in before.times)
        if not timed and not shift and not told.event and not any(day["k"] in ("until", "from") for day in groups[-1].days):
            # But "they come on Friday evening, so before Friday"
            groups[-1].times = list(_told_with(groups[-1], told, before).times)
    unsure = wish.unsure or (told.unsure and not any(group.days for group in wish.groups))
    return Wish(groups, [*kept, *wish.ruled_out], used, unsure, wish.unsure_times, refused, wish.idle or bool(hangs))


def _told_with(group: Group, told: Wish, last: Group) -> Group:
    """The group of what was told whose time is that of a decision: of the same day, or the `last` one.

    "Thursday evening or Friday first thing, no, not Friday, so Thursday" is the evening.
    """
    return next((one for one in told.groups if one.times and any(_same(day, named) for day in one.days for named in group.days)), last)


def _same(refused: Spec, wished: Spec) -> bool:
    """Whether a day that was refused is wished for after all: "I'm on earlies Wednesday, so Wednesday after three"."""
    named = refused["a"] if refused["k"] in ("from", "until") else refused
    bare = {key: value for key, value in named.items() if key != "which"}
    return bare == {key: value for key, value in wished.items() if key != "which"}


def _any_day(wish: Wish) -> bool:
    """Whether a wish leaves the day open."""
    return all(day["k"] == "any" for group in wish.groups for day in group.days)


def _last_day(told: Wish) -> Spec | None:
    """The day that was told last, wished or refused, if no time was told with it."""
    for group in [*reversed(told.groups), *reversed(told.ruled_out)]:
        if group.days or group.times:
            return group.days[-1] if group.days and not group.times else None
    return None


def _says_which(told: Group, decision: Group) -> bool:
    """Whether a decision only says which of the days of a name it is: "mercredi donc le 17", "a Wednesday afternoon, so next week's"."""
    kinds = (told.days[0]["k"], decision.days[0]["k"])
    return kinds == ("wd", "date") or (kinds == ("wd", "week") and bool(told.times) and not decision.times)


def _adjacent(told: Wish, wish: Wish) -> bool:
    """Whether the decision follows at once: "mercredi donc le dix-sept"."""
    return bool(told.used) and bool(wish.used) and wish.used[0].start - told.used[-1].end <= _NEXT
