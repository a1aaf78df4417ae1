"""The journal: the append-only list of events of one call, as JSON, and the replay of it (E3)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from fsm.call import Call
from fsm.effects import Effect
from fsm.errors import CorruptJournal
from fsm.events import ActionFinished, CallStarted, Event, Faulted, HungUp, KeyPressed, LinesHeard, Silence, Spoke
from fsm.facts import Fact
from fsm.graph import Graph
from fsm.proposals import Act, Doubt, Option, Proposal, ProposedFact
from fsm.step import Step, new_call, step

__all__ = [
    "effect_to_json",
    "event_from_json",
    "event_to_json",
    "fingerprint",
    "proposal_from_json",
    "proposal_to_json",
    "replay",
]

_KINDS: Final[dict[str, type]] = {
    "started": CallStarted, "spoke": Spoke, "key": KeyPressed, "silence": Silence, "finished": ActionFinished, "heard": LinesHeard,
    "hung_up": HungUp, "faulted": Faulted,
}  # fmt: skip
_STORED_AS: Final[dict[str, tuple[type, ...]]] = {
    "at": (str,), "language": (str,), "caller": (str, type(None)), "text": (str,), "key": (str,), "seconds": (int, float), "id": (str,),
    "outcome": (str,), "lists": (dict,), "values": (dict,), "line": (str, type(None)), "whole": (bool,), "heard": (str,),
    "instead_of_turn": (bool,), "content": (str,), "said": (list,),
}  # fmt: skip
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}


def event_to_json(event: Event) -> str:
    """One event as one line of JSON, the same bytes for the same event."""
    data: dict[str, Any] = {"event": _NAMES[type(event)]}
    for name in event.__slots__:
        value = getattr(event, name)
        if isinstance(value, Proposal):
            value = proposal_to_json(value)
        elif name == "facts":
            value = {key: fact.to_json() for key, fact in value.items()}
        elif name == "lists":
            value = {key: [dict(item) for item in items] for key, items in value.items()}
        elif name == "values":
            value = dict(value)
        elif name in {"content", "said"} and not value:
            continue  # as journals were before these were kept
        data[name] = value
    return json.dumps(data, sort_keys=True, separators=(",", ":"))  # ASCII: half a character of a bad transcript can be stored too


def event_from_json(text: str) -> Event:
    """Reads an event back. Raises CorruptJournal for anything that :func:`event_to_json` did not write."""
    try:
        data = json.loads(text)
        kind = _KINDS[data.pop("event")]
        if "proposal" in data:
            data["proposal"] = proposal_from_json(data["proposal"])
        if "facts" in data:
            data["facts"] = {name: Fact.from_json(fact) for name, fact in data["facts"].items()}
        _check_kinds(data)
        if "said" in data:
            data["said"] = tuple(map(str, data["said"]))
        event: Event = kind(**data)
        return event
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CorruptJournal(f"The journal of this call cannot be read ({type(error).__name__}); restore it from a backup.") from error


def effect_to_json(effect: Effect) -> str:
    """One effect as one line of JSON, the same bytes for the same effect."""
    data = {"effect": type(effect).__name__, **{name: getattr(effect, name) for name in effect.__slots__}}
    return json.dumps(data, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    return value.to_json() if isinstance(value, Fact) else dict(value)


def fingerprint(snapshot: str, effects: Iterable[Effect]) -> str:
    """A digest of a call at one moment (its JSON), and of what had to be done on the way to it: equal bytes have equal ones."""
    seen = hashlib.sha256(snapshot.encode())
    for effect in effects:
        seen.update(f"\n{effect_to_json(effect)}".encode())
    return seen.hexdigest()[:16]


def _check_kinds(data: Mapping[str, Any]) -> None:
    """Raises TypeError for a field that was not stored as this kind of JSON."""
    for name, value in data.items():
        if type(value) not in _STORED_AS.get(name, (type(value),)):
            raise TypeError(name)


def replay(graph: Graph, call_id: str, language: str, events: Iterable[Event]) -> list[Step]:
    """Makes the steps of a call again. The same graph and events give the same bytes, anywhere and in any time zone."""
    call: Call = new_call(graph, call_id, language)
    steps = []
    for event in events:
        made = step(graph, call, event)
        call = made.call
        steps.append(made)
    return steps


def proposal_to_json(proposal: Proposal) -> dict[str, Any]:
    """A proposal as plain data."""
    return {
        "generation": proposal.generation,
        "facts": [{"name": fact.name, "value": fact.value, "words": fact.words} for fact in proposal.facts],
        "acts": [{"name": act.name, "args": dict(act.args)} for act in proposal.acts],
        "doubts": [
            {
                "fact": doubt.fact,
                "words": doubt.words,
                "options": [{"value": option.value, "say": option.say} for option in doubt.options],
                "so_far": doubt.so_far,
            }
            for doubt in proposal.doubts
        ],
        "language": proposal.language,
        "typing": proposal.typing,
        "by": proposal.by,
        **({"reply": list(proposal.reply)} if proposal.reply else {}),
    }


def proposal_from_json(data: Mapping[str, Any]) -> Proposal:
    """Reads a proposal back. Raises KeyError and TypeError for anything that :func:`proposal_to_json` did not make."""
    return Proposal(
        generation=data["generation"],
        facts=tuple(ProposedFact(**fact) for fact in data["facts"]),
        acts=tuple(Act(**act) for act in data["acts"]),
        doubts=tuple(
            Doubt(doubt["fact"], doubt["words"], tuple(Option(**option) for option in doubt["options"]), doubt["so_far"])
            for doubt in data["doubts"]
        ),
        language=data["language"],
        typing=data["typing"],
        by=data["by"],
        reply=tuple(data.get("reply", ())),
    )
