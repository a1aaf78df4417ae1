"""What is checked: the document, and everything that its names may refer to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from fsm.catalogue import Catalogue
from fsm.checks.finding import Place
from fsm.checks.wording import nearest
from fsm.showing import Text
from fsm.spec import Condition, GraphSpec, LimitsSpec, MoveSpec

__all__ = ["AGREED", "BUILT_IN_ACTS", "SHARED_LINES", "Edge", "PlacedMove", "Subject", "lines_of_state"]

BUILT_IN_ACTS = frozenset({"yes", "no", "corrects", "hangs_up"})
"""Acts that every graph has without naming them: the answers to a read-back, and a fact being replaced."""

SHARED_LINES = frozenset({"silent", "give_up", "read_back"})
"""Lines of a state that `default.silent` and so on may stand in for. A question and its other wording are a state's own."""

AGREED = "agreed"
"""The fact that holds the caller's yes to the read-back; work that others see rests on it."""

MoveKind = Literal["on", "next", "anywhere"]
EdgeKind = Literal["on", "next", "anywhere", "else", "silent"]


def lines_of_state(spec: GraphSpec, name: str) -> tuple[str, ...]:
    """The lines that a state needs because of what it is: it asks, asks in other words, bears silence, gives up."""
    state = spec.states[name]
    if state.ask is None or state.end is not None:
        return ()
    needed = ["ask", "reask", "silent", "give_up"]
    fact = spec.facts.get(state.ask)
    if fact is not None and fact.read_back:
        needed.append("read_back")
    if state.suggest is not None:
        needed.append("suggest")
    return tuple(f"{name}.{line}" for line in needed)


@dataclass(frozen=True, slots=True)
class PlacedMove:
    """A move with its place; `state` is None for those under `anywhere`."""

    state: str | None
    kind: MoveKind
    place: Place
    move: MoveSpec


@dataclass(frozen=True, slots=True)
class Edge:
    """One way from a state to another. `move` is None for limits."""

    source: str
    target: str
    kind: EdgeKind
    place: Place
    move: MoveSpec | None


@dataclass(frozen=True)
class Subject:
    """The document with what surrounds it.

    `lines` and `prompts` are the names that exist, None where they are not checked. `absent` are the keys at the top
    that the file lacks or that could not be read: nothing is said about what would stand there. `raw_states` and
    `raw_facts` are the names as written, those that are not well-formed included. `texts` are what calls put into words.
    """

    spec: GraphSpec
    catalogue: Catalogue
    lines: Collection[str] | None = None
    prompts: Collection[str] | None = None
    needed_lines: Callable[[GraphSpec, str], Collection[str]] = lines_of_state
    absent: frozenset[str] = frozenset()
    raw_states: frozenset[str] = frozenset()
    raw_facts: frozenset[str] = frozenset()
    incomplete: frozenset[Place] = field(default_factory=frozenset)
    texts: tuple[Text, ...] = ()

    @cached_property
    def moves(self) -> tuple[PlacedMove, ...]:
        """Every move of the document."""
        return tuple(self._moves())

    def _moves(self) -> Iterator[PlacedMove]:
        for index, move in enumerate(self.spec.anywhere):
            yield PlacedMove(None, "anywhere", ("anywhere", index), move)
        for name, state in self.spec.states.items():
            for index, move in enumerate(state.on):
                yield PlacedMove(name, "on", ("states", name, "on", index), move)
            for index, move in enumerate(state.next):
                yield PlacedMove(name, "next", ("states", name, "next", index), move)

    @cached_property
    def conditions(self) -> tuple[tuple[str | None, Place, Condition], ...]:
        """Every condition with its state (None under `anywhere`) and the place of its table."""
        found: list[tuple[str | None, Place, Condition]] = [
            (placed.state, (*placed.place, "if"), placed.move.if_) for placed in self.moves if placed.move.if_
        ]
        for name, state in self.spec.states.items():
            found += [(name, ("states", name, "say", index, "if"), said.if_) for index, said in enumerate(state.say) if said.if_]
        return tuple(found)

    @cached_property
    def limits(self) -> Mapping[str, LimitsSpec]:
        """The limits that hold in each state: its own, and the graph's for what it leaves out."""
        common = self.spec.limits
        return {
            name: LimitsSpec.model_construct(
                **{
                    key: common_value if (own := getattr(state.limits, key)) is None else own
                    for key in LimitsSpec.model_fields
                    for common_value in (getattr(common, key),)
                }
            )
            for name, state in self.spec.states.items()
        }

    def limit_place(self, state: str, key: str) -> Place:
        """Where the limit that holds in a state is written: `key` is "else" or "silent"."""
        own = getattr(self.spec.states[state].limits, "else_" if key == "else" else key)
        return ("limits", key) if own is None else ("states", state, "limits", key)

    def resolve(self, target: str) -> str | None:
        """The state that a name leads to; for a misspelt one the state that was meant, so that one slip is one problem."""
        if target in self.spec.states:
            return target
        return None if target in self.raw_states else nearest(target, self.spec.states)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every way from state to state that leads somewhere."""
        return tuple(edge for edge in self._all_edges if edge.target)

    @cached_property
    def lost(self) -> frozenset[str]:
        """States with a way to a state that does not exist and that nothing resembles."""
        return frozenset(edge.source for edge in self._all_edges if not edge.target)

    @cached_property
    def _all_edges(self) -> tuple[Edge, ...]:
        found: list[Edge] = []
        for name, state in self.spec.states.items():
            if state.end is not None:
                continue
            for placed in self.moves:
                heard = placed.state == name or (placed.state is None and name not in placed.move.except_)
                if heard and placed.move.to is not None:
                    found.append(Edge(name, self.resolve(placed.move.to) or "", placed.kind, placed.place, placed.move))
            if state.ask is not None:
                limits = self.limits[name]
                if limits.else_ is not None:
                    found.append(Edge(name, self.resolve(limits.else_) or "", "else", self.limit_place(name, "else"), None))
                if limits.silent is not None:
                    found.append(Edge(name, self.resolve(limits.silent) or "", "silent", self.limit_place(name, "silent"), None))
        return tuple(found)

    @cached_property
    def unread_states(self) -> frozenset[str]:
        """States of which something could not be read."""
        return frozenset(str(place[1]) for place in self.incomplete if place[0] == "states" and len(place) > 1)

    @cached_property
    def fact_names(self) -> frozenset[str]:
        return frozenset(self.spec.facts) | self.raw_facts
