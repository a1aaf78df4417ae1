"""The voice that needs no account: espeak-ng, a program of the system, one process for each sentence."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from dataclasses import dataclass
from typing import Any, Final

from livekit.agents import APIConnectionError, APIConnectOptions, tts, utils
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS

__all__ = ["EspeakTTS", "find_espeak"]

SAMPLE_RATE_HZ: Final = 22_050
"""What espeak-ng makes; LiveKit converts it for the room."""
_WAV_HEADER_BYTES: Final = 44
_VOICES: Final = {"fr": "fr-fr", "de": "de", "en": "en-gb", "es": "es"}
_CHUNK_BYTES: Final = 4_410  # a tenth of a second


def find_espeak() -> str | None:
    """Where the program is, or None."""
    return shutil.which("espeak-ng")


@dataclass
class _Options:
    language: str
    words_per_minute: int
    pitch: int


class EspeakTTS(tts.TTS[Any]):
    """Speaks fr, de, en and es. `words_per_minute` from 80 to 450, `pitch` from 0 to 99.

    Raises FileNotFoundError where espeak-ng is not installed.
    """

    def __init__(self, *, language: str = "fr", words_per_minute: int = 165, pitch: int = 50, program: str | None = None) -> None:
        super().__init__(capabilities=tts.TTSCapabilities(streaming=False), sample_rate=SAMPLE_RATE_HZ, num_channels=1)
        found = program or find_espeak()
        if found is None:
            raise FileNotFoundError("espeak-ng is not installed; install it (Debian: apt-get install espeak-ng), or set ELEVEN_API_KEY.")
        self._program = found
        self._options = _Options(language, words_per_minute, pitch)

    @property
    def model(self) -> str:
        return "espeak-ng"

    @property
    def provider(self) -> str:
        return "espeak-ng"

    def update_options(self, *, language: str) -> None:
        """From the next sentence on."""
        self._options.language = language

    def synthesize(self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS) -> _Sentence:
        return _Sentence(self, text, conn_options)

    @property
    def command(self) -> tuple[str, ...]:
        """The program and its options. What is said comes by standard input: command lines are seen by everybody on the machine."""
        options = self._options
        return (
            *(self._program, "--stdin", "--stdout", "-b", "1", "-v", _VOICES.get(options.language, options.language)),
            *("-s", str(options.words_per_minute), "-p", str(options.pitch)),
        )


class _Sentence(tts.ChunkedStream):
    def __init__(self, voice: EspeakTTS, text: str, conn_options: APIConnectOptions) -> None:
        super().__init__(tts=voice, input_text=text, conn_options=conn_options)
        self._command = voice.command

    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
            )
        except OSError as error:
            raise APIConnectionError("espeak-ng could not be started") from error
        try:
            await self._speak(process, output_emitter)
        except BaseException:
            # Only here: a process that has ended by itself is somebody else's to reap.
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            raise
        finally:
            await process.wait()

    async def _speak(self, process: asyncio.subprocess.Process, output_emitter: tts.AudioEmitter) -> None:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - both are pipes
        try:
            process.stdin.write(self._input_text.encode())
            process.stdin.close()
            output_emitter.initialize(
                request_id=utils.shortuuid(), sample_rate=SAMPLE_RATE_HZ, num_channels=1, mime_type="audio/pcm", frame_size_ms=50
            )
            await process.stdout.readexactly(_WAV_HEADER_BYTES)
            while chunk := await process.stdout.read(_CHUNK_BYTES):
                output_emitter.push(chunk)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise APIConnectionError("espeak-ng made no sound") from error
