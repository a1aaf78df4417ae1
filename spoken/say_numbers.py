"""Quantities for the ear: numbers, prices, durations."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Final

from spoken.errors import UnknownKind
from spoken.lexicon import load

__all__ = ["say_duration", "say_money", "say_number", "write_money"]

MAX_NUMBER: Final = 999_999
_CENT: Final = Decimal("0.01")


@lru_cache(maxsize=16)
def _numbers(language: str) -> tuple[tuple[str, ...], Any]:
    data: Any = load(language, "numbers")
    return tuple(word for row in data["under_hundred"] for word in row), data["say"]


def _below_thousand(number: int, language: str) -> str:
    small, forms = _numbers(language)
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return small[rest]
    if not rest:
        return str(forms["hundreds"][hundreds - 1])
    return f"{forms['hundreds_before'][hundreds - 1]}{forms['hundred_join']}{small[rest]}"


def _whole(number: int, language: str) -> str:
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _below_thousand(rest, language)
    _, forms = _numbers(language)
    if thousands == 1:
        head = str(forms["thousand_one"])
    else:
        count = _below_thousand(thousands, language)
        for ending, instead in forms["before_thousand"].items():
            if count.endswith(ending):
                count = count[: -len(ending)] + instead
                break
        head = forms["thousand"].format(n=count)
    if not rest:
        return head
    join = forms["thousand_join_small"] if rest < 100 else forms["thousand_join"]
    return f"{head}{join}{_below_thousand(rest, language)}"


def say_number(number: float | Decimal, language: str) -> str:
    """A cardinal number in words; decimals digit by digit after the point. Outside ±999,999 the digits are returned."""
    value = Decimal(str(number))
    if abs(value) > MAX_NUMBER:
        return str(number)
    _, forms = _numbers(language)
    sign = f"{forms['minus']} " if value < 0 else ""
    whole, _, fraction = format(abs(value).normalize(), "f").partition(".")
    words = sign + _whole(int(whole), language)
    if fraction:
        words += f" {forms['decimal']} " + " ".join(_whole(int(digit), language) for digit in fraction)
    return words


def _count(number: int, forms: Any, language: str) -> str:
    """ "one minute", "deux heures": a form of its own for one, the number and the plural for the rest."""
    return str(forms["one"]) if number == 1 else str(forms["many"]).format(n=_agree(_whole(number, language), forms))


def _agree(words: str, forms: Any) -> str:
    """ "una" for "uno" before a noun, where a language does so."""
    for ending, instead in (forms.get("before") or {}).items():
        if words.endswith(ending):
            return words[: -len(ending)] + str(instead)
    return words


def _amount(amount: Decimal | float) -> tuple[int, int]:
    value = Decimal(str(amount)).quantize(_CENT, rounding=ROUND_HALF_UP)
    whole = int(value)
    return whole, int((value - whole) * 100)


def say_money(amount: Decimal | float, currency: str, language: str) -> str:
    """A price: "quarante-cinq euros", "fünfundvierzig Euro fünfzig". `currency` is an ISO code (EUR, CHF, GBP, USD).

    Raises UnknownKind for a currency that the language has no words for, or a negative amount.
    """
    forms = load(language, "say")["money"].get(currency.upper())
    if forms is None or amount < 0:
        raise UnknownKind(f"There are no words in {language!r} for {amount} {currency}; add the currency to say.yaml.")
    whole, cents = _amount(amount)
    if cents and not whole:
        return _count(cents, forms["cents"], language)
    words = _count(whole, forms, language)
    return (
        words
        if not cents
        else str(forms["with_cents"]).format(
            whole=words, cents=_whole(cents, language), cents_counted=_count(cents, forms["cents"], language)
        )
    )


def write_money(amount: Decimal | float, currency: str, language: str) -> str:
    """A price to read: "45 €", "45,50 €", "£45.50"."""
    forms = load(language, "say")["money"].get(currency.upper())
    if forms is None:
        raise UnknownKind(f"There is no written form in {language!r} for {currency}; add the currency to say.yaml.")
    whole, cents = _amount(amount)
    number = str(whole) if not cents else f"{whole}{load(language, 'say')['decimal_mark']}{cents:02d}"
    return str(forms["written"]).format(n=number)


def say_duration(minutes: int, language: str) -> str:
    """A length of time: "une heure et demie", "fünfundvierzig Minuten", "two hours and ten minutes"."""
    forms = load(language, "say")["duration"]
    fixed = forms["fixed"].get(minutes)
    if fixed:
        return str(fixed)
    hours, rest = divmod(max(minutes, 0), 60)
    if not hours:
        return _count(rest, forms["minutes"], language)
    if not rest:
        return _count(hours, forms["hours"], language)
    if rest == 30 and hours > 1 and forms.get("half"):
        return str(forms["half"]).format(hours=_count(hours, forms["hours"], language))
    return str(forms["both"]).format(hours=_count(hours, forms["hours"], language), minutes=_count(rest, forms["minutes"], language))
