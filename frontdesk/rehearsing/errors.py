"""What can go wrong with a rehearsed call.

RehearsingError
├── Broken     the call did what no call may do
└── BadFile    a file of calls or goals cannot be used
"""

from __future__ import annotations

__all__ = ["BadFile", "Broken", "RehearsingError"]


class RehearsingError(Exception):
    """A call cannot be rehearsed, or went as no call may go. The message is one sentence."""


class Broken(RehearsingError):
    """The call did what no call may do; the message says what."""


class BadFile(RehearsingError):
    """A file of calls or goals cannot be used; the message names it and says what is wrong."""
