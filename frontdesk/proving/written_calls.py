"""What the written calls and the goals of a business cover: they are held as `frontdesk test` holds them, and watched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from frontdesk.proving.report import Coverage
from frontdesk.proving.targets import covered
from frontdesk.proving.telling import Told, untold
from frontdesk.rehearsing.stages import Stages
from frontdesk.rehearsing.suite import folder_of_cases, rehearse, written_cases
from fsm.call import Call
from fsm.events import Event
from fsm.step import Step

__all__ = ["cover_written"]


async def cover_written(coverage: Coverage, business: Path | None, languages: Sequence[str], told: Told = untold) -> None:
    """Holds every goal, and every call in the first language it is written in. Raises CaseProblems, as `written_cases` does."""
    found: set[str] = set()

    def sees(before: Call, event: Event, made: Step) -> None:
        found.update(covered(coverage.graph, before, event, made))

    held: set[tuple[str, str]] = set()
    with Stages(business, sees) as stages:
        for case in written_cases(folder_of_cases(business), languages):
            if (case.kind, case.name) not in held:
                held.add((case.kind, case.name))
                told(f"{case.kind}: {len(held)}")
                found.clear()
                await rehearse(case, stages)
                coverage.add(case.kind, found)
