"""Calls of a model written to a file, one JSON object a line, and answered from it again without any model.

A line is `{"request": {…}, "events": [{"text": "…"} | {"call": {"id", "name", "raw"}} | {"finished": {…}}], "error": null | {…}}`.
Personal data is masked (see `integrations.models.masking`) before anything is written.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any, Final

from integrations.errors import IntegrationError
from integrations.models.arguments import read_arguments
from integrations.models.errors import BadAnswer, ModelRefused, OutOfQuota, RateLimited, TimedOut, Unavailable
from integrations.models.masking import FindPersonal, Marks, digits_and_addresses
from integrations.models.port import Finished, Model, ModelEvent, ModelRequest, TextPiece, ToolCall

__all__ = ["NotRecorded", "RecordingModel", "RecordingProblem", "ReplayedModel"]

_ERRORS: Final = {kind.__name__: kind for kind in (BadAnswer, OutOfQuota, TimedOut, Unavailable)}


class NotRecorded(AssertionError):
    """A request that the recording does not hold, or not as often. Not an error of the model, so that nobody carries on without it."""


class RecordingProblem(ValueError):
    """The file is no recording; the message names the line."""


class RecordingModel:
    """A `Model` in front of another, which appends every answer that ended, well or badly, to `path` (made with its folder)."""

    def __init__(self, model: Model, path: Path, *, find: FindPersonal = digits_and_addresses) -> None:
        self._model, self._path, self._find = model, path, find

    async def stream(self, request: ModelRequest, *, deadline_s: float) -> AsyncGenerator[ModelEvent, None]:
        """See `integrations.models.port.Model.stream`. What its reader gives up is not written."""
        events: list[ModelEvent] = []
        try:
            async with aclosing(self._model.stream(request, deadline_s=deadline_s)) as stream:
                async for event in stream:
                    events.append(event)
                    if isinstance(event, Finished):  # its reader may stop here
                        self._write(request, events, None)
                    yield event
        except IntegrationError as error:
            self._write(request, events, error)
            raise

    def _write(self, request: ModelRequest, events: Sequence[ModelEvent], error: IntegrationError | None) -> None:
        marks = Marks(self._find)
        line = {"request": _masked(request, marks), "events": _written(events, marks), "error": error and _error_to_json(error)}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


class ReplayedModel:
    """Answers from a recording: to the same request (after masking) the same answer, in the order in which they were recorded.

    `find` must be that of the recording. It never waits; a recorded error is raised again. Raises RecordingProblem, OSError when made.
    """

    def __init__(self, path: Path, *, find: FindPersonal = digits_and_addresses) -> None:
        self._find = find
        self._path = path
        self._answers: dict[str, list[Mapping[str, Any]]] = {}
        for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not text.strip():
                continue
            try:
                line = json.loads(text)
                for event in line["events"]:
                    _event(event, Marks(find))
                if line["error"] is not None:
                    _error(line["error"])
                self._answers.setdefault(_key(line["request"]), []).append(line)
            except (ValueError, KeyError, TypeError) as error:
                message = f"{path} line {number} is no recorded call of a model."
                raise RecordingProblem(message) from error

    @property
    def left(self) -> int:
        """Recorded answers that nobody has asked for."""
        return sum(map(len, self._answers.values()))

    async def stream(self, request: ModelRequest, *, deadline_s: float) -> AsyncGenerator[ModelEvent, None]:
        """See `integrations.models.port.Model.stream`; raises NotRecorded, and never TimedOut of its own."""
        del deadline_s
        marks = Marks(self._find)
        answers = self._answers.get(_key(_masked(request, marks)))
        if not answers:
            message = f"{self._path} holds no further answer to this request ({request.label or 'no label'}); record it again."
            raise NotRecorded(message)
        line = answers.pop(0)
        for event in line["events"]:
            yield _event(event, marks)
        if line["error"] is not None:
            raise _error(line["error"])


def _masked(request: ModelRequest, marks: Marks) -> dict[str, Any]:
    return {
        "label": request.label,
        "system": marks.hide(request.system),
        "messages": [[message.role, marks.hide(message.text)] for message in request.messages],
        "tools": [[tool.name, tool.description, tool.parameters] for tool in request.tools],
        "may_speak": request.may_speak,
        "max_output_tokens": request.max_output_tokens,
    }


def _key(masked: Mapping[str, Any]) -> str:
    return json.dumps(masked, sort_keys=True)


def _written(events: Sequence[ModelEvent], marks: Marks) -> list[dict[str, Any]]:
    """The pieces as they came; as one where something to be masked may be spread over several."""
    text = "".join(event.text for event in events if isinstance(event, TextPiece))
    hidden = marks.hide_in_answer(text)
    pieces = [hidden] if hidden != text else [event.text for event in events if isinstance(event, TextPiece)]
    found: list[dict[str, Any]] = [{"text": piece} for piece in pieces]
    for event in events:
        if isinstance(event, ToolCall):
            found.append({"call": {"id": event.id, "name": event.name, "raw": _raw(event, marks)}})
        elif isinstance(event, Finished):
            counts = {"input_tokens": event.input_tokens, "output_tokens": event.output_tokens}
            found.append({"finished": {"reason": event.reason, **counts}})
    return found


def _raw(call: ToolCall, marks: Marks) -> str:
    """What the model wrote, masked: text by text where it is JSON, since JSON has several ways to write the same character."""
    if call.arguments is None:
        return marks.hide_in_answer(call.raw)
    return json.dumps(_each_text(call.arguments, marks.hide_in_answer), ensure_ascii=False)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {change(name): _each_text(inner, change) for name, inner in value.items()}
    return [_each_text(inner, change) for inner in value] if isinstance(value, list) else value


def _event(written: Mapping[str, Any], marks: Marks) -> ModelEvent:
    if "text" in written:
        return TextPiece(marks.show(written["text"]))
    if "call" in written:
        raw = written["call"]["raw"]
        arguments = read_arguments(raw)
        if arguments is None:
            return ToolCall(written["call"]["id"], written["call"]["name"], None, marks.show(raw))
        shown = _each_text(arguments, marks.show)
        return ToolCall(written["call"]["id"], written["call"]["name"], shown, json.dumps(shown, ensure_ascii=False))
    return Finished(**written["finished"])


def _error_to_json(error: IntegrationError) -> dict[str, Any]:
    """The kind, without the message: it may speak of the server."""
    if isinstance(error, ModelRefused):
        return {"kind": "ModelRefused", "status": error.status, "parameter": error.parameter}
    if isinstance(error, RateLimited):
        return {"kind": "RateLimited", "retry_after_s": error.retry_after_s}
    return {"kind": type(error).__name__ if type(error).__name__ in _ERRORS else "Unavailable"}


def _error(written: Mapping[str, Any]) -> IntegrationError:
    message = "This is what the model's server did when it was recorded."
    if written["kind"] == "ModelRefused":
        return ModelRefused(message, status=written["status"], parameter=written["parameter"])
    if written["kind"] == "RateLimited":
        return RateLimited(message, retry_after_s=written["retry_after_s"])
    return _ERRORS[written["kind"]](message)
