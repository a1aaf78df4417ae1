"""Tool calls as a model wrote them, checked against the tools that were offered, before anything in them is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from frontdesk.brain.model.refusals import Reason, Refusal
from frontdesk.brain.model.tools import NOTHING, QUESTION
from integrations.models.port import ToolCall, ToolSpec

__all__ = ["MOST_CALLS", "CheckedCall", "check_calls"]

MOST_CALLS: Final = 8
"""No utterance means more than so many things."""
_MOST_QUESTIONS: Final = 2


@dataclass(frozen=True, slots=True)
class CheckedCall:
    """A call whose arguments are exactly those that its tool takes, of the right kinds."""

    name: str
    arguments: Mapping[str, Any]

    @property
    def words(self) -> str:
        return str(self.arguments.get("words", ""))


def check_calls(calls: Sequence[ToolCall], tools: Iterable[ToolSpec]) -> tuple[list[CheckedCall], list[Refusal]]:
    """The calls that may be looked into, in their order, and the others with the reason why not.

    All calls of an answer belong to one view and are taken together, in one commit of the engine. Of two calls of one tool only
    the first counts: the second either repeats it or contradicts it. A caller may ask two questions.
    """
    offered = {tool.name: tool.parameters for tool in tools}
    taken: list[CheckedCall] = []
    refused: list[Refusal] = []
    for call in calls:
        reason = _reason_against(call, offered) or _beside(call, taken)
        if reason is not None:
            refused.append(Refusal(reason, call.name if call.name in offered else "?"))
        elif call.arguments is not None:
            taken.append(CheckedCall(call.name, call.arguments))
    return [call for call in taken if call.arguments.get("act") != NOTHING], refused


def _reason_against(call: ToolCall, offered: Mapping[str, Mapping[str, Any]]) -> Reason | None:
    schema = offered.get(call.name)
    if schema is None:
        return "unknown-tool"
    if call.arguments is None:
        return "malformed"
    fields: Mapping[str, Mapping[str, Any]] = schema["properties"]
    if set(call.arguments) - set(fields):
        return "unexpected-argument"
    if set(fields) - set(call.arguments) or not all(_is_kind(call.arguments[name], field) for name, field in fields.items()):
        return "malformed"
    if any("enum" in field and call.arguments[name] not in field["enum"] for name, field in fields.items()):
        return "unknown-value"
    return None


def _is_kind(value: Any, field: Mapping[str, Any]) -> bool:
    kinds = field["type"] if isinstance(field["type"], list) else [field["type"]]
    if isinstance(value, bool):
        return "boolean" in kinds
    return (
        (isinstance(value, str) and "string" in kinds)
        or (isinstance(value, int) and "integer" in kinds)
        or (value is None and "null" in kinds)
    )


def _beside(call: ToolCall, taken: Sequence[CheckedCall]) -> Reason | None:
    same = [other for other in taken if other.name == call.name]
    if any(other.arguments == call.arguments for other in same):
        return "repeated"
    if len(same) >= (_MOST_QUESTIONS if call.name == QUESTION else 1):
        return "parallel"
    return "too-many" if len(taken) >= MOST_CALLS else None
