"""What was made of files, kept from one run to the next: after an edit of one file the others need not be read anew.

The key holds the content of the files and of the program, so that what is kept can never be out of date; it can only be missing.
"""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from frontdesk import installed
from frontdesk.installed import CHECKOUT, digest
from frontdesk.kept_file import replace_file

__all__ = ["READINGS", "KeptReadings"]

READINGS: Final = CHECKOUT / "var" / "readings"
"""Where an installation keeps them."""

_MOST: Final = 60
"""Files that are kept, each up to a fifth of a megabyte: a few businesses, and a few of the last edits of each."""
_OURS: Final = ("fsm", "spoken", "integrations", "frontdesk")
_ELSEWHERE: Final = frozenset(
    {("builtins", "frozenset"), ("builtins", "set"), ("datetime", "date"), ("datetime", "time"), ("decimal", "Decimal")}
)
"""What readings consist of besides plain values and objects of our own classes."""


class KeptReadings:
    """The last readings, each in a file of its own."""

    def __init__(self, folder: Path = READINGS) -> None:
        self._folder = folder

    def find(self, key: tuple[object, ...]) -> Any:
        """What is kept under this key; None where there is nothing, or nothing that can be read."""
        file = self._file(key)
        try:
            found = _Unpickler(io.BytesIO(file.read_bytes())).load()
        except Exception:  # noqa: BLE001 - somebody else's file, or one that was cut short: whatever it does to the reader
            return None
        with suppress(OSError):
            os.utime(file)  # else it would be the next to go
        return found

    def keep(self, key: tuple[object, ...], made: Any) -> None:
        """Keeps something for the next time, as a whole. That it cannot be written only costs time."""
        with suppress(OSError):
            replace_file(self._file(key), pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
            for old in sorted(self._folder.iterdir(), key=_age)[_MOST:]:
                old.unlink(missing_ok=True)

    def _file(self, key: tuple[object, ...]) -> Path:
        return self._folder / digest(installed.program(_OURS), *_words(key))[:32]


class _Unpickler(pickle.Unpickler):
    """Makes plain values, and objects of our own classes: whoever can write the file cannot have anything else called."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module.partition(".")[0] in _OURS or (module, name) in _ELSEWHERE else None
        ours = isinstance(found, type) and found.__module__.partition(".")[0] in _OURS  # and nothing that a module of ours has imported
        if not ours and (module, name) not in _ELSEWHERE:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a reading.")
        return found


def _words(parts: Iterable[object]) -> Iterable[str]:
    """The parts of a key, in an order that is the same in every process."""
    for part in parts:
        if isinstance(part, tuple | list):
            yield from (f"{len(part)}", *_words(part))
        elif isinstance(part, frozenset):
            yield from (f"{len(part)}", *sorted(_words(part)))
        elif part is None or isinstance(part, str | int | Path):
            yield f"{type(part).__name__} {part}"
        else:
            raise TypeError(f"{part!r} cannot be part of a key.")


def _age(file: Path) -> float:
    try:
        return -file.stat().st_mtime
    except OSError:  # another check was quicker
        return 0.0
