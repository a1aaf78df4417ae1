"""What the options of several commands have in common."""

from __future__ import annotations

from pathlib import Path

from frontdesk.settings import Settings

__all__ = ["BadOption", "business_folder"]


class BadOption(Exception):
    """An option cannot be used; the message is one sentence."""


def business_folder(given: Path | None, settings: Settings | None = None) -> Path | None:
    """The folder that `--business` or the installation names; None stands for the checkout. Raises BadOption and SettingsProblem."""
    folder = given or (settings or Settings.from_environment()).business
    if folder is not None and not folder.is_dir():
        raise BadOption(f"There is no folder {folder}; --business names one that holds states.yaml, business.yaml or prompts/.")
    return folder
