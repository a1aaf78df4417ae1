"""What an installation sets in its environment, once, at the start."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from frontdesk.environment import VARIABLES, given

__all__ = ["LogLevel", "Settings", "SettingsProblem"]

LogLevel = Literal["debug", "info", "warning", "error"]

_SCHEMES: Final = ("sqlite", "sqlite+aiosqlite", "postgresql", "postgresql+asyncpg", "mysql", "mariadb")


class SettingsProblem(Exception):
    """A variable has a value that cannot be used; the message is one sentence that names it."""


class Settings(BaseModel):
    """An installation's choices; immutable. Every one has a default with which a call in text works."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    business: Path | None = Field(
        default=None, description="Folder with states.yaml, business.yaml and prompts/; what it lacks comes from the checkout."
    )
    db: Annotated[SecretStr, Field(description="Database URL; it may hold a password, so it is never shown whole.")] = SecretStr(
        "sqlite:///var/frontdesk.db"
    )
    outbox: Path = Field(default=Path("var/outbox"), description="Folder that the file provider writes messages into.")
    log_level: LogLevel = "warning"
    watch_s: Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False, description="How often edits are looked for; 0: never.")] = 1.0
    model: str = Field(default="gpt-4o-mini", description="Name of the language model that --brain model asks.")
    model_provider: Literal["openai", "gemini"] = Field(default="openai", description="How its server is spoken to.")
    openai_url: str = Field(default="https://api.openai.com/v1", description="Any server that speaks as OpenAI's does.")
    openai_key: SecretStr | None = Field(default=None, description="Its key, never shown.")
    gemini_url: str = Field(default="https://generativelanguage.googleapis.com/v1beta", description="Google's server.")
    gemini_key: SecretStr | None = Field(default=None, description="Its key, never shown.")

    livekit_url: str | None = Field(default=None, description="Address of the LiveKit server, as ws://127.0.0.1:7880.")
    livekit_key: str | None = Field(default=None, description="Name of the key for it.")
    livekit_secret: SecretStr | None = Field(default=None, description="The secret of that key, never shown.")
    deepgram_key: SecretStr | None = Field(default=None, description="Key for the ears on the phone, never shown.")
    deepgram_url: str = Field(default="https://api.deepgram.com/v1/listen", description="Any server that listens as Deepgram's does.")
    eleven_key: SecretStr | None = Field(
        default=None, description="Key for the voice on the phone, never shown; without it espeak-ng speaks, which needs none."
    )
    eleven_url: str = Field(default="https://api.elevenlabs.io/v1", description="Any server that speaks as ElevenLabs' does.")
    ears_model: str = Field(default="nova-3", description="Deepgram's model.")
    voice_model: str = Field(default="eleven_flash_v2_5", description="ElevenLabs' model.")
    voice_id: str | None = Field(default=None, description="ElevenLabs' voice; the plugin's own where none is named.")
    voice_speed: Annotated[int, Field(ge=80, le=450, description="Words a minute of espeak-ng.")] = 165
    agent_name: str = Field(default="frontdesk", description="Name under which calls are dispatched to us.")
    most_calls: Annotated[int, Field(ge=1, le=1000, description="As many calls as one worker answers at a time.")] = 10
    worker_host: str = Field(default="127.0.0.1", description="Where the worker answers whether it is well.")
    worker_port: Annotated[int, Field(ge=0, le=65_535, description="Its port; 0 takes any free one.")] = 8081

    @field_validator("db")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        scheme, mark, _ = value.get_secret_value().partition("://")
        if not mark or scheme not in _SCHEMES:
            # The value itself stays out of the message: it may hold a password.
            raise ValueError("it must be a database URL such as sqlite:///var/frontdesk.db")
        return value

    @field_validator("deepgram_url")
    @classmethod
    def _with_path(cls, value: str) -> str:
        """Deepgram's path is added to an address that has none."""
        return value if urlsplit(value).path.strip("/") else f"{value.rstrip('/')}/v1/listen"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings of `environment` (default: that of the process). A variable that is empty counts as not set.

        Raises SettingsProblem.
        """
        values: dict[str, Any] = given(environment)
        if "log_level" in values:
            values["log_level"] = values["log_level"].lower()
        try:
            return cls(**values)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            variable = next(name for name, setting in VARIABLES.items() if setting == first["loc"][0])
            if first["loc"][0] == "log_level":
                raise SettingsProblem(f"{variable} must be one of {', '.join(get_args(LogLevel))}.") from None
            raise SettingsProblem(f"{variable} cannot be used: {first['msg'].removeprefix('Value error, ')}.") from None
