"""Somebody breaks the graph: the paths go red, with a sentence that names what is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.bootstrap.reading import read_all
from frontdesk.proving.holding import hold_paths, without_a_path
from frontdesk.proving.playing import Player
from frontdesk.proving.report import Coverage, read_excuses
from frontdesk.proving.script import read_paths
from frontdesk.proving.situations import NOW
from tests.conftest import ROOT

PATHS = read_paths(ROOT / "tests" / "paths" / "paths.yaml")
EXCUSES = read_excuses(ROOT / "tests" / "paths" / "excuses.yaml")
GRAPH = (ROOT / "states.yaml").read_text(encoding="utf-8")
BROKEN = {
    "new edge without a path": (
        "service",
        "- {if: {service: known}, to: when}",
        "- {if: {service: known, staff: known}, to: when}\n      - {if: {service: known}, to: when}",
        "no path comes through in the state “service”: if service is known and staff is known, to “when” (service.next[1])",
    ),
    "edge led elsewhere": (
        "which_appointment",
        "- {if: {appointment: known}, to: when}",
        "- {if: {appointment: known}, to: slot}",
        "   !! it goes through slot, not nothing",
    ),
    "read-back removed": (
        "email",
        "email: {type: email, scope: call, read_back: true}",
        "email: {type: email, scope: call}",
        "   !! it says confirm.ask, not email.read_back",
    ),
    "condition dropped": (
        "slot",
        "- {if: {find_slots: full}, line: slot.full}",
        "- {line: slot.full}",
        "   !! it says slot.closed, slot.full, slot.ask, not slot.closed, slot.ask",
    ),
    "another line": (
        "notify",
        "say: [notify.sent]",
        "say: [notify.failed]",
        "   !! it says moved.done, notify.failed, anything_else.ask, not moved.done, notify.sent, anything_else.ask",
    ),
    "nothing forgotten": (
        "slot",
        "- {on: refuses_offers, stay: true, forget: [find_slots]}",
        "- {on: refuses_offers, stay: true}",
        "   !! it does nothing, not find_slots: exact, hold: ok",
    ),
}
"""By what was done: a state that calls with it come to, the text that was there, the text there is now, and what is then said."""


# One that leaves something without a path, and one that a path tells.
IN_SHORT = {"new edge without a path", "read-back removed"}


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in IN_SHORT else pytest.mark.slow) for name in BROKEN])
async def test_a_broken_graph_is_named(name: str, tmp_path: Path) -> None:
    """One edit in a copy of states.yaml; the paths are held as they are for the graph that is shipped."""
    state, before, after, sentence = BROKEN[name]
    assert GRAPH.count(before) == 1
    folders = Folders(_broken(tmp_path, before, after))
    content = load_content(folders, lambda: NOW)
    coverage = Coverage.of(content.graph)
    player = Player(content, read_all(folders).phrases)
    wrong: list[str] = []
    for path in PATHS:
        if state in path.states and sentence not in wrong:
            wrong += await hold_paths([path], "en", player, coverage)
    wrong += [line for line in without_a_path(coverage, EXCUSES) if f"“{state}”" in line]
    assert sentence in wrong, "\n".join(wrong)


def _broken(folder: Path, before: str, after: str) -> Path:
    (folder / "states.yaml").write_text(GRAPH.replace(before, after), encoding="utf-8")
    return folder
