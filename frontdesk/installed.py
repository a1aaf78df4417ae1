"""The program as it is installed: where it lies, and what stands for its content in the keys of what is kept from one run to the next.

Nothing heavy is loaded here: what was kept is of use only where it is found sooner than it could be made again.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

__all__ = ["CHECKOUT", "digest", "program"]

CHECKOUT: Final = Path(__file__).resolve().parents[1]
"""The folder that holds the packages, whose own states.yaml, business.yaml and prompts/ are the defaults."""


def digest(*parts: str) -> str:
    """Stands for these texts, in this order; 64 hexadecimal digits (SHA-256)."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def program(folders: Iterable[str]) -> str:
    """Stands for Python, the installed libraries, and the program in these folders of the checkout.

    By content: an image or an archive may give all files one time, and an edit may keep the length.
    """
    return _program(CHECKOUT, tuple(folders))


def _sources(folder: Path) -> Iterator[tuple[str, str]]:
    """The sources below a folder, in a fixed order: how they are called there, and where they lie."""
    for place, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        below = place.removeprefix(str(folder))
        yield from ((f"{below}/{name}", f"{place}/{name}") for name in sorted(names) if name.endswith((".py", ".yaml")))


@lru_cache(maxsize=4096)
def _content(file: str) -> str:
    """Stands for the content of a source; read once, as keys rest on folders that hold one another."""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


@lru_cache(maxsize=4)
def _program(checkout: Path, folders: tuple[str, ...]) -> str:
    contents = (f"{folder} {name} {_content(file)}" for folder in folders for name, file in _sources(checkout / folder))
    libraries = (found.name for place in sys.path for found in sorted(Path(place or ".").glob("*.dist-info")))
    return digest(sys.version, *contents, *libraries)
