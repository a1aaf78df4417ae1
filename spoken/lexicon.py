"""Language data: `spoken/data/<language>/<name>.yaml`, read once, when first needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from spoken.errors import BrokenData, UnknownLanguage

__all__ = ["available_languages", "load", "phrases"]

_DATA: Final = Path(__file__).parent / "data"
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}\Z")


@lru_cache(maxsize=1)
def available_languages() -> tuple[str, ...]:
    """Languages that have data, in alphabetical order."""
    return tuple(sorted(path.name for path in _DATA.iterdir() if path.is_dir() and _LANGUAGE.match(path.name)))


@lru_cache(maxsize=128)
def load(language: str, name: str) -> Mapping[str, Any]:
    """The data file `name` of a language.

    Raises UnknownLanguage when there is no folder for the language, BrokenData when the file is missing or no mapping.
    """
    from yaml import YAMLError

    from spoken.data_files import WORDS, read_file

    if not _LANGUAGE.match(language) or not (_DATA / language).is_dir():
        raise UnknownLanguage(f"There is no language data for {language!r}; use one of {', '.join(available_languages())}.")
    path = _DATA / language / f"{name}.yaml"
    try:
        content = read_file(path, WORDS)
    except (OSError, YAMLError) as error:
        raise BrokenData(f"Language data {language}/{name}.yaml cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise BrokenData(f"Language data {language}/{name}.yaml must be a mapping.")
    return content


def phrases(language: str, name: str, key: str) -> Iterable[str]:
    """The list of phrases under `key`; empty when the language needs none."""
    value = load(language, name).get(key) or ()
    if not isinstance(value, list | tuple):
        raise BrokenData(f"{key} in language data {language}/{name}.yaml must be a list of phrases.")
    return [str(item) for item in value]
