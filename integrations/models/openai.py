"""Any server that speaks OpenAI's chat completions, streamed: the maker's own, and vLLM, llama.cpp, Ollama and others."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import Any, Final

from integrations.http_client import HttpClient
from integrations.models.errors import ModelRefused, Unavailable
from integrations.models.exchange import Deadline, Exchange, open_exchange
from integrations.models.openai_answer import OPTIONAL, Answer, explain
from integrations.models.port import ModelEvent, ModelRequest, ToolSpec

__all__ = ["OpenAIModel", "chat_body"]

_GRACE_S: Final = 0.25
"""Waited for the count of tokens when everything else is there."""
_ROLES: Final = {"caller": "user", "frontdesk": "assistant"}


class OpenAIModel:
    """A model behind `base_url` (such as https://api.openai.com/v1). Raises MissingExtra and ValueError when made.

    `extra` are further fields of each request, such as {"reasoning_effort": "minimal"}; None takes a field of ours out.
    Older servers refuse newer fields; such a request is sent again without the field they name (`max_completion_tokens`
    becomes `max_tokens`), and when that goes well the object remembers it. Close it when the program ends.
    """

    def __init__(
        self, *, base_url: str, key: str | None, model: str, extra: Mapping[str, Any] | None = None, proxy: str | None = None
    ) -> None:
        headers = {"authorization": f"Bearer {key}"} if key else {}
        self._client = HttpClient(base_url, headers=headers, proxy=proxy)
        self._model = model
        self._extra = dict(extra or {})
        self._without: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"OpenAIModel(model={self._model!r}, client={self._client!r})"

    async def stream(self, request: ModelRequest, *, deadline_s: float) -> AsyncGenerator[ModelEvent, None]:
        """See `integrations.models.port.Model.stream`."""
        exchange = await self._open(request, Deadline(deadline_s))
        answer = Answer(limit=1024 + 32 * request.max_output_tokens)
        try:
            while not answer.done:
                try:
                    data = await exchange.next(_GRACE_S if answer.whole else None)
                except Unavailable:
                    if not answer.whole:
                        raise
                    data = None
                for event in answer.end() if data is None else answer.feed(data):
                    yield event
            await exchange.drain()
        finally:
            await exchange.aclose()

    async def aclose(self) -> None:
        """Closes the connections to the server."""
        await self._client.aclose()

    async def _open(self, request: ModelRequest, deadline: Deadline) -> Exchange:
        without = self._without
        while True:
            body = {**chat_body(request, self._model, without), **self._extra}
            body = {name: value for name, value in body.items() if value is not None}
            try:
                exchange = await open_exchange(self._client, "/chat/completions", body, deadline=deadline, explain=explain)
            except ModelRefused as refused:
                if refused.parameter not in OPTIONAL or refused.parameter in without:
                    raise
                without |= {refused.parameter}
                continue
            self._without = without
            return exchange


def chat_body(request: ModelRequest, model: str, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The request as such servers want it, less the fields of OPTIONAL in `without`."""
    body: dict[str, Any] = {
        "model": model,
        "messages": [
            {"role": "system", "content": request.system},
            *({"role": _ROLES[message.role], "content": message.text} for message in request.messages),
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0,
        "max_completion_tokens": request.max_output_tokens,
    }
    if "max_completion_tokens" in without:
        body["max_tokens"] = request.max_output_tokens
    if request.tools:
        body["tools"] = [_tool(tool, strict="strict" not in without) for tool in request.tools]
        body["tool_choice"] = "auto" if request.may_speak else "required"
    return {name: value for name, value in body.items() if name not in without}


def _tool(tool: ToolSpec, *, strict: bool) -> dict[str, Any]:
    function: dict[str, Any] = {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
    if strict:
        function["strict"] = True
    return {"type": "function", "function": function}
