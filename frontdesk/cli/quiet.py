"""Rehearsed calls fail on purpose, and what is logged of that is no news to anybody."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["quiet"]


@contextmanager
def quiet() -> Iterator[None]:
    """Warnings of our own are not logged meanwhile; errors are."""
    logger = logging.getLogger("frontdesk")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
