"""Phone numbers and digits for the ear: grouped as people of the country group them, without commas.

Commas make synthetic voices stop after each group as at the end of a sentence; a space keeps the melody of a number.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from spoken.digits import digit_runs
from spoken.lexicon import load
from spoken.say_numbers import say_number

__all__ = ["say_digits", "say_phone", "write_phone"]

_PAIRS: Final = 2


@lru_cache(maxsize=16)
def _forms(language: str) -> Any:
    return load(language, "say")["phone"]


def _one_by_one(digits: str, language: str) -> str:
    names: dict[str, str] = _forms(language).get("digits") or {}
    return " ".join(names.get(digit) or say_number(int(digit), language) for digit in digits)


def say_digits(digits: str, language: str) -> str:
    """Each digit by name: "zéro six douze" is for numbers people know in pairs, this is for codes."""
    return _one_by_one("".join(sign for sign in digits if sign.isdecimal()), language)


def write_phone(e164: str, home: str | None = None) -> str:
    """The number as its country writes it: "06 12 34 56 78", with the calling code where `home` is another country."""
    import phonenumbers

    number = phonenumbers.parse(e164, None)
    abroad = home is not None and phonenumbers.region_code_for_number(number) != home
    form = phonenumbers.PhoneNumberFormat.INTERNATIONAL if abroad else phonenumbers.PhoneNumberFormat.NATIONAL
    return str(phonenumbers.format_number(number, form))


def _groups(e164: str, language: str) -> tuple[str, list[str]]:
    """Calling code, or nothing for a number of a country where the language is spoken first; then the groups of digits."""
    import phonenumbers

    number = phonenumbers.parse(e164, None)
    home = phonenumbers.region_code_for_number(number) == load(language, "phones")["countries"][0]
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    written = phonenumbers.format_number(number, form)
    groups = ["".join(sign for sign in group if sign.isdecimal()) for group in written.replace("-", " ").replace("/", " ").split()]
    groups = [group for group in groups if group]
    return (groups[0], groups[1:]) if not home else ("", groups)


def say_phone(e164: str, language: str) -> str:
    """The number in words, group by group; with "plus" and the calling code when it is not of the language's first country.

    >>> say_phone("+33612345678", "fr")
    'zéro six douze trente-quatre cinquante-six soixante-dix-huit'
    """
    forms = _forms(language)
    code, groups = _groups(e164, language)
    if forms["pairs"] and not all(len(group) in (1, _PAIRS, 3) for group in groups):
        groups = _in_pairs("".join(groups))
    head = [f"{forms['plus']} {_group(code, language, forms)}"] if code else []
    body = [_group(group, language, forms) for group in groups]
    for index, group in enumerate(groups):
        if _heard_as(" ".join(body), language) == "".join(groups):
            break
        if len(group) > 1:  # "soixante treize" would be heard as 73: digit by digit is clear
            body[index] = _one_by_one(group, language)
    return " ".join([*head, *body])


def _heard_as(words: str, language: str) -> str:
    """The digits that a listener takes from some words at first."""
    return "".join(run.paths[0].digits for run in digit_runs(words, language))


def _in_pairs(digits: str) -> list[str]:
    first = len(digits) % _PAIRS
    return ([digits[:first]] if first else []) + [digits[at : at + _PAIRS] for at in range(first, len(digits), _PAIRS)]


def _group(group: str, language: str, forms: Any) -> str:
    """Two digits as a number where that is the habit, everything else digit by digit."""
    if forms["pairs"] and len(group) == _PAIRS and group[0] != "0":
        return say_number(int(group), language)
    if forms["pairs"] and len(group) == 3 and group[0] != "0" and forms["triples"]:
        return say_number(int(group), language)
    return _one_by_one(group, language)
