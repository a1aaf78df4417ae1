"""From plain data to the document model, with everything that is wrong with its keys and types.

What cannot be read is repaired or left out, one part at a time, so that the rest can still be checked: a misspelt
key in one state must not hide a dangling name in another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fsm.checks.finding import Finding, Place
from fsm.checks.wording import any_of, did_you_mean, nearest, quoted
from fsm.spec import (
    AlwaysSpec,
    FactSpec,
    FactType,
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
    repair = _Repair(data)
    for _ in range(_MOST_ROUNDS):
        try:
            spec = _validate(_plain(repair.root))
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


def _plain(node: _Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(child) for child in node.value]
    return node.value


class _Repair:
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
            self._tell(Finding("missing-key", node.place, *_missing(place, key, node.value)), (*node.place, key))
            return self._supply(place, key)
        if detail["type"] == "extra_forbidden":
            return self._unknown_key(place, node)
        if detail["loc"] and detail["loc"][-1] == "[key]":
            message = f"{quoted(place[-1])} cannot be a name here."
            self._tell(Finding("wrong-name", node.place, message, "A name has small letters, digits and _, and begins with a letter."))
            return self._leave_out(place)
        self._tell(Finding("wrong-value", node.place, *_wrong(place, node, details)))
        return self._correct(place, node)

    def _tell(self, finding: Finding, about: Place | None = None) -> None:
        """Reports once a place: what a repair made of it is no problem of the file."""
        about = finding.place if about is None else about
        if about not in self._told:
            self._told.add(about)
            self.findings.append(finding)

    def _unknown_key(self, place: Place, node: _Node) -> bool:
        key, model = str(place[-1]), _model_at(place[:-1])
        known = _keys(model) if model else ()
        mapping = self._at(place[:-1]).value
        free = [name for name in known if name not in mapping]
        near = nearest(key, free)
        hint = (
            f"Did you mean {quoted(near)}?" if near else did_you_mean(key, known, f"It can hold {any_of(known, 'and')}." if known else "")
        )
        self._tell(Finding("unknown-key", node.place, f"{quoted(key)} is not a key of {_whose(place[:-1])}.", hint))
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
        if place and _wants_list(place) and isinstance(node.value, str):
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


_IN_STATE: Final[Mapping[str, type[BaseModel]]] = {"limits": LimitsSpec, "listen": ListenSpec}
_IN_INVARIANT: Final[Mapping[tuple[str, ...], type[BaseModel]]] = {
    (): InvariantSpec,
    ("never",): NeverSpec,
    ("never", "before"): HappensSpec,
    ("always",): AlwaysSpec,
}
_LISTED_IN_STATE: Final[Mapping[str, type[BaseModel]]] = {"on": MoveSpec, "next": MoveSpec, "say": SaySpec}


def _model_at(place: Place) -> type[BaseModel] | None:
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


def _keys(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _whose(place: Place) -> str:
    """Whom a key belongs to, in words."""
    if not place:
        return "the graph"
    if len(place) == 2 and place[0] in {"facts", "states"}:
        return f"the {'fact' if place[0] == 'facts' else 'state'} {quoted(place[1])}"
    model = _model_at(place)
    names = {
        LimitsSpec: "“limits”",
        ListenSpec: "“listen”",
        MoveSpec: "a move",
        SaySpec: "an entry of “say”",
        InvariantSpec: "an entry of “invariants”",
    }
    inside = f" in the state {quoted(place[1])}" if len(place) > 2 and place[0] == "states" else ""
    return f"{names.get(model, quoted(place[-1]))}{inside}" if model else f"{quoted(place[-1])}{inside}"


def _wants_list(place: Place) -> bool:
    model = _model_at(place[:-1])
    field = next((one for name, one in model.model_fields.items() if (one.alias or name) == place[-1]), None) if model else None
    return field is not None and getattr(field.annotation, "__origin__", None) is tuple and get_args(field.annotation)[-1] is Ellipsis


def _missing(place: Place, key: str, value: Any) -> tuple[str, str]:
    present = list(value) if isinstance(value, dict) else []
    model = _model_at(place)
    near = nearest(key, [str(name) for name in present if model is None or name not in _keys(model)])
    hint = f"You wrote {quoted(near)}." if near else f"Add “{key}: ”."
    return f"The key {quoted(key)} is missing in {_whose(place)}.", hint


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


def _wrong(place: Place, node: _Node, details: list[ErrorDetails]) -> tuple[str, str]:
    """Message and hint for a value that does not fit."""
    detail = details[0]
    kind, context = detail["type"], detail.get("ctx", {})
    where = _where(place)
    value = node.value
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
