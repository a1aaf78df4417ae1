"""Reads business.yaml: everything wrong with it at once, with the place, or a Business."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from frontdesk.business.checks import check
from frontdesk.business.errors import BusinessProblems
from frontdesk.business.model import Business
from frontdesk.business.values import WEEKDAYS
from fsm.problems import Problem, in_file_order
from fsm.yaml_source import Source, read_yaml

__all__ = ["load_business", "read_business"]

_MOST_ROUNDS = 8
"""A wrong value makes its parent incomplete, and so on upwards; the document is not deeper than this."""

_MESSAGES: Mapping[str, str] = {
    "string_type": "This must be text.",
    "int_type": "This must be a whole number.",
    "int_from_float": "This must be a whole number.",
    "bool_type": "This must be true or false.",
    "tuple_type": "This must be a list.",
    "dict_type": "This must be a set of names and values.",
    "model_type": "This must be a set of names and values.",
    "model_attributes_type": "This must be a set of names and values.",
    "date_type": "This must be a date such as 2026-08-15.",
    "date_parsing": "This must be a date such as 2026-08-15.",
    "date_from_datetime_parsing": "This must be a date such as 2026-08-15.",
    "date_from_datetime_inexact": "This must be a date such as 2026-08-15.",
}


def load_business(path: Path, shown_as: str | None = None) -> Business:
    """The business of a file. `shown_as` is the name that problems use (default: the path as given).

    Raises BusinessProblems, which carries every problem of the file.
    """
    business, problems = read_business(path, shown_as)
    if business is None or problems:
        raise BusinessProblems(problems)
    return business


def read_business(path: Path, shown_as: str | None = None) -> tuple[Business | None, tuple[Problem, ...]]:
    """The business as far as it can be read, and every problem; for `frontdesk check`, which goes on checking the other files.

    With problems, the business lacks what is wrong, so use it for checks only. It is None when nothing can be said about the rest.
    """
    source = read_yaml(path, shown_as)
    if source.data is None:
        return None, source.problems
    problems = list(source.problems)
    if not isinstance(source.data, dict):
        problems.append(
            source.problem("not-a-business", (), "This file does not hold a set of names and values.", "Start with version: 1.")
        )
        return None, tuple(problems)
    business, found = _validate(source)
    problems += found
    if business is not None:
        problems += check(business, source)
    return business, tuple(in_file_order(problems))


def _validate(source: Source) -> tuple[Business | None, list[Problem]]:
    """Validates the document; after an error once more without the wrong parts, so that the rest can be checked too."""
    data = source.data
    problems: list[Problem] = []
    for round_number in range(_MOST_ROUNDS):
        try:
            return Business.model_validate_json(json.dumps(data)), problems
        except ValidationError as error:
            details = error.errors(include_url=False)
        if round_number == 0:
            problems += [_problem(source, detail) for detail in details]
        places = {_removable(data, detail["loc"]) for detail in details}
        absent = {str(detail["loc"][0]) for detail in details if len(detail["loc"]) == 1 and detail["type"] == "missing"}
        stand_ins = _stand_ins(data.get("languages"))
        if not absent <= set(stand_ins):
            break
        data = {**_without(data, places - {()}), **{name: stand_ins[name] for name in absent}}
    return None, problems


def _stand_ins(languages: Any) -> dict[str, Any]:
    """Values that break no rule, for sections that cannot be read: so the rest of the file can be checked all the same.

    There are none for what the other sections speak of: languages, staff and services.
    """
    known = [language for language in languages if isinstance(language, str)] if isinstance(languages, list) else []
    always = {weekday: ["0:00-24:00"] for weekday in WEEKDAYS}
    answer = {"asked_as": {language: ["?"] for language in known}, "says": dict.fromkeys(known, "?")}
    number = "+33199001234"
    booking = {"ask_email": False, "ask_staff": "never", "hold_minutes": 10, "lead_min": 0, "horizon_days": 90, "offers": 3}
    return {
        "version": 1,
        "name": "?",
        "default_language": next(iter(known), "fr"),
        "country": "FR",
        "time_zone": "UTC",
        "currency": "EUR",
        "phone": number,
        "handover": {"number": number, "hours": always},
        "sms": {"sender": "NOBODY"},
        "booking": booking,
        "hours": always,
        "address": {"street": "?", "postal_code": "?", "city": "?", **answer},
    }


def _problem(source: Source, detail: ErrorDetails) -> Problem:
    kind, place, given = detail["type"], tuple(part for part in detail["loc"] if part != "[key]"), detail.get("ctx", {})
    key = place[-1] if place else ""
    if kind == "extra_forbidden":
        known = _keys_at(place[:-1])
        near = difflib.get_close_matches(str(key), known, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else (f"Known here: {', '.join(known)}." if known else "Remove it.")
        return source.problem("unknown-key", place, f"“{key}” is not known here.", hint)
    if kind == "missing":
        return source.problem("missing-key", place[:-1], f"“{key}” is missing{_inside(place[:-1])}.", f"Add “{key}:” here.")
    if detail["loc"] and detail["loc"][-1] == "[key]":
        return source.problem("wrong-name", place, f"“{key}” is not a good name here.", _pattern_hint(str(given.get("pattern", ""))))
    message = _MESSAGES.get(kind)
    hint = ""
    if kind in {"string_pattern_mismatch", "string_too_short"}:
        message, hint = "This text does not have the right form.", _pattern_hint(str(given.get("pattern", "")))
    elif kind == "literal_error":
        message = f"This must be {given['expected']}."
    elif kind in {"greater_than_equal", "less_than_equal"}:
        bound, word = (given["ge"], "at least") if "ge" in given else (given["le"], "at most")
        message = f"This must be {word} {bound}."
    elif kind in {"too_short", "too_long"}:
        message = "This list has too few entries." if kind == "too_short" else "This list has too many entries."
    message = message or f"{detail['msg'][:1].upper()}{detail['msg'][1:]}."
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
        r"\S": "It must not be empty.",
    }
    return forms.get(pattern, f"It must match {pattern}." if pattern else "It must not be empty.")


def _keys_at(place: Sequence[str | int]) -> list[str]:
    """The keys that the model knows at a place."""
    model: Any = Business
    for part in place:
        if isinstance(model, type) and issubclass(model, BaseModel):
            fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
            model = fields.get(str(part))
        else:
            model = next(reversed(get_args(model)), None) if not _is_list(model) else next(iter(get_args(model)), None)
        model = _unwrap(model)
    if isinstance(model, type) and issubclass(model, BaseModel):
        return [field.alias or name for name, field in model.model_fields.items()]
    return []


def _is_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is tuple


def _unwrap(annotation: Any) -> Any:
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    return annotation


def _removable(data: Any, place: Sequence[str | int]) -> tuple[str | int, ...]:
    """The nearest part of the document at or above `place` that exists and can be left out; () is the document itself."""
    path: list[str | int] = []
    for part in place:
        there = part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int) and part < len(data)
        if not there:
            break
        data = data[part]
        path.append(part)
    return tuple(path)


def _without(data: Any, places: set[tuple[str | int, ...]]) -> Any:
    """A copy of the document without those parts."""
    here = {place[0] for place in places if len(place) == 1}

    def rest(part: str | int) -> set[tuple[str | int, ...]]:
        return {place[1:] for place in places if len(place) > 1 and place[0] == part}

    def kept(items: Iterator[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
        for key, value in items:
            if key not in here:
                yield key, _without(value, rest(key)) if rest(key) else value

    if isinstance(data, dict):
        return dict(kept(iter(data.items())))
    return [value for _, value in kept(iter(enumerate(data)))]
