"""Questions that callers ask: which line answers which topic.

The phrases (`questions:` in prompts/phrases) and business.yaml may call the same thing by different names; both are understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from frontdesk.business import Business

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
    return f"{PREFIX}{topic}", {**(args or {}), "topic": topic}


def answer_names(line: str, values: Mapping[str, Any], business: Business, *, service: str | None) -> tuple[str, ...]:
    """The lines that may answer, the most precise first: answers.price_from, then answers.price_of, then answers.price."""
    topic = line.removeprefix(PREFIX)
    special: list[str] = []
    if topic == "price" and service:
        price = business.services[service].price
        free = price.amount == 0
        special = ["price_free"] if free else ["price_of"] if price.is_fixed else ["price_from"]
    elif topic in {"duration", "staff_list", "services"} and service:
        special = [f"{topic}_of"]
    elif topic == "my_appointment" and values.get("found") is False:
        special = ["my_appointment_none"]
    if values.get("services") and topic == "price":
        special = ["price_list"]
    return tuple(f"{PREFIX}{name}" for name in (*special, topic))
