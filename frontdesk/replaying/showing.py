"""A replayed call as text: the dialogue, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from frontdesk.replaying.course import Course, Taken
from frontdesk.replaying.masking import Mask
from frontdesk.replaying.verifying import Difference

__all__ = ["dialogue", "difference", "turn_lines"]

_WHO: int = 12


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
    return line(who, (mask.text(" ".join(turn.said)) or "(says nothing)") + done)


def line(who: str, words: str) -> str:
    return f"{who:>{_WHO}}: {words}"


def difference(found: Difference, mask: Mask) -> str:
    """One difference in one line."""
    where = f"turn {found.turn}: " if found.turn is not None else ""
    return f"   !! {where}{found.what} was {_shown(found.stored, mask)}, and is {_shown(found.replayed, mask)}"


def _shown(value: object, mask: Mask) -> str:
    if isinstance(value, str):
        return mask.text(value)
    if isinstance(value, dict):
        return mask.text(" ".join(str(item) for item in value.values()))
    if isinstance(value, Iterable):
        return f"“{mask.text(' '.join(str(item) for item in value))}”"
    return "nothing" if value is None else str(value)
