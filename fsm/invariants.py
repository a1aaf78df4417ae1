"""What must hold in every call, as an owner declares it: the rules that `frontdesk check` explores and each step watches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from fsm.spec import GraphSpec, HappensSpec, InvariantSpec, Value

__all__ = ["Happened", "Rule", "Rules", "mark"]

Happened = tuple[Literal["state", "action", "outcome", "line", "fact"], str, Value]
"""A state was come to, an action begun or come out so, a line said, or a fact is so. The value is empty where there is none."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One invariant. With `first`: none of `when` before that. With `once`: no two different ones of `when` in one call.

    With `says`: a call that has come to the state in `when` hears that line before it waits there or goes on.
    """

    index: int
    when: tuple[Happened, ...]
    first: Happened | None = None
    once: bool = False
    says: str = ""

    @property
    def heard(self) -> str:
        """What is written down once the line of `says` was said."""
        return f"says {self.index}"


class Rules:
    """The invariants of a document, by what they look at. Those that are not clear are left out; a check names them."""

    def __init__(self, spec: GraphSpec) -> None:
        self.all = tuple(rule for index, one in enumerate(spec.invariants) for rule in _rule(index, one))
        self.on: dict[tuple[str, str], tuple[Rule, ...]] = {}
        """By kind and name of what happens."""
        self.says: dict[str, tuple[Rule, ...]] = {}
        """By state."""
        for rule in self.all:
            for kind, name, _ in rule.when:
                if rule.says:
                    self.says[name] = (*self.says.get(name, ()), rule)
                else:
                    self.on[kind, name] = (*self.on.get((kind, name), ()), rule)
        firsts = [rule.first for rule in self.all if rule.first is not None and rule.first[0] != "fact"]
        onces = [happened for rule in self.all if rule.once for happened in rule.when]
        self.marks = frozenset(mark(happened) for happened in (*firsts, *onces))
        """What has to be remembered of a call."""


def mark(happened: Happened) -> str:
    """How it is written down that something has happened in a call."""
    kind, name, value = happened
    return f"{kind} {name} {value}".rstrip()


def _rule(index: int, one: InvariantSpec) -> Iterator[Rule]:
    if one.always is not None and one.never is None:
        if one.always.state is not None and one.always.says is not None:
            yield Rule(index, (("state", one.always.state, ""),), says=one.always.says)
        return
    never = one.never
    if never is None or one.always is not None:
        return
    several: Mapping[Literal["state", "action"], tuple[str, ...]] = {"state": never.states, "action": never.actions}
    single = HappensSpec(state=never.state, action=never.action, line=never.line)
    when = tuple(_happened(single))
    first = tuple(_happened(never.before)) if never.before is not None else ()
    groups = [tuple((kind, name, "") for name in names) for kind, names in several.items() if names]
    if len(when) == 1 and len(first) == 1 and not groups:
        yield Rule(index, when, first=first[0])
    elif len(groups) == 1 and len(groups[0]) > 1 and not when and never.before is None:
        yield Rule(index, groups[0], once=True)


def _happened(spec: HappensSpec) -> Iterator[Happened]:
    if spec.state is not None:
        yield "state", spec.state, ""
    if spec.action is not None:
        yield ("action", spec.action, "") if spec.is_ is None else ("outcome", spec.action, spec.is_)
    if spec.line is not None:
        yield "line", spec.line, ""
    if spec.fact is not None:
        yield "fact", spec.fact, "known" if spec.is_ is None else spec.is_
