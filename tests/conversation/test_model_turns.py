"""Whole turns with the real client behind the conversation: one request to the model a turn, never a second, and an answer in time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

import pytest

from frontdesk.bootstrap.app import open_app
from frontdesk.bootstrap.content import load_content
from frontdesk.brain.model.refusals import Counts
from frontdesk.conversation.conversation import Conversation
from frontdesk.conversation.incoming import Words
from frontdesk.conversation.outputs import Line
from frontdesk.conversation.ports import Content
from frontdesk.testing import VirtualClock
from integrations.models.breaker import Breaker
from tests.brain.model.stage import ModelStage
from tests.brain.sketches import NOW
from tests.emulators.http_server import serving
from tests.emulators.openai_emulator import KEY, OpenAIEmulator, Plan, calls, chunk, cut, fails, send, stall, unknown_field

pytest.importorskip("httpx", reason="the extra `model` is not installed")

VAGUE = "it ought to hide those silvery bits nicely somehow"
COLOUR = ("say_service", {"words": "silvery bits", "number": 6})
DEADLINE_S = 0.5
FAR_TOO_LONG_S = 60.0


class Held:
    """A call on an installation whose model is an emulated server."""

    def __init__(self, call: Conversation, emulator: OpenAIEmulator, counts: Counts) -> None:
        self.call, self.emulator, self.counts = call, emulator, counts

    async def hear(self, words: str) -> list[str]:
        """What is answered; within a few seconds, or the deadline was not kept."""
        async with asyncio.timeout(10):
            return [output.text async for output in self.call.feed(Words(words)) if isinstance(output, Line)]


@pytest.fixture(scope="module")
def parts() -> ModelStage:
    return ModelStage()


@pytest.fixture(scope="module")
def loaded(parts: ModelStage) -> Content:
    return load_content(parts.folders, lambda: NOW)


@pytest.fixture
async def ring(parts: ModelStage, loaded: Content) -> AsyncIterator[Any]:
    """`await ring(plan, …)` gives a call that was answered, in English, and asks for the service."""
    async with AsyncExitStack() as stack:

        async def make(*plans: Plan, opening: str = "I'd like to make an appointment", clock: VirtualClock | None = None) -> Held:
            from integrations.models.openai import OpenAIModel

            emulator = OpenAIEmulator(*plans)
            await stack.enter_async_context(serving(emulator.server))
            model = OpenAIModel(base_url=emulator.base_url, key=KEY, model="emulated")
            stack.push_async_callback(model.aclose)
            brain = parts.brain(Breaker(model, clock=clock or VirtualClock()), deadline_s=DEADLINE_S)
            content = replace(loaded, brain=brain)
            app = await stack.enter_async_context(await open_app(folders=parts.folders, db="sqlite://", clock=lambda: NOW, content=content))
            if not opening:
                brain.warm_up()  # free words are audited, and the deadline is short
            line = Held(app.conversation(language="en"), emulator, brain.counts)
            async for _ in line.call.start():
                pass
            if opening:
                await line.hear(opening)
                assert (line.call.view.asks, emulator.requests) == ("service", [])
            return line

        yield make


CASES: dict[str, tuple[tuple[Plan, ...], int, str | None]] = {
    # what the server does; how often it is connected to; the failure that is counted
    "answers": ((calls(COLOUR),), 1, None),
    "answers with nothing": ((calls(("act", {"act": "nothing", "words": ""})),), 1, None),
    "answers with rubbish": ((Plan([send(b"data: <html>\n\n")]),), 1, "BadAnswer"),
    "answers with tools it does not have": ((calls(("goto_state", {"state": "booked"}), ("book", {"id": 1})),), 1, None),
    "is in trouble": ((fails(500, "server_error"), calls(COLOUR)), 1, "Unavailable"),
    "has no quota": ((fails(429, "insufficient_quota", headers={"retry-after": "0"}), calls(COLOUR)), 1, "OutOfQuota"),
    "refuses the key": ((fails(401, "invalid_api_key"), calls(COLOUR)), 1, "ModelRefused"),
    "is busy for a moment": ((fails(429, "rate_limit_exceeded", headers={"retry-after": "0"}), calls(COLOUR)), 2, None),
    "is busy for long": ((fails(429, "rate_limit_exceeded", headers={"retry-after": "30"}), calls(COLOUR)), 1, "RateLimited"),
    "stays busy": ((fails(429, "rate_limit_exceeded", headers={"retry-after": "0"}),), 3, "RateLimited"),
    "drops the connection once": ((Plan(lost=True), calls(COLOUR)), 2, None),
    "drops every connection": ((Plan(lost=True),), 2, "ConnectionLost"),
    "breaks off its answer": ((Plan([send(chunk({"role": "assistant", "content": ""})), cut()]), calls(COLOUR)), 1, "ConnectionLost"),
    "knows only an older field": ((unknown_field("max_completion_tokens"), calls(COLOUR)), 2, None),
    "never answers": ((calls(COLOUR, before_s=FAR_TOO_LONG_S),), 1, "TimedOut"),
    "stalls within its answer": ((Plan([send(chunk({"content": "Je"})), stall(FAR_TOO_LONG_S)]),), 1, "TimedOut"),
    "never comes to an end": ((Plan([step for _ in range(600) for step in (send(b": wait\n\n"), stall(0.1))]),), 1, "TimedOut"),
    "is busy until the deadline": ((fails(429, "rate_limit_exceeded", headers={"retry-after": "0.3"}),), 2, "RateLimited"),
}


@pytest.mark.parametrize("name", CASES)
async def test_one_request_a_turn_whatever_becomes_of_it(ring: Any, name: str) -> None:
    """A turn asks once. Only what the error allows is sent again, within the same deadline; and the caller is always answered."""
    plans, connections, failure = CASES[name]
    line = await ring(*plans)
    said = await line.hear(VAGUE)
    assert said
    assert (line.counts.requests, len(line.emulator.requests)) == (1, connections)
    assert dict(line.counts.failures) == ({failure: 1} if failure else {})
    assert ("colour" in said[-1]) == (failure is None and name != "answers with nothing" and "tools" not in name)
    assert line.call.call.facts.get("service") is None  # a number of a list is a question to the caller, never a fact


async def test_a_slow_model_is_left_alone_after_a_few_turns(ring: Any) -> None:
    """The deadline is paid three times; then callers are answered at once, until the model has had time to recover."""
    clock = VirtualClock()
    line = await ring(calls(COLOUR, before_s=FAR_TOO_LONG_S), clock=clock, opening="")
    for _ in range(5):
        assert await line.hear("gosh that traffic outside keeps humming along doesn't it")
        line.call._call = replace(line.call.call, attempts=0)  # so often nobody would be asked
    assert (line.counts.requests, len(line.emulator.requests)) == (5, 3)
    assert dict(line.counts.failures) == {"TimedOut": 3, "Unavailable": 2}
    line.emulator.plans[:] = [calls(("choose_intent", {"choice": "book", "words": "humming along"}))]
    clock.advance(21)
    await line.hear("gosh that traffic outside keeps humming along doesn't it")
    assert (len(line.emulator.requests), line.call.view.asks) == (4, "service")


async def test_a_turn_of_the_rules_asks_nobody(ring: Any) -> None:
    """What the rules are sure of costs no request, and neither do keys and silence."""
    line = await ring(fails(500, "server_error"))
    assert "day" in " ".join(await line.hear("a blow-dry"))
    assert (line.counts.requests, line.emulator.requests) == (0, [])


async def test_the_beginning_is_the_same_bytes_in_every_turn_of_a_state(ring: Any) -> None:
    """Servers cache what a request begins with: persona, the state's prompt and its tools do not change with the turn."""
    line = await ring(calls(("act", {"act": "nothing", "words": ""})))
    await line.hear(VAGUE)
    await line.hear("something else entirely for those wintry wisps up there")
    first, second = line.emulator.bodies
    assert json.dumps(first["tools"]) == json.dumps(second["tools"])
    (one, other) = (body["messages"][0]["content"] for body in (first, second))
    assert one.partition("The caller speaks")[0] == other.partition("The caller speaks")[0]
    same = {name for name in first if first[name] == second[name]}
    assert set(first) - same <= {"messages"}
    assert list(first) == list(second)


async def test_words_that_were_spoken_before_the_model_failed_stay_said(ring: Any) -> None:
    """A sentence that passed is out already; what was called in a broken answer has no effect, and the turn goes on."""
    begun = chunk({"content": "That does sound lovely. And"})
    line = await ring(Plan([send(begun), cut()]), opening="")
    said = await line.hear("gosh that traffic outside keeps humming along doesn't it")
    assert (said[0], len(said)) == ("That does sound lovely.", 2)
    assert (line.counts.requests, len(line.emulator.requests), dict(line.counts.failures)) == (1, 1, {"ConnectionLost": 1})
