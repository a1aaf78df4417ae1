"""What an audit of a sentence comes to."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Reason", "Verdict"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sentence is cut: a stable code ("time", "price", "success"…), where it stands (half-open, in characters), and its words."""

    code: str
    span: tuple[int, int]
    claim: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Passed when there is no reason against the sentence."""

    reasons: tuple[Reason, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.reasons
