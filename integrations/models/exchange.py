"""One request to a model's server and the events of its answer: deadline, repeats where they help, nothing left open."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from integrations.errors import IntegrationError
from integrations.http_client import ConnectionLost, HttpAnswer, HttpClient
from integrations.models.errors import BadAnswer, ModelRefused, OutOfQuota, RateLimited, TimedOut, Unavailable
from integrations.models.sse import EventReader

__all__ = ["Deadline", "Exchange", "Explain", "Problem", "open_exchange", "problem_of_status"]

_LARGEST: Final = 1 << 20
"""Bytes read of an answer that does not come as a stream of events."""
_LARGEST_ERROR: Final = 1 << 16
_ERROR_S: Final = 0.5
"""Waited for the words of a refusal: its status says nearly all."""
_REPEATS: Final = 2
"""Times that a request is repeated after "too many requests"."""
_SHORT_WAIT_S: Final = 0.25
"""Waited after "too many requests" where the server does not say how long: those one runs oneself never do."""
_DRAIN_S: Final = 0.02
"""Waited for the end of an answer that is known already, so that its connection can be used again."""

T = TypeVar("T")


class Deadline:
    """The moment, `seconds` from now on the clock of the event loop, by which all must be over."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends = asyncio.get_running_loop().time() + seconds

    def left_s(self) -> float:
        """Seconds left; negative when it is over."""
        return self._ends - asyncio.get_running_loop().time()

    async def keep(self, doing: Awaitable[T], at_most_s: float | None = None) -> T:
        """What `doing` gives. Raises TimedOut at the deadline, or after `at_most_s` seconds where that is sooner."""
        left = self.left_s() if at_most_s is None else min(self.left_s(), at_most_s)
        try:
            async with asyncio.timeout(left):
                return await doing
        except TimeoutError:
            message = f"The model did not answer within {self.seconds:g} seconds."
            raise TimedOut(message) from None


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that says no: `status` of HTTP (0 within a stream), `headers` in lower case, `body` as JSON, None if it is none."""

    status: int
    headers: Mapping[str, str]
    body: Any


Explain = Callable[[Problem], IntegrationError]
"""What a server's refusal means; each kind of server words it in its own way."""


def problem_of_status(status: int, parameter: str = "", retry_after_s: float | None = None) -> IntegrationError:
    """What the status of HTTP alone says. The server's own words stay out of it: they repeat keys and prompts."""
    if status in {401, 403}:
        return ModelRefused("The model's server does not accept the key; check it in the settings.", status=status)
    if status == 402:
        return OutOfQuota("The account of the model's server has no credit left; top it up.")
    if status == 404:
        return ModelRefused("The model's server knows no such model or address; check both in the settings.", status=status)
    if status == 429:
        return RateLimited("The model's server takes no more requests at the moment; try again later.", retry_after_s=retry_after_s)
    if 300 <= status < 400:
        return ModelRefused(f"The model's server sends us elsewhere (status {status}); set its final address.", status=404)
    if 400 <= status < 500 and status not in {408, 409, 425}:
        named = f" because of its field {parameter}" if parameter else ""
        return ModelRefused(f"The model's server refused the request (status {status}){named}.", status=status, parameter=parameter)
    return Unavailable(f"The model's server is in trouble (status {status}); try again later.")


class Exchange:
    """An answer while it comes, as the data of its events. Close it."""

    def __init__(self, answer: HttpAnswer, deadline: Deadline) -> None:
        self._answer = answer
        self._deadline = deadline
        self._reader = EventReader()
        self._ready: list[str] = []
        self._ended = False
        self._streams = answer.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json"

    async def next(self, at_most_s: float | None = None) -> str | None:
        """The data of the next event, None at the end; a JSON document counts as one. Raises TimedOut, ConnectionLost, BadAnswer."""
        if not self._streams:
            return await self._whole()
        while not self._ready and not self._ended:
            chunk = await self._deadline.keep(self._answer.chunk(), at_most_s)
            self._ready += self._reader.feed(chunk) if chunk else self._reader.end()
            self._ended = not chunk
        return self._ready.pop(0) if self._ready else None

    async def _whole(self) -> str | None:
        if self._ended:
            return None
        self._ended = True
        body = await self._deadline.keep(self._answer.read(_LARGEST))
        try:
            return body.decode()
        except UnicodeDecodeError:
            message = "The model's server sent bytes that are no UTF-8."
            raise BadAnswer(message) from None

    async def drain(self) -> None:
        """Reads what is left behind the answer's last event, if it comes at once."""
        if not self._ended:
            try:
                async with asyncio.timeout(_DRAIN_S):
                    self._ended = not await self._answer.chunk()
            except (TimeoutError, ConnectionLost):
                return

    async def aclose(self) -> None:
        """Gives the connection back when all was read, else closes it."""
        await self._answer.aclose()


async def open_exchange(client: HttpClient, path: str, body: Any, *, deadline: Deadline, explain: Explain) -> Exchange:
    """Sends a request and waits for the head of its answer.

    Repeats it once where no connection came about or a kept one turned out to be dead, and where the server takes no more
    requests just now, if the wait it asks for ends before the deadline. Raises what `explain` makes of a refusal, and
    TimedOut, ConnectionLost.
    """
    lost = limited = 0
    while True:
        try:
            answer = await deadline.keep(client.post(path, body, accept="application/json, text/event-stream"))
        except ConnectionLost:
            lost += 1
            if lost > 1:
                raise
            continue
        if 200 <= answer.status < 300:
            return Exchange(answer, deadline)
        problem = explain(await _problem(answer, deadline))
        if not isinstance(problem, RateLimited):
            raise problem
        limited += 1
        wait_s = _SHORT_WAIT_S if problem.retry_after_s is None else problem.retry_after_s
        if limited > _REPEATS or wait_s >= deadline.left_s():
            raise problem
        await asyncio.sleep(wait_s)


async def _problem(answer: HttpAnswer, deadline: Deadline) -> Problem:
    """What a refusal says. Its status alone counts where the rest does not come."""
    try:
        body = json.loads(await deadline.keep(answer.read(_LARGEST_ERROR), _ERROR_S))
    except (ValueError, RecursionError, Unavailable):
        body = None
    finally:
        await answer.aclose()
    return Problem(answer.status, answer.headers, body)
