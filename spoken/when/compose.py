"""Put the pieces together: which time goes with which day, what was corrected, what was ruled out."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from typing import Final

from spoken.when.anchors import anchor_of, hour_of, old_day, old_hour
from spoken.when.bare_no import denies_before
from spoken.when.clock import shifted
from spoken.when.composer import SINGLE_DAYS, Composer
from spoken.when.connecting_marks import take_mark, within_gap
from spoken.when.decided import decided
from spoken.when.hindrances import REFUSALS, refusals_alone, refused_once, without_past_hours
from spoken.when.joined_days import MONTH, has_portion, join_days, said_as_one
from spoken.when.pieces import HANGING_MARKS, Piece, either_side
from spoken.when.referring import hang, referring, rule_out_both, week_refused_too
from spoken.when.wish import Group, Spec, Wish

__all__ = ["compose"]

_OBJECT: Final = 3
"""So many words may name what the caller has on."""
_HANGING: Final = frozenset({"around", "hung"})
"""Kinds of days that are named by another day."""
_WIDE: Final = frozenset({"week", "week_of", "month"})
_TELLING: Final = frozenset({"busy", "filled", "does", "why", "reason", "past", "old"}) | REFUSALS
"""Marks of what is told of a week or month, which is then not wished for."""
_MANY: Final = frozenset({"any", "workdays", "week", "month", "next_days", "span"})


def _tells_event(clause: Sequence[Piece], said: Sequence[Piece]) -> bool:
    """Whether a clause tells what the caller has on, and when: "I've | a flight | on Monday at eight"."""
    first = next((piece for piece in clause if piece.kind != "mark"), None)
    if first is None or first.kind != "day":
        return False
    return any(mark.kind == "mark" and mark.value in ("busy", "filled") and 0 < first.start - mark.end <= _OBJECT for mark in said)


def _without(pieces: list[Piece], name: str) -> list[Piece]:
    """Leave out what describes the old appointment, unless it is all there is."""
    rest = [p for p in pieces if not (isinstance(p.value, dict) and p.value.get(name))]
    gone = {p.end for p in pieces if isinstance(p.value, dict) and p.value.get(name)}
    # "My appointment tomorrow | I can't make, Friday I can": the refusal is about going there.
    rest = [p for p in rest if not (p.kind == "mark" and p.value in REFUSALS and gone & {p.start, p.start - 1})]
    return rest if any(p.kind in ("day", "time") for p in rest) else pieces


def compose(clauses: list[list[Piece]], count: int, said: Sequence[Piece] = (), apart: Collection[int] = ()) -> Wish:
    """The wish that the `clauses` of a text of `count` tokens amount to; a later one replaces what it says anew.

    `said` are all pieces of the text, those that are only told too: "the Friday before" may refer to such a day. At the
    tokens `apart` stands an "or" whose two sides share no time.
    """
    wish = Wish()
    for clause in clauses:
        base = next((group.days[-1] for group in [*reversed(wish.groups), *reversed(wish.ruled_out)] if group.days), None)
        decision = _compose(_without(clause, "old"), count, base, said, wish, apart)
        _within_told(decision, wish, said)
        wish = decided(wish, decision)
        wish.event = _tells_event(clause, said)
    kept = old_day(said)
    if kept is not None and wish.groups and not any(group.days for group in (*wish.groups, *wish.ruled_out)):
        wish.groups[0].days = [kept]
    hour = old_hour(said)
    if hour is not None:
        for group in wish.groups:
            group.times = [shifted(hour, time) or time for time in group.times]
    return wish


def _within_told(decision: Wish, told: Wish, said: Sequence[Piece]) -> None:
    """Put weekdays and days of the month that are decided for into the week or month that was wished before.

    "Next week, ideally the Thursday", "im Juli, am liebsten an einem Freitag"; but not "next week I'm away, so Thursday".
    """
    last = next((group for group in reversed(told.groups) if group.days or group.times), None)
    if last is None or not last.days or last.times or last.days[-1]["k"] not in _WIDE or not decision.used or not told.used:
        return
    wide, first = told.used[-1], decision.used[0]
    telling = any(piece.kind == "mark" and piece.value in _TELLING and wide.end <= piece.start < first.start for piece in said)
    if wide.kind != "day" or first.kind != "day" or wide.start in told.refused or first.start in decision.refused or telling:
        return
    for group in decision.groups:
        group.days = [(join_days(last.days[-1], day) or day) if _floats(day) else day for day in group.days]


def _floats(day: Spec) -> bool:
    """Whether nothing says in which week a weekday lies, or in which month a day."""
    return day.keys() == {"k", "wd"} or (day["k"] == "date" and not day.keys() & {"m", "month_offset", "near", "wd"})


def _bounding_part(piece: Piece, spec: Spec, inner: Spec | None) -> tuple[Spec, Spec | None]:
    """ "Bis Freitagmittag": the part of the day bounds the day."""
    if piece.kind == "day" and spec["k"] in ("until", "from") and "with" in spec["a"]:
        return {**spec, "a": {k: v for k, v in spec["a"].items() if k != "with"}}, spec["a"]["with"]
    return spec, inner


def _compose(pieces: list[Piece], count: int, base: Spec | None, said: Sequence[Piece], told: Wish, apart: Collection[int]) -> Wish:
    composer = Composer(base, told)
    pieces = refused_once(refusals_alone(without_past_hours(pieces)))
    negating: Piece | None = None
    again: Piece | None = None
    for index, piece in enumerate(pieces):
        before = pieces[index - 1] if index else None
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        either = after is not None and after.kind == "mark" and after.value == "or" and after.start == piece.end
        if piece.kind == "mark":
            composer.otherwise = composer.otherwise or (piece.value == "or" and piece.start in apart)
            before_else = piece.start in apart and composer.wish.lone_time and not composer.day_told
            composer.wish.idle = composer.wish.idle or before_else  # "Before ten, otherwise any time on Friday"
            if piece.value == "or" and negating is not None:
                continue  # "Not Monday or Tuesday" rules out both.
            if piece.value in HANGING_MARKS:
                side = "until" if piece.value == "before_it" else "from"
                at_end = _ends(piece, after, said, count) or _open(after)
                joined = before is not None and before.value == "or" and before.end == piece.start  # "The 29th, or before that"
                composer.wish.idle = composer.wish.idle or either_side(pieces[:index])
                hang(composer, side, at_end, either=either, included=piece.value == "from_it" or joined)
                composer.wish.idle = composer.wish.idle or (within_gap(piece, after, 0) and not _content_before(said, piece))
            elif piece.value in ("too_late", "too_early"):
                composer.rule_out_last()
                composer.beyond_last("from" if piece.value == "too_late" else "until")
            elif piece.value == "cannot_that" or (piece.value == "no" and denies_before(piece, before, after, said)):
                composer.rule_out_last()
            else:
                negating = take_mark(composer, piece, before, after, count)
            continue
        value = piece.value
        composer.gap = piece.start - before.end if before is not None else 0
        composer.beside_day = before is not None and before.kind == "day" and not composer.gap
        composer.in_a_row = before is not None and before.kind == "time" and not composer.gap
        if value.get("k") == "past":
            negating = None
            continue
        inner = value.get("with")
        composer.alternative = composer.alternative and not _set_apart(composer, value)
        composer.wish.idle = composer.wish.idle or (composer.alternative and _same_of_two(piece, said))
        meant = referring(
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
            composer.last_ruled_out = None
            continue
        if spec.get("leaves"):
            negating = None  # "Not before twelve, and I have to leave at two" is until two.
        if negating is not None and _preferred(negating, pieces, index):
            negating = None  # "Next week, but not Friday, and preferably the afternoon"
        if negating is not None:
            spec = week_refused_too(composer, _of_month(spec, composer.last_day())) if piece.kind == "day" else spec
            # "Any day but Tuesdays, and always from five": is that time out, or asked for?
            turned = before is not None and before.value == "or" and piece.kind == "time" and spec["k"] in ("from", "until")
            turned = turned and index > 1 and pieces[index - 2].kind == "day"
            composer.wish.idle = composer.wish.idle or turned
            group = Group([spec], [inner] if inner else []) if piece.kind == "day" else Group([], [spec])
            composer.wish.ruled_out.append(group)
            composer.wish.refused.append(piece.start)
            composer.base = spec if piece.kind == "day" else composer.base
            composer.last_ruled_out = group if piece.kind == "day" and after is not None and after.start == piece.end else None
            both = again is not None and negating.value == "except"  # "Ni lundi ni mardi, et mercredi seulement …"
            again = negating
            negating = negating if either and not both else None
            continue
        if spec["k"] == "neither":
            rule_out_both(composer, spec["a"], spec["b"])
            continue
        refused, composer.last_ruled_out = composer.last_ruled_out, None
        if refused is not None and piece.kind == "time" and composer.beside_day:
            _time_of_refused(composer, refused, spec, last=after is None)
            continue
        _add(composer, piece.kind, spec)
        if inner:
            composer.beside_day, composer.gap = True, 0
            _add(composer, "time", {**inner, "each": True} if spec["k"] == "any" else inner)  # "Any afternoon before Saturday"
    rest = any(piece.kind == "day" and piece.value.get("rest") for piece in pieces) and not composer.refused  # The rest of what?
    composer.wish.idle = composer.wish.idle or composer.loose or rest or _refused_idly(composer.wish)
    composer.doubt_repetition()
    return composer.wish


def _same_of_two(piece: Piece, said: Sequence[Piece]) -> bool:
    """Whether "that same day" may be one of two: "it's on the 20th, so the 19th or that same day"."""
    return piece.value.get("k") == "same_day" and sum(one.kind == "day" and one.start < piece.start for one in said) > 1


def _time_of_refused(composer: Composer, out: Group, spec: Spec, *, last: bool) -> None:
    """Take note of a time right behind a day that was refused, as part of that; `last` when nothing follows."""
    if last and _keeps_day(composer, spec):
        return
    out.times.append(spec)
    # "Any day except Wednesday from ten to two": of the Wednesday, or of all the others?
    composer.wish.idle = any(day["k"] in _MANY for group in composer.wish.groups for day in group.days)


def _keeps_day(composer: Composer, spec: Spec) -> bool:
    """Rule out a bound of the one day that was refused, and wish for the day: "I work on Friday until six"; returns whether it was so."""
    out = composer.wish.ruled_out[-1]
    bounded = spec["k"] in ("from", "until") and len(out.days) == 1 and out.days[0]["k"] in SINGLE_DAYS
    if not bounded or out.times or any(group.days or group.times for group in composer.wish.groups):
        return False
    composer.wish.ruled_out[-1] = Group([], [spec])
    composer.day(out.days[0])
    return True


def _of_month(spec: Spec, wished: Spec | None) -> Spec:
    """A day of the month that is left out of one: "in August, but not from the tenth to the twentieth"."""
    if wished is None or wished["k"] != "month":
        return spec
    if spec["k"] == "span":
        return {**spec, "a": _of_month(spec["a"], wished), "b": _of_month(spec["b"], wished)}
    if spec["k"] != "date" or spec.keys() & {*MONTH, "wd", "y"}:
        return spec
    return {**spec, **{key: wished[key] for key in ("m", "y") if key in wished}, **({"month_offset": wished["n"]} if "n" in wished else {})}


def _set_apart(composer: Composer, spec: Spec) -> bool:
    """ "We fly on the thirtieth and I'd like to come a week before that": no choice of two days."""
    return composer.gap > 1 and spec.get("k") in _HANGING


def _add(composer: Composer, kind: str, spec: Spec) -> None:
    """Take note of a day or time, or of several that were said as one."""
    add = composer.day if kind == "day" else composer.time
    if spec["k"] != "two":
        add(spec)
        return
    for one in said_as_one(spec):
        add(one)
        composer.alternative = True
    composer.alternative = False


def _narrowed(composer: Composer, spec: Spec, negating: Piece | None) -> Piece | None:
    """Take note of a portion; "except the first week" leaves the rest of the month."""
    if negating is None:
        composer.narrow(spec)
        return None
    base = next((group.days[-1] for group in reversed(composer.wish.groups) if group.days), composer.base)
    if base is not None and has_portion(base, spec):
        composer.wish.ruled_out.append(Group([{**base, "part": spec["part"]}]))
    return None


def _preferred(negating: Piece, pieces: Sequence[Piece], index: int) -> bool:
    """Whether a time behind an exception is no part of it: that was a day, and "and" with words of its own joins the time."""
    marks = list(itertools.takewhile(lambda one: one.kind == "mark", reversed(pieces[:index])))
    if pieces[index].kind != "time" or not marks or marks[-1].value != "or" or marks[-1].start < negating.end:
        return False
    return pieces[index - len(marks) - 1].kind == "day" and (len(marks) > 1 or pieces[index].start > marks[0].end)


def _content_before(said: Sequence[Piece], mark: Piece) -> bool:
    """Whether a day or time was said before a mark."""
    return any(piece.kind != "mark" and piece.start < mark.start for piece in said)


def _ends(piece: Piece, after: Piece | None, said: Sequence[Piece], count: int) -> bool:
    """Whether a mark ends the text, or only marks stand behind it: "danach | könnte ich | kommen"."""
    behind = {at for mark in said if mark.kind == "mark" for at in range(mark.start, mark.end)}
    return piece.end == count or (after is None and all(at in behind for at in range(piece.end, count)))


def _open(after: Piece | None) -> bool:
    """Whether any day follows: "back on the tenth, after that | any day"."""
    return after is not None and after.kind == "day" and after.value["k"] in ("any", "asap")


def _refused_idly(wish: Wish) -> bool:
    """Whether a time of one day is refused behind the wish for another, as nobody does: "Tuesday I'd thought, but no Thursday at ten"."""
    out = wish.ruled_out[-1] if wish.ruled_out else None
    if out is None or len(wish.used) < 2 or len(out.times) != 1 or not out.days or wish.used[-2].start not in wish.refused:
        return False
    wished = [day for group in wish.groups for day in group.days]
    return (
        wish.used[-1].kind == "time"
        and out.times[0]["k"] == "clock"
        and bool(wished)
        and all(day["k"] in ("wd", "date") and day not in out.days for day in wished)
    )
