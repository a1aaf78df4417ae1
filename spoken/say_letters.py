"""Spelling for the ear: names and references letter by letter, e-mail addresses as people dictate them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from spoken.lexicon import load
from spoken.say_numbers import say_number

__all__ = ["say_email", "spell"]

_PART: Final = re.compile(r"[^\W\d_]+|[0-9]|[^\s]")


def spell(text: str, language: str) -> str:
    """Letters one by one: "D U P O N T", "K R Ü G E R"; digits by name, signs in words."""
    signs = load(language, "say")["spell"]
    said: list[str] = []
    for sign in unicodedata.normalize("NFC", text):
        if sign.isspace():
            said.append(signs["space"])
        elif sign in "-‐‑":
            said.append(signs["dash"])
        elif sign in "'’":
            said.append(signs["apostrophe"])
        elif sign.isdecimal() and sign.isascii():
            said.append(say_number(int(sign), language))
        elif sign.isalpha():
            said.append(sign if sign == "ß" else sign.upper())
    return " ".join(said)


def _parts(address: str, forms: Any, language: str) -> Iterator[str]:
    names = {"@": forms["at"], ".": forms["dot"], "-": forms["dash"], "_": forms["underscore"], "+": forms["plus"]}
    known = frozenset(load(language, "email")["known_words"]) | {"com", "net", "org", "info"}
    for part in _PART.findall(address):
        if part in names:
            yield str(names[part])
        elif part.isdecimal() and part.isascii():
            yield say_number(int(part), language)
        elif len(part) <= 3 and part not in known:
            yield " ".join(sign.upper() for sign in part)
        else:
            yield part


def say_email(address: str, language: str) -> str:
    """ "marie point dupont arobase gmail point com": parts of up to three letters are spelled, digits said one by one."""
    return " ".join(_parts(address, load(language, "say")["email"], language))
