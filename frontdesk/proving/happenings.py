"""What can happen to a call, without the words of any language: a caller's turn, and how an action comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["HANGS_UP", "MUMBLES", "NO", "SILENT", "YES", "BadHappening", "Happening", "parse_happening"]

_PART: Final = re.compile(r"(?P<name>[a-z_]+)(?:=(?P<value>\w+)|\((?P<args>[a-z_]+=\w+)?\))?")


class BadHappening(ValueError):
    """A line of a script that says nothing a caller can do; the message quotes it."""


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """What the caller does in one turn.

    `kind` is "says" (`facts` and `acts`), "key" (`key`), or a bare "mumbles", "silent" or "hangs up". A value of a choice
    is its option; of any other fact it is a number: 1 is one value, 2 another; of a list to pick from, the place in it.
    """

    kind: str
    facts: tuple[tuple[str, str], ...] = ()
    acts: tuple[tuple[str, str], ...] = ()
    """Acts with what they are about as `name=value`, empty for nothing; "yes" and "no" are acts."""
    key: str = ""

    def __str__(self) -> str:
        if self.kind == "key":
            return f"key {self.key}"
        if self.kind != "says":
            return self.kind
        said = [f"{name}={value}" for name, value in self.facts]
        said += [f"{name}({about})" if about or name not in {"yes", "no"} else name for name, about in self.acts]
        return ", ".join(said)

    @property
    def args(self) -> Mapping[str, Mapping[str, str]]:
        """What each act is about."""
        return {name: dict([about.split("=", 1)]) if about else {} for name, about in self.acts}


MUMBLES: Final = Happening("mumbles")
SILENT: Final = Happening("silent")
HANGS_UP: Final = Happening("hangs up")
YES: Final = Happening("says", acts=(("yes", ""),))
NO: Final = Happening("says", acts=(("no", ""),))


def parse_happening(text: str) -> Happening:
    """The mirror of `str`. Raises BadHappening."""
    for bare in (MUMBLES, SILENT, HANGS_UP):
        if text == bare.kind:
            return bare
    if text.startswith("key "):
        return Happening("key", key=text.removeprefix("key "))
    facts: list[tuple[str, str]] = []
    acts: list[tuple[str, str]] = []
    for part in text.split(", "):
        found = _PART.fullmatch(part)
        if found is None:
            raise BadHappening(f"“{text}” is nothing that a caller can do.")
        if found["value"] is not None:
            facts.append((found["name"], found["value"]))
        else:
            acts.append((found["name"], found["args"] or ""))
    return Happening("says", tuple(facts), tuple(acts))
