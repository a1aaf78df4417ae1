"""Keeps what LiveKit logs free of callers: the number that called stands in names of rooms and participants, and so in every record."""

from __future__ import annotations

import logging
import re
from typing import Final

__all__ = ["NoNumbers", "quieten"]

_NUMBER: Final = re.compile(r"\+?\d{7,15}(?=\D|$)")
_MASK: Final = "[number]"
_LIBRARIES: Final = ("livekit", "livekit.agents")
_CHATTY: Final = ("transitions",)
_PRIVATE: Final = "lk.pii."
"""LiveKit's own mark on what is personal: words, names, identities."""


class NoNumbers(logging.Filter):
    """Drops the fields of a record that LiveKit marks as personal, and masks what looks like a telephone number in the names of rooms."""

    def filter(self, record: logging.LogRecord) -> bool:
        for key in [key for key in record.__dict__ if key.startswith(_PRIVATE)]:
            del record.__dict__[key]
        for key in ("room", "participant", "reason"):
            value = record.__dict__.get(key)
            if isinstance(value, str):
                record.__dict__[key] = _NUMBER.sub(_MASK, value)
        if isinstance(record.msg, str) and _NUMBER.search(record.msg):
            record.msg = _NUMBER.sub(_MASK, record.msg)
        return True


def quieten() -> None:
    """In every process of the worker: whatever is logged about calls comes through these loggers."""
    for name in _LIBRARIES:
        logger = logging.getLogger(name)
        if not any(isinstance(known, NoNumbers) for known in logger.filters):
            logger.addFilter(NoNumbers())
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
