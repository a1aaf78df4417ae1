"""A circuit breaker around a model: who has failed several times is left alone for a while, then tried once."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final, Literal

from integrations.errors import IntegrationError
from integrations.models.errors import ModelRefused, OutOfQuota, RateLimited, Unavailable
from integrations.models.port import Finished, Model, ModelEvent, ModelRequest

__all__ = ["Breaker", "BreakerStatus"]

State = Literal["closed", "open", "half_open"]

_PATIENCE: Final = 6
"""How many times longer it stays open, at most, when probe after probe fails."""


@dataclass(frozen=True, slots=True)
class BreakerStatus:
    """For the eyes of whoever runs the line. `retry_in_s` is 0 unless open; `opened` and `refused` count since the start."""

    state: State
    failures: int
    retry_in_s: float
    opened: int
    refused: int


class Breaker:
    """A `Model` in front of another. `clock` gives seconds that only grow; their zero does not matter.

    It opens after `failures` failures within `window_s` seconds, less one for each answer between them, and at once for what no
    repetition helps: no quota, or a key or name that is refused. While it is open, everything is `Unavailable` at once. After
    `open_s` seconds (or later, where the server itself asked for that) one request goes through as a probe: when it is answered,
    all is as before; when it fails, the wait doubles, up to six times `open_s`. Requests that their reader gives up, and those
    refused for what they ask, count for nothing.
    """

    def __init__(
        self, model: Model, *, clock: Callable[[], float], failures: int = 3, window_s: float = 60.0, open_s: float = 20.0
    ) -> None:
        if failures < 1 or window_s <= 0 or open_s <= 0:
            message = "A breaker needs at least one failure, and times above zero."
            raise ValueError(message)
        self._model = model
        self._clock = clock
        self._limit, self._window_s, self._open_s = failures, window_s, open_s
        self._failed: deque[float] = deque()
        self._opens_again: float | None = None
        self._wait_s = open_s
        self._probing = False
        self._opened = self._refused = 0

    @property
    def state(self) -> State:
        """Whether requests pass (closed), none does (open), or one may try (half_open)."""
        if self._opens_again is None:
            return "closed"
        return "open" if self._clock() < self._opens_again else "half_open"

    @property
    def status(self) -> BreakerStatus:
        """All that can be told about it."""
        self._forget_old()
        waits = 0.0 if self._opens_again is None else max(0.0, self._opens_again - self._clock())
        return BreakerStatus(self.state, len(self._failed), waits, self._opened, self._refused)

    async def stream(self, request: ModelRequest, *, deadline_s: float) -> AsyncGenerator[ModelEvent, None]:
        """See `integrations.models.port.Model.stream`; raises Unavailable at once while the breaker is open."""
        probe = self.state != "closed"
        if self.state == "open" or (probe and self._probing):
            self._refused += 1
            message = "The model has failed too often and is left alone for a while."
            raise Unavailable(message)
        self._probing = self._probing or probe
        try:
            async with aclosing(self._model.stream(request, deadline_s=deadline_s)) as events:
                async for event in events:
                    if isinstance(event, Finished):  # its reader may stop here
                        self._success(probe=probe)
                    yield event
        except IntegrationError as error:
            self._failure(error, probe=probe)
            raise
        finally:
            if probe:
                self._probing = False

    def _success(self, *, probe: bool) -> None:
        if probe:
            self._opens_again = None
            self._wait_s = self._open_s
            self._failed.clear()
        elif self._failed:
            self._failed.popleft()

    def _failure(self, error: IntegrationError, *, probe: bool) -> None:
        hopeless = isinstance(error, OutOfQuota) or (isinstance(error, ModelRefused) and error.everywhere)
        if not hopeless and not isinstance(error, Unavailable):
            return
        now = self._clock()
        self._failed.append(now)
        self._forget_old()
        if self._opens_again is not None and not probe:
            return  # it was under way when the breaker opened
        if not (hopeless or probe or len(self._failed) >= self._limit):
            return
        asked = error.retry_after_s if isinstance(error, RateLimited) else None
        if probe:
            self._wait_s = min(2 * self._wait_s, _PATIENCE * self._open_s)
        self._opens_again = now + max(self._wait_s, min(asked or 0.0, _PATIENCE * self._open_s))
        self._opened += 1

    def _forget_old(self) -> None:
        while self._failed and self._failed[0] <= self._clock() - self._window_s:
            self._failed.popleft()
