"""What is wrong with a key or a value of a document, in a sentence, and what could stand there instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from fsm.checks.finding import Place
from fsm.checks.wording import any_of, did_you_mean, nearest, quoted
from fsm.spec import (
    AlwaysSpec,
    FactSpec,
    GraphSpec,
    HappensSpec,
    InvariantSpec,
    LimitsSpec,
    ListenSpec,
    MoveSpec,
    NeverSpec,
    SaySpec,
    StateSpec,
)

__all__ = ["keys_of", "missing_key", "model_at", "wants_list", "whose", "wrong_value"]

_IN_STATE: Final[Mapping[str, type[BaseModel]]] = {"limits": LimitsSpec, "listen": ListenSpec}
_IN_INVARIANT: Final[Mapping[tuple[str, ...], type[BaseModel]]] = {
    (): InvariantSpec,
    ("never",): NeverSpec,
    ("never", "before"): HappensSpec,
    ("always",): AlwaysSpec,
}
_LISTED_IN_STATE: Final[Mapping[str, type[BaseModel]]] = {"on": MoveSpec, "next": MoveSpec, "say": SaySpec}


def model_at(place: Place) -> type[BaseModel] | None:
    """The class that describes what stands at a place."""
    if not place:
        return GraphSpec
    if place[0] == "limits" and len(place) == 1:
        return LimitsSpec
    if place[0] == "facts" and len(place) == 2:
        return FactSpec
    if place[0] == "anywhere" and len(place) == 2:
        return MoveSpec
    if place[0] == "invariants" and len(place) > 1:
        return _IN_INVARIANT.get(tuple(str(part) for part in place[2:]))
    if place[0] == "states" and len(place) == 2:
        return StateSpec
    if place[0] == "states" and len(place) == 3:
        return _IN_STATE.get(str(place[2]))
    if place[0] == "states" and len(place) == 4:
        return _LISTED_IN_STATE.get(str(place[2]))
    return None


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys of a class, as they are written in a file."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def whose(place: Place) -> str:
    """Whom a key belongs to, in words."""
    if not place:
        return "the graph"
    if len(place) == 2 and place[0] in {"facts", "states"}:
        return f"the {'fact' if place[0] == 'facts' else 'state'} {quoted(place[1])}"
    model = model_at(place)
    names = {
        LimitsSpec: "“limits”",
        ListenSpec: "“listen”",
        MoveSpec: "a move",
        SaySpec: "an entry of “say”",
        InvariantSpec: "an entry of “invariants”",
    }
    inside = f" in the state {quoted(place[1])}" if len(place) > 2 and place[0] == "states" else ""
    return f"{names.get(model, quoted(place[-1]))}{inside}" if model else f"{quoted(place[-1])}{inside}"


def wants_list(place: Place) -> bool:
    """Whether a list must stand at a place."""
    model = model_at(place[:-1])
    field = next((one for name, one in model.model_fields.items() if (one.alias or name) == place[-1]), None) if model else None
    return field is not None and getattr(field.annotation, "__origin__", None) is tuple and get_args(field.annotation)[-1] is Ellipsis


def missing_key(place: Place, key: str, value: Any) -> tuple[str, str]:
    """Message and hint for a key that is not there."""
    present = list(value) if isinstance(value, dict) else []
    model = model_at(place)
    near = nearest(key, [str(name) for name in present if model is None or name not in keys_of(model)])
    hint = f"You wrote {quoted(near)}." if near else f"Add “{key}: ”."
    return f"The key {quoted(key)} is missing in {whose(place)}.", hint


_EXPECTED: Final[Mapping[str, str]] = {
    "string_type": "a word",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "tuple_type": "a list in square brackets",
    "list_type": "a list in square brackets",
    "dict_type": "names with values, one a line",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
}


def wrong_value(place: Place, value: Any, details: list[ErrorDetails]) -> tuple[str, str]:
    """Message and hint for a value that does not fit."""
    detail = details[0]
    kind, context = detail["type"], detail.get("ctx", {})
    where = _where(place)
    if kind == "literal_error" and place == ("version",):
        return f"This is version {quoted(value)} of the format, and only version 1 is known.", "Write “version: 1”."
    if kind == "literal_error":
        choices = [part.strip().strip("'") for part in str(context.get("expected", "")).replace(" or ", ", ").split(",")]
        return f"{where} cannot be {_shown(value)}.", did_you_mean(value, choices, f"It can be {any_of(choices)}.")
    if kind in {"string_pattern_mismatch", "string_too_long"} and isinstance(value, str):
        return f"{where} cannot be {_shown(value)}.", "A name has small letters, digits and _, begins with a letter and is not long."
    if kind in {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}:
        bound = next((f"{word} {context[name]}" for name, word in _BOUNDS.items() if name in context), "otherwise")
        return f"{where} is {_shown(value)}, but must be {bound}.", "Correct the number."
    if place == ("states",) and not value:
        return "There are no states.", "Add at least one state, two spaces deep, under “states:”."
    expected = _EXPECTED.get(kind)
    if len({one["type"] for one in details}) > 1 and "if" in place:
        expected = "a word, true, false, or a list of these"
    if value is None:
        return f"{where} is empty.", f"Write {expected} here, or remove the key." if expected else "Write a value, or remove the key."
    if expected == "a list in square brackets" and isinstance(value, str):
        return f"{where} must be {expected}.", f"Write “[{value if len(value) < 60 else '…'}]”."
    if expected == "a word" and isinstance(value, bool):
        return f"{where} must be a word; without quotes, yes, no, on and off are none.", 'Write it in quotes, such as “"no"”.'
    if expected:
        return f"{where} must be {expected}, not {_shown(value)}.", "Look at the indentation and the brackets." if isinstance(
            value, dict | list
        ) else ""
    if kind in {"too_short", "too_long"}:
        return f"{where} has too {'few' if kind == 'too_short' else 'many'} entries.", ""
    return f"{where} cannot be {_shown(value)}.", "Write plain words and numbers only."


_BOUNDS: Final = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}


def _where(place: Place) -> str:
    if not place:
        return "The file"
    if isinstance(place[-1], int):
        return f"An entry of {quoted(place[-2])}"
    if len(place) == 2 and place[0] in {"facts", "states"}:
        return f"The {'fact' if place[0] == 'facts' else 'state'} {quoted(place[1])}"
    return quoted(place[-1])


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, list):
        return "a list"
    return quoted(value)
