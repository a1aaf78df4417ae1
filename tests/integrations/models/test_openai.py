"""What is particular to OpenAI-compatible servers: the request, the quirks of the many that imitate it, and its errors."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing
from typing import Any

import pytest

from integrations.models.errors import BadAnswer, ModelRefused, OutOfQuota, RateLimited, Unavailable
from integrations.models.openai import chat_body
from integrations.models.port import Finished, Message, ModelRequest
from integrations.models.reply import read_whole
from tests.emulators import openai_emulator as words
from tests.emulators.openai_emulator import BEGIN, DONE, Plan, chunk, event, send, stall, unknown_field, usage
from tests.integrations.models.conftest import KINDS, REQUEST, Connect

pytest.importorskip("httpx", reason="the extra `model` is not installed")
OPENAI = KINDS["openai"]
LONG_S = 20.0


async def _reply(model: Any, request: ModelRequest = REQUEST, deadline_s: float = LONG_S):
    return await read_whole(model.stream(request, deadline_s=deadline_s))


async def test_the_request(connect: Connect) -> None:
    """The stable text goes first, the caller is the user, tools are strict, and nothing but a call is wanted where nobody may speak."""
    model, emulator = await connect(OPENAI, words.says("oui"))
    await _reply(model)
    body = emulator.bodies[0]
    assert body["messages"] == [
        {"role": "system", "content": "Be short."},
        {"role": "assistant", "content": "À quel nom ?"},
        {"role": "user", "content": "Dupont, comme le pont"},
    ]
    assert body["tools"][0] == {
        "type": "function",
        "function": {
            "name": "say_name",
            "description": "The caller says a name.",
            "parameters": REQUEST.tools[0].parameters,
            "strict": True,
        },
    }
    assert body["tool_choice"] == "required"
    assert (body["model"], body["stream"], body["stream_options"]) == ("emulated", True, {"include_usage": True})
    assert (body["max_completion_tokens"], body["temperature"]) == (64, 0)
    assert "max_tokens" not in body
    assert "name" not in body, "the label is ours"


def test_where_the_model_may_speak_it_may_choose() -> None:
    """A state that allows free wording does not force a call; without tools there is nothing to choose."""
    assert chat_body(ModelRequest("s", (), REQUEST.tools, may_speak=True), "m")["tool_choice"] == "auto"
    assert not {"tools", "tool_choice"} & set(chat_body(ModelRequest("s", (Message("caller", "x"),)), "m"))


def test_equal_views_have_equal_bytes() -> None:
    """Servers cache by prefix: the same request is written the same way, system text first."""
    bodies = [json.dumps(chat_body(REQUEST, "m")) for _ in range(2)]
    assert bodies[0] == bodies[1]


async def test_no_key_no_header(connect: Connect) -> None:
    """A server of one's own needs no key, and none is sent; the emulator refuses that."""
    model, emulator = await connect(OPENAI, words.says("oui"), key="")
    with pytest.raises(ModelRefused):
        await _reply(model)
    assert "authorization" not in emulator.requests[0].headers


async def test_further_fields(connect: Connect) -> None:
    """An installation may add fields, and take ours out."""
    model, emulator = await connect(OPENAI, words.says("oui"), extra={"reasoning_effort": "minimal", "temperature": None})
    await _reply(model)
    assert emulator.bodies[0]["reasoning_effort"] == "minimal"
    assert "temperature" not in emulator.bodies[0]


@pytest.mark.parametrize(
    "refusal",
    [
        unknown_field("max_completion_tokens"),
        words.fails(422, "extra_forbidden", message="[{'loc': ('body', 'max_completion_tokens')}]"),
        Plan(
            status=400,
            body=b'{"object": "error", "message": "max_completion_tokens: extra inputs", "code": 400}',
            content_type="application/json",
        ),
    ],
)
async def test_servers_that_know_only_max_tokens(connect: Connect, refusal: Plan) -> None:
    """Who does not know `max_completion_tokens` gets `max_tokens`, and from then on at once."""
    model, emulator = await connect(OPENAI, refusal, words.says("oui"))
    assert (await _reply(model)).text == "oui"
    assert (await _reply(model)).text == "oui"
    sent = [{name: body[name] for name in ("max_tokens", "max_completion_tokens") if name in body} for body in emulator.bodies]
    assert sent == [{"max_completion_tokens": 64}, {"max_tokens": 64}, {"max_tokens": 64}]


async def test_several_unknown_fields(connect: Connect) -> None:
    """Each field that is refused is left out, one after another."""
    fields = ("stream_options", "temperature", "strict", "tool_choice")
    refusals = [unknown_field("tools[0].function.strict" if field == "strict" else field) for field in fields]
    model, emulator = await connect(OPENAI, *refusals, words.says("oui"))
    assert (await _reply(model)).text == "oui"
    last = emulator.bodies[-1]
    assert not set(fields) & (set(last) | set(last["tools"][0]["function"]))


async def test_a_value_that_is_refused_is_not_learnt(connect: Connect) -> None:
    """When leaving a field out did not help either, the next request has it again."""
    model, emulator = await connect(OPENAI, unknown_field("max_completion_tokens"), words.fails(400), words.says("oui"))
    with pytest.raises(ModelRefused):
        await _reply(model)
    await _reply(model)
    assert [("max_tokens" in body) for body in emulator.bodies] == [False, True, False]


async def test_a_field_that_is_needed_is_not_left_out(connect: Connect) -> None:
    """A refusal over anything else is final, and names no field."""
    model, emulator = await connect(OPENAI, unknown_field("messages"))
    with pytest.raises(ModelRefused) as caught:
        await _reply(model)
    assert caught.value.parameter == ""
    assert len(emulator.requests) == 1


@pytest.mark.parametrize(
    "raw",
    [
        '{"words": "Dup',
        "[1]",
        '"Dupont"',
        "null",
        "NaN",
        '{"words": NaN}',
        '{"words": "a", "words": "b"}',
        "{'words': 'x'}",
        "[" * 600,
        '{"words": "\\ud83e"}',
    ],
)
async def test_arguments_that_are_no_object_survive_as_written(connect: Connect, raw: str) -> None:
    """What a model wrote badly is not repaired: no arguments, and its text for the record."""
    model, _ = await connect(OPENAI, words.calls(("say_name", raw), split=2))
    (call,) = (await _reply(model)).calls
    assert call.arguments is None
    assert call.raw == raw


async def test_arguments_cut_at_the_limit(connect: Connect) -> None:
    """An answer that was too long says so; its half call has no arguments."""
    part = {"index": 0, "id": "call_1", "function": {"name": "say_name", "arguments": '{"words": "Du'}}
    model, _ = await connect(OPENAI, Plan([send(chunk({"tool_calls": [part]})), send(chunk({}, "length")), send(DONE)]))
    reply = await _reply(model)
    assert reply.calls[0].arguments is None
    assert reply.finished == Finished("length")


def _parts(*parts: dict[str, Any], ending: str = "tool_calls") -> Plan:
    return Plan([send(BEGIN), *(send(chunk({"tool_calls": [part]})) for part in parts), send(chunk({}, ending)), send(DONE)])


QUIRKS = {
    "no index": [
        {"id": "a", "function": {"name": "say_name", "arguments": '{"words": '}},
        {"function": {"arguments": '"Dupont"}'}},
        {"id": "b", "function": {"name": "nothing_of_this", "arguments": "{}"}},
    ],
    "one index for all": [
        {"index": 0, "id": "a", "function": {"name": "say_name", "arguments": '{"words": "Dupont"}'}},
        {"index": 0, "id": "b", "function": {"name": "nothing_of_this", "arguments": "{}"}},
    ],
    "name in every part": [
        {"index": 0, "id": "a", "function": {"name": "say_name", "arguments": '{"words": '}},
        {"index": 0, "id": "a", "function": {"name": "say_name", "arguments": '"Dupont"}'}},
        {"index": 1, "id": "b", "function": {"name": "nothing_of_this"}},
    ],
    "parts of two calls mixed": [
        {"index": 0, "id": "a", "function": {"name": "say_name", "arguments": ""}},
        {"index": 1, "id": "b", "function": {"name": "nothing_of_this", "arguments": ""}},
        {"index": 0, "function": {"arguments": '{"words": "Dupont"}'}},
        {"index": 1, "function": {"arguments": "{}"}},
    ],
    "no ids": [
        {"index": 0, "function": {"name": "say_name", "arguments": '{"words": "Dupont"}'}},
        {"index": 1, "function": {"name": "nothing_of_this", "arguments": ""}},
    ],
    "an object instead of text": [
        {"index": 0, "id": "a", "function": {"name": "say_name", "arguments": {"words": "Dupont"}}},
        {"index": 1, "id": "b", "function": {"name": "nothing_of_this", "arguments": {}}},
    ],
}


@pytest.mark.parametrize("name", QUIRKS)
@pytest.mark.parametrize("ending", ["tool_calls", "stop"])
async def test_quirks_of_imitators(connect: Connect, name: str, ending: str) -> None:
    """However a server numbers the parts of its calls, two calls are two calls."""
    model, _ = await connect(OPENAI, _parts(*QUIRKS[name], ending=ending))
    reply = await _reply(model)
    assert [(call.name, call.arguments) for call in reply.calls] == [("say_name", {"words": "Dupont"}), ("nothing_of_this", {})]
    assert len({call.id for call in reply.calls}) == 2
    assert reply.finished == Finished("tools")


async def test_too_many_calls(connect: Connect) -> None:
    """A flood of calls is no answer."""
    model, _ = await connect(OPENAI, words.calls(*[("say_name", {})] * 40))
    with pytest.raises(BadAnswer):
        await _reply(model)


async def test_a_server_that_does_not_stream(connect: Connect) -> None:
    """A whole JSON answer is read as well, for the servers that ignore `stream`."""
    function = {"name": "say_name", "arguments": '{"words": "Dupont"}'}
    message = {"role": "assistant", "content": "Oui", "tool_calls": [{"id": "a", "type": "function", "function": function}]}
    body = {
        "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 3},
    }
    model, _ = await connect(OPENAI, Plan(body=json.dumps(body).encode(), content_type="application/json; charset=utf-8"))
    reply = await _reply(model)
    assert (reply.text, reply.calls[0].arguments, reply.finished) == ("Oui", {"words": "Dupont"}, Finished("tools", 7, 3))


@pytest.mark.parametrize(
    "ending", [[], [send(DONE)], [stall(60)], [send(b"data: {garbage\n\n")], [send(event({"error": "late"}))], [send(usage()[:-2])]]
)
async def test_once_it_is_whole_nothing_spoils_it(connect: Connect, ending: list[Any]) -> None:
    """After the finish reason, a missing count of tokens, mark of the end or empty line loses no answer."""
    model, _ = await connect(OPENAI, Plan([send(chunk({"content": "oui"})), send(chunk({}, "stop")), *ending]))
    async with asyncio.timeout(LONG_S):
        reply = await _reply(model, deadline_s=10 * LONG_S)
    assert reply.text == "oui"
    assert reply.finished is not None
    assert reply.finished.reason == "stop"


async def test_what_comes_after_the_end_is_not_passed_on(connect: Connect) -> None:
    """A server that says twice that it has finished has not called twice."""
    made = words.call_events(("say_name", {"words": "Dupont"}))
    model, _ = await connect(OPENAI, Plan([*map(send, made[:-2]), send(chunk({"content": "encore"}, "tool_calls")), *map(send, made[-2:])]))
    reply = await _reply(model)
    assert (reply.text, len(reply.calls), reply.finished) == ("", 1, Finished("tools", 321, 12))


async def test_the_end_may_come_without_an_empty_line(connect: Connect) -> None:
    """The count of tokens is read although the server forgot the last line."""
    model, _ = await connect(OPENAI, Plan([send(chunk({"content": "oui"})), send(chunk({}, "stop")), send(usage()[:-1])]))
    assert (await _reply(model)).finished == Finished("stop", 321, 12)


@pytest.mark.parametrize(("ending", "reason"), [("content_filter", "filtered"), ("length", "length"), ("eos", "other"), ("stop", "stop")])
async def test_reasons(connect: Connect, ending: str, reason: str) -> None:
    """Why it ended is one of five words."""
    model, _ = await connect(OPENAI, Plan([send(chunk({"content": "o"}, ending)), send(DONE)]))
    finished = (await _reply(model)).finished
    assert finished is not None
    assert finished.reason == reason


async def test_a_refusal_of_the_model_is_not_spoken(connect: Connect) -> None:
    """The words in which a model refuses are no text for the caller."""
    model, _ = await connect(OPENAI, Plan([send(chunk({"refusal": "I cannot"})), send(chunk({}, "stop")), send(DONE)]))
    reply = await _reply(model)
    assert (reply.text, reply.finished) == ("", Finished("filtered"))


@pytest.mark.parametrize(
    ("plan", "kind"),
    [
        (words.fails(429, "insufficient_quota"), OutOfQuota),
        (words.fails(403, "billing_not_active"), OutOfQuota),
        (words.fails(402), OutOfQuota),
        (
            words.fails(429, "rate_limit_exceeded", headers={"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s"}),
            RateLimited,
        ),
        (Plan([send(event({"error": {"type": "insufficient_quota"}}))]), OutOfQuota),
        (Plan([send(event({"error": {"code": 429, "message": "slow down"}}))]), RateLimited),
        (Plan([send(event({"error": {"type": "rate_limit_error"}}))]), RateLimited),
        (Plan([send(event({"error": {"code": 401, "message": "no"}}))]), ModelRefused),
        (Plan(status=429, body=b"slow down", content_type="text/plain", headers={"retry-after": "120"}), RateLimited),
    ],
)
async def test_two_meanings_of_429(connect: Connect, plan: Plan, kind: type[Exception]) -> None:
    """Whoever has no money is told apart from whoever is too quick, in the status or within the stream."""
    model, emulator = await connect(OPENAI, plan)
    with pytest.raises(kind):
        await _reply(model, deadline_s=5.0)
    assert len(emulator.requests) == 1


async def test_a_refusal_that_stalls_is_known_by_its_status(connect: Connect) -> None:
    """An error without its body is still an error, by the deadline."""
    model, _ = await connect(OPENAI, Plan([stall(60)], status=500, content_type="application/json"))
    with pytest.raises(Unavailable, match="500"):
        await _reply(model, deadline_s=0.15)


async def test_stopping_after_the_last_event_is_fine(connect: Connect) -> None:
    """A reader that stops at `Finished` leaves nothing behind."""
    model, _ = await connect(OPENAI, words.says("oui"))
    async with aclosing(model.stream(REQUEST, deadline_s=LONG_S)) as stream:
        async for found in stream:
            if isinstance(found, Finished):
                break
    assert (await _reply(model)).text == "oui"
