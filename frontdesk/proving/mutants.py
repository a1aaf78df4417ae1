"""Small faults put into a graph on purpose, each one edit that a hand may slip into, to see who notices."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fsm.catalogue import ActionSpec

__all__ = ["Mutant", "mutants_of"]

Document = dict[str, Any]
_CONSENT: Final = "agreed"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: its kind, where it is and what was done, and the document with it."""

    kind: str
    where: str
    what: str
    document: Document

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.what}"


Change = Callable[[Any], object]
"""What is done to the place in a document that a path leads to."""


def _without(key: str | int) -> Change:
    return lambda place: place.pop(key)


def _with(values: Mapping[str, Any]) -> Change:
    return lambda place: place.update(values)


def _with_item(index: int, value: Any) -> Change:
    return lambda place: place.__setitem__(index, value)


def _swapped(index: int) -> Change:
    return lambda place: place.insert(index, place.pop(index + 1))


def _renamed(name: str) -> Change:
    return lambda place: place.update({f"{name}_x": place.pop(name)})


class _Maker:
    def __init__(self, document: Document, catalogue: Mapping[str, ActionSpec], seed: int) -> None:
        self.document, self.catalogue, self.random = document, catalogue, random.Random(seed)  # noqa: S311 - to choose, not to hide

    def made(self, kind: str, path: tuple[str | int, ...], what: str, change: Change) -> Mutant:
        """A copy of the document with a change at the place that a path leads to."""
        changed = copy.deepcopy(self.document)
        place: Any = changed
        for step in path:
            place = place[step]
        change(place)
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
        return Mutant(kind, where or "the whole", what, changed)

    # -- places ----------------------------------------------------------------------------------------------------

    def lists(self) -> Iterator[tuple[tuple[str | int, ...], list[Any]]]:
        """All lists of moves."""
        yield ("anywhere",), self.document.get("anywhere", [])
        for name, state in self.document["states"].items():
            for key in ("on", "next"):
                if state.get(key):
                    yield ("states", name, key), state[key]

    def moves(self) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
        for path, moves in self.lists():
            for index, move in enumerate(moves):
                yield (*path, index), move

    def conditions(self) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
        """All conditions, of moves and of lines."""
        for path, move in self.moves():
            if move.get("if"):
                yield (*path, "if"), move["if"]
        for name, state in self.document["states"].items():
            for index, line in enumerate(state.get("say", ())):
                if line.get("if"):
                    yield ("states", name, "say", index, "if"), line["if"]

    def other(self, items: Any, *than: Any) -> Any:
        """One of some items, another than these."""
        left = sorted({str(item) for item in items} - {str(item) for item in than})
        return self.random.choice(left) if left else None

    # -- faults ----------------------------------------------------------------------------------------------------

    def deleted_and_swapped(self) -> Iterator[Mutant]:
        for path, moves in self.lists():
            for index, move in enumerate(moves):
                yield self.made("edge deleted", path, f"without {_short(move)}", _without(index))
            for index in range(len(moves) - 1):
                what = f"{_short(moves[index])} after {_short(moves[index + 1])}"
                yield self.made("order swapped", path, what, _swapped(index))

    def retargeted(self) -> Iterator[Mutant]:
        states = self.document["states"]
        for path, move in self.moves():
            if "to" in move:
                target = self.other(states, move["to"], path[1])
                yield self.made("edge retargeted", path, f"{_short(move)} to {target}", _with({"to": target}))
                consent = states[move["to"]].get("ask") == _CONSENT
                after = next((m["to"] for m in states[move["to"]].get("next", ()) if m.get("if", {}).get(_CONSENT) is True), None)
                if consent and after is not None:
                    yield self.made("confirm removed", path, f"straight to {after}", _with({"to": after}))

    def conditions_changed(self) -> Iterator[Mutant]:
        for path, condition in self.conditions():
            for name, value in condition.items():
                yield self.made("condition dropped", path, f"without {name}", _without(name))
                other = self._negated(name, value)
                if other is not None:
                    what = f"{name}: {other} instead of {value}"
                    yield self.made("condition negated", path, what, _with({name: other}))

    def _negated(self, name: str, value: Any) -> Any:
        if isinstance(value, bool):
            return not value
        if value in ("known", "unknown"):
            return "unknown" if value == "known" else "known"
        fact = self.document["facts"].get(name, {})
        values = fact.get("options") or (self.catalogue[name].outcomes if name in self.catalogue else ())
        return self.other(values, *(value if isinstance(value, list) else [value]))

    def moves_changed(self) -> Iterator[Mutant]:
        lines = sorted({line for _, move in self.moves() for line in move.get("say", ())})
        for path, move in self.moves():
            for index, name in enumerate(move.get("forget", ())):
                yield self.made("forget dropped", (*path, "forget"), f"without {name}", _without(index))
            for name in move.get("set", {}):
                yield self.made("set dropped", (*path, "set"), f"without {name}", _without(name))
            for index, line in enumerate(move.get("say", ())):
                other = self.other(lines, line)
                what = f"{other} instead of {line}"
                yield self.made("lines swapped", (*path, "say"), what, _with_item(index, other))
                yield self.made("line dropped", (*path, "say"), f"without {line}", _without(index))
            for index, state in enumerate(move.get("except", ())):
                yield self.made("except dropped", (*path, "except"), f"without {state}", _without(index))
            if move.get("ask_again") is False:
                yield self.made("asks again", path, "without ask_again", _without("ask_again"))

    def states_changed(self) -> Iterator[Mutant]:
        said = sorted({line["line"] for state in self.document["states"].values() for line in state.get("say", ())})
        for name, state in self.document["states"].items():
            path = ("states", name)
            for index, line in enumerate(state.get("say", ())):
                other = self.other(said, line["line"])
                what = f"{other} instead of {line['line']}"
                yield self.made("lines swapped", (*path, "say", index), what, _with({"line": other}))
                yield self.made("line dropped", (*path, "say"), f"without {line['line']}", _without(index))
            for key in ("run", "suggest", "achieves", "end"):
                if key in state:
                    yield self.made(f"{key} dropped", path, f"without {key}", _without(key))
            if state.get("ask"):
                asked = self.other([s["ask"] for s in self.document["states"].values() if s.get("ask")], state["ask"])
                what = f"asks {asked} instead of {state['ask']}"
                yield self.made("question swapped", path, what, _with({"ask": asked}))

    def facts_changed(self) -> Iterator[Mutant]:
        for name, fact in self.document["facts"].items():
            yield self.made("fact renamed", ("facts",), f"{name} is {name}_x", _renamed(name))
            for index, other in enumerate(fact.get("depends_on", ())):
                path = ("facts", name, "depends_on")
                yield self.made("depends_on dropped", path, f"without {other}", _without(index))
            if fact.get("read_back"):
                yield self.made("read_back dropped", ("facts", name), "without read_back", _without("read_back"))
            if fact.get("type") != "switch":
                scope = "task" if fact.get("scope") == "call" else "call"
                yield self.made("scope changed", ("facts", name), f"scope {scope}", _with({"scope": scope}))

    def limits_changed(self) -> Iterator[Mutant]:
        places: list[tuple[tuple[str | int, ...], dict[str, Any]]] = [(("limits",), self.document["limits"])]
        places += [(("states", name, "limits"), state["limits"]) for name, state in self.document["states"].items() if "limits" in state]
        for path, limits in places:
            for key, value in limits.items():
                if key in {"attempts", "silences", "visits"}:
                    yield self.made("limit raised", path, f"{key} {value + 1} instead of {value}", _with({key: value + 1}))
                elif key in {"else", "silent"}:
                    target = self.other(self.document["states"], value)
                    yield self.made("limit retargeted", path, f"{key} to {target}", _with({key: target}))

    def all(self) -> Iterator[Mutant]:
        yield from self.deleted_and_swapped()
        yield from self.retargeted()
        yield from self.conditions_changed()
        yield from self.moves_changed()
        yield from self.states_changed()
        yield from self.facts_changed()
        yield from self.limits_changed()


def mutants_of(document: Document, catalogue: Mapping[str, ActionSpec], *, seed: int = 1, sample: int | None = None) -> list[Mutant]:
    """Every fault of every kind, or a seeded sample of so many. The same document and seed give the same faults."""
    found = list(_Maker(document, catalogue, seed).all())
    if sample is None or sample >= len(found):
        return found
    chosen = random.Random(seed).sample(range(len(found)), sample)  # noqa: S311 - to choose, not to hide
    return [found[index] for index in sorted(chosen)]


def _short(move: Mapping[str, Any]) -> str:
    parts = [f"{key} {move[key]}" for key in ("on", "if", "to") if key in move]
    return "{" + ", ".join(parts) + "}"
