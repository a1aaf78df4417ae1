"""A call to the insurer in which somebody shows who they are is recorded with an invented customer, and goes as it went."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from frontdesk.bootstrap.app import open_app
from frontdesk.cli.record import record_call
from frontdesk.cli.test import run_tests
from frontdesk.rehearsing.rehearsal import incoming
from frontdesk.rehearsing.stages import Stages
from fsm.yaml_source import load_plain
from tests.conftest import ROOT

FOLDER = ROOT / "examples" / "insurance"
NOW = dt.datetime(2026, 6, 12, 8, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def insurer() -> Iterator[Stages]:
    """The insurer, loaded once."""
    with Stages(FOLDER) as opened:
        yield opened


def recorded(insurer: Stages, folder: Path, language: str, said: list[Any], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The file that comes of a call. It has been held, and goes as written."""
    db, out, told = f"sqlite:///{folder / 'calls.db'}", folder / "calls" / "recorded.yaml", io.StringIO()
    stage = insurer.of({})

    async def hold() -> None:
        async with await open_app(folders=stage.folders, db=db, clock=lambda: NOW, content=stage.content) as app:
            conversation = app.conversation(language=language, call_id="call_1")
            async for _ in conversation.start():
                pass
            for one in said:
                for message in [{"dtmf": key} for key in one["keys"]] if isinstance(one, dict) else [{"say": one}]:
                    async for _ in conversation.feed(incoming(message)):
                        pass
            assert conversation.call.ended

    asyncio.run(hold())
    monkeypatch.setattr("frontdesk.cli.test.Stages", lambda _: insurer)
    monkeypatch.setattr("frontdesk.cli.record.Stages", lambda _: insurer)
    monkeypatch.setattr(insurer, "close", lambda: None)
    assert record_call(FOLDER, io.StringIO(), told, call_id=None, db=db, out=out, real=False) == 0
    assert "reference and date of birth; read what else" in told.getvalue()
    assert "does not go as it went" not in told.getvalue()
    assert run_tests(folder, told, told) == 0, told.getvalue()
    text = out.read_text(encoding="utf-8")
    for real in ("47219306", "50382217", "1978", "412", "2027-01-01", "cuatro siete dos", "quatre sept deux", "four seven two", "März"):
        assert real not in text
    read: dict[str, Any] = load_plain(text)
    return read


def test_in_pieces_and_with_half_a_birth_date(insurer: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece is that piece of the invented number, and half a day of birth is half of the invented one."""
    said = [
        "what's my excess", "four seven two one", "nine three oh six", "that's right", "the twelfth of March",
        "the twelfth of March nineteen seventy-eight", "no thank you",
    ]  # fmt: skip
    file = recorded(insurer, tmp_path, "en", said, monkeypatch)
    [customer] = file["fixture"]["customers"]
    assert re.fullmatch(r"[1-9]\d{7}", customer["reference"])
    assert customer["details"] == {"premium": 100, "renewal": "2030-01-01", "excess": 100, "cover": "full"}
    heard = [step["caller"] for step in file["call"] if "caller" in step]
    assert heard[4:6] == ["the seventeenth of May", "the seventeenth of May 1980"]
    assert any(step.get("frontdesk", {}).get("knows") == {"reference": customer["reference"]} for step in file["call"])


def test_wrong_first_and_right_then(insurer: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two contracts stay two, and the records know one of them with this day of birth."""
    born = "el doce de marzo de mil novecientos setenta y ocho"
    said = [
        "cuál es mi franquicia", "cinco cero tres ocho dos dos uno siete", "sí", born, "cuatro siete dos uno nueve tres cero seis", "sí",
        born, "no gracias",
    ]  # fmt: skip
    file = recorded(insurer, tmp_path, "es", said, monkeypatch)
    references = [
        step["frontdesk"]["knows"]["reference"] for step in file["call"] if "reference" in step.get("frontdesk", {}).get("knows", ())
    ]
    assert len(set(references)) == 2
    assert [customer["reference"] for customer in file["fixture"]["customers"]] == references[1:]


def test_on_the_keypad(insurer: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Number, yes and day of birth one right after the other; a number is one line."""
    said = ["quelle est ma franchise", {"keys": "47219306"}, {"keys": "1"}, {"keys": "12031978"}, "non merci"]
    file = recorded(insurer, tmp_path, "fr", said, monkeypatch)
    typed = [step["caller"]["keys"] for step in file["call"] if isinstance(step.get("caller"), dict)]
    assert typed == [file["fixture"]["customers"][0]["reference"], "1", "17051980"]


def test_in_figures(insurer: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As some transcripts have them."""
    file = recorded(
        insurer, tmp_path, "de", ["wie hoch ist meine Selbstbeteiligung", "4721 9306", "ja", "12.03.1978", "nein danke"], monkeypatch
    )
    assert re.fullmatch(r"\d{4} \d{4}", file["call"][3]["caller"])
