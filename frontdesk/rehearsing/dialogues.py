"""Whole calls as files that anybody can read: what the caller does, what frontdesk must do, and what is left in the end.

The format is described for product owners in docs/owners/calls.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.rehearsing.errors import Broken
from frontdesk.rehearsing.goals import covers
from frontdesk.rehearsing.rehearsal import Rehearsal, Stage

__all__ = ["LANGUAGES", "Caller", "Dialogue", "hold", "load_callers", "load_dialogues"]

Language = Literal["fr", "de", "en", "es"]
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "de", "en", "es")


class _PlainWords(yaml.SafeLoader):
    """YAML in which “yes”, “no” and times are the words they look like; only true and false are not."""


_PlainWords.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_PlainWords.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))

Time = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d$")]
Words = str | list[str]
"""Words that must be heard, without regard to case; “a | b”: one of them; a list: all of them."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Caller(_Strict):
    """Who rings in one language."""

    name: str
    number: str


class Expected(_Strict):
    """What frontdesk must do in one turn; what is not named is free."""

    state: str | None = None
    asks: str | list[str] | None = None
    offers: list[Time] | None = None
    knows: dict[str, Any] = {}
    forgets: list[str] = []
    does: list[str] = []
    says: dict[Language, Words] | Words = []
    never_says: dict[Language, Words] | Words = []
    language: str | None = None
    ends: bool | None = None


class Key(_Strict):
    keys: str


class Quiet(_Strict):
    silent_s: float


Said = dict[Language, str] | Key | Quiet | Literal["hangs up"]


class Step(_Strict):
    """One line of the dialogue: the caller's or frontdesk's."""

    caller: Said | None = None
    frontdesk: Expected | None = None


class End(_Strict):
    """What is left of the call."""

    outcome: str
    appointments: list[dict[str, Any]] = []
    cancelled: list[dict[str, Any]] = []
    messages: int = 0
    message_to: str | None = None
    tasks: int = 0


class Dialogue(_Strict):
    """One file."""

    title: str
    now: Time = "2026-06-12T09:00"
    number: str = "{number}"
    """Which number is seen: {number}, the caller's own, anonymous, or another one."""
    business: dict[str, Any] = {}
    """What is different from the shipped business, as `booking.ask_email: true`."""
    fixture: dict[str, Any] = {}
    call: list[Step]
    end: End


def load_callers(folder: Path) -> dict[str, Caller]:
    """Who rings in each language, from callers.yaml."""
    read = _read(folder / "callers.yaml")
    return {language: Caller.model_validate(caller) for language, caller in read.items()}


def load_dialogues(folder: Path) -> dict[str, Dialogue]:
    """Every call of a folder by the name of its file. Raises pydantic.ValidationError for what the format does not know."""
    files = sorted(file for file in folder.glob("*.yaml") if file.name != "callers.yaml")
    return {file.stem: Dialogue.model_validate(_read(file)) for file in files}


def _read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_PlainWords)  # noqa: S506 - a SafeLoader with fewer tags


async def hold(dialogue: Dialogue, language: str, caller: Caller, stage: Stage) -> tuple[list[str], bool]:
    """Holds the call in one language. Returns it as a dialogue with what differs marked by “!!”, and whether all is as it should be."""
    filled = Dialogue.model_validate(_filled({"number": dialogue.number, **dialogue.model_dump(exclude_unset=True)}, caller))
    number = None if filled.number == "anonymous" else filled.number
    shown: list[str] = []
    try:
        rehearsal = await stage.call(now=filled.now, language=language, caller=number, fixture=filled.fixture or None)
    except Broken as broken:
        return [f"   !! {broken}"], False
    try:
        wrong = await _through(filled, language, rehearsal, shown)
    except Broken as broken:
        if rehearsal.turns:
            shown.append(_line("frontdesk", " ".join(rehearsal.turns[-1]["said"])))
        shown.append(f"   !! never: {broken}")
        wrong = True
    finally:
        await rehearsal.close()
    return shown, not wrong


async def _through(dialogue: Dialogue, language: str, rehearsal: Rehearsal, shown: list[str]) -> bool:
    turn = rehearsal.turns[0]
    shown.append(_line("frontdesk", " ".join(turn["said"])))
    wrong = False
    for step in dialogue.call:
        if step.caller is not None:
            if turn["ended"]:
                shown.append("   !! the call is over, and the caller had more to say")
                return True
            for message in _messages(step.caller, language):
                shown.append(_line("caller", message.get("say") or _act(message)))
                turn = await rehearsal.send(message)
                done = "".join(f" ({action['name']}: {action['outcome']})" for action in turn["actions"])
                shown.append(_line("frontdesk", " ".join(turn["said"]) + done))
                if turn["ended"]:
                    break
        if step.frontdesk is not None:
            differs = _differences(step.frontdesk, turn, language)
            shown += [f"   !! {line}" for line in differs]
            wrong = wrong or bool(differs)
    if not turn["ended"]:
        shown.append("   !! the file ends here, and the call does not")
        await rehearsal.send({"hangup": True})
        wrong = True
    differs = _left(dialogue.end, await rehearsal.end())
    shown += [f"   !! {line}" for line in differs]
    return wrong or bool(differs)


def _differences(expected: Expected, turn: Mapping[str, Any], language: str) -> list[str]:
    wrong = []
    facts = {name: fact["value"] for name, fact in turn["facts"].items()}
    done = [f"{action['name']}: {action['outcome']}" for action in turn["actions"]]
    said = " ".join(turn["said"]).casefold()
    if expected.state is not None and turn["state"] != expected.state:
        wrong.append(f"the state is {turn['state']}, not {expected.state}")
    if expected.asks is not None and turn["asks"] not in _list(expected.asks):
        wrong.append(f"it asks for {turn['asks']}, not {expected.asks}")
    if expected.offers is not None and turn["offered"] != expected.offers:
        wrong.append(f"it offers {turn['offered']}, not {expected.offers}")
    wrong += [
        f"{name} is {facts.get(name)!r}, not {value!r}" for name, value in expected.knows.items() if facts.get(name) not in _list(value)
    ]
    wrong += [f"{name} is still {facts[name]!r}" for name in expected.forgets if name in facts]
    wrong += [f"it did not do “{action}” but {done or 'nothing'}" for action in expected.does if action not in done]
    wrong += [f"it does not say “{words}”" for words in _words(expected.says, language) if not _heard(words, said)]
    wrong += [f"it says “{words}”" for words in _words(expected.never_says, language) if _heard(words, said)]
    if expected.language is not None and turn["language"] != expected.language:
        wrong.append(f"it speaks {turn['language']}, not {expected.language}")
    if expected.ends is not None and turn["ended"] != expected.ends:
        wrong.append("the call is over" if turn["ended"] else "the call is not over")
    return wrong


def _left(expected: End, end: Mapping[str, Any]) -> list[str]:
    wrong = []
    if end["outcome"] not in [word.strip() for word in expected.outcome.split("|")]:
        wrong.append(f"the outcome is {end['outcome']}, not {expected.outcome}")
    for status, wanted in (("booked", expected.appointments), ("cancelled", expected.cancelled)):
        left = [row for row in end["appointments"] if row["status"] == status]
        for row in wanted:
            hit = next((other for other in left if covers(other, row)), None)
            if hit is None:
                wrong.append(f"there is no appointment {row} that is {status}, but {left}")
            else:
                left.remove(hit)
        wrong += [f"nobody wanted this to be {status}: {row}" for row in left]
    if len(end["messages"]) != expected.messages:
        wrong.append(f"{len(end['messages'])} messages were sent, not {expected.messages}")
    wrong += [
        f"a message went to {message['to']}, not to {expected.message_to}"
        for message in end["messages"]
        if expected.message_to is not None and message["to"] != expected.message_to
    ]
    if len(end["tasks"]) != expected.tasks:
        wrong.append(f"{len(end['tasks'])} tasks are left to the staff, not {expected.tasks}")
    return wrong


def _messages(said: Any, language: str) -> list[dict[str, Any]]:
    if isinstance(said, Key):
        return [{"dtmf": key} for key in said.keys]
    if isinstance(said, Quiet):
        return [{"silence_s": said.silent_s}]
    if isinstance(said, Mapping):
        return [{"say": said[language]}]
    return [{"hangup": True}]


def _act(message: Mapping[str, Any]) -> str:
    ((kind, value),) = message.items()
    return {"dtmf": f"(key {value})", "silence_s": f"(nothing for {value} s)", "hangup": "(hangs up)"}[kind]


def _line(who: str, words: str) -> str:
    return f"{who:>12}: {words or '(says nothing)'}"


def _words(words: Any, language: str) -> list[str]:
    return _list(words.get(language, [])) if isinstance(words, Mapping) else _list(words)


def _heard(words: str, said: str) -> bool:
    return any(word.strip().casefold() in said for word in words.split("|"))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _filled(value: Any, caller: Caller) -> Any:
    """The file with {name} and {number} filled in."""
    if isinstance(value, str):
        return value.replace("{name}", caller.name).replace("{number}", caller.number)
    if isinstance(value, Mapping):
        return {key: _filled(item, caller) for key, item in value.items()}
    return [_filled(item, caller) for item in value] if isinstance(value, list) else value
