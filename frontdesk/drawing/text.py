"""How wide a text is, so that nothing is drawn over it. Every text is also told its width, so that another font keeps to it."""

from __future__ import annotations

from typing import Final

__all__ = ["FONT", "shortened", "width_of"]

FONT: Final = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

# Of a letter of size 1000, as in Helvetica.
_WIDTHS: Final = {
    **dict.fromkeys("ijl'|", 222), **dict.fromkeys(" !,./:;I[]ft", 278), **dict.fromkeys("()-r`", 333), **dict.fromkeys("*\"", 375),
    **dict.fromkeys("ckJsvxyz", 500), **dict.fromkeys("+<=>×", 584), **dict.fromkeys("TFZ", 611), **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722), **dict.fromkeys("GOQ", 778), **dict.fromkeys("mM", 833), **dict.fromkeys("%W@…—", 1000),
}  # fmt: skip
_OTHER: Final = 556
_BOLD: Final = 1.07


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in pixels, within a few percent."""
    return sum(_WIDTHS.get(char, _OTHER) for char in text) * size / 1000 * (_BOLD if bold else 1)


def shortened(text: str, size: float, room: float) -> str:
    """As much of a text as there is room for, in pixels."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip(' ,/')}…"
