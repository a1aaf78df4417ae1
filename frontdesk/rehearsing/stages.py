"""The business that calls are rehearsed with, and the same with a few settings changed; each is loaded once."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import yaml

from frontdesk.bootstrap.reading import Folders
from frontdesk.rehearsing.errors import UnknownSetting
from frontdesk.rehearsing.rehearsal import Sees, Stage

__all__ = ["Stages"]


class Stages:
    """The stages of one business folder (None: the checkout). A context manager: changed settings are files for a while.

    `sees` is shown every step of every call.
    """

    def __init__(self, business: Path | None = None, sees: Sees | None = None) -> None:
        self._business, self._sees = business, sees
        self._stages: dict[str, Stage] = {}
        self._made: tempfile.TemporaryDirectory[str] | None = None

    def of(self, changes: Mapping[str, Any]) -> Stage:
        """The business with these settings changed, as `{"booking.ask_email": True}`. Raises ContentProblems and UnknownSetting."""
        key = repr(sorted(changes.items()))
        if key not in self._stages:
            self._stages[key] = Stage(self._changed(changes) if changes else self._business)
            self._stages[key].sees = self._sees
        return self._stages[key]

    def close(self) -> None:
        """Removes the changed files."""
        if self._made is not None:
            self._made.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _changed(self, changes: Mapping[str, Any]) -> Path:
        self._made = self._made or tempfile.TemporaryDirectory(prefix="frontdesk-")
        folder = Path(tempfile.mkdtemp(dir=self._made.name))
        content = yaml.safe_load(Folders(self._business).file("business.yaml")[0].read_text(encoding="utf-8"))
        for path, value in changes.items():
            *parents, name = path.split(".")
            section = content
            for parent in parents:
                section = section.get(parent) if isinstance(section, dict) else None
            if not isinstance(section, dict):
                raise UnknownSetting(f"business.yaml has no setting “{path}”.")
            section[name] = value
        (folder / "business.yaml").write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
        for other in sorted(self._business.iterdir()) if self._business is not None else ():
            if other.name != "business.yaml":
                (folder / other.name).symlink_to(other.absolute())
        return folder
