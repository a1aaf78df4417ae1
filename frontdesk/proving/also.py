"""Calls that somebody has written down for the paths: what happens in them, while what comes of it is found out as for all others.

For what trying one thing after another does not come to, as a limit that only takes effect after twenty turns in the right order.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from frontdesk.brain.utterance.phrases import Phrases
from frontdesk.conversation.ports import Content
from frontdesk.proving.covering import GeneratedPath, made_path
from frontdesk.proving.exploring import Explored
from frontdesk.proving.happenings import Happening, parse_happening
from frontdesk.proving.script import BadScript, setting_of
from frontdesk.proving.situations import Situations
from frontdesk.proving.targets import targets_of
from frontdesk.proving.voices import Voices
from fsm.errors import EngineError
from fsm.yaml_source import load_plain

__all__ = ["paths_also"]

_COMES_OUT: Final = ": "
"""Between an action and how it comes out."""


def paths_also(file: Path, content: Content, phrases: Phrases) -> list[GeneratedPath]:
    """The calls of a file such as `tests/paths/also.yaml`, none where there is no such file.

    As a language model hears them where callers have no words for something in them. Raises BadScript for a file that
    cannot be read, and for a call that cannot go so.
    """
    if not file.is_file():
        return []
    try:
        calls = [(setting_of(call["setting"]), list(_happenings(call["turns"]))) for call in load_plain(file.read_text(encoding="utf-8"))]
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadScript(f"{file} is no file of calls for the paths ({error}); docs/proving.md tells how to write them.") from error
    situations = Situations(content, by_model=True)
    sayable = Voices(situations, content.brain, phrases).can_say
    explored = Explored(situations, targets_of(content.graph))
    made = []
    for number, (setting, happenings) in enumerate(calls, 1):
        explored.begun[setting] = situations.begin(setting)
        try:
            path = made_path(explored, setting, [tuple(happenings)], sayable)
        except EngineError:
            path = None
        if path is None:
            raise BadScript(f"{file}: the call number {number} cannot go as it is written.")
        made.append(path)
    return made


def _happenings(turns: list[Any]) -> Iterator[Happening | str]:
    for turn in turns:
        if isinstance(turn, dict):
            yield from list(_happenings(turn["again"])) * int(turn["times"])
        elif _COMES_OUT in turn:
            yield turn.split(_COMES_OUT)[1]
        else:
            yield parse_happening(turn)
