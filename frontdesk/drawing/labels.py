"""Short words for conditions, as they stand beside an arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fsm.catalogue import Catalogue
from fsm.spec import GraphSpec, MoveSpec, Value

__all__ = ["full_label", "joined", "short_label"]

_MOST_NAMED: Final = 2
"""Of a longer list, what is not in it is named where that is shorter."""


def short_label(move: MoveSpec, spec: GraphSpec, catalogue: Catalogue, plain: Sequence[str]) -> str:
    """What must be so, in a few words: "no slot", "cancel", "not book", "taken"; empty for a move that always holds.

    `plain` is what the state asks and runs: its answers and outcomes need no name.
    """
    parts = [_words(move.on)] if move.on else []
    parts += [_part(name, value, spec, catalogue, plain) for name, value in move.if_.items()]
    return ", ".join(parts)


def joined(labels: Sequence[str]) -> str:
    """Several labels as one. What holds in a special case of another is left out."""
    needed = [set(label.split(", ")) for label in labels]
    kept = [label for label, needs in zip(labels, needed, strict=True) if not any(other < needs for other in needed)]
    plain = all("," not in label and ":" not in label for label in kept)
    return ("/" if plain and len(kept) > _MOST_NAMED else " or ").join(dict.fromkeys(kept))


def full_label(move: MoveSpec) -> str:
    """The move as it stands in the file, on one line."""
    parts = [f"on {move.on}"] if move.on else []
    if move.if_:
        parts.append("if " + ", ".join(f"{name}: {_listed(value)}" for name, value in move.if_.items()))
    if move.forget:
        parts.append("forgets " + ", ".join(move.forget))
    if move.set:
        parts.append("sets " + ", ".join(f"{name}: {_listed(value)}" for name, value in move.set.items()))
    if move.say:
        parts.append("says " + ", ".join(move.say))
    return "; ".join(parts) or "always"


def _part(name: str, value: Value | list[Value], spec: GraphSpec, catalogue: Catalogue, plain: Sequence[str]) -> str:
    if value == "unknown" and name in spec.facts:
        return f"no {_words(name)}"
    if value == "known":
        return _words(name)
    fact = spec.facts.get(name)
    every = fact.options if fact is not None else tuple(sorted(catalogue[name].outcomes)) if name in catalogue else ()
    said = _chosen(value, every)
    if name in plain or (fact is not None and fact.options):
        return said
    return f"{_words(name)}: {said}"


def _chosen(value: Value | list[Value], every: Sequence[str]) -> str:
    if isinstance(value, list) and len(value) > _MOST_NAMED:
        others = [one for one in every if one not in value]
        if 0 < len(others) <= _MOST_NAMED:
            return "not " + "/".join(_words(one) for one in others)
    return _listed(value)


def _listed(value: Value | list[Value]) -> str:
    values = value if isinstance(value, list) else [value]
    return "/".join(("yes" if one else "no") if isinstance(one, bool) else _words(one) for one in values)


def _words(name: str) -> str:
    return name.replace("_", " ")
