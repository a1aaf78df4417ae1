"""Who spoke when in a call, and what the time between the caller's last sound and our first was spent on."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Gap", "Part", "Timeline", "Utterance", "Who", "milliseconds"]


class Who(StrEnum):
    CALLER = "caller"
    FRONTDESK = "frontdesk"


class Part(StrEnum):
    """What a gap is spent on, in the order in which it happens."""

    ENDPOINTING = "endpointing"
    """Waiting whether the caller goes on."""
    UNDERSTANDING = "understanding"
    """From words to what they mean."""
    ENGINE = "engine"
    """Steps of the graph, and the words of the first line."""
    ACTION = "action"
    """Work in the outside world that the first line had to wait for."""
    SYNTHESIS = "synthesis"
    """From the first line to its first sound."""
    PLAYOUT = "playout"
    """From that to a sound that can be heard: a voice may begin with a breath of nothing."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something that was said, in seconds since the beginning of the recording; `text` as far as it was heard."""

    who: Who
    text: str
    began_s: float
    ended_s: float


@dataclass(frozen=True, slots=True)
class Gap:
    """From the last sound of the caller's `turn` to our first. `parts` are seconds; together they are the whole gap."""

    turn: int
    began_s: float
    parts: Mapping[Part, float]

    @property
    def seconds(self) -> float:
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole call, `seconds` long; utterances in the order in which they began."""

    seconds: float
    utterances: Sequence[Utterance]
    gaps: Sequence[Gap]

    @property
    def median_gap_s(self) -> float:
        """Of the gaps. Raises StatisticsError when nothing was answered."""
        return statistics.median(gap.seconds for gap in self.gaps)

    def as_text(self) -> list[str]:
        """Lines for people: what was said when, and under each of the caller's turns what the gap was spent on, in milliseconds."""
        gaps = {gap.began_s: gap for gap in self.gaps}
        lines = []
        for utterance in self.utterances:
            lines.append(f"{utterance.began_s:7.2f} {utterance.ended_s:7.2f}  {utterance.who:<9}  {utterance.text}")
            gap = gaps.get(utterance.ended_s) if utterance.who is Who.CALLER else None
            if gap is not None:
                lines.append(f"{'':>27}{milliseconds(gap.seconds)} ms: {_spent(gap)}")
        if self.gaps:
            lines.append(
                f"From the caller's last sound to our first: {milliseconds(self.median_gap_s)} ms (median of {len(self.gaps)} turns)."
            )
        return lines


def _spent(gap: Gap) -> str:
    return ", ".join(f"{part} {milliseconds(seconds)}" for part, seconds in gap.parts.items() if seconds)


def milliseconds(seconds: float) -> str:
    """Whole ones; tenths where there are few."""
    value = seconds * 1000
    return f"{value:.1f}" if 0 < value < 10 else f"{value:.0f}"
