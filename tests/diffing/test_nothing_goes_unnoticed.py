"""Hundreds of small edits of the shipped graph: each is told, and those that take a safeguard away are told as dangerous."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter
from typing import Any

from frontdesk.diffing.change import Grade
from frontdesk.diffing.graph import graph_changes
from fsm.spec import GraphSpec
from tests.diffing.editing import shipped
from tests.examples import some

Edit = tuple[str, dict[str, Any]]


def edits_of_moves(name: str, move: dict[str, Any]) -> Iterator[Edit]:
    """A move without one of its parts, or to another state."""
    for key in ("say", "forget", "set", "do", "except"):
        if move.get(key):
            yield f"{name} without {key}", {name_: value for name_, value in move.items() if name_ != key}
    for fact in move.get("if", {}):
        yield f"{name} not if {fact}", {**move, "if": {one: value for one, value in move["if"].items() if one != fact}}
    if move.get("to"):
        yield f"{name} to goodbye", {**move, "to": "goodbye" if move["to"] != "goodbye" else "greet"}
    if move.get("stay"):
        yield f"{name} otherwise", {**move, "ask_again": not move.get("ask_again", True)}


def edits(document: dict[str, Any]) -> Iterator[Edit]:
    """Documents with one small edit each."""

    def changed(*place: str | int, value: Any = None) -> dict[str, Any]:
        made = dict(document)
        inner: Any = made
        for key in place[:-1]:  # only what lies on the way is copied
            inner[key] = copy.copy(inner[key])
            inner = inner[key]
        if value is None:
            del inner[place[-1]]
        else:
            inner[place[-1]] = value
        return made

    lists: list[tuple[str | int, ...]] = [("anywhere",)]
    lists += [("states", name, kind) for name, state in document["states"].items() for kind in ("next", "on") if state.get(kind)]
    for place in lists:
        moves: Any = document
        for key in place:
            moves = moves[key]
        for number, move in enumerate(moves):
            name = f"{place}[{number}]"
            yield f"{name} gone", changed(*place, number)
            for what, other in edits_of_moves(name, move):
                yield what, changed(*place, number, value=other)
    for name, state in document["states"].items():
        for key in sorted({"prompt", "ask", "suggest", "run", "say", "tools", "free", "listen", "achieves", "end", "limits"} & set(state)):
            yield f"{name} without {key}", changed("states", name, key)
        yield f"{name} gone", changed("states", name)
    for name, fact in document["facts"].items():
        for key in sorted({"options", "depends_on", "scope", "read_back"} & set(fact)):
            yield f"{name} without {key}", changed("facts", name, key)
        yield f"{name} gone", changed("facts", name)
    for number, act in enumerate(document["acts"]):
        yield f"act {act} gone", changed("acts", number)
    for key in document["limits"]:
        yield f"limit {key} gone", changed("limits", key)
    for key in document["keypad"]:
        yield f"key {key} gone", changed("keypad", key)


def test_every_small_edit_is_told_both_ways() -> None:
    """No sentence at all would mean that an owner believes nothing has changed."""
    old = shipped()
    document = old.spec.model_dump(mode="json", by_alias=True, exclude_unset=True)
    silent, every = [], list(edits(document))
    assert len(every) > 500
    for what, edited in some(every, 4, itemgetter(0)):
        spec = GraphSpec.model_validate(edited)
        if spec == old.spec:
            continue
        new = replace(old, spec=spec)
        if not list(graph_changes(old, new)) or not list(graph_changes(new, old)):
            silent.append(what)
    assert silent == []


def test_every_condition_on_a_yes_is_a_safeguard() -> None:
    """Wherever a write hangs on the caller's yes, taking that condition away is dangerous."""
    old = shipped()
    document = old.spec.model_dump(mode="json", by_alias=True, exclude_unset=True)
    writes = {name for name, state in old.spec.states.items() if any(old.catalogue[action].writes for action in state.run)}
    found = 0
    for name, state in document["states"].items():
        for number, move in enumerate(state.get("next", [])):
            if move.get("to") in writes:
                edited = copy.deepcopy(document)
                del edited["states"][name]["next"][number]["if"]["agreed"]
                changes = graph_changes(old, replace(old, spec=GraphSpec.model_validate(edited)))
                assert any(change.grade is Grade.DANGEROUS and "without a yes" in change.sentence for change in changes), name
                found += 1
    assert found == 3
