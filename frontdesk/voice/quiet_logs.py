"""Keeps what LiveKit logs free of callers: the number that called stands in names of rooms and participants, and so in every record."""

from __future__ import annotations

import logging
import re
from typing import Final

__all__ = ["NoNumbers", "quieten", "quieten_handlers"]

_NUMBER: Final = re.compile(r"\+?\d{7,15}(?=\D|$)")
_WITH_COUNTRY: Final = re.compile(r"\+\d{7,15}(?=\D|$)")
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
        for key, value in record.__dict__.items():
            if isinstance(value, str):
                record.__dict__[key] = _named(key).sub(_MASK, value)
        return True


def _named(key: str) -> re.Pattern[str]:
    """In names of rooms and participants any long number is a caller's; elsewhere it may be an id or a time, so it has to look like one."""
    return _NUMBER if key in {"room", "participant", "reason", "msg"} else _WITH_COUNTRY


def quieten() -> None:
    """In every process of the worker: whatever is logged about calls comes through these loggers."""
    for name in _LIBRARIES:
        logger = logging.getLogger(name)
        if not any(isinstance(known, NoNumbers) for known in logger.filters):
            logger.addFilter(NoNumbers())
    quieten_handlers()
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def quieten_handlers() -> None:
    """Once more where records are written: those of a call's process get the name of its room only in the main one, past all loggers."""
    for handler in logging.getLogger().handlers:
        if not any(isinstance(known, NoNumbers) for known in handler.filters):
            handler.addFilter(NoNumbers())
