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
    labelled = {(ways[number].target, arrangement.side(*ways[number].pair)) for number in taken if ways[number].label}
    for number in down:
        way = ways[number]
        end = (way.target, arrangement.side(*way.pair))
        if (number in only or coming[way.target] <= _MOST_LINES) and not (way.label and end in labelled):
            taken.add(number)
            labelled |= {end} if way.label else set()
    told: dict[str, list[Way]] = {}
    for number, way in enumerate(ways):
        if number not in taken:
            told.setdefault(way.source, []).append(way)
    return [ways[number] for number in sorted(taken)], told


def _leads_down(way: Way, arrangement: Arrangement) -> bool:
    if way.kind != "on" or way.source == ANYWHERE:
        return False
    return arrangement.places[way.target].row > arrangement.places[way.source].row
