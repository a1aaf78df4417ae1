"""What the caller got, in one word."""

from __future__ import annotations

from typing import Final

from fsm.call import Call

__all__ = ["outcome"]

_DONE: Final = ("booked", "moved", "cancelled")


def outcome(call: Call) -> str:
    """The last thing booked, moved or cancelled; else transferred or message; failed when we could not do our part;
    answered when a state achieves that, or a question was answered and nothing else wanted; else abandoned."""
    done = [name for name in call.achieved if name in _DONE]
    if done:
        return done[-1]
    for name in ("transferred", "message", "failed", "answered"):
        if name in call.achieved:
            return name
    return "answered" if call.answered and not call.wanted else "abandoned"
