"""The measures of the page: cards with what stands beside them, rows, columns, and the room for lines between them. Pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from frontdesk.drawing.arranging import Arrangement
from frontdesk.drawing.text import shortened, width_of
from frontdesk.drawing.ways import ANYWHERE, Way
from fsm.mermaid import about_state
from fsm.spec import GraphSpec

__all__ = ["ABOUT_SIZE", "BESIDE_HEIGHT", "BESIDE_SIZE", "NAME_SIZE", "Beside", "Box", "Card", "cards_of"]

NAME_SIZE: Final = 12.0
ABOUT_SIZE: Final = 9.5
BESIDE_SIZE: Final = 9.5
BESIDE_HEIGHT: Final = 14.0
"""The height of one entry beside a card."""
_PADDING: Final = 9.0
_LEAST_WIDTH: Final = 108.0
_ICON: Final = 15.0
_MOST_BESIDE: Final = 190.0


@dataclass(frozen=True)
class Box:
    """A rectangle; `x` and `y` are its left top."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> float:
        """The middle between left and right."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


@dataclass(frozen=True)
class Beside:
    """An entry beside a card: a way that is told, not drawn as a line."""

    way: Way
    name: str
    label: str
    width: float


@dataclass(frozen=True)
class Card:
    """A state as it is drawn: its name, what it is about, and the entries beside it."""

    name: str
    title: str
    about: tuple[str, ...]
    beside: tuple[Beside, ...]
    width: float
    achieves: str | None = None
    ends: bool = False

    @property
    def height(self) -> float:
        """The height of the card itself."""
        return 23.0 + 11.5 * (len(self.about) + bool(self.achieves)) + (2.0 if self.about or self.achieves else 0.0)

    @property
    def beside_width(self) -> float:
        """The room for the entries beside it; 0 without any."""
        return max((entry.width for entry in self.beside), default=0.0)

    @property
    def beside_height(self) -> float:
        """The height of the entries beside it, one under the other."""
        return BESIDE_HEIGHT * len(self.beside)


def cards_of(spec: GraphSpec, arrangement: Arrangement, told: Mapping[str, Sequence[Way]]) -> dict[str, Card]:
    """The card of every state that is placed. `told` are the ways that are not drawn as lines, by their source."""
    found = {}
    abouts = {name: about_state(spec.states[name]) if name != ANYWHERE else ("heard in every state",) for name in arrangement.places}
    titles = {name: "anywhere" if name == ANYWHERE else name for name in arrangement.places}
    widths = [width_of(title, NAME_SIZE, bold=True) for title in titles.values()]
    widths += [width_of(line, ABOUT_SIZE) for about in abouts.values() for line in about]
    width = max(_LEAST_WIDTH, *(one + 2 * _PADDING for one in widths))
    for name in arrangement.places:
        state = spec.states.get(name)
        found[name] = Card(
            name,
            titles[name],
            abouts[name],
            tuple(_beside(way) for way in told.get(name, ())),
            width,
            state.achieves if state else None,
            bool(state and state.end),
        )
    return found


def _beside(way: Way) -> Beside:
    name = "" if way.kind == "stays" else way.target
    taken = _ICON + (width_of(name, BESIDE_SIZE, bold=True) + 5 if name else 0)
    label = shortened(way.label, BESIDE_SIZE, max(40.0, _MOST_BESIDE - taken))
    return Beside(way, name, label, taken + width_of(label, BESIDE_SIZE) + 6)
