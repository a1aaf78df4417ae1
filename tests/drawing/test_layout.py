"""The picture can be read: nothing lies over anything else, the hoped-for call is straight, and nothing is left out."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.drawing.arranging import arrange
from frontdesk.drawing.sheet import BESIDE_HEIGHT, Box
from frontdesk.drawing.svg import Drawing, draw, to_svg
from frontdesk.drawing.ways import ways_of
from fsm.loader import load_graph_spec
from fsm.spec import GraphSpec
from tests.drawing.graphs import INSURANCE, TINY, random_graph

ROOT = Path(__file__).parents[2]
SHIPPED = load_graph_spec(ROOT / "states.yaml", CATALOGUE)
EXAMPLES = {path.parent.name: load_graph_spec(path, CATALOGUE) for path in sorted(ROOT.glob("examples/*/states.yaml"))}
NAMED = {"shipped": SHIPPED, **EXAMPLES, "small insurance": INSURANCE, "tiny": TINY}
RANDOM = {f"random-{seed}": random_graph(seed) for seed in range(25)}
GRAPHS = pytest.mark.parametrize("spec", NAMED.values(), ids=NAMED)
ANY_GRAPH = pytest.mark.parametrize("spec", [*NAMED.values(), *RANDOM.values()], ids=[*NAMED, *RANDOM])


_DRAWN: dict[int, Drawing] = {}


def drawn(spec: GraphSpec) -> Drawing:
    """A layout is made once for all that is asked of it."""
    if id(spec) not in _DRAWN:
        _DRAWN[id(spec)] = draw(spec, CATALOGUE)
    return _DRAWN[id(spec)]


def words_of(drawing: Drawing) -> list[tuple[str, Box]]:
    """Every card, every entry beside one, and every label."""
    found = list(drawing.page.boxes.items())
    for name, box in drawing.page.boxes.items():
        for place, entry in enumerate(drawing.cards[name].beside):
            where = Box(box.x + box.width + 6, box.y + BESIDE_HEIGHT * place, entry.width, BESIDE_HEIGHT - 1)
            found.append((f"{name} beside {place}", where))
    return [*found, *((f"label {line.way.pair}", line.label_box) for line in drawing.page.lines if line.label)]


def overlap(one: Box, other: Box) -> bool:
    apart = one.x + one.width <= other.x or other.x + other.width <= one.x or one.bottom <= other.y or other.bottom <= one.y
    return not apart


@ANY_GRAPH
def test_no_text_lies_over_another_or_off_the_page(spec: GraphSpec) -> None:
    """Cards, entries and labels keep clear of each other."""
    drawing = drawn(spec)
    for (one, box), (other, another) in itertools.combinations(words_of(drawing), 2):
        assert not overlap(box, another), (one, other)
    for name, box in words_of(drawing):
        assert box.x >= 0, name
        assert box.x + box.width <= drawing.page.width + 22, name
        assert box.bottom <= drawing.page.height + 0.1, name


@ANY_GRAPH
def test_no_line_runs_through_a_card_or_an_entry(spec: GraphSpec) -> None:
    """Lines keep to the room between rows and columns."""
    drawing = drawn(spec)
    solid = [(name, box) for name, box in words_of(drawing) if not name.startswith("label")]
    for line in drawing.page.lines:
        assert len(line.points) >= 2
        for (x, y), (to_x, to_y) in itertools.pairwise(line.points):
            assert x == to_x or y == to_y, "lines go straight down or across"
            piece = Box(min(x, to_x), min(y, to_y) + 0.5, max(abs(to_x - x), 0.1), max(abs(to_y - y) - 1, 0.1))
            for name, box in solid:
                assert not overlap(piece, box), (line.way.pair, name)


@ANY_GRAPH
def test_lines_of_different_states_do_not_run_along_each_other(spec: GraphSpec) -> None:
    """Two lines share a stretch only when they come from one state or lead to one."""
    pieces = [(line.way, piece) for line in drawn(spec).page.lines for piece in itertools.pairwise(line.points) if piece[0] != piece[1]]
    for (one, first), (other, second) in itertools.combinations(pieces, 2):
        if one.source == other.source or one.target == other.target:
            continue
        for axis in (0, 1):
            if {first[0][axis], first[1][axis]} == {second[0][axis], second[1][axis]} and first[0][axis] == first[1][axis]:
                low, high = sorted((first[0][1 - axis], first[1][1 - axis]))
                other_low, other_high = sorted((second[0][1 - axis], second[1][1 - axis]))
                assert high <= other_low or other_high <= low, (one.pair, other.pair)


@GRAPHS
def test_the_hoped_call_is_a_straight_column(spec: GraphSpec) -> None:
    """From the greeting to the goodbye the eye goes straight down, without a gap."""
    arrangement = arrange(spec, ways_of(spec, CATALOGUE))
    places = [arrangement.places[name] for name in arrangement.hoped]
    assert [place.column for place in places] == [0] * len(places)
    assert [place.row for place in places] == list(range(len(places)))
    lines = {line.way.pair: line.points for line in drawn(spec).page.lines}
    assert all(len(lines[pair]) == 2 for pair in itertools.pairwise(arrangement.hoped))


def test_the_shipped_call_books() -> None:
    """What stands in the first column is a booking."""
    assert arrange(SHIPPED, ways_of(SHIPPED, CATALOGUE)).hoped[-6:] == ("book", "booked", "notify", "done", "anything_else", "goodbye")


@ANY_GRAPH
def test_every_way_is_drawn_or_told_once(spec: GraphSpec) -> None:
    """Each state and each move of the file is on the page."""
    drawing = drawn(spec)
    assert set(spec.states) <= set(drawing.page.boxes)
    shown = [line.way for line in drawing.page.lines] + [entry.way for card in drawing.cards.values() for entry in card.beside]
    assert sorted(shown, key=repr) == sorted(drawing.ways, key=repr)
    for name, state in spec.states.items():
        assert {(name, move.to) for move in (*state.next, *state.on) if move.to} <= {way.pair for way in shown}


@GRAPHS
def test_the_same_graph_gives_the_same_bytes(spec: GraphSpec) -> None:
    """A picture under version control changes only when the graph does."""
    assert to_svg(spec, CATALOGUE, "One") == to_svg(spec.model_copy(deep=True), CATALOGUE, "One")


def test_a_state_that_nothing_leads_to_is_drawn_all_the_same() -> None:
    """`frontdesk check` complains; the picture shows it."""
    alone = TINY.model_copy(update={"states": {**TINY.states, "island": TINY.states["bye"]}})
    assert "island" in draw(alone, CATALOGUE).page.boxes
