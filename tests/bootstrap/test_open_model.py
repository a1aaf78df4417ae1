"""What is set up wrongly about the model is told in one sentence that names the variables, and never the key."""

from __future__ import annotations

import pytest

from frontdesk.bootstrap.errors import NoModel
from frontdesk.bootstrap.models import open_model
from frontdesk.settings import Settings

pytest.importorskip("httpx", reason="the extra `model` is not installed")


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "OPENAI_API_KEY"),
        ({"FRONTDESK_MODEL_PROVIDER": "gemini", "OPENAI_API_KEY": "k"}, "GEMINI_API_KEY"),
        ({"OPENAI_BASE_URL": "localhost:8000", "OPENAI_API_KEY": "sekret"}, "OPENAI_BASE_URL"),
        ({"OPENAI_API_KEY": "sekret\nsekret"}, "OPENAI_API_KEY"),
        ({"FRONTDESK_MODEL_PROVIDER": "gemini", "GEMINI_API_KEY": "sekret", "FRONTDESK_MODEL": "a/b"}, "FRONTDESK_MODEL"),
    ],
)
def test_it_is_said_what_to_set(environment: dict[str, str], named: str) -> None:
    with pytest.raises(NoModel) as told:
        open_model(Settings.from_environment(environment))
    assert named in str(told.value)
    assert "sekret" not in str(told.value)
    assert "\n" not in str(told.value)


def test_the_model_asked_by_default() -> None:
    """Without FRONTDESK_MODEL it is gpt-4o-mini, at its maker's address."""
    settings = Settings.from_environment({"OPENAI_API_KEY": "k"})
    assert (settings.model, settings.model_provider, settings.openai_url) == ("gpt-4o-mini", "openai", "https://api.openai.com/v1")
