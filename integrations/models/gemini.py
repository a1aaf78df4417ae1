"""Google's Gemini over REST (`streamGenerateContent`), streamed."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping
from typing import Any, Final

from integrations.http_client import HttpClient
from integrations.models.errors import Unavailable
from integrations.models.exchange import Deadline, open_exchange
from integrations.models.gemini_answer import Answer, explain
from integrations.models.gemini_schema import gemini_schema
from integrations.models.port import Message, ModelEvent, ModelRequest

__all__ = ["GeminiModel", "generate_body"]

_ROLES: Final = {"caller": "user", "frontdesk": "model"}
_NOTHING: Final = "…"
"""What the caller says where a conversation must begin with the caller and does not."""


class GeminiModel:
    """A model behind `base_url` (such as https://generativelanguage.googleapis.com/v1beta). Raises MissingExtra, ValueError when made.

    `extra` are further fields of `generationConfig`, such as {"thinkingConfig": {"thinkingBudget": 0}}: thinking costs seconds,
    and tokens out of `max_output_tokens`; None takes a field of ours out. The key goes into a header, never into an address.
    """

    def __init__(
        self, *, base_url: str, key: str | None, model: str, extra: Mapping[str, Any] | None = None, proxy: str | None = None
    ) -> None:
        if not re.fullmatch(r"[\w.-]+", model.removeprefix("models/"), re.ASCII):
            message = "The model's name may have letters, digits, dots and hyphens only."
            raise ValueError(message)
        self._client = HttpClient(base_url, headers={"x-goog-api-key": key} if key else {}, proxy=proxy)
        self._model = model.removeprefix("models/")
        self._extra = dict(extra or {})

    def __repr__(self) -> str:
        return f"GeminiModel(model={self._model!r}, client={self._client!r})"

    async def stream(self, request: ModelRequest, *, deadline_s: float) -> AsyncGenerator[ModelEvent, None]:
        """See `integrations.models.port.Model.stream`."""
        path = f"/models/{self._model}:streamGenerateContent?alt=sse"
        body = generate_body(request, self._extra)
        exchange = await open_exchange(self._client, path, body, deadline=Deadline(deadline_s), explain=explain)
        answer = Answer(limit=1024 + 32 * request.max_output_tokens)
        try:
            data: str | None = ""
            while data is not None:
                try:
                    data = await exchange.next()
                except Unavailable:
                    if not answer.whole:
                        raise
                    data = None
                for event in answer.end() if data is None else answer.feed(data):
                    yield event
        finally:
            await exchange.aclose()

    async def aclose(self) -> None:
        """Closes the connections to the server."""
        await self._client.aclose()


def generate_body(request: ModelRequest, extra: Mapping[str, Any]) -> dict[str, Any]:
    """The request as Gemini wants it."""
    config = {"maxOutputTokens": request.max_output_tokens, "temperature": 0, **extra}
    body: dict[str, Any] = {
        "systemInstruction": {"parts": [{"text": request.system}]},
        "contents": _contents(request.messages),
        "generationConfig": {name: value for name, value in config.items() if value is not None},
    }
    if request.tools:
        body["tools"] = [
            {
                "functionDeclarations": [
                    {"name": tool.name, "description": tool.description, **_parameters(tool.parameters)} for tool in request.tools
                ]
            }
        ]
        body["toolConfig"] = {"functionCallingConfig": {"mode": "AUTO" if request.may_speak else "ANY"}}
    return body


def _parameters(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A tool without parameters must not name any: an object without properties is refused."""
    return {"parameters": gemini_schema(schema)} if schema.get("properties") else {}


def _contents(messages: tuple[Message, ...]) -> list[dict[str, Any]]:
    """Turns that begin with the caller and alternate, as the server demands: two in a row become one."""
    turns: list[dict[str, Any]] = []
    for message in messages:
        role = _ROLES[message.role]
        if turns and turns[-1]["role"] == role:
            turns[-1]["parts"].append({"text": message.text})
        else:
            turns.append({"role": role, "parts": [{"text": message.text}]})
    if not turns or turns[0]["role"] != "user":
        turns.insert(0, {"role": "user", "parts": [{"text": _NOTHING}]})
    return turns
