"""When a worker takes calls."""

from __future__ import annotations

import pytest

pytest.importorskip("livekit.agents", reason="the voice extra is not installed: make voice")

from frontdesk.voice.worker import load

SERVER_SENDS_BELOW = 0.7
"""`target_load` of LiveKit's server, when it is not configured: pkg/config/config.go of 1.11.0."""


def test_a_worker_is_full_by_its_calls() -> None:
    """All lines may be used before the server thinks it full, and none more; how busy the processor is plays no part."""
    assert load(0, 1) == 0
    assert load(9, 10) < SERVER_SENDS_BELOW
    assert load(10, 10) >= SERVER_SENDS_BELOW
    assert load(12, 10) <= 1
