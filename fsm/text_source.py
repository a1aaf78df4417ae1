"""Text files that people edit: read as UTF-8, or told in one problem why they cannot be."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final

from fsm.problems import Problem

__all__ = ["LARGEST_BYTES", "read_text"]

LARGEST_BYTES: Final = 2_000_000
"""No file of ours comes near it; a larger one is something else by mistake."""
_LAST_VERSION: Final = "Put back the last version that worked."


def read_text(path: Path, shown_as: str | None = None, *, largest: int = LARGEST_BYTES) -> tuple[str, Problem | None]:
    """The text of a file without the mark that some editors put before it, or an empty one and what is wrong.

    `shown_as` is the name that the problem uses (default: the path as given); `largest` is in bytes.
    """
    file = shown_as or str(path)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):  # a pipe would be waited for, a device has no end
            return "", Problem("unreadable", file, 0, 0, "This is no file, but a pipe or a device.", "Put a file in its place.")
        if found.st_size > largest:
            return "", Problem("file-too-large", file, 0, 0, f"The file is larger than {largest:,} bytes.", _LAST_VERSION)
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return "", Problem("no-file", file, 0, 0, "There is no such file.", "Create it or correct its name.")
    except UnicodeDecodeError:
        return "", Problem("not-text", file, 0, 0, "The file is not UTF-8 text.", "Save it as UTF-8.")
    except OSError as error:
        why = f"The file cannot be read: {error.strerror or error}."
        return "", Problem("unreadable", file, 0, 0, why, "Check that it is a file you may read.")
    if not text.strip():
        return "", Problem("empty-file", file, 1, 1, "The file is empty.", _LAST_VERSION)
    return text, None
