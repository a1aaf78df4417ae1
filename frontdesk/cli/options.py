"""What the options of several commands have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from frontdesk import environment

if TYPE_CHECKING:
    from frontdesk.settings import Settings

__all__ = ["BadOption", "business_folder", "content_folder"]

_CONTENT: Final = ("states.yaml", "business.yaml", "prompts", "knowledge", "customers.yaml")
_CALLS: Final = ("calls", "goals", "paths")


class BadOption(Exception):
    """An option cannot be used; the message is one sentence."""


def business_folder(given: Path | None, settings: Settings | None = None) -> Path | None:
    """The folder that `--business` or the installation names; None stands for the checkout. Raises BadOption and SettingsProblem."""
    folder = given or (settings.business if settings is not None else _of_the_installation())
    return None if folder is None else _holding(folder, "--business names one", *_CONTENT, *_CALLS)


def _of_the_installation() -> Path | None:
    """What reads settings takes as long to load as a check whose result is known: only where there is something to read."""
    if not environment.given():
        return None
    from frontdesk.settings import Settings

    return Settings.from_environment().business


def content_folder(folder: Path, hint: str) -> Path:
    """A folder that holds something of what product owners edit. `hint`: "--with names one". Raises BadOption."""
    return _holding(folder, hint, *_CONTENT)


def _holding(folder: Path, hint: str, *names: str) -> Path:
    """Any other folder is a slip of the hand: what it lacks would be that of the salon, and found to be in order."""
    wanted = "states.yaml, business.yaml or prompts/"
    if not folder.is_dir():
        raise BadOption(f"There is no folder {folder}; {hint} that holds {wanted}.")
    if not any((folder / name).exists() for name in names):
        raise BadOption(f"The folder {folder} holds no business; {hint} with {wanted}.")
    return folder
