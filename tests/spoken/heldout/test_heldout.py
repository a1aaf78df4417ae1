"""What callers say is understood at least as well as it was when the floors were last set."""

from __future__ import annotations

from functools import cache
from typing import Final

import pytest

from tests.spoken.heldout.measure import HERE, RIGHT, WRONG, Verdict, load, run, share

# language, kind: at least so many per cent right, at most so many wrong.
FLOORS: Final[dict[tuple[str, str], tuple[float, float]]] = {
    ("es", "choice"): (84.0, 7.3),
    ("es", "date"): (77.3, 15.8),
    ("es", "datetime hard"): (80.8, 13.0),
    ("es", "datetime plain"): (97.4, 2.0),
    ("es", "email"): (84.2, 12.3),
    ("es", "name"): (84.1, 13.1),
    ("es", "number"): (85.5, 8.2),
    ("es", "phone"): (94.3, 2.0),
    ("es", "time"): (98.0, 2.0),
    ("es", "yes_no"): (96.5, 3.5),
    ("fr", "choice"): (89.4, 3.7),
    ("fr", "date"): (78.0, 8.7),
    ("fr", "datetime hard"): (83.9, 10.6),
    ("fr", "datetime plain"): (97.4, 2.0),
    ("fr", "email"): (90.9, 5.6),
    ("fr", "name"): (92.4, 4.8),
    ("fr", "number"): (85.5, 8.2),
    ("fr", "phone"): (96.1, 2.0),
    ("fr", "time"): (89.3, 6.3),
    ("fr", "yes_no"): (94.8, 3.6),
}


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
