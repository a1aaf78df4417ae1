"""All that can be rehearsed with a business: its written calls and its goals in each language, one case after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from frontdesk.bootstrap.errors import ContentProblems, FixtureProblem
from frontdesk.bootstrap.reading import DEFAULTS
from frontdesk.conversation.dialogue_lines import WRONG, wrong
from frontdesk.rehearsing.case_files import CALLERS, is_case_file
from frontdesk.rehearsing.dialogues import hold
from frontdesk.rehearsing.documents import Caller, Dialogue, Goal
from frontdesk.rehearsing.errors import CaseProblems, UnknownSetting
from frontdesk.rehearsing.goals import play, read_goals, spelt_out
from frontdesk.rehearsing.reading import read_callers, read_written
from frontdesk.rehearsing.rehearsal import Stage
from frontdesk.rehearsing.stages import Stages
from fsm.problems import Problem, in_file_order

__all__ = ["Case", "Played", "cases_of_file", "folder_of_cases", "matching", "rehearse", "written_cases"]


@dataclass(frozen=True, slots=True)
class Played:
    """A case as it went: a dialogue, with what differs in lines of its own. `not_yet` is why that was to be expected."""

    shown: tuple[str, ...]
    not_yet: str | None = None

    @property
    def differs(self) -> bool:
        """Whether something differs that was not known to."""
        return bool(self.wrong) and self.not_yet is None

    @property
    def wrong(self) -> tuple[str, ...]:
        """What differs, in sentences; nothing when all is as it should be."""
        return tuple(line.removeprefix(WRONG) for line in self.shown if line.startswith(WRONG))


@dataclass(frozen=True, slots=True)
class Case:
    """One call to rehearse. `kind` is calls, goals or what else is rehearsed; `file` is for people."""

    kind: str
    name: str
    language: str
    title: str
    file: str
    hold: Callable[[Stage], Awaitable[Played]] = field(repr=False)
    changes: Mapping[str, Any] = field(default_factory=dict)
    not_yet: str | None = None
    """Why it is known to go otherwise."""

    @property
    def id(self) -> str:
        """Its name among all: calls/for_a_son[fr]."""
        return f"{self.kind}/{self.name}[{self.language}]"


async def rehearse(case: Case, stages: Stages) -> Played:
    """Holds the call. What keeps it from being held is what differs.

    A case that is known to go otherwise does not differ, until it goes as written: then nobody should call it known any more.
    """
    played = await _rehearse(case, stages)
    if case.not_yet is None:
        return played
    if played.wrong:
        return replace(played, not_yet=case.not_yet)
    return Played((*played.shown, wrong(f"all went as written; take out not_yet ({case.not_yet})")))


async def _rehearse(case: Case, stages: Stages) -> Played:
    try:
        return await case.hold(stages.of(case.changes))
    except ContentProblems as error:  # of the business as the case changes it, which is no file that anybody could look into
        return Played(
            tuple(
                wrong(f"with “business” as it is here: {problem.code}: {problem.message} {problem.hint}".strip())
                for problem in error.problems
            )
        )
    except (FixtureProblem, UnknownSetting) as error:
        return Played((wrong(str(error)),))


def folder_of_cases(business: Path | None) -> Path:
    """Where the calls and goals of a business are: in its own folder; those of the shipped salon are among the tests."""
    own = business is not None and not business.samefile(DEFAULTS)
    return business if own and business is not None else DEFAULTS / "tests"


def written_cases(folder: Path, languages: Sequence[str]) -> list[Case]:
    """Every call in `calls/` and every goal in `goals/` of a folder, in each language it is written for.

    Raises CaseProblems with everything that is wrong with any of the files.
    """
    cases: list[Case] = []
    problems: list[Problem] = []
    for kind in ("calls", "goals"):
        for file in sorted((folder / kind).glob("*")):
            if is_case_file(file):
                try:
                    cases += cases_of_file(file, languages)
                except CaseProblems as error:
                    problems += error.problems
    if problems:
        raise CaseProblems(in_file_order(problems))
    return cases


def cases_of_file(file: Path, languages: Sequence[str]) -> list[Case]:
    """The cases of one file. `languages` are those of the business. Raises CaseProblems."""
    shown = f"{file.parent.name}/{file.name}"
    callers, problems = read_callers(file.parent.parent / "calls", f"calls/{CALLERS}")
    if file.suffix == ".json":
        try:
            cases = list(_json_goals(file, shown, languages))
        except ValueError as error:
            problem = Problem("wrong-goals", shown, 0, 0, f"This file of goals cannot be used: {error}.", "Correct it.")
            raise CaseProblems((problem,)) from error
        return cases
    document: Dialogue | Goal | None
    if file.parent.name == "calls":
        document, found = read_written(file, Dialogue, shown, languages)
    else:
        document, found = read_written(file, Goal, shown, languages)
    if problems or found or document is None:
        raise CaseProblems((*problems, *found))
    spoken = document.languages(tuple(languages))
    nobody = [language for language in spoken if language not in callers]
    if nobody:
        hint = f"Name one in calls/{CALLERS}: {nobody[0]}: {{name: …, number: …}}."
        raise CaseProblems((Problem("no-caller", shown, 0, 0, f"There is no caller who speaks “{nobody[0]}”.", hint),))
    return [
        Case(
            kind=file.parent.name,
            name=file.stem,
            language=language,
            title=document.title,
            file=shown,
            hold=partial(_hold, document, file.stem, language, callers[language]),
            changes=document.business,
            not_yet=document.not_yet,
        )
        for language in spoken
    ]


def matching(cases: Iterable[Case], only: Sequence[str]) -> list[Case]:
    """The cases whose id contains any of these words; all without words."""
    return [case for case in cases if not only or any(word in case.id for word in only)]


async def _hold(written: Dialogue | Goal, name: str, language: str, caller: Caller, stage: Stage) -> Played:
    if isinstance(written, Goal):
        return await _play(spelt_out(written, name, language, caller), stage)
    return Played(tuple(await hold(written, language, caller, stage)))


async def _play(goal: Mapping[str, Any], stage: Stage) -> Played:
    differs, shown = await play(goal, stage)
    return Played((*shown, *(wrong(line) for line in differs)))


def _json_goals(file: Path, shown: str, languages: Sequence[str]) -> Iterator[Case]:
    for goal in read_goals(file):
        language = goal.get("language") or languages[0]
        if language not in languages:
            raise ValueError(f"goal {goal['id']} speaks “{language}”, and the business answers in {', '.join(languages)}")
        changes, not_yet = goal.get("business", {}), goal.get("not_yet")
        yield Case("goals", goal["id"], language, goal["wants"], shown, partial(_play, goal), changes, not_yet)
