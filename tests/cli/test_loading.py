"""Commands load without looking for garbage; whatever goes on for long looks for it again."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest

from frontdesk.cli import running


@pytest.fixture
def loading() -> Iterator[None]:
    """As in a command that has just loaded."""
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.usefixtures("loading")
@pytest.mark.parametrize("short", [False, True])
def test_what_may_take_long_looks_for_garbage(*, short: bool) -> None:
    seen: list[bool] = []
    running.run_sync(lambda: seen.append(gc.isenabled()), short=short)
    assert seen == [not short]


def test_a_check_loads_no_event_loop_and_no_database() -> None:
    """What only calls need takes as long to load as a whole language."""
    code = "import sys; from frontdesk.cli import app; import frontdesk.cli.examining, frontdesk.cli.options; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "frontdesk.checking.whole" in loaded
    assert not {"asyncio", "sqlalchemy", "holidays", "livekit", "frontdesk.brain.rules"} & set(loaded)


def test_what_is_known_of_a_check_is_told_before_the_engine_is_loaded() -> None:
    """Loading it would take longer than all else."""
    code = """
import sys
from frontdesk.cli import app, check, kept_reports, options
options.business_folder(None)
kept_reports.KeptReports().key(None)
print(*sys.modules)
"""
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PATH": ""}).stdout.split()
    assert "frontdesk.cli.check" in loaded
    assert not {"fsm", "spoken", "pydantic", "yaml"} & set(loaded)
