"""Whole calls as files that anybody can read: what the caller does, what frontdesk must do, and what is left in the end.

The format is described for product owners in docs/owners/calls.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frontdesk.conversation.dialogue_lines import wrong
from frontdesk.rehearsing.documents import Caller, Dialogue, Expected, several, wordings
from frontdesk.rehearsing.errors import Broken
from frontdesk.rehearsing.left import left_over
from frontdesk.rehearsing.rehearsal import Rehearsal, Stage
from frontdesk.rehearsing.transcript import inputs, shown_input, shown_turn

__all__ = ["hold"]


async def hold(dialogue: Dialogue, language: str, caller: Caller, stage: Stage) -> list[str]:
    """Holds the call in one language. Returns it as a dialogue, with what differs in lines of its own."""
    filled = dialogue.filled(caller)
    number = None if filled.number == "anonymous" else filled.number
    shown: list[str] = []
    try:
        rehearsal = await stage.call(now=filled.now, language=language, caller=number, fixture=filled.fixture.given())
    except Broken as broken:
        return [wrong(str(broken))]
    try:
        await _through(filled, language, rehearsal, shown)
    except Broken as broken:
        if rehearsal.turns:
            shown.append(shown_turn(rehearsal.turns[-1]))
        shown.append(wrong(f"never: {broken}"))
    finally:
        await rehearsal.close()
    return shown


async def _through(dialogue: Dialogue, language: str, rehearsal: Rehearsal, shown: list[str]) -> None:
    turn = rehearsal.turns[0]
    shown.append(shown_turn(turn))
    for step in dialogue.call:
        if step.caller is not None:
            if turn["ended"]:
                shown.append(wrong("the call is over, and the caller had more to say"))
                return
            for message in inputs(step.caller, language):
                shown.append(shown_input(message))
                turn = await rehearsal.send(message)
                shown.append(shown_turn(turn))
                if turn["ended"]:
                    break
        if step.frontdesk is not None:
            shown += map(wrong, _differences(step.frontdesk, turn, language))
    if not turn["ended"]:
        shown.append(wrong("the file ends here, and the call does not"))
        await rehearsal.send({"hangup": True})
    shown += map(wrong, left_over(dialogue.end.model_dump(), await rehearsal.end()))


def _differences(expected: Expected, turn: Mapping[str, Any], language: str) -> list[str]:
    found = []
    facts = {name: fact["value"] for name, fact in turn["facts"].items()}
    done = [f"{action['name']}: {action['outcome']}" for action in turn["actions"]]
    said = " ".join(turn["said"]).casefold()
    if expected.state is not None and turn["state"] != expected.state:
        found.append(f"the state is {turn['state']}, not {expected.state}")
    if expected.asks is not None and turn["asks"] not in several(expected.asks):
        found.append(f"it asks for {turn['asks']}, not {expected.asks}")
    if expected.offers is not None and turn["offered"] != expected.offers:
        found.append(f"it offers {turn['offered']}, not {expected.offers}")
    found += [
        f"{name} is {facts.get(name)!r}, not {value!r}" for name, value in expected.knows.items() if facts.get(name) not in several(value)
    ]
    found += [f"{name} is still {facts[name]!r}" for name in expected.forgets if name in facts]
    found += [f"it did not do “{action}” but {done or 'nothing'}" for action in expected.does if action not in done]
    found += [f"it does not say “{words}”" for words in wordings(expected.says, language) if not _heard(words, said)]
    found += [f"it says “{words}”" for words in wordings(expected.never_says, language) if _heard(words, said)]
    if expected.language is not None and turn["language"] != expected.language:
        found.append(f"it speaks {turn['language']}, not {expected.language}")
    if expected.ends is not None and turn["ended"] != expected.ends:
        found.append("the call is over" if turn["ended"] else "the call is not over")
    return found


def _heard(words: str, said: str) -> bool:
    return any(word.strip().casefold() in said for word in words.split("|"))
