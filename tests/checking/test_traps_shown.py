"""A trap that needs no exploring to be found is shown all the same with the call that leads into it."""

from __future__ import annotations

from pathlib import Path

from frontdesk.bootstrap.reading import DEFAULTS, Folders
from frontdesk.checking.whole import examine_folders

_KEPT = """\
      - {if: {save_message: ok}, to: message_kept}
      - {if: {save_message: failed}, to: message_lost}

  message_kept:
    achieves: message
    end: hang_up
"""
_TRAP = """\
      - {if: {save_message: ok}, to: message_kept, forget: [save_message]}
      - {if: {save_message: failed}, to: keep_message, forget: [save_message]}

  message_kept:
    achieves: message
    next:
      - {to: keep_message}
"""


def test_a_trap_is_shown(tmp_path: Path) -> None:
    """Somebody wanted a message to be saved whatever happens, and it is saved for ever."""
    graph = (DEFAULTS / "states.yaml").read_text(encoding="utf-8")
    assert graph.count(_KEPT) == 1
    (tmp_path / "states.yaml").write_text(graph.replace(_KEPT, _TRAP), encoding="utf-8")
    problems = examine_folders(Folders(tmp_path)).problems
    assert [problem.code for problem in problems] == ["no-way-out", "no-way-out"]
    for problem in problems:
        assert "caller: hangs up" in problem.example
        assert problem.example[-1].startswith("no way leads out of ")
