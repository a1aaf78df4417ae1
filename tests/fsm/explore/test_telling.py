"""Leaving out of a situation what nothing reads any more changes nothing that is found, whatever lines show of lists and values."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from fsm.catalogue import Catalogue
from fsm.explore import Exploration
from fsm.explore import settling as settling_module
from fsm.explore.table import Table
from fsm.explore.telling import CALLER, Kept, Telling
from fsm.showing import LISTED, VALUED, Shown, Text
from tests.fsm.playing import ACTIONS, small_graph

_KINDS = ("ask", "reask", "silent", "give_up", "options", "so_far")
LISTS = tuple(f"{LISTED}{name}" for name in sorted({name for action in ACTIONS.values() for name in action.fills}))
VALUES = tuple(f"{VALUED}{name}" for name in sorted({name for action in ACTIONS.values() for name in action.values}))


@cache
def texts() -> tuple[Text, ...]:
    """Every line of the small graph, and what its actions say, with each list and each value in turn."""
    graph = small_graph()
    said = {line for move in graph.spec.moves for line in move.say} | set(ACTIONS)
    for name, state in graph.states.items():
        said |= {line.line for line in state.say} | ({f"{name}.{kind}" for kind in _KINDS} if state.ask else set())
    return tuple(Text(line, ((Shown(source, (source,)),),), ("lines", 1, 1), line) for line in sorted(said) for source in (*LISTS, *VALUES))


def everything_told(table: Table) -> Kept:
    """Every field of the key, in every place."""
    told = Telling(sum(firm.mask for name, firm in table.space.firm.items() if name not in {"corrected", "fresh"}))
    return {
        (name, waits_for, gone): told
        for name, state in table.states.items()
        for waits_for in (CALLER, *(runs.action.name for runs in state.runs))
        for gone in (False, True)
    }


def combinations(found: Exploration) -> dict[tuple[str, str], int]:
    """Everything that may be known in each place, whatever stands in the keys."""
    joined: dict[tuple[str, str], int] = {}
    for location, region in found.reached.items():
        for bits in region.values():
            joined[location] = joined.get(location, 0) | bits
    return joined


@pytest.mark.parametrize("needs", [True, False], ids=["asked for without it", "found before it is asked for"])
@pytest.mark.parametrize("source", [*LISTS, *VALUES])
def test_the_same_is_found_with_everything_told_apart(source: str, needs: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Transitions, what is reached, what is wrong, and whether a line lacks something in a state, line by line."""
    finding = [replace(action, needs=frozenset()) if action.fills and not needs else action for action in ACTIONS.values()]
    actions = Catalogue(finding)
    fewer = missing = 0
    for text in texts():
        if text.sources != {source}:
            continue
        found = Exploration(small_graph().spec, actions, [text])
        with monkeypatch.context() as patch:
            patch.setattr(settling_module, "kept_in", everything_told)
            whole = Exploration(small_graph().spec, actions, [text])
        assert found.met.missing.keys() == whole.met.missing.keys(), text.name
        assert found.met.transitions == whole.met.transitions
        assert found.met.broken.keys() == whole.met.broken.keys()
        assert found.met.stuck.keys() == whole.met.stuck.keys()
        assert found.met.unagreed.keys() == whole.met.unagreed.keys()
        assert combinations(found) == combinations(whole)
        missing += len(found.met.missing)
        fewer += any(told.unless for told in found.walk.kept.values())
    assert missing
    assert bool(fewer) is not needs
