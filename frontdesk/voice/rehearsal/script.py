"""Ears, a voice and a detector of voices that do what a script says, at once."""

from __future__ import annotations

import asyncio
import math
import struct
from typing import Any, Final

from livekit import rtc
from livekit.agents import APIConnectOptions, LanguageCode, stt, tts, utils, vad
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN, NotGivenOr

__all__ = ["LoudnessVAD", "ScriptedEars", "ScriptedVoice", "tone"]

_RATE_HZ: Final = 16_000
_LOUD: Final = 500
"""Amplitude of a sample above which there is a voice."""


def tone(seconds: float, sample_rate_hz: int = 8000, amplitude: int = 8000, hertz: float = 220.0) -> bytes:
    """A sound that stands for a voice, 16-bit mono."""
    count = round(seconds * sample_rate_hz)
    return struct.pack(f"<{count}h", *(round(amplitude * math.sin(2 * math.pi * hertz * n / sample_rate_hz)) for n in range(count)))


class ScriptedEars(stt.STT[Any]):
    """Hears what it is told, whatever the sound was."""

    def __init__(self) -> None:
        super().__init__(capabilities=stt.STTCapabilities(streaming=True, interim_results=True))
        self.languages: list[str] = []
        """The languages that it was told to listen for, in order."""
        self._streams: list[_Listening] = []

    def update_options(self, *, language: str) -> None:
        self.languages.append(language)

    def interim(self, text: str) -> None:
        """It believes so far that this is being said."""
        self._tell(stt.SpeechEventType.INTERIM_TRANSCRIPT, text)

    def final(self, text: str) -> None:
        """It is sure that this was said."""
        self._tell(stt.SpeechEventType.FINAL_TRANSCRIPT, text)

    def stream(
        self,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,  # noqa: ARG002
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    ) -> _Listening:
        self._streams.append(_Listening(stt=self, conn_options=conn_options))
        return self._streams[-1]

    async def _recognize_impl(self, buffer: Any, *, language: Any = NOT_GIVEN, conn_options: Any = None) -> stt.SpeechEvent:
        raise NotImplementedError

    def _tell(self, kind: stt.SpeechEventType, text: str) -> None:
        language = LanguageCode(self.languages[-1] if self.languages else "fr")
        self._streams[-1].tell(stt.SpeechEvent(type=kind, alternatives=[stt.SpeechData(language=language, text=text)]))


class _Listening(stt.RecognizeStream):
    def tell(self, event: stt.SpeechEvent) -> None:
        self._event_ch.send_nowait(event)

    async def _run(self) -> None:
        async for _ in self._input_ch:
            pass


class ScriptedVoice(tts.TTS[Any]):
    """A tone for each sentence, `seconds_per_letter` long, after `delay_s`. `spoken` is what was said, with its language."""

    def __init__(self, *, seconds_per_letter: float = 0.01, delay_s: float = 0.0) -> None:
        super().__init__(capabilities=tts.TTSCapabilities(streaming=False), sample_rate=_RATE_HZ, num_channels=1)
        self.seconds_per_letter, self.delay_s = seconds_per_letter, delay_s
        self.language = ""
        self.spoken: list[tuple[str, str]] = []

    def update_options(self, *, language: str) -> None:
        self.language = language

    def synthesize(self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS) -> _Tone:
        self.spoken.append((self.language, text))
        return _Tone(tts=self, input_text=text, conn_options=conn_options)


class _Tone(tts.ChunkedStream):
    _tts: ScriptedVoice

    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        await asyncio.sleep(self._tts.delay_s)
        output_emitter.initialize(request_id=utils.shortuuid(), sample_rate=_RATE_HZ, num_channels=1, mime_type="audio/pcm")
        output_emitter.push(tone(max(0.05, len(self._input_text) * self._tts.seconds_per_letter), _RATE_HZ))


class LoudnessVAD(vad.VAD):
    """A voice is what is loud; it has ended after `pause_s` of quiet."""

    def __init__(self, *, pause_s: float = 0.1) -> None:
        super().__init__(capabilities=vad.VADCapabilities(update_interval=0.02))
        self.pause_s = pause_s

    def stream(self) -> _Loudness:
        return _Loudness(self)


class _Loudness(vad.VADStream):
    _vad: LoudnessVAD

    async def _main_task(self) -> None:
        speaking, speech_s, quiet_s, index = False, 0.0, 0.0, 0
        async for frame in self._input_ch:
            if not isinstance(frame, rtc.AudioFrame):
                speaking, speech_s, quiet_s = False, 0.0, 0.0
                continue
            index += frame.samples_per_channel
            length_s = frame.samples_per_channel / frame.sample_rate
            loud = max(frame.data, default=0) > _LOUD
            speech_s, quiet_s = (speech_s + length_s, 0.0) if loud else (speech_s, quiet_s + length_s)
            if loud and not speaking:
                speaking, speech_s = True, length_s
                self._send(vad.VADEventType.START_OF_SPEECH, index, speech_s, 0.0, speaking)
            self._send(
                vad.VADEventType.INFERENCE_DONE, index, speech_s if speaking else 0.0, quiet_s, speaking, loud=length_s if loud else 0.0
            )
            if speaking and quiet_s >= self._vad.pause_s:
                speaking = False
                self._send(vad.VADEventType.END_OF_SPEECH, index, speech_s, quiet_s, speaking)
                speech_s = 0.0

    def _send(self, kind: vad.VADEventType, index: int, speech_s: float, quiet_s: float, speaking: bool, *, loud: float = 0.0) -> None:
        self._event_ch.send_nowait(
            vad.VADEvent(
                type=kind,
                samples_index=index,
                timestamp=index / 8000,
                speech_duration=speech_s,
                silence_duration=quiet_s,
                speaking=speaking,
                raw_accumulated_silence=quiet_s,
                raw_accumulated_speech=loud,
            )
        )
