"""Makes the view of a call in its present state."""

from __future__ import annotations

from fsm.call import Call
from fsm.draft import Draft
from fsm.graph import Graph
from fsm.hearing import asking_mode
from fsm.proposals import Option
from fsm.view import View

__all__ = ["view"]


def view(graph: Graph, call: Call) -> View:
    """What a brain may see now. Cheap enough for every interim transcript."""
    draft = Draft(graph, call)
    spec = draft.spec
    asks = None if call.ended else spec.ask
    mode = asking_mode(draft)
    asked_type = graph.facts[asks].type if asks else None
    waiting = call.unconfirmed.get(asks) if asks else None
    return View(
        generation=call.generation,
        state=call.state,
        language=call.language,
        asks=asks,
        asks_type=asked_type,
        mode=mode,
        read_back=waiting.value if waiting else (call.caller if mode == "suggest" else None),
        options=tuple(Option(item["value"], item["say"]) for item in call.options.get(asks or "", ())),
        offers=call.lists.get("offers", ()) if asked_type == "offered_slot" else (),
        appointments=call.lists.get("appointments", ()) if asked_type == "appointment" else (),
        facts=call.facts,
        so_far=call.so_far.get(asks or "", ""),
        keypad=call.keypad,
        caller=call.caller,
        acts=frozenset(graph.spec.acts),
        keys=graph.spec.keypad,
        tools=spec.tools,
        fact_types=graph.fact_types,
        achieved=call.achieved,
        turn=call.turn,
        about=_about(call),
        topic=str(call.values["topic"]) if "topic" in call.values else None,
    )


def _about(call: Call) -> str | None:
    """The service that the caller asked about, as long as nothing else was begun."""
    service = call.values.get("service") if "topic" in call.values else None
    return service if isinstance(service, str) else None
