"""Repair of a document that cannot be read, one part at a time, with what was wrong with each.

What was probably meant is put right, what must be there is supplied, and the rest is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from fsm.checks.finding import Finding, Place
from fsm.checks.wording import any_of, did_you_mean, nearest, quoted
from fsm.misfits import keys_of, missing_key, model_at, wants_list, whose, wrong_value
from fsm.spec import (
    FactType,
)

__all__ = ["Repair", "plain_data"]


@dataclass
class _Node:
    """A value with the place it stands at in the file. `value` is a dict or list of nodes, or a plain value."""

    place: Place
    value: Any


def _tree(data: Any, place: Place) -> _Node:
    if isinstance(data, dict):
        return _Node(place, {key: _tree(value, (*place, key)) for key, value in data.items()})
    if isinstance(data, list):
        return _Node(place, [_tree(value, (*place, index)) for index, value in enumerate(data)])
    return _Node(place, data)


def plain_data(node: _Node) -> Any:
    """What a tree of nodes stands for."""
    if isinstance(node.value, dict):
        return {key: plain_data(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain_data(child) for child in node.value]
    return node.value


class Repair:
    """The data on their way to a document that can be read."""

    def __init__(self, data: Any) -> None:
        self.root = _tree(data, ())
        self.findings: list[Finding] = []
        self.absent: set[str] = set()
        self.incomplete: set[Place] = set()
        self._told: set[Place] = set()

    def round(self, error: ValidationError) -> bool:
        """Reports and repairs every problem of one validation. Returns whether it is worth another try."""
        by_place: dict[tuple[Place, str], list[ErrorDetails]] = {}
        for detail in error.errors(include_url=False, include_input=False):
            place, key = self._locate(detail)
            by_place.setdefault((place, key), []).append(detail)
        # From the back, so that leaving out one entry of a list does not move those still to be repaired.
        for (place, key), details in sorted(by_place.items(), key=lambda item: _order(item[0][0]), reverse=True):
            if not self._repair(place, key, details):
                return False
        return True

    def origin(self) -> dict[Place, Place]:
        found: dict[Place, Place] = {}
        frontier: list[tuple[Place, _Node]] = [((), self.root)]
        while frontier:
            place, node = frontier.pop()
            found[place] = node.place
            if isinstance(node.value, dict):
                frontier += [((*place, key), child) for key, child in node.value.items()]
            elif isinstance(node.value, list):
                frontier += [((*place, index), child) for index, child in enumerate(node.value)]
        return found

    def _locate(self, detail: ErrorDetails) -> tuple[Place, str]:
        """The place in the present tree that an error speaks of, and the missing key if that is the error."""
        node, place = self.root, []
        for part in detail["loc"]:
            try:
                node = node.value[part]
            except (KeyError, IndexError, TypeError):
                break
            place.append(part)
        return tuple(place), str(detail["loc"][-1]) if detail["type"] == "missing" else ""

    def _at(self, place: Place) -> _Node:
        node = self.root
        for part in place:
            node = node.value[part]
        return node

    def _repair(self, place: Place, key: str, details: list[ErrorDetails]) -> bool:
        detail = next((one for one in details if one["type"] == "extra_forbidden"), details[0])
        node = self._at(place)
        if key:
            self._tell(Finding("missing-key", node.place, *missing_key(place, key, node.value)), (*node.place, key))
            return self._supply(place, key)
        if detail["type"] == "extra_forbidden":
            return self._unknown_key(place, node)
        if detail["loc"] and detail["loc"][-1] == "[key]":
            message = f"{quoted(place[-1])} cannot be a name here."
            self._tell(Finding("wrong-name", node.place, message, "A name has small letters, digits and _, and begins with a letter."))
            return self._leave_out(place)
        self._tell(Finding("wrong-value", node.place, *wrong_value(place, node.value, details)))
        return self._correct(place, node)

    def _tell(self, finding: Finding, about: Place | None = None) -> None:
        """Reports once a place: what a repair made of it is no problem of the file."""
        about = finding.place if about is None else about
        if about not in self._told:
            self._told.add(about)
            self.findings.append(finding)

    def _unknown_key(self, place: Place, node: _Node) -> bool:
        key, model = str(place[-1]), model_at(place[:-1])
        known = keys_of(model) if model else ()
        mapping = self._at(place[:-1]).value
        free = [name for name in known if name not in mapping]
        near = nearest(key, free)
        hint = (
            f"Did you mean {quoted(near)}?" if near else did_you_mean(key, known, f"It can hold {any_of(known, 'and')}." if known else "")
        )
        self._tell(Finding("unknown-key", node.place, f"{quoted(key)} is not a key of {whose(place[:-1])}.", hint))
        if near is None:
            return self._leave_out(place)
        self._told.discard(node.place)  # its value may be wrong as well
        renamed = {near if name == key else name: child for name, child in mapping.items()}
        mapping.clear()
        mapping.update(renamed)
        return True

    def _correct(self, place: Place, node: _Node) -> bool:
        """Puts what was probably meant in the place of a wrong value, or leaves it out."""
        if len(place) >= 1 and place[-1] == "type" and (near := nearest(node.value, get_args(FactType))):
            node.value = near
            return True
        if place and wants_list(place) and isinstance(node.value, str):
            node.value = [_Node(node.place, node.value)]
            return True
        return self._leave_out(place)

    def _leave_out(self, place: Place) -> bool:
        if not place:
            return False
        parent = self._at(place[:-1])
        self.incomplete.add(parent.value[place[-1]].place)
        if len(place) == 1:
            self.absent.add(str(place[0]))
        del parent.value[place[-1]]
        return True

    def _supply(self, place: Place, key: str) -> bool:
        """Puts something harmless in the place of a key that must be there, or leaves out what lacks it."""
        node = self._at(place)
        self.incomplete.add((*node.place, key))
        if not place:
            self.absent.add(key)
            states = node.value.get("states")
            names = list(states.value) if states is not None and isinstance(states.value, dict) else []
            harmless: dict[str, Any] = {"version": 1, "start": names[0] if names else None, "acts": [], "limits": {}, "facts": {}}
            if harmless.get(key) is None:
                return False
            node.value[key] = _tree(harmless[key], (key,))
            return True
        if key == "type":
            node.value[key] = _Node(node.place, "choice" if "options" in node.value else "text")
            return True
        return self._leave_out(place)


def _order(place: Place) -> tuple[tuple[bool, int, str], ...]:
    return tuple((isinstance(part, str), part if isinstance(part, int) else 0, str(part)) for part in place)
