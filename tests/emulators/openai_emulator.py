"""A server that speaks OpenAI's chat completions on loopback: answers, tool calls, errors, stalls and garbage, one script for each request.

`python -m tests.emulators.openai_emulator script.json` runs it by itself and prints its address; script.json is a list of answers such as
`{"text": "Bonjour"}`, `{"calls": [["say_name", {"words": "Dupont"}]]}`, `{"error": [429, "insufficient_quota"]}`, `{"stall_s": 5}`.
The last one is given again and again.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.emulators.http_server import Exchange, HttpServer, Request, serving

KEY = "sk-emulated-0123456789"

Step = Callable[[Exchange], Awaitable[None]]
"""One thing that an answer does on the line."""


@dataclass(frozen=True)
class Plan:
    """An answer: a stream of events, or a whole body where `body` is given."""

    steps: Sequence[Step] = ()
    status: int = 200
    body: bytes | None = None
    content_type: str = "text/event-stream; charset=utf-8"
    headers: Mapping[str, str] | None = None
    before_s: float = 0.0
    """Waited before the first byte."""
    lost: bool = False
    """The connection is cut before the first byte."""


def chunk(delta: Mapping[str, Any], finish_reason: str | None = None, **more: Any) -> bytes:
    """One event of a stream."""
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
    return event({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "emulated", "choices": [choice], **more})


def event(data: Any) -> bytes:
    return b"data: " + json.dumps(data).encode() + b"\n\n"


def send(data: bytes) -> Step:
    return lambda exchange: exchange.chunk(data)


def stall(seconds: float) -> Step:
    """Nothing comes for so long, or until the client leaves."""
    return lambda exchange: exchange.wait(seconds)


def cut() -> Step:
    """The connection breaks off."""

    async def step(exchange: Exchange) -> None:
        exchange.break_off()

    return step


def trickle(data: bytes, size: int = 3) -> list[Step]:
    """The same bytes in tiny pieces, which end wherever they like: within a line, within a character."""
    return [send(data[start : start + size]) for start in range(0, len(data), size)]


def usage(prompt: int = 321, completion: int = 12) -> bytes:
    counts = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    return event({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "emulated", "choices": [], "usage": counts})


DONE = b"data: [DONE]\n\n"
BEGIN = chunk({"role": "assistant", "content": ""})


def text_events(text: str, finish_reason: str = "stop") -> list[bytes]:
    """The events of an answer in words, a word at a time."""
    words = [word if first else f" {word}" for first, word in ((index == 0, word) for index, word in enumerate(text.split(" ")))]
    return [BEGIN, *(chunk({"content": word}) for word in words), chunk({}, finish_reason), usage(), DONE]


def call_events(*calls: tuple[str, Any], split: int = 5, text: str = "") -> list[bytes]:
    """The events of an answer that calls tools: arguments (a value, or text as the model wrote it) come in pieces of `split` characters."""
    found = [BEGIN] + ([chunk({"content": text})] if text else [])
    for index, (name, arguments) in enumerate(calls):
        raw = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
        first = {"index": index, "id": f"call_{index}abc", "type": "function", "function": {"name": name, "arguments": ""}}
        found.append(chunk({"tool_calls": [first]}))
        found += [
            chunk({"tool_calls": [{"index": index, "function": {"arguments": raw[start : start + split]}}]})
            for start in range(0, len(raw), split)
        ]
    return [*found, chunk({}, "tool_calls"), usage(), DONE]


def says(text: str, **plan: Any) -> Plan:
    return Plan([send(data) for data in text_events(text)], **plan)


def calls(*made: tuple[str, Any], split: int = 5, text: str = "", **plan: Any) -> Plan:
    return Plan([send(data) for data in call_events(*made, split=split, text=text)], **plan)


def fails(
    status: int, code: str = "", *, param: str | None = None, message: str = "emulated", headers: Mapping[str, str] | None = None
) -> Plan:
    """A refusal in the words of such servers. Like the real ones it repeats the key."""
    error = {"message": f"{message} (key {KEY})", "type": code, "param": param, "code": code}
    return Plan(status=status, body=json.dumps({"error": error}).encode(), content_type="application/json", headers=headers)


def unknown_field(field: str) -> Plan:
    """The refusal of a server that does not know a field of the request."""
    return fails(400, "invalid_request_error", param=field, message=f"Unrecognized request argument supplied: {field}")


class OpenAIEmulator:
    """Answers request after request with `plans`; the last one again and again. `requests` are what came.

    Like the real server it answers 401 to another key than KEY, 404 elsewhere than /v1/chat/completions, and 400 to a body that
    misses the model or the messages.
    """

    def __init__(self, *plans: Plan) -> None:
        self.plans = list(plans)
        self.requests: list[Request] = []
        self.server = HttpServer(self._respond)

    @property
    def base_url(self) -> str:
        return f"{self.server.url}/v1"

    @property
    def bodies(self) -> list[Any]:
        return [request.json for request in self.requests]

    async def _respond(self, request: Request, exchange: Exchange) -> None:
        self.requests.append(request)
        plan = self._refusal(request) or (self.plans.pop(0) if len(self.plans) > 1 else self.plans[0])
        if plan.before_s:
            await exchange.wait(plan.before_s)
        await play(plan, exchange)

    def _refusal(self, request: Request) -> Plan | None:
        if request.path != "/v1/chat/completions" or request.method != "POST":
            return fails(404, "not_found")
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return fails(401, "invalid_api_key")
        body = request.json
        if not isinstance(body.get("model"), str) or not isinstance(body.get("messages"), list):
            return fails(400, "invalid_request_error", param="messages")
        return None


async def play(plan: Plan, exchange: Exchange) -> None:
    """Does what a plan says."""
    if plan.lost:
        exchange.break_off()
        return
    if plan.body is not None:
        await exchange.whole(plan.status, plan.body, plan.content_type, plan.headers)
        return
    await exchange.head(plan.status, {"content-type": plan.content_type, "transfer-encoding": "chunked", **(plan.headers or {})})
    for step in plan.steps:
        await step(exchange)
    await exchange.chunk(b"")


def plan_of_json(answer: Mapping[str, Any]) -> Plan:
    """An answer of a script file."""
    before_s = float(answer.get("stall_s", 0.0))
    if "error" in answer:
        status, code = answer["error"]
        return fails(status, code)
    if "calls" in answer:
        return calls(*((name, arguments) for name, arguments in answer["calls"]), text=answer.get("text", ""), before_s=before_s)
    return says(answer.get("text", ""), before_s=before_s)


async def _run(script: Sequence[Mapping[str, Any]]) -> None:
    emulator = OpenAIEmulator(*map(plan_of_json, script))
    async with serving(emulator.server):
        print(json.dumps({"base_url": emulator.base_url, "key": KEY}), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_run(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
