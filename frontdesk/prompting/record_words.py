"""What a caller's own record says, for the ear: amounts, days and words, as business.yaml declares them under `record`."""

from __future__ import annotations

from decimal import Decimal

from frontdesk.prompting.scene import Scene, as_date
from frontdesk.prompting.speech import said_money
from spoken.say_when import say_date

__all__ = ["record_words"]

_RECORD = "customer"
"""The fact whose detail is the record."""


def record_words(name: str, scene: Scene) -> str | None:
    """The words for a field of the record; None where the business has no such field, or the record is not known or lacks it."""
    kind = scene.business.record.get(name)
    value = scene.detail(_RECORD).get(name) if kind is not None else None
    if value is None:
        return None
    if kind == "amount":
        return said_money(Decimal(str(value)), scene.business.currency, scene.language, scene.style)
    if kind == "date":
        day = as_date(value)
        return say_date(day, scene.language, scene.today, style=scene.style) if day is not None else None
    return scene.piece(f"value.{name}.{value}")
