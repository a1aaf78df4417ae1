"""`frontdesk doctor` says what is ready, what is not and what to set, and shows no secret."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from frontdesk.bootstrap.clock import machine_clock
from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.cli import doctor_checks
from frontdesk.cli.doctor import doctor
from frontdesk.conversation.ports import Content
from frontdesk.settings import Settings
from tests.emulators.http_server import Exchange, HttpServer, Request, serving_in_thread

SECRET = "sk-very-secret-0123456789"


@pytest.fixture(scope="module")
def content() -> Content:
    """What is shipped, read once."""
    return load_content(Folders(None), machine_clock)


@pytest.fixture(autouse=True)
def shipped(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, content: Content) -> None:
    """Tests that do not bring content of their own do not wait for it to be read."""
    if "broken" not in request.node.name:
        monkeypatch.setattr(doctor_checks, "load_content", lambda *_: content)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with nothing but a database and an outbox."""
    return Settings(db=SecretStr(f"sqlite:///{tmp_path}/calls.db"), outbox=tmp_path / "outbox")


def _parts(settings: Settings, folder: Path | None = None) -> tuple[int, dict[str, Any]]:
    out = io.StringIO()
    code = doctor(folder, settings, out, as_json=True)
    assert SECRET not in out.getvalue()
    return code, {part["part"]: part for part in json.loads(out.getvalue())["parts"]}


def _with(settings: Settings, **changed: Any) -> Settings:
    return settings.model_copy(update=changed)


def test_a_call_in_text_needs_nothing(settings: Settings) -> None:
    """Exit code 0; what is not set up is named with what to set."""
    code, parts = _parts(settings)
    assert code == 0
    assert {name for name, part in parts.items() if part["state"] == "ready"} >= {"content", "database", "call in text", "messages"}
    assert parts["model"]["state"] == parts["ears"]["state"] == parts["LiveKit"]["state"] == "off"
    assert "DEEPGRAM_API_KEY" in parts["ears"]["todo"]


def test_people_read_a_line_for_each_part(settings: Settings) -> None:
    """With an arrow where there is something to do."""
    out = io.StringIO()
    doctor(None, settings, out)
    lines = out.getvalue().splitlines()
    assert any(line.split() == ["call", "in", "text", "ready", "greets"] for line in lines)
    assert any("→ set DEEPGRAM_API_KEY" in line for line in lines)


def test_broken_content_is_found(settings: Settings, tmp_path: Path) -> None:
    """Exit code 1, and where to look."""
    (tmp_path / "states.yaml").write_text("version: 1\n", encoding="utf-8")
    code, parts = _parts(settings, tmp_path)
    assert code == 1
    assert parts["content"]["state"] == parts["call in text"]["state"] == "broken"


def test_a_database_that_cannot_be_opened_is_found(settings: Settings, tmp_path: Path) -> None:
    """Its password is not shown."""
    code, parts = _parts(_with(settings, db=SecretStr(f"postgresql://user:{SECRET}@127.0.0.1:1/calls")))
    assert code == 1
    assert parts["database"]["state"] == "broken"


async def _answers(request: Request, exchange: Exchange) -> None:
    """Takes only the good key, wherever the vendors put it."""
    given = {request.headers.get(name, "") for name in ("authorization", "xi-api-key", "x-goog-api-key")}
    good = given & {"Bearer good-key", "Token good-key", "good-key"}
    await exchange.whole(200 if good else 401, b"{}")


@pytest.mark.parametrize(
    ("part", "key", "address", "variable"),
    [
        ("model", "openai_key", "openai_url", "OPENAI_API_KEY"),
        ("ears", "deepgram_key", "deepgram_url", "DEEPGRAM_API_KEY"),
        ("voice", "eleven_key", "eleven_url", "ELEVEN_API_KEY"),
    ],
)
def test_a_key_is_tried(settings: Settings, part: str, key: str, address: str, variable: str) -> None:
    """One that is taken is ready; one that is not, and a server that is not there, are told apart."""
    with serving_in_thread(HttpServer(_answers)) as server:
        code, parts = _parts(_with(settings, **{key: SecretStr("good-key"), address: server.url}))
        assert (code, parts[part]["state"]) == (0, "ready")
        code, parts = _parts(_with(settings, **{key: SecretStr(SECRET), address: server.url}))
        assert (code, parts[part]["state"]) == (1, "broken")
        assert variable in parts[part]["todo"]
    code, parts = _parts(_with(settings, **{key: SecretStr("good-key"), address: "http://127.0.0.1:1"}))
    assert code == 1
    assert "does not answer" in parts[part]["says"]


def test_a_server_that_never_answers_is_given_up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the deadline, and the other parts are told all the same."""
    monkeypatch.setattr(doctor_checks, "_REQUEST_S", 0.2)

    async def silent(request: Request, exchange: Exchange) -> None:
        await exchange.wait(5)

    with serving_in_thread(HttpServer(silent)) as server:
        code, parts = _parts(_with(settings, openai_key=SecretStr("good-key"), openai_url=server.url))
    assert code == 1
    assert parts["model"]["state"] == "broken"
    assert parts["call in text"]["state"] == "ready"


def test_a_phone_without_ears_is_not_ready(settings: Settings) -> None:
    """Whoever names a LiveKit server wants to answer the phone."""
    code, parts = _parts(_with(settings, livekit_url="ws://127.0.0.1:1"))
    assert code == 1
    assert parts["ears"]["state"] == parts["LiveKit"]["state"] == "broken"


@pytest.mark.parametrize("installed", [True, False])
def test_the_voice_that_needs_no_account(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: bool) -> None:
    """espeak-ng is asked for its version and for a voice in every language of the business."""
    if installed:
        program = tmp_path / "espeak-ng"
        says = "eSpeak NG text-to-speech: 1.52  Data at: /somewhere"
        program.write_text(
            f'#!/bin/sh\ncase "$1" in --version) echo "{says}";; *) echo head; test "$1" = --voices=es || echo voice;; esac\n'
        )
        program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin" if installed else str(tmp_path))
    _, parts = _parts(settings)
    assert parts["voice"]["says"] == ("espeak-ng 1.52 does not speak es" if installed else "no voice")
