"""A wish, as spans of real time in which an appointment may begin."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest

from frontdesk.actions.offers import APART, choose_closest, choose_earliest, choose_on_days, choose_spread, one_per_start, without_refused
from frontdesk.actions.wish_spans import WishSpan, wish_spans
from integrations.calendar.port import FreeSlot
from tests.actions.fakes import NOW, PARIS, at, wish

HORIZON = NOW + dt.timedelta(days=120)


def span(window: dict[str, Any]) -> WishSpan:
    [found] = wish_spans([window], PARIS, NOW, HORIZON)
    return found


def test_instant() -> None:
    """A time of the clock is exact, and a minute wide."""
    found = span(wish("16T15:00"))
    assert (found.after, found.before, found.exact) == (at("16T15:00"), at("16T15:01"), True)


def test_day() -> None:
    """A day begins and ends at midnight, and is one day."""
    found = span(wish("16T00:00", "17T00:00", grain="day"))
    assert (found.after, found.before, found.exact, found.one_day) == (at("16T00:00"), at("17T00:00"), False, True)


def test_after_an_hour_is_that_day() -> None:
    """ "After five on Tuesday" ends with Tuesday."""
    assert span(wish("16T17:00", from_=True)).before == at("17T00:00")


def test_from_a_day_on_is_open() -> None:
    """ "From Tuesday on" ends with what can be booked at all."""
    found = span(wish("16T00:00", grain="day", from_=True))
    assert (found.after, found.before, found.open_ended) == (at("16T00:00"), HORIZON, True)


def test_as_soon_as_possible_is_open() -> None:
    """From this moment on is no wish for today alone."""
    assert span(wish("12T09:00", from_=True)).open_ended


def test_until() -> None:
    """ "By Friday", without a beginning, begins now."""
    assert span(wish("19T00:00", until=True)).after == NOW


@pytest.mark.parametrize(("time", "holds"), [("11:59", False), ("12:00", True), ("17:59", True), ("18:00", False)])
def test_part_of_the_day_on_other_days(time: str, holds: bool) -> None:
    """An afternoon is an afternoon on any day; half-open."""
    assert span(wish("16T12:00", "16T18:00", grain="part_of_day")).holds_time(dt.time.fromisoformat(time)) is holds


def test_wall_time_over_a_change_of_clocks() -> None:
    """Times are those on the wall, also on the day on which the clocks change."""
    [found] = wish_spans(
        [{"start": "2026-10-25T15:00", "end": None, "grain": "minute", "from": False, "until": False}],
        PARIS,
        NOW,
        HORIZON + dt.timedelta(days=90),
    )
    assert found.after.astimezone(dt.UTC).hour == 14


# -- choosing -------------------------------------------------------------------------------------------------------


def slots(*starts: str, staff: str = "lea") -> list[FreeSlot]:
    return [FreeSlot(at(start), at(start) + dt.timedelta(minutes=45), staff) for start in starts]


def test_one_per_start_prefers_the_person() -> None:
    """Of several people free at a time the preferred one is taken, else the first."""
    both = [*slots("16T15:00", "16T16:00"), *slots("16T15:00", staff="paul")]
    assert [slot.staff for slot in one_per_start(both, "paul")] == ["paul", "lea"]
    assert [slot.staff for slot in one_per_start(both)] == ["lea", "lea"]


def test_without_refused() -> None:
    """A refused time goes, and those within ninety minutes of one that is still near to what is wished for."""
    free = slots("16T13:30", "16T14:00", "16T15:00", "16T16:30")
    assert without_refused(free, [at("16T15:00")]) == slots("16T13:30", "16T14:00", "16T16:30")
    assert without_refused(free, [at("16T15:00")], [at("16T15:00")]) == slots("16T13:30", "16T16:30")


@pytest.mark.parametrize("count", [1, 2, 3, 5])
@pytest.mark.parametrize("many", [0, 1, 2, 4, 40])
def test_never_more_than_asked_for(count: int, many: int) -> None:
    """Every way of choosing gives some where there are any, up to the count, each once, in order, and no two within half an hour."""
    free = [FreeSlot(at("16T09:00") + dt.timedelta(minutes=15 * number), at("17T09:00"), "lea") for number in range(many)]
    for chosen in (
        choose_spread(free, count),
        choose_earliest(free, count),
        choose_on_days(free, count),
        choose_closest(free, free[::2], at("16T12:00"), count, exact=True),
        choose_closest(free, free[::2], at("15T00:00"), count, exact=False),
    ):
        assert chosen == sorted(set(chosen))
        assert min(1, many) <= len(chosen) <= min(count, many)
        assert all(later.start - earlier.start >= APART for earlier, later in pairwise(chosen))
        assert set(chosen) <= set(free)
