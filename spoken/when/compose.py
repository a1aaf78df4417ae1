"""Put the pieces together: which time goes with which day, what was corrected, what was ruled out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.when.anchors import after_anchor, anchor_of, hour_of, hung_day, hung_on, hung_time, old_day, other_than, relengthened
from spoken.when.clock import carried, join_times, portion_of
from spoken.when.hindrances import refusals_alone, without_past_hours
from spoken.when.joined_days import SPANS, has_portion, join_days, of_each, share_week
from spoken.when.pieces import Piece
from spoken.when.wish import Group, Spec, Wish

__all__ = ["compose"]

_ONE_DAY: Final = frozenset({"wd", "date", "rel", "holiday"})
_MANY: Final = frozenset({"any", "workdays", "week", "month", "next_days", "span"})
_DATES: Final = frozenset({"date", "holiday", "span", "near", "beside", "nth"})


class _Composer:
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
        self.hour_told = told is not None and _only_times(told)
        """Whether a time and no day was told before the decision."""
        self.ruled_out_before = list(told.ruled_out) if told is not None else []
        self.beside_day = False
        """Whether a day stands right before the time at hand: "by Thursday noon"."""
        self.loose = False
        """Whether a bound hangs in the air unless a day follows: "a la vuelta, el sábado"."""

    @property
    def refused(self) -> list[Group]:
        """What was ruled out so far, in what was told before too."""
        return [*self.ruled_out_before, *self.wish.ruled_out]

    def day(self, spec: Spec) -> None:
        groups = self.wish.groups
        if not groups:
            groups.append(Group())
        group = groups[-1]
        self.loose = False
        fixing = "day" in self.fixing
        self.fixing.discard("day")
        base = group.days[-1] if group.days else self.base
        if self.alternative and self.frame is not None and spec.keys() == {"k", "wd"} and group.days[-1:] == [self.frame[1]]:
            # "Next week, Tuesday or Thursday": both lie in that week.
            spec = join_days(self.frame[0], spec) or spec
            self.frame = (self.frame[0], spec)
        elif base is not None and (self.alternative or not group.days):
            spec = after_anchor(spec, base)
        if spec["k"] == "date" and not spec.keys() & {"m", "month_offset", "wd"} and base is not None and base["k"] == "holiday":
            spec = {**spec, "near": base}  # "Boxing Day you're closed, so the twenty-ninth"
        if spec.get("after_same") and base is not None and base["k"] == "week":
            spec = base if base == self.base and not group.days else {"k": "other"}
        refused = not group.days and spec == self.base and spec["k"] == "week" and any(spec in one.days for one in self.refused)
        if (spec["k"] == "other" or refused) and base is not None:
            spec = other_than(base)
            self.wish.ruled_out = [one for one in self.wish.ruled_out if one.times or one.days[-1:] != [base]]
            fixing = not self.alternative
        elif spec["k"] == "around" and base is not None:
            spec = {**spec, "k": "beside", "a": base["a"] if base["k"] == "agree" else base}
            self.wish.unsure = self.wish.unsure or not (fixing or self.alternative or not group.days)
            self.alternative = self.alternative or not fixing
        if fixing and group.days:
            weeks = relengthened(base, 7 * int(spec.get("n", 1))) if spec["k"] == "in" and spec["unit"] == "week" else None
            group.days[-1] = spec if weeks is None or base is None or base["k"] != "wd" else weeks
            return
        if len(group.days) > 1 and spec in group.days and not group.times and not self.alternative:
            # "Tuesday or Wednesday, but Wednesday after five"
            group.days.remove(spec)
            groups.append(Group([spec]))
            return
        if group.days and not self.alternative:
            # "Before the weekend, I've a party on Saturday" is no Saturday before the weekend.
            apart = group.days[-1]["k"] in ("until", "from") and spec["k"] == "wd" and self.gap > 1
            joined = None if apart else join_days(group.days[-1], spec)
            share_week(group.days, joined)
            if joined is not None:
                self.frame = (group.days[-1], joined) if group.days[-1]["k"] in SPANS and spec["k"] == "wd" else None
                group.days[-1] = joined
                return
        # "Quatorze heures mardi ou mercredi": a time said first holds for all the days that follow it.
        first_holds = group.time_first and not group.time_after_day
        if group.days and group.times and (group.time_after_day or group.time_first) and not first_holds:
            group = Group()
            groups.append(group)
        elif group.times and not group.days:
            group.time_first = True
        if not self.alternative and not first_holds and any(one.days for one in groups) and self.gap > 1:
            self.wish.unsure = True
        if self.alternative:
            share_week(group.days, spec, added=True)
        group.linked = group.linked + 1 if self.alternative and group.days else 0
        group.days.append(spec)
        self.alternative = False

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
        fixing = "time" in self.fixing
        self.fixing.discard("time")
        if fixing and group.times:
            group.times[-1] = spec
            return
        bounds = bool(group.times) and group.times[-1]["k"] == "from" and spec["k"] == "until"  # "from ten and until twelve" too
        if group.times and (bounds or not self.alternative):
            joined: Spec | None = join_times(group.times[-1], spec)
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
            instant = spec["k"] == "clock" or spec == {"k": "part", "part": "noon"}
            if last["k"] == "until" and last.get("excl") and instant and not self.gap and last["a"]["k"] in _ONE_DAY:
                group.days[-1] = {**last, "excl": False}  # "Before Friday noon" is until Friday at twelve.
        if group.times and not self.alternative and not self.in_a_row and group.times[-1]["k"] not in ("same", "shift"):
            self.wish.unsure_times = True
        group.times.append(spec)
        self.alternative = False

    def beyond_last(self, side: str) -> None:
        """ "Six is too late": nor can be what is later still."""
        out = self.wish.ruled_out[-1] if self.wish.ruled_out else None
        if out is not None and out.times and out.times[-1]["k"] == "clock":
            out.times[-1] = {"k": side, "a": out.times[-1], "soft": True}

    def hang(self, side: str, at_end: bool) -> None:
        """ "… so after that", "… donc avant": the other side of what was said last."""
        group = next((one for one in reversed(self.wish.groups) if one.days or one.times), None)
        if group is not None and self.hour_told and not group.times:
            self.wish.hanging = side  # "I finish at five, so Wednesday after that"
            return
        if group is None:
            out = self.wish.ruled_out[-1] if self.wish.ruled_out else None
            if out is None:
                self.wish.hanging = side
            elif out.days and not out.times:
                self.wish.groups.append(Group([hung_day(out.days[-1], side)]))
            return
        if self.wish.ruled_out and self.wish.ruled_out[-1].times and not self.wish.ruled_out[-1].days:
            return  # "Tomorrow I work until noon, so after that": the refusal says it already.
        if group.times:
            hung = hung_time(group.times[-1], side) if at_end or group.times[-1]["k"] == "until" else None
            self.loose = hung is None
            group.times[-1] = hung if hung is not None else group.times[-1]
        elif at_end or group.days[-1]["k"] == ("until" if side == "from" else "from"):
            self.wish.idle = at_end and self.base is not None  # "We fly on the ninth, so the Saturday before that"
            group.days[-1] = hung_day(group.days[-1], side)
        else:
            self.loose = side == "until" or self.base is None

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
        self.wish.refused += [piece.start for piece in self.wish.used[-1:]]
        group = self.wish.groups[-1]
        if self.frame is not None and group.days and group.days[-1] is self.frame[1] and not group.time_after_day:
            group.days[-1] = self.frame[0]
            self.wish.ruled_out.append(Group([self.frame[1]]))
            return
        first = len(group.days) - 1 - min(group.linked, len(group.days) - 1)
        days, group.days = group.days[first:], group.days[:first]
        times: list[Spec] = []
        if not group.days:
            times, group.times = group.times, []
            self.wish.groups.pop()
        elif group.time_after_day:
            times, group.times = group.times, []
        self.wish.ruled_out.append(Group(days, times))
        self.base = days[-1] if days else self.base
        self.alternative = False


def _without(pieces: list[Piece], name: str) -> list[Piece]:
    """Leave out what describes the old appointment, unless it is all there is."""
    rest = [p for p in pieces if not (isinstance(p.value, dict) and p.value.get(name))]
    return rest if any(p.kind in ("day", "time") for p in rest) else pieces


def compose(clauses: list[list[Piece]], count: int, said: Sequence[Piece] = ()) -> Wish:
    """The wish that the `clauses` of a text of `count` tokens amount to; a later one replaces what it says anew.

    `said` are all pieces of the text, those that are only told too: "the Friday before" may refer to such a day.
    """
    wish = Wish()
    for clause in clauses:
        base = next((group.days[-1] for group in [*reversed(wish.groups), *wish.ruled_out] if group.days), None)
        wish = _decided(wish, _compose(_without(clause, "old"), count, base, said, wish))
    kept = old_day(said)
    if kept is not None and wish.groups and not any(group.days for group in (*wish.groups, *wish.ruled_out)):
        wish.groups[0].days = [kept]
    return wish


def _only_times(told: Wish) -> bool:
    """Whether what was told are times without a day: "I finish at five"."""
    return not told.ruled_out and any(group.times for group in told.groups) and not any(group.days for group in told.groups)


def _adjacent(told: Wish, wish: Wish) -> bool:
    """Whether the decision follows at once: "mercredi donc le dix-sept"."""
    return bool(told.used) and bool(wish.used) and wish.used[0].start - told.used[-1].end <= 1


def _decided(told: Wish, wish: Wish) -> Wish:
    """What remains of what was told before once the decision is there."""
    used, refused = [*told.used, *wish.used], [*told.refused, *wish.refused]
    hangs = wish.hanging and any(group.days or group.times for group in told.groups)
    groups = [group for group in wish.groups if group.days or group.times]
    before = next((group for group in reversed(told.groups) if group.days or group.times), None)
    timed = any(group.times for group in groups)
    own_days = before is not None and bool(before.days) and any(group.days for group in groups)
    kept = [group for group in told.ruled_out if group.days or not (timed or own_days)]
    if not groups:
        out = [day for group in wish.ruled_out if not group.times for day in group.days]
        left = [group for group in told.groups if not group.days or any(day not in out for day in group.days)]
        ruled_out, idle = [*kept, *wish.ruled_out], told.idle or wish.idle or bool(hangs)
        return Wish(left, ruled_out, used, told.unsure, told.unsure_times, refused, idle)
    if wish.hanging and not timed and before is not None and before.times:
        hung = hung_time(before.times[-1], wish.hanging)
        before.times = [hung] if hung is not None else before.times
        hangs = ""
    if before is not None:
        if not any(group.days for group in groups):
            groups[0].days = list(before.days)
            groups[0].times = [of_each(before.days[-1], time) for time in groups[0].times] if before.days else groups[0].times
            if len(before.times) == 1 and len(groups[0].times) == 1:
                joined = join_times(before.times[0], groups[0].times[0])
                groups[0].times = [joined] if joined is not None else groups[0].times
        elif (
            _adjacent(told, wish)
            and len(before.days) == 1
            and len(groups[0].days) == 1
            and {before.days[0]["k"], groups[0].days[0]["k"]} == {"wd", "date"}
        ):
            same = join_days(before.days[0], groups[0].days[0])
            groups[0].days = [same] if same is not None else groups[0].days
        if not timed and not any(day["k"] in ("until", "from") for day in groups[-1].days):
            groups[-1].times = list(before.times)  # But "they come on Friday evening, so before Friday"
    unsure = wish.unsure or (told.unsure and not any(group.days for group in wish.groups))
    return Wish(groups, [*kept, *wish.ruled_out], used, unsure, wish.unsure_times, refused, wish.idle or bool(hangs))


def _referring(composer: _Composer, spec: Spec, anchor: Spec | None, hour: Spec | None) -> Spec | None:
    """What a description that refers back stands for; `None` when there is nothing that it could refer to."""
    if spec["k"] == "carry":
        return None if hour is None else carried(spec, hour)
    if spec["k"] in ("from", "until") and spec["a"].get("k") == "carry":
        return None if hour is None else {**spec, "a": carried(spec["a"], hour)}
    if spec["k"] == "same_day" and anchor is not None and anchor["k"] in _ONE_DAY:
        composer.fixing.update(() if composer.alternative else ("day",))  # "I've a dinner on the eighteenth, so that same day"
        return anchor
    if spec["k"] == "length":
        return relengthened(composer.last_day(), int(spec["days"]))
    if spec["k"] == "same" and hour is not None:
        return hour  # "I've Wednesday at ten, could we make it Thursday, same time"
    if spec["k"] == "hung" and anchor is None and composer.hour_told and spec.keys() >= {"wd", "side"}:
        composer.wish.hanging = str(spec["side"])  # "Bis vier hab ich Schicht, also Freitag danach"
        return {"k": "wd", "wd": spec["wd"]}
    if spec["k"] == "hung":
        if not composer.alternative and anchor is not None:
            composer.fixing.add("day")  # The day it refers to was not the wish.
        return hung_on(spec, anchor)
    if spec["k"] == "two" and spec["a"]["k"] == "hung":
        composer.fixing.add("day")
        return {**spec, "a": hung_on(spec["a"], anchor), "b": hung_on(spec["b"], anchor)}
    if spec.get("after_same") and anchor is not None and (anchor["k"] in _DATES or composer.nothing_before()):
        composer.fixing.update(() if composer.alternative else ("day",))
        return hung_on({"k": "hung", "unit": "week", "weeks": 1}, anchor)
    if composer.nothing_before() and anchor is not None:
        if spec["k"] == "other":
            return other_than(anchor)
        if spec["k"] == "around":
            return {**spec, "k": "beside", "a": anchor}
    return None if spec["k"] == "other" and composer.nothing_before() else spec


def _bounding_part(piece: Piece, spec: Spec, inner: Spec | None) -> tuple[Spec, Spec | None]:
    """ "Bis Freitagmittag": the part of the day bounds the day."""
    if piece.kind == "day" and spec["k"] in ("until", "from") and "with" in spec["a"]:
        return {**spec, "a": {k: v for k, v in spec["a"].items() if k != "with"}}, spec["a"]["with"]
    return spec, inner


def _compose(pieces: list[Piece], count: int, base: Spec | None, said: Sequence[Piece], told: Wish) -> Wish:
    composer = _Composer(base, told)
    pieces = refusals_alone(without_past_hours(pieces))
    negating: Piece | None = None
    for index, piece in enumerate(pieces):
        before = pieces[index - 1] if index else None
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        if piece.kind == "mark":
            if piece.value == "or" and negating is not None:
                continue  # "Not Monday or Tuesday" rules out both.
            if piece.value in ("after_it", "before_it"):
                composer.hang("from" if piece.value == "after_it" else "until", piece.end == count)
                composer.wish.idle = composer.wish.idle or (_near(piece, after, 0) and not _content_before(said, piece))
            elif piece.value in ("too_late", "too_early"):
                composer.rule_out_last()
                composer.beyond_last("from" if piece.value == "too_late" else "until")
            elif piece.value == "cannot_that":
                composer.rule_out_last()
            else:
                negating = _mark(composer, piece, before, after, count)
            continue
        value = piece.value
        composer.gap = piece.start - before.end if before is not None else 0
        composer.beside_day = before is not None and before.kind == "day" and not composer.gap
        composer.in_a_row = before is not None and before.kind == "time" and not composer.gap
        if value.get("k") == "past":
            negating = None
            continue
        inner = value.get("with")
        meant = _referring(
            composer,
            {k: v for k, v in value.items() if k not in ("with", "old", "bare")},
            anchor_of(said, piece.start),
            hour_of(said, piece.start),
        )
        if meant is None:
            continue  # "L'autre" of what?
        composer.wish.used.append(piece)
        spec, inner = _bounding_part(piece, meant, inner)
        if spec["k"] == "narrow":
            parted = composer.nothing_before() and after is not None and after.kind == "day" and after.start == piece.end
            composer.wish.idle = composer.wish.idle or parted  # "La première semaine | de décembre" was not put together.
            negating = _narrowed(composer, spec, negating)
            continue
        if negating is not None:
            group = Group([spec], [inner] if inner else []) if piece.kind == "day" else Group([], [spec])
            composer.wish.ruled_out.append(group)
            composer.wish.refused.append(piece.start)
            composer.base = spec if piece.kind == "day" else composer.base
            composer.last_ruled_out = group if piece.kind == "day" and after is not None and after.start == piece.end else None
            either = after is not None and after.kind == "mark" and after.value == "or" and after.start == piece.end
            negating = negating if either else None
            continue
        if spec["k"] == "neither":
            both = [spec["a"], spec["b"]]
            composer.wish.ruled_out += [Group([], [one]) if one["k"] == "part" else Group([one]) for one in both]
            continue
        if composer.last_ruled_out is not None and piece.kind == "time" and before is not None and before.end == piece.start:
            composer.last_ruled_out.times.append(spec)
            # "Any day except Wednesday from ten to two": of the Wednesday, or of all the others?
            composer.wish.idle = any(day["k"] in _MANY for group in composer.wish.groups for day in group.days)
            composer.last_ruled_out = None
            continue
        composer.last_ruled_out = None
        _add(composer, piece.kind, spec)
        if inner:
            composer.beside_day = True
            composer.time(inner)
    composer.wish.idle = composer.wish.idle or composer.loose
    return composer.wish


def _add(composer: _Composer, kind: str, spec: Spec) -> None:
    """Take note of a day or time, or of several that were said as one."""
    add = composer.day if kind == "day" else composer.time
    if spec["k"] != "two":
        add(spec)
        return
    several = [spec[key] for key in ("a", "b", "c") if key in spec]
    for one in several:
        # "The 16th, 17th or 18th of June": the month is said once.
        shared = kind == "day" and "m" in several[-1] and "m" not in one
        add({**one, "m": several[-1]["m"]} if shared else one)
        composer.alternative = True
    composer.alternative = False


def _narrowed(composer: _Composer, spec: Spec, negating: Piece | None) -> Piece | None:
    """Take note of a portion; "except the first week" leaves the rest of the month."""
    if negating is None:
        composer.narrow(spec)
        return None
    base = next((group.days[-1] for group in reversed(composer.wish.groups) if group.days), composer.base)
    if base is not None and has_portion(base, spec):
        composer.wish.ruled_out.append(Group([{**base, "part": spec["part"]}]))
    return None


def _content_before(said: Sequence[Piece], mark: Piece) -> bool:
    """Whether a day or time was said before a mark."""
    return any(piece.kind != "mark" and piece.start < mark.start for piece in said)


def _near(piece: Piece | None, other: Piece | None, gap: int) -> bool:
    if piece is None or other is None:
        return False
    return other.start - piece.end <= gap


def _mark(composer: _Composer, mark: Piece, before: Piece | None, after: Piece | None, count: int) -> Piece | None:
    """Take note of a connecting word; returns the mark when it rules out what follows."""
    name = mark.value
    spoken_before = before is not None and before.kind != "mark"
    spoken_after = after is not None and after.kind != "mark"
    if name == "or":
        composer.alternative = True
    elif name == "fix":
        composer.fixing = {"day", "time"}
        composer.alternative = False
    elif name == "no":
        if after is not None:
            composer.fixing = {"day", "time"}
        elif spoken_before and _near(before, mark, 0) and mark.end == count:
            composer.rule_out_last()
    elif name in ("except", "not"):
        if spoken_after and _near(mark, after, 2 if name == "except" else 0):
            return mark
        composer.wish.idle = not spoken_after and (name == "except" or (spoken_before and _near(before, mark, 1)))
    elif name == "not_either":
        # "Diese Woche nicht, nächste Woche": between two of a kind it is the first that cannot be.
        between = before is not None and after is not None and before.kind == after.kind and _near(before, mark, 0)
        if spoken_after and _near(mark, after, 0) and not between:
            return mark
        if (before is not None and before.kind == "day" and _near(before, mark, 1)) or (spoken_before and _near(before, mark, 0)):
            composer.rule_out_last()
    elif name == "cannot":
        kept = before is not None and before.kind == "day" and "with" not in before.value
        bounded = after is not None and after.kind == "time" and (kept or after.value["k"] in ("from", "until"))
        if bounded and _near(mark, after, 1):
            return mark  # "Tuesday I can't before three", "mardi je peux pas le matin" keep the Tuesday.
        refers = after is not None and after.kind == "day" and after.value.get("k") == "hung"  # "… you're closed, so the Friday before"
        if spoken_before and _near(before, mark, 1):
            composer.rule_out_last()
        elif spoken_after and _near(mark, after, 2) and not refers:
            return mark
        elif spoken_before and _near(before, mark, 4):
            composer.rule_out_last()
    return None
