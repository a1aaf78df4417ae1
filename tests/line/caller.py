"""Somebody who rings: joins a room as LiveKit's SIP service brings a caller, hears, speaks, types, and hangs up.

What was said and heard is kept with its times, so that a test can ask who spoke when. One loop, no threads.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

import numpy as np
from livekit import api, rtc

from frontdesk.voice.rehearsal.telephone_voice import RATE, Samples

__all__ = ["Caller", "NotHeard", "Stretch", "ringing"]

_FRAME: Final = RATE // 50
_LOUD: Final = 0.004
"""RMS above which what comes from the line is somebody speaking."""

_SENTENCE_ENDS_S: Final = 1.0
"""So long a silence and our sentence is over; between two lines of one turn there is less."""

_KEYS: Final[Mapping[str, int]] = {**{str(digit): digit for digit in range(10)}, "*": 10, "#": 11}
"""Event codes of RFC 4733."""


class NotHeard(AssertionError):
    """What the caller waited for did not come."""


@dataclass(frozen=True)
class Stretch:
    """From when to when, in seconds of `time.monotonic`, and what, where it is known."""

    start: float
    end: float
    text: str = ""


@dataclass
class Caller:
    """One call. Use :func:`ringing`."""

    room: rtc.Room
    source: rtc.AudioSource
    name: str
    """The room's."""
    spoken: list[Stretch] = field(default_factory=list)
    heard: list[Stretch] = field(default_factory=list)
    """Stretches of sound from our side; those that are less than a fifth of a second apart are one."""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when there is a voice on the line; a real caller hears ringing until then."""
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the line is dead."""
    recording: list[tuple[float, Samples]] = field(default_factory=list)
    """What came from our side, with the time at which it came."""
    _to_say: list[Samples] = field(default_factory=list)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _mark: float = field(default_factory=time.monotonic)
    rang_at: float = field(default_factory=time.monotonic)

    # -- what a caller does --------------------------------------------------------------------------------------------

    async def listen(self, *, within_s: float = 20.0, quiet_s: float = _SENTENCE_ENDS_S) -> Stretch:
        """Waits for the next sentences from our side and for their end. Raises NotHeard."""
        first = await self.hear(within_s=within_s)
        while time.monotonic() - self.heard[-1].end < quiet_s and not self.ended.is_set():  # noqa: ASYNC110 - silence has no event
            await asyncio.sleep(0.05)
        self._mark = time.monotonic()
        return Stretch(first.start, self.heard[-1].end)

    async def hear(self, *, within_s: float = 20.0) -> Stretch:
        """Waits until our side makes a sound since the caller last spoke or listened. Raises NotHeard."""
        until = time.monotonic() + within_s
        while not self._since_mark():
            if time.monotonic() > until:
                raise NotHeard(f"nothing was heard for {within_s:g} s; so far: {self.story()}")
            if self.ended.is_set():
                raise NotHeard(f"the line went dead; so far: {self.story()}")
            await asyncio.sleep(0.02)
        return self._since_mark()[0]

    async def say(self, text: str, samples: Samples) -> Stretch:
        """Speaks, to the end."""
        start = time.monotonic()
        self._to_say += [samples[at : at + _FRAME] for at in range(0, len(samples), _FRAME)]
        while self._to_say and not self.ended.is_set():  # noqa: ASYNC110 - the line empties it, frame by frame
            await asyncio.sleep(0.005)
        said = Stretch(start, time.monotonic() + self.source.queued_duration, text)
        self.spoken.append(said)
        self._mark = said.end
        return said

    async def press(self, keys: str, *, pause_s: float = 0.15) -> None:
        """Types on the keypad, one key after the other."""
        for key in keys:
            await self.room.local_participant.publish_dtmf(code=_KEYS[key], digit=key)
            await asyncio.sleep(pause_s)
        now = time.monotonic()
        self.spoken.append(Stretch(now, now, keys))
        self._mark = now

    async def wait_for_the_end(self, *, within_s: float = 20.0) -> None:
        """Stays on the line until it is dead. Raises NotHeard."""
        try:
            async with asyncio.timeout(within_s):
                await self.ended.wait()
        except TimeoutError:
            raise NotHeard(f"nobody hung up for {within_s:g} s; so far: {self.story()}") from None

    async def hang_up(self) -> None:
        """Leaves, whatever is going on. Does nothing the second time."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        if self.room.isconnected():
            await self.room.disconnect()
        self.ended.set()

    # -- what can be asked afterwards -----------------------------------------------------------------------------------

    @property
    def gaps_s(self) -> list[float]:
        """From each last sound of the caller's to the first that came back, in seconds."""
        gaps = []
        for said in self.spoken:
            after = [stretch.start for stretch in self.heard if stretch.start > said.end - 0.1]
            if after:
                gaps.append(after[0] - said.end)
        return gaps

    def story(self) -> str:
        """Who spoke when, in seconds since the call began."""
        told = [(one.start, one.end, f"caller: {one.text}") for one in self.spoken]
        told += [(one.start, one.end, "frontdesk") for one in self.heard]
        return "; ".join(f"{start - self.rang_at:.1f}-{end - self.rang_at:.1f} {who}" for start, end, who in sorted(told)) or "silence"

    def _since_mark(self) -> list[Stretch]:
        return [one for one in self.heard if one.end > self._mark + 0.1]

    # -- the line ------------------------------------------------------------------------------------------------------

    async def _speak(self) -> None:
        """Sends a frame every 20 ms, as a telephone does: speech or the quiet noise of the line."""
        noise = np.random.default_rng(1).normal(0, 0.0004, (50, _FRAME)).astype(np.float32)
        turn = 0
        while True:
            samples = self._to_say.pop(0) if self._to_say else noise[turn % 50]
            turn += 1
            if len(samples) < _FRAME:
                samples = np.concatenate((samples, noise[0][: _FRAME - len(samples)]))
            data = (samples * 32767).astype("<i2").tobytes()
            await self.source.capture_frame(rtc.AudioFrame(data, RATE, 1, _FRAME))

    async def _hear(self, track: rtc.Track) -> None:
        stream = rtc.AudioStream(track, sample_rate=RATE, num_channels=1, frame_size_ms=20)
        try:
            async for event in stream:
                now = time.monotonic()
                samples = np.frombuffer(event.frame.data, np.int16).astype(np.float32) / 32768
                self.recording.append((now, samples))
                if float(np.sqrt(np.mean(samples**2))) < _LOUD:
                    continue
                if self.heard and now - self.heard[-1].end < 0.2:
                    self.heard[-1] = Stretch(self.heard[-1].start, now)
                else:
                    self.heard.append(Stretch(now - 0.02, now))
        finally:
            await stream.aclose()

    def _track_came(self, track: rtc.Track, *_: object) -> None:
        if track.kind == rtc.TrackKind.KIND_AUDIO:
            self._tasks.append(asyncio.ensure_future(self._hear(track)))
            self.answered.set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.hang_up()


@contextlib.asynccontextmanager
async def ringing(
    line: Mapping[str, str],
    *,
    agent_name: str,
    number: str | None = "+33612345678",
    called: str = "+33199001234",
    status: str = "active",
) -> AsyncIterator[Caller]:
    """Rings: the room as an individual dispatch rule makes it, and the participant that SIP brings into it.

    `line` has LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET. `number` None is a caller who withholds it.
    """
    url, key, secret = line["LIVEKIT_URL"], line["LIVEKIT_API_KEY"], line["LIVEKIT_API_SECRET"]
    shown = number or "anonymous"
    name = f"call_{shown}_{secrets.token_hex(6)}"
    call_id = f"SCL_{secrets.token_hex(6)}"
    attributes = {
        "sip.callID": call_id,
        "sip.callIDFull": f"{secrets.token_hex(8)}@127.0.0.1",
        "sip.callStatus": status,
        "sip.phoneNumber": shown,
        "sip.trunkPhoneNumber": called,
        "sip.trunkID": "ST_loopback",
        "sip.ruleID": "SDR_loopback",
        "sip.hostname": "127.0.0.1",
    }
    token = (
        api.AccessToken(key, secret)
        .with_identity(f"sip_{shown}")
        .with_name(f"Phone {shown}")
        .with_kind("sip")
        .with_attributes(attributes)
        .with_grants(api.VideoGrants(room_join=True, room=name, can_update_own_metadata=True))
        .to_jwt()
    )
    async with api.LiveKitAPI(url, key, secret) as service:
        agents = [api.RoomAgentDispatch(agent_name=agent_name)]
        await service.room.create_room(api.CreateRoomRequest(name=name, agents=agents, empty_timeout=30, departure_timeout=20))
        room, source = rtc.Room(), rtc.AudioSource(RATE, 1, queue_size_ms=40)
        caller = Caller(room, source, name)
        room.on("track_subscribed", caller._track_came)
        room.on("disconnected", lambda *_: caller.ended.set())
        try:
            await room.connect(url, token)
            microphone = rtc.LocalAudioTrack.create_audio_track("phone", source)
            options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
            await room.local_participant.publish_track(microphone, options)
            caller._tasks.append(asyncio.ensure_future(caller._speak()))
            yield caller
        finally:
            await caller.hang_up()
            await source.aclose()
            with contextlib.suppress(api.TwirpError):  # gone when our side hung up
                await service.room.delete_room(api.DeleteRoomRequest(room=name))
