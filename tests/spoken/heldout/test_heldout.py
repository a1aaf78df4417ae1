"""What callers say is understood at least as well as it was when the floors were last set."""

from __future__ import annotations

from functools import cache
from typing import Final

import pytest

from tests.spoken.heldout.measure import HERE, RIGHT, WRONG, Verdict, load, run, share

# language, kind: at least so many per cent right, at most so many wrong.
FLOORS: Final[dict[tuple[str, str], tuple[float, float]]] = {}


@cache
def _verdicts(language: str) -> tuple[Verdict, ...]:
    return tuple(run([language]))


def _of(language: str, kind: str) -> list[Verdict]:
    return [verdict for verdict in _verdicts(language) if verdict.kind == kind]


@pytest.mark.parametrize(("language", "kind"), sorted(FLOORS))
def test_share_that_is_right(language: str, kind: str) -> None:
    """No kind of value is understood less often than its floor."""
    assert share(_of(language, kind), RIGHT) >= FLOORS[language, kind][0]


@pytest.mark.parametrize(("language", "kind"), sorted(FLOORS))
def test_share_that_is_wrong(language: str, kind: str) -> None:
    """No kind of value is misunderstood with confidence more often than its ceiling."""
    assert share(_of(language, kind), WRONG) <= FLOORS[language, kind][1]


@pytest.mark.parametrize("language", sorted(path.stem for path in HERE.glob("??.yaml")))
def test_corpus_is_big_enough_to_mean_something(language: str) -> None:
    """A language is measured on at least 330 sentences, each of the right form."""
    assert len(load(language)) >= 330
