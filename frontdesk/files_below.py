"""The files of a folder of content, also where a folder in it is a link to one that several businesses share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

__all__ = ["files_below"]


def files_below(folder: Path) -> Iterator[Path]:
    """Everything in `folder` and below that is no folder, in the order of the names; nothing where there is no such folder.

    Links to folders are followed, as they are by whoever opens a file by its name; a link into a folder that it stands in is not. A
    folder that may not be looked into is left out.
    """
    yield from _below(folder, frozenset())


def _below(folder: Path, above: frozenset[str]) -> Iterator[Path]:
    here = os.path.realpath(folder)
    if here in above or not folder.is_dir():
        return
    try:
        there = sorted(folder.iterdir())
    except PermissionError:
        return
    for path in there:
        if path.is_dir():
            yield from _below(path, above | {here})
        else:
            yield path
