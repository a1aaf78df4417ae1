"""Generated paths as a file that anybody can read: what the caller does, what must come of it. One line a turn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from frontdesk.proving.covering import GeneratedPath, Turn
from frontdesk.proving.happenings import BadHappening, parse_happening
from frontdesk.proving.situations import Setting

__all__ = ["BadScript", "read_paths", "written"]

_HEAD: Final = """\
# Calls made from the graph: together they come through everything in it that callers can come to. Written by `make paths`;
# docs/proving.md tells how to read them. `caller` is what the caller does, `does` how each action comes out, `says` the
# lines that are then said, `state` where the call is afterwards.
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
    return {"number": "shown" if setting.shows_number else "withheld", **({"on": list(setting.switches)} if setting.switches else {})}


def _turn(turn: Turn) -> dict[str, Any]:
    caller = {"caller": str(turn.caller)} if turn.caller is not None else {}
    does = {"does": list(turn.does)} if turn.does else {}
    return {**caller, **does, "says": list(turn.says), "state": turn.state}


def read_paths(file: Path) -> list[GeneratedPath]:
    """The paths of a file. Raises BadScript."""
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        return [_path(path) for path in data["paths"]]
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, BadHappening) as error:
        raise BadScript(f"{file} is no file of generated paths ({error}); write it anew with `make paths`.") from error


def _path(data: dict[str, Any]) -> GeneratedPath:
    setting = Setting(data["setting"]["number"] == "shown", tuple(data["setting"].get("on", ())))
    turns = []
    for turn in data["turns"]:
        does = tuple(turn.get("does", ()))
        caller = parse_happening(turn["caller"]) if "caller" in turn else None
        turns.append(Turn(caller, tuple(action.split(": ")[1] for action in does), does, tuple(turn["says"]), turn["state"]))
    return GeneratedPath(setting, tuple(turns), frozenset())
