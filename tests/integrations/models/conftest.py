"""Both kinds of server behind one face, so that the contract of the port is tested on each."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from integrations.models.port import Message, Model, ModelRequest, ToolSpec
from tests.emulators import gemini_emulator, openai_emulator
from tests.emulators.http_server import serving
from tests.emulators.openai_emulator import KEY, Plan

SAY_NAME = ToolSpec(
    "say_name",
    "The caller says a name.",
    {
        "type": "object",
        "properties": {"words": {"type": "string"}, "spelled": {"type": ["string", "null"]}},
        "required": ["words", "spelled"],
        "additionalProperties": False,
    },
)
NOTHING = ToolSpec(
    "nothing_of_this", "None of the others fits.", {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
)
REQUEST = ModelRequest(
    "Be short.",
    (Message("frontdesk", "À quel nom ?"), Message("caller", "Dupont, comme le pont")),
    (SAY_NAME, NOTHING),
    may_speak=False,
    max_output_tokens=64,
    label="name",
)


@dataclass(frozen=True)
class Kind:
    """A kind of server: its emulator, and how it words things. `client` makes a model behind a running emulator."""

    name: str
    emulator: Any
    words: ModuleType
    client: Callable[..., Any]
    rate_limited: Callable[[str], Plan]
    out_of_quota: Plan
    error_event: bytes

    def stream_of(self, text: str) -> Sequence[bytes]:
        return self.words.text_events(text)


def _openai(base_url: str, key: str = KEY, **more: Any) -> Any:
    from integrations.models.openai import OpenAIModel

    return OpenAIModel(base_url=base_url, key=key, model="emulated", **more)


def _gemini(base_url: str, key: str = KEY, **more: Any) -> Any:
    from integrations.models.gemini import GeminiModel

    return GeminiModel(base_url=base_url, key=key, model="emulated", **more)


KINDS = {
    "openai": Kind(
        "openai",
        openai_emulator.OpenAIEmulator,
        openai_emulator,
        _openai,
        lambda seconds: openai_emulator.fails(429, "rate_limit_exceeded", headers={"retry-after": seconds}),
        openai_emulator.fails(429, "insufficient_quota", headers={"retry-after": "0"}),
        openai_emulator.event({"error": {"message": KEY, "type": "server_error", "code": None}}),
    ),
    "gemini": Kind(
        "gemini",
        gemini_emulator.GeminiEmulator,
        gemini_emulator,
        _gemini,
        lambda seconds: gemini_emulator.fails(429, "RESOURCE_EXHAUSTED", details=[gemini_emulator.retry_in(f"{seconds}s")]),
        gemini_emulator.fails(429, "RESOURCE_EXHAUSTED", details=[gemini_emulator.retry_in("1s"), gemini_emulator.over_daily_quota()]),
        openai_emulator.event({"error": {"code": 503, "message": KEY, "status": "UNAVAILABLE"}}),
    ),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Each kind of server in turn."""
    pytest.importorskip("httpx", reason="the extra `model` is not installed")
    return KINDS[request.param]


Connect = Callable[..., Any]


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """`await connect(kind, plan, …)` gives a model and the emulator behind it; both are closed after the test."""
    async with AsyncExitStack() as stack:

        async def make(kind: Kind, *plans: Plan, **more: Any) -> tuple[Model, Any]:
            emulator = kind.emulator(*plans)
            await stack.enter_async_context(serving(emulator.server))
            model = kind.client(emulator.base_url, **more)
            stack.push_async_callback(model.aclose)
            return model, emulator

        yield make


@pytest.fixture(scope="session")
def spec(root: Path) -> Path:
    """The description, which is too large to ship."""
    name = "openai_chat_completions.json"
    path = Path(os.environ.get("FRONTDESK_SPECS", root.parent / "shared" / "contracts" / "specs")) / name
    if not path.is_file():
        pytest.skip(f"{name} is not there; set FRONTDESK_SPECS to its folder")
    return path
