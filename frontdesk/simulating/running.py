"""Simulated calls, one after the other or in several processes: the same seed gives the same calls either way."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

from frontdesk.bootstrap.reading import read_all
from frontdesk.conversation.dialogue_lines import line, wrong
from frontdesk.processes import spread
from frontdesk.rehearsing.errors import Broken
from frontdesk.rehearsing.rehearsal import Rehearsal, Stage
from frontdesk.rehearsing.transcript import shown_turn
from frontdesk.simulating.caller import Caller
from frontdesk.simulating.errors import NoCallers
from frontdesk.simulating.hearing import Ears
from frontdesk.simulating.judging import Result, judge
from frontdesk.simulating.own_questions import own_answers
from frontdesk.simulating.people import GOALS, Goal, Person, draw_person, goals_for
from frontdesk.simulating.records import without_turns
from frontdesk.simulating.turns import Heard, Reply
from frontdesk.simulating.words import load_words

__all__ = ["Plan", "Simulator", "simulate"]

_MOST_TURNS: Final = 60
"""No caller is as patient as that: a call that gets here hangs."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to simulate. `noise` is the mean chance that a word suffers on the line, 0.0 to 1.0."""

    calls: int = 200
    seed: int = 1
    business: Path | None = None
    languages: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = GOALS
    noise: float = 0.03
    dialogues: bool = False


class Simulator:
    """One business, loaded once, and callers who ring it one after the other. Raises ContentProblems, NoCallers and NoWords."""

    def __init__(self, plan: Plan, stage: Stage | None = None) -> None:
        self.plan = plan
        self._stage = stage or Stage(plan.business, records=without_turns)
        business = self._stage.content.business
        self._languages = plan.languages or tuple(business.languages)
        for language in self._languages:
            load_words(language)
            if language not in business.languages:
                raise NoCallers(f"The business does not answer in “{language}”; it answers in {', '.join(business.languages)}.")
        intent = self._stage.content.graph.facts.get("intent")
        self._goals = goals_for(frozenset(intent.options or ()) if intent is not None else frozenset(), plan.goals)
        if not self._goals:
            raise NoCallers("None of these goals is an intent of this graph; the simulator knows book, move, cancel and message.")
        self._ears = Ears(business)
        spec, phrases = self._stage.content.graph.spec, read_all(self._stage.folders).phrases
        self._own = {language: own_answers(spec, phrases, language) for language in self._languages}
        self._stage.content.warm_up(business.languages)

    def calls(self, numbers: Sequence[int]) -> list[Result]:
        """Holds the calls of these numbers."""
        return asyncio.run(self._calls(numbers))

    async def _calls(self, numbers: Sequence[int]) -> list[Result]:
        return [await self.call(number) for number in numbers]

    async def call(self, number: int) -> Result:
        """Holds one call."""
        plan, business = self.plan, self._stage.content.business
        person = draw_person(number, plan.seed, business, self._goals, self._languages, plan.noise)
        speech = Random(f"{plan.seed}/{number}/speech")  # noqa: S311 - nothing is kept secret by it
        caller = Caller(person, business, self._ears, speech, self._own[person.language])
        shown = [_about(person)]
        try:
            rehearsal = await self._stage.call(
                now=f"{person.now:%Y-%m-%dT%H:%M}", language=person.greeted_in, caller=person.rings_from, fixture=person.fixture
            )
        except Broken as broken:
            shown.append(wrong(f"never: {broken}"))
            return replace(_broken(person, 0, str(broken)), dialogue=tuple(shown) if plan.dialogues else ())
        kinds: list[str] = []
        try:
            await self._talk(rehearsal, caller, kinds, shown)
            result = judge(caller, rehearsal.turns, kinds, await rehearsal.end(), business)
        except Broken as broken:
            shown.append(wrong(f"never: {broken}"))
            result = _broken(person, int(rehearsal.turns[-1]["turn"]), str(broken))
        finally:
            await rehearsal.close()
        shown += map(wrong, result.wrong)
        if not result.success and not result.broken:
            shown.append(wrong(f"{'the caller gave up' if result.gave_up else 'not served'}: {result.outcome}"))
        return replace(result, dialogue=tuple(shown)) if plan.dialogues else result

    async def _talk(self, rehearsal: Rehearsal, caller: Caller, kinds: list[str], shown: list[str]) -> None:
        turn = rehearsal.turns[0]
        shown.append(line("frontdesk", " ".join(turn["said"])))
        while not turn["ended"]:
            if len(rehearsal.turns) > _MOST_TURNS:
                raise Broken("the call goes on and on")
            reply = caller.reply(_heard(turn))
            shown.append(line("caller", _told(reply)))
            for message in reply.messages:
                if "silence_s" in message:
                    self._stage.clock.now += dt.timedelta(seconds=float(message["silence_s"]))
                turn = await rehearsal.send(message)
                kinds.append(reply.kind)
                if turn["ended"]:
                    break
            shown.append(shown_turn(turn))


def _heard(turn: dict[str, Any]) -> Heard:
    return Heard(" ".join(turn["said"]), turn["language"], turn["asks"], tuple(turn["offered"]))


def _broken(person: Person, turns: int, why: str) -> Result:
    return Result(person.number, person.goal, person.language, round(person.noise, 3), "failed", False, turns, 0, False, (), (why,))


def _about(person: Person) -> str:
    wishes = f", {person.service}" if person.goal in ("book", "move") else ""
    change = f", changes {person.change}" if person.change else ""
    return f"call {person.number}: {person.goal}{wishes}{change}, {person.language}, {person.now:%Y-%m-%d %H:%M}, noise {person.noise:.2f}"


def _told(reply: Reply) -> str:
    first = reply.messages[0]
    if "dtmf" in first:
        return f"(keys {''.join(str(message['dtmf']) for message in reply.messages)})"
    if "silence_s" in first:
        return f"(nothing for {first['silence_s']:g} s)"
    if "hangup" in first:
        return "(hangs up)"
    said = str(first["say"])
    return said if said == reply.meant else f"{said}   [meant: {reply.meant}]"


def simulate(plan: Plan, processes: int = 1) -> list[Result]:
    """All calls of a plan in their order. In several processes when it is worth it; that changes nothing but the time it takes.

    Raises ContentProblems, NoCallers, NoWords and ProcessEnded.
    """
    for language in plan.languages:
        load_words(language)  # before any process is begun for nothing
    return list(spread(partial(_callers, plan), range(plan.calls), processes))


@contextmanager
def _callers(plan: Plan) -> Iterator[Callable[[int], Result]]:
    simulator = Simulator(plan)
    with asyncio.Runner() as runner:
        yield lambda number: runner.run(simulator.call(number))
