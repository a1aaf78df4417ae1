"""What is kept from one run to the next in a file of JSON: whoever cannot read or write it only takes longer."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

__all__ = ["content_digest", "read_kept", "replace_file", "write_kept"]


def read_kept(file: Path) -> Any:
    """What is kept there; None where there is nothing that can be read."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def write_kept(file: Path, content: Any) -> None:
    """Keeps it instead of what is there, as a whole: whoever reads meanwhile gets one or the other."""
    with suppress(OSError):
        replace_file(file, json.dumps(content).encode())


def replace_file(file: Path, content: bytes) -> None:
    """Writes beside a file and puts it in its place, with the folders that it needs. Raises OSError where it cannot be written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    written = file.with_name(f"{file.name}.{os.getpid()}")
    written.write_bytes(content)
    written.replace(file)


def content_digest(file: Path) -> str:
    """Stands for the content of a file; for what it is where it is none, or for why it cannot be read."""
    try:
        mode = file.stat().st_mode  # a pipe would be waited for
        content = file.read_bytes() if stat.S_ISREG(mode) else str(mode).encode()
    except OSError as error:
        content = type(error).__name__.encode()
    return hashlib.sha256(content).hexdigest()
