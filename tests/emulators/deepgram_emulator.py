"""Deepgram's live transcription on loopback: a websocket at /v1/listen, as livekit-plugins-deepgram 1.8.9 speaks to it.

It is told which utterances there are and how they sound, listens to what arrives, and answers with interim and final results at
the moments at which a listener could know them. What does not arrive is not heard, and what is cut off is not understood.

Messages as in https://developers.deepgram.com/reference/speech-to-text/listen-streaming: `Results` (`is_final`, `speech_final`),
`SpeechStarted`, `UtteranceEnd`, `Metadata`; from the client `KeepAlive`, `Finalize`, `CloseStream` and linear16 audio.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
from aiohttp import WSCloseCode, WSMsgType, web

from tests.emulators.sound_matching import FRAME_S, Comparison, Picture, loudness, picture

__all__ = ["KEY", "DeepgramEmulator", "Fault", "Listening", "Utterance"]

KEY: Final = "dg-emulated-0123456789"

_LOUD: Final = 0.01
"""RMS above which a frame is speech."""

_ONSET_FRAMES: Final = 3
_QUIET_S: Final = 0.6
"""So long a silence ends an utterance that is like none we know."""

_SURE: Final = 0.75
"""Similarity from which an utterance counts as recognised."""

_LENGTH_S: Final = 0.15
"""So much longer or shorter than it was made may an utterance arrive."""

_TOO_LONG_S: Final = 0.3

_INTERIM_EVERY_S: Final = 0.3


@dataclass(frozen=True)
class Utterance:
    """Something that callers say. `heard` is what the ears make of it, where that differs from what was said."""

    said: str
    language: str
    samples: npt.NDArray[np.float32]
    rate: int
    heard: str = ""

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate

    @property
    def words(self) -> tuple[str, ...]:
        return tuple((self.heard or self.said).split())


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a connection: `refuse` it with `status`; `close` it after `after` final results, or `stall` from there on."""

    kind: Literal["refuse", "close", "stall"]
    after: int = 0
    status: int = 401


@dataclass
class Listening:
    """One connection, as a test may look at it: the query it came with, the seconds of audio, what was recognised."""

    query: dict[str, list[str]]
    audio_s: float = 0.0
    finals: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    """Speech that was not understood: where in the audio, and what it was most like."""
    control: list[str] = field(default_factory=list)
    """Types of the control messages that came."""

    @property
    def language(self) -> str:
        return self.query["language"][0]


class DeepgramEmulator:
    """Serves on a free port of 127.0.0.1 until :meth:`stop`.

    `final_after_s` is how long after the last sound of an utterance the final result goes out; the vendor needs a few tenths,
    0 answers at once. `faults` are taken by connections in the order in which they come; None stands for a good one.
    """

    def __init__(self, utterances: Iterable[Utterance] = (), *, final_after_s: float = 0.1, faults: Iterable[Fault | None] = ()) -> None:
        self._known: list[Utterance] = list(utterances)
        self._pictures: dict[tuple[int, int], Picture] = {}
        self.final_after_s = final_after_s
        self.faults = list(faults)
        self.connections: list[Listening] = []
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """Give this to DEEPGRAM_BASE_URL."""
        return f"http://127.0.0.1:{self._port}/v1/listen"

    def learn(self, *utterances: Utterance) -> None:
        """From now on these are known as well."""
        self._known += [one for one in utterances if all(one is not other for other in self._known)]

    async def start(self, port: int = 0) -> None:
        app = web.Application()
        app.router.add_get("/v1/listen", self._listen)
        self._runner = web.AppRunner(app, handle_signals=False, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    # -- a connection --------------------------------------------------------------------------------------------------

    async def _listen(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Token {KEY}":
            return web.json_response({"err_code": "INVALID_AUTH", "err_msg": "Invalid credentials."}, status=401)
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None and fault.kind == "refuse":
            return web.json_response({"err_code": "EMULATED", "err_msg": "Refused, as scripted."}, status=fault.status)
        query = {name: request.query.getall(name) for name in request.query}
        if query.get("encoding") != ["linear16"] or query.get("channels", ["1"]) != ["1"]:
            return web.json_response({"err_code": "Bad Request", "err_msg": "Only linear16 in one channel."}, status=400)
        socket = web.WebSocketResponse(heartbeat=None)
        await socket.prepare(request)
        listening = Listening(query)
        self.connections.append(listening)
        ears = _Ears(self, listening, socket, fault)
        with contextlib.suppress(ConnectionError):
            async for message in socket:
                if message.type is WSMsgType.BINARY:
                    await ears.take(message.data)
                elif message.type is WSMsgType.TEXT:
                    kind = str(message.json().get("type"))
                    listening.control.append(kind)
                    if kind == "CloseStream":
                        await ears.finish()
                        await socket.send_json(
                            {"type": "Metadata", "request_id": ears.id, "duration": round(listening.audio_s, 3), "channels": 1}
                        )
                        break
                    if kind == "Finalize":
                        await ears.finish(from_finalize=True)
                if ears.closed:
                    await socket.close(code=WSCloseCode.INTERNAL_ERROR, message=b"NET-0000 emulated")
                    break
        await socket.close()
        return socket

    def shape(self, utterance: Utterance, rate: int) -> Picture:
        """How an utterance looks on a stream of `rate` samples a second; made once."""
        key = (id(utterance), rate)
        if key not in self._pictures:
            self._pictures[key] = picture(_resampled(utterance.samples, utterance.rate, rate), rate)
        return self._pictures[key]

    def known_in(self, language: str) -> list[Utterance]:
        """What ears of that language can understand."""
        spoken = language.partition("-")[0]
        return [one for one in self._known if spoken == "multi" or one.language == spoken]


class _Ears:
    """What one connection has heard so far."""

    def __init__(self, emulator: DeepgramEmulator, listening: Listening, socket: web.WebSocketResponse, fault: Fault | None) -> None:
        self.id = str(uuid.uuid4())
        self.closed = False
        self._emulator, self._listening, self._socket, self._fault = emulator, listening, socket, fault
        query = listening.query
        self._rate = int(query["sample_rate"][0])
        self._interim = query.get("interim_results") == ["true"]
        self._vad = query.get("vad_events") == ["true"]
        self._utterance_end_s = float(query["utterance_end_ms"][0]) / 1000 if "utterance_end_ms" in query else None
        self._pending = np.zeros(0, np.float32)
        self._speech: list[Picture] = []
        """A column for each frame since the onset; empty while nobody speaks."""
        self._known: list[Utterance] = []
        self._comparison: Comparison | None = None
        self._recent: list[npt.NDArray[np.float32]] = []
        self._quiet_frames = 0
        self._onset_s = 0.0
        self._last_interim_s = 0.0
        self._last_shown = ""
        self._utterance_end_due: float | None = None
        self._likeness = ""

    async def take(self, data: bytes) -> None:
        """A piece of the caller's sound."""
        self._listening.audio_s += len(data) / 2 / self._rate
        self._pending = np.concatenate((self._pending, np.frombuffer(data, "<i2").astype(np.float32) / 32768))
        size = int(self._rate * FRAME_S)
        while len(self._pending) >= size:
            frame, self._pending = self._pending[:size], self._pending[size:]
            await self._frame(frame)

    async def finish(self, *, from_finalize: bool = False) -> None:
        """Nothing more will come for now: what was heard so far is final."""
        if self._speech:
            await self._final(from_finalize=from_finalize)

    @property
    def _now_s(self) -> float:
        return self._listening.audio_s

    @property
    def _stalled(self) -> bool:
        return self._fault is not None and self._fault.kind == "stall" and len(self._listening.finals) >= self._fault.after

    async def _frame(self, frame: npt.NDArray[np.float32]) -> None:
        loud = bool(loudness(frame, self._rate)[0] > _LOUD)
        if not self._speech:
            self._recent = [*self._recent[-9:], frame]
            loud_run = [bool(loudness(part, self._rate)[0] > _LOUD) for part in self._recent[-_ONSET_FRAMES:]]
            if len(loud_run) == _ONSET_FRAMES and all(loud_run):
                self._speech = [picture(part, self._rate) for part in self._recent[-_ONSET_FRAMES:]]
                self._known = self._emulator.known_in(self._listening.language)
                self._comparison = Comparison([self._emulator.shape(one, self._rate) for one in self._known])
                for column in self._speech:
                    self._comparison.add(column)
                self._onset_s, self._quiet_frames, self._last_interim_s = self._now_s, 0, self._now_s
                self._utterance_end_due = None
                if self._vad:
                    await self._send({"type": "SpeechStarted", "channel": [0], "timestamp": round(self._onset_s, 3)})
            elif self._utterance_end_due is not None and self._now_s >= self._utterance_end_due:
                due, self._utterance_end_due = self._utterance_end_due, None
                await self._send({"type": "UtteranceEnd", "channel": [0, 1], "last_word_end": round(due, 3)})
            return
        self._speech.append(picture(frame, self._rate))
        if self._comparison is not None:
            self._comparison.add(self._speech[-1])
        self._quiet_frames = 0 if loud else self._quiet_frames + 1
        quiet_s = self._quiet_frames * FRAME_S
        if quiet_s >= max(self._emulator.final_after_s, FRAME_S):
            said_s = len(self._speech) * FRAME_S - quiet_s
            if quiet_s >= _QUIET_S or self._whole(said_s):
                await self._final()
                return
        if self._interim and self._now_s - self._last_interim_s >= _INTERIM_EVERY_S:
            self._last_interim_s = self._now_s
            match = self._match()
            if match is not None:
                share = min(1.0, len(self._speech) * FRAME_S / match.seconds)
                words = match.words[: int(len(match.words) * share)]
                if words and " ".join(words) != self._last_shown:
                    self._last_shown = " ".join(words)
                    await self._results(words, match, final=False)

    def _whole(self, said_s: float) -> bool:
        """Whether what was said so far is the whole of an utterance that we know, not the part before a pause in it."""
        match = self._match(said_s)
        return match is not None and said_s >= match.seconds - _LENGTH_S

    def _match(self, ended_after_s: float | None = None) -> Utterance | None:
        """The utterance that what was heard so far sounds like; None when it is like none. "Non" that has ended is not "non merci"."""
        if self._comparison is None or not self._known:
            self._likeness = "nothing"
            return None
        likeness = self._comparison.likeness
        if ended_after_s is None:
            likeness = np.where(len(self._speech) * FRAME_S > self._comparison.seconds + _TOO_LONG_S, 0, likeness)
        else:
            likeness = likeness - np.minimum(0.15, 0.3 * np.abs(self._comparison.seconds - ended_after_s))
        best = int(likeness.argmax())
        self._likeness = f"{self._known[best].said!r} {likeness[best]:.2f}"
        return self._known[best] if likeness[best] >= _SURE else None

    async def _final(self, *, from_finalize: bool = False) -> None:
        said_s = (len(self._speech) - self._quiet_frames) * FRAME_S
        match = self._match(said_s)
        words: tuple[str, ...] = ()
        if match is not None:
            share = min(1.0, (said_s + _LENGTH_S) / match.seconds)
            words = match.words[: round(len(match.words) * share)]
        ended_s = self._now_s - self._quiet_frames * FRAME_S
        self._speech, self._recent, self._last_shown = [], [], ""
        if self._utterance_end_s is not None and words:
            self._utterance_end_due = ended_s + self._utterance_end_s
        if self._stalled:
            return
        await self._results(words, match, final=True, from_finalize=from_finalize)
        if words:
            self._listening.finals.append(" ".join(words))
        else:
            self._listening.missed.append(f"{self._onset_s:.1f}-{ended_s:.1f} s: most like {self._likeness}")
        if self._fault is not None and self._fault.kind == "close" and len(self._listening.finals) >= self._fault.after:
            self.closed = True

    async def _results(self, words: tuple[str, ...], match: Utterance | None, *, final: bool, from_finalize: bool = False) -> None:
        each = (match.seconds if match is not None else 0.0) / max(1, len(match.words) if match is not None else 1)
        timed: list[dict[str, Any]] = [
            {
                "word": word.lower().strip(".,!?"),
                "punctuated_word": word,
                "start": round(self._onset_s + each * place, 3),
                "end": round(self._onset_s + each * (place + 1), 3),
                "confidence": 0.98,
            }
            for place, word in enumerate(words)
        ]
        alternative: dict[str, Any] = {"transcript": " ".join(words), "confidence": 0.98 if words else 0.0, "words": timed}
        if self._listening.language == "multi" and match is not None:
            alternative["languages"] = [match.language]
            for word in timed:
                word["language"] = match.language
        message: dict[str, Any] = {
            "type": "Results",
            "channel_index": [0, 1],
            "start": round(self._onset_s, 3),
            "duration": round(self._now_s - self._onset_s, 3),
            "is_final": final,
            "speech_final": final,
            "from_finalize": from_finalize,
            "channel": {"alternatives": [alternative]},
            "metadata": {
                "request_id": self.id,
                "model_uuid": self.id,
                "model_info": {"name": "emulated", "version": "1", "arch": "nova-3"},
            },
        }
        await self._send(message)

    async def _send(self, message: dict[str, Any]) -> None:
        if not self._stalled:
            await self._socket.send_json(message)


def _resampled(samples: npt.NDArray[np.float32], rate: int, wanted: int) -> npt.NDArray[np.float32]:
    """By the spectrum: the utterances are whole and known beforehand."""
    if rate == wanted:
        return samples
    length = int(len(samples) * wanted / rate)
    spectrum = np.fft.rfft(samples)
    wide = np.zeros(length // 2 + 1, np.complex128)
    kept = min(len(wide), len(spectrum))
    wide[:kept] = spectrum[:kept]
    return (np.fft.irfft(wide, n=length) * (length / len(samples))).astype(np.float32)
