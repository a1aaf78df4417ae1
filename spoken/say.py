"""Values as words for the ear, and in writing.

`say` is the mirror of :func:`spoken.understand`: what it says is understood as the same value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, Literal

from spoken.errors import UnknownKind
from spoken.lexicon import load
from spoken.name_writing import write_name
from spoken.say_letters import say_email, spell
from spoken.say_numbers import say_duration, say_money, say_number, write_money
from spoken.say_phone import say_digits, say_phone, write_phone

__all__ = [
    "say",
    "say_digits",
    "say_duration",
    "say_email",
    "say_list",
    "say_money",
    "say_name",
    "say_number",
    "say_phone",
    "spell",
    "write_money",
    "write_phone",
]

SPOKEN: Final = "spoken"
WRITTEN: Final = "written"


def say_name(name: str, language: str) -> str:
    """A name as it is spoken: as it is written, with single spaces."""
    return write_name(name.split(), language) if name.islower() else " ".join(name.split())


def say_list(items: Sequence[str], language: str, conjunction: str = "and") -> str:
    """ "mardi, jeudi ou vendredi": `conjunction` is "and" or "or". Empty for no items."""
    forms = load(language, "say")["list"]
    if len(items) < 2:
        return "".join(items)
    return f"{forms['comma'].join(items[:-1])}{forms[conjunction]}{items[-1]}"


def _say_yes_no(value: bool, language: str) -> str:
    return str(load(language, "say")["yes_no"]["yes" if value else "no"])


def _say_number(value: float | Decimal, language: str, style: str) -> str:
    if style == SPOKEN:
        return say_number(value, language)
    return str(value).replace(".", load(language, "say")["decimal_mark"])


def _say_choice(value: int | None, language: str) -> str:
    """The position of a choice, or "none of them"."""
    data = load(language, "choice")
    return str(data["none"][0] if value is None else data["positions"][value + 1][0])


def _say_when(value: Any, kind: str, language: str, style: Literal["spoken", "written"]) -> str:
    from spoken.say_when import say_date, say_time, say_window

    if kind == "time":
        return say_time(dt.time.fromisoformat(value), language, style=style)
    if kind == "datetime":
        return say_window(value, language, style=style)
    return say_date(dt.date.fromisoformat(value), language, style=style)


def say(value: Any, kind: str, language: str, style: str = SPOKEN) -> str:
    """Words for a value of a kind that `understand` reads (and "money" as a pair of amount and currency, "duration" in minutes,
    "list"). `style` is "spoken" for the ear or "written" for a message.

    Raises UnknownKind for a kind or a style that has no words, UnknownLanguage for a language without data.
    """
    if style not in (SPOKEN, WRITTEN):
        raise UnknownKind(f"There is no style {style!r}; use {SPOKEN!r} or {WRITTEN!r}.")
    spoken = style == SPOKEN
    if kind == "phone":
        return say_phone(value, language) if spoken else write_phone(value, load(language, "phones")["countries"][0])
    if kind == "email":
        return say_email(value, language) if spoken else str(value)
    if kind == "name":
        return say_name(value, language)
    if kind == "number":
        return _say_number(value, language, style)
    if kind == "yes_no":
        return _say_yes_no(value, language)
    if kind == "choice":
        return _say_choice(value, language)
    if kind == "reference":
        return spell(value, language) if spoken else str(value)
    if kind == "money":
        amount, currency = value
        return (say_money if spoken else write_money)(amount, currency, language)
    if kind == "duration":
        return say_duration(value, language)
    if kind == "list":
        return say_list(value, language)
    if kind in ("date", "birth_date", "time", "datetime"):
        return _say_when(value, kind, language, "spoken" if spoken else "written")
    raise UnknownKind(f"There are no words for a value of the kind {kind!r}.")
