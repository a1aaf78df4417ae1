"""The page as SVG: plain shapes and text, no script, no font file, the same bytes for the same graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from frontdesk.drawing.arranging import arrange
from frontdesk.drawing.colours import INK, MUTED, PAPER, Look, card_look, way_look
from frontdesk.drawing.legend import legend_entries, legend_svg
from frontdesk.drawing.lines import drawn_and_told
from frontdesk.drawing.marks import Marks, with_anywhere
from frontdesk.drawing.routing import LABEL_SIZE, Line, Page, lay_out
from frontdesk.drawing.shapes import arrow_head, badge, icon, number, rectangle, text
from frontdesk.drawing.sheet import ABOUT_SIZE, BESIDE_HEIGHT, BESIDE_SIZE, NAME_SIZE, Beside, Box, Card, cards_of
from frontdesk.drawing.text import FONT, width_of
from frontdesk.drawing.ways import ANYWHERE, Pair, Way, ways_of
from fsm.catalogue import Catalogue
from fsm.counted import counted
from fsm.spec import GraphSpec

__all__ = ["Drawing", "draw", "to_svg"]

_MARGIN: Final = 22.0
_ENTRY: Final = 26.0
"""Room above the first row for the mark where the call begins."""


@dataclass(frozen=True)
class Drawing:
    """A page that has been laid out: what is where."""

    page: Page
    cards: dict[str, Card]
    ways: tuple[Way, ...]
    hoped: tuple[str, ...]
    start: str


def draw(spec: GraphSpec, catalogue: Catalogue) -> Drawing:
    """Lays a graph out."""
    ways = ways_of(spec, catalogue)
    arrangement = arrange(spec, ways)
    drawn, told = drawn_and_told(ways, arrangement)
    cards = cards_of(spec, arrangement, told)
    return Drawing(lay_out(drawn, arrangement, cards), cards, tuple(ways), arrangement.hoped, spec.start)


def to_svg(spec: GraphSpec, catalogue: Catalogue, title: str, marks: Marks | None = None) -> str:
    """The picture of a graph, with a heading, a legend and, where given, marks."""
    drawing = draw(spec, catalogue)
    if marks is not None:
        marks = with_anywhere(marks, {way.pair for way in drawing.ways})
    moves = len(spec.anywhere) + sum(len(state.on) + len(state.next) for state in spec.states.values())
    under = f"{counted(len(spec.states), 'state')}, {counted(moves, 'transition')}" + (f"; {marks.note}" if marks else "")
    entries = legend_entries(marks)
    least = _MARGIN * 2 + max(width_of(title, 20, bold=True), width_of(under, 11))
    width = max(drawing.page.width + 2 * _MARGIN, least, 420.0)
    legend, legend_height = legend_svg(entries, _MARGIN, 66.0, width - 2 * _MARGIN)
    top = 66.0 + legend_height + _ENTRY
    height = top + drawing.page.height + _MARGIN
    parts = [
        _opening(width, height),
        f"<title>{escape(title)}</title>",
        rectangle(Box(0, 0, width, height), PAPER, "none", 0),
        text(_MARGIN, 32, title, 20, INK, bold=True),
        text(_MARGIN, 51, under, 11, MUTED),
        *legend,
        f'<g transform="translate({number(_MARGIN)} {number(top)})">',
        *_begin(drawing),
        *(part for line in _in_order(drawing.page.lines, marks) for part in _line(line, drawing, marks)),
        *(part for name, box in drawing.page.boxes.items() for part in _card(drawing.cards[name], box, drawing, marks)),
        *(part for line in drawing.page.lines for part in _words(line, drawing, marks)),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _opening(width: float, height: float) -> str:
    size = f'width="{number(width)}" height="{number(height)}" viewBox="0 0 {number(width)} {number(height)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}" role="img">'


def _in_order(lines: Sequence[Line], marks: Marks | None) -> list[Line]:
    """What matters more is drawn over what matters less."""
    return sorted(lines, key=lambda line: (line.trunk, (marks.ways.get(line.way.pair, 0) if marks else 0)))


def _begin(drawing: Drawing) -> Iterator[str]:
    box = drawing.page.boxes[drawing.start]
    yield f'<circle cx="{number(box.centre)}" cy="-19" r="5" fill="{INK}"/>'
    yield f'<path d="M{number(box.centre)} -14V-4" fill="none" stroke="{INK}" stroke-width="2"/>'
    yield arrow_head(box.centre, box.y, INK)


def _line(line: Line, drawing: Drawing, marks: Marks | None) -> Iterator[str]:
    look = _look_of(line, drawing, marks)
    corners = [*line.points[:-1], (line.points[-1][0], line.points[-1][1] - 4)]
    yield f"<g><title>{escape(_told(line.way))}</title>"
    dashes = ' stroke-dasharray="5 3"' if line.way.kind in {"back", "gives up"} else ""
    yield f'<path d="{_path(corners)}" fill="none" stroke="{look.stroke}" stroke-width="{number(look.width)}"{dashes}/>'
    yield arrow_head(*line.points[-1], look.stroke)
    yield "</g>"


def _path(points: Sequence[tuple[float, float]]) -> str:
    """Straight pieces with rounded corners."""
    parts = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        into, out = _toward(at, before), _toward(at, after)
        parts.append(f"L{number(into[0])} {number(into[1])}Q{number(at[0])} {number(at[1])} {number(out[0])} {number(out[1])}")
    parts.append(f"L{number(points[-1][0])} {number(points[-1][1])}")
    return "".join(parts)


def _toward(at: tuple[float, float], other: tuple[float, float], most: float = 5.0) -> tuple[float, float]:
    length = abs(other[0] - at[0]) + abs(other[1] - at[1])  # one of both is 0
    step = min(most, length / 2)
    return (at[0], at[1]) if not length else (at[0] + (other[0] - at[0]) / length * step, at[1] + (other[1] - at[1]) / length * step)


def _words(line: Line, drawing: Drawing, marks: Marks | None) -> Iterator[str]:
    look = _look_of(line, drawing, marks)
    x = line.label_x
    if look.badge:
        shape, wide = badge(x, line.label_y - 9, look.badge, look.stroke, from_right=line.anchor == "end")
        yield shape
        x += -wide - 3 if line.anchor == "end" else wide + 3
    if line.label:
        yield text(x, line.label_y, line.label, LABEL_SIZE, INK if marks is None else look.text, anchor=line.anchor, halo=True)


def _look_of(line: Line, drawing: Drawing, marks: Marks | None) -> Look:
    hoped = line.way.source in drawing.hoped and line.way.target in drawing.hoped and line.trunk
    return way_look(_counted_as(line.way, drawing), line.way.kind, marks, trunk=line.trunk, hoped=hoped)


def _counted_as(way: Way, drawing: Drawing) -> Pair:
    """Where its counts stand: a way of a limit has none of its own when another one leads to the same state."""
    shared = way.kind == "gives up" and any(other.pair == way.pair and other.kind != "gives up" for other in drawing.ways)
    return ("", "") if shared else way.pair


def _card(card: Card, box: Box, drawing: Drawing, marks: Marks | None) -> Iterator[str]:
    look = card_look(card.name, marks, hoped=card.name in drawing.hoped, ends=card.ends)
    round_ = box.height / 2 if card.ends else 6.0
    dashes = "4 3" if card.name == ANYWHERE else ""
    yield f'<g id="{"anywhere" if card.name == ANYWHERE else f"state-{card.name}"}">'
    yield rectangle(box, look.fill, look.stroke, look.width, radius=min(round_, 17.0), dashes=dashes)
    y = box.y + 16
    yield text(box.centre, y, card.title, NAME_SIZE, look.text, bold=True, anchor="middle")
    for about in card.about:
        y += 12
        yield text(box.centre, y, about, ABOUT_SIZE, MUTED if look.text == INK and marks is None else look.text, anchor="middle")
    if card.achieves:
        y += 12
        colour = "#8ee5c2" if look.text == PAPER else "#0b6e4f"
        yield text(box.centre, y, f"achieves: {card.achieves}", ABOUT_SIZE, colour, bold=True, anchor="middle")
    if look.badge:
        yield badge(box.x + box.width + 4, box.bottom - 7, look.badge, look.stroke, from_right=True)[0]
    yield "</g>"
    for place, entry in enumerate(card.beside):
        look = way_look(_counted_as(entry.way, drawing), entry.way.kind, marks, trunk=False, hoped=False)
        yield from _entry(entry, box.x + box.width + 6, box.y + BESIDE_HEIGHT * place, look, MUTED if marks is None else look.text)


def _entry(entry: Beside, x: float, y: float, look: Look, label_colour: str) -> Iterator[str]:
    way, name, label = entry.way, entry.name, entry.label
    yield f"<g><title>{escape(_told(way))}</title>"
    yield icon(way.kind, x, y + 1, look.stroke)
    x += 15
    if name:
        yield text(x, y + 10.5, name, BESIDE_SIZE, look.text, bold=True)
        x += width_of(name, BESIDE_SIZE, bold=True) + 5
    if label:
        yield text(x, y + 10.5, label, BESIDE_SIZE, label_colour)
        x += width_of(label, BESIDE_SIZE) + 4
    if look.badge:
        yield badge(x, y + 1, look.badge, look.stroke)[0]
    yield "</g>"


def _told(way: Way) -> str:
    source = "anywhere" if way.source == ANYWHERE else way.source
    return f"{source}: {way.detail}" if way.kind == "stays" else f"{source} → {way.target}: {way.detail}"
