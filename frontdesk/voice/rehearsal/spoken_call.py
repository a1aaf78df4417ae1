"""A rehearsed call that can be heard: espeak-ng speaks for both, the caller over the telephone; only the ears are told the words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from frontdesk.voice.carrier import Held
from frontdesk.voice.espeak import EspeakTTS
from frontdesk.voice.providers import make_vad
from frontdesk.voice.rehearsal.call import Rehearsal
from frontdesk.voice.rehearsal.recording import Recording, record
from frontdesk.voice.rehearsal.stopwatch import Stopwatch
from frontdesk.voice.rehearsal.telephone_voice import Samples, speak
from frontdesk.voice.rehearsal.timeline import Gap, Part, Timeline, Utterance, Who

__all__ = ["SpokenCall", "hold_spoken_call"]

_CALLERS_VOICE: Final = "+f3"
_LONGEST_TURN_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class SpokenCall:
    """What is left of the call."""

    recording: Recording
    timeline: Timeline


async def hold_spoken_call(
    conversation: Held, words: Sequence[str], stopwatch: Stopwatch, *, words_per_minute: int, callers_words_per_minute: int, thinks_s: float
) -> SpokenCall:
    """Holds a call in real time, until it ends or the caller has nothing left to say and hangs up.

    The caller says `words`, one utterance a turn, and hears us out before each; then they think for `thinks_s` seconds.
    Raises TimeoutError when a turn does not end, and OSError where espeak-ng cannot be run.
    """
    language = conversation.call.language
    sounds = await asyncio.to_thread(_sounds, words, language, callers_words_per_minute)
    voice = EspeakTTS(language=language, words_per_minute=words_per_minute)
    stopwatch.listen_to(voice)
    async with Rehearsal(stopwatch.watch(conversation), voice=voice, activity=make_vad()) as call:
        for said, sound in zip(words, sounds, strict=True):
            await call.hears_us_out(within_s=_LONGEST_TURN_S)
            if conversation.call.ended:
                break
            await asyncio.sleep(thinks_s)
            await call.says(said, sound=sound)
            await call.taken()
        await call.hears_us_out(within_s=_LONGEST_TURN_S)
    recording = record(call.microphone, call.speaker.pieces)
    return SpokenCall(recording, _timeline(call, recording, stopwatch))


def _sounds(words: Sequence[str], language: str, words_per_minute: int) -> list[bytes]:
    spoken: Iterator[Samples] = (speak(text, language, words_per_minute=words_per_minute, voice=_CALLERS_VOICE) for text in words)
    return [(samples * 32767).astype(np.int16).tobytes() for samples in spoken]


def _timeline(call: Rehearsal, recording: Recording, stopwatch: Stopwatch) -> Timeline:
    utterances, gaps = [], []
    for piece in call.speaker.pieces:
        text = next((said.spoken.heard for said in call.lines if said.began <= piece.began <= said.ended), "")
        began_s = piece.began - recording.began
        utterances.append(Utterance(Who.FRONTDESK, text, began_s, began_s + piece.seconds))
    for turn in call.turns:
        ended_s = recording.last_sound_s(Who.CALLER, turn.began_s, turn.ended_s)
        utterances.append(Utterance(Who.CALLER, turn.text, turn.began_s, ended_s))
        gap = _gap(turn.turn, ended_s, recording, stopwatch)
        if gap is not None:
            gaps.append(gap)
    return Timeline(recording.seconds, sorted(utterances, key=lambda utterance: utterance.began_s), gaps)


def _gap(turn: int, ended_s: float, recording: Recording, stopwatch: Stopwatch) -> Gap | None:
    """After the caller's last sound of a turn, at `ended_s`; None for what was never answered."""
    moments = stopwatch.turns.get(turn)
    if moments is None or moments.answered is None:
        return None
    heard_s = recording.first_sound_s(Who.FRONTDESK, moments.answered - recording.began)
    if heard_s is None:
        return None
    ended, heard = recording.began + ended_s, recording.began + heard_s
    understood = moments.turn_ended if moments.understood is None else moments.understood
    sounded = next((sound for sound in stopwatch.first_sounds if sound >= moments.answered), heard)
    parts = {
        Part.ENDPOINTING: moments.turn_ended - ended,
        Part.UNDERSTANDING: understood - moments.turn_ended,
        Part.ENGINE: moments.answered - understood - moments.actions_s,
        Part.ACTION: moments.actions_s,
        Part.SYNTHESIS: sounded - moments.answered,
        Part.PLAYOUT: heard - sounded,
    }
    return Gap(turn, ended_s, parts)
