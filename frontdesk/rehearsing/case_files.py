"""Where calls and goals are kept: by the name of a file and of its folder. Nothing is read here."""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["CALLERS", "is_business_folder", "is_case_file"]

CALLERS: Final = "callers.yaml"


def is_case_file(file: Path) -> bool:
    """Whether this may be a file of calls or goals."""
    if file.parent.name == "calls":
        return file.suffix == ".yaml" and file.name != CALLERS
    return file.parent.name == "goals" and file.suffix in {".yaml", ".json"}


def is_business_folder(folder: Path) -> bool:
    """Whether anything that `--business` takes is in this folder."""
    return any((folder / name).exists() for name in ("business.yaml", "states.yaml", "prompts"))
