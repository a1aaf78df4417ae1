"""Server-sent events out of bytes that come in any pieces (WHATWG HTML, "Server-sent events"; only `data` is used)."""

from __future__ import annotations

from typing import Final

from integrations.models.errors import BadAnswer

__all__ = ["EventReader"]

_LONGEST: Final = 1 << 20
"""Bytes that one event may have; no honest one comes near."""


class EventReader:
    """Feed it bytes; it gives the data of each event that is complete.

    Lines end with LF or CRLF only. Readers that also end them at U+2028, which may stand in JSON, break such an answer in two.
    """

    def __init__(self) -> None:
        self._rest = bytearray()
        self._data: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes) -> list[str]:
        """The events that `chunk` completes. Raises BadAnswer for an event beyond all size or not in UTF-8."""
        self._rest += chunk
        found: list[str] = []
        *lines, rest = self._rest.split(b"\n")
        self._rest = rest
        for line in lines:
            self._line(bytes(line.removesuffix(b"\r")), found)
        if len(self._rest) + self._size > _LONGEST:
            message = "The model's server sent an event that is too long."
            raise BadAnswer(message)
        return found

    def end(self) -> list[str]:
        """The event that the end of the stream completes: servers forget the last empty line."""
        found: list[str] = []
        if self._rest:
            self._line(bytes(self._rest), found)
            self._rest = bytearray()
        self._line(b"", found)
        return found

    def _line(self, line: bytes, found: list[str]) -> None:
        if line.startswith(b"data:"):
            data = line[5:].removeprefix(b" ")
            self._data.append(data)
            self._size += len(data)
        elif not line and self._data:
            try:
                found.append(b"\n".join(self._data).decode())
            except UnicodeDecodeError:
                message = "The model's server sent bytes that are no UTF-8."
                raise BadAnswer(message) from None
            self._data, self._size = [], 0
