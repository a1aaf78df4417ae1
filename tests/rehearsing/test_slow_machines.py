"""How fast the machine is makes no difference to a call that is rehearsed or simulated: its clock stands still."""

from __future__ import annotations

from dataclasses import replace

import pytest

from frontdesk.rehearsing.rehearsal import Stage

pytestmark = pytest.mark.usefixtures("loaded_once")


async def test_no_deadline_is_missed_because_the_machine_is_busy() -> None:
    """With deadlines that any machine would miss, the call goes as ever."""
    stage = Stage()
    hurried = {name: replace(action, timeout_s=1e-9) for name, action in stage.content.graph.catalogue.items()}
    stage.content = replace(stage.content, graph=replace(stage.content.graph, catalogue=hurried))
    call = await stage.call(now="2026-06-12T09:00", language="en", caller=None, fixture={"free_slots": ["2026-06-16T15:00"]})
    try:
        turn = await call.send({"say": "a women's cut on Tuesday at three"})
    finally:
        await call.close()
    assert [(one["name"], one["outcome"]) for one in turn["actions"]] == [("find_slots", "exact"), ("hold", "ok")]
