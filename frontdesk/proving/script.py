"""Generated paths as a file that anybody can read: what the caller does, what must come of it. One line a turn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from frontdesk.proving.covering import GeneratedPath, Turn
from frontdesk.proving.happenings import BadHappening, Happening, parse_happening
from frontdesk.proving.observed import CameTo, as_said
from frontdesk.proving.situations import Setting
from fsm.yaml_source import load_plain

__all__ = ["BadScript", "read_paths", "setting_of", "written"]

_HEAD: Final = """\
# Calls made from the graph: together they come through everything in it that callers can come to. Written by `make paths`;
# docs/proving.md tells how to read them. `caller` is what the caller does, `does` how each action comes out, `says` the
# lines that are then said, `through` the states on the way, `state` where the call is afterwards; `learns` and `forgets` are
# facts, where it is not just what the caller has said.
"""


class BadScript(ValueError):
    """A file of paths that cannot be read; the message says where."""


def written(paths: Sequence[GeneratedPath]) -> str:
    """The text of the file."""
    lines = [_HEAD, "paths:"]
    for path in paths:
        lines += [f"  - setting: {_flow(_setting(path.setting))}", "    turns:"]
        lines += [f"      - {_flow(_turn(turn))}" for turn in path.turns]
    return "\n".join(lines) + "\n"


def _flow(data: Any) -> str:
    text: str = yaml.safe_dump(data, default_flow_style=True, sort_keys=False, width=10_000, allow_unicode=True)
    return text.strip()


def _setting(setting: Setting) -> dict[str, Any]:
    number = {"number": "shown" if setting.shows_number else "withheld"}
    return {**number, **({"on": list(setting.switches)} if setting.switches else {}), **({"heard_by": "model"} if setting.by_model else {})}


def _turn(turn: Turn) -> dict[str, Any]:
    caller = {"caller": str(turn.caller)} if turn.caller is not None else {}
    does = {"does": list(turn.does)} if turn.does else {}
    return {**caller, **does, "says": list(turn.says), **_through(turn.came_to), "state": turn.state, **_facts(turn)}


def _through(came_to: CameTo) -> dict[str, list[str]]:
    return {key: list(names) for key, names in (("through", came_to.through), ("achieves", came_to.achieves)) if names}


def _facts(turn: Turn) -> dict[str, list[str]]:
    learns, forgets = turn.came_to.learns, turn.came_to.forgets
    return {**({"learns": list(learns)} if learns != as_said(turn.caller) else {}), **({"forgets": list(forgets)} if forgets else {})}


def read_paths(file: Path) -> list[GeneratedPath]:
    """The paths of a file. Raises BadScript."""
    try:
        data = load_plain(file.read_text(encoding="utf-8"))
        return [_path(path) for path in data["paths"]]
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, BadHappening) as error:
        raise BadScript(f"{file} is no file of generated paths ({error}); write it anew with `make paths`.") from error


def setting_of(data: dict[str, Any]) -> Setting:
    """What is so before the first word, as it is written."""
    return Setting(data["number"] == "shown", tuple(data.get("on", ())), data.get("heard_by") == "model")


def _path(data: dict[str, Any]) -> GeneratedPath:
    setting = setting_of(data["setting"])
    turns = []
    for turn in data["turns"]:
        does = tuple(turn.get("does", ()))
        caller = parse_happening(turn["caller"]) if "caller" in turn else None
        turns.append(Turn(caller, does, tuple(turn["says"]), turn["state"], _came_to(turn, caller)))
    return GeneratedPath(setting, tuple(turns), frozenset())


def _came_to(turn: dict[str, Any], caller: Happening | None) -> CameTo:
    learns = tuple(turn["learns"]) if "learns" in turn else as_said(caller)
    return CameTo(tuple(turn.get("through", ())), tuple(turn.get("achieves", ())), learns, tuple(turn.get("forgets", ())))
