"""What placeholders come from: the facts, lists and values of a call without which they have no words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fsm.showing import CALLERS_NUMBER, LISTED, VALUED

__all__ = ["IN_MESSAGES", "OF_OPTIONS", "OF_QUESTIONS", "RECORD", "SOURCES"]

RECORD: Final = "customer"
"""The fact whose detail is the caller's record."""

_DAY: Final = f"{VALUED}day"

SOURCES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "service": ("service", "appointment"),
        "a_service": ("service", "appointment"),
        "price": ("service", "appointment"),
        "duration": ("service", "appointment"),
        "about": ("service", "appointment"),
        "staff": ("staff",),
        "wished_staff": ("staff",),
        "stylist": ("slot", "staff"),
        "slot": ("slot",),
        "time": ("slot",),
        "day": ("slot", _DAY),
        "weekday": (_DAY,),
        "day_hours": (_DAY,),
        "closed_reason": (f"{VALUED}closed", _DAY),
        "when": ("when",),
        "name": ("name", "appointment"),
        "of_name": ("name", "appointment"),
        "phone": ("phone", "appointment"),
        "phone_ending": ("phone", "appointment"),
        "caller_ending": (CALLERS_NUMBER,),
        "email": ("email",),
        "reference": ("reference",),
        "report_number": (f"{VALUED}report_number",),
        "birth_date": ("birth_date",),
        "message": ("message",),
        "old_service": ("appointment",),
        "old_slot": ("appointment",),
        "old_name": ("appointment",),
        "appointment": ("appointment",),
        "appointments": (f"{LISTED}appointments",),
        "offers": (f"{LISTED}offers",),
    }
)
"""By placeholder, what it may come from; one is enough. What the business, the time or the question just asked fills is left out."""

OF_QUESTIONS: Final = frozenset(
    {"service", "a_service", "price", "duration", "about", "staff", "day", "weekday", "day_hours", "closed_reason", "closures"}
    | {"appointment"}
)
"""Those that an answer shows of what was asked about, whatever is known."""

OF_OPTIONS: Final = frozenset({"options", "family_question"})
"""Those that only the line `options` of a state shows: while something is left open, that one is said in place of its other questions."""

IN_MESSAGES: Final = frozenset(
    {"service", "a_service", "price", "duration", "about", "staff", "wished_staff", "stylist", "slot", "time", "day", "name", "of_name"}
    | {"old_service", "old_slot", "old_name", "appointment"}
)
"""Those that a text message about an appointment fills; the others of SOURCES it never does."""
