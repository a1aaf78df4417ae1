"""Errors of `spoken`.

    SpokenError
    ├── UnknownLanguage   no data folder for this language
    ├── UnknownKind       `understand` or `say` was asked for a kind of value that it does not know
    └── BrokenData        a data file lacks a key or has the wrong form

An utterance never raises: what cannot be understood is a reading with the status `nothing`.
"""

from __future__ import annotations

__all__ = ["BrokenData", "SpokenError", "UnknownKind", "UnknownLanguage"]


class SpokenError(Exception):
    """The caller of this package asked for something that it does not have."""


class UnknownLanguage(SpokenError):
    """There is no data for this language; add a folder under `spoken/data`."""


class UnknownKind(SpokenError):
    """There is no reader or no words for this kind of value."""


class BrokenData(SpokenError):
    """A data file of a language cannot be used; the message names the file."""
