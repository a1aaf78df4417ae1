"""The language model that an installation has set up."""

from __future__ import annotations

import time

from frontdesk.bootstrap.errors import NoModel
from frontdesk.settings import Settings
from integrations.http_client import MissingExtra
from integrations.models.breaker import Breaker
from integrations.models.port import Model

__all__ = ["open_model"]


def open_model(settings: Settings) -> Model:
    """The model behind a breaker, once for the whole process: connections and the breaker are shared by all calls.

    Raises NoModel.
    """
    gemini = settings.model_provider == "gemini"
    key, variable = (settings.gemini_key, "GEMINI_API_KEY") if gemini else (settings.openai_key, "OPENAI_API_KEY")
    if key is None:
        raise NoModel(f"No language model is set up; set {variable}, or use --brain rules.")
    try:
        if gemini:
            from integrations.models.gemini import GeminiModel

            return Breaker(
                GeminiModel(base_url=settings.gemini_url, key=key.get_secret_value(), model=settings.model), clock=time.monotonic
            )
        from integrations.models.openai import OpenAIModel

        return Breaker(OpenAIModel(base_url=settings.openai_url, key=key.get_secret_value(), model=settings.model), clock=time.monotonic)
    except MissingExtra as error:
        raise NoModel(str(error)) from error
    except ValueError as error:
        address = "GEMINI_BASE_URL" if gemini else "OPENAI_BASE_URL"
        raise NoModel(
            f"The language model cannot be reached as it is set up; check {address}, {variable} and FRONTDESK_MODEL: {error}"
        ) from error
