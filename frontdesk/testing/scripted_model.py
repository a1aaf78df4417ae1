"""A language model that follows a script: what it says and calls, how long that takes, and how it fails."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from zlib import crc32

from frontdesk.testing.virtual_clock import VirtualClock
from integrations.errors import IntegrationError
from integrations.models.arguments import read_arguments
from integrations.models.errors import TimedOut
from integrations.models.port import Finished, FinishReason, ModelEvent, ModelRequest, TextPiece, ToolCall

__all__ = ["Script", "ScriptEnded", "ScriptedModel", "Step", "Wait", "bad_call", "call", "pieces", "reply"]

ANY_STATE: Final = "*"


class ScriptEnded(AssertionError):
    """The model was asked and the script has nothing for it. Not an error of a model, so that the rules do not hide it."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The model takes its time: `seconds` on the clock of the script."""

    seconds: float


Step: TypeAlias = ModelEvent | Wait | IntegrationError
"""What a scripted model does next: gives an event, waits, or fails."""

Answer: TypeAlias = Sequence[Step] | Callable[[ModelRequest], Sequence[Step]]
"""The steps of one answer, or what makes them from the request."""

Script: TypeAlias = Sequence[Answer] | Mapping[str, Sequence[Answer]]
"""Answers in the order of requests; or such a list for each state, "*" standing for those that have none of their own."""


def reply(*parts: Step | str, reason: FinishReason | None = None) -> tuple[Step, ...]:
    """A whole answer: texts are said piece by piece, and the end is added unless there is one or the answer fails."""
    steps: list[Step] = []
    for part in parts:
        steps += pieces(part) if isinstance(part, str) else [part]
    if not (steps and isinstance(steps[-1], Finished | IntegrationError)):
        called = any(isinstance(step, ToolCall) for step in steps)
        steps.append(Finished(reason or ("tools" if called else "stop"), 100, 10))
    return tuple(steps)


def pieces(text: str) -> list[TextPiece]:
    """A text as models give it: a word at a time, with the space before it."""
    return [TextPiece(piece) for piece in re.findall(r"\s*\S+|\s+$", text)]


def call(name: str, /, **arguments: Any) -> ToolCall:
    """A tool call with these arguments. Its id is made of its contents: the same call again has the same one."""
    raw = json.dumps(arguments, ensure_ascii=False)
    return ToolCall(_id(name, raw), name, arguments, raw)


def bad_call(name: str, raw: str, /) -> ToolCall:
    """A tool call with arguments that the model wrote by itself, such as half a JSON object."""
    return ToolCall(_id(name, raw), name, read_arguments(raw), raw)


class ScriptedModel:
    """A `Model` that follows `script` and keeps `requests`, everything that it was asked.

    The state of a request is its `label`. A list that is used up raises ScriptEnded, unless `otherwise` says what to answer then.
    It waits with `sleep` (default: a VirtualClock of its own, which does not really wait) and keeps the deadline by it: a script
    that waits longer ends as TimedOut at the deadline, as a server would.
    """

    def __init__(self, script: Script, *, otherwise: Answer | None = None, sleep: Callable[[float], Awaitable[None]] | None = None) -> None:
        by_state = script if isinstance(script, Mapping) else {ANY_STATE: script}
        self._left: dict[str, list[Answer]] = {state: list(answers) for state, answers in by_state.items()}
        self._otherwise = otherwise
        self._sleep = sleep or VirtualClock().sleep
        self.requests: list[ModelRequest] = []

    @property
    def left(self) -> Mapping[str, int]:
        """Answers nobody has asked for, by state; empty when the script is played to its end."""
        return {state: len(answers) for state, answers in self._left.items() if answers}

    async def stream(self, request: ModelRequest, *, deadline_s: float) -> AsyncGenerator[ModelEvent, None]:
        """See `integrations.models.port.Model.stream`."""
        self.requests.append(request)
        left_s = deadline_s
        for step in self._next(request):
            if isinstance(step, Wait):
                await self._sleep(max(0.0, min(step.seconds, left_s)))
                left_s -= step.seconds
                if left_s <= 0:
                    message = f"The model did not answer within {deadline_s:g} seconds."
                    raise TimedOut(message)
            elif isinstance(step, IntegrationError):
                raise step.with_traceback(None)  # the same step may fail many times
            else:
                yield step

    def _next(self, request: ModelRequest) -> Sequence[Step]:
        answers = self._left.get(request.label, self._left.get(ANY_STATE, []))
        answer = answers.pop(0) if answers else self._otherwise
        if answer is None:
            message = f"The script has no further answer for the state {request.label!r} (request {len(self.requests)})."
            raise ScriptEnded(message)
        return answer(request) if callable(answer) else answer


def _id(name: str, raw: str) -> str:
    return f"call_{crc32(f'{name}({raw})'.encode('utf-8', 'replace')):08x}"
