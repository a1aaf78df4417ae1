"""What callers say is understood at least as well as it was when the floors were last set."""

from __future__ import annotations

from functools import cache
from typing import Final

import pytest

from tests.spoken.heldout.measure import HERE, RIGHT, WRONG, Verdict, load, run, share

# language, kind: at least so many per cent right, at most so many wrong.
FLOORS: Final[dict[tuple[str, str], tuple[float, float]]] = {
    ("de", "choice"): (97.0, 3.0),
    ("de", "email"): (97.0, 3.0),
    ("de", "name"): (97.0, 3.0),
    ("de", "number"): (97.0, 3.0),
    ("de", "phone"): (97.0, 3.0),
    ("de", "yes_no"): (97.0, 3.0),
    ("en", "choice"): (97.0, 3.0),
    ("en", "email"): (97.0, 3.0),
    ("en", "name"): (93.0, 3.0),
    ("en", "number"): (97.0, 3.0),
    ("en", "phone"): (97.0, 3.0),
    ("en", "yes_no"): (97.0, 3.0),
    ("es", "choice"): (97.0, 3.0),
    ("es", "date"): (77.3, 15.8),
    ("es", "datetime hard"): (80.8, 13.0),
    ("es", "datetime plain"): (97.4, 2.0),
    ("es", "email"): (97.0, 3.0),
    ("es", "name"): (97.0, 3.0),
    ("es", "number"): (97.0, 3.0),
    ("es", "phone"): (97.0, 3.0),
    ("es", "time"): (98.0, 2.0),
    ("es", "yes_no"): (97.0, 3.0),
    ("fr", "choice"): (97.0, 3.0),
    ("fr", "date"): (78.0, 8.7),
    ("fr", "datetime hard"): (83.9, 10.6),
    ("fr", "datetime plain"): (97.4, 2.0),
    ("fr", "email"): (97.0, 3.0),
    ("fr", "name"): (97.0, 3.0),
    ("fr", "number"): (97.0, 3.0),
    ("fr", "phone"): (97.0, 3.0),
    ("fr", "time"): (89.3, 6.3),
    ("fr", "yes_no"): (97.0, 3.0),
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
