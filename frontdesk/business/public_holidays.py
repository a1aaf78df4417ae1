"""Public holidays of a country, from the `holidays` library, which is imported when they are first asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

__all__ = ["knows_country", "public_holidays"]


@lru_cache(maxsize=128)
def public_holidays(country: str, year: int) -> Mapping[dt.date, str]:
    """The days and their stable English names; empty for a country that the library does not know.

    The import takes about 0.1 s; afterwards a new year takes less than a millisecond.
    """
    import holidays

    try:
        days = holidays.country_holidays(country, years=year, language="en_US")
    except NotImplementedError:
        return MappingProxyType({})
    return MappingProxyType(dict(sorted(days.items())))


def knows_country(country: str) -> bool:
    """Whether there are public holidays for this ISO country."""
    import holidays

    return country in holidays.list_supported_countries(include_aliases=False)
