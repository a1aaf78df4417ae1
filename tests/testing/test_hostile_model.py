"""The hostile model: everything that models do wrong, and always the same for one seed."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from frontdesk.testing import Finished, HostileModel, Message, ModelRequest, TextPiece, ToolCall, ToolSpec, hostile_steps
from integrations.errors import IntegrationError

SCHEMA = {"type": "object", "properties": {"words": {"type": "string"}, "part": {"type": "string", "enum": ["morning", "evening"]}}}
REQUEST = ModelRequest("s", (Message("caller", "mardi à quatorze heures"),), (ToolSpec("say_when", "", SCHEMA),), label="when")


async def _play(seed: int, turns: int) -> list[object]:
    model, seen = HostileModel(seed), []
    for _ in range(turns):
        try:
            async for event in model.stream(REQUEST, deadline_s=2.0):
                seen += [event]
        except IntegrationError as error:
            seen.append(type(error).__name__)
    assert len(model.requests) == turns
    return seen


async def test_one_seed_one_story() -> None:
    """A run that failed can be had again."""
    assert await _play(7, 50) == await _play(7, 50)
    assert await _play(7, 50) != await _play(8, 50)


async def test_it_does_everything_wrong() -> None:
    """A few hundred turns hold unknown tools, bad JSON, foreign ids, repeated calls, claims, and failures of all kinds."""
    seen = await _play(1, 600)
    calls = [event for event in seen if isinstance(event, ToolCall)]
    assert {call.name for call in calls} >= {"say_when", "commit", ""}
    assert any(call.arguments is None for call in calls)
    assert any(call.arguments and {"call_id", "generation"} & set(call.arguments) for call in calls)
    assert any(call.arguments and call.arguments.get("words") == "null" for call in calls)
    assert any(call.arguments and call.arguments.get("words") == "mardi à" for call in calls), "words that were said"
    assert any(call.arguments and call.arguments.get("part") == "morning" for call in calls), "values that the schema has"
    assert any(first is second for first, second in pairwise(calls)), "the same call twice"
    assert {event for event in seen if isinstance(event, str)} >= {
        "TimedOut",
        "Unavailable",
        "BadAnswer",
        "OutOfQuota",
        "RateLimited",
        "ModelRefused",
    }
    assert any(isinstance(event, TextPiece) for event in seen)
    assert {event.reason for event in seen if isinstance(event, Finished)} == {"stop", "tools", "length", "filtered", "other"}


def test_without_tools_it_still_calls_some() -> None:
    """A state without tools is attacked as well, and so is an empty conversation."""
    random = Random(3)
    empty = ModelRequest("s", ())
    names = {step.name for _ in range(200) for step in hostile_steps(empty, random) if isinstance(step, ToolCall)}
    assert "book" in names
