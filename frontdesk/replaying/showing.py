"""A replayed call as text: the dialogue, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from frontdesk.conversation.dialogue_lines import NOTHING, line, wrong
from frontdesk.replaying.comparing import Compared, differences_of
from frontdesk.replaying.course import Course, Taken
from frontdesk.replaying.masking import Mask
from frontdesk.replaying.verifying import Difference

__all__ = ["both_sides", "dialogue", "difference"]


def dialogue(course: Course, mask: Mask) -> Iterator[str]:
    """All turns of a call."""
    for turn in course.turns:
        yield from turn_lines(turn, mask)


def turn_lines(turn: Taken, mask: Mask, who: str = "frontdesk") -> Iterator[str]:
    """One turn: what the caller did, what was said, what was done."""
    heard = mask.heard(turn)
    if heard:
        yield line("caller", heard)
    yield answer(turn, mask, who)


def answer(turn: Taken, mask: Mask, who: str = "frontdesk") -> str:
    """What was said in a turn, and what was done."""
    done = "".join(f" ({name}: {outcome})" for name, outcome in turn.actions)
    return line(who, (mask.text(" ".join(turn.said)) or NOTHING) + done)


def difference(found: Difference, mask: Mask) -> str:
    """One difference in one line."""
    where = f"turn {found.turn}: " if found.turn is not None else ""
    return wrong(f"{where}{found.what} was {_shown(found.stored, mask)}, and is {_shown(found.replayed, mask)}")


def both_sides(found: Compared, mask: Mask, *, turns: int = 3) -> Iterator[str]:
    """A call that goes another way or is said otherwise: the turn before, then both sides from there on, for so many turns."""
    first = found.parts if found.parts is not None else found.words
    if first is None:
        return
    was, edited = ({turn.number: turn for turn in course.turns} for course in (found.before, found.after))
    if first - 1 in was:
        yield from turn_lines(was[first - 1], mask)
    contents = (found.before.content, found.after.content)
    last = first + (turns if found.parts is not None else 1)
    for number in range(first, last):
        before, after = was.get(number), edited.get(number)
        if before is None and after is None:
            break
        heard = mask.heard(before or edited[number])
        if heard:
            yield line("caller", heard)
        if before is not None:
            yield answer(before, mask, "as it was")
        if after is not None:
            yield answer(after, mask, "as edited")
        if before is not None and after is not None:
            yield from (wrong(f"turn {number}: {what}") for what in differences_of(before, after, contents))
    if found.stops:
        yield wrong(f"the comparison ends here: {found.stops}")


def _shown(value: object, mask: Mask) -> str:
    if isinstance(value, str):
        return mask.text(value)
    if isinstance(value, dict):
        return mask.text(" ".join(str(item) for item in value.values()))
    if isinstance(value, Iterable):
        return f"“{mask.text(' '.join(str(item) for item in value))}”"
    return "nothing" if value is None else str(value)
