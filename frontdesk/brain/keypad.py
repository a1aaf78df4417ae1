"""Keypad keys, which outrank speech: digits of a number, yes and no, the nth of a list, or an act."""

from __future__ import annotations

from typing import Any

from frontdesk.brain.callers.identity import BIRTH_DATE_DIGITS, NUMBERS, typed_birth_date
from frontdesk.business import Business
from fsm.proposals import Act, Proposal, ProposedFact
from fsm.view import View
from spoken import Context
from spoken.phones import country_of, read_phone

__all__ = ["MOST_DIGITS", "propose_key"]

MOST_DIGITS = 15
"""No number is longer (E.164)."""


def propose_key(key: str, view: View, business: Business) -> Proposal:
    """What one key means here. An unknown key means nothing."""
    if len(key) != 1 or key not in "0123456789*#":
        return Proposal(view.generation, by="keypad")
    if view.asks_type in NUMBERS and (view.mode in {"ask", "options"} or (key.isdigit() and (view.keypad or key not in "12"))):
        return _typed_value(key, view)
    if view.asks == "phone" and view.mode in {"ask", "options"}:
        return _typed(key, view, business)
    if view.asks == "phone" and key.isdigit() and (view.keypad or key not in "12"):
        return _typed(key, view, business)
    answer = _answer(key, view)
    if answer is not None:
        return answer
    act = view.keys.get(key)
    return Proposal(view.generation, acts=(Act(act),) if act else (), by="keypad")


def _typed(key: str, view: View, business: Business) -> Proposal:
    """One more digit of a number; "#" ends it, "*" begins again."""
    if key == "*":
        return _typed_star(view)
    digits = view.keypad + (key if key.isdigit() else "")
    reading = _number(digits, view, business)
    done = key == "#" or len(digits) >= MOST_DIGITS
    if reading is not None and not done and any(_number(digits + more, view, business) for more in "0123456789"):
        return Proposal(view.generation, typing=True, by="keypad")  # a shorter number of a plan with two lengths: "#" ends it
    if reading is not None:
        return Proposal(view.generation, facts=(ProposedFact("phone", reading, digits),), by="keypad")
    return Proposal(view.generation, typing=not done, by="keypad")


def _typed_star(view: View) -> Proposal:
    if view.keypad:
        return Proposal(view.generation, typing=True, by="keypad")  # nothing is typed any more
    act = view.keys.get("*")
    return Proposal(view.generation, acts=(Act(act),) if act else (), by="keypad")


def _typed_value(key: str, view: View) -> Proposal:
    """One more digit of a reference, or of a birth date as day, month and year; "#" ends a reference without a known length."""
    fact = str(view.asks)
    if key == "*":
        return _typed_star(view)
    digits = view.keypad + (key if key.isdigit() else "")
    length = BIRTH_DATE_DIGITS if view.asks_type == "birth_date" else view.fact_lengths.get(fact)
    if key != "#" and (len(digits) < length if length is not None else len(digits) < MOST_DIGITS):
        return Proposal(view.generation, typing=True, by="keypad")
    value = typed_birth_date(digits) if view.asks_type == "birth_date" else digits if length in {None, len(digits)} else None
    return Proposal(view.generation, facts=(ProposedFact(fact, value, digits),) if value else (), by="keypad")


def _number(digits: str, view: View, business: Business) -> str | None:
    """The number in E.164 once it is complete and valid; "00" begins an international one."""
    if len(digits) < 6:
        return None
    country = country_of(view.caller) if view.caller else None
    dialled = "+" + digits[2:] if digits.startswith("00") else digits
    reading = read_phone(dialled, view.language, Context(country=country, business_country=business.country))
    return str(reading.value) if reading.complete else None


def _answer(key: str, view: View) -> Proposal | None:
    """Yes, no, or the nth of what is on offer."""

    def act(name: str) -> Proposal:
        return Proposal(view.generation, acts=(Act(name),), by="keypad")

    def fact(name: str, value: Any) -> Proposal:
        return Proposal(view.generation, facts=(ProposedFact(name, value, key),), by="keypad")

    place = int(key) - 1 if key.isdigit() else -1
    if view.mode == "options" and view.asks is not None and 0 <= place < len(view.options):
        return fact(view.asks, view.options[place].value)
    if view.mode in {"read_back", "suggest"} and key in "1#":
        return act("yes")
    if view.asks_type == "yes_no" and key in ("1#" if view.asks == "agreed" else "1"):
        return act("yes")
    if (view.mode in {"read_back", "suggest"} or view.asks_type == "yes_no") and key == "2":
        return act("no")
    if view.asks == "slot" and 0 <= place < len(view.offers):
        return fact("slot", str(view.offers[place]["start"])[:16])
    if view.asks == "appointment" and 0 <= place < len(view.appointments):
        return fact("appointment", view.appointments[place]["id"])
    return None
