"""The lines: each runs in the room between rows and columns, on a track of its own, and never through a card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from frontdesk.drawing.arranging import Arrangement
from frontdesk.drawing.sheet import Box, Card
from frontdesk.drawing.text import shortened, width_of
from frontdesk.drawing.ways import ANYWHERE, Way

__all__ = ["LABEL_SIZE", "Line", "Page", "lay_out"]

LABEL_SIZE: Final = 9.5
_TRACK: Final = 8.0
_PORT: Final = 15.0
_ABOVE_LABEL: Final = 12.0
_BESIDE_GAP: Final = 5.0
_EDGE: Final = 24.0


@dataclass(frozen=True)
class Line:
    """A way as it is drawn: its corners, and its label beside the arrow. `anchor` is "start" or "end"."""

    way: Way
    points: tuple[tuple[float, float], ...]
    label: str
    label_x: float
    label_y: float
    anchor: str
    trunk: bool

    @property
    def label_box(self) -> Box:
        """The room that the label takes."""
        width = width_of(self.label, LABEL_SIZE)
        return Box(self.label_x - (width if self.anchor == "end" else 0.0), self.label_y - LABEL_SIZE * 0.8, width, LABEL_SIZE)


@dataclass(frozen=True)
class Page:
    """Everything with its place, without a heading: it begins at 0, 0."""

    boxes: Mapping[str, Box]
    lines: tuple[Line, ...]
    width: float
    height: float


@dataclass
class _Tracks:
    """Parallel tracks in one stretch of room. A bundle (lines of one source, or to one target) shares a track."""

    spans: dict[str, tuple[float, float]] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)

    def need(self, bundle: str, first: float, last: float) -> None:
        before = self.spans.get(bundle, (first, first))
        self.spans[bundle] = min(*before, first, last), max(*before, first, last)

    def settle(self) -> None:
        ends: list[float] = []
        for bundle, (first, last) in sorted(self.spans.items(), key=lambda item: (item[1], item[0])):
            track = next((number for number, end in enumerate(ends) if end < first), len(ends))
            ends[track : track + 1] = [last]
            self.found[bundle] = track

    @property
    def count(self) -> int:
        return 1 + max(self.found.values(), default=-1)


def lay_out(ways: Sequence[Way], arrangement: Arrangement, cards: Mapping[str, Card]) -> Page:
    """Finds the place of every card and the course of every line."""
    return _Layout(ways, arrangement, cards).page()


class _Layout:
    def __init__(self, ways: Sequence[Way], arrangement: Arrangement, cards: Mapping[str, Card]) -> None:
        self.ways, self.arrangement, self.cards = ways, arrangement, cards
        self.places = arrangement.places
        self.columns = 1 + max(place.column for place in self.places.values())
        self.rows = 1 + max(place.row for place in self.places.values())
        self.gaps = [_Tracks() for _ in range(self.rows)]
        self.gutters = [_Tracks() for _ in range(self.columns + 1)]
        for way in ways:
            self._need(way)
        for tracks in (*self.gaps, *self.gutters):
            tracks.settle()

    def page(self) -> Page:
        widths = [self._column_width(column) for column in range(self.columns)]
        self.lefts, x = [], 0.0
        for column, width in enumerate(widths):
            x += self._gutter_width(column)
            self.lefts.append(x)
            x += width
        total = x + self._gutter_width(self.columns)
        self.tops, self.heights, y = [], [], 0.0
        for row in range(self.rows):
            self.tops.append(y)
            here = [self.cards[name] for name, place in self.places.items() if place.row == row]
            self.heights.append(max((max(card.height, card.beside_height) for card in here if card.name != ANYWHERE), default=0.0))
            self.heights[-1] = max(self.heights[-1], self._missing_for_anywhere(row))
            y += self.heights[-1] + self._gap_height(row)
        self.boxes = {
            name: Box(self.lefts[place.column], self.tops[place.row], self.cards[name].width, self.cards[name].height)
            for name, place in self.places.items()
        }
        return Page(self.boxes, tuple(self._line(way) for way in self.ways), total, y)

    # --- room -----------------------------------------------------------------------------------------------------

    def _need(self, way: Way) -> None:
        source, target = self.places[way.source], self.places[way.target]
        if self.arrangement.straight(*way.pair):
            return
        row = self.arrangement.last_row(way.source)
        if target.row == row + 1:
            self.gaps[row].need(way.source, source.column, target.column)
            return
        gutter = self.arrangement.gutter(*way.pair)
        beside = gutter - 0.5
        self.gaps[row].need(way.source, source.column, beside)
        self.gutters[gutter].need(way.source, row, target.row - 1)
        self.gaps[target.row - 1].need(f"to {way.target}", beside, target.column)

    def _column_width(self, column: int) -> float:
        here = [self.cards[name] for name, place in self.places.items() if place.column == column]
        beside = max(card.beside_width for card in here)
        return here[0].width + (beside + _BESIDE_GAP if beside else 0.0)

    def _gutter_width(self, number: int) -> float:
        count = self.gutters[number].count
        if number in {0, self.columns}:
            return _EDGE + _TRACK * count
        return 25.0 + _TRACK * count

    def _gap_height(self, row: int) -> float:
        if row == self.rows - 1:
            return 0.0
        return 12.0 + _TRACK * max(self.gaps[row].count - 1, 0) + 20.0

    def _missing_for_anywhere(self, row: int) -> float:
        """How high a row must be at least, so that the list beside ANYWHERE ends with the last row that is kept for it."""
        if ANYWHERE not in self.places:
            return 0.0
        card, first = self.cards[ANYWHERE], self.places[ANYWHERE].row
        last = self.arrangement.last_row(ANYWHERE)
        least = card.height if row == first else 0.0
        return max(least, card.beside_height - (self.tops[row] - self.tops[first])) if row == last else least

    def _across(self, row: int, bundle: str) -> float:
        """The height of a track below a row."""
        return self.tops[row] + self.heights[row] + 9.0 + _TRACK * self.gaps[row].found[bundle]

    def _down(self, gutter: int, bundle: str) -> float:
        """The place of a track in the room before a column."""
        right = self.lefts[gutter] if gutter < self.columns else self.lefts[-1] + self._column_width(self.columns - 1) + 35.0
        return right - 16.0 - _TRACK * self.gutters[gutter].found[bundle]

    # --- lines ----------------------------------------------------------------------------------------------------

    def _port(self, way: Way) -> float:
        """Where on the upper edge of its target a line ends, from the middle."""
        side = self.arrangement.side(*way.pair)
        alone = all(self.arrangement.side(*other.pair) == side for other in self.ways if other.target == way.target)
        return 0.0 if alone and not (side and self._is_left_downwards(way.target)) else side * _PORT

    def _is_left_downwards(self, target: str) -> bool:
        """Whether the state above this one is left by a line that bends: it must not look as if it led here."""
        place = self.places[target]
        above = next((name for name, other in self.places.items() if (other.column, other.row) == (place.column, place.row - 1)), None)
        return any(way.source == above and not self.arrangement.straight(*way.pair) for way in self.ways)

    def _line(self, way: Way) -> Line:
        target = self.places[way.target]
        begin, end = self.boxes[way.source], self.boxes[way.target]
        x = end.centre + self._port(way)
        points = [(begin.centre, begin.bottom)]
        if not self.arrangement.straight(*way.pair):
            row = self.arrangement.last_row(way.source)
            y = self._across(row, way.source)
            points.append((begin.centre, y))
            if target.row > row + 1:
                gutter = self.arrangement.gutter(*way.pair)
                down = self._down(gutter, way.source)
                below = self._across(target.row - 1, f"to {way.target}")
                points += [(down, y), (down, below)]
                y = below
            points.append((x, y))
        points.append((x, end.y))
        return Line(way, tuple(points), *self._label(way, x, end), way.pair in self.arrangement.trunk)

    def _label(self, way: Way, x: float, end: Box) -> tuple[str, float, float, str]:
        others = {self.arrangement.side(*other.pair) for other in self.ways if other.target == way.target and other is not way}
        side = self.arrangement.side(*way.pair)
        left = (side < 0 and bool(others)) or (side == 0 and 1 in others)
        label = shortened(way.label, LABEL_SIZE, end.width / 2 + 8 - abs(x - end.centre) if left else end.width / 2 + 60)
        if left:
            x -= _PORT if side == 0 and -1 in others else 0.0
            return label, x - 5, end.y - 7, "end"
        return label, x + 5, end.y - 7, "start"
