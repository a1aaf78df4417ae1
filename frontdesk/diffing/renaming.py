"""States that have only got another name: told as that, so that a new name does not look like a lost state and a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from frontdesk.diffing.side import Side
from fsm.spec import GraphSpec

__all__ = ["under_new_names"]

_NAMING = {"to", "else", "silent", "start", "state", "states"}
"""Keys under which names of states stand; under "states" those of an invariant."""


def under_new_names(old: Side, new: Side) -> tuple[Side, dict[str, str]]:
    """The old version with the names of the new one, and which names have changed."""
    before = old.spec.model_dump(mode="json", by_alias=True, exclude_unset=True)
    after = new.spec.model_dump(mode="json", by_alias=True, exclude_unset=True)
    gone = [name for name in before["states"] if name not in after["states"]]
    names: dict[str, str] = {}
    for name in gone:
        for other in (one for one in after["states"] if one not in before["states"] and one not in names.values()):
            tried = {**names, name: other}
            if _renamed(before["states"][name], tried) == after["states"][other]:
                names = tried
                break
    if not names:
        return old, {}
    spec = GraphSpec.model_validate({**_renamed(before, names), "states": _states(before["states"], names)})
    texts = {place: {_line(name, names): text for name, text in found.items()} for place, found in old.texts.items()}
    return replace(old, spec=spec, texts=texts), names


def _states(states: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names.get(name, name): _renamed(state, names) for name, state in states.items()}


def _renamed(value: Any, names: Mapping[str, str], key: str = "") -> Any:
    """The same document with other names of states, and of the lines that are called after them."""
    if isinstance(value, dict):
        return {one: _renamed(inner, names, one) for one, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, names, key) for inner in value]
    if key in _NAMING or key == "except":
        return names.get(value, value)
    return _line(value, names) if key in {"line", "say", "says"} else value


def _line(name: Any, names: Mapping[str, str]) -> Any:
    state, dot, rest = str(name).partition(".")
    return f"{names[state]}.{rest}" if dot and state in names else name
