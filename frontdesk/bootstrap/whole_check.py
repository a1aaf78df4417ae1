"""The whole of `frontdesk check` beside calls: in a process of its own and at low priority, so that no turn waits for it.

It explores all calls of a graph, which may take seconds, and loads what a process that holds calls has no use for.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from frontdesk.bootstrap.reading import Folders
from frontdesk.bootstrap.versions import unpacked
from fsm.problems import Problem
from integrations.records.port import ContentVersion

__all__ = ["NOT_CHECKED", "WholeCheck", "check_aside"]

WholeCheck = Callable[[ContentVersion, Folders, threading.Event], tuple[Problem, ...] | None]
"""Everything that is wrong with a version that was read from these folders, whatever stands there by now; None when it was
stopped before it could tell. May be called in a thread."""

NOT_CHECKED: Final = "not-checked"
"""The problem of an edit whose check came to no end; it may have none of its own."""
LONGEST_S: Final = 300.0
"""A check takes seconds, minutes on a machine that has other things to do; after this it is given up."""
_STOPPED_WITHIN_S: Final = 0.2
_PROGRAM: Final = Path(__file__).resolve().parents[2]


def check_aside(version: ContentVersion, folders: Folders, stop: threading.Event) -> tuple[Problem, ...] | None:
    """Waits for a check in another process, which ends with `stop`; see :data:`WholeCheck`."""
    with unpacked(version) as there:
        found = _check(there, stop)
    if found is None:
        return None
    for copied, named in ((there.business, folders.business), (there.defaults, folders.defaults)):
        found = tuple(
            replace(one, file=one.file.replace(str(copied), str(named)), hint=one.hint.replace(str(copied), str(named))) for one in found
        )
    return found


def _check(folders: Folders, stop: threading.Event) -> tuple[Problem, ...] | None:
    named = json.dumps({"business": str(folders.business) if folders.business else None, "defaults": str(folders.defaults)})
    path = os.pathsep.join(filter(None, (str(_PROGRAM), os.environ.get("PYTHONPATH"))))
    with subprocess.Popen(  # noqa: S603 - this program, and folders that whoever started it has named
        [sys.executable, "-m", "frontdesk.checking", named],
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        told = _told(process, stop)
    if told is None:
        return None
    try:
        return tuple(_problem(one) for one in json.loads(told))
    except (ValueError, TypeError):
        message = f"The edit could not be checked: the check ended with code {process.returncode}."
        hint = "Run “frontdesk check”, which says more, and save again."
        return (Problem(NOT_CHECKED, str(folders.business or folders.defaults), 0, 0, message, hint),)


def _told(process: subprocess.Popen[bytes], stop: threading.Event) -> bytes | None:
    """What a check has printed; None when it was stopped. One that does not come to an end is ended."""
    waited = 0.0
    while True:
        try:
            return process.communicate(timeout=_STOPPED_WITHIN_S)[0]
        except subprocess.TimeoutExpired:
            waited += _STOPPED_WITHIN_S
        if stop.is_set() or waited > LONGEST_S:
            process.kill()
            process.communicate()
            return None if stop.is_set() else b""


def _problem(one: dict[str, Any]) -> Problem:
    return Problem(**{**one, "example": tuple(one["example"])})
