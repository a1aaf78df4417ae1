"""Numbers of things in sentences for people."""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: float, one: str, several: str = "") -> str:
    """ "1 state", "2 states"; `several` where it is not `one` with an s."""
    shown = f"{number:g}" if isinstance(number, float) else str(number)
    return f"{shown} {one if number == 1 else several or f'{one}s'}"
