"""What can go wrong with a language model. None of these messages holds a key, a prompt or words of the caller.

IntegrationError
├── Refused
│   ├── ModelRefused   the server does not take the request: key, name of the model, or what is asked
│   └── OutOfQuota     the account has no money or quota left: nothing works until somebody pays
└── Unavailable        no connection, or the server is in trouble; also while the breaker is open
    ├── TimedOut       no whole answer within the deadline
    ├── RateLimited    too many requests or tokens just now
    └── BadAnswer      what came is no answer: another format, broken, cut off, or beyond all size
"""

from __future__ import annotations

from integrations.errors import Refused, TimedOut, Unavailable

__all__ = ["BadAnswer", "ModelRefused", "OutOfQuota", "RateLimited", "TimedOut", "Unavailable"]


class ModelRefused(Refused):
    """The server does not take the request; repeating it does not help.

    `status` is that of HTTP, 0 where the refusal came within an answer; `parameter` is the field it names, or "".
    """

    def __init__(self, message: str, *, status: int, parameter: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.parameter = parameter

    @property
    def everywhere(self) -> bool:
        """Whether every other request would be refused too: the key, the address or the name of the model is wrong."""
        return self.status in {401, 403, 404}


class OutOfQuota(Refused):
    """The account behind the key has nothing left; repeating does not help until somebody pays or the day is over."""


class RateLimited(Unavailable):
    """Too many requests or tokens at the moment. `retry_after_s` is what the server asks to wait; None where it does not say."""

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class BadAnswer(Unavailable):
    """What came is not an answer that can be read."""
