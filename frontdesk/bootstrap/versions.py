"""One version of what product owners edit: all its files as they are at one moment, named by a digest of them."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from frontdesk.bootstrap.reading import Folders
from frontdesk.files_below import files_below
from fsm.problems import Problem
from integrations.records.port import ContentVersion

__all__ = ["content_files", "gone_since", "read_version", "unpacked"]

_WHOLE: Final = frozenset({"states.yaml", "business.yaml"})
"""Files of a business that take the place of the default as a whole; under prompts/ it changes lines and lists one by one."""
_NO_CONTENT: Final = frozenset({"prompts/demo.yaml"})
_KINDS: Final = frozenset({".yaml", ".md"})


def content_files(folders: Folders) -> dict[str, Path]:
    """The files that a content is made of, by name: own/… of the business, defaults/… for what it lacks."""
    own = _files(folders.business) if folders.business is not None else {}
    defaults = {
        name: path
        for name, path in _files(folders.defaults).items()
        if not (name in _WHOLE and name in own) and not (name.startswith("knowledge/") and "business.yaml" in own)
    }
    return {**{f"defaults/{name}": path for name, path in defaults.items()}, **{f"own/{name}": path for name, path in own.items()}}


def read_version(folders: Folders) -> ContentVersion:
    """What stands in the files now. A file that cannot be read is left out: reading the content says so."""
    files = {}
    for name, path in sorted(content_files(folders).items()):
        try:
            files[name] = path.read_bytes()
        except OSError:
            continue
    whole = hashlib.sha256()
    for name, content in files.items():
        whole.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    folder = str(folders.business.resolve()) if folders.business is not None else ""
    return ContentVersion(whole.hexdigest()[:16], folder, files)


def gone_since(version: ContentVersion | None, folders: Folders) -> tuple[Problem, ...]:
    """Files that a version had of the business as a whole and that are gone: those of the salon would serve in their place, unasked.

    A business that is to be like the salon there has a copy of the salon's file.
    """
    there, folder = content_files(folders), folders.business or Path()
    lost = [name for name in sorted(_WHOLE) if version is not None and f"own/{name}" in version.files and f"own/{name}" not in there]
    message = "This file is gone; callers would get the salon's instead."
    return tuple(
        Problem("file-gone", str(folder / name), 0, 0, message, f"Put it back. If the salon's {name} is what you want, copy that here.")
        for name in lost
    )


@contextmanager
def unpacked(version: ContentVersion) -> Iterator[Folders]:
    """The files of a version in folders of their own, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-") as folder:
        for name, content in version.files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        own = Path(folder, "own")
        yield Folders(own if own.is_dir() else None, Path(folder, "defaults"))


def _files(folder: Path) -> dict[str, Path]:
    found = [folder / "states.yaml", folder / "business.yaml", *(folder / "knowledge").glob("*.md"), *files_below(folder / "prompts")]
    names = {path.relative_to(folder).as_posix(): path for path in found if path.suffix in _KINDS and path.is_file()}
    return {name: path for name, path in names.items() if name not in _NO_CONTENT}
