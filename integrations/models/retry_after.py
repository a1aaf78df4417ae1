"""How long a server asks to wait, from the headers of its refusal.

`Retry-After` is RFC 9110 section 10.2.3; `retry-after-ms` and `x-ratelimit-*` are what model servers add to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

__all__ = ["duration_s", "retry_after_s"]

_DURATION: Final = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,6})m(?!s))?(?:(\d{1,6}(?:\.\d{1,9})?)s)?(?:(\d{1,9})ms)?")
_UNITS_S: Final = (3600.0, 60.0, 1.0, 0.001)
_NUMBER: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?")


def duration_s(text: str) -> float | None:
    """Seconds of a duration such as "1s", "6m0s", "120ms"; None for anything else."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        return None
    return sum(float(part) * unit for part, unit in zip(found.groups(), _UNITS_S, strict=True) if part)


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds, 0 or more; None where the headers (names in lower case) do not say. A date counts from the server's own clock."""
    if (number := _number(headers.get("retry-after-ms", ""))) is not None:
        return number / 1000
    text = headers.get("retry-after", "")
    if (number := _number(text)) is not None:
        return number
    try:
        return max(0.0, (parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("date", ""))).total_seconds())
    except (ValueError, TypeError):
        pass  # no dates, or one of them without a zone
    resets = [
        duration_s(headers.get(f"x-ratelimit-reset-{kind}", ""))
        for kind in ("requests", "tokens")
        if headers.get(f"x-ratelimit-remaining-{kind}", "").strip() == "0"
    ]
    return max((reset for reset in resets if reset is not None), default=None)


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text.strip()) else None
