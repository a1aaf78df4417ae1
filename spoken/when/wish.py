"""What a caller asked for, before it is looked up in the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from spoken.when.pieces import Piece

__all__ = ["MAX_WAYS", "Group", "Spec", "Wish"]

MAX_WAYS: Final = 4
"""More ways than these to understand one wish are of no use to anybody."""

Spec = Mapping[str, Any]
"""A day or a time as the rules describe it; `k` is its kind."""


@dataclass(slots=True)
class Group:
    """Days and times that belong together: each of the times on each of the days."""

    days: list[Spec] = field(default_factory=list)
    times: list[Spec] = field(default_factory=list)
    time_first: bool = False
    time_after_day: bool = False
    linked: int = 0
    """So many of the last days were joined to the one before by "or" or "and"."""


@dataclass(slots=True)
class Wish:
    """What was asked for, and what was ruled out."""

    groups: list[Group] = field(default_factory=list)
    ruled_out: list[Group] = field(default_factory=list)
    used: list[Piece] = field(default_factory=list)
    unsure: bool = False
    """Whether two days stand side by side and nothing tells how they belong together; one of them may be what hinders the caller."""
    unsure_times: bool = False
    """Whether two times stand side by side and nothing tells how they belong together."""
    refused: list[int] = field(default_factory=list)
    """At which tokens the pieces begin that cannot be."""
    idle: bool = False
    """Whether a word that bounds ("before that") was heard and nothing was found that it could bound."""
    event: bool = False
    """Whether it was told as something that the caller has on then, so that its hour is no wish: "I've a flight on Monday at eight"."""
    hanging: str = ""
    """"from" or "until" when the decision hangs on a bound told before: "I work till two, so after that"."""

    @property
    def lone_time(self) -> bool:
        """Whether a time was said, and no day of it."""
        return any(group.times and not group.days for group in self.groups)
