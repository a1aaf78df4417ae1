"""Shares come with the intervals that Wilson gave them, and means with what is known of them."""

from __future__ import annotations

import pytest

from frontdesk.simulating.figures import mean, share


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 20, 0.0089, 0.2361), (950, 1000, 0.9347, 0.9619)],
)
def test_a_share_has_wilsons_interval(hits: int, count: int, low: float, high: float) -> None:
    """Values worked out by hand from the formula, with z = 1.96."""
    found = share(hits, count)
    assert found.value == hits / count
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_of_no_calls_nothing_is_known() -> None:
    """The interval is everything."""
    assert (share(0, 0).low, share(0, 0).high) == (0.0, 1.0)


def test_more_hits_than_calls_is_a_mistake() -> None:
    """Whoever counts so has counted wrongly."""
    with pytest.raises(ValueError, match="11 of 10"):
        share(11, 10)


def test_a_mean_has_its_interval() -> None:
    """1.96 standard errors to both sides, never below nothing."""
    found = mean([2, 4, 6])
    assert found.value == 4
    assert (found.low, found.high) == pytest.approx((1.737, 6.263), abs=1e-3)
    assert mean([0, 0, 9]).low == 0
    assert mean([7]).low == mean([7]).high == 7
