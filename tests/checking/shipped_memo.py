"""What the shipped sentences invite to, read once for all the tests that check a folder begun from the shipped one."""

from __future__ import annotations

from frontdesk.checking.memo import Memo

__all__ = ["MEMO"]

MEMO = Memo()
"""Its keys hold all that a verdict rests on, so no test learns from another what is not so in its own folder."""
