"""What is known, asked and on offer, in a few lines for the model: in the caller's language, and without a single id."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from frontdesk.brain.wishes.windows import windows_of
from frontdesk.business import Business
from frontdesk.business.languages import LANGUAGE_NAMES
from fsm.spec import NOT_FROM_CALLERS
from fsm.view import View
from spoken.say_when import say_slot, say_window

__all__ = ["appointment_words", "known_lines", "slot_words"]

_UNTOLD: Final = frozenset({"phone", "email", "reference", "birth_date"})
"""Facts whose value is nothing that the model needs."""


def slot_words(start: str, language: str, now: dt.datetime) -> str:
    """A time as it is said."""
    return say_slot(dt.datetime.fromisoformat(start[:16]), language, now.replace(tzinfo=None))


def appointment_words(item: Mapping[str, Any], business: Business, language: str, now: dt.datetime) -> str:
    """An appointment as it is said: the service and the time."""
    service = item.get("service")
    name = business.service_name(service, language) if service in business.services else ""
    return f"{name} {slot_words(str(item['start']), language, now)}".strip()


def known_lines(view: View, business: Business, language: str, now: dt.datetime) -> Iterator[str]:
    """One line for each thing. `now` is aware, in the zone of the business."""
    yield f"The caller speaks {LANGUAGE_NAMES.get(language, language)}."
    known = [words for name in view.facts if (words := _fact(view, name, business, language, now))]
    if known:
        yield f"Known: {'; '.join(known)}."
    yield from _asked(view, business, language, now)


def _fact(view: View, name: str, business: Business, language: str, now: dt.datetime) -> str | None:
    fact, kind = view.facts[name], view.fact_types.get(name)
    value = fact.value
    if kind in NOT_FROM_CALLERS or (kind == "yes_no" and name == view.asks):
        return None
    if kind in _UNTOLD or kind == "text":
        return f"{name} (given)"
    if kind == "appointment" and fact.detail is not None:
        return f"{name}: {appointment_words(fact.detail, business, language, now)}"
    words = _value(value, kind, business, language, now)
    return f"{name}: {words}" if words else None


def _value(value: Any, kind: str | None, business: Business, language: str, now: dt.datetime) -> str | None:
    if kind == "service" and value in business.services:
        return business.service_name(value, language)
    if kind == "staff":
        return business.staff_name(value) if value in business.staff else "anybody"
    if kind == "offered_slot" and isinstance(value, str):
        return slot_words(value, language, now)
    if kind == "time_window":
        return " / ".join(say_window(window, language, now) for window in windows_of(value)[:2])
    return str(value) if isinstance(value, str) and kind in {"choice", "name"} else None


def _asked(view: View, business: Business, language: str, now: dt.datetime) -> Iterator[str]:
    asks = view.asks
    if view.mode == "options" and view.options:
        yield f"Asked: {asks}, whether {' / '.join(_numbered(option.say for option in view.options))} is meant."
    elif view.mode == "read_back":
        yield f"Asked: whether the {asks} that was read back is right."
    elif view.mode == "suggest":
        yield f"Asked: whether the number they call from may be used as {asks}."
    elif view.so_far:
        yield f"Asked: {asks}; a part of it was heard."
    elif asks:
        yield f"Asked: {asks.replace('_', ' ')}."
    if view.offers:
        yield f"On offer: {'; '.join(_numbered(slot_words(str(offer['start']), language, now) for offer in view.offers))}."
    if view.appointments:
        said = (appointment_words(item, business, language, now) for item in view.appointments)
        yield f"Their appointments: {'; '.join(_numbered(said))}."
    if view.asks_type == "service" and view.mode != "options":
        yield f"Services: {'; '.join(_numbered(business.service_list(language)))}."


def _numbered(words: Any) -> list[str]:
    return [f"{number} {item}" for number, item in enumerate(words, start=1)]
