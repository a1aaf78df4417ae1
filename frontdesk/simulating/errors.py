"""What can go wrong with a simulation.

SimulatingError
├── NoWords     there are no words for callers of a language
└── NoCallers   nobody would ring this business: none of the goals fits it
"""

from __future__ import annotations

__all__ = ["NoCallers", "NoWords", "SimulatingError"]


class SimulatingError(Exception):
    """A simulation cannot be made. The message is one sentence that says what to do."""


class NoWords(SimulatingError):
    """There is no file of callers' words for a language."""


class NoCallers(SimulatingError):
    """None of the goals fits this business."""
