"""How many SMS a text is: 3GPP TS 23.038 (the GSM 7-bit default alphabet) and TS 23.040 (parts of a long message).

One letter outside the alphabet, such as the ô of "à bientôt", makes the whole text UCS-2: 70 characters instead of 160.
"""

from __future__ import annotations

from typing import Final, Literal

__all__ = ["alphabet", "segments"]

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("^{}\\[~]|€\f")
"""Reached by an escape: two septets each."""

_GSM_SINGLE, _GSM_PART = 160, 153
_UCS2_SINGLE, _UCS2_PART = 70, 67


def alphabet(text: str) -> Literal["gsm7", "ucs2"]:
    """Which alphabet the text needs."""
    return "gsm7" if _BASIC.union(_EXTENDED).issuperset(text) else "ucs2"


def segments(text: str) -> int:
    """The number of SMS that the text is sent and paid as, at least 1.

    A character of two units (an escape and a letter, or a surrogate pair) is never cut in two, so that a part may stay one unit short.
    """
    if alphabet(text) == "gsm7":
        units = [2 if character in _EXTENDED else 1 for character in text]
        single, part = _GSM_SINGLE, _GSM_PART
    else:
        units = [2 if ord(character) > 0xFFFF else 1 for character in text]
        single, part = _UCS2_SINGLE, _UCS2_PART
    if sum(units) <= single:
        return 1
    parts, room = 1, part
    for unit in units:
        if unit > room:
            parts, room = parts + 1, part
        room -= unit
    return parts
