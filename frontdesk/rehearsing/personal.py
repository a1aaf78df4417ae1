"""What of a call says who somebody is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final

from fsm.events import ActionFinished, Event, KeyPressed, Spoke
from fsm.graph import Graph
from fsm.proposals import ProposedFact
from spoken import understand

__all__ = ["KINDS", "personal", "proposed", "unheard_name"]

KINDS: Final = {
    "name": "name", "phone": "telephone number", "email": "address", "reference": "reference", "birth_date": "date of birth",
}  # fmt: skip
"""Types of facts that say who somebody is, as they are told to people."""


def proposed(event: Event) -> Iterable[ProposedFact]:
    """The facts that the caller's part of an event gives."""
    return event.proposal.facts if isinstance(event, Spoke | KeyPressed) else ()


def personal(graph: Graph, events: Iterable[Event]) -> Iterator[tuple[str, Any]]:
    """Everything that was given or found of this kind in a call, with the type of its fact, in the order of the call."""
    for event in events:
        for fact in proposed(event):
            kind = graph.fact_types.get(fact.name, "")
            if kind in KINDS and isinstance(fact.value, str):
                yield kind, fact.value
        if isinstance(event, Spoke):
            for doubt in event.proposal.doubts:
                if graph.fact_types.get(doubt.fact) == "reference" and doubt.so_far:
                    yield "reference", doubt.so_far
                if graph.fact_types.get(doubt.fact) == "birth_date":
                    yield from (("birth_date", str(option.value)) for option in doubt.options)
        for items in event.lists.values() if isinstance(event, ActionFinished) else ():
            for item in items:
                yield from ((kind, item[kind]) for kind in ("name", "phone", "email") if isinstance(item.get(kind), str))


def unheard_name(event: Spoke, language: str) -> str | None:
    """A name in words of which nothing was understood: two or more words with capitals, and nothing but a name."""
    proposal = event.proposal
    if proposal.facts or proposal.acts or proposal.doubts:
        return None
    reading = understand(event.text, "name", language, dt.datetime.fromisoformat(event.at))
    found = event.text[slice(*reading.span)] if reading.complete and reading.span is not None else ""
    return found if len(found.split()) > 1 and all(word[0].isupper() for word in found.split()) else None
