"""How a wish for a time changes when the caller says more."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from spoken.context import Context
from spoken.reading import Reading, Status
from spoken.when.reader import read_when
from spoken.wishes import merge, shift
from tests.spoken.when.shorthand import shorthand

NOW = dt.datetime(2026, 6, 10, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


def _short(windows: list[dict[str, Any]]) -> str:
    return shorthand(Reading(Status.COMPLETE, windows))


def _said(*utterances: str) -> str:
    wish: list[dict[str, Any]] | None = None
    for text in utterances:
        reading = read_when(text, "datetime", "fr", NOW, Context())
        assert reading.complete, text
        wish = merge(reading.value, reading.mentions, wish, NOW)
    return _short(wish or [])


@pytest.mark.parametrize(
    ("utterances", "wish"),
    [
        (("mardi après-midi", "plutôt jeudi"), "06-11 12:00-18:00 part"),
        (("la semaine prochaine", "pas mercredi"), "06-15..06-16 | 06-18..06-21"),
        (("pas mardi", "pas jeudi non plus"), "06-10 10:00..06-11 00:00 | 06-12..06-15 | 06-17 | 06-19..06-22 | 06-24+"),
        (("pas mardi", "pas mercredi non plus"), "06-11..06-15 | 06-18..06-22 | 06-25+"),
        (("mardi", "pas mardi"), "06-10 10:00..06-16 00:00 | 06-17..06-22 | 06-24+"),
        (("mardi à quinze heures", "plutôt jeudi"), "06-11 12:00-18:00 part"),
        (("mardi à neuf heures", "plutôt jeudi"), "06-11 06:00-12:00 part"),
        (("mardi après 17 heures", "plutôt jeudi"), "06-11 17:00+"),
        (("mardi", "le matin"), "06-16 06:00-12:00 part"),
        (("mardi matin", "plutôt l'après-midi"), "06-16 12:00-18:00 part"),
        (("mardi à quinze heures", "seize heures"), "06-16 16:00"),
        (("mardi ou jeudi", "le matin"), "06-16 06:00-12:00 part | 06-11 06:00-12:00 part"),
        (("mardi après-midi", "jeudi ou vendredi"), "06-11 12:00-18:00 part | 06-12 12:00-18:00 part"),
        (("mardi après-midi", "jeudi à dix heures"), "06-11 10:00"),
        (("mardi", "jeudi"), "06-11"),
        (("mardi après-midi", "n'importe quand"), "06-10 10:00+ day"),
        (("ce week-end", "vers onze heures"), "06-13 11:00 | 06-14 11:00"),
        (("mardi matin", "la semaine prochaine"), " | ".join(f"06-{day} 06:00-12:00 part" for day in range(15, 22))),
    ],
)
def test_merge(utterances: tuple[str, ...], wish: str) -> None:
    """A new day keeps the part of the day, a new time keeps the day, all else is said anew."""
    assert _said(*utterances) == wish


def test_first_wish_is_taken_as_it_is() -> None:
    """Without an older wish the new one stands."""
    assert _said("mardi matin") == "06-16 06:00-12:00 part"


OFFERED = [dt.datetime(2026, 6, 16, 14, 0), dt.datetime(2026, 6, 16, 15, 0)]  # noqa: DTZ001 - wall times


def test_later_and_earlier_stay_on_the_day() -> None:
    """ "Later" looks on after the last time offered, "earlier" before the first, both on that day."""
    later = shift("later", OFFERED, NOW)[0]
    assert (later["start"], later["end"]) == ("2026-06-16T15:01", "2026-06-17T00:00")
    assert _short(shift("earlier", OFFERED, NOW)) == "..06-16 14:00"
    assert shift("earlier", OFFERED, NOW)[0]["start"] == "2026-06-16T00:00"


def test_later_than_offers_of_several_days() -> None:
    """ "Later" than times of several days does not end with the last of them."""
    offered = [*OFFERED, dt.datetime(2026, 6, 19, 18, 15)]  # noqa: DTZ001
    later = shift("later", offered, NOW)[0]
    assert (later["start"], later["end"], later["grain"]) == ("2026-06-19T18:16", None, "day")


def test_another_day_leaves_out_the_days_offered() -> None:
    """ "Another day" keeps the part of the day of the wish and leaves out the days offered."""
    assert _short(shift("other_day", OFFERED, NOW)) == "06-10 10:00..06-16 00:00 | 06-17+"
    wish = read_when("mardi après-midi", "datetime", "fr", NOW, Context()).value
    moved = shift("other_day", OFFERED, NOW, wish)
    assert "2026-06-16T12:00" not in [one["start"] for one in moved]
    assert all(one["start"].endswith("T12:00") and one["end"].endswith("T18:00") for one in moved)


def test_nothing_offered_nothing_shifted() -> None:
    """Without times on offer there is nothing to look on from, and nothing lies before now."""
    assert shift("later", [], NOW) == []
    assert shift("earlier", [dt.datetime(2026, 6, 10, 9, 0)], NOW) == []  # noqa: DTZ001
