"""Which of several times on offer a comparison means: "the earlier one", "the last on Tuesday", "whichever comes first"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from spoken.choosing.clauses import Mentioned
from spoken.choosing.clock import at_the_hour
from spoken.choosing.cues import COMPARISONS, Cue, Said, chosen, offers_of, several
from spoken.choosing.whole import means
from spoken.context import Choice
from spoken.normalise import fold_words
from spoken.reading import NOTHING, Reading, Status

__all__ = ["bounds_a_time", "by_comparison", "compared_among", "first_or_last_of"]


def compared_among(timed: Reading, said: Said, cues: Sequence[Cue]) -> Reading:
    """ "The earlier one on Tuesday", "nine on the Tuesday": among those that the day leaves."""
    among = [int(item.value) for item in timed.alternatives]
    if timed.status is not Status.AMBIGUOUS or len(among) < 2:
        return timed
    cues = [cue for cue in cues if not bounds_a_time(said, cue)]
    found = by_comparison(said, cues, [said.choices[index] for index in among])
    if found is not None and found.complete:
        return chosen(among[found.value], found.span)
    return at_the_hour(timed, among, said)


def first_or_last_of(found: Reading | None, said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> Reading | None:
    """ "Friday or Saturday, whichever comes first": a comparison of two that will both do; not one that is itself one of the two."""
    joins = [at for at, word in enumerate(said.words) if word in said.data.joiners]
    last = next((cue for cue in cues if cue.kind in COMPARISONS and said.idle(cue.end) and not said.negated(cue.start)), None)
    open_to_any = any(cue.kind in ("any", "both", "others") for cue in cues)
    if found is not None and not joins and last is not None and not open_to_any and 1 < len(offers_of(found)) < len(said.choices):
        return compared_among(found, said, [last])  # "Tuesday, and make it the later one"
    if found is None or "any" not in found.mentions or len(joins) != 1:
        return found
    behind = [cue for cue in cues if cue.kind in COMPARISONS and said.idle(cue.end) and cue.start > joins[0] + 1]
    second = mentioned(said.part(said.before(behind[-1].start)).after(joins[0] + 1)) if behind else frozenset[int]()
    return compared_among(found, said, cues) if second and second < set(offers_of(found)) else found


def bounds_a_time(said: Said, cue: Cue) -> bool:
    """ "Before nine" ("antes de las nueve"): no comparison of the offers with one another."""
    behind = said.words[cue.end] if cue.end < len(said.words) else ""
    return cue.kind in ("earlier", "later") and cue.end == cue.start + 1 and (behind in said.data.bounding or behind in said.data.than)


def by_comparison(said: Said, cues: Sequence[Cue], choices: Sequence[Choice]) -> Reading | None:
    """The first or the last of some times, by the comparison that was said last; None when none was said, or a time is not known."""
    found = [cue for cue in cues if cue.kind in COMPARISONS]
    if not found or len(choices) < 2:
        return NOTHING if found and len(choices) == 1 else None
    kind, span = found[-1].kind, said.span(found[-1].start, found[-1].end)
    every = said.starts()
    starts = [every[said.choices.index(choice)] for choice in choices]
    order = _in_order(starts, choices, said)
    if order is None or len(order) < 2:
        return None
    if kind == "earliest" or (kind == "earlier" and len(order) == 2):
        return chosen(order[0], span)
    if kind == "latest" or (kind == "later" and len(order) == 2):
        return chosen(order[-1], span)
    return several(order[:-1] if kind == "earlier" else order[1:], choices, span)


def _in_order(starts: Sequence[dt.datetime | None], choices: Sequence[Choice], said: Said) -> list[int] | None:
    """Some choices in order of time, less those that are any of them; None where one of them is no time.

    A day of which it is not known when it is ("Thursday this week", said on a Friday) stands where it was said: so offers are made.
    """
    one = [index for index, choice in enumerate(choices) if starts[index] or not means("any", choice.say, said.language)]
    if all(starts[index] for index in one):
        return sorted(one, key=lambda index: starts[index] or said.now)  # "whenever" is neither the earliest nor the latest
    called = [not said.data.day_words.isdisjoint(fold_words(choice.say)) for choice in choices]
    return list(range(len(choices))) if any(starts) and all(map(any, zip(starts, called, strict=True))) else None
