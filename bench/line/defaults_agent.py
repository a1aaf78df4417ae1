"""LiveKit's agents as they come, with our ears and our voice: every turn is answered with a sentence. Measured beside us by measure.py."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from livekit.agents import Agent, AgentServer, AgentSession, JobContext, JobProcess, cli, llm
from livekit.plugins import deepgram, silero

from frontdesk.settings import Settings
from frontdesk.voice.espeak import EspeakTTS


class Answers(Agent):
    """What is measured is when a turn counts as over: the model answers at once."""

    async def on_enter(self) -> None:
        self.session.say("Salon Colibri, bonsoir. Que puis-je faire pour vous ?")


class Scripted(llm.LLM):
    """A model that always says the same."""

    def chat(self, *, chat_ctx, conn_options, tools=None, **_more):
        return _Answer(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options)


class _Answer(llm.LLMStream):
    async def _run(self) -> None:
        words = "Quel jour vous arrangerait, et vers quelle heure ?"
        self._event_ch.send_nowait(llm.ChatChunk(id="c", delta=llm.ChoiceDelta(role="assistant", content=words)))


def prepare(process: JobProcess) -> None:
    process.userdata["vad"] = silero.VAD.load()


async def answer(ctx: JobContext) -> None:
    settings = Settings.from_environment()
    await ctx.connect()
    await ctx.wait_for_participant()
    ears = deepgram.STT(model="nova-3", language="fr", api_key=settings.deepgram_key.get_secret_value(), base_url=settings.deepgram_url)
    voice = EspeakTTS(language="fr", words_per_minute=settings.voice_speed)
    session = AgentSession(stt=ears, vad=ctx.proc.userdata["vad"], tts=voice, llm=Scripted())
    await session.start(Answers(instructions=""), room=ctx.room, record=False)


def make_server(settings: Settings) -> AgentServer:
    server = AgentServer(num_idle_processes=1, load_fnc=lambda _worker: 0.0, host="127.0.0.1", port=settings.worker_port, setup_fnc=prepare)
    server.rtc_session(answer, agent_name=settings.agent_name)
    return server


if __name__ == "__main__":
    cli.run_app(make_server(Settings.from_environment()))
