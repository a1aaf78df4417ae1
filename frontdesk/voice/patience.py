"""When nothing heard is a silence. Noise is not: a television does not answer for the caller, and does not keep the line open for ever."""

from __future__ import annotations

from typing import Final

__all__ = ["Patience"]

NOISE_S: Final = 4.0
"""So long a voice may be heard without a word being understood before it counts as noise."""
_WORDS_COMING_S: Final = 1.5
"""So long after a voice its words may still be on their way."""


class Patience:
    """Counts how long nothing was heard, in the seconds of the loop's clock. It stands still while we speak: see :meth:`restart`."""

    def __init__(self) -> None:
        self._since = 0.0
        self._voice_since: float | None = None
        self._voice_until = 0.0
        self._words = False
        self.noises = 0
        """How often a voice was heard in which nothing was understood."""

    def restart(self, now: float) -> None:
        """We have just fallen silent, or a word or a key came: begin to count again."""
        self._since = now
        self._words = True

    def voice(self, active: bool, now: float) -> None:
        """Somebody, or something, begins or ceases to make itself heard."""
        if active and self._voice_since is None:
            self._voice_since, self._words = now, False
        elif not active and self._voice_since is not None:
            self.noises += not self._words
            self._voice_since, self._voice_until = None, now

    def ends_at(self, silence_s: float) -> float:
        """When what is heard now will have been a silence of `silence_s` seconds, unless something more is heard."""
        due = self._since + silence_s
        if self._voice_since is not None:
            return max(due, self._voice_since + NOISE_S)
        return max(due, self._voice_until + _WORDS_COMING_S) if self._voice_until else due
