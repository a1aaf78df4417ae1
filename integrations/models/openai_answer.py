"""An OpenAI-compatible answer put together from its chunks, and what the refusals of such servers mean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from integrations.errors import IntegrationError
from integrations.models.arguments import clean_text, read_arguments
from integrations.models.errors import BadAnswer, OutOfQuota, RateLimited, Unavailable
from integrations.models.exchange import Problem, problem_of_status
from integrations.models.port import Finished, FinishReason, ModelEvent, TextPiece, ToolCall
from integrations.models.retry_after import retry_after_s

__all__ = ["OPTIONAL", "Answer", "explain"]

OPTIONAL: Final = ("max_completion_tokens", "stream_options", "strict", "tool_choice", "temperature")
"""Fields of our requests that a server may not know; a request goes without the one it names."""

_REASONS: Final[Mapping[str, FinishReason]] = {
    "stop": "stop",
    "tool_calls": "tools",
    "function_call": "tools",
    "length": "length",
    "content_filter": "filtered",
}
_UNPAID: Final = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
_MOST_CALLS: Final = 32


@dataclass(slots=True)
class _Call:
    """A tool call of which more may come."""

    index: Any
    id: str
    name: str
    raw: str


class Answer:
    """Feed it the data of each event; it gives what can be passed on. `limit` are the characters that an answer may have."""

    def __init__(self, limit: int) -> None:
        self.whole = False
        """Whether the server has said how the answer ended; only the count of tokens may still come."""
        self.done = False
        """Whether `Finished` has been given."""
        self._limit = limit
        self._calls: list[_Call] = []
        self._reason: FinishReason = "other"
        self._tokens: tuple[int | None, int | None] = (None, None)

    def feed(self, data: str) -> list[ModelEvent]:
        """The events that `data` completes. Raises BadAnswer, and what `explain` makes of an error within the stream."""
        if data.strip() == "[DONE]":
            return self.end()
        try:
            chunk = json.loads(data)
        except (ValueError, RecursionError):
            chunk = None
        if not isinstance(chunk, dict):
            return self._broken("something that is no JSON object")
        if chunk.get("error"):
            if self.whole:
                return self.end()
            raise explain(Problem(0, {}, chunk))
        usage = chunk.get("usage")
        if isinstance(usage, dict):
            self._tokens = (_count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")))
        choices = chunk.get("choices", [])
        if not isinstance(choices, list):
            return self._broken("choices that are no list")
        first = next((choice for choice in choices if isinstance(choice, dict) and choice.get("index", 0) == 0), None)
        return [] if first is None or self.whole else self._choice(first)

    def end(self) -> list[ModelEvent]:
        """The last event. Raises BadAnswer when the answer is not whole."""
        if not self.whole:
            message = "The model's answer broke off."
            raise BadAnswer(message)
        self.done = True
        return [Finished(self._reason, *self._tokens)]

    def _broken(self, what: str) -> list[ModelEvent]:
        if self.whole:
            return self.end()
        message = f"The model's server sent {what}."
        raise BadAnswer(message)

    def _choice(self, choice: Mapping[str, Any]) -> list[ModelEvent]:
        found: list[ModelEvent] = []
        delta = choice.get("delta") or choice.get("message")
        if isinstance(delta, dict):
            text = delta.get("content")
            if isinstance(text, str) and text:
                self._spend(len(text))
                found.append(TextPiece(clean_text(text)))
            if delta.get("refusal"):
                self._reason = "filtered"
            calls = delta.get("tool_calls")
            for part in calls if isinstance(calls, list) else ():
                if isinstance(part, dict):
                    self._part(part)
        ended = choice.get("finish_reason")
        if isinstance(ended, str) and ended:
            self.whole = True
            if self._reason != "filtered":
                self._reason = _REASONS.get(ended, "other")
            if self._calls and self._reason in {"stop", "other"}:
                self._reason = "tools"
            found += [ToolCall(call.id, call.name, read_arguments(call.raw), clean_text(call.raw)) for call in self._calls]
        return found

    def _part(self, part: Mapping[str, Any]) -> None:
        function = part.get("function")
        function = function if isinstance(function, dict) else {}
        name, arguments = _text(function.get("name")), function.get("arguments")
        if isinstance(arguments, dict):  # some servers send the object itself
            arguments = json.dumps(arguments, ensure_ascii=False)
        call = self._call_of(part.get("index"), _text(part.get("id")), name)
        call.name = call.name or name
        call.raw += _text(arguments)
        self._spend(len(name) + len(_text(arguments)))

    def _call_of(self, index: Any, given: str, name: str) -> _Call:
        """The call that a part belongs to: that of its index. Without one, or with one for all, a new id and name begin a call."""
        if index is None:
            known = self._calls[-1] if self._calls else None
        else:
            known = next((call for call in reversed(self._calls) if call.index == index), None)
        if known is not None and not (given and name and given != known.id):
            return known
        if len(self._calls) >= _MOST_CALLS:
            message = "The model called too many tools at once."
            raise BadAnswer(message)
        call = _Call(index, given or f"call_{len(self._calls) + 1}", name, "")
        self._calls.append(call)
        return call

    def _spend(self, characters: int) -> None:
        self._limit -= characters
        if self._limit < 0:
            message = "The model's answer is longer than was asked for."
            raise BadAnswer(message)


def explain(problem: Problem) -> IntegrationError:
    """What a refusal means. 429 has two meanings: come back later, and pay first."""
    error = problem.body.get("error") if isinstance(problem.body, dict) else None
    error = error if isinstance(error, dict) else {"message": error}
    words = {_text(error.get(key)) for key in ("code", "type")}
    status = problem.status
    code = error.get("code")
    if not status and isinstance(code, int) and not isinstance(code, bool):
        status = code  # some servers send the status as a code within the stream
    if words & _UNPAID and status in {0, 403, 429}:
        return OutOfQuota("The account of the model's server has no quota left; top it up or raise its limit.")
    if not status:
        if any(word.startswith("rate_limit") for word in words):
            return RateLimited("The model's server takes no more requests at the moment; try again later.")
        return Unavailable("The model's server broke off its answer with an error; try again later.")
    return problem_of_status(status, _parameter(problem, error), retry_after_s(problem.headers))


def _parameter(problem: Problem, error: Mapping[str, Any]) -> str:
    """Which optional field of ours is refused. Servers name it in a field of its own, or somewhere in their words."""
    named = _text(error.get("param"))
    for field in OPTIONAL:
        if field in named:
            return field
    if named or problem.body is None:
        return ""
    words = json.dumps(problem.body)
    return next((field for field in OPTIONAL if field in words), "")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
