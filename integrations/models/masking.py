"""Personal data out of what is written to a file, and back again when it is read beside the same words.

Each value gets a mark such as <digits-1>, in the order in which the request holds them: another number in the same place gives
the same mark, so that a recording fits every caller who says the same, and the answer gets that caller's own number again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

__all__ = ["FindPersonal", "Marks", "digits_and_addresses"]

FindPersonal: TypeAlias = Callable[[str], Iterable[tuple[str, str]]]
"""Finds what is personal in a text: kind (one word, such as "name") and the very characters."""

_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DATE: Final = r"\d{4}-\d{2}-\d{2}"
_DIGITS: Final = re.compile(rf"(?<![\d-])(?!{_DATE}(?!\d))\+?\d(?:[ .\-/()]{{0,3}}\d){{5,}}")
_MARK: Final = re.compile(r"<[a-z_]+-(?:\d+|unknown)>")


def digits_and_addresses(text: str) -> list[tuple[str, str]]:
    """Mail addresses, and digits that may be a number of a person: six or more in a row, however grouped. Dates stay.

    Names and numbers in words are not found: whoever knows them (the facts of the call) passes a finder of their own.
    """
    found = [("address", match.group()) for match in _ADDRESS.finditer(text)]
    return [*found, *(("digits", match.group()) for match in _DIGITS.finditer(_ADDRESS.sub(" ", text)))]


class Marks:
    """The marks of one request. `find` says what is personal in each of its texts, given to :meth:`hide` one after another."""

    def __init__(self, find: FindPersonal = digits_and_addresses) -> None:
        self._find = find
        self._marks: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def hide(self, text: str) -> str:
        """`text` of the request with marks; what is found for the first time gets the next mark of its kind."""
        for kind, value in self._find(text):
            if value and value not in self._marks:
                self._counts[kind] = self._counts.get(kind, 0) + 1
                self._marks[value] = f"<{kind}-{self._counts[kind]}>"
        return self._replace(text)

    def hide_in_answer(self, text: str) -> str:
        """`text` of the answer with the marks of the request; what is personal and was not in the request is gone for good."""
        hidden = self._replace(text)
        for kind, value in self._find(hidden):
            if value and not _MARK.search(value):
                hidden = hidden.replace(value, f"<{kind}-unknown>")
        return hidden

    def show(self, text: str) -> str:
        """`text` with the values of this request in place of its marks."""
        values = {mark: value for value, mark in self._marks.items()}
        return _MARK.sub(lambda mark: values.get(mark.group(), mark.group()), text)

    def _replace(self, text: str) -> str:
        # The longest first: one value may be a part of another.
        for value in sorted(self._marks, key=len, reverse=True):
            text = text.replace(value, self._marks[value])
        return text
