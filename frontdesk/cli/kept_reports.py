"""What checks came to, kept as long as nothing that they rest on changes: whoever checks again what is known need not wait for it.

The key holds the content of the program, of the business and of the defaults, so that a report can never be out of date; it can only
be missing. Nothing heavy is loaded here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from frontdesk import installed
from frontdesk.files_below import files_below
from frontdesk.installed import CHECKOUT, digest
from frontdesk.kept_file import content_digest, read_kept, write_kept

__all__ = ["REPORTS", "KeptReports", "Told"]

REPORTS: Final = CHECKOUT / "var" / "checked.json"
"""Where an installation keeps them."""

_MOST: Final = 20
"""Reports that are kept: the last ones."""
_PROGRAM: Final = ("fsm", "spoken", "integrations", "frontdesk")
_CONTENT: Final = ("states.yaml", "business.yaml", "customers.yaml", "prompts", "knowledge")
"""What a check reads of a folder. Of a business's own folder the names of all else count too, as of its prompts: one may be a misspelt
one of these, and empty."""


@dataclass(frozen=True)
class Told:
    """What a check tells: in lines for people, as JSON for programs, and by its exit code."""

    code: int
    lines: tuple[str, ...]
    content: Mapping[str, Any]


class KeptReports:
    """The last reports, in a file."""

    def __init__(self, file: Path = REPORTS) -> None:
        self._file = file

    @staticmethod
    def key(business: Path | None) -> str:
        """Stands for all that a check of this folder rests on, and for how its problems name their files."""
        folders = (CHECKOUT,) if business is None else (CHECKOUT, business)
        contents = (part for folder in folders for name in _CONTENT for part in _contents(folder, name))
        names = () if business is None else (*_names(business), *_names(business / "prompts"))
        return digest(installed.program(_PROGRAM), str(business), *contents, *names)[:32]

    def find(self, key: str) -> Told | None:
        """The report of this key, or None."""
        kept = self._read().get(key)
        try:
            return Told(int(kept["code"]), tuple(map(str, kept["lines"])), dict(kept["content"])) if kept is not None else None
        except (KeyError, TypeError, ValueError):  # somebody else's file
            return None

    def keep(self, key: str, told: Told) -> None:
        """Keeps a report for the next time. That it cannot be written only costs time."""
        kept = {**self._read(), key: {"code": told.code, "lines": told.lines, "content": told.content}}
        write_kept(self._file, dict(list(kept.items())[-_MOST:]))

    def _read(self) -> dict[str, Any]:
        kept = read_kept(self._file)
        return kept if isinstance(kept, dict) else {}


def _contents(folder: Path, name: str) -> Iterator[str]:
    """A file, or all files of a folder, by path and content."""
    path = folder / name
    for file in files_below(path) if path.is_dir() else [path]:
        yield f"{file.relative_to(folder)} {content_digest(file)}"


def _names(folder: Path) -> list[str]:
    try:
        return sorted(f"{path.name} {path.is_dir()}" for path in folder.iterdir())
    except OSError as error:
        return [type(error).__name__]
