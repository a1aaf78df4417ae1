"""What has to change at a LiveKit server so that calls to our numbers reach us; decided here, done by `trunks`.

An inbound trunk says which calls are taken, a dispatch rule gives each of them a room of its own and calls the agent into it.
Ours are known by their name. Nothing of others is ever changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

__all__ = ["Change", "Found", "PhoneConflict", "Rule", "Trunk", "Wanted", "changes", "removals", "told", "warning"]

ROOM_PREFIX: Final = "call"
EMPTY_S: Final = 30
"""A room that nobody enters is given up after so many seconds."""

LEFT_S: Final = 20
"""A room whose caller has left is kept so long; a caller may come back from a short loss of the line."""

RINGING_S: Final = 30
"""Ringing ends after so long when no worker takes the call; LiveKit's own three minutes are nobody's patience."""


_One = TypeVar("_One", "Trunk", "Rule")


class PhoneConflict(Exception):
    """The trunk or the rule cannot be made as wished; the message is one sentence that says with what it collides and what to do."""


@dataclass(frozen=True, slots=True)
class Trunk:
    """Which calls are taken. Empty `numbers`: to every number. Empty `addresses`: from everywhere, else IP addresses or CIDR ranges."""

    name: str
    numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    ringing_s: int = RINGING_S
    callers: tuple[str, ...] = ()
    """The only numbers that may call, where somebody has restricted them."""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Where calls go. Empty `trunks`: those of every trunk. `individual`: a room for each call."""

    name: str
    trunks: tuple[str, ...]
    agents: tuple[str, ...]
    individual: bool = True
    room_prefix: str = ROOM_PREFIX
    pin: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is at the server."""

    trunks: tuple[Trunk, ...]
    rules: tuple[Rule, ...]

    def trunk(self, name: str) -> Trunk | None:
        return _only("trunk", [trunk for trunk in self.trunks if trunk.name == name])

    def rule(self, name: str) -> Rule | None:
        return _only("dispatch rule", [rule for rule in self.rules if rule.name == name])


@dataclass(frozen=True, slots=True)
class Wanted:
    """`numbers` and `addresses` None: as they are; a new trunk then takes calls to every number, from everywhere."""

    name: str
    numbers: tuple[str, ...] | None
    addresses: tuple[str, ...] | None
    agent: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to do: `trunk` or `rule` as it shall be, `before` as it is. Without `before` it is made, with `remove` taken away."""

    after: Trunk | Rule
    before: Trunk | Rule | None = None
    remove: bool = False

    def __str__(self) -> str:
        what = "trunk" if isinstance(self.after, Trunk) else "dispatch rule"
        if self.remove:
            return f"remove the {what} “{self.after.name}”"
        if self.before is None:
            return f"make the {what} “{self.after.name}”: {'; '.join(told(self.after))}"
        old, new = told(self.before), told(self.after)
        differing = [f"{now} (was: {was})" for was, now in zip(old, new, strict=True) if was != now]
        return f"change the {what} “{self.after.name}”: {'; '.join(differing)}"


def changes(found: Found, wanted: Wanted) -> list[Change]:
    """What to do so that it is as wanted, in this order; nothing when it is. The trunk of a new rule has no id yet.

    Raises PhoneConflict.
    """
    trunk = found.trunk(wanted.name)
    before = trunk or Trunk(wanted.name)
    numbers = before.numbers if wanted.numbers is None else wanted.numbers
    addresses = before.addresses if wanted.addresses is None else wanted.addresses
    after = replace(before, numbers=_sorted(numbers), addresses=_sorted(addresses), ringing_s=RINGING_S)
    if warning(after) and after != trunk:  # LiveKit's server refuses it as well
        raise PhoneConflict(warning(after))
    _check_numbers(found, after)
    rule = found.rule(wanted.name)
    right = replace(rule or Rule(wanted.name, (), ()), trunks=(after.id,), agents=(wanted.agent,), individual=True, room_prefix=ROOM_PREFIX)
    _check_rules(found, right)
    return [*_change(trunk, after), *_change(rule, right)]


def removals(found: Found, name: str) -> list[Change]:
    """The rule first: without its trunk it would catch the calls of all others."""
    ours = (found.rule(name), found.trunk(name))
    return [Change(one, one, remove=True) for one in ours if one is not None]


def warning(trunk: Trunk) -> str:
    """What is dangerous about a trunk, in one sentence; empty when nothing is."""
    if trunk.numbers or trunk.addresses or trunk.callers:
        return ""
    return (
        f"Everybody on the internet who finds the SIP address could ring the trunk “{trunk.name}”: "
        "name your numbers with --number, or better your provider's addresses with --allow."
    )


def _change(before: Trunk | Rule | None, after: Trunk | Rule) -> Iterator[Change]:
    if before != after:
        yield Change(after, before)


def _check_numbers(found: Found, ours: Trunk) -> None:
    """The server takes no two trunks for one number, unless the callers' numbers tell them apart."""
    for other in found.trunks:
        if other.id == ours.id or other.callers:
            continue
        shared = sorted(set(other.numbers) & set(ours.numbers))
        if shared:
            raise PhoneConflict(
                f"{', '.join(shared)} belongs to the trunk “{other.name}” ({other.id}) already: "
                f"take it out there, or use that trunk with --trunk-name."
            )
        if not other.numbers and not ours.numbers:
            raise PhoneConflict(f"The trunk “{other.name}” ({other.id}) takes the calls to every number already: name ours with --number.")


def _check_rules(found: Found, ours: Rule) -> None:
    for other in found.rules:
        if other.id == ours.id or other.pin:
            continue
        if not other.trunks:
            raise PhoneConflict(
                f"The dispatch rule “{other.name}” ({other.id}) takes the calls of every trunk: give it trunks of its own first."
            )
        if ours.trunks != ("",) and set(other.trunks) & set(ours.trunks):
            raise PhoneConflict(f"The dispatch rule “{other.name}” ({other.id}) takes the calls of this trunk already: remove it first.")


def _only(what: str, named: Sequence[_One]) -> _One | None:
    if len(named) > 1:
        ids = ", ".join(one.id for one in named)
        raise PhoneConflict(
            f"There are {len(named)} {what}s called “{named[0].name}” ({ids}): remove all but one, or choose another --trunk-name."
        )
    return named[0] if named else None


def _sorted(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def told(one: Trunk | Rule) -> list[str]:
    """What it does, a few words for each part; for two of a kind the parts correspond."""
    if isinstance(one, Trunk):
        numbers = f"calls to {', '.join(one.numbers)}" if one.numbers else "calls to every number"
        addresses = f"from {', '.join(one.addresses)}" if one.addresses else "from every address"
        return [numbers, addresses, f"rings for at most {one.ringing_s} s"]
    trunks = f"calls of the trunk {', '.join(trunk or 'above' for trunk in one.trunks)}" if one.trunks else "calls of every trunk"
    rooms = f"a room {one.room_prefix}_… for each call" if one.individual else "another way of choosing rooms"
    return [trunks, rooms, f"the agent {', '.join(one.agents)}" if one.agents else "no agent"]
