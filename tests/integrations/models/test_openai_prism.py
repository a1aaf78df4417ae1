"""The real client against a mock made from OpenAI's own description of its interface, where both are at hand."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from subprocess import DEVNULL, Popen

import pytest

from integrations.models.port import Finished, Message, ModelRequest
from integrations.models.reply import read_whole
from tests.integrations.models.conftest import REQUEST

pytest.importorskip("httpx", reason="the extra `model` is not installed")
pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.fixture(scope="module")
def mock(spec: Path) -> Iterator[str]:
    """The address of Prism, which answers with an example made from the description."""
    prism = shutil.which("prism")
    if prism is None:
        pytest.skip("no `prism` on the path; npm install --global @stoplight/prism-cli gives it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = Popen([prism, "mock", "--errors", "-h", "127.0.0.1", "-p", str(port), str(spec)], stdout=DEVNULL, stderr=DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


async def _listens(address: str) -> None:
    host, _, port = address.removeprefix("http://").partition(":")
    for _ in range(300):
        try:
            _, writer = await asyncio.open_connection(host, int(port))
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writer.close()
        await writer.wait_closed()
        return
    pytest.fail("Prism did not start within 30 seconds")


@pytest.mark.parametrize("request_", [REQUEST, ModelRequest("s", (Message("caller", "x"),), may_speak=True)], ids=["tools", "words"])
async def test_the_mock_answers(mock: str, request_: ModelRequest) -> None:
    """A mock of the real interface takes our request, and the example that comes back is read."""
    from integrations.models.openai import OpenAIModel

    await _listens(mock)
    model = OpenAIModel(base_url=mock, key="sk-mock", model="gpt-4o-mini")
    try:
        reply = await read_whole(model.stream(request_, deadline_s=20.0))
    finally:
        await model.aclose()
    assert reply.text == "string"
    assert isinstance(reply.finished, Finished)


async def test_the_mock_wants_a_key(mock: str) -> None:
    """Prism refuses a request without a key, as the real server does; what is in the body it does not look at in this description."""
    from integrations.models.errors import ModelRefused
    from integrations.models.openai import OpenAIModel

    await _listens(mock)
    model = OpenAIModel(base_url=mock, key=None, model="gpt-4o-mini")
    try:
        with pytest.raises(ModelRefused):
            await read_whole(model.stream(REQUEST, deadline_s=20.0))
    finally:
        await model.aclose()
