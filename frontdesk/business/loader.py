"""Reads business.yaml: everything wrong with it at once, with the place, or a Business."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from frontdesk.business.checks import check
from frontdesk.business.errors import BusinessProblems
from frontdesk.business.model import Business
from frontdesk.business.values import WEEKDAYS
from fsm.model_problems import model_problem
from fsm.problems import Problem, in_file_order
from fsm.yaml_source import Source, read_yaml

__all__ = ["business_in", "load_business", "read_business"]

_MOST_ROUNDS = 8
"""A wrong value makes its parent incomplete, and so on upwards; the document is not deeper than this."""


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
    return business_in(read_yaml(path, shown_as))


def business_in(source: Source) -> tuple[Business | None, tuple[Problem, ...]]:
    """The same, from a file that was read already."""
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
            problems += [model_problem(source, detail, Business) for detail in details]
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
    booking = {"ask_email": False, "ask_staff": "never", "hold_minutes": 10, "lead_min": 0, "horizon_days": 90, "offers": 3}
    return {
        "version": 1,
        "name": "?",
        "default_language": next(iter(known), "fr"),
        "country": "FR",
        "time_zone": "UTC",
        "currency": "EUR",
        "phone": "+10000000",
        "handover": {"number": "+10000001", "hours": always},
        "sms": {"sender": "NOBODY"},
        "booking": booking,
        "hours": always,
        "address": {"street": "?", "postal_code": "?", "city": "?", **answer},
    }


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
