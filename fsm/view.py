"""What a brain sees of a call in one state, and the generation it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from fsm.facts import Fact
from fsm.proposals import Option
from fsm.spec import FactType

__all__ = ["Mode", "View"]

Mode = Literal["ask", "read_back", "suggest", "options"]
"""How the fact is being asked for: openly, as a value read back, as the caller's own number suggested, or between options."""


@dataclass(frozen=True, slots=True)
class View:
    """Everything a proposal may be made from.

    `asks` is the fact the call waits for and `asks_type` its type; `read_back` is the value read back or suggested;
    `options` are the meanings being asked between; `offers` and `appointments` are the lists to pick from, in the
    order in which they were said; `so_far` is what was heard of a value given in pieces; `keypad` are the digits
    typed since the last value; `caller` is the caller id in E.164 or None; `acts` are the acts of the graph heard
    here; `about` the service that the last answered question was about ("then I'll take that") and `topic` what was
    asked ("and a blow-dry?"); `spoken_of` the `service` or `services` last asked about, whatever was asked since;
    `asked` is everything that question was about ("is Karim in on Saturday", then "at ten");
    `previous_slot` is the time booked, moved to or cancelled just before in this call ("the same day, for my son"),
    `previous_task` its `service`, `staff` and `end` ("straight after"); `taken_back` the time that was chosen until the
    caller wanted another one; `earlier_offers` are the times that the chosen one was picked from;
    `tools` the names the model may call; `achieved` what the caller has got so far; `free` says whether a
    reply may be worded freely now; `fact_lengths` how many signs references have.
    """

    generation: int
    state: str
    language: str
    asks: str | None
    asks_type: FactType | None
    mode: Mode
    read_back: Any
    options: tuple[Option, ...]
    offers: tuple[Mapping[str, Any], ...]
    appointments: tuple[Mapping[str, Any], ...]
    facts: Mapping[str, Fact]
    so_far: str
    keypad: str
    caller: str | None
    acts: frozenset[str]
    keys: Mapping[str, str]
    tools: tuple[str, ...]
    fact_types: Mapping[str, FactType]
    achieved: tuple[str, ...]
    turn: int
    about: str | None = None
    topic: str | None = None
    asked: Mapping[str, Any] = field(default_factory=dict)
    spoken_of: Mapping[str, Any] = field(default_factory=dict)
    previous_slot: str | None = None
    previous_task: Mapping[str, Any] = field(default_factory=dict)
    taken_back: str | None = None
    earlier_offers: tuple[Mapping[str, Any], ...] = ()
    free: bool = False
    fact_lengths: Mapping[str, int] = field(default_factory=dict)
