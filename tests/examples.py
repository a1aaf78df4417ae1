"""What `make test` takes of the many tests that are alike: enough of each kind that a fault shows within minutes.

`make test-all` runs every test in full. `make test` leaves out the tests that are marked `slow`, and takes a part only of what a
test tries in a loop. Which part goes by the name of each thing by itself, and not by its place among the others: a call that is
added, or renamed, changes nothing about which of the others are run.

- Of many that are alike, one in so many: those whose name falls to it (`unless_in_sample`), of a table that is short at least one
  (`sampled`).
- Of the languages that one thing is held in, one, another for each name (`unless_its_turn`). There is always one.
- Of what a single test tries one after the other, one in so many, and never nothing (`some`).
- Of a property test, a first part of its examples (`examples`), always the same ones.

Where no name falls to it, the nearest one is taken. A plain `pytest` runs what is `slow` too, and takes the same parts in the loops;
`--hypothesis-profile all`, as `make test-all` has it, takes the whole of them.

A kind of which only a few exist, or of which each shows something of its own, is no sample: all of it is run, or one that is
named is, and the others are marked `slow` where they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar
from zlib import crc32

import pytest
from hypothesis import settings

__all__ = ["examples", "in_turn", "sampled", "some", "turn_of", "unless_in_sample", "unless_its_turn"]

_WHOLE: Final = 60
"""What the others try in `make test-all` (tests/conftest.py)."""

Item = TypeVar("Item")
Marks = tuple[pytest.MarkDecorator, ...]
_LEFT_TO_TEST_ALL: Final[Marks] = (pytest.mark.slow,)


def examples(whole: int) -> int:
    """So many in `make test-all`, a first part of them in `make test`, and more in a search for new ones."""
    return max(1, whole * settings.default.max_examples // _WHOLE)


def unless_in_sample(name: str, one_in: int) -> Marks:
    """The mark `slow` for all but one name in so many."""
    return _LEFT_TO_TEST_ALL if _number(name) % one_in else ()


def sampled(rows: Iterable[Any], one_in: int, name: Callable[[Any], str] = repr) -> list[Any]:
    """The rows of a parametrised test: one in so many for `make test`, at least one, the others marked `slow`. Ids stay as they were."""
    named = [(row, name(row)) for row in rows]
    taken = set(_sample([each for _, each in named], one_in, str))
    return [
        pytest.param(*(row if isinstance(row, tuple) else (row,)), marks=() if each in taken else _LEFT_TO_TEST_ALL) for row, each in named
    ]


def unless_its_turn(name: str, language: str, languages: Iterable[str]) -> Marks:
    """The mark `slow` for all languages but one, another for each name."""
    return () if language == turn_of(name, languages) else _LEFT_TO_TEST_ALL


def in_turn(names: Iterable[str], languages: Iterable[str]) -> list[Any]:
    """Rows of a name and a language, every name in every language, for a parametrised test: one language of each is no `slow` one."""
    spoken = list(languages)
    return [pytest.param(name, language, marks=unless_its_turn(name, language, spoken)) for name in names for language in spoken]


def turn_of(name: str, languages: Iterable[str]) -> str:
    """The language in which a thing is held where it is held in one only."""
    return min(languages, key=lambda language: _number(f"{name} {language}"))


def some(items: Iterable[Item], one_in: int, name: Callable[[Item], str] = str) -> list[Item]:
    """What a test tries in a loop: all of it in `make test-all`; else one in so many, and at least one. `name` is what each is known by."""
    return list(items) if settings.default.max_examples >= _WHOLE else _sample(list(items), one_in, name)


def _sample(items: list[Item], one_in: int, name: Callable[[Item], str]) -> list[Item]:
    return [item for item in items if not _number(name(item)) % one_in] or sorted(items, key=lambda item: _number(name(item)))[:1]


def _number(name: str) -> int:
    """The same on every machine and in every process."""
    return crc32(name.encode())
