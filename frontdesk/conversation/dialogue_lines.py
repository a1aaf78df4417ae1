"""A call as a dialogue that anybody can read: how a line of it is written, and one that says what is wrong."""

from __future__ import annotations

from typing import Final

__all__ = ["NOTHING", "WRONG", "line", "wrong"]

WRONG: Final = "   !! "
"""How a line begins that is no part of the call, but says what is wrong with it."""
NOTHING: Final = "(says nothing)"


def line(who: str, words: str) -> str:
    """A line of a call, with who says it."""
    return f"{who:>12}: {words or NOTHING}"


def wrong(what: str) -> str:
    """A line that says what is wrong."""
    return f"{WRONG}{what}"
