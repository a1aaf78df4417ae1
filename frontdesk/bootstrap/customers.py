"""customers.yaml: who the customers are, and what each may be told about themselves once they have shown who they are.

A small business, a demonstration or a test keeps its customers here; a larger one reads them from a system of its own,
behind the port `integrations.customers`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from frontdesk.business.parts import RecordField
from fsm.problems import Problem
from fsm.yaml_source import Source, read_yaml
from integrations.customers.port import Customer

__all__ = ["FILE", "read_customers"]

FILE: Final = "customers.yaml"
_KEYS: Final = ("reference", "birth_date", "details")
_EXPECTED: Final[Mapping[RecordField, str]] = {
    "amount": "an amount such as 412.50",
    "date": "a day such as 2027-01-31",
    "word": "a word whose sentence stands in prompts/lines under “value”",
}


def read_customers(path: Path, shown_as: str, fields: Mapping[str, RecordField]) -> tuple[tuple[Customer, ...], tuple[Problem, ...]]:
    """The customers of a file, as far as they can be read, and every problem. `fields` are those of `record` in business.yaml."""
    source = read_yaml(path, shown_as)
    if source.data is None:
        return (), source.problems
    entries = source.data.get("customers") if isinstance(source.data, dict) else None
    if not isinstance(entries, list):
        hint = "Write “customers:” and an entry for each, beginning with a dash."
        return (), (*source.problems, source.problem("no-customers", (), "This file holds no list of customers.", hint))
    problems = list(source.problems)
    found: dict[str, Customer] = {}
    for index, entry in enumerate(entries):
        place = ("customers", index)
        wrong = list(_wrong(source, place, entry, fields))
        problems += wrong
        if wrong:
            continue
        reference = "".join(str(entry["reference"]).split()).upper()
        if reference in found:
            problems.append(source.problem("customer-twice", place, "Two customers have this reference.", "Give each its own."))
        details = {name: _plain(value) for name, value in (entry.get("details") or {}).items()}
        found[reference] = Customer(reference, _plain(entry["birth_date"]), details)
    return tuple(found.values()), tuple(problems)


def _wrong(source: Source, place: tuple[str | int, ...], entry: Any, fields: Mapping[str, RecordField]) -> Iterator[Problem]:
    """What is wrong with one customer; no message repeats a value, which would be somebody's."""
    if not isinstance(entry, dict) or not {"reference", "birth_date"} <= entry.keys():
        message = "A customer needs a reference and a birth_date."
        yield source.problem("wrong-customer", place, message, "Write both, and under “details” what they may be told.")
        return
    for key in entry.keys() - set(_KEYS):
        yield source.problem("unknown-key", (*place, key), f"A customer has no “{key}”.", f"It has {', '.join(_KEYS)}.")
    if not isinstance(entry["reference"], str) or not entry["reference"].replace(" ", "").isalnum():
        message = "A reference is made of letters and digits."
        yield source.problem("wrong-customer", (*place, "reference"), message, "Put it in quotes, or a nought in front is lost.")
    if not _is_day(entry["birth_date"]):
        yield source.problem("wrong-customer", (*place, "birth_date"), "This is no day.", "Write it as 1978-03-12.")
    details = entry.get("details") or {}
    if not isinstance(details, dict):
        yield source.problem("wrong-customer", (*place, "details"), "Details are names and values.", f"Names are {', '.join(fields)}.")
        return
    for name, value in details.items():
        kind = fields.get(name)
        if kind is None:
            hint = f"Names are {', '.join(fields)}." if fields else "Declare it under “record” in business.yaml."
            yield source.problem("unknown-detail", (*place, "details", name), f"business.yaml declares no “{name}” under “record”.", hint)
        elif not _fits(kind, value):
            yield source.problem("wrong-customer", (*place, "details", name), f"“{name}” must be {_EXPECTED[kind]}.", "")


def _fits(kind: RecordField, value: Any) -> bool:
    if kind == "amount":
        return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
    return _is_day(value) if kind == "date" else isinstance(value, str) and value.isidentifier()


def _is_day(value: Any) -> bool:
    if isinstance(value, dt.date):
        return True
    try:
        return isinstance(value, str) and bool(dt.date.fromisoformat(value))
    except ValueError:
        return False


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
