"""A small HTTP/1.1 server on loopback that does exactly what a test tells it, honest or not. asyncio only."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    """One request as it came; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Exchange:
    """What a responder writes to. `gone` is set when the client closes the connection."""

    writer: asyncio.StreamWriter
    gone: asyncio.Event
    open: bool = field(default=True)

    async def head(self, status: int, headers: Mapping[str, str]) -> None:
        lines = [f"HTTP/1.1 {status} Because", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        await self.raw("\r\n".join(lines).encode("latin-1"))

    async def whole(
        self, status: int, body: bytes, content_type: str = "application/json", headers: Mapping[str, str] | None = None
    ) -> None:
        """A whole answer of known length."""
        await self.head(status, {"content-type": content_type, "content-length": str(len(body)), **(headers or {})})
        await self.raw(body)

    async def chunk(self, data: bytes) -> None:
        """A piece of an answer whose head said `transfer-encoding: chunked`; empty ends it."""
        await self.raw(b"%x\r\n%s\r\n" % (len(data), data))

    async def raw(self, data: bytes) -> None:
        if self.open and not self.gone.is_set():
            with contextlib.suppress(ConnectionError):
                self.writer.write(data)
                await self.writer.drain()

    async def wait(self, seconds: float) -> None:
        """Waits, but no longer than the client does."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.gone.wait(), seconds)

    def break_off(self) -> None:
        """Cuts the connection."""
        self.open = False
        self.writer.transport.abort()


Responder = Callable[[Request, Exchange], Awaitable[None]]


class HttpServer:
    """Serves `respond` on a free port of 127.0.0.1. `connections` counts those ever made, `unfinished` the clients that left early."""

    def __init__(self, respond: Responder) -> None:
        self._respond = respond
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.connections = 0
        self.unfinished = 0
        self.asked = asyncio.Event()
        """Set when the first request is there."""
        self.left = asyncio.Event()
        """Set when a client has left before its answer was whole."""

    @property
    def url(self) -> str:
        assert self._server is not None, "the server is not running"
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", port)

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.connections += 1
        try:
            while (request := await _read(reader)) is not None:
                self.asked.set()
                gone = asyncio.Event()
                watch = asyncio.ensure_future(_watch(reader, gone))
                exchange = Exchange(writer, gone)
                try:
                    await self._respond(request, exchange)
                finally:
                    watch.cancel()
                    await asyncio.gather(watch, return_exceptions=True)
                if gone.is_set():
                    self.unfinished += 1
                    self.left.set()
                if gone.is_set() or not exchange.open:
                    return
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()


async def _watch(reader: asyncio.StreamReader, gone: asyncio.Event) -> None:
    """Notices that the client has left: it sends nothing while it waits for its answer."""
    with contextlib.suppress(ConnectionError):
        while not reader.at_eof() and reader.exception() is None:  # noqa: ASYNC110 - a StreamReader has no event for its end
            await asyncio.sleep(0.005)
    gone.set()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    head = await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b""
    if not head:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    return Request(method, path, headers, await reader.readexactly(int(headers.get("content-length", "0"))))


@contextlib.asynccontextmanager
async def serving(server: HttpServer) -> AsyncIterator[HttpServer]:
    """`server` while the block lasts, in the running loop."""
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@contextlib.contextmanager
def serving_in_thread(server: HttpServer) -> Iterator[HttpServer]:
    """`server` while the block lasts, in a thread and loop of its own: for tests that start the command as a process."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(server.start(), loop).result(10)
        yield server
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
