"""The real Deepgram plugin understands what the emulator answers, and meets the faults that it is told to make."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator

import pytest

pytest.importorskip("livekit.plugins.deepgram", reason="the voice extra is not installed: make voice")
if shutil.which("espeak-ng") is None:
    pytest.skip("espeak-ng is not installed: apt-get install espeak-ng", allow_module_level=True)

import aiohttp
import numpy as np
from livekit import rtc
from livekit.agents import APIConnectOptions, APIStatusError
from livekit.agents.stt import SpeechEvent, SpeechEventType
from livekit.plugins import deepgram

from frontdesk.voice.rehearsal.telephone_voice import RATE, Samples, speak
from tests.emulators.deepgram_emulator import KEY, DeepgramEmulator, Fault, Utterance

_QUIET = np.zeros(RATE // 2, np.float32)


def _utterance(said: str, language: str = "fr", heard: str = "") -> Utterance:
    return Utterance(said, language, speak(said, language), RATE, heard)


@contextlib.asynccontextmanager
async def _ears(emulator: DeepgramEmulator, language: str = "fr", key: str = KEY) -> AsyncIterator[deepgram.SpeechStream]:
    await emulator.start()
    async with aiohttp.ClientSession() as session:
        ears = deepgram.STT(model="nova-3", language=language, api_key=key, base_url=emulator.url, http_session=session)
        stream = ears.stream(conn_options=APIConnectOptions(max_retry=1, retry_interval=0.1, timeout=3))
        try:
            yield stream
        finally:
            await stream.aclose()
            await emulator.stop()


def _push(stream: deepgram.SpeechStream, samples: Samples) -> None:
    size = RATE // 50
    for start in range(0, len(samples) - size + 1, size):
        data = (samples[start : start + size] * 32767).astype("<i2").tobytes()
        stream.push_frame(rtc.AudioFrame(data, RATE, 1, size))


async def _until_final(stream: deepgram.SpeechStream) -> list[SpeechEvent]:
    events: list[SpeechEvent] = []
    async with asyncio.timeout(10):
        async for event in stream:
            events.append(event)
            if event.type is SpeechEventType.END_OF_SPEECH:
                break
    return events


async def test_an_utterance_is_recognised_by_its_sound() -> None:
    """Speech starts, grows in interim results, and is final when it has ended; its neighbours are not mistaken for it."""
    spoken = [_utterance(text) for text in ("non", "non merci", "oui très bien", "mercredi après-midi vers quinze heures")]
    async with _ears(DeepgramEmulator(spoken)) as stream:
        for utterance in spoken:
            _push(stream, np.concatenate((_QUIET, utterance.samples * 0.5, _QUIET)))
            events = await _until_final(stream)
            kinds = [event.type for event in events]
            assert kinds[0] is SpeechEventType.START_OF_SPEECH
            finals = [event.alternatives[0].text for event in events if event.type is SpeechEventType.FINAL_TRANSCRIPT]
            assert finals == [utterance.said]
        interims = [event.alternatives[0].text for event in events if event.type is SpeechEventType.INTERIM_TRANSCRIPT]
        assert interims
        assert all(spoken[-1].said.startswith(text) for text in interims)


async def test_a_pause_within_is_not_the_end() -> None:
    """A number said in groups arrives as one result, unless its beginning is an utterance of its own."""
    number = _utterance("zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit")
    async with _ears(DeepgramEmulator([number, _utterance("non merci")])) as stream:
        _push(stream, np.concatenate((_QUIET, number.samples, _QUIET)))
        events = await _until_final(stream)
    assert [event.alternatives[0].text for event in events if event.type is SpeechEventType.FINAL_TRANSCRIPT] == [number.said]


async def test_what_is_heard_may_differ_from_what_was_said() -> None:
    """A mishearing is scripted by `heard`."""
    four = _utterance("quatre", heard="cat")
    async with _ears(DeepgramEmulator([four])) as stream:
        _push(stream, np.concatenate((_QUIET, four.samples, _QUIET)))
        assert (await _until_final(stream))[-2].alternatives[0].text == "cat"


async def test_ears_of_another_language_understand_nothing() -> None:
    """The language of the query decides: French on German ears is noise."""
    emulator = DeepgramEmulator([_utterance("bonjour je voudrais prendre rendez-vous"), _utterance("guten Tag", "de")])
    async with _ears(emulator, "de") as stream:
        _push(stream, np.concatenate((_QUIET, speak("bonjour je voudrais prendre rendez-vous", "fr"), _QUIET, _QUIET)))
        events = await _until_final(stream)
    assert SpeechEventType.FINAL_TRANSCRIPT not in [event.type for event in events]
    assert emulator.connections[0].language == "de"
    assert emulator.connections[0].audio_s > 2


async def test_ears_of_several_languages_tell_which_it_was() -> None:
    """`language=multi` understands any of them, and every result names its language."""
    spoken = [_utterance("bonjour je voudrais prendre rendez-vous"), _utterance("guten Tag ich hätte gern einen Termin", "de")]
    async with _ears(DeepgramEmulator(spoken), "multi") as stream:
        for utterance in spoken:
            _push(stream, np.concatenate((_QUIET, utterance.samples, _QUIET)))
            final = (await _until_final(stream))[-2].alternatives[0]
            assert (final.text, final.language) == (utterance.said, utterance.language)


async def test_a_wrong_key_is_refused() -> None:
    """As the vendor does: 401, and the plugin gives up."""
    async with _ears(DeepgramEmulator(), key="wrong") as stream:
        with pytest.raises(APIStatusError) as refused:
            await _until_final(stream)
    assert refused.value.status_code == 401


async def test_a_connection_that_closes_is_made_anew() -> None:
    """After a scripted close the plugin connects again and goes on understanding."""
    yes = _utterance("oui très bien")
    emulator = DeepgramEmulator([yes], faults=[Fault("close", after=1), None])
    async with _ears(emulator) as stream:
        for _ in range(2):
            _push(stream, np.concatenate((_QUIET, yes.samples, _QUIET)))
            await _until_final(stream)
            await asyncio.sleep(0.5)
    assert len(emulator.connections) == 2


async def test_a_stalled_connection_says_nothing() -> None:
    """It takes the audio and never answers."""
    yes = _utterance("oui très bien")
    emulator = DeepgramEmulator([yes], faults=[Fault("stall")])
    async with _ears(emulator) as stream:
        _push(stream, np.concatenate((_QUIET, yes.samples, _QUIET)))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await _until_final(stream)
    assert emulator.connections[0].audio_s > 1
