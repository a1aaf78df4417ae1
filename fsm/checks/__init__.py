"""What must be true of a graph before the first call. Each check finds everything of its kind; none stops another.

What only whole calls show is in :mod:`fsm.checks.explored`, which takes its time to load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from fsm.checks.collected import check_collected
from fsm.checks.consent import check_consent
from fsm.checks.coverage import check_coverage
from fsm.checks.finding import Finding, Place
from fsm.checks.invariants import check_invariants
from fsm.checks.limits import check_limits
from fsm.checks.loops import check_loops
from fsm.checks.names import check_names
from fsm.checks.needs import check_needs
from fsm.checks.reach import check_reach
from fsm.checks.results import check_results
from fsm.checks.shadowed import check_shadowed
from fsm.checks.shape import check_shape
from fsm.checks.subject import Subject
from fsm.checks.texts import check_texts
from fsm.checks.values import check_values

__all__ = ["CHECKS", "Finding", "Place", "Subject", "check_graph"]

CHECKS: Final[tuple[Callable[[Subject], Iterator[Finding]], ...]] = (
    check_names,
    check_values,
    check_shape,
    check_limits,
    check_texts,
    check_shadowed,
    check_coverage,
    check_needs,
    check_collected,
    check_consent,
    check_results,
    check_reach,
    check_loops,
    check_invariants,
)


def check_graph(subject: Subject) -> list[Finding]:
    """Everything that is wrong with a graph, except what follows from parts of the document that could not be read."""
    found = [finding for check in CHECKS for finding in check(subject)]
    if not subject.incomplete:
        return found
    return [finding for finding in found if not any(part[: len(finding.place)] == finding.place for part in subject.incomplete)]
