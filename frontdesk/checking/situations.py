"""A call in the middle: in a state, with what is plausibly known there, asking in the way that a line asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from frontdesk.business import Business
from fsm.call import Call
from fsm.facts import Fact, Origin
from fsm.graph import Graph
from fsm.spec import FactType
from fsm.step import new_call

__all__ = ["MOMENT", "situation"]

MOMENT: Final = dt.datetime(2026, 6, 12, 9)  # noqa: DTZ001 - a Friday morning, in the zone of whichever business
_OFFERS: Final = ({"start": "2026-06-16T14:00", "end": "2026-06-16T14:45"}, {"start": "2026-06-16T16:00", "end": "2026-06-16T16:45"})
_AFTERNOON: Final = [{"start": "2026-06-16T12:00", "end": "2026-06-16T18:00", "grain": "part_of_day", "from": False, "until": False}]


def situation(graph: Graph, business: Business, state: str, kind: str, language: str, count: int) -> Call:
    """A call that waits in `state` after the line of this kind ("reask", "suggest", "read_back"); `count` things are on offer."""
    call = replace(new_call(graph, "check", language), state=state, turn=4, path=(state,))
    asks = graph.states[state].ask
    if asks is None:
        return call
    spec = graph.facts[asks]
    known = _known(graph, asks)
    service = next(iter(business.services), "")
    appointments = tuple({"id": f"a{index}", "service": service, **offer} for index, offer in enumerate(_OFFERS[:count], 1))
    sample: dict[FactType, Any] = {
        "service": service,
        "staff": next(iter(business.staff), ""),
        "time_window": _AFTERNOON,
        "offered_slot": _OFFERS[0]["start"],
        "name": "Marie Dupont",
        "phone": business.phone,
        "email": "marie@example.com",
        "text": "…",
        "reference": "12345678",
        "birth_date": "1980-05-03",
    }
    facts: dict[str, Fact] = {}
    for name in known:
        of = graph.facts[name]
        if of.type == "choice" and of.options:
            facts[name] = _fact(of.options[0])
        elif of.type == "appointment":
            facts[name] = Fact("a1", Origin.RECORD, 1, detail=appointments[0])
        elif of.type in sample:
            facts[name] = _fact(sample[of.type])
    searches = [name for name, action in graph.catalogue.items() if "offers" in action.fills] if spec.type == "offered_slot" else []
    lists: Mapping[str, tuple[Mapping[str, Any], ...]] = {
        **({"offers": _OFFERS[:count]} if spec.type == "offered_slot" else {}),
        **({"appointments": appointments} if spec.type == "appointment" else {}),
    }
    call = replace(call, facts=facts, lists=lists, outcomes={name: min(graph.catalogue[name].outcomes) for name in searches})
    if kind == "read_back" and spec.type in sample:
        return replace(call, unconfirmed={asks: _fact(sample[spec.type])})
    return replace(call, caller=business.phone) if kind == "suggest" else call


def _known(graph: Graph, asks: str) -> list[str]:
    """The facts that what is asked depends on; else what the caller wants, where that is not just being asked."""
    spec = graph.facts[asks]
    if spec.depends_on:
        return [name for name in spec.depends_on if asks not in graph.facts[name].depends_on]
    if spec.type in {"choice", "yes_no"}:
        return []
    return [name for name, other in graph.facts.items() if other.type == "choice"][:1]


def _fact(value: Any) -> Fact:
    return Fact(value, Origin.SPEECH, 1)
