"""From plain data to the document model, with everything that is wrong with its keys and types.

What cannot be read is repaired or left out, one part at a time, so that the rest can still be checked: a misspelt
key in one state must not hide a dangling name in another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from fsm.checks.finding import Finding, Place
from fsm.repair import Repair, plain_data
from fsm.spec import (
    GraphSpec,
)

__all__ = ["Document", "read_document"]

_MOST_ROUNDS: Final = 12
"""A repair may uncover the next problem: a key is renamed, and then its value is wrong."""


@dataclass(frozen=True)
class Document:
    """What could be read.

    `spec` is None when nothing could. `origin` leads from a place in `spec` to the place in the file, where the two
    differ. `absent` are the keys at the top that are missing or were left out, `incomplete` the places from which
    something was left out.
    """

    spec: GraphSpec | None
    findings: tuple[Finding, ...] = ()
    origin: Mapping[Place, Place] | None = None
    absent: frozenset[str] = frozenset()
    incomplete: frozenset[Place] = frozenset()

    def place(self, place: Place) -> Place:
        """The place in the file of a place in `spec`."""
        if self.origin is None:
            return place
        wanted = place
        while wanted and wanted not in self.origin:
            wanted = wanted[:-1]
        return (*self.origin.get(wanted, ()), *place[len(wanted) :])


def read_document(data: Any) -> Document:
    """The document in `data`, strictly: values are taken as they stand, never converted."""
    try:
        return Document(_validate(data))
    except ValidationError:
        pass
    repair = Repair(data)
    for _ in range(_MOST_ROUNDS):
        try:
            spec = _validate(plain_data(repair.root))
        except ValidationError as error:
            if not repair.round(error):
                break
        else:
            return Document(spec, tuple(repair.findings), repair.origin(), frozenset(repair.absent), frozenset(repair.incomplete))
    return Document(None, tuple(repair.findings))


def _validate(data: Any) -> GraphSpec:
    if isinstance(data, dict) and data.get("version") is True:  # which Python holds to be equal to 1
        data = {**data, "version": "true"}
    return GraphSpec.model_validate(_tuples(data), strict=True, by_alias=True, by_name=False)


def _tuples(data: Any, *, values: bool = False) -> Any:
    """Lists as the model has them: tuples, except for the lists of values in a condition."""
    if isinstance(data, dict):
        return {key: _tuples(value, values=values or key == "if") for key, value in data.items()}
    if isinstance(data, list):
        items = [_tuples(item, values=values) for item in data]
        return items if values else tuple(items)
    return data
