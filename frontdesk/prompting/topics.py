"""Questions that callers ask: which line answers which topic.

The phrases (`questions:` in prompts/phrases) and business.yaml may call the same thing by different names; both are understood.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from frontdesk.business import Business
from frontdesk.prompting.closures import closed_throughout, closures_within
from frontdesk.prompting.opening import next_opening
from frontdesk.prompting.scene import Scene

__all__ = ["PREFIX", "UNKNOWN", "answer_line", "answer_names", "business_answer"]

PREFIX: Final = "answers."
UNKNOWN: Final = "answers.unknown"

_IN_BUSINESS: Final[Mapping[str, tuple[str, ...]]] = {
    "access": ("access", "metro", "public_transport", "train", "bus"),
    "parking": ("parking",),
    "payment": ("payment", "means"),
    "gift_cards": ("gift_cards", "gift_vouchers"),
    "cancellation_policy": ("cancellation_policy", "cancellation"),
    "walk_in": ("walk_in", "walk_ins"),
    "accessibility": ("accessibility", "step_free"),
}
"""A topic of the phrases, and the ids under which a business may answer it."""


def business_answer(topic: str, business: Business) -> str | None:
    """The id of the business's own answer to a topic; None when it has none."""
    answers = business.answers()
    return next((key for key in _IN_BUSINESS.get(topic, (topic,)) if key in answers), None)


def answer_line(topic: str, args: Mapping[str, Any] | None = None) -> tuple[str, dict[str, Any]] | None:
    """The line that answers a topic and the values it is said with, for the action `answer`; None for a name that cannot be one.

    Whether the business knows the answer is seen when the line is said: without one, `answers.unknown` is said.
    """
    if not topic.replace("_", "").isalnum() or not topic.islower():
        return None
    asked = {name: value for name, value in (args or {}).items() if name != "topic"}
    return f"{PREFIX}{topic}", {"topic": topic, "question": asked}


def answer_names(scene: Scene) -> tuple[str, ...]:
    """The lines that may answer, the most precise first: answers.price_from, then answers.price."""
    topic = scene.line.removeprefix(PREFIX)
    special = _SPECIAL.get(topic)
    precise = special(scene) if special else None
    return tuple(f"{PREFIX}{name}" for name in (precise, topic) if name)


def _price(scene: Scene) -> str | None:
    if scene.value("services"):
        if any(service.price.amount for service in scene.business.services.values()):
            return "price_list"
        return None  # where nothing that is booked costs anything, what is asked is the price of something else
    if scene.service is None:
        return None
    price = scene.business.services[scene.service].price
    return "price_free" if price.amount == 0 else "price_of" if price.is_fixed else "price_from"


def _staff(scene: Scene) -> str | None:
    staff = scene.value("staff")
    if staff in scene.business.staff:
        if scene.day is None:
            return "staff_week"
        return "staff_day_yes" if scene.business.staff_hours(staff, scene.day) else "staff_day_no"
    if scene.value("people"):
        return "staff_then"
    return "staff_list_of" if scene.value("service") in scene.business.services else None


def _open_now(scene: Scene) -> str:
    moment = scene.today
    if any(start <= moment.time() < end for start, end in scene.business.hours_of(moment.date())):
        return "open_now_yes"
    opening = next_opening(scene.business, moment)
    return "open_now_later" if opening and opening[0] == moment.date() else "open_now_closed"


def _open_day(scene: Scene) -> str | None:
    if closures_within(scene):
        return "open_days_closed" if closed_throughout(scene) else "open_days_but"
    if scene.day is None:
        return None
    return "open_day_yes" if scene.business.hours_of(scene.day) else "open_day_closed"


_SPECIAL: Final[Mapping[str, Callable[[Scene], str | None]]] = {
    "price": _price,
    "duration": lambda scene: "duration_list" if scene.value("services") else "duration_of" if scene.service else None,
    "services": lambda scene: "services_of" if scene.value("service") in scene.business.services else None,
    "staff_list": _staff,
    "open_now": lambda scene: _open_day(scene) or _open_now(scene),
    "hours": _open_day,
    "open_day": _open_day,
    "my_appointment": lambda scene: "my_appointment_none" if scene.value("found") is False else None,
}
"""A topic, and the more precise line for what exactly was asked."""
