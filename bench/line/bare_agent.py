"""Answers every final transcript with a sentence, at once: what the line itself takes. Measured beside us by measure.py."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import aiohttp
from livekit import rtc
from livekit.agents import AgentServer, JobContext, cli, stt
from livekit.plugins import deepgram

from frontdesk.settings import Settings
from frontdesk.voice.espeak import EspeakTTS


async def answer(ctx: JobContext) -> None:
    settings = Settings.from_environment()
    await ctx.connect()
    voice = EspeakTTS(language="fr", words_per_minute=settings.voice_speed)
    mouth = rtc.AudioSource(voice.sample_rate, 1)
    track = rtc.LocalAudioTrack.create_audio_track("voice", mouth)
    await ctx.room.local_participant.publish_track(track, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE))
    caller = await ctx.wait_for_participant()

    async def say(text: str) -> None:
        async with voice.synthesize(text) as spoken:
            async for part in spoken:
                await mouth.capture_frame(part.frame)

    async with aiohttp.ClientSession() as session:
        ears = deepgram.STT(
            model="nova-3",
            language="fr",
            api_key=settings.deepgram_key.get_secret_value(),
            base_url=settings.deepgram_url,
            http_session=session,
        ).stream()

        async def hear() -> None:
            sound = rtc.AudioStream.from_participant(
                participant=caller, track_source=rtc.TrackSource.SOURCE_MICROPHONE, sample_rate=16_000, num_channels=1
            )
            async for event in sound:
                ears.push_frame(event.frame)

        hearing = asyncio.create_task(hear())
        await say("Salon Colibri, bonsoir. Que puis-je faire pour vous ?")
        async for event in ears:
            if event.type is stt.SpeechEventType.FINAL_TRANSCRIPT:
                await say("Quel jour vous arrangerait, et vers quelle heure ?")
        hearing.cancel()


def make_server(settings: Settings) -> AgentServer:
    server = AgentServer(num_idle_processes=1, load_fnc=lambda _worker: 0.0, host="127.0.0.1", port=settings.worker_port)
    server.rtc_session(answer, agent_name=settings.agent_name)
    return server


if __name__ == "__main__":
    cli.run_app(make_server(Settings.from_environment()))
