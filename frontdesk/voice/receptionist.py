"""LiveKit's side of a call: one Agent for the whole of it, without a model, instructions or tools. It passes on, and decides nothing."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any, Final

from livekit.agents import Agent, AgentSession, StopResponse, llm, stt, tts, vad
from livekit.agents.voice import SpeechHandle, UserInputTranscribedEvent, UserStateChangedEvent
from livekit.agents.voice.agent_session import SessionConnectOptions

from frontdesk.conversation.outputs import Line
from frontdesk.voice.carrier import Carrier
from frontdesk.voice.ports import Hearing, Spoken
from frontdesk.voice.providers import set_ears_language, set_voice_language

__all__ = ["Receptionist", "RoomEars", "RoomMouth", "TurnEnd", "make_session"]

_log = logging.getLogger(__name__)

_FALSE_ALARM_S: Final = 1.0
"""After so long without a word, what broke us off was a noise, and we go on where we were."""
_MOST_ERRORS: Final = 10_000
"""More than a call can last: ears that fail are tried again every few seconds."""
_INTERRUPTS_S: Final = 0.35
"""A voice of this length breaks us off; a cough is shorter."""


class TurnEnd:
    """A turn detector in LiveKit's sense (`livekit.agents.voice.turn._TurnDetector`): it answers once the carrier says that a turn is over.

    LiveKit's own delays are zero. Were it to wait by itself, a line that must be heard could begin meanwhile, and LiveKit drops
    what is said over such a line.
    """

    model = "frontdesk-rules"
    provider = "frontdesk"

    def __init__(self) -> None:
        self.carrier: Carrier | None = None
        self.quiet_since: float | None = None
        """Since when this turn's voice has been silent, in seconds of the loop's clock; None while no end of it was noticed."""

    async def unlikely_threshold(self, language: object) -> float | None:  # noqa: ARG002
        return 0.5

    async def supports_language(self, language: object) -> bool:  # noqa: ARG002
        return True

    async def predict_end_of_turn(self, chat_ctx: llm.ChatContext, *, timeout: float | None = None) -> float:  # noqa: ARG002, ASYNC109
        """Cancelled by LiveKit when the caller speaks on; asked again when more is understood."""
        said = chat_ctx.items[-1] if chat_ctx.items else None
        text = (said.text_content or "") if isinstance(said, llm.ChatMessage) and said.role == "user" else ""
        if self.carrier is not None:
            now = asyncio.get_running_loop().time()
            await self.carrier.turn_ends(text, now if self.quiet_since is None else self.quiet_since)
        return 1.0


class RoomMouth:
    """A :class:`~frontdesk.voice.ports.Mouth` that speaks through a session."""

    def __init__(self, voice: tts.TTS[Any]) -> None:
        self._voice = voice
        self.session: AgentSession[None] | None = None
        self._handle: SpeechHandle | None = None

    async def say(self, line: Line) -> Spoken:
        if self.session is None:
            return Spoken(False, "", failed=True)
        set_voice_language(self._voice, line.language)
        try:
            handle = self._handle = self.session.say(line.text, allow_interruptions=line.interruptible)
            await handle.wait_for_playout()
            # LiveKit drops what is said to a speech that may not be broken off, even one that has just ended.
            handle.allow_interruptions = True
        except RuntimeError as error:  # the session is closing
            _log.warning("a line was not said: %s", type(error).__name__)
            return Spoken(False, "", failed=True)
        finally:
            self._handle = None
        failed = handle.exception()
        if failed is not None:
            _log.error("the voice failed: %s", type(failed).__name__)
        said = " ".join(item.text_content or "" for item in handle.chat_items if isinstance(item, llm.ChatMessage))
        return Spoken(not handle.interrupted and failed is None, said, failed=failed is not None)

    def stop(self) -> None:
        if self._handle is not None:
            self._handle.interrupt(force=True)


class RoomEars:
    """:class:`~frontdesk.voice.ports.Ears` over a recogniser that begins in `language`; `several` is what it is told while any may come."""

    def __init__(self, recogniser: stt.STT[Any], language: str, *, several: str | None = None) -> None:
        self._recogniser, self._language, self._several = recogniser, language, several
        self.forgotten_until: float | None = None
        """What was begun before this moment (seconds of the loop's clock) is not heard."""
        self.hearing: Hearing | None = None
        """As it was told last."""

    def listen(self, hearing: Hearing) -> None:
        self.hearing = hearing
        language = hearing.language or self._several
        if language is not None and language != self._language:  # a recogniser begins anew for every change
            self._language = language
            set_ears_language(self._recogniser, language)

    def forget(self) -> None:
        self.forgotten_until = asyncio.get_running_loop().time()


class Receptionist(Agent):
    """The one agent of a call."""

    def __init__(self, carrier: Carrier, ears: RoomEars, turn_end: TurnEnd) -> None:
        super().__init__(instructions="")
        self._carrier, self._ears, self._turn_end = carrier, ears, turn_end
        self._voice_since: float | None = None

    async def on_enter(self) -> None:
        self.session.on("user_state_changed", self._on_voice)
        self.session.on("user_input_transcribed", self._on_transcript)

    async def on_user_turn_completed(self, turn_ctx: llm.ChatContext, new_message: llm.ChatMessage) -> None:  # noqa: ARG002
        """The caller's turn is the carrier's; LiveKit answers nothing itself."""
        began, self._voice_since = self._voice_since, None
        # A short “oui” may be understood without being noticed as a voice: its pause is not that of the turn before.
        self._turn_end.quiet_since = None
        forgotten = self._ears.forgotten_until
        if forgotten is None or began is None or began > forgotten:
            self._carrier.words(new_message.text_content or "")
        raise StopResponse

    def _on_voice(self, event: UserStateChangedEvent) -> None:
        active = event.new_state == "speaking"
        # LiveKit dates these by the wall clock, back to when the voice really began or ended.
        at = asyncio.get_running_loop().time() - max(0.0, time.time() - event.created_at)  # noqa: TID251
        self._turn_end.quiet_since = None if active else at
        if active and self._voice_since is None:
            self._voice_since = at
        self._carrier.voice(active)

    def _on_transcript(self, event: UserInputTranscribedEvent) -> None:
        self._carrier.half_heard(event.transcript)


def make_session(recogniser: stt.STT[Any], voice: tts.TTS[Any], activity: vad.VAD, turn_end: TurnEnd) -> AgentSession[None]:
    """A session as every call has it; its ears and mouth are the caller's room, or what a test puts in their place."""
    return AgentSession(
        stt=recogniser,
        vad=activity,
        tts=voice,
        turn_handling={
            "turn_detection": turn_end,
            "endpointing": {"min_delay": 0.0, "max_delay": 0.0},
            "interruption": {
                "mode": "vad",
                "min_duration": _INTERRUPTS_S,
                "resume_false_interruption": True,
                "false_interruption_timeout": _FALSE_ALARM_S,
                # What is said over a line that may not be broken off is heard, and answered after it.
                "discard_audio_if_uninterruptible": False,
            },
            "preemptive_generation": {"enabled": False},
        },
        tts_text_transforms=None,
        # A call without ears still has keys, and a caller who is spoken to; LiveKit would leave them in silence after three errors.
        conn_options=SessionConnectOptions(max_unrecoverable_errors=_MOST_ERRORS),
        aec_warmup_duration=None,
        user_away_timeout=None,
    )
