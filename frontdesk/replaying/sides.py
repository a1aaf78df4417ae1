"""What comes of many calls against an edited content, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.replaying.comparing import Compared
from fsm.counted import counted
from fsm.outcome import outcome

__all__ = ["Sides", "verdict"]


@dataclass(slots=True)
class Sides:
    """How many calls would go how."""

    same: int = 0
    parted: int = 0
    reworded: int = 0
    not_made: int = 0
    of_others: int = 0
    """Calls of other businesses in the same database, which were not compared."""

    def add(self, found: Compared) -> None:
        """Counts one call."""
        self.parted += found.parts is not None
        self.reworded += found.parts is None and found.words is not None
        self.same += found.parts is None and found.words is None

    def __str__(self) -> str:
        compared = self.same + self.parted + self.reworded
        were = "was" if self.of_others == 1 else "were"
        others = f"; {counted(self.of_others, 'call')} of other businesses {were} left out" if self.of_others else ""
        if not compared + self.not_made:
            return f"No such calls are stored{others}."
        parts = [
            f"{counted(compared, 'call')} compared: {self.parted} would go another way",
            f"{self.reworded} would go the same way in other words",
            f"{self.same} would be the same",
        ]
        left = f"; {self.not_made} could not be replayed" if self.not_made else ""
        return f"{', '.join(parts)}{left}{others}."


def verdict(found: Compared, was: str | None) -> str:
    """One call in one sentence. `was` is the outcome that was stored."""
    if found.parts is None and found.words is None:
        return "would be the same."
    if found.parts is None:
        return f"the same way, in other words from turn {found.words}."
    said = f"another way from turn {found.parts}."
    call = found.after.call
    if call.ended:
        now = outcome(call)
        return f"{said} It ended {was or 'nowhere'}, and would end {now}." if now != was else f"{said} It would end {now} as before."
    return f"{said} It ended {was or 'nowhere'}; with the edit it is not known how it would end."
