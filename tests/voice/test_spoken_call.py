"""The call that `make demo-voice` holds, faster: booked by voice, heard on both sides, every turn on its page."""

from __future__ import annotations

import datetime as dt
import shutil
import wave
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from frontdesk.bootstrap.app import open_app
from frontdesk.bootstrap.content import Folders
from fsm.outcome import outcome

pytest.importorskip("livekit.agents", reason="the voice extra is not installed (make voice)")
pytest.importorskip("PIL", reason="what draws the timeline is not installed (make demo-voice)")
if shutil.which("espeak-ng") is None:
    pytest.skip("espeak-ng is not installed (Debian: apt-get install espeak-ng)", allow_module_level=True)

import numpy as np
from PIL import Image

from frontdesk.voice.rehearsal.picture import draw
from frontdesk.voice.rehearsal.recording import RATE_HZ
from frontdesk.voice.rehearsal.spoken_call import hold_spoken_call
from frontdesk.voice.rehearsal.stopwatch import Stopwatch
from frontdesk.voice.rehearsal.timeline import Part, Who

pytestmark = pytest.mark.slow

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
WORDS = ["une coupe femme mardi après-midi", "la première", "Anna Dupont", "oui c'est ça", "oui c'est ça", "non merci, au revoir"]


async def test_a_booking_is_heard_and_drawn(tmp_path: Path) -> None:
    """Booked; both sides audible and not clipped; every turn and every line in the timeline; gaps are those of the sound."""
    async with await open_app(folders=Folders(None), db="sqlite://", clock=lambda: NOW) as app:
        app.warm_up("fr")
        stopwatch = Stopwatch()
        app.content = replace(app.content, brain=stopwatch.around(app.content.brain))
        conversation = app.conversation(caller="+33612345678")
        held = await hold_spoken_call(conversation, WORDS, stopwatch, words_per_minute=400, callers_words_per_minute=200, thinks_s=0.1)
        assert outcome(conversation.call) == "booked"
        turns = await app.ports.records.turns_of(conversation.call.id)

    timeline, recording = held.timeline, held.recording
    ours = [utterance.text for utterance in timeline.utterances if utterance.who is Who.FRONTDESK]
    assert [utterance.text for utterance in timeline.utterances if utterance.who is Who.CALLER] == WORDS
    assert ours == [sentence for turn in turns for sentence in turn.said]

    for utterance in timeline.utterances:
        sound = recording.side(utterance.who, utterance.began_s, utterance.ended_s)
        assert np.sqrt(np.mean(sound**2)) > 0.02, utterance
        assert np.abs(sound).max() < 0.99, utterance
        other = Who.CALLER if utterance.who is Who.FRONTDESK else Who.FRONTDESK
        assert np.abs(recording.side(other, utterance.began_s, utterance.ended_s)).max() < 0.01, utterance

    assert [gap.turn for gap in timeline.gaps] == [1, 2, 3, 4, 5, 6]
    for gap in timeline.gaps:
        heard_s = recording.first_sound_s(Who.FRONTDESK, gap.began_s)
        assert heard_s == pytest.approx(gap.began_s + gap.seconds, abs=2 / RATE_HZ)
        assert min(gap.parts.values()) >= 0.0, gap
    assert timeline.gaps[0].parts[Part.ACTION] > 0.0, "times were looked for before they were said"
    assert timeline.gaps[2].parts[Part.ACTION] == 0.0, "a name needs no action"

    recording.write(tmp_path / "call.wav")
    with wave.open(str(tmp_path / "call.wav")) as sound:
        assert (sound.getnchannels(), sound.getframerate()) == (2, RATE_HZ)
        assert sound.getnframes() == len(recording.samples)
    draw(timeline, recording, "A call", tmp_path / "call.png")
    with Image.open(tmp_path / "call.png") as page:
        assert page.width > page.height > 500
        assert len(page.convert("RGB").getcolors(1 << 16) or ()) > 8
