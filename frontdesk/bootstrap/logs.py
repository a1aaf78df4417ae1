"""How much an installation writes into its log."""

from __future__ import annotations

import logging
from typing import Final

from frontdesk.settings import Settings

__all__ = ["log_as_set"]

_OURS: Final = ("frontdesk", "fsm", "integrations", "spoken")


def log_as_set(settings: Settings) -> None:
    """Sets the level of our own packages. Libraries stay at warnings: the database's driver logs names and numbers when it debugs."""
    for package in _OURS:
        logging.getLogger(package).setLevel(settings.log_level.upper())
