"""Faults that nobody notices, each with the reason: a list that people write, and that is held against what is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from fsm.yaml_source import load_plain

__all__ = ["Survivor", "read_survivors", "reason_for", "unneeded"]


@dataclass(frozen=True, slots=True)
class Survivor:
    """Why a fault goes unnoticed: `fault` as it is told, `*` for any words."""

    fault: str
    why: str

    def covers(self, fault: str) -> bool:
        """Whether it speaks of this fault."""
        return fnmatchcase(fault, self.fault.replace("[", "[[]"))


def read_survivors(file: Path) -> list[Survivor]:
    """The survivors of a file, none where there is no such file. Raises ValueError for what it cannot read."""
    if not file.is_file():
        return []
    read = load_plain(file.read_text(encoding="utf-8")) or []
    try:
        return [Survivor(str(one["fault"]), str(one["why"])) for one in read]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{file}: a survivor has “fault” and “why”.") from error


def reason_for(fault: str, survivors: Iterable[Survivor]) -> str | None:
    """The reason that is given for a fault, None where nobody has said why."""
    return next((survivor.why for survivor in survivors if survivor.covers(fault)), None)


def unneeded(survivors: Iterable[Survivor], survived: Sequence[str]) -> list[Survivor]:
    """Reasons for faults that are noticed, or that there are none of."""
    return [survivor for survivor in survivors if not any(survivor.covers(fault) for fault in survived)]
