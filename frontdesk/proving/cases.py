"""The generated paths of a business as cases that `frontdesk test` holds beside the written calls, in every language."""

from __future__ import annotations

import functools
from collections.abc import Callable
from functools import partial
from pathlib import Path

from frontdesk.bootstrap.reading import read_all
from frontdesk.conversation.dialogue_lines import wrong
from frontdesk.proving.covering import GeneratedPath
from frontdesk.proving.playing import Player
from frontdesk.proving.script import BadScript, read_paths
from frontdesk.proving.situations import NOW
from frontdesk.rehearsing.errors import CaseProblems
from frontdesk.rehearsing.rehearsal import Stage
from frontdesk.rehearsing.stages import Stages
from frontdesk.rehearsing.suite import Case, Played, folder_of_cases
from fsm.counted import counted
from fsm.problems import Problem

__all__ = ["path_cases"]

_FILE = "paths/paths.yaml"


def path_cases(business: Path | None, stages: Stages) -> list[Case]:
    """A case for each path and language; none where `frontdesk paths --write` has written no paths. Raises CaseProblems."""
    file = folder_of_cases(business) / _FILE
    if not file.is_file():
        return []
    try:
        paths = read_paths(file)
    except BadScript as error:
        hint = "Write it anew with `frontdesk paths --write`."
        raise CaseProblems((Problem("wrong-paths", _FILE, 0, 0, "This is no file of generated paths.", hint),)) from error
    player = functools.cache(_player)
    return [
        Case("paths", f"{number:03}", language, _title(path), _FILE, partial(_hold, path, language, player))
        for number, path in enumerate(paths, 1)
        for language in stages.of({}).content.business.languages
    ]


def _player(stage: Stage) -> Player:
    stage.clock.now = NOW
    return Player(stage.content, read_all(stage.folders).phrases)


async def _hold(path: GeneratedPath, language: str, player: Callable[[Stage], Player], stage: Stage) -> Played:
    stage.clock.now = NOW
    played = await player(stage).play(path, language)
    return Played((*played.dialogue, *(wrong(line) for line in played.wrong)))


def _title(path: GeneratedPath) -> str:
    last = path.turns[-1].state
    return f"A path of {counted(len(path.turns), 'turn')} to {last}, {path.setting}"
