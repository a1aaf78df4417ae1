"""What was made of files is remembered as long as they stay as they are: an edit of one file does not make the others be read anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar

from frontdesk.bootstrap.kept_readings import KeptReadings
from frontdesk.installed import digest
from frontdesk.kept_file import content_digest

__all__ = ["is_remembered", "remembered"]

T = TypeVar("T")

_MOST: Final = 24
"""Results that are kept: each kind of file for a few businesses, or for a few of the last edits."""

_made: Final[OrderedDict[Hashable, Any]] = OrderedDict()


def remembered(what: str, files: Iterable[Path], also: Hashable, make: Callable[[], T], kept: KeptReadings | None = None) -> T:
    """The result of `make`, which rests on nothing but the content of these files and on `also`; it is never changed by whoever gets it.

    Remembered only where the files were the same before and after: they may be saved while they are being read. With `kept` also
    from one run to the next.
    """
    paths = tuple(files)
    key = (what, paths, _digest(paths), also)
    result: T | None = _found(key, kept)
    if result is not None:
        return result
    result = make()
    if _digest(paths) == key[2]:
        _remember(key, result)
        if kept is not None:
            kept.keep(key, result)
    return result


def is_remembered(what: str, files: Iterable[Path], also: Hashable, kept: KeptReadings | None = None) -> bool:
    """Whether :func:`remembered` would have nothing to do."""
    paths = tuple(files)
    return _found((what, paths, _digest(paths), also), kept) is not None


def _found(key: tuple[Hashable, ...], kept: KeptReadings | None) -> Any:
    with suppress(KeyError):  # one step: another thread may drop it meanwhile
        result = _made[key]
        _made.move_to_end(key)
        return result
    result = kept.find(key) if kept is not None else None
    if result is not None:
        _remember(key, result)
    return result


def _remember(key: tuple[Hashable, ...], result: object) -> None:
    _made[key] = result
    while len(_made) > _MOST:
        _made.popitem(last=False)


def _digest(paths: tuple[Path, ...]) -> str:
    return digest(*map(content_digest, paths))
