"""The worker that LiveKit sends calls to."""

from __future__ import annotations

import math
import sys
from typing import Final

from livekit.agents import AgentServer, cli

from frontdesk.bootstrap.logs import log_as_set
from frontdesk.settings import Settings, SettingsProblem
from frontdesk.voice.job import answer, prepare
from frontdesk.voice.providers import missing
from frontdesk.voice.quiet_logs import quieten, quieten_handlers

__all__ = ["load", "main", "make_server"]

_FULL: Final = 0.7
"""The load from which LiveKit's server gives a worker no more calls (its `target_load`), whatever the worker itself would take."""


def make_server(settings: Settings) -> AgentServer:
    """The worker of an installation, not started."""
    secret = settings.livekit_secret
    server = AgentServer(
        num_idle_processes=1,
        load_fnc=lambda worker: load(len(worker.active_jobs), settings.most_calls),
        load_threshold=math.inf,  # the server stops sending calls at _FULL; with a threshold here, two who ring at once count as full
        ws_url=settings.livekit_url,
        api_key=settings.livekit_key,
        api_secret=secret.get_secret_value() if secret is not None else None,
        host=settings.worker_host,
        port=settings.worker_port,
        setup_fnc=prepare,
        initialize_process_timeout=60.0,
    )
    server.rtc_session(answer, agent_name=settings.agent_name)
    server.on("worker_started", quieten_handlers)  # by then there are handlers
    return server


def load(calls: int, most: int) -> float:
    """What the server is told: how full the worker is by the calls it holds, not by the processor of the machine.

    By default a busy processor makes a worker refuse calls, and whoever is refused hears ringing for minutes.
    """
    return _FULL * min(1.0, calls / most)


def main() -> None:
    """`dev`, `start` or `console`. Ends with exit code 2 and one sentence where something is not set."""
    try:
        settings = Settings.from_environment()
    except SettingsProblem as error:
        sys.exit(_say(str(error)))
    lacking = missing(settings, connected="console" not in sys.argv[1:])
    if lacking is not None and not {"--help", "-h"} & set(sys.argv[1:]):
        sys.exit(_say(lacking))
    quieten()
    log_as_set(settings)
    cli.run_app(make_server(settings))


def _say(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 2
