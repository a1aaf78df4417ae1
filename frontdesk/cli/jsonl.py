"""`frontdesk call --jsonl`: a call by JSON lines, one line out for each line in (docs/call-contract.md)."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any, BinaryIO, Final

from frontdesk.conversation.conversation import Conversation
from frontdesk.conversation.incoming import Gone, Incoming, Key, Quiet, Words

__all__ = ["BadInput", "hold_jsonl_call", "read_incoming"]

_KEYS: Final = frozenset("0123456789*#")
_LONGEST_S: Final = 86_400.0


class BadInput(Exception):
    """A line that is no input; the message is one sentence."""


def read_incoming(line: str) -> Incoming:
    """What one line of input means. Raises BadInput."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInput('This line is not JSON; write {"say": …}, {"dtmf": …}, {"silence_s": …} or {"hangup": true}.') from error
    if not isinstance(data, dict) or len(data) != 1:
        raise BadInput("A line is an object with one of say, dtmf, silence_s or hangup.")
    ((kind, value),) = data.items()
    if kind == "say" and isinstance(value, str):
        return Words(value)
    if kind == "dtmf" and isinstance(value, str) and value in _KEYS and len(value) == 1:
        return Key(value)
    if kind == "silence_s" and isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= _LONGEST_S:
        return Quiet(float(value))
    if kind == "hangup" and value is True:
        return Gone()
    raise BadInput(_wrong(kind))


def _wrong(kind: str) -> str:
    wants = {
        "say": "“say” takes what the caller says, as text.",
        "dtmf": "“dtmf” takes one key: 0 to 9, * or #.",
        "silence_s": "“silence_s” takes a number of seconds above 0, a day at most.",
        "hangup": "“hangup” takes true.",
    }
    return wants.get(kind, "A line is an object with one of say, dtmf, silence_s or hangup.")


async def hold_jsonl_call(
    conversation: Conversation, source: BinaryIO, out: BinaryIO, elapsed: Callable[[], float] = time.perf_counter
) -> None:
    """Holds one call until it ends; the end of the input is a hang-up."""

    def write(data: dict[str, Any]) -> None:
        out.write((json.dumps(data, ensure_ascii=False) + "\n").encode("utf-8", errors="replace"))
        out.flush()

    began = elapsed()
    async for _ in conversation.start():
        pass
    write({**conversation.turn().as_json(), "ms": _ms(elapsed() - began)})
    while not conversation.call.ended:
        raw = await asyncio.to_thread(source.readline)
        if not raw:
            incoming: Incoming = Gone()
        else:
            try:
                incoming = read_incoming(raw.decode("utf-8"))
            except UnicodeDecodeError:
                write({"error": "This line is not UTF-8 text."})
                continue
            except BadInput as error:
                write({"error": str(error)})
                continue
        began = elapsed()
        async for _ in conversation.feed(incoming):
            pass
        write({**conversation.turn().as_json(), "ms": _ms(elapsed() - began)})
    write((await conversation.ending()).as_json())


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
