"""The voice that needs no account: a real program, where it is installed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

pytest.importorskip("livekit.agents", reason="the voice extra is not installed (make voice)")

from livekit.agents import APIConnectOptions

from frontdesk.voice.espeak import EspeakTTS, find_espeak

ONCE = APIConnectOptions(max_retry=0)
installed = pytest.mark.skipif(find_espeak() is None, reason="espeak-ng is not installed")


@installed
@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Bonjour, à demain."), ("de", "Guten Tag, bis morgen früh."), ("en", "Good morning."), ("es", "Buenos días, señora.")],
)
async def test_every_language_has_a_sound(language: str, text: str) -> None:
    """Between half a second and four, and not silence."""
    voice = EspeakTTS()
    voice.update_options(language=language)
    frame = await voice.synthesize(text, conn_options=ONCE).collect()
    assert frame.sample_rate == 22_050
    assert 0.5 < frame.duration < 4
    assert max(frame.data) > 2_000


@installed
async def test_faster_is_shorter() -> None:
    """The speed of the settings is words a minute."""
    slow, fast = [
        (await EspeakTTS(words_per_minute=speed).synthesize("Je vous écoute, que souhaitez-vous ?", conn_options=ONCE).collect()).duration
        for speed in (100, 250)
    ]
    assert fast < slow * 0.7


async def fake_program(folder: Path, script: str) -> str:
    program = folder / "espeak-ng"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


async def test_what_is_said_is_on_no_command_line(tmp_path: Path) -> None:
    """Command lines are seen by everybody on the machine; a name belongs to nobody there."""
    program = await fake_program(tmp_path, f'echo "$@" > {tmp_path}/arguments; cat > {tmp_path}/text; head -c 4500 /dev/urandom')
    await EspeakTTS(program=program).synthesize("Anna Dupont", conn_options=ONCE).collect()
    assert "Anna" not in (tmp_path / "arguments").read_text(encoding="utf-8")
    assert (tmp_path / "text").read_text(encoding="utf-8") == "Anna Dupont"


async def test_a_sentence_that_is_broken_off_leaves_no_process(tmp_path: Path) -> None:
    """A caller who interrupts us a hundred times does not fill the machine."""
    program = await fake_program(tmp_path, f"echo $$ > {tmp_path}/pid; head -c 9000 /dev/urandom; exec sleep 60")
    stream = EspeakTTS(program=program).synthesize("Bonjour", conn_options=ONCE)
    await anext(aiter(stream))
    await stream.aclose()
    pid = int((tmp_path / "pid").read_text(encoding="utf-8"))
    for _ in range(50):
        if not Path(f"/proc/{pid}").exists():  # noqa: ASYNC240 - no real file
            break
        await asyncio.sleep(0.02)
    else:
        pytest.fail("the process is still there")


async def test_a_voice_that_is_not_installed_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, with the command."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileNotFoundError, match="apt-get install espeak-ng"):
        EspeakTTS()
