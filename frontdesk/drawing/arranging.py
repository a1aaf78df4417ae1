"""Where each state stands: the hoped-for call in a straight column, every other piece of a call in a column beside it."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from frontdesk.drawing.ways import ANYWHERE, Pair, Way
from fsm.call_order import hoped_call
from fsm.spec import GraphSpec

__all__ = ["Arrangement", "Place", "arrange"]

_DETOURS = {"on": 1, "back": 10, "gives up": 10, "stays": 1000}
_ACT = 2
_SIDEWAYS, _DOWN, _MOST_DOWN, _FAR = 3, 2, 2, 100
"""What a column away and a row down count for when a place is looked for, and how many rows a piece may stand further down."""
_FIRST_FOR_ANYWHERE = 2
_ENTRIES_IN_A_ROW, _ENTRIES_A_ROW = 6, 4
"""A list beside ANYWHERE of up to so many entries takes up one row; a longer one a row for every few, so that no row is pushed apart."""


@dataclass(frozen=True)
class Place:
    """A cell of the page; both count from 0, from the top left."""

    column: int
    row: int


@dataclass(frozen=True)
class Arrangement:
    """Places of all states, and of ANYWHERE where the graph has it, which takes up `anywhere_rows` rows.

    `trunk` are the ways along which the columns run and begin.
    """

    places: Mapping[str, Place]
    trunk: frozenset[Pair]
    hoped: tuple[str, ...]
    anywhere_rows: int = 1

    def last_row(self, name: str) -> int:
        """The row below which lines leave a state."""
        return self.places[name].row + (self.anywhere_rows - 1 if name == ANYWHERE else 0)

    def straight(self, source: str, target: str) -> bool:
        """Whether a line can go straight down from one state to the other."""
        begin, end = self.places[source], self.places[target]
        between = {Place(begin.column, row) for row in range(begin.row + 1, end.row)}
        return begin.column == end.column and begin.row < end.row and between.isdisjoint(self.places.values())

    def gutter(self, source: str, target: str) -> int:
        """The room between columns that a longer line goes down in: that before the target, on the side it comes from."""
        begin, end = self.places[source], self.places[target]
        return end.column + 1 if end.column < begin.column else end.column

    def side(self, source: str, target: str) -> int:
        """-1 for a line that comes to its target from the left, 1 from the right, 0 from straight above."""
        begin, end = self.places[source], self.places[target]
        if self.straight(source, target):
            return 0
        if end.row == self.last_row(source) + 1:
            return -1 if begin.column < end.column else 1
        return -1 if self.gutter(source, target) == end.column else 1


def arrange(spec: GraphSpec, ways: Sequence[Way]) -> Arrangement:
    """Places every state. The same graph gives the same places."""
    hoped = list(dict.fromkeys(hoped_call(spec))) or [spec.start]
    rows = 1
    pieces = _pieces(spec, ways, hoped)
    grid = _Grid({name: Place(0, row) for row, name in enumerate(hoped)})
    beside = [piece for piece in pieces if not _hangs_on(piece, ANYWHERE, pieces)]
    for piece in beside:
        grid.put(piece, first_column=1)
    elsewhere = [piece for piece in pieces if piece not in beside]
    if any(way.source == ANYWHERE for way in ways):
        entries = sum(way.source == ANYWHERE for way in ways) - sum(piece[0] == ANYWHERE for piece in elsewhere)
        rows = 1 if entries <= _ENTRIES_IN_A_ROW else -(-entries // _ENTRIES_A_ROW)
        length = rows + sum(len(piece) - 1 for piece in elsewhere)
        grid.places[ANYWHERE] = grid.room_for(length) if rows == 1 else Place(grid.columns, 0)
        grid.anywhere_rows = rows
    for piece in elsewhere:
        grid.put(piece, first_column=grid.places[ANYWHERE].column if ANYWHERE in grid.places else grid.columns)
    trunk = {*itertools.pairwise(hoped), *(pair for piece in pieces for pair in itertools.pairwise(piece))}
    return Arrangement(grid.places, frozenset(pair for pair in trunk if pair[0]), tuple(hoped), rows)


def _hangs_on(piece: list[str], root: str, pieces: Sequence[list[str]]) -> bool:
    """Whether a piece begins at a state that can be followed up to `root`; one that begins nowhere (unreachable) does too."""
    while piece[0] not in {root, ""}:
        before = next((other for other in pieces if piece[0] in other[1:]), None)
        if before is None:
            return False
        piece = before
    return True


def _pieces(spec: GraphSpec, ways: Sequence[Way], hoped: Sequence[str]) -> list[list[str]]:
    """The other states, in pieces of calls. Each begins with the state it leaves, which stands in another piece ("" for none)."""
    leaving: dict[str, list[Way]] = {}
    for way in ways:
        leaving.setdefault(way.source, []).append(way)
    placed = [ANYWHERE, *(name for name in spec.states if name in hoped)]
    goals = [name for name, state in spec.states.items() if state.achieves or state.end]
    pieces = []
    for goal in [*goals, *spec.states]:
        if goal in placed:
            continue
        piece = _shortest(leaving, placed, goal) or ["", goal]
        pieces.append(piece)
        placed = [ANYWHERE, *(name for name in spec.states if name in placed or name in piece)]
    return pieces


def _shortest(leaving: Mapping[str, Sequence[Way]], placed: Collection[str], goal: str) -> list[str]:
    order = itertools.count()  # of two alike, the one that begins first in the file
    paths: list[tuple[int, int, list[str]]] = [(0, next(order), [name]) for name in placed]
    seen = set(placed)
    heapq.heapify(paths)
    while paths:
        length, _, path = heapq.heappop(paths)
        if path[-1] == goal:
            return path
        if len(path) > 1 and path[-1] in seen:
            continue
        seen.add(path[-1])
        for way in leaving.get(path[-1], ()):
            if way.target not in seen:
                step = _DETOURS[way.kind] + (_ACT - 1 if way.act and way.source != ANYWHERE else 0)
                heapq.heappush(paths, (length + step, next(order), [*path, way.target]))
    return []


class _Grid:
    """The cells of the page, and which are taken."""

    def __init__(self, places: dict[str, Place]) -> None:
        self.places = places
        self.anywhere_rows = 1

    @property
    def columns(self) -> int:
        return 1 + max(place.column for place in self.places.values())

    def room_for(self, length: int) -> Place:
        """Where a column of so many states begins: below what stands in a column already, or in a new one."""
        lowest = max(place.row for place in self.places.values())
        for column in range(_FIRST_FOR_ANYWHERE, self.columns):
            begin = 1 + max(place.row for place in self.places.values() if place.column == column)
            if begin + length - 1 <= lowest:
                return Place(column, begin)
        return Place(self.columns, 0)

    def put(self, piece: Sequence[str], *, first_column: int) -> None:
        """Puts a piece below the state that it leaves, in the nearest column where it fits whole."""
        begin = self.places.get(piece[0], Place(first_column, -1))
        row, length = begin.row + (self.anywhere_rows if piece[0] == ANYWHERE else 1), len(piece) - 1
        taken = {(place.column, place.row) for place in self.places.values()}
        if ANYWHERE in self.places:
            taken |= {(self.places[ANYWHERE].column, self.places[ANYWHERE].row + kept) for kept in range(self.anywhere_rows)}
        lowest = max(place.row for place in self.places.values())
        loose = piece[0] in {ANYWHERE, ""}
        may_go_down, sideways = (lowest, _FAR) if loose else (_MOST_DOWN, _SIDEWAYS)
        spots = [
            (abs(column - begin.column) * sideways + down * _DOWN, column, row + down)
            for column in range(first_column, self.columns + 1)
            for down in range(may_go_down + 1)
            if row + down + length - 1 <= lowest or down == 0
        ]
        _, column, row = next(spot for spot in sorted(spots) if not any((spot[1], spot[2] + step) in taken for step in range(length)))
        for step, name in enumerate(piece[1:]):
            self.places[name] = Place(column, row + step)
