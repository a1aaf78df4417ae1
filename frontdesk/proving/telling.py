"""Whoever waits for what takes minutes is told how far it has come."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Told", "untold"]

Told = Callable[[str], None]
"""Hears what is being done, in a few words."""


def untold(what: str) -> None:
    """For whoever does not want to know."""
    del what
