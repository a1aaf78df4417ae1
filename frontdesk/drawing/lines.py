"""Which ways are drawn as lines. The others stand as entries beside their state, so that a page with many repairs can still be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from frontdesk.drawing.arranging import Arrangement
from frontdesk.drawing.ways import ANYWHERE, Way

__all__ = ["drawn_and_told"]

_MOST_LINES = 2
"""So many lines may come to a state besides the one it hangs on; a state that more lead to is named beside each of them."""


def drawn_and_told(ways: Sequence[Way], arrangement: Arrangement) -> tuple[list[Way], dict[str, list[Way]]]:
    """The ways drawn as lines, and those told beside their source.

    Lines are the trunk, the only way on of a state, and other ways down the page to a state that few lead to. Repairs and ways up are told.
    """
    taken: set[int] = set()
    seen: set[tuple[str, str]] = set()
    for number, way in enumerate(ways):
        if way.pair in arrangement.trunk and way.pair not in seen and way.kind != "stays":
            taken.add(number)
            seen.add(way.pair)
    down = [number for number, way in enumerate(ways) if number not in taken and _leads_down(way, arrangement)]
    only = {number for number in down if sum(other.source == ways[number].source and other.kind == "on" for other in ways) == 1}
    coming = Counter(ways[number].target for number in down)
    ends = {ways[number].target: _Ends() for number in (*taken, *down)}
    for number in sorted(taken):
        ends[ways[number].target].add(ways[number], arrangement)
    for number in down:
        way = ways[number]
        if (number in only or coming[way.target] <= _MOST_LINES) and ends[way.target].add(way, arrangement):
            taken.add(number)
    told: dict[str, list[Way]] = {}
    for number, way in enumerate(ways):
        if number not in taken:
            told.setdefault(way.source, []).append(way)
    return [ways[number] for number in sorted(taken)], told


class _Ends:
    """The lines that come to one state, by the side they come from: whether there are any, and whether one has a label."""

    def __init__(self) -> None:
        self.labelled: dict[int, bool] = {}

    def add(self, way: Way, arrangement: Arrangement) -> bool:
        """Takes a line in, unless two labels would come to lie over each other."""
        side = arrangement.side(*way.pair)
        if way.label and self.labelled.get(side):
            return False
        after = {**self.labelled, side: bool(way.label) or self.labelled.get(side, False)}
        if after.get(0) and 1 in after and after.get(-1):  # the label of the straight line has to go to the left, too
            return False
        self.labelled = after
        return True


def _leads_down(way: Way, arrangement: Arrangement) -> bool:
    if way.kind != "on" or way.source == ANYWHERE:
        return False
    source, target = arrangement.places[way.source], arrangement.places[way.target]
    first, last = sorted((source.column, target.column))
    if arrangement.anywhere_rows > 1 and first <= arrangement.places[ANYWHERE].column < last:
        return False  # it might have to go through the list beside ANYWHERE
    return target.row > source.row
