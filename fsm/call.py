"""A call at one moment: everything the engine knows, as JSON at any time (E3)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from fsm.effects import Say
from fsm.errors import CorruptJournal
from fsm.facts import Fact

__all__ = ["Call", "Item"]

Item = Mapping[str, Any]

_FACTS: Final = frozenset({"facts", "unconfirmed"})
_LATER: Final = frozenset({"marks", "replies", "question", "times_put"})
"""Fields that calls stored by earlier versions lack; they begin as in a new call."""
_STORED_AS: Final[tuple[tuple[str, tuple[type, ...]], ...]] = (
    ("str | None", (str, type(None))), ("str", (str,)), ("int", (int,)), ("bool", (bool,)), ("Mapping", (dict,)), ("tuple", (list,)),
)  # fmt: skip
"""Fields by the beginning of their annotation, and the JSON they are stored as."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call, one step after another. Never changed in place; :func:`fsm.step` makes the next one.

    `generation` counts the commits that changed what a view shows; a proposal made from an older one is refused.
    `unconfirmed` are facts to be read back before they count; `declined` facts whose suggestion the caller turned
    down; `options` the meanings being asked between, `so_far` the beginnings of values given in pieces; `lists` what
    can be picked from; `values` the placeholders that actions provided; `outcomes` what the actions of the present
    task came to; `running` the ids of actions under way; `refused` times that the caller did not want, `refused_near`
    those whose neighbours are not wanted either, until the caller wishes for another time; `visits` counts how often
    the task came to a state, `attempts`, `silences` and free `replies` in a row within a visit of a state; `due` is what must be said once
    nothing runs any more; `read_back` is the digest of the facts that were read back when a yes was asked for, marked
    when the caller did not hear it to its end; `question` is the line that put the last question, and `times_put` what its
    next wording is; `marks` is what has happened of
    what invariants look at; `gone` says that the caller hung up, `ended` how the call ended, empty
    while it goes on.
    """

    id: str
    graph: str
    state: str
    language: str
    at: str = ""
    caller: str | None = None
    generation: int = 0
    turn: int = 0
    serial: int = 0
    facts: Mapping[str, Fact] = field(default_factory=dict)
    unconfirmed: Mapping[str, Fact] = field(default_factory=dict)
    declined: tuple[str, ...] = ()
    options: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    so_far: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    running: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    refused_near: tuple[str, ...] = ()
    visits: Mapping[str, int] = field(default_factory=dict)
    attempts: int = 0
    replies: int = 0
    silences: int = 0
    keypad: str = ""
    due: str = ""
    read_back: str = ""
    last_said: tuple[Say, ...] = ()
    question: str = ""
    times_put: int = 0
    path: tuple[str, ...] = ()
    achieved: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    answered: bool = False
    wanted: bool = False
    gone: bool = False
    ended: str = ""

    def to_json(self) -> str:
        """The whole call as one line of JSON, the same bytes for the same call."""
        data: dict[str, Any] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name in _FACTS:
                value = {name: fact.to_json() for name, fact in value.items()}
            elif item.name == "last_said":
                value = [line.to_json() for line in value]
            data[item.name] = value
        return json.dumps(data, sort_keys=True, separators=(",", ":"))  # ASCII: half a character of a bad transcript can be stored too

    @classmethod
    def from_json(cls, text: str) -> Call:
        """Reads a stored call back. Raises CorruptJournal for anything that :meth:`to_json` did not write."""
        try:
            data = json.loads(text)
            known: dict[str, Any] = {}
            for item in fields(cls):
                if item.name in _LATER and item.name not in data:
                    continue
                value = _of_its_kind(item.name, item.type, data[item.name])
                if item.name in _FACTS:
                    value = {name: Fact.from_json(fact) for name, fact in value.items()}
                elif item.name == "last_said":
                    value = tuple(Say.from_json(line) for line in value)
                elif item.name in {"options", "lists"}:
                    value = {name: tuple(items) for name, items in value.items()}
                elif isinstance(value, list):
                    value = tuple(value)
                known[item.name] = value
            return cls(**known)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise CorruptJournal(f"The stored call cannot be read back ({type(error).__name__}); restore it from a backup.") from error


def _of_its_kind(name: str, annotation: Any, value: Any) -> Any:
    """The value of a field, when it has the kind of JSON that the field is stored as. Raises TypeError."""
    wanted = next(kind for written, kind in _STORED_AS if str(annotation).startswith(written))
    if type(value) not in wanted or (wanted == (list,) and name != "last_said" and not all(isinstance(item, str) for item in value)):
        raise TypeError(name)
    return value
