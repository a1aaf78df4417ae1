"""Which offer a number alone means: a position, the hour that one begins at, or all of them ("las dos")."""

from __future__ import annotations

from typing import Final

from spoken.choosing.cues import Said, one_of
from spoken.choosing.families import families_at
from spoken.content_words import titles
from spoken.digit_words import units_at
from spoken.numerals import cardinal_at
from spoken.reading import Reading

__all__ = ["by_number", "of_all"]

MAX_BESIDE_ARTICLE: Final = 2
"""Words of an answer in which an article is a number: "bleibt ja nur einer" names none."""
MAX_BESIDE_NUMBER: Final = 3
"""Other words that may stand beside a number that is a position."""


def by_number(said: Said, articles: bool = True) -> Reading | None:
    """A number alone: a position, or the hour of one of the times. `articles`: one that is an article too may be one."""
    numbers = []
    at = 0
    while at < len(said.words):
        found = None if said.data.noes.at(said.words, at) else cardinal_at(said.words, at, said.language)
        if found and said.words[at] in said.data.pronouns and at and said.data.idle.at(said.words, at - 1) is None:
            found = None  # "the midweek one"
        if found and not (said.words[at] in said.data.articles and found[1] == at + 1 and not (articles and _counts(said, at + 1))):
            numbers.append((found[0], at, found[1]))
        at = found[1] if found else at + 1
    if numbers and numbers[0][1] and said.words[numbers[0][1] - 1] in said.data.untils:
        return None  # "away until the third" is a day
    if len(numbers) != 1 or len(said.words) - (numbers[0][2] - numbers[0][1]) > MAX_BESIDE_NUMBER:
        return None
    value, first, last = numbers[0]
    if units_at(said.words, last, said.language):
        return None
    starts = said.starts()
    fits = {index for index, start in enumerate(starts) if start and start.minute == 0 and value in (start.hour, start.hour % 12 or 12)}
    if 1 <= value <= len(said.choices):
        fits.add(value - 1)
    if not fits:
        return None
    span = said.span(first, last)
    return one_of(sorted(fits), said.choices, span)


def of_all(said: Said) -> bool:
    """ "Las dos", of two that begin at other hours."""
    if len(said.words) != 2 or said.words[0] not in said.data.definites or not said.words[0].endswith("s"):
        return False
    found = cardinal_at(said.words, 1, said.language)
    hours = {start.hour % 12 or 12 for start in said.starts() if start} if not said.offers.whole_days() else set()
    return found is not None and found[0] == len(said.choices) and found[0] not in hours


def _counts(said: Said, at: int) -> bool:
    """Whether a number that is an article too stands alone before `at`: "eine", but not "eine Frau", nor "un hombre"."""
    if len(said.words) > MAX_BESIDE_ARTICLE or not said.idle(at):
        return False
    return at >= len(said.words) or not (said.words[at] in titles(said.language) or families_at(said.words, at, said.language)[0])
