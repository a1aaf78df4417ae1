"""The salon, loaded once for all that is rehearsed here: to load it takes longer than to hold a call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from frontdesk.rehearsing.stages import Stages


@pytest.fixture(scope="session")
def salon_stages() -> Iterator[Stages]:
    """The salon, and the same with a few settings changed."""
    with Stages() as opened:
        yield opened


@pytest.fixture
def loaded_once(salon_stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands take the salon that is loaded for a folder that has calls and nothing else of its own."""

    @contextmanager
    def opened(business: Path | None = None) -> Iterator[Stages]:
        assert business is None or not {"business.yaml", "states.yaml", "prompts"} & {file.name for file in business.iterdir()}
        yield salon_stages

    monkeypatch.setattr("frontdesk.cli.test.Stages", opened)
    monkeypatch.setattr("frontdesk.cli.record.Stages", opened)
