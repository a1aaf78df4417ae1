"""The legend: every sign of the picture with its meaning, in as many lines as the page is wide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from frontdesk.drawing.colours import INK, card_look, count_fill, way_look
from frontdesk.drawing.marks import Marks
from frontdesk.drawing.shapes import badge, icon, number, rectangle, text
from frontdesk.drawing.sheet import Box
from frontdesk.drawing.text import width_of
from fsm.counted import counted

__all__ = ["legend_entries", "legend_svg"]

_SIZE: Final = 10.0
_ROW: Final = 20.0

Entry = tuple[float, Callable[[float, float], str], str]
"""The width of a sign, how it is drawn at a place (left, middle), and what it means."""


def legend_entries(marks: Marks | None) -> list[Entry]:
    """What stands in the legend of a picture with these marks."""
    entries: list[Entry] = []
    if marks is None:
        entries = [
            _state("a call that goes as hoped", None, hoped=True),
            _state("other states", None),
            _state("the call ends", None, ends=True),
            (24, _line("#4b5a69", ""), "leads on"),
            (24, _line("#9a5b00", "5 3"), "repair"),
        ]
    elif marks.kind == "call":
        entries = [
            _state("the call was here", Marks("call", {"": 1}, {}, "")),
            _state("was not here", Marks("call", {}, {}, "")),
            (24, _badge("1·4", way_look(("", ""), "on", Marks("call", {}, {("", ""): 1}, ""), trunk=False, hoped=False).stroke), "order"),
        ]
    elif marks.kind == "coverage":
        entries = [
            _state("covered, and how often", Marks("coverage", {"": 1}, {}, "")),
            _state("not covered", Marks("coverage", {}, {}, "")),
            (24, _line("#c9d1d9", ""), "not counted, or cannot happen"),
        ]
    else:
        most = max(marks.most, 1)
        steps = sorted({1, max(1, round(most**0.5)), most})
        entries = [_state("no call", Marks("traffic", {}, {}, ""))]
        entries += [(20, _swatch(count_fill(step, most)), counted(step, "call")) for step in steps]
    for kind, meaning in (
        ("on", "leads on to"),
        ("back", "repair: back to"),
        ("gives up", "gives up to"),
        ("stays", "answered, then on with the question"),
    ):
        colour = way_look(("", ""), kind, None, trunk=False, hoped=False).text
        entries.append((12, _icon(kind, colour), meaning))
    return entries


def legend_svg(entries: Sequence[Entry], x: float, y: float, width: float) -> tuple[list[str], float]:
    """The legend as SVG from its left top on, and its height."""
    parts, at, row = [], x, 0
    for sign, shape, meaning in entries:
        room = sign + 6 + width_of(meaning, _SIZE) + 20
        if at > x and at + room > x + width:
            at, row = x, row + 1
        middle = y + _ROW * row + 6
        parts += [shape(at, middle), text(at + sign + 6, middle + 3.5, meaning, _SIZE, INK)]
        at += room
    return parts, _ROW * (row + 1)


def _state(meaning: str, marks: Marks | None, *, hoped: bool = False, ends: bool = False) -> Entry:
    look = card_look("", marks, hoped=hoped, ends=ends)
    radius = 6.5 if ends else 3.0
    return 22, lambda x, y: rectangle(Box(x, y - 6.5, 22, 13), look.fill, look.stroke, look.width, radius=radius), meaning


def _line(colour: str, dashes: str) -> Callable[[float, float], str]:
    more = f' stroke-dasharray="{dashes}"' if dashes else ""
    return lambda x, y: (
        f'<path d="M{number(x)} {number(y)}h18" stroke="{colour}" stroke-width="1.4"{more}/>'
        f'<path d="M{number(x + 24)} {number(y)}l-7.5 -4v8z" fill="{colour}"/>'
    )


def _badge(words: str, colour: str) -> Callable[[float, float], str]:
    return lambda x, y: badge(x, y - 6, words, colour)[0]


def _swatch(colour: str) -> Callable[[float, float], str]:
    return lambda x, y: rectangle(Box(x, y - 6.5, 20, 13), colour, "#8a97a5", 0.8, radius=3)


def _icon(kind: str, colour: str) -> Callable[[float, float], str]:
    return lambda x, y: icon(kind, x, y - 6, colour)
