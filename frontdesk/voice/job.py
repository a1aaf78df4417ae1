"""One call in one room of LiveKit: who is there, when they hear us, and how the room ends. What is said is the carrier's."""

from __future__ import annotations

import asyncio
import logging
import threading
from dataclasses import dataclass
from typing import Final

import aiohttp
from livekit import api, rtc
from livekit.agents import AutoSubscribe, JobContext, JobProcess, room_io, vad
from livekit.agents.tokenize import basic
from livekit.protocol.sip import STS_TRANSFER_SUCCESSFUL

from frontdesk.bootstrap.app import App, open_app
from frontdesk.bootstrap.clock import machine_clock
from frontdesk.bootstrap.content import Folders
from frontdesk.bootstrap.errors import NoModel
from frontdesk.bootstrap.live import Lookout, begin_looking
from frontdesk.bootstrap.models import open_model
from frontdesk.bootstrap.places import database_url, outbox_file
from frontdesk.conversation.ports import Content
from frontdesk.settings import Settings
from frontdesk.voice.caller import caller_of, is_answered
from frontdesk.voice.carrier import Carrier
from frontdesk.voice.providers import hears_several, make_ears, make_vad, make_voice
from frontdesk.voice.quiet_logs import quieten
from frontdesk.voice.receptionist import Receptionist, RoomEars, RoomMouth, TurnEnd, make_session
from frontdesk.voice.transfers import failed_transfer
from integrations.models.port import Model
from integrations.telephony.port import TransferOutcome

__all__ = ["answer", "prepare"]

_log = logging.getLogger(__name__)

_ANSWERED_WITHIN_S: Final = 20.0
"""A caller who is still being rung after that is greeted all the same."""
_TAIL_S: Final = 0.4
"""So long sound is still on its way to the caller when we have played it."""


@dataclass(frozen=True, slots=True)
class _Kit:
    """What a process prepares before its call comes."""

    settings: Settings
    folders: Folders
    lookout: Lookout
    called: threading.Event
    """Set when the call has come: from then on nobody looks for edits."""
    model: Model | None
    vad: vad.VAD


def prepare(process: JobProcess) -> None:
    """Loads, before any call, what a caller would wait for."""
    quieten()
    settings = Settings.from_environment()
    folders = Folders(settings.business)
    try:
        model: Model | None = open_model(settings)
    except NoModel:
        model = None  # the rules hold the call alone
    lookout = asyncio.run(begin_looking(folders, database_url(settings), machine_clock, model))
    basic.hyphenate_word("frontdesk")  # what keeps count of the words that were heard loads its patterns on first use
    asyncio.run(_make_ready(settings, folders, lookout.content))
    called = threading.Event()
    process.userdata["kit"] = _Kit(settings, folders, lookout, called, model, make_vad())
    if settings.watch_s:  # it may wait for its call for hours
        looking = (settings.watch_s, called, database_url(settings))
        threading.Thread(target=lookout.keep_looking, args=looking, name="edits", daemon=True).start()


async def _make_ready(settings: Settings, folders: Folders, content: Content) -> None:
    """Makes the database, and warms up."""
    async with await open_app(folders=folders, db=database_url(settings), content=content) as app:
        app.warm_up()


async def answer(ctx: JobContext) -> None:
    """Holds the call of one room, from the ringing to the room's end."""
    kit: _Kit = ctx.proc.userdata["kit"]
    kit.called.set()
    content = kit.lookout.content  # from here on it does not change for this call
    ctx.log_context_fields.pop("room", None)  # its name holds the caller's number
    await ctx.connect(auto_subscribe=AutoSubscribe.AUDIO_ONLY)
    # `console` talks through this machine's microphone: there is no room, and nobody in it.
    participant = None if ctx.is_fake_job() else await ctx.wait_for_participant()
    app = await open_app(
        folders=kit.folders, db=database_url(kit.settings), outbox=outbox_file(kit.settings), content=content, model=kit.model
    )
    async with app:
        await _Call(ctx, kit, app, participant).hold()


class _Call:
    """One call under way."""

    def __init__(self, ctx: JobContext, kit: _Kit, app: App, participant: rtc.RemoteParticipant | None) -> None:
        self._ctx = ctx
        self._identity = participant.identity if participant is not None else None
        self._attributes = participant.attributes if participant is not None else {}
        business = app.content.business
        language = business.default_language
        self._answered = asyncio.Event()
        several = hears_several(kit.settings, business)
        recogniser = make_ears(kit.settings, business, several or language)
        voice = make_voice(kit.settings, language)
        self._conversation = app.conversation(caller=caller_of(self._attributes).number, telephony=self)
        ears = RoomEars(recogniser, several or language, several=several)
        mouth = RoomMouth(voice)
        turn_end = TurnEnd()
        self.carrier = Carrier(self._conversation, mouth, ears, self, any_language=several is not None)
        self._session = make_session(recogniser, voice, kit.vad, turn_end)
        mouth.session, turn_end.carrier = self._session, self.carrier
        self._agent = Receptionist(self.carrier, ears, turn_end)

    async def hold(self) -> None:
        """From the first ring to the end. What may happen is listened for before the greeting."""
        room = self._ctx.room
        options = room_io.RoomOptions(
            text_input=False,
            audio_input=room_io.AudioInputOptions(sample_rate=16_000, pre_connect_audio=False),
            close_on_disconnect=False,  # the carrier brings what is under way to its end
        )
        if self._identity is not None:
            room.on("participant_disconnected", self._on_left)
            room.on("disconnected", self._on_closed)
            room.on("sip_dtmf_received", self._on_key)
            room.on("participant_attributes_changed", self._on_attributes)
            options.participant_identity = self._identity
            if self._identity not in room.remote_participants:
                self.carrier.gone()
        await self._session.start(self._agent, room=room, room_options=options, record=False, session_host=False)
        await self._until_answered()
        try:
            await self.carrier.run()
        finally:
            await self._session.aclose()
            self._ctx.shutdown("the call has ended")

    # -- the line, for the carrier and for the action that puts callers through ----------------------------------

    async def hang_up(self) -> None:
        """Ends the call by ending its room: only that hangs up on a caller by telephone."""
        await asyncio.sleep(_TAIL_S)
        await self._ctx.delete_room()

    async def transfer(self, call_id: str, number: str, *, timeout_s: float = 25.0) -> TransferOutcome:
        """Puts the caller through once they have heard that they will be; a barge-in does not take that back."""
        await self.carrier.said_all()
        if self._identity is None:
            return TransferOutcome.FAILED  # nobody came by telephone
        request = api.TransferSIPParticipantRequest(
            room_name=self._ctx.room.name, participant_identity=self._identity, transfer_to=f"tel:{number}"
        )
        try:
            async with asyncio.timeout(timeout_s):
                answer = await self._ctx.api.sip.transfer_sip_participant(request)
        except TimeoutError:
            return TransferOutcome.NO_ANSWER
        except api.SipCallError as error:
            return failed_transfer(error.sip_status_code, error.sip_transfer_reason)
        except (api.TwirpError, aiohttp.ClientError) as error:
            _log.warning("call %s could not be put through: %s", call_id, type(error).__name__)
            return TransferOutcome.FAILED
        # A transfer may fail without an error.
        return TransferOutcome.ANSWERED if answer.status == STS_TRANSFER_SUCCESSFUL else TransferOutcome.FAILED

    # -- what the room tells -------------------------------------------------------------------------------------

    async def _until_answered(self) -> None:
        if is_answered(self._attributes):
            return
        try:
            async with asyncio.timeout(_ANSWERED_WITHIN_S):
                await self._answered.wait()
        except TimeoutError:
            _log.warning("call %s was not reported as answered", self._conversation.call.id)

    def _on_left(self, participant: rtc.RemoteParticipant) -> None:
        if participant.identity == self._identity:
            self._answered.set()
            self.carrier.gone()

    def _on_closed(self, *_: object) -> None:
        self._answered.set()
        self.carrier.gone()

    def _on_key(self, event: rtc.SipDTMF) -> None:
        self.carrier.key(event.digit)

    def _on_attributes(self, changed: dict[str, str], participant: rtc.Participant) -> None:  # noqa: ARG002
        if participant.identity == self._identity and is_answered(participant.attributes):
            self._answered.set()
