"""Makes the view of a call in its present state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fsm.call import Call
from fsm.draft import PREVIOUS, PREVIOUS_TASK, SPOKEN_OF, TAKEN_BACK, Draft
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
        fact_lengths=graph.fact_lengths,
        achieved=call.achieved,
        turn=call.turn,
        free=draft.may_chat,
        about=_asked(call, "service"),
        spoken_of=_kept(call, SPOKEN_OF),
        topic=_asked(call, "topic"),
        asked=_question(call),
        earlier_offers=call.lists.get("offers", ()) if asked_type != "offered_slot" and "slot" in call.facts else (),
        previous_slot=_slot(call, PREVIOUS),
        previous_task=_kept(call, PREVIOUS_TASK),
        taken_back=_slot(call, TAKEN_BACK),
    )


def _slot(call: Call, name: str) -> str | None:
    """A time that was chosen before."""
    value = call.values.get(name)
    return value if isinstance(value, str) else None


def _kept(call: Call, name: str) -> Mapping[str, Any]:
    value = call.values.get(name)
    return value if isinstance(value, Mapping) else {}


def _question(call: Call) -> Mapping[str, Any]:
    """All that the last answered question was about."""
    question = call.values.get("question")
    return question if isinstance(question, Mapping) and "topic" in call.values else {}


def _asked(call: Call, name: str) -> str | None:
    """What the last answered question was about, as long as nothing else was begun."""
    question = call.values.get("question")
    value = question.get(name) if isinstance(question, Mapping) and name in question else call.values.get(name)
    return value if isinstance(value, str) and "topic" in call.values else None
