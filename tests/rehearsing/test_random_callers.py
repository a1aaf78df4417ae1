"""Callers who say anything at any time: whatever is thrown at a call, it keeps what holds in every call."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any, Final

import pytest

from frontdesk.rehearsing.errors import Broken
from frontdesk.rehearsing.goals import load_goals
from frontdesk.rehearsing.rehearsal import Stage
from tests.conftest import ROOT
from tests.examples import sampled

_NUMBERS: Final = {"fr": "+33612345678", "de": "+4915112345678", "en": "+447400123456", "es": "+34612345678"}
_YES: Final = {"fr": "oui", "de": "ja", "en": "yes", "es": "sí"}
_TIMES: Final = [f"2026-06-{day}T{hour}" for day in (12, 13, 16, 17, 18, 19, 23) for hour in ("10:00", "14:30", "17:00")]
_MOMENTS: Final = ("2026-06-12T09:00", "2026-06-12T21:00", "2026-06-16T13:40", "2026-06-14T12:00")
_LONGEST: Final = 40


def _sayings() -> dict[str, list[str]]:
    """All that the callers with goals say, by language."""
    found: dict[str, list[str]] = {language: [] for language in _NUMBERS}
    for goal in load_goals(ROOT / "tests" / "goals"):
        _gather([goal["first"], list(goal["answers"].values()), list(goal.get("at", {}).values())], found[goal["language"]])
    return found


def _gather(value: Any, into: list[str]) -> None:
    if isinstance(value, str):
        into.append(value)
    elif isinstance(value, list):
        for item in value:
            _gather(item, into)
    elif isinstance(value, Mapping) and "want" in value:
        _gather([value["say"], value["else"]], into)


SAYINGS: Final = _sayings()


def _fixture(draw: random.Random, number: str) -> dict[str, Any]:
    fixture: dict[str, Any] = {}
    if draw.random() < 0.8:
        fixture["free_slots"] = draw.sample(_TIMES, draw.randint(0, 12))
    if draw.random() < 0.4:
        starts = draw.sample(["2026-06-16T11:00", "2026-06-17T15:00", "2026-06-19T10:15"], draw.randint(1, 2))
        fixture["appointments"] = [{"service": "colour", "start": start, "name": "Claire Fontaine", "phone": number} for start in starts]
    if draw.random() < 0.3:
        kinds = {"find_slots": "timeout", "commit": draw.choice(["taken", "error"]), "sms": "error"}
        fixture["fail"] = {name: [draw.choice(["ok", kind]) for _ in range(4)] for name, kind in kinds.items()}
    return fixture


def _input(draw: random.Random, language: str) -> dict[str, Any]:
    chance = draw.random()
    if chance < 0.35:
        return {"say": _YES[language]}
    if chance < 0.85:
        return {"say": draw.choice(SAYINGS[language])}
    if chance < 0.93:
        return {"dtmf": draw.choice("0123456789*#")}
    return {"silence_s": 8} if chance < 0.97 else {"say": draw.choice(SAYINGS[draw.choice(list(SAYINGS))])}


async def _ring(seed: int, stage: Stage) -> list[str]:
    """One caller. Gives the call up to where it broke a rule; nothing when it broke none."""
    draw = random.Random(seed)
    language = draw.choice(list(_NUMBERS))
    caller = _NUMBERS[language] if draw.random() < 0.6 else None
    fixture = _fixture(draw, _NUMBERS[language])
    rehearsal = await stage.call(now=draw.choice(_MOMENTS), language=language, caller=caller, fixture=fixture)
    heard = [f"seed {seed}, {language}, {caller}, {fixture}"]
    try:
        turn = rehearsal.turns[0]
        while not turn["ended"]:
            message = _input(draw, language) if turn["turn"] < _LONGEST else {"hangup": True}
            heard.append(f"{turn['state']:>14} | {' '.join(turn['said'])}\n{'caller':>14} > {message}")
            turn = await rehearsal.send(message)
        await rehearsal.end()
    except Broken as broken:
        return [*heard[:1], *heard[-6:], f"!! {broken}"]
    finally:
        await rehearsal.close()
    return []


@pytest.fixture(scope="module")
def stage() -> Stage:
    """The salon, loaded once."""
    return Stage()


@pytest.mark.parametrize("first", sampled(range(0, 40, 10), 2))
async def test_whatever_is_said_the_call_keeps_its_rules(first: int, stage: Stage) -> None:
    """Random words, keys and silences break nothing that holds in every turn and at the end of every call."""
    for seed in range(first, first + 10):
        broken = await _ring(seed, stage)
        if broken:
            pytest.fail("\n".join(broken), pytrace=False)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 1500, 50))
async def test_whatever_is_said_the_call_keeps_its_rules_for_long(first: int, stage: Stage) -> None:
    """The same with many more callers."""
    for seed in range(first, first + 50):
        broken = await _ring(seed, stage)
        if broken:
            pytest.fail("\n".join(broken), pytrace=False)
