"""Conditions of the graph: tables over facts and action outcomes, all of which must hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from fsm.facts import Fact

__all__ = ["BUILT_IN_WORDS", "Knows", "holds"]

BUILT_IN_WORDS = frozenset({"known", "unknown"})


class Knows(Protocol):
    """What a condition looks at."""

    @property
    def facts(self) -> Mapping[str, Fact]: ...
    @property
    def outcomes(self) -> Mapping[str, str]: ...


def holds(condition: Mapping[str, bool | str | list[bool | str]], call: Knows, fact_names: frozenset[str]) -> bool:
    """Whether every line of the table holds: a fact has (one of) the values, or is known or unknown; an action came out so."""
    for name, wanted in condition.items():
        if name in fact_names:
            fact = call.facts.get(name)
            value = None if fact is None else fact.value
            known = fact is not None
        else:
            value = call.outcomes.get(name)
            known = value is not None
        if wanted == "known":
            if not known:
                return False
        elif wanted == "unknown":
            if known:
                return False
        elif not known or (value not in wanted if isinstance(wanted, list) else value != wanted):
            return False
    return True
