"""A time told by how far it is from one that was named: "a week after the third", "an hour later than the first"."""

from __future__ import annotations

import datetime as dt
from typing import Final

from spoken.choosing.amount_words import MINUTES, amounts_in
from spoken.choosing.clauses import Mentioned
from spoken.choosing.cues import Said, one_of
from spoken.reading import NOTHING, Reading

__all__ = ["by_shift"]

DAY: Final = 24 * 60
"""Minutes."""

FURTHEST: Final = 366 * DAY
"""No offer is further from another one, in minutes."""


def by_shift(said: Said, mentioned: Mentioned) -> Reading | None:
    """The offers so far from one that is named behind; NOTHING where there is none, None where no time is told so."""
    if not said.timed():
        return None
    for sign, first, last in said.data.shifts.find(said.words):
        amount = next((amount for amount in amounts_in(said.words[:first], said.language) if amount.end == first), None)
        if amount is None or amount.unit != MINUTES or last >= len(said.words):
            continue
        if amount.value > FURTHEST:
            return NOTHING
        step = sign * dt.timedelta(minutes=amount.value)
        starts = said.starts()
        meant = [start + step for index in mentioned(said.after(last)) if (start := starts[index])]
        days = {moment.date() for moment in meant}
        fits = [
            index for index, start in enumerate(starts) if start and (start.date() in days if amount.value % DAY == 0 else start in meant)
        ]
        if meant:
            return one_of(fits, said.choices, said.span(amount.start, len(said.words))) if fits else NOTHING
    return None
