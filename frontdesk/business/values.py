"""The small values that business.yaml is made of: ids, texts per language, amounts of money, spans of time."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

__all__ = ["E164", "WEEKDAYS", "Amount", "DayHours", "Id", "Language", "Localized", "Part", "Phrases", "Span", "Text"]

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""In the order of `date.weekday()`."""

_SPAN: Final = r"^([01]?[0-9]|2[0-3]):[0-5][05]-(([01]?[0-9]|2[0-3]):[0-5][05]|24:00)$"


class Part(BaseModel):
    """A part of business.yaml: no unknown keys, no conversions, no changes once loaded."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""The short name by which other places speak of a thing; never said aloud."""

Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
"""ISO 639-1."""

Text = Annotated[str, Field(min_length=1, max_length=600, pattern=r"\S")]

Localized = dict[Language, Text]
"""One text per language of the business, as it is said aloud."""

Phrases = dict[Language, tuple[Text, ...]]
"""What callers say, per language of the business: small letters or not, no punctuation needed."""

E164 = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]
"""A phone number with its country prefix and without spaces."""


def _money(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise PydanticCustomError("money", "an amount is a number such as 58 or 12.50")
    amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0 or amount > 100_000 or amount != round(amount, 2):
        raise PydanticCustomError("money", "an amount is a number such as 58 or 12.50, zero or more, with at most two decimals")
    return amount


Amount = Annotated[
    Decimal,
    PlainValidator(_money),
    PlainSerializer(float, return_type=float),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100_000}),
]
"""An amount in the currency of the business."""


def _clock(text: str) -> dt.time:
    hour, minute = text.split(":")
    return dt.time.max if hour == "24" else dt.time(int(hour), int(minute))


def _span(value: Any) -> tuple[dt.time, dt.time]:
    if not isinstance(value, str) or not re.fullmatch(_SPAN[1:-1], value):
        raise PydanticCustomError("span", "a span of time is written like 9:00-12:30, in steps of five minutes")
    start, end = (_clock(part) for part in value.split("-"))
    if end <= start:
        raise PydanticCustomError("span", "this span of time ends before it begins")
    return start, end


def _span_text(span: tuple[dt.time, dt.time]) -> str:
    start, end = span
    return f"{start:%H:%M}-" + ("24:00" if end == dt.time.max else f"{end:%H:%M}")


Span = Annotated[
    tuple[dt.time, dt.time],
    PlainValidator(_span),
    PlainSerializer(_span_text, return_type=str),
    WithJsonSchema({"type": "string", "pattern": _SPAN}),
]
"""A half-open span of one day, wall time of the business. The end of the day is 24:00."""


def _closed(value: Any) -> Any:
    if value == "closed":
        return ()
    if isinstance(value, list) and value:
        return tuple(value)
    raise PydanticCustomError("day-hours", "write closed, or a list of spans such as [9:00-12:30, 14:00-19:00]")


DayHours = Annotated[
    tuple[Span, ...],
    BeforeValidator(_closed),
    WithJsonSchema({"anyOf": [{"const": "closed"}, {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": _SPAN}}]}),
]
"""The spans of one day; none of them when closed."""
