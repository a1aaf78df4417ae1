"""What the prompts of a business cost a model, and what they may cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

__all__ = ["BUDGET", "Tokens"]

BUDGET: Final = 450
"""Tokens (o200k) of persona, prompt and tools of one state. The name of the business, what is known, and what is said come on top."""

_UNSURE: Final = 1.1
"""An estimate may be wrong by a tenth, and is over the budget only beyond that."""


@dataclass(frozen=True)
class Tokens:
    """The tokens of each state that has a prompt. `estimated` where the counter is not installed: from the length, within a tenth."""

    states: Mapping[str, int] = field(default_factory=dict)
    estimated: bool = False

    @property
    def most(self) -> int:
        """Those of the longest; 0 where no state has a prompt."""
        return max(self.states.values(), default=0)

    def over(self, state: str) -> bool:
        return self.states[state] > BUDGET * (_UNSURE if self.estimated else 1)
