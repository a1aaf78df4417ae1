"""What holds a call: words or a key, and what the call knows, to proposals."""

from __future__ import annotations

from typing import Protocol

from fsm.proposals import Proposal
from fsm.view import View

__all__ = ["Brain"]


class Brain(Protocol):
    """Understands callers. It never raises for what a caller says, and changes nothing itself."""

    async def read(self, text: str, view: View) -> Proposal:
        """What an utterance may mean in this view; empty when nothing was understood."""
        ...

    async def read_key(self, key: str, view: View) -> Proposal:
        """What a keypad key ("0"–"9", "*", "#") means in this view."""
        ...
