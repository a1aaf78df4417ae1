"""A pick that is settled before the answer ends: "tomorrow's fine, I'm up early anyway", "the last one, we're away till the tenth"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from spoken.choosing.cues import Said, chosen, find_cues
from spoken.choosing.hearing import Mentioned
from spoken.choosing.phrases import choice_book
from spoken.choosing.refusals import refuses
from spoken.choosing.rest import is_if
from spoken.choosing.times import windows_of
from spoken.choosing.windows import heard
from spoken.reading import Reading

__all__ = ["by_what_is_settled"]

LONGEST: Final = 8
"""Words among which it is settled."""
AHEAD: Final = 3
"""Words that may stand before the caller's own: "it's about | my appointment on Wednesday"."""
MIN_TOLD: Final = 2
"""Words behind a position that tell something."""
OTHERS: Final = frozenset({"any", "both", "none", "other", "others", "asks", "first_two", "last_two"})
"""Cues behind it that speak of more than what was picked."""


def by_what_is_settled(said: Said, read: Callable[[str], Reading], mentioned: Mentioned) -> Reading | None:
    """What the beginning picks, where it is called well there and nothing behind it speaks of another; None where it is not so."""
    if len(said.choices) < 2:
        return None
    for start, end in _settled_at(said):
        ways = (read(said.text[: said.tokens[end - 1].end]), read(said.before(start)))
        pick = next((pick for pick in ways if pick.complete and isinstance(pick.value, int)), None)
        if pick is None:
            continue
        rest = said.part(said.after(end))
        if _goes_on_about_it(rest) and mentioned(rest.text) <= {pick.value}:
            return chosen(pick.value, pick.span or said.span(0, end))
    for end in _placed(said):
        pick = read(said.before(end))
        rest = said.part(said.after(end))
        if pick.complete and isinstance(pick.value, int) and _goes_on_about_it(rest) and _is_elsewhen(rest, pick.value):
            return chosen(pick.value, pick.span or said.span(0, end))
    return _their_own(said, read, mentioned)


def _their_own(said: Said, read: Callable[[str], Reading], mentioned: Mentioned) -> Reading | None:
    """ "My appointment on Wednesday, something's come up": it is meant, and not refused; what can't be is said of it."""
    mine = next(iter(choice_book(said.language, "mine").find(said.words)), None)
    if not said.timed() or mine is None or mine[1] > AHEAD or said.negated(mine[1]):
        return None
    hindered = [start for _, start, _ in choice_book(said.language, "in_the_way").find(said.words)]
    hindered += [cue.start for cue in find_cues(said) if cue.kind == "refused"]
    for cut in sorted(start for start in hindered if start > mine[2]):
        pick = read(said.before(cut))
        if pick.complete and isinstance(pick.value, int) and mentioned(said.after(cut)) <= {pick.value}:
            return chosen(pick.value, said.span(mine[1], cut))
    return None


def _settled_at(said: Said) -> Iterator[tuple[int, int]]:
    """Where words stand that settle what is said before them."""
    for key, more in (("settles", MIN_TOLD), ("settles_alone", 0)):
        for _, start, end in choice_book(said.language, key).find(said.words):
            long_enough = 0 < start < LONGEST and len(said.words) - end >= more
            if long_enough and not said.negated(start) and said.data.negators.at(said.words, end) is None:  # "ça va pas"
                yield start, end


def _goes_on_about_it(rest: Said) -> bool:
    """Whether it is told of what was picked, or of nothing: no "but", no condition, no word of the others."""
    if not rest.words:
        return True
    if rest.data.buts.at(rest.words, 0) or rest.data.corrections.at(rest.words, 0) or is_if(rest, 0):
        return False
    return not any(cue.kind in OTHERS for cue in find_cues(rest))


def _placed(said: Said) -> Iterator[int]:
    """Where a position ends that is picked first: "the last one | my husband's away"."""
    for cue in find_cues(said):
        if cue.kind in ("position", "last") and cue.start < 2 and len(said.words) - cue.end > MIN_TOLD:
            yield cue.end


def _is_elsewhen(rest: Said, pick: int) -> bool:
    """Whether what hinders lies at another time than the one that was picked: "(the last one,) we're away till the tenth"."""
    start = rest.starts()[pick]
    if start is None or not refuses(rest, find_cues(rest)):
        return False
    windows = [window for window in windows_of(heard(rest.text, rest)) if window.get("end")]
    wall = start.replace(tzinfo=None).isoformat()[:16]
    return bool(windows) and all(str(window["end"]) <= wall for window in windows)
