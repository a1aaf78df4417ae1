"""What the receptionist wants of a language model: one request in, a stream of text and tool calls out.

The model only proposes. It keeps nothing between requests, and nothing it says or calls has any effect by itself.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

__all__ = ["FinishReason", "Finished", "Message", "Model", "ModelEvent", "ModelRequest", "TextPiece", "ToolCall", "ToolSpec"]


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool that the model may call.

    `name` is of letters, digits, "_" and "-", 64 at most. `parameters` is a strict JSON Schema: an object that lists all its
    properties as required and admits no others; what may be missing has the types [..., "null"].
    """

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """What was said on the line, oldest first."""

    role: Literal["caller", "frontdesk"]
    text: str


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One question to the model.

    `system` goes first and the tools with it: what stays the same from turn to turn belongs at its beginning, since servers
    cache prefixes. With `may_speak` false only a tool call is wanted, and the server is told so: offer a tool for "nothing of
    this" then, because a model that has to call something invents. Text may come all the same; it is the reader who drops it.
    `max_output_tokens` is at least 1. `label` says what the request is for, such as the state; it is never sent.
    """

    system: str
    messages: tuple[Message, ...]
    tools: tuple[ToolSpec, ...] = ()
    may_speak: bool = False
    max_output_tokens: int = 256
    label: str = ""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """The next characters of what the model says; never empty, cut anywhere."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool that the model calls, whole. `arguments` is None where `raw`, the text it wrote, is no JSON object."""

    id: str
    name: str
    arguments: Mapping[str, Any] | None
    raw: str


FinishReason = Literal["stop", "tools", "length", "filtered", "other"]
"""Why an answer ended: all said, tools called, `max_output_tokens` reached, withheld by the server, or something else."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event of every answer that came whole. Tokens are None where the server does not count them."""

    reason: FinishReason
    input_tokens: int | None = None
    output_tokens: int | None = None


ModelEvent: TypeAlias = TextPiece | ToolCall | Finished


class Model(Protocol):
    """A language model. One object serves any number of calls at the same time."""

    def stream(self, request: ModelRequest, *, deadline_s: float) -> AsyncGenerator[ModelEvent, None]:
        """The answer as it comes: text pieces, then tool calls, then `Finished`, once.

        Everything together, connecting, waiting, repeating and the reader's own time between two events, ends within
        `deadline_s` seconds. Read it within `contextlib.aclosing`: closing it, or cancelling the task that reads it, closes
        the connection. Tool calls come only when the answer is whole, so that what breaks off has called nothing.

        Raises `TimedOut`, `Unavailable`, and those of `integrations.models.errors`, all of them `IntegrationError`.
        """
        ...
