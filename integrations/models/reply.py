"""A whole answer in one value, for those who need not speak while it comes."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from integrations.models.port import Finished, ModelEvent, TextPiece, ToolCall

__all__ = ["Reply", "read_whole"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered. `finished` is None where the stream ended without its last event."""

    text: str
    calls: tuple[ToolCall, ...]
    finished: Finished | None


async def read_whole(stream: AsyncGenerator[ModelEvent, None]) -> Reply:
    """Reads a stream to its end and closes it. Raises what the stream raises."""
    texts: list[str] = []
    calls: list[ToolCall] = []
    finished: Finished | None = None
    async with aclosing(stream):
        async for event in stream:
            if isinstance(event, TextPiece):
                texts.append(event.text)
            elif isinstance(event, ToolCall):
                calls.append(event)
            else:
                finished = event
    return Reply("".join(texts), tuple(calls), finished)
