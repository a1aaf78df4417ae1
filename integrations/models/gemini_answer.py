"""An answer of Gemini put together from its chunks, and what its refusals mean."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from integrations.errors import IntegrationError
from integrations.models.arguments import clean_text, read_arguments
from integrations.models.errors import BadAnswer, ModelRefused, OutOfQuota, Unavailable
from integrations.models.exchange import Problem, problem_of_status
from integrations.models.port import Finished, FinishReason, ModelEvent, TextPiece, ToolCall
from integrations.models.retry_after import duration_s, retry_after_s

__all__ = ["Answer", "explain"]

_REASONS: Final[Mapping[str, FinishReason]] = {
    "STOP": "stop",
    "MAX_TOKENS": "length",
    "SAFETY": "filtered",
    "RECITATION": "filtered",
    "BLOCKLIST": "filtered",
    "PROHIBITED_CONTENT": "filtered",
    "SPII": "filtered",
}
_MOST_CALLS: Final = 32


class Answer:
    """Feed it the data of each event; it gives what can be passed on. `limit` are the characters that an answer may have."""

    def __init__(self, limit: int) -> None:
        self.whole = False
        """Whether the server has said how the answer ended. It may say so in every chunk, so that more may come."""
        self._limit = limit
        self._calls: list[ToolCall] = []
        self._reason: FinishReason = "other"
        self._tokens: tuple[int | None, int | None] = (None, None)

    def feed(self, data: str) -> list[ModelEvent]:
        """The text in `data`. Raises BadAnswer, and what `explain` makes of an error within the stream."""
        try:
            chunk = json.loads(data)
        except (ValueError, RecursionError):
            chunk = None
        if not isinstance(chunk, dict):
            message = "The model's server sent something that is no JSON object."
            raise BadAnswer(message)
        if chunk.get("error"):
            raise explain(Problem(0, {}, chunk))
        self._count(_mapping(chunk.get("usageMetadata")))
        if _mapping(chunk.get("promptFeedback")).get("blockReason"):
            self.whole, self._reason = True, "filtered"
        found: list[ModelEvent] = []
        candidates = chunk.get("candidates")
        for candidate in candidates[:1] if isinstance(candidates, list) else ():
            found += self._candidate(_mapping(candidate))
        return found

    def end(self) -> list[ModelEvent]:
        """The tool calls and the last event. Raises BadAnswer when the answer is not whole."""
        if not self.whole:
            message = "The model's answer broke off."
            raise BadAnswer(message)
        reason = "tools" if self._calls and self._reason in {"stop", "other"} else self._reason
        return [*self._calls, Finished(reason, *self._tokens)]

    def _candidate(self, candidate: Mapping[str, Any]) -> Iterator[ModelEvent]:
        parts = _mapping(candidate.get("content")).get("parts")
        for part in parts if isinstance(parts, list) else ():
            text, call = _mapping(part).get("text"), _mapping(part).get("functionCall")
            if isinstance(text, str) and text and not part.get("thought"):  # thoughts are not for the caller
                self._spend(len(text))
                yield TextPiece(clean_text(text))
            if isinstance(call, dict):
                self._call(call)
        ended = candidate.get("finishReason")
        if isinstance(ended, str) and ended:
            self.whole, self._reason = True, _REASONS.get(ended, "other")

    def _call(self, call: Mapping[str, Any]) -> None:
        if len(self._calls) >= _MOST_CALLS:
            message = "The model called too many tools at once."
            raise BadAnswer(message)
        name, given, arguments = call.get("name"), call.get("id"), call.get("args")
        raw = json.dumps({} if arguments is None else arguments, ensure_ascii=False)
        self._spend(len(raw))
        given = given if isinstance(given, str) and given else f"call_{len(self._calls) + 1}"
        self._calls.append(ToolCall(given, name if isinstance(name, str) else "", read_arguments(raw), clean_text(raw)))

    def _count(self, usage: Mapping[str, Any]) -> None:
        given, said, thought = (usage.get(name) for name in ("promptTokenCount", "candidatesTokenCount", "thoughtsTokenCount"))
        if isinstance(given, int):
            self._tokens = (given, self._tokens[1])
        if isinstance(said, int):
            self._tokens = (self._tokens[0], said + (thought if isinstance(thought, int) else 0))

    def _spend(self, characters: int) -> None:
        self._limit -= characters
        if self._limit < 0:
            message = "The model's answer is longer than was asked for."
            raise BadAnswer(message)


def explain(problem: Problem) -> IntegrationError:
    """What a refusal means. A daily quota used up is no matter of seconds; a wrong key comes as status 400."""
    body = problem.body[0] if isinstance(problem.body, list) and problem.body else problem.body
    error = _mapping(_mapping(body).get("error"))
    code = error.get("code")
    status = problem.status or (code if isinstance(code, int) and not isinstance(code, bool) else 0)
    raw = error.get("details")
    details = [_mapping(detail) for detail in raw] if isinstance(raw, list) else []
    if status == 429:
        violations = [violation for detail in details for violation in detail.get("violations") or ()]
        if any("PerDay" in str(_mapping(violation).get("quotaId")) for violation in violations):
            return OutOfQuota("The quota of the model's server is used up for today; raise it, or wait until tomorrow.")
        delays = [duration_s(delay) for detail in details if isinstance(delay := detail.get("retryDelay"), str)]
        asked = max((delay for delay in delays if delay is not None), default=None)
        return problem_of_status(429, retry_after_s=asked if asked is not None else retry_after_s(problem.headers))
    if status == 400 and any(detail.get("reason") == "API_KEY_INVALID" for detail in details):
        return ModelRefused("The model's server does not accept the key; check it in the settings.", status=401)
    if not status:
        return Unavailable("The model's server broke off its answer with an error; try again later.")
    return problem_of_status(status)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
