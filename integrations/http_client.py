"""The one place that knows the HTTP library: providers ask for a connection here and see only what is defined here.

The library is an extra of the installation; it is imported when the first client is made.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from integrations.errors import IntegrationError, Unavailable

if TYPE_CHECKING:
    import httpx

__all__ = ["ConnectionLost", "HttpAnswer", "HttpClient", "MissingExtra"]

_KEPT: Final = 8
"""Connections kept open for the next request; a TLS handshake would be heard in the answer's delay."""


class MissingExtra(IntegrationError):
    """A package that only some installations need is not there."""


class ConnectionLost(Unavailable):
    """No connection, or it broke off."""


class HttpAnswer:
    """One answer while it comes. `headers` have names in lower case. Close it when done: that gives the connection back."""

    def __init__(self, response: httpx.Response, errors: tuple[type[Exception], ...]) -> None:
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = {name.lower(): value for name, value in response.headers.items()}
        self._response = response
        self._errors = errors
        self._chunks: AsyncIterator[bytes] = response.aiter_bytes()

    async def chunk(self) -> bytes:
        """The next bytes, empty at the end. Raises ConnectionLost."""
        try:
            async for chunk in self._chunks:
                if chunk:
                    return chunk
        except self._errors:
            raise ConnectionLost(_BROKE_OFF) from None
        return b""

    async def read(self, limit: int) -> bytes:
        """What is left of the answer, `limit` bytes of it at most. Raises ConnectionLost."""
        found = bytearray()
        while len(found) < limit and (chunk := await self.chunk()):
            found += chunk
        return bytes(found[:limit])

    async def aclose(self) -> None:
        """Gives the connection back when the answer was read to its end, else closes it."""
        await self._response.aclose()


class HttpClient:
    """Requests to one server, over connections that are kept open. It has no time limits: whoever asks holds the clock.

    `headers` go with every request and may hold secrets: they appear in no message and no representation. Proxies and
    certificates of the environment are not looked at; `proxy` is an address such as http://proxy:3128.
    """

    def __init__(self, base_url: str, *, headers: Mapping[str, str], proxy: str | None = None) -> None:
        """Raises MissingExtra, and ValueError for an address or a header that cannot be used (without its value)."""
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            message = "The server's address must begin with http:// or https:// and name a host."
            raise ValueError(message)
        for name, value in headers.items():
            if not value.isascii() or not value.isprintable():
                message = f"The value of {name} holds characters that cannot be sent; copy the key again, without spaces or line ends."
                raise ValueError(message)
        try:
            import httpx
        except ImportError:
            message = "The package httpx is missing: run pip install 'frontdesk[model]', in a checkout pip install -e '.[model]'."
            raise MissingExtra(message) from None
        self._base = base_url.rstrip("/")
        self._host = parts.hostname
        self._errors: tuple[type[Exception], ...] = (httpx.HTTPError, httpx.StreamError)
        self._client = httpx.AsyncClient(
            # Compressed streams arrive in lumps.
            headers={"accept-encoding": "identity", "user-agent": "frontdesk", **headers},
            timeout=None,  # noqa: S113 - the deadline of whoever asks spans more than one of its requests
            follow_redirects=False,
            trust_env=False,
            proxy=proxy,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=_KEPT, keepalive_expiry=120),
        )

    def __repr__(self) -> str:
        return f"HttpClient(host={self._host!r})"

    async def post(self, path: str, body: Any, *, accept: str = "*/*") -> HttpAnswer:
        """Sends `body` as JSON and returns as soon as the answer's head is there. Raises ConnectionLost."""
        request = self._client.build_request("POST", f"{self._base}{path}", json=body, headers={"accept": accept})
        try:
            response = await self._client.send(request, stream=True)
        except self._errors:
            message = f"No connection to {self._host}."
            raise ConnectionLost(message) from None
        return HttpAnswer(response, self._errors)

    async def aclose(self) -> None:
        """Closes all connections."""
        await self._client.aclose()


_BROKE_OFF: Final = "The connection broke off before the answer was whole."
