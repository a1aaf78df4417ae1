"""Names and conditions of the graph in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fsm.spec import Condition, FactSpec, Value

__all__ = ["DONE", "act_words", "been", "deed", "fact_words", "listed", "plain_list", "when_words"]

DONE: Final = {
    "answer": ("questions are", "answered"),
    "find_slots": ("free times are", "looked up"),
    "hold": ("the chosen time is", "kept free"),
    "book": ("the appointment is", "booked"),
    "move": ("the appointment is", "moved"),
    "cancel": ("the appointment is", "cancelled"),
    "send_sms": ("the text message is", "sent"),
    "find_appointments": ("the caller's appointments are", "looked up"),
    "save_message": ("the message is", "passed on"),
    "reach_people": ("whether somebody can be reached is", "looked up"),
    "take_up": ("the other wish is", "taken up"),
    "transfer": ("the caller is", "put through"),
}
"""What is done by an action: the subject, and what happens to it."""


def deed(action: str) -> tuple[str, str]:
    """What is done by an action, also by one that nobody has put into words."""
    return DONE.get(action, (f"“{action}” is", "run"))


def been(action: str) -> tuple[str, str]:
    """The same of what was done by an action."""
    subject, done = deed(action)
    named, _, verb = subject.rpartition(" ")
    return f"{named} {'were' if verb == 'are' else 'was'}", done


def fact_words(name: str) -> str:
    """A fact as owners speak of it."""
    return f"“{name.replace('_', ' ')}”"


def act_words(name: str) -> str:
    """An act of the caller."""
    return f"“{name.replace('_', ' ')}”"


def when_words(condition: Condition, facts: dict[str, FactSpec]) -> str:
    """A condition: "when the intent is cancel and the slot is known"; "in every case" for none."""
    if not condition:
        return "in every case"
    return "when " + " and ".join(_part(name, value, name in facts) for name, value in condition.items())


def _part(name: str, value: Value | list[Value], is_fact: bool) -> str:
    said = fact_words(name)
    if value == "known" and is_fact:
        return f"{said} is known"
    if value == "unknown" and is_fact:
        return f"{said} is not known"
    return f"{said} {'is' if is_fact else 'came out as'} {listed(value)}"


def listed(value: Value | Sequence[Value]) -> str:
    """Values with "or" between them; true and false as yes and no."""
    values = [value] if isinstance(value, (str, bool)) else list(value)
    words = [("yes" if one else "no") if isinstance(one, bool) else one.replace("_", " ") for one in values]
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def plain_list(names: Sequence[str]) -> str:
    """Names with "and" between them."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
