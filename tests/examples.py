"""How many examples a property test tries that wants more, or fewer, than the others."""

from __future__ import annotations

from hypothesis import settings

__all__ = ["examples"]

_WHOLE = 60
"""What the others try in `make test-all` (tests/conftest.py)."""


def examples(whole: int) -> int:
    """So many in `make test-all`, a first part of them in `make test`, and more in a search for new ones."""
    return max(1, whole * settings.default.max_examples // _WHOLE)
