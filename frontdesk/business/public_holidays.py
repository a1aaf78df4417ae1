"""Public holidays of a country, from the `holidays` library, which is imported when they are first asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import MappingProxyType
from typing import Any

__all__ = ["knows_country", "public_holidays"]


@lru_cache(maxsize=128)
def public_holidays(country: str, year: int) -> Mapping[dt.date, str]:
    """The days and their stable English names; empty for a country that the library does not know.

    The import takes about 0.05 s; afterwards a new year takes less than a millisecond.
    """
    days = _days_of(country)
    return MappingProxyType(dict(sorted(days(years=year, language="en_US").items())) if days is not None else {})


def knows_country(country: str) -> bool:
    """Whether there are public holidays for this ISO country."""
    import holidays

    return country in holidays.list_supported_countries(include_aliases=False)


@lru_cache(maxsize=16)
def _days_of(country: str) -> Any:
    """What the library makes the days of a country with; None for one that it does not know.

    It is taken from the country's own file: asked by name, the library reads the files of all countries, which takes as long again
    as its import.
    """
    import holidays
    from holidays.registry import COUNTRIES

    for module, names in COUNTRIES.items():
        if country in names:
            file = Path(holidays.__file__).parent / "countries" / f"{module}.py"
            spec = spec_from_file_location(f"holidays.countries.{module}", file)
            if spec is None or spec.loader is None or not file.is_file():
                return getattr(holidays, country)
            found = module_from_spec(spec)
            spec.loader.exec_module(found)
            return getattr(found, country)
    return None
