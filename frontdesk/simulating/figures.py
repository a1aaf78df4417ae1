"""Shares with their confidence intervals, and the table of a simulation."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from frontdesk.simulating.judging import Result
from frontdesk.simulating.people import GOALS

__all__ = ["Group", "Mean", "Share", "groups", "mean", "share"]

_Z95: Final = 1.959963984540054
"""Of a normal distribution, 95 % lie within so many standard deviations of the middle."""


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `count` calls. `low` and `high` bound the true share with 95 % confidence (Wilson 1927, score interval)."""

    hits: int
    count: int
    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value * 100:5.1f} % ({self.low * 100:.1f} to {self.high * 100:.1f})"


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of calls, and its 95 % confidence interval (normal)."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:4.1f} ({self.low:.1f} to {self.high:.1f})"


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of some calls: those of a goal, of a language, or all."""

    name: str
    calls: int
    success: Share
    gave_up: Share
    asked_again: Share
    """Calls in which a question was put again right after an answer to it."""
    wrong: Share
    broken: Share
    turns: Mean
    repeats: Mean

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def share(hits: int, count: int) -> Share:
    """Wilson's interval; nothing is known of no calls: 0 to 1. Raises ValueError for more hits than calls."""
    if not 0 <= hits <= count:
        message = f"{hits} of {count} is no share"
        raise ValueError(message)
    if count == 0:
        return Share(0, 0, 0.0, 0.0, 1.0)
    value, weight = hits / count, _Z95**2 / count
    middle = (value + weight / 2) / (1 + weight)
    reach = _Z95 * math.sqrt(value * (1 - value) / count + weight / (4 * count)) / (1 + weight)
    low = 0.0 if hits == 0 else max(middle - reach, 0.0)
    return Share(hits, count, value, low, 1.0 if hits == count else min(middle + reach, 1.0))


def mean(values: Sequence[int]) -> Mean:
    """The mean of counts; of a single one nothing more is known than itself."""
    if not values:
        return Mean(0.0, 0.0, 0.0)
    middle = sum(values) / len(values)
    if len(values) == 1:
        return Mean(middle, middle, middle)
    spread = math.sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1))
    reach = _Z95 * spread / math.sqrt(len(values))
    return Mean(middle, max(middle - reach, 0.0), middle + reach)


def groups(results: Sequence[Result]) -> list[Group]:
    """The figures by goal, by language, and of all calls, in this order."""
    goals = [goal for goal in GOALS if any(result.goal == goal for result in results)]
    languages = sorted({result.language for result in results})
    made = [_group(goal, [result for result in results if result.goal == goal]) for goal in goals]
    made += [_group(language, [result for result in results if result.language == language]) for language in languages]
    return [*made, _group("all", results)]


def _group(name: str, results: Sequence[Result]) -> Group:
    def part(holds: Callable[[Result], bool]) -> Share:
        return share(sum(holds(result) for result in results), len(results))

    return Group(
        name=name,
        calls=len(results),
        success=part(lambda result: result.success),
        gave_up=part(lambda result: result.gave_up),
        asked_again=part(lambda result: result.repeats > 0),
        wrong=part(lambda result: bool(result.wrong)),
        broken=part(lambda result: bool(result.broken)),
        turns=mean([result.turns for result in results]),
        repeats=mean([result.repeats for result in results]),
    )
