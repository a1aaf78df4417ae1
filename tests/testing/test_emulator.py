"""The emulator run by itself, as a test of a whole process needs it."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from frontdesk.testing import ModelRequest, read_whole
from integrations.models.errors import OutOfQuota, TimedOut
from tests.emulators.http_server import serving_in_thread
from tests.emulators.openai_emulator import KEY, OpenAIEmulator, says

pytest.importorskip("httpx", reason="the extra `model` is not installed")


async def test_as_a_process(tmp_path: Path, root: Path) -> None:
    """It prints its address and plays its script."""
    from integrations.models.openai import OpenAIModel

    script = [
        {"text": "Bonjour"},
        {"calls": [["say_name", {"words": "Dupont"}]]},
        {"error": [429, "insufficient_quota"]},
        {"stall_s": 60, "text": "x"},
    ]
    (tmp_path / "script.json").write_text(json.dumps(script), encoding="utf-8")
    arguments = (sys.executable, "-m", "tests.emulators.openai_emulator", str(tmp_path / "script.json"))
    process = await asyncio.create_subprocess_exec(*arguments, cwd=root, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        told = json.loads(await asyncio.wait_for(process.stdout.readline(), 30))
        model = OpenAIModel(**told, model="emulated")
        request = ModelRequest("", ())
        assert (await read_whole(model.stream(request, deadline_s=20.0))).text == "Bonjour"
        assert (await read_whole(model.stream(request, deadline_s=20.0))).calls[0].arguments == {"words": "Dupont"}
        with pytest.raises(OutOfQuota):
            await read_whole(model.stream(request, deadline_s=20.0))
        with pytest.raises(TimedOut):
            await read_whole(model.stream(request, deadline_s=0.1))
        await model.aclose()
    finally:
        process.kill()
        await process.wait()


def test_in_a_thread() -> None:
    """It serves beside a test that has no event loop of its own."""
    from integrations.models.openai import OpenAIModel

    emulator = OpenAIEmulator(says("oui"))

    async def ask() -> str:
        model = OpenAIModel(base_url=emulator.base_url, key=KEY, model="emulated")
        reply = await read_whole(model.stream(ModelRequest("", ()), deadline_s=20.0))
        await model.aclose()
        return reply.text

    with serving_in_thread(emulator.server):
        assert asyncio.run(ask()) == "oui"
    assert emulator.bodies[0]["model"] == "emulated"
