"""What an installation sets in its environment: read here and nowhere else, once, at the start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

__all__ = ["VARIABLES", "LogLevel", "Settings", "SettingsProblem"]

LogLevel = Literal["debug", "info", "warning", "error"]

VARIABLES: Final[Mapping[str, str]] = {
    "FRONTDESK_BUSINESS": "business",
    "FRONTDESK_DB": "db",
    "FRONTDESK_OUTBOX": "outbox",
    "FRONTDESK_LOG_LEVEL": "log_level",
    "FRONTDESK_MODEL": "model",
    "FRONTDESK_MODEL_PROVIDER": "model_provider",
    "OPENAI_BASE_URL": "openai_url",
    "OPENAI_API_KEY": "openai_key",
    "GEMINI_BASE_URL": "gemini_url",
    "GEMINI_API_KEY": "gemini_key",
}
"""The variables that are read, and the setting that each one gives."""

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
    model: str = Field(default="gpt-4o-mini", description="Name of the language model that --brain model asks.")
    model_provider: Literal["openai", "gemini"] = Field(default="openai", description="How its server is spoken to.")
    openai_url: str = Field(default="https://api.openai.com/v1", description="Any server that speaks as OpenAI's does.")
    openai_key: SecretStr | None = Field(default=None, description="Its key, never shown.")
    gemini_url: str = Field(default="https://generativelanguage.googleapis.com/v1beta", description="Google's server.")
    gemini_key: SecretStr | None = Field(default=None, description="Its key, never shown.")

    @field_validator("db")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        scheme, mark, _ = value.get_secret_value().partition("://")
        if not mark or scheme not in _SCHEMES:
            # The value itself stays out of the message: it may hold a password.
            raise ValueError("it must be a database URL such as sqlite:///var/frontdesk.db")
        return value

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings of `environment` (default: that of the process). A variable that is empty counts as not set.

        Raises SettingsProblem.
        """
        given = os.environ if environment is None else environment
        values: dict[str, Any] = {name: given[variable].strip() for variable, name in VARIABLES.items() if given.get(variable, "").strip()}
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
