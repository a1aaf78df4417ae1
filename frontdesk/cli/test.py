"""`frontdesk test`: holds the written calls, the goals and the generated paths of a business, and shows what differs as a dialogue."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from frontdesk.cli.check import printable
from frontdesk.cli.options import BadOption
from frontdesk.cli.progress import Progress
from frontdesk.cli.quiet import quiet
from frontdesk.processes import ProcessEnded, cores, spread
from frontdesk.proving.cases import path_cases
from frontdesk.rehearsing.errors import CaseProblems
from frontdesk.rehearsing.junit import junit_xml
from frontdesk.rehearsing.stages import Stages
from frontdesk.rehearsing.suite import Case, Played, folder_of_cases, matching, rehearse, written_cases
from fsm.counted import counted

__all__ = ["SOURCES", "run_tests"]


def _written(business_dir: Path | None, stages: Stages) -> list[Case]:
    return written_cases(folder_of_cases(business_dir), stages.of({}).content.business.languages)


SOURCES: tuple[Callable[[Path | None, Stages], list[Case]], ...] = (_written, path_cases)
"""Where cases come from. Each source is asked with the business folder (None: the checkout) and the business, loaded."""


@dataclass(frozen=True, slots=True)
class _Hold:
    """Holds a case by its number among those that were chosen. Cases cannot be sent to other processes: these read them anew."""

    business: Path | None
    only: Sequence[str]
    here: tuple[Stages, Sequence[Case]] | None = None

    def __reduce__(self) -> tuple[type[_Hold], tuple[Path | None, Sequence[str]]]:
        return _Hold, (self.business, self.only)

    @contextmanager
    def __call__(self) -> Iterator[Callable[[int], Played]]:
        with ExitStack() as opened:
            if self.here is None:
                stages = opened.enter_context(Stages(self.business))
                cases: Sequence[Case] = matching(_cases(self.business, stages), self.only)
            else:
                stages, cases = self.here
            opened.enter_context(quiet())
            runner = opened.enter_context(asyncio.Runner())
            yield lambda number: runner.run(rehearse(cases[number], stages))


def run_tests(
    business_dir: Path | None, stdout: TextIO, stderr: TextIO, *, only: Sequence[str] = (), junit: Path | None = None, jobs: int = 1
) -> int:
    """Holds every call, or those of which the name contains a word of `only`. Returns the exit code.

    0: all went as written; 1: some did not; 2: files cannot be used. `jobs`: so many processes, 0 for one a processor; what is
    printed and written is the same with any number. Raises ContentProblems for the business itself, and BadOption where nothing
    is there to be held.
    """
    if junit is not None and (junit.is_dir() or not junit.parent.is_dir()):  # said before the minutes that the calls take
        raise BadOption(f"The report {junit} cannot be written; name a file in a folder that is there.")
    with Stages(business_dir) as stages:
        try:
            cases = _cases(business_dir, stages)
        except CaseProblems as error:
            for problem in error.problems:
                print(printable(str(problem), stderr), file=stderr)
            print(f"{counted(len(error.problems), 'problem')}; nothing was held.", file=stderr)
            return 2
        chosen = matching(cases, only)
        if not chosen:
            raise BadOption(_nothing(folder_of_cases(business_dir), cases, only))
        try:
            played = _hold(chosen, _Hold(business_dir, only, (stages, chosen)), jobs or cores(), stdout, stderr)
        except ProcessEnded as error:
            raise BadOption(str(error)) from error
    if junit is not None:
        junit.write_text(junit_xml(played), encoding="utf-8")
    differ = sum(went.differs for _, went in played)
    known = sum(went.not_yet is not None for _, went in played)
    kinds = Counter(case.kind for case in chosen)
    each = [counted(number, kind.removesuffix("s")) for kind, number in kinds.items()]
    held = " and ".join([", ".join(each[:-1]), each[-1]] if len(each) > 1 else each)
    went = f"{differ} went otherwise" if differ else "all went as written"
    print(f"{held}: {went}{f'; {known} known to go otherwise, as before' if known else ''}.", file=stdout)
    return 1 if differ else 0


def _cases(business_dir: Path | None, stages: Stages) -> list[Case]:
    stages.of({})
    return [case for source in SOURCES for case in source(business_dir, stages)]


def _hold(cases: Sequence[Case], begin: _Hold, processes: int, stdout: TextIO, stderr: TextIO) -> list[tuple[Case, Played]]:
    played = []
    progress = Progress(stderr)  # hundreds of calls take minutes, and nothing is said of those that go as written
    for number, went in enumerate(spread(begin, range(len(cases)), processes)):
        case = cases[number]
        played.append((case, went))
        if went.differs:
            progress.ends()
            for line in (f"{case.file} in {case.language}: {case.title}", *went.shown):
                print(printable(line, stdout), file=stdout)
            print(file=stdout, flush=progress.counts)
        progress(f"{number + 1} of {len(cases)}")
    progress.ends()
    return played


def _nothing(folder: Path, cases: Sequence[Case], only: Sequence[str]) -> str:
    if cases:
        return f"No call is called “{' or '.join(only)}”; the first of {len(cases)} is {cases[0].id}."
    return f"There are no calls in {folder / 'calls'} and no goals in {folder / 'goals'}; docs/owners/calls.md says how to write one."
