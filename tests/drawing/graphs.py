"""Graphs to draw: a tiny one, and one of an insurance company."""

from __future__ import annotations

import random
from typing import Any

from fsm.spec import GraphSpec

__all__ = ["INSURANCE", "TINY", "random_graph"]


def _graph(start: str, facts: dict[str, Any], states: dict[str, Any], acts: tuple[str, ...] = (), **more: Any) -> GraphSpec:
    limits = {"attempts": 3, "silences": 3, "else": more.pop("give_up"), "silent": more.pop("silent")}
    return GraphSpec.model_validate(
        {"version": 1, "start": start, "acts": acts, "limits": limits, "facts": facts, "states": states, **more}
    )


TINY = _graph(
    "ask",
    {"message": {"type": "text"}},
    {
        "ask": {"ask": "message", "next": [{"if": {"message": "known"}, "to": "bye"}]},
        "bye": {"end": "hang_up"},
    },
    give_up="bye",
    silent="bye",
)

_AGAIN = {"if": {"topic": ["claim", "call_back", "person"]}, "to": "topic"}
INSURANCE = _graph(
    "welcome",
    {
        "topic": {"type": "choice", "options": ["question", "claim", "call_back", "person"]},
        "policy": {"type": "phone"},
        "born": {"type": "text"},
        "claim_text": {"type": "text"},
        "when": {"type": "time_window"},
        "agreed": {"type": "yes_no"},
        "more": {"type": "yes_no"},
    },
    {
        "welcome": {"say": [{"line": "welcome.hello"}], "next": [{"to": "topic"}]},
        "topic": {
            "ask": "topic",
            "next": [
                {"if": {"topic": "question"}, "to": "policy_number"},
                {"if": {"topic": "claim"}, "to": "claim_identity"},
                {"if": {"topic": "call_back"}, "to": "call_back_when"},
                {"if": {"topic": "person"}, "to": "adviser"},
            ],
        },
        "policy_number": {"ask": "policy", "next": [_AGAIN, {"if": {"policy": "known"}, "to": "date_of_birth"}]},
        "date_of_birth": {
            "ask": "born",
            "next": [_AGAIN, {"if": {"policy": "unknown"}, "to": "policy_number"}, {"if": {"born": "known"}, "to": "identity_check"}],
        },
        "identity_check": {
            "run": ["find_appointments"],
            "next": [
                {"if": {"find_appointments": "one"}, "to": "policy_answers"},
                {"if": {"find_appointments": ["none", "several"]}, "to": "policy_number", "forget": ["policy", "born"]},
                {"if": {"find_appointments": ["failed", "unidentified"]}, "to": "adviser"},
            ],
        },
        "policy_answers": {"ask": "more", "achieves": "answered", "next": [{"if": {"more": False}, "to": "goodbye"}, {"to": "topic"}]},
        "claim_identity": {"ask": "policy", "next": [_AGAIN, {"if": {"policy": "known"}, "to": "claim_told"}]},
        "claim_told": {"ask": "claim_text", "next": [_AGAIN, {"if": {"claim_text": "known"}, "to": "claim_filed"}]},
        "claim_filed": {
            "run": ["save_message"],
            "achieves": "message",
            "next": [{"if": {"save_message": "ok"}, "to": "policy_answers"}, {"to": "adviser"}],
        },
        "call_back_when": {"ask": "when", "next": [_AGAIN, {"if": {"when": "known"}, "to": "call_back_confirm"}]},
        "call_back_confirm": {
            "ask": "agreed",
            "next": [
                {"if": {"agreed": True}, "to": "call_back_booked"},
                {"if": {"agreed": False}, "to": "call_back_when", "forget": ["when", "agreed"]},
            ],
        },
        "call_back_booked": {"run": ["book"], "achieves": "booked", "next": [{"if": {"book": "ok"}, "to": "goodbye"}, {"to": "adviser"}]},
        "adviser": {"run": ["transfer"], "next": [{"if": {"transfer": "answered"}, "to": "put_through"}, {"to": "out_of_hours"}]},
        "put_through": {"achieves": "transferred", "end": "transfer"},
        "out_of_hours": {"say": [{"line": "out_of_hours.sorry"}], "next": [{"to": "claim_told"}]},
        "goodbye": {"say": [{"line": "goodbye.bye"}], "end": "hang_up"},
    },
    acts=("wants_human", "goodbye", "asks_question"),
    anywhere=[
        {"on": "asks_question", "do": "answer", "stay": True},
        {"on": "wants_human", "to": "adviser"},
        {"on": "goodbye", "to": "goodbye"},
    ],
    give_up="adviser",
    silent="goodbye",
)  # fmt: skip


def random_graph(seed: int) -> GraphSpec:
    """A graph of some ten to forty states that lead anywhere: no call would go well, but it must be drawn without a mess."""
    chance = random.Random(seed)
    names = [f"state_{number}" for number in range(chance.randint(4, 40))]
    facts = {f"fact_{number}": {"type": "yes_no"} for number in range(5)}
    states: dict[str, Any] = {}
    for name in names:
        state: dict[str, Any] = {"ask": chance.choice(list(facts))} if chance.random() < 0.7 else {}
        conditions: list[dict[str, Any]] = [{chance.choice(list(facts)): chance.choice(["known", "unknown", True])} for _ in range(4)]
        state["next"] = [{"if": chance.choice(conditions), "to": chance.choice(names)} for _ in range(chance.randint(1, 6))]
        if chance.random() < 0.15:
            state |= {"end": chance.choice(["hang_up", "transfer"]), "next": []}
        if chance.random() < 0.2:
            state["achieves"] = chance.choice(["booked", "message", "failed"])
        states[name] = state
    acts = [f"act_{number}" for number in range(chance.randint(1, 12))]
    anywhere = [{"on": act, "stay": True} if chance.random() < 0.5 else {"on": act, "to": chance.choice(names)} for act in acts]
    ends = {"give_up": chance.choice(names), "silent": chance.choice(names)}
    return _graph(names[0], facts, states, tuple(acts), anywhere=anywhere, **ends)
