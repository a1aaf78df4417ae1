"""Adds to the paths of a graph until faults put into it on purpose are noticed: a path for each that goes unnoticed so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from frontdesk.processes import mapped
from frontdesk.proving.covering import GeneratedPath, Sayable, made_path
from frontdesk.proving.exploring import Explored
from frontdesk.proving.judging import Judge, differs
from frontdesk.proving.mutants import Mutant
from frontdesk.proving.situations import Setting, Situations, Stretch
from frontdesk.proving.telling import Told, untold
from frontdesk.proving.telling_apart import TellingApart

__all__ = ["Sharpening"]

_MOST_TRIED: Final = 6
"""Calls that are tried for one fault, in the hope that the rules understand one of them."""

_MOST_FALSE: Final = 200
"""Calls that are looked at for one fault, those that do not differ after all included."""


class Sharpening:
    """Makes paths that tell changed graphs from the original one."""

    def __init__(self, explored: Explored, sayable: Sayable, judge: Judge, most_tried: int = _MOST_TRIED) -> None:
        self._explored, self._sayable, self._judge, self._most_tried = explored, sayable, judge, most_tried
        self._apart = TellingApart(explored)

    def paths_against(self, mutants: Sequence[Mutant], processes: int, told: Told = untold) -> list[GeneratedPath]:
        """A path for each fault that goes unnoticed, where one is found and none of those before it notices the fault as well.

        `told` hears of how many faults it has come to; in whichever process that is.
        """

        def against(numbered: tuple[int, Mutant]) -> GeneratedPath | None:
            number, mutant = numbered
            told(f"faults put in on purpose: {number} of {len(mutants)}")
            return self._against(mutant)

        found = mapped(against, list(enumerate(mutants, 1)), processes)
        chosen: list[GeneratedPath] = []
        for mutant, path in zip(mutants, found, strict=True):
            if path is not None and not self._judge.noticed_by(chosen, mutant):
                chosen.append(path)
        return chosen

    def _against(self, mutant: Mutant) -> GeneratedPath | None:
        changed = self._judge.unnoticed(mutant)
        return self.path_against(changed) if changed is not None else None

    def path_against(self, changed: Situations) -> GeneratedPath | None:
        """A path that goes otherwise in a changed graph, in words that the rules understand if there are some; None if none is found."""
        heard_only: GeneratedPath | None = None
        for setting, stretches in islice(self._true_differences(changed), self._most_tried):
            path = made_path(self._explored, setting, stretches, self._sayable)
            if path is not None and not path.setting.by_model:
                return path
            heard_only = heard_only or path
        return heard_only

    def _true_differences(self, changed: Situations) -> Iterator[tuple[Setting, tuple[Stretch, ...]]]:
        """Calls that differ from their beginning on, too: a moment of the original may hold what the changed graph never comes to."""
        for difference in islice(self._apart.differences(changed), _MOST_FALSE):
            path = made_path(self._explored, difference.setting, difference.stretches)
            if path is not None and differs(changed, path):
                yield difference.setting, difference.stretches
