"""Failures that a test or a rehearsal plans, attempt by attempt. Timeouts do not really wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from integrations.errors import TimedOut, Unavailable

__all__ = ["FailurePlan"]


class FailurePlan:
    """What fails, by operation. One word fails every time; a list is used up, then all is well."""

    def __init__(self, plan: Mapping[str, str | Sequence[str]]) -> None:
        self._always = {name: outcome for name, outcome in plan.items() if isinstance(outcome, str)}
        self._next = {name: list(outcomes) for name, outcomes in plan.items() if not isinstance(outcomes, str)}

    def next(self, operation: str) -> str:
        """How this attempt ends: ok, timeout, error, taken. Using it up."""
        if operation in self._always:
            return self._always[operation]
        left = self._next.get(operation)
        return left.pop(0) if left else "ok"

    def check(self, operation: str) -> str:
        """Like :meth:`next`; raises `TimedOut` at once for timeout, `Unavailable` for error."""
        outcome = self.next(operation)
        if outcome == "timeout":
            message = f"{operation} did not answer in time"
            raise TimedOut(message)
        if outcome == "error":
            message = f"{operation} failed"
            raise Unavailable(message)
        return outcome
