"""What an installation sets in its environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.environment import VARIABLES
from frontdesk.settings import Settings, SettingsProblem


def test_nothing_has_to_be_set() -> None:
    """A call in text works with an empty environment."""
    settings = Settings.from_environment({})
    assert settings.db.get_secret_value() == "sqlite:///var/frontdesk.db"
    assert settings.business is None


def test_each_variable_gives_its_setting() -> None:
    """Values come from the variables, without the spaces around them; an empty one counts as not set."""
    given = {
        "FRONTDESK_BUSINESS": "/srv/salon ",
        "FRONTDESK_DB": "sqlite:////tmp/a.db",
        "FRONTDESK_LOG_LEVEL": "INFO",
        "FRONTDESK_MODEL": "",
    }
    settings = Settings.from_environment(given)
    assert (settings.business, settings.log_level, settings.model) == (Path("/srv/salon"), "info", "gpt-4o-mini")
    assert settings.db.get_secret_value() == "sqlite:////tmp/a.db"


def test_every_setting_has_a_variable() -> None:
    """There is no setting that an installation cannot set."""
    assert set(VARIABLES.values()) == set(Settings.model_fields)


@pytest.mark.parametrize(("variable", "value"), [("FRONTDESK_DB", "mongodb://user:hunter2@host"), ("FRONTDESK_LOG_LEVEL", "loud")])
def test_a_value_that_cannot_be_used_is_one_sentence_that_names_the_variable(variable: str, value: str) -> None:
    """The sentence says which variable is wrong and never repeats a secret."""
    with pytest.raises(SettingsProblem, match=variable) as caught:
        Settings.from_environment({variable: value})
    assert "hunter2" not in str(caught.value)
    assert str(caught.value).count("\n") == 0


def test_secrets_are_masked() -> None:
    """Settings can be logged: passwords and keys do not show."""
    settings = Settings.from_environment({"FRONTDESK_DB": "postgresql://u:hunter2@h/d", "OPENAI_API_KEY": "swordfish"})
    assert "hunter2" not in repr(settings)
    assert "swordfish" not in f"{settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_the_document_names_every_variable(root: Path) -> None:
    """docs/settings.md lists what can be set, and nothing else."""
    text = (root / "docs" / "settings.md").read_text(encoding="utf-8")
    listed = {line.split("`")[1] for line in text.splitlines() if line.startswith("| `")}
    assert listed == set(VARIABLES)
