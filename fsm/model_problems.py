"""What is wrong with the values of a file that a pydantic model describes, said so that a product owner understands it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from types import UnionType
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from fsm.problems import Problem
from fsm.yaml_source import Source

__all__ = ["model_problem"]

_A_SET = "This must be a set of names and values."
_MESSAGES: Mapping[str, str] = {
    "string_type": "This must be text.",
    "int_type": "This must be a whole number.",
    "int_from_float": "This must be a whole number.",
    "bool_type": "This must be true or false.",
    "tuple_type": "This must be a list.",
    "dict_type": _A_SET,
    "model_type": _A_SET,
    "model_attributes_type": _A_SET,
    "date_type": "This must be a date such as 2026-08-15.",
    "date_parsing": "This must be a date such as 2026-08-15.",
    "date_from_datetime_parsing": "This must be a date such as 2026-08-15.",
    "date_from_datetime_inexact": "This must be a date such as 2026-08-15.",
}


def model_problem(source: Source, detail: ErrorDetails, model: type[BaseModel]) -> Problem:
    """What pydantic found wrong with a file, as a problem that points at its place. `model` is the model of the whole file."""
    kind, place, given = detail["type"], tuple(part for part in detail["loc"] if part != "[key]"), detail.get("ctx", {})
    key = place[-1] if place else ""
    if kind == "extra_forbidden":
        known = _keys_at(model, place[:-1])
        near = difflib.get_close_matches(str(key), known, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else (f"Known here: {', '.join(known)}." if known else "Remove it.")
        if str(key).isdigit():  # {amount: 62,50} is an amount of 62 and something called 50
            hint = "Write decimals with a point, such as 12.50; a comma begins something new."
        return source.problem("unknown-key", place, f"“{key}” is not known here.", hint)
    if kind == "missing":
        return source.problem("missing-key", place[:-1], f"“{key}” is missing{_inside(place[:-1])}.", f"Add “{key}:” here.")
    if detail["loc"] and detail["loc"][-1] == "[key]":
        return source.problem("wrong-name", place, f"“{key}” is not a good name here.", _pattern_hint(str(given.get("pattern", ""))))
    message = _MESSAGES.get(kind)
    hint = "Put it in quotes." if kind == "string_type" and isinstance(detail["input"], (int, float)) else ""
    if message == _A_SET:
        hint = _example(model, place)
    if kind in {"string_pattern_mismatch", "string_too_short"}:
        message, hint = "This text does not have the right form.", _pattern_hint(str(given.get("pattern", "")))
    elif kind == "literal_error":
        message = f"This must be {given['expected']}."
    elif kind in {"greater_than_equal", "less_than_equal"}:
        bound, word = (given["ge"], "at least") if "ge" in given else (given["le"], "at most")
        message = f"This must be {word} {bound}."
    elif kind in {"too_short", "too_long"}:
        message = "This list has too few entries." if kind == "too_short" else "This list has too many entries."
    said = detail["msg"].removeprefix("Value error, ").rstrip(".")
    message = message or f"{said[:1].upper()}{said[1:]}."
    return source.problem("wrong-value", place, message, hint)


def _inside(place: Sequence[str | int]) -> str:
    return f" in {'.'.join(str(part) for part in place)}" if place else ""


def _pattern_hint(pattern: str) -> str:
    forms = {
        r"^[a-z][a-z0-9_]{0,39}$": "Small letters, digits and _ only, beginning with a letter: womens_cut.",
        r"^[a-z]{2}$": "A language is two small letters: fr.",
        r"^[A-Z]{2}$": "A country is two capital letters: FR.",
        r"^[A-Z]{3}$": "A currency is three capital letters: EUR.",
        r"^\+[1-9][0-9]{6,14}$": 'A phone number begins with + and the country, without spaces, in quotes: "+33199001234".',
        r"^[A-Za-z][A-Za-z0-9 ]{2,10}$": "The sender has 3 to 11 letters and digits, and begins with a letter.",
        r"^\d{4}-\d\d-\d\dT\d\d:\d\d$": 'A date and a time is written so: "2026-06-16T15:00".',
        r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$": 'A date and a time is written so: "2026-06-16T15:00".',
        r"\S": "It must not be empty.",
    }
    return forms.get(pattern, f"It must match {pattern}." if pattern else "It must not be empty.")


def _example(model: Any, place: Sequence[str | int]) -> str:
    """How a set is written: with all that it must have, or with one of what it may have."""
    found = _model_at(model, place)
    fields = {field.alias or name: field.is_required() for name, field in found.model_fields.items()} if found is not None else {}
    needed = [name for name, required in fields.items() if required]
    if needed:
        return f"Write {{{', '.join(f'{name}: …' for name in needed)}}}."
    return f"Write {' or '.join(f'{{{name}: …}}' for name in fields)}." if fields else ""


def _keys_at(model: Any, place: Sequence[str | int]) -> list[str]:
    """The keys that a model knows at a place."""
    found = _model_at(model, place)
    return [] if found is None else [field.alias or name for name, field in found.model_fields.items()]


def _model_at(model: Any, place: Sequence[str | int]) -> type[BaseModel] | None:
    for part in place:
        if isinstance(model, type) and issubclass(model, BaseModel):
            fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
            model = fields.get(str(part))
        else:
            model = next(reversed(get_args(model)), None) if not _is_list(model) else next(iter(get_args(model)), None)
        model = _unwrap(model)
    return model if isinstance(model, type) and issubclass(model, BaseModel) else None


def _is_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is tuple


def _unwrap(annotation: Any) -> Any:
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if isinstance(annotation, UnionType):  # a part that may be left out
        return next((part for part in get_args(annotation) if isinstance(part, type) and issubclass(part, BaseModel)), annotation)
    return annotation
