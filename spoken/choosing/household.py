"""The caller himself, or all of his, of offers for an adult, a child and a family: "just for me", "my husband, the kids and me"."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from spoken.choosing.ages import age_kind
from spoken.choosing.cues import Said, chosen
from spoken.choosing.families import families_at, families_of, whom
from spoken.choosing.party import people_words
from spoken.choosing.phrases import choice_book
from spoken.choosing.whom import owns
from spoken.reading import Reading

__all__ = ["by_household"]

FAMILY: Final = "familysize"
ADULT: Final = "adult"
CHILDREN: Final = frozenset({"child", "young"})
MIN_BESIDE: Final = 2
"""People besides the caller who make a family with him."""


class _Offered(NamedTuple):
    adult: int
    family: int | None


@lru_cache(maxsize=256)
def _offered(says: tuple[str, ...], language: str) -> _Offered | None:
    """Which offer is for an adult, and which for all of a family; None where anything else is on offer, or one of them twice."""
    families = [index for index, say in enumerate(says) if FAMILY in families_of(say, language)]
    kinds = ["" if index in families else age_kind(say, language) for index, say in enumerate(says)]
    others = [index for index in range(len(says)) if index not in families and kinds[index] not in CHILDREN]
    if len(others) != 1 or kinds[others[0]] != ADULT or len(families) > 1 or len(says) < 2:
        return None
    return _Offered(others[0], families[0] if families else None)


def by_household(said: Said) -> Reading | None:
    """The offer for an adult, where it is for the caller and nobody else; that for a family, where all of his come; else None."""
    offered = _offered(tuple(choice.say for choice in said.choices), said.language)
    if offered is None or said.negations():
        return None
    others = _others(said)
    span = (0, len(said.text))
    together = any(True for _ in choice_book(said.language, "all_of_us").find(said.words))
    two = choice_book(said.language, "us_together").find(said.words) if others else ()
    together = together or any(True for _ in two)  # "the two of us and three kids"
    if offered.family is not None and (together or (len(others) >= MIN_BESIDE and _comes(said))):
        return chosen(offered.family, span)
    return chosen(offered.adult, span) if not others and not together and _comes(said) else None


def _comes(said: Said) -> bool:
    """Whether the caller is one of them; "mi hijo" is not "mí"."""
    owned = {at for at in range(len(said.words)) if owns(said, at)}
    if any(True for _ in people_words(said.language).alone.find(said.words)):
        return True  # "on my own"
    return any(owned.isdisjoint(range(start, end)) for _, start, end in choice_book(said.language, "myself").find(said.words))


def _others(said: Said) -> list[int]:
    """Where others than the caller are told of: his family, by what they are to him, and those who are not counted ("the kids")."""
    kin, people = whom(said.language), people_words(said.language)
    alone = {at for _, start, end in people.alone.find(said.words) for at in range(start, end)}
    found: list[int] = []
    for at, word in enumerate(said.words):
        if at in alone:
            continue
        owned = at > 0 and owns(said, at - 1)
        if (owned or word in people.uncounted or families_at(said.words, at, said.language)[0] & kin) and at - 1 not in found:
            found.append(at)
    return found
