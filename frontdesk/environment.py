"""The variables that an installation may set: read here and nowhere else, and without loading what makes settings of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

__all__ = ["VARIABLES", "given", "without_plugins"]

VARIABLES: Final[Mapping[str, str]] = {
    "FRONTDESK_BUSINESS": "business",
    "FRONTDESK_DB": "db",
    "FRONTDESK_OUTBOX": "outbox",
    "FRONTDESK_LOG_LEVEL": "log_level",
    "FRONTDESK_WATCH_S": "watch_s",
    "FRONTDESK_MODEL": "model",
    "FRONTDESK_MODEL_PROVIDER": "model_provider",
    "OPENAI_BASE_URL": "openai_url",
    "OPENAI_API_KEY": "openai_key",
    "GEMINI_BASE_URL": "gemini_url",
    "GEMINI_API_KEY": "gemini_key",
    "LIVEKIT_URL": "livekit_url",
    "LIVEKIT_API_KEY": "livekit_key",
    "LIVEKIT_API_SECRET": "livekit_secret",
    "DEEPGRAM_API_KEY": "deepgram_key",
    "DEEPGRAM_BASE_URL": "deepgram_url",
    "ELEVEN_API_KEY": "eleven_key",
    "ELEVEN_BASE_URL": "eleven_url",
    "FRONTDESK_EARS_MODEL": "ears_model",
    "FRONTDESK_VOICE_MODEL": "voice_model",
    "FRONTDESK_VOICE_ID": "voice_id",
    "FRONTDESK_VOICE_SPEED": "voice_speed",
    "FRONTDESK_AGENT_NAME": "agent_name",
    "FRONTDESK_MOST_CALLS": "most_calls",
    "FRONTDESK_WORKER_HOST": "worker_host",
    "FRONTDESK_WORKER_PORT": "worker_port",
}
"""The variables that are read, and the setting that each one gives."""


def given(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """What `environment` (default: that of the process) says, by setting. A variable that is empty counts as not set."""
    said = os.environ if environment is None else environment
    return {setting: said[variable].strip() for variable, setting in VARIABLES.items() if said.get(variable, "").strip()}


def without_plugins() -> None:
    """Spares this process the search for plugins of pydantic, for which every installed library is asked: a twelfth of loading."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
