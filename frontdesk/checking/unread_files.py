"""Files of a business folder that nothing reads because of their name or their place, so that callers get the salon's instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from frontdesk.bootstrap.reading import PERSONA, Folders
from frontdesk.business.languages import LANGUAGE_NAMES
from frontdesk.prompting.lines import KINDS
from fsm.problems import Problem

__all__ = ["check_unread_files"]

_BY_LANGUAGE: Final = (*KINDS, "phrases", "invitations")
_LANGUAGES: Final = tuple(f"{language}.yaml" for language in LANGUAGE_NAMES)
_FOLDERS: Final[Mapping[str, tuple[str, ...]]] = {
    ".": ("business.yaml", "states.yaml", "customers.yaml", "prompts", "knowledge", "calls", "goals", "paths"),
    "prompts": (*_BY_LANGUAGE, "states", PERSONA),
    **{f"prompts/{kind}": _LANGUAGES for kind in _BY_LANGUAGE},
}
"""What is read in each folder of a business."""
_FILES: Final = (".yaml", ".yml", ".md", ".txt")
_NEAR: Final = 0.8


def check_unread_files(folders: Folders) -> Iterator[Problem]:
    """unread-file: nearly the name of a file or folder that is read and is not there. A copy beside the file itself is left alone."""
    if folders.business is None or not folders.business.is_dir():
        return
    for name, known in _FOLDERS.items():
        folder = folders.business / name
        if folder.is_dir():
            yield from _in_folder(folder, known)
        elif folder.is_file():
            yield Problem("unread-file", str(folder), 0, 0, "This is a file, and a folder is looked for.", "Make it a folder of this name.")


def _in_folder(folder: Path, known: tuple[str, ...]) -> Iterator[Problem]:
    there = {path.name for path in folder.iterdir()}
    for path in sorted(folder / name for name in there - set(known)):
        if not path.is_dir() and path.suffix.lower() not in _FILES:
            continue
        near = difflib.get_close_matches(_plain(path), known, 1, _NEAR)
        if near and near[0] not in there and path.is_dir() == ("." not in near[0]):
            yield Problem("unread-file", str(path), 0, 0, "Nothing reads this, because of its name.", f"Call it “{near[0]}”.")


def _plain(path: Path) -> str:
    """The name in small letters and with the ending that is read: FR.yml is fr.yaml, "states.yaml.txt" is states.yaml."""
    name = path.name.lower().removesuffix(".txt")
    return f"{name.removesuffix('.yml')}.yaml" if name.endswith(".yml") else name
