"""Why stored calls are not made again.

Exception
└── CannotReplay   something of the call, or of the content that it was begun with, is not there
    └── Damaged    it is there, and not as it was written
"""

from __future__ import annotations

__all__ = ["CannotReplay", "Damaged"]


class CannotReplay(Exception):
    """A stored call cannot be made again; the message is one sentence that says why."""


class Damaged(CannotReplay):
    """What was stored of a call is not what was written; restore it from a backup."""
