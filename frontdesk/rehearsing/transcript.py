"""A rehearsed call as a dialogue that anybody can read, and what the caller's part of it is to the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frontdesk.conversation.dialogue_lines import line
from frontdesk.rehearsing.documents import HANGS_UP

__all__ = ["inputs", "shown_input", "shown_turn"]


def inputs(said: Any, language: str) -> list[dict[str, Any]]:
    """What a caller does, as lines of input (docs/call-contract.md). Raises KeyError where there are no words in that language."""
    if isinstance(said, str):
        return [{"hangup": True} if said == HANGS_UP else {"say": said}]
    if "keys" in said:
        return [{"dtmf": key} for key in said["keys"]]
    if "silent_s" in said:
        return [{"silence_s": said["silent_s"]}]
    return [{"say": said[language]}]


def shown_input(message: Mapping[str, Any]) -> str:
    """A line of the caller."""
    ((kind, value),) = message.items()
    if kind == "say":
        return line("caller", value)
    keys = "key" if len(str(value)) == 1 else "keys"
    return line("caller", {"dtmf": f"({keys} {value})", "silence_s": f"(nothing for {value} s)", "hangup": "(hangs up)"}[kind])


def shown_turn(turn: Mapping[str, Any]) -> str:
    """A line of frontdesk, and what it did."""
    done = "".join(f" ({action['name']}: {action['outcome']})" for action in turn["actions"])
    return line("frontdesk", " ".join(turn["said"]) + done)
