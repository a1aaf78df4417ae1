"""What can happen in a call, without the words: the steps of a path through the graph, and how a reader sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from fsm.spec import Value

__all__ = ["Begin", "Found", "Happening", "joined"]

Found = tuple[tuple[str, Value], ...] | None
"""What an action found; None leaves it open."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that the caller does, or that an action comes to.

    `kind` "speaks": one utterance, with `facts` (name and value; "known" stands for any value, "(another)" for an option
    that nothing tells apart), `doubts` (facts left open between several meanings that are all other than the known one)
    and `acts` (act, and the fact that it names, as `wants_change` does; yes and no are acts). "not_understood" and
    "silent": so many `times` in a row, which is the limit of the state. "finishes": the action that runs has this
    `outcome`; `found` are the facts that it brings, and `listed` says whether it brings appointments to
    pick from. "hangs_up": the caller is gone.
    """

    kind: Literal["speaks", "not_understood", "silent", "finishes", "hangs_up"]
    facts: tuple[tuple[str, Value], ...] = ()
    doubts: tuple[str, ...] = ()
    acts: tuple[tuple[str, str], ...] = ()
    action: str = ""
    outcome: str = ""
    found: Found = None
    listed: bool | None = None
    times: int = 1

    def __str__(self) -> str:
        if self.kind == "speaks":
            said = [f"says {name} is {_word(value)}" if value != "known" else f"says {name}" for name, value in self.facts]
            said += [f"leaves {name} open" for name in self.doubts]
            said += [f"says {act}" if act in {"yes", "no"} else f"{act}{f' ({named})' if named else ''}" for act, named in self.acts]
            return f"caller: {_and(said)}"
        if self.kind == "not_understood":
            return f"caller: is not understood{self._often}"
        if self.kind == "silent":
            return f"caller: says nothing{self._often}"
        if self.kind == "hangs_up":
            return "caller: hangs up"
        found = [f"{name} is found" if value == "known" else f"{name} is {_word(value)}" for name, value in self.found or ()]
        return f"{self.action}: {_and([self.outcome, *found])}"

    @property
    def _often(self) -> str:
        return "" if self.times == 1 else f", {self.times} times"


@dataclass(frozen=True, slots=True)
class Begin:
    """How a call begins: the switches of the business, and whether the caller's number is known."""

    switches: tuple[tuple[str, bool], ...] = ()
    caller_known: bool = True


def _word(value: Value) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _and(parts: Iterable[str]) -> str:
    shown = list(parts)
    return " and ".join(shown) if shown else "nothing"


def joined(begun: Happening, part: Happening) -> Happening | None:
    """An utterance with one part more; none where it would say the same fact twice, or go on after a yes."""
    if (part.facts and (begun.doubts or begun.acts)) or (part.doubts and begun.acts):
        return None
    names = {*(name for name, _ in (*begun.facts, *part.facts)), *begun.doubts, *part.doubts}
    if len(names) < len(begun.facts) + len(part.facts) + len(begun.doubts) + len(part.doubts):
        return None
    if begun.acts and any(act in {"yes", "no"} for act, _ in part.acts):
        return None
    return Happening("speaks", begun.facts + part.facts, begun.doubts + part.doubts, begun.acts + part.acts)
