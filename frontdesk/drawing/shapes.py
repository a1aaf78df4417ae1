"""The pieces of the drawing language: rectangles, texts, arrow heads, badges and the small signs beside a state."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from frontdesk.drawing.sheet import Box
from frontdesk.drawing.text import width_of

__all__ = ["arrow_head", "badge", "badge_width", "icon", "number", "rectangle", "text"]

_ICONS: Final = {
    "on": "M1 6H10M7 3L10 6L7 9",
    "back": "M10 10V7Q10 4 7 4H2M5 1L2 4L5 7",
    "gives up": "M2 3L9 10M9 3L2 10",
    "stays": "M9 4A4 4 0 1 0 9.5 7.5M9.5 1.5V4.5H6.5",
}


def number(value: float) -> str:
    """A measure with a tenth of a pixel, as short as it can be written."""
    return f"{value:.1f}".removesuffix(".0")


def rectangle(box: Box, fill: str, stroke: str, width: float, *, radius: float = 0.0, dashes: str = "") -> str:
    """A rectangle, its corners rounded by `radius`."""
    more = f' rx="{number(radius)}"' if radius else ""
    more += f' stroke="{stroke}" stroke-width="{number(width)}"' if width else ""
    more += f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<rect x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}" height="{number(box.height)}" fill="{fill}"{more}/>'


def text(x: float, y: float, words: str, size: float, colour: str, *, bold: bool = False, anchor: str = "start", halo: bool = False) -> str:
    """A text on one line, kept to the width that was reckoned with. `y` is its base line; with `halo` lines do not strike it through."""
    more = ' font-weight="bold"' if bold else ""
    more += f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += ' stroke="#ffffff" stroke-width="3" paint-order="stroke" stroke-linejoin="round"' if halo else ""
    long = f' textLength="{number(width_of(words, size, bold=bold))}" lengthAdjust="spacingAndGlyphs"' if len(words) > 1 else ""
    return f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{colour}"{more}{long}>{escape(words)}</text>'


def arrow_head(x: float, y: float, colour: str) -> str:
    """The head of an arrow that points down to this place."""
    return f'<path d="M{number(x)} {number(y)}l-4.5 -7.5h9z" fill="{colour}"/>'


def badge_width(words: str) -> float:
    """The width of a badge."""
    return max(14.0, width_of(words, 9, bold=True) + 8)


def badge(x: float, y: float, words: str, colour: str, *, from_right: bool = False) -> tuple[str, float]:
    """A small filled sign with a count, and its width. `x` is its left edge, or with `from_right` its right one."""
    wide = badge_width(words)
    left = x - wide if from_right else x
    shape = rectangle(Box(left, y, wide, 12), colour, "#ffffff", 1, radius=6)
    return shape + text(left + wide / 2, y + 9.2, words, 9, "#ffffff", bold=True, anchor="middle"), wide


def icon(kind: str, x: float, y: float, colour: str) -> str:
    """The sign of an entry beside a state, 12 pixels wide."""
    place = f"translate({number(x)} {number(y)})"
    return f'<path d="{_ICONS[kind]}" transform="{place}" fill="none" stroke="{colour}" stroke-width="1.5" stroke-linecap="round"/>'
