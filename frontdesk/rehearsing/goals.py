"""Callers with a goal: they answer what is asked, whatever the wording and the order, and know how the call should end."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from frontdesk.bootstrap.fixture import Fixture
from frontdesk.rehearsing.documents import Caller, Goal, moment, seen_number, several, wordings
from frontdesk.rehearsing.errors import Broken
from frontdesk.rehearsing.left import left_over
from frontdesk.rehearsing.rehearsal import Rehearsal, Stage
from frontdesk.rehearsing.transcript import inputs, shown_input, shown_turn

__all__ = ["compare", "load_goals", "play", "read_goals", "spelt_out"]

_EXPECTATIONS: Final = frozenset(
    "outcome appointments cancelled stored messages message_to tasks "
    "path_has path_lacks said_has said_lacks asks_lacks max_turns language".split()
)
_PATIENCE: Final = 4
"""So many times a caller hears the same words before they hang up."""
_FIELDS: Final = frozenset("id wants language now caller business fixture not_yet first at answers expect".split())


def load_goals(folder: Path) -> list[dict[str, Any]]:
    """Every goal of every file, in order. A misspelt key is a ValueError: an expectation that is not read cannot fail."""
    return [goal for file in sorted(folder.glob("*.json")) for goal in read_goals(file)]


def read_goals(file: Path) -> list[dict[str, Any]]:
    """The goals of one JSON file. Raises ValueError for what cannot be read, and for a misspelt or missing key."""
    goals: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(goals, list) or not all(isinstance(goal, dict) for goal in goals):
        raise ValueError("a file of goals is a list of objects")
    for number, goal in enumerate(goals, 1):
        known = goal.get("id", f"number {number}")
        expect = goal.get("expect", {})
        lacks = {"id", "wants", "now", "answers", "expect"} - set(goal) or {"outcome"} - set(expect)
        unknown = (set(goal) - _FIELDS) | (set(expect) - _EXPECTATIONS)
        if lacks:
            raise ValueError(f"goal {known} lacks {', '.join(sorted(lacks))}")
        if unknown:
            raise ValueError(f"goal {known} has keys that nobody reads: {', '.join(sorted(unknown))}")
        if wrong := next(_wrong_with(goal), None):
            raise ValueError(f"goal {known}: {wrong}")
    return goals


def _wrong_with(goal: Mapping[str, Any]) -> Iterator[str]:
    """What a goal of a JSON file has that cannot be held."""
    try:
        moment(str(goal["now"]))
        seen_number(str(goal.get("caller", "anonymous")))
        Fixture.model_validate(goal.get("fixture") or {})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        yield f"the fixture cannot be used at “{'.'.join(map(str, first['loc']))}”: {first['msg']}"
    except ValueError as error:
        yield str(error)
    for pattern in (*goal["expect"].get("said_has", ()), *goal["expect"].get("said_lacks", ())):
        try:
            re.compile(pattern)
        except (TypeError, re.error):
            yield f"{pattern!r} is no regular expression"
    for said in (*several(goal.get("first", [])), *goal.get("at", {}).values(), *goal["answers"].values()):
        for one in several(said):
            choices = [one["say"], one["else"]] if isinstance(one, Mapping) and set(one) == {"want", "say", "else"} else [one]
            yield from (f"nobody can say or do {choice!r}" for choice in choices if not _can_be_done(choice))


def _can_be_done(said: Any) -> bool:
    if isinstance(said, str):
        return bool(said.strip())
    kinds: Mapping[str, Any] = {"say": str, "dtmf": str, "silence_s": int | float, "hangup": bool}
    return isinstance(said, Mapping) and len(said) == 1 and all(isinstance(value, kinds.get(kind, ())) for kind, value in said.items())


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
        transcript.append(shown_turn(turn))
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
        transcript.append(shown_turn(turn))
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
        transcript.append(shown_input(message))
        for one in [{"dtmf": key} for key in message["dtmf"]] if "dtmf" in message else [message]:
            turn = await rehearsal.send(one)
            if turn["ended"]:
                break


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
    wrong = left_over(expect, end)
    said = "\n".join(sentence for turn in turns for sentence in turn["said"])
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


def spelt_out(goal: Goal, name: str, language: str, caller: Caller) -> dict[str, Any]:
    """An owner's goal in one language, in the form that :func:`play` takes."""
    filled = goal.filled(caller)
    end = filled.end
    expect: dict[str, Any] = {
        **end.model_dump(include={"outcome", "appointments", "cancelled", "messages", "tasks"}),
        "said_has": [_pattern(words) for words in wordings(end.says, language)],
        "said_lacks": [_pattern(words) for words in wordings(end.never_says, language)],
        "asks_lacks": end.never_asks,
        "path_has": end.passes,
        "path_lacks": end.never_passes,
        "max_turns": end.turns,
    }
    expect |= {key: value for key, value in (("message_to", end.message_to), ("language", end.language)) if value is not None}
    return {
        "id": name,
        "wants": goal.title,
        "language": language,
        "now": goal.now,
        "caller": filled.number,
        "fixture": filled.fixture.given(),
        "first": [_in_language(said, language) for said in filled.first],
        "at": {str(turn): _in_language(said, language) for turn, said in filled.at.items()},
        "answers": {asked: _in_language(answer, language) for asked, answer in filled.answers.items()},
        "expect": expect,
    }


def _in_language(said: Any, language: str) -> Any:
    if isinstance(said, list):
        return [_in_language(item, language) for item in said]
    if isinstance(said, Mapping) and "want" in said:
        return {"want": said["want"], "say": _in_language(said["say"], language), "else": _in_language(said["else"], language)}
    if isinstance(said, Mapping) and "keys" in said:
        return {"dtmf": said["keys"]}
    (message,) = inputs(said, language)
    return message.get("say", message)


def _pattern(words: str) -> str:
    return "|".join(re.escape(word.strip()) for word in words.split("|"))
