"""The real client against a mock made from OpenAI's own description of its interface, where both can be had."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from subprocess import DEVNULL, Popen, TimeoutExpired, run
from tempfile import mkdtemp
from typing import Any

import pytest

from frontdesk.bootstrap.model_requests import make_requests
from integrations.models.errors import ModelRefused, RateLimited
from integrations.models.port import Finished, Message, ModelRequest
from integrations.models.reply import read_whole
from tests.brain.model.stage import ModelStage
from tests.brain.sketches import NOW
from tests.integrations.models.conftest import REQUEST

pytest.importorskip("httpx", reason="the extra `model` is not installed")
pytestmark = [pytest.mark.server, pytest.mark.slow]

PRISM = "@stoplight/prism-cli@5.14.2"
UNREADABLE = ("stop", "prediction")
"""Fields of the description that Prism cannot compile (`nullable` beside `oneOf`); over them it stops looking at any body at all."""


@pytest.fixture(scope="module")
def prism(root: Path) -> Path:
    """The command, installed once into build/ by npm."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed; it comes with Node.js and installs Prism")
    folder = root / "build" / PRISM.rpartition("@")[2].join(("prism-", ""))
    command = folder / "node_modules" / ".bin" / "prism"
    if not command.exists():
        folder.parent.mkdir(exist_ok=True)
        fresh = Path(mkdtemp(prefix="prism-", dir=folder.parent))  # two workers may come here at once
        options = ["--no-audit", "--no-fund", "--no-package-lock", "--no-save", "--silent", "--prefix", str(fresh)]
        try:
            done = run([npm, "install", *options, PRISM], stdout=DEVNULL, stderr=DEVNULL, check=False, timeout=300)
        except TimeoutExpired:
            done = None
        if done is None or done.returncode:
            shutil.rmtree(fresh)
            pytest.skip(f"npm could not install {PRISM}; it needs a registry")
        try:
            fresh.rename(folder)
        except OSError:  # the other worker was first
            shutil.rmtree(fresh)
    return command


@pytest.fixture(scope="module")
def mock(prism: Path, spec: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of Prism, which checks each request and answers with an example made from the description."""
    document = json.loads(spec.read_text(encoding="utf-8"))
    fields = document["components"]["schemas"]["CreateChatCompletionRequest"]["allOf"][1]["properties"]
    for name in UNREADABLE:
        del fields[name]
    readable = tmp_path_factory.mktemp("prism") / "openai.json"
    readable.write_text(json.dumps(document), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = Popen([str(prism), "mock", "--errors", "-h", "127.0.0.1", "-p", str(port), str(readable)], stdout=DEVNULL, stderr=DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
async def make(mock: str) -> AsyncIterator[Any]:
    """`make(key=…, extra=…)` gives the real client; Prism is up by then."""
    from integrations.models.openai import OpenAIModel

    await _listens(mock)
    made: list[OpenAIModel] = []

    def one(key: str | None = "sk-mock", **more: Any) -> OpenAIModel:
        made.append(OpenAIModel(base_url=mock, key=key, model="gpt-4o-mini", **more))
        return made[-1]

    yield one
    for model in made:
        await model.aclose()


async def _listens(address: str) -> None:
    host, _, port = address.removeprefix("http://").partition(":")
    for _ in range(600):
        try:
            _, writer = await asyncio.open_connection(host, int(port))
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writer.close()
        await writer.wait_closed()
        return
    pytest.fail("Prism did not start within a minute")


WORDS = ModelRequest("s", (Message("caller", "x"),), may_speak=True)


@pytest.mark.parametrize("request_", [REQUEST, WORDS], ids=["tools", "words"])
@pytest.mark.parametrize("extra", [{}, {"stream": False, "stream_options": None}], ids=["streamed", "whole"])
async def test_the_mock_answers(make: Any, request_: ModelRequest, extra: dict[str, Any]) -> None:
    """A mock of the real interface takes our request, streamed or not, and the example that comes back is read."""
    reply = await read_whole(make(extra=extra).stream(request_, deadline_s=20.0))
    assert reply.text == "string"
    assert isinstance(reply.finished, Finished)


async def test_what_every_state_asks_is_taken(make: Any) -> None:
    """Prompts, strict tools and last words of all states of the shipped call are as the interface wants them."""
    stage, model = ModelStage(), make()
    requests = make_requests(stage.folders, stage.graph, stage.business, stage.phrases)
    asked = 0
    for state, spec in stage.graph.states.items():
        if spec.prompt:
            request = requests.make("ja genau", stage.view(state, "de"), "de", NOW, free=spec.free)
            assert (await read_whole(model.stream(request, deadline_s=20.0))).finished is not None
            asked += 1
    assert asked > 10


@pytest.mark.parametrize(
    "wrong",
    [
        {"messages": []},
        {"messages": [{"role": "caller", "content": "x"}]},
        {"temperature": 7},
        {"tool_choice": "perhaps"},
        {"tools": [{"type": "function", "function": {"description": "nameless"}}]},
        {"stream": "yes"},
    ],
    ids="-".join,
)
async def test_the_mock_does_check(make: Any, wrong: dict[str, Any]) -> None:
    """A body that is not as described is refused, or the tests above would prove nothing."""
    with pytest.raises(ModelRefused) as refused:
        await read_whole(make(extra=wrong).stream(REQUEST, deadline_s=20.0))
    assert refused.value.status == 422


async def test_the_mock_wants_a_key(make: Any) -> None:
    """A request without a key is refused, as by the real server."""
    with pytest.raises(ModelRefused) as refused:
        await read_whole(make(key=None).stream(REQUEST, deadline_s=20.0))
    assert refused.value.everywhere


async def test_too_many_requests(make: Any) -> None:
    """The one refusal that the description has: its wait is read, and not begun where it ends after the deadline."""
    model = make()
    model._client._client.headers["prefer"] = "code=429"
    with pytest.raises(RateLimited) as limited:
        await read_whole(model.stream(REQUEST, deadline_s=0.9))
    assert limited.value.retry_after_s == 1.0
