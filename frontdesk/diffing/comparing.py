"""Two versions compared."""

from __future__ import annotations

from frontdesk.diffing.business import business_changes
from frontdesk.diffing.change import Change, Grade, in_order
from frontdesk.diffing.graph import graph_changes
from frontdesk.diffing.offers import offer_changes
from frontdesk.diffing.renaming import under_new_names
from frontdesk.diffing.side import Side
from frontdesk.diffing.texts import text_changes

__all__ = ["compare"]


def compare(old: Side, new: Side) -> list[Change]:
    """What callers meet otherwise, the dangerous changes first. Empty for versions that mean the same."""
    old, names = under_new_names(old, new)
    renamed = [Change(Grade.HARMLESS, f"The state {before} is now called {after}.", "states.yaml") for before, after in names.items()]
    return in_order([*renamed, *graph_changes(old, new), *business_changes(old, new), *offer_changes(old, new), *text_changes(old, new)])
