"""The days of a country are those that the library gives when it is asked by name."""

from __future__ import annotations

import holidays

from frontdesk.business.public_holidays import knows_country, public_holidays


def test_every_country_by_its_own_file() -> None:
    """Read from its own file, a country has the days that it has with all the others read as well."""
    countries = [*holidays.list_supported_countries(include_aliases=False)]
    assert len(countries) > 200
    for country in countries:
        asked = holidays.country_holidays(country, years=2026, language="en_US")
        assert public_holidays(country, 2026) == dict(asked), country


def test_a_country_that_the_library_does_not_know() -> None:
    """It has no days, and a business that names it is told."""
    assert public_holidays("XX", 2026) == {}
    assert not knows_country("XX")
    assert knows_country("FR")
