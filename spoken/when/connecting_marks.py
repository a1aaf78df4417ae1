"""What the words that connect, correct or refuse do to the wish that is being composed."""

from __future__ import annotations

from spoken.when.composer import SINGLE_DAYS, Composer
from spoken.when.dangling_not import NOT_IT
from spoken.when.hindrances import DOING
from spoken.when.pieces import Piece
from spoken.when.wish import Group

__all__ = ["take_mark", "within_gap"]


def within_gap(piece: Piece | None, other: Piece | None, gap: int) -> bool:
    """Whether no more than `gap` words stand between two pieces."""
    if piece is None or other is None:
        return False
    return other.start - piece.end <= gap


def take_mark(composer: Composer, mark: Piece, before: Piece | None, after: Piece | None, count: int) -> Piece | None:
    """Take note of a connecting word; returns the mark when it rules out what follows."""
    name = mark.value
    spoken_before = before is not None and before.kind != "mark"
    spoken_after = after is not None and after.kind != "mark"
    if name == "or":
        composer.alternative = True
    elif name == "fix" and not (spoken_before and after is not None and after.value == "or" and after.start == mark.end):
        # But "Wednesday is better for him and Saturday for me"
        composer.fixing = {"day", "time"}
        composer.narrowing = True
        composer.alternative = False
    elif name in ("not_then", "between", NOT_IT):
        # "Tuesday, but not when the band practises, from seven", "the eighth's too soon, the eighteenth's too late, so in between"
        composer.wish.idle = True
    elif name == "but_no":
        # "Saturday or Tuesday but no the Monday": a correction, or a day that cannot be?
        composer.wish.unsure = spoken_before and spoken_after
        composer.alternative = spoken_after
    elif name == "no":
        if after is not None:
            composer.fixing = {"day", "time"}
            composer.narrowing = False
        elif spoken_before and within_gap(before, mark, 0) and mark.end == count:
            unsure = composer.wish.unsure  # "… so that would be the twenty-third, no": asked, perhaps.
            composer.rule_out_last()
            composer.wish.unsure = unsure
    elif name in ("except", "not"):
        if spoken_after and within_gap(mark, after, 2 if name == "except" else 0):
            return mark
        composer.wish.idle = not spoken_after and (name == "except" or (spoken_before and within_gap(before, mark, 1)))
    elif name == "not_either":
        # "Diese Woche nicht, nächste Woche": between two of a kind it is the first that cannot be.
        between = before is not None and after is not None and before.kind == after.kind and within_gap(before, mark, 0)
        between = between and before is not None and before.start not in composer.wish.refused  # "Nicht Donnerstag, nicht Freitag"
        if spoken_after and within_gap(mark, after, 0) and not between:
            return mark
        either = not composer.refused and before is not None and after is not None and _either_side(before, mark, after)
        if either and before is not None and before.kind == "time":
            composer.alternative = composer.wish.unsure_times = True  # "Um zehn nicht um elf": which of them cannot be?
            return None
        if (before is not None and before.kind == "day" and within_gap(before, mark, 1)) or (spoken_before and within_gap(before, mark, 0)):
            composer.rule_out_last()
        composer.wish.unsure = composer.wish.unsure or either  # "Den zwanzigsten nicht den dreizehnten": which of them cannot be?
    elif name == "cannot":
        return _cannot(composer, mark, before, after)
    return None


def _either_side(before: Piece, mark: Piece, after: Piece) -> bool:
    """Whether a word of refusing stands right between two single days, or two hours."""
    if before.kind == "mark" or before.kind != after.kind or before.end != mark.start or mark.end != after.start:
        return False
    if before.kind == "time":
        return bool(before.value["k"] == after.value["k"] == "clock")
    return before.value["k"] in ("wd", "date") and after.value["k"] in ("wd", "date", "rel")


def _bound_alone(composer: Composer, before: Piece | None) -> bool:
    """Rule out the bound that was said of one day, and keep the day: "Friday until five I can't"; returns whether that was it."""
    group = composer.wish.groups[-1] if composer.wish.groups else None
    bounded = group is not None and len(group.days) == len(group.times) == 1 and group.time_after_day
    if before is None or group is None or not bounded or before.kind != "time" or before.value["k"] not in ("from", "until"):
        return False
    if group.days[0]["k"] not in SINGLE_DAYS or before.value.get("works"):
        return False
    composer.wish.ruled_out.append(Group([], group.times))
    composer.wish.refused.append(before.start)
    group.times = []
    return True


def _cannot(composer: Composer, mark: Piece, before: Piece | None, after: Piece | None) -> Piece | None:
    """Take note of a refusal; returns its mark when it rules out what follows."""
    spoken_before = before is not None and before.kind != "mark"
    spoken_after = after is not None and after.kind != "mark"
    kept = before is not None and before.kind == "day" and "with" not in before.value
    timed = after is not None and after.kind == "time"
    bound = after is not None and timed and after.value["k"] in ("from", "until")
    if (kept or bound) and timed and within_gap(mark, after, DOING if kept and bound else 1):
        return mark  # "Tuesday I can't (get there) before three", "mardi je peux pas le matin" keep the Tuesday.
    if before is not None and before.start in composer.wish.refused and before.kind == "time" and timed and within_gap(mark, after, 0):
        return mark  # "Not a morning, he doesn't do mornings"
    refers = (
        after is not None and after.kind == "day" and after.value.get("k") in ("hung", "around", "other")
    )  # "… you're closed, so the Friday before"
    soonest = before is not None and before.kind == "day" and before.value["k"] == "asap"
    if soonest and after is not None and after.kind == "day" and within_gap(mark, after, 0):
        return mark  # "The sooner the better, but I can't do tomorrow": nobody refuses that.
    if spoken_before and within_gap(before, mark, 1):
        if after is not None or not _bound_alone(composer, before):
            composer.rule_out_last()
    elif spoken_after and within_gap(mark, after, 2) and not refers:
        return mark
    elif spoken_before and within_gap(before, mark, 4):
        composer.rule_out_last()
    return None
