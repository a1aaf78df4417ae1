"""Colours, chosen so that they can be told apart in grey and by those who see red and green alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from frontdesk.drawing.marks import Marks
from frontdesk.drawing.ways import ANYWHERE, Pair

__all__ = ["INK", "KIND_COLOURS", "MUTED", "PAPER", "Look", "card_look", "count_fill", "way_look"]

INK: Final = "#1c2733"
MUTED: Final = "#5d6b7a"
PAPER: Final = "#ffffff"
_FAINT: Final = "#c9d1d9"
_PLAIN, _HOPED, _END, _ACHIEVED = "#f6f8fa", "#e3effc", "#26323e", "#0b6e4f"
_BLUE: Final = "#1f5fa8"
_MISSED, _MISSED_FILL = "#c2410c", "#ffe8d9"
_COVERED, _COVERED_FILL = "#0f766e", "#d7f2ee"
_CALL, _CALL_FILL = "#6d28d9", "#ece4fd"

KIND_COLOURS: Final = {"on": _BLUE, "back": "#9a5b00", "gives up": "#b42318", "stays": MUTED}
"""Of an entry beside a state, by the kind of its way."""


@dataclass(frozen=True)
class Look:
    """How something is drawn. `badge` is the text of the small count, empty for none."""

    fill: str
    stroke: str
    text: str
    width: float
    badge: str = ""


def card_look(name: str, marks: Marks | None, *, hoped: bool, ends: bool) -> Look:
    """The look of a state."""
    if marks is None:
        if ends:
            return Look(_END, _END, PAPER, 1.2)
        return Look(_HOPED, _BLUE, INK, 1.8) if hoped else Look(_PLAIN, "#8a97a5", INK, 1.0)
    count = marks.states.get(name, 0)
    if marks.kind == "call":
        return Look(_CALL_FILL, _CALL, INK, 2.0) if count else Look(PAPER, _FAINT, MUTED, 1.0)
    if marks.kind == "coverage" and name == ANYWHERE:
        return Look(_PLAIN, "#8a97a5", INK, 1.0)
    if marks.kind == "coverage":
        return Look(_COVERED_FILL, _COVERED, INK, 1.2, str(count)) if count else Look(_MISSED_FILL, _MISSED, INK, 2.0, "0")
    if not count:
        return Look(PAPER, _FAINT, MUTED, 1.0)
    fill = count_fill(count, marks.most)
    return Look(fill, _BLUE, PAPER if _is_dark(fill) else INK, 1.2, str(count))


def way_look(pair: Pair, kind: str, marks: Marks | None, *, trunk: bool, hoped: bool) -> Look:
    """The look of a way, as a line or beside a state."""
    if kind == "stays":  # not counted: the call stays where it is
        return Look(PAPER, MUTED, MUTED, 1.2)
    if marks is None:
        if kind == "back" or (kind == "gives up" and not trunk):
            return Look(PAPER, KIND_COLOURS[kind], KIND_COLOURS[kind], 1.2)
        return Look(PAPER, _BLUE if hoped else "#4b5a69", KIND_COLOURS[kind], 2.2 if hoped else 1.3)
    if marks.kind == "coverage" and pair not in marks.ways:  # nobody has counted this one
        return Look(PAPER, _FAINT, "#8a97a5", 1.0)
    count = marks.ways.get(pair, 0)
    if marks.kind == "call":
        badge = "·".join(str(step) for step in marks.steps.get(pair, ()))
        return Look(_CALL_FILL, _CALL, _CALL, 2.4, badge) if count else Look(PAPER, _FAINT, "#8a97a5", 1.0)
    if marks.kind == "coverage":
        return Look(PAPER, _COVERED, _COVERED, 1.4, str(count)) if count else Look(_MISSED_FILL, _MISSED, _MISSED, 2.0, "0")
    if not count:
        return Look(PAPER, _FAINT, "#8a97a5", 1.0)
    return Look(PAPER, _BLUE, _BLUE, 1.2 + 3.0 * _share(count, marks.most), str(count))


def count_fill(count: int, most: int) -> str:
    """From light to dark blue, by the logarithm of a count."""
    light, dark = (0xE6, 0xF0, 0xFB), (0x17, 0x4A, 0x86)
    share = _share(count, most)
    return "#" + "".join(f"{round(low + (high - low) * share):02x}" for low, high in zip(light, dark, strict=True))


def _share(count: int, most: int) -> float:
    return math.log1p(count - 1) / math.log1p(most - 1) if most > 1 else 0.5


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 125
