"""How problems are worded: names in quotes, lists in prose, and what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = ["any_of", "did_you_mean", "nearest", "quoted"]

_LONGEST = 60


def quoted(name: object) -> str:
    """A name in quotes, short and on one line whatever somebody wrote."""
    text = {True: "true", False: "false", None: "nothing"}.get(name, str(name)) if isinstance(name, bool | None) else str(name)
    shown = "".join(char if char.isprintable() else "�" for char in text)
    return f"“{shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + '…'}”"


def any_of(names: Iterable[object], word: str = "or") -> str:
    """“a”, “b” or “c”."""
    shown = [quoted(name) for name in names]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {word} {shown[-1]}" if shown else "nothing"


def nearest(name: object, known: Iterable[str]) -> str | None:
    """The known name that was probably meant, or None."""
    if not isinstance(name, str) or len(name) > _LONGEST:
        return None
    found = difflib.get_close_matches(name.lower(), list(known), 1, 0.6)
    return found[0] if found else None


def did_you_mean(name: object, known: Iterable[str], otherwise: str = "") -> str:
    """A hint with the name that was probably meant; else what can be chosen, if that is few, or `otherwise`."""
    choices = sorted(known)
    near = nearest(name, choices)
    if near is not None:
        return f"Did you mean {quoted(near)}?"
    return otherwise or (f"There is {any_of(choices, 'and')}." if 0 < len(choices) <= 12 else "")
