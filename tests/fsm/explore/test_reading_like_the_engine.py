"""What a text lacks is what the engine would say it without: nothing is missed, and nothing is made up."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fsm import Graph
from fsm.effects import Say
from fsm.explore import Exploration
from fsm.showing import Shown, Text
from tests.examples import examples
from tests.fsm import hostile
from tests.fsm.explore.comparing import Driver
from tests.fsm.playing import ACTIONS, small_graph

_KINDS = ("ask", "reask", "silent", "give_up", "suggest", "read_back", "options", "so_far")
_LATER = frozenset({"reask", "silent", "give_up", "options", "so_far"})
"""Lines that are said only after another event in the same situation."""


@cache
def explored() -> tuple[Graph, Exploration]:
    """The small graph, in which every line shows each fact in turn."""
    graph = small_graph()
    said = {line for move in graph.spec.moves for line in move.say}
    for name, state in graph.states.items():
        said |= {line.line for line in state.say} | ({f"{name}.{kind}" for kind in _KINDS} if state.ask else set())
    facts = [name for name, fact in graph.facts.items() if fact.type not in {"yes_no", "switch"}]
    texts = [Text(line, ((Shown(fact, (fact,)),),), ("lines", 1, 1), line) for line in sorted(said) for fact in facts]
    return graph, Exploration(graph.spec, ACTIONS, texts)


def _lacking(found: Exploration) -> set[tuple[str, str]]:
    """Lines and facts that some call says them without."""
    texts = found.walk.reading.texts
    return {(texts[index].name, texts[index].wordings[0][0].name) for index, _ in found.met.missing}


@settings(max_examples=examples(60))
@given(data=st.data())
def test_nothing_is_missed(data: Any) -> None:
    """Whatever callers and actions do, a line that the engine says without a fact is known to be said so."""
    graph, found = explored()
    lacking = _lacking(found)
    facts = {text.wordings[0][0].name for text in found.walk.reading.texts}
    for made in hostile.play_hostile(data.draw, graph, 30).steps:
        for said in (effect for effect in made.effects if isinstance(effect, Say)):
            assert {(said.line, fact) for fact in facts - said.facts.keys()} <= lacking, (made.call.path, said.line)


def test_nothing_is_made_up() -> None:
    """Played to the engine, the call that is shown ends with the line, without the fact."""
    graph, found = explored()
    texts = found.walk.reading.texts
    shown = 0
    for index in sorted({index for index, _ in found.met.missing}):
        line, fact = texts[index].name, texts[index].wordings[0][0].name
        path = found.to(lambda met, index=index: any(index == one for one, _ in met.missing))  # type: ignore[misc]
        assert path is not None
        if line.rpartition(".")[2] in _LATER:
            continue
        driver = Driver(graph, path)
        for step in path.steps:
            driver.play(step.happening)
        said = [effect for effect in driver.call.last.effects if isinstance(effect, Say) and effect.line == line]
        assert any(fact not in effect.facts for effect in said), (line, fact, path.dialogue)
        shown += 1
    assert shown > 20


def test_some_lines_show_what_is_always_known() -> None:
    """Otherwise the two above would hold of anything."""
    _, found = explored()
    lacking = _lacking(found)
    assert ("confirm.ask", "phone") not in lacking
    assert ("taken", "slot") not in lacking
    assert ("done.done", "slot") not in lacking
    assert ("hello.greeting", "thing") in lacking
    assert ("day.ask", "day") in lacking
