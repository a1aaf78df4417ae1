"""A clock that moves only when somebody waits for it, so that tests of slow models are fast and always the same."""

from __future__ import annotations

import asyncio

__all__ = ["VirtualClock"]


class VirtualClock:
    """Seconds since it was made. Calling it gives the present moment, as `time.monotonic` does."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s

    def advance(self, seconds: float) -> None:
        """Lets time pass. Raises ValueError for less than no time."""
        if seconds < 0:
            message = "Time does not go back."
            raise ValueError(message)
        self.now_s += seconds

    async def sleep(self, seconds: float) -> None:
        """Lets time pass and everybody else have a turn; it can be cancelled there, like every wait."""
        self.advance(seconds)
        await asyncio.sleep(0)
