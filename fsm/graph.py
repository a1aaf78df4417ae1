"""A graph ready to run: the document, and the tables that each step looks things up in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fsm.catalogue import Catalogue
from fsm.invariants import Rules
from fsm.spec import FactSpec, FactType, GraphSpec, LimitsSpec, StateSpec

if TYPE_CHECKING:
    from fsm.machine import Machine

__all__ = ["Graph", "compile_graph", "dependents_of", "limits_of"]


@dataclass(frozen=True, slots=True)
class Graph:
    """Built once by :func:`compile_graph`, shared by all calls, never changed.

    `digest` names this version of the graph; `dependents` are, for each fact, all facts that rest on it, nearest
    first; `readers` the actions whose outcome is out of date once it changes.
    """

    spec: GraphSpec
    digest: str
    states: Mapping[str, StateSpec]
    facts: Mapping[str, FactSpec]
    fact_names: frozenset[str]
    fact_types: Mapping[str, FactType]
    fact_lengths: Mapping[str, int]
    catalogue: Catalogue
    dependents: Mapping[str, tuple[str, ...]]
    readers: Mapping[str, tuple[str, ...]]
    fact_order: Mapping[str, int]
    limits: Mapping[str, LimitsSpec]
    machine: Machine = field(repr=False)
    rules: Rules = field(repr=False)


def compile_graph(spec: GraphSpec, catalogue: Catalogue) -> Graph:
    """Compiles a checked document. Raises KeyError for names that `fsm.checks` would have reported."""
    from fsm.machine import Machine

    dependents = {name: dependents_of(name, spec.facts) for name in spec.facts}
    readers = {name: tuple(action for action in catalogue if name in catalogue[action].reads) for name in spec.facts}
    canonical = json.dumps(spec.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False)
    return Graph(
        spec=spec,
        digest=hashlib.sha256(canonical.encode()).hexdigest()[:16],
        states=spec.states,
        facts=spec.facts,
        fact_names=frozenset(spec.facts),
        fact_types={name: fact.type for name, fact in spec.facts.items()},
        fact_lengths={name: fact.length for name, fact in spec.facts.items() if fact.length is not None},
        catalogue=catalogue,
        dependents=dependents,
        readers=readers,
        fact_order={name: -len(dependents[name]) for name in spec.facts},
        limits={name: limits_of(state.limits, spec.limits) for name, state in spec.states.items()},
        machine=Machine(spec),
        rules=Rules(spec),
    )


def dependents_of(name: str, facts: Mapping[str, FactSpec]) -> tuple[str, ...]:
    """All facts that rest on one, nearest first."""
    found: list[str] = []
    frontier = [name]
    while frontier:
        current = frontier.pop(0)
        for other, spec in facts.items():
            if current in spec.depends_on and other not in found and other != name:
                found.append(other)
                frontier.append(other)
    return tuple(found)


def limits_of(own: LimitsSpec, common: LimitsSpec) -> LimitsSpec:
    """The limits that hold in a state: its own, and the graph's for what it leaves out."""
    chosen = {key: getattr(own, key) if getattr(own, key) is not None else getattr(common, key) for key in LimitsSpec.model_fields}
    return LimitsSpec.model_construct(**chosen)
