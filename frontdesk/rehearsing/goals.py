"""Callers with a goal: they answer what is asked, whatever the wording and the order, and know how the call should end."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from frontdesk.rehearsing.errors import Broken
from frontdesk.rehearsing.rehearsal import Rehearsal, Stage

__all__ = ["load_goals", "play"]

_EXPECTATIONS: Final = frozenset(
    "outcome appointments stored messages message_to tasks path_has path_lacks said_has said_lacks asks_lacks max_turns language".split()
)
_PATIENCE: Final = 4
"""So many times a caller hears the same words before they hang up."""
_FIELDS: Final = frozenset("id wants language now caller business fixture first at answers expect".split())


def load_goals(folder: Path) -> list[dict[str, Any]]:
    """Every goal of every file, in order. A misspelt key is a ValueError: an expectation that is not read cannot fail."""
    goals = [goal for file in sorted(folder.glob("*.json")) for goal in json.loads(file.read_text(encoding="utf-8"))]
    for goal in goals:
        unknown = (set(goal) - _FIELDS) | (set(goal["expect"]) - _EXPECTATIONS)
        if unknown:
            message = f"goal {goal['id']} has keys that nobody reads: {', '.join(sorted(unknown))}"
            raise ValueError(message)
    return goals


async def play(goal: Mapping[str, Any], stage: Stage) -> tuple[list[str], list[str]]:
    """Plays one goal. Returns what fell short and the transcript."""
    transcript: list[str] = []
    caller = goal.get("caller", "anonymous")
    try:
        rehearsal = await stage.call(
            now=goal["now"], language=goal.get("language"), caller=None if caller == "anonymous" else caller, fixture=goal.get("fixture")
        )
    except Broken as broken:
        return [str(broken)], transcript
    try:
        wrong = await _talk(goal, rehearsal, transcript)
        end = await rehearsal.end()
        transcript.append("      end: " + json.dumps({key: value for key, value in end.items() if key != "path"}, ensure_ascii=False))
        transcript.append("      path: " + " ".join(end["path"]))
        wrong += compare(goal["expect"], end, rehearsal.turns)
    except Broken as broken:
        turn = rehearsal.turns[-1]
        transcript.append(f"   {turn['state']:>14} | {' '.join(turn['said'])}")
        return [f"never: {broken}"], transcript
    finally:
        await rehearsal.close()
    return wrong, transcript


async def _talk(goal: Mapping[str, Any], rehearsal: Rehearsal, transcript: list[str]) -> list[str]:
    wrong: list[str] = []
    voice = _Voice(goal)
    limit = goal["expect"].get("max_turns", 25)
    turn = rehearsal.turns[0]
    heard: Counter[tuple[str, ...]] = Counter()
    while True:
        done = " ".join(f"{action['name']}:{action['outcome']}" for action in turn["actions"])
        transcript.append(f"   {turn['state']:>14} | {' '.join(turn['said'])}" + (f"   ({done})" if done else ""))
        if turn["ended"]:
            return wrong
        number = turn["turn"] + 1
        heard[tuple(turn["said"])] += 1 if turn["said"] else 0
        if heard[tuple(turn["said"])] >= _PATIENCE or number > limit + 4:
            wrong.append(f"goes in circles: the caller hung up after turn {turn['turn']}")
            await rehearsal.send({"hangup": True})
            return wrong
        message = voice.reply(turn, number)
        if message is None:
            wrong.append(f"asked for {turn['asks']!r}, for which the caller has no answer")
            message = {"hangup": True}
        transcript.append(f"   {'caller':>14} > {message.get('say', json.dumps(message))}")
        turn = await rehearsal.send(message)


class _Voice:
    """What the caller says next."""

    def __init__(self, goal: Mapping[str, Any]) -> None:
        first = goal.get("first", [])
        self._script = list(first) if isinstance(first, list) else [first]
        self._answers: Mapping[str, Any] = goal["answers"]
        self._at: Mapping[str, Any] = goal.get("at", {})
        self._used: dict[str, int] = {}

    def reply(self, turn: Mapping[str, Any], number: int) -> Mapping[str, Any] | None:
        """The next input; None when the caller has no answer to what is asked."""
        if str(number) in self._at:
            said = self._at[str(number)]
        elif self._script:
            said = self._script.pop(0)
        else:
            said = self._answers.get(turn["asks"], self._answers.get("*"))
            if isinstance(said, list):
                used = self._used.get(turn["asks"], 0)
                self._used[turn["asks"]] = used + 1
                said = said[min(used, len(said) - 1)]
        if said is None:
            return None
        if isinstance(said, Mapping) and "want" in said:
            said = said["say"] if said["want"] in turn["offered"] else said["else"]
        return {"say": said} if isinstance(said, str) else said


def compare(expect: Mapping[str, Any], end: Mapping[str, Any], turns: Sequence[Mapping[str, Any]]) -> list[str]:
    """What of the expectation was not met, in sentences."""
    wrong: list[str] = []
    said = "\n".join(sentence for turn in turns for sentence in turn["said"])
    if end["outcome"] not in _several(expect["outcome"]):
        wrong.append(f"outcome {end['outcome']}, wanted {expect['outcome']}")
    booked = [row for row in end["appointments"] if row["status"] == "booked"]
    if "appointments" in expect:
        left = list(booked)
        for wanted in expect["appointments"]:
            hit = next((row for row in left if covers(row, wanted)), None)
            if hit is None:
                wrong.append(f"no appointment like {wanted}; there are {booked}")
            else:
                left.remove(hit)
        wrong += [f"an appointment that nobody asked for: {row}" for row in left]
    for wanted in expect.get("stored", []):
        if not any(covers(row, wanted) for row in end["appointments"]):
            wrong.append(f"no row like {wanted} among {end['appointments']}")
    for name in ("messages", "tasks"):
        if name in expect and len(end[name]) not in _several(expect[name]):
            wrong.append(f"{len(end[name])} {name}, wanted {expect[name]}")
    if "message_to" in expect and expect["message_to"] not in [message["to"] for message in end["messages"]]:
        wrong.append(f"no message to {expect['message_to']}")
    wrong += [f"never came through {state}" for state in expect.get("path_has", []) if state not in end["path"]]
    wrong += [f"came through {state}" for state in expect.get("path_lacks", []) if state in end["path"]]
    wrong += [f"never said /{pattern}/" for pattern in expect.get("said_has", []) if not re.search(pattern, said, re.IGNORECASE)]
    wrong += [f"said /{pattern}/" for pattern in expect.get("said_lacks", []) if re.search(pattern, said, re.IGNORECASE)]
    wrong += [f"asked for {fact}" for fact in expect.get("asks_lacks", []) if any(turn["asks"] == fact for turn in turns)]
    if expect.get("language", end["language"]) != end["language"]:
        wrong.append(f"ended in {end['language']}, wanted {expect['language']}")
    if turns[-1]["turn"] > expect.get("max_turns", 25):
        wrong.append(f"{turns[-1]['turn']} turns, at most {expect.get('max_turns', 25)} wanted")
    return wrong


def covers(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a row has what is wanted of it; a name without regard to case, a list as any of several."""
    for key, value in wanted.items():
        got = row.get(key)
        if key == "name":
            if str(got).casefold() not in [name.casefold() for name in _several(value)]:
                return False
        elif got not in _several(value):
            return False
    return True


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
