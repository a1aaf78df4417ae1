"""`frontdesk simulate`: simulated callers ring, and what becomes of them is counted."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, TextIO

from frontdesk.cli.check import printable
from frontdesk.cli.options import BadOption
from frontdesk.processes import ProcessEnded, cores
from frontdesk.simulating.errors import SimulatingError
from frontdesk.simulating.figures import Group, groups
from frontdesk.simulating.judging import Result
from frontdesk.simulating.people import GOALS
from frontdesk.simulating.running import Plan, simulate
from fsm.counted import counted

__all__ = ["Show", "SimulateOptions", "plan_of", "run_simulation", "table"]

Show = Literal["none", "failures", "all"]
_HEADINGS: Final = ("callers", "calls", "got what they wanted", "gave up", "asked again", "turns", "wrong")


@dataclass(frozen=True, slots=True)
class SimulateOptions:
    """As given on the command line."""

    plan: Plan
    jobs: int = 0
    show: Show = "none"
    as_json: bool = False


def plan_of(business: Path | None, *, calls: int, seed: int, language: str | None, goal: str | None, noise: float) -> Plan:
    """The plan that the options describe. Raises BadOption."""
    goals = tuple(name for name in GOALS if goal in (None, name))
    if not goals:
        raise BadOption(f"No caller wants “{goal}”; choose one of {', '.join(GOALS)}.")
    if calls < 1 or not 0.0 <= noise <= 1.0:
        raise BadOption("Simulate one call or more, with a --noise from 0 to 1.")
    return Plan(calls, seed, business, (language,) if language else (), goals, noise)


def run_simulation(options: SimulateOptions, stdout: TextIO, stderr: TextIO) -> int:
    """Prints the figures, and the calls that are asked for as dialogues. What is printed on `stdout` is the same for the same seed.

    Returns the exit code: 1 when something was written that a caller did not want, or a call did what no call may do. Raises
    BadOption and ContentProblems.
    """
    plan = options.plan
    began = time.perf_counter()
    try:
        results = simulate(replace(plan, dialogues=options.show != "none"), options.jobs or cores())
    except (ProcessEnded, SimulatingError) as error:
        raise BadOption(str(error)) from error
    seconds = time.perf_counter() - began
    made = groups(results)
    if options.as_json:
        print(json.dumps(_as_json(plan, made, results)), file=stdout)
    else:
        for result in _shown(results, options.show):
            print("\n".join(printable(line, stdout) for line in result.dialogue), end="\n\n", file=stdout)
        for line in table(made):
            print(printable(line, stdout), file=stdout)
    print(f"{counted(len(results), 'call')} in {seconds:.1f} s, {len(results) / seconds:.1f} a second.", file=stderr)
    return 1 if any(result.wrong or result.broken for result in results) else 0


def table(made: Sequence[Group]) -> list[str]:
    """The figures, a group a line; shares with their 95 % intervals."""
    rows = [_HEADINGS, *(_row(group) for group in made)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _row(group: Group) -> tuple[str, ...]:
    wrong = str(group.wrong.hits) + (f", and {group.broken.hits} broken" if group.broken.hits else "")
    return (group.name, str(group.calls), str(group.success), str(group.gave_up), str(group.asked_again), str(group.turns), wrong)


def _shown(results: Sequence[Result], show: Show) -> list[Result]:
    return [result for result in results if show == "all" or (show == "failures" and not result.success)]


def _as_json(plan: Plan, made: Sequence[Group], results: Sequence[Result]) -> dict[str, object]:
    return {
        "seed": plan.seed,
        "noise": plan.noise,
        "groups": [group.as_json() for group in made],
        "calls": [result.as_json() for result in results],
    }
