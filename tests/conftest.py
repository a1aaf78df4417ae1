"""What every test may use: the checkout's folder, the shipped salon, foreign time zones, and calm property tests."""

from __future__ import annotations

import gc
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from frontdesk.business import Business, load_business

ROOT = Path(__file__).parent.parent

# The same examples on every machine, so that a red run is red for everybody: a first part in `make test`, all of them in
# `make test-all`, as with everything else (tests/examples.py); `--hypothesis-profile search` looks for new ones.
for name, most in (("first", 25), ("all", 60)):
    settings.register_profile(
        name, derandomize=True, deadline=None, database=None, max_examples=most, suppress_health_check=[HealthCheck.too_slow]
    )
settings.register_profile("search", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("first")

ZONES = ("Europe/Paris", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati", "UTC")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Python looks for garbage less often, and not among what is imported and collected, which stays until the end.

    To go through that half a million of objects, again and again, took a quarter of the processor's time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        gc.enable()


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def salon() -> Business:
    """The business that is shipped."""
    return load_business(ROOT / "business.yaml", "business.yaml")


@pytest.fixture(params=ZONES)
def machine_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The time zone of the machine, each of five in turn: nothing that a caller hears may depend on it."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()
