"""Calls and goals of business folders as tests of pytest: `pytest FOLDER` collects `calls/*.yaml` and `goals/*.yaml|json`.

pytest loads this wherever frontdesk is installed, so what takes long is imported only where there is something to rehearse.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from frontdesk.rehearsing.case_files import is_business_folder, is_case_file

if TYPE_CHECKING:
    from frontdesk.rehearsing.stages import Stages
    from frontdesk.rehearsing.suite import Case

__all__ = ["CaseFile", "CaseItem", "Differs", "pytest_collect_file", "pytest_unconfigure"]

_STAGES: Final = pytest.StashKey[dict[Path, "Stages"]]()


class Differs(Exception):
    """A call did not go as written; the message is the call as a dialogue."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CaseFile | None:
    """Takes the files of calls and goals beside a business.yaml, states.yaml or prompts/."""
    if is_case_file(file_path) and is_business_folder(file_path.parent.parent):
        return CaseFile.from_parent(parent, path=file_path)
    return None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Removes the files of changed settings."""
    for stages in config.stash.get(_STAGES, {}).values():
        stages.close()


class CaseFile(pytest.File):
    """One file of calls or goals. What is wrong with it, or with its business, is an error of the collection."""

    def collect(self) -> Iterator[CaseItem]:
        """A test for each call in each language."""
        from frontdesk.bootstrap.errors import ContentProblems
        from frontdesk.rehearsing.errors import CaseProblems
        from frontdesk.rehearsing.stages import Stages
        from frontdesk.rehearsing.suite import cases_of_file

        business = self.path.parent.parent
        opened = self.config.stash.setdefault(_STAGES, {})
        stages = opened.setdefault(business, Stages(business))
        try:
            cases = cases_of_file(self.path, stages.of({}).content.business.languages)
        except (ContentProblems, CaseProblems) as error:
            raise self.CollectError("\n".join(str(problem) for problem in error.problems)) from error
        for case in cases:
            yield CaseItem.from_parent(self, name=f"{case.name}[{case.language}]", case=case, stages=stages)


class CaseItem(pytest.Item):
    """One call."""

    def __init__(self, *, case: Case, stages: Stages, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.case = case
        self.stages = stages

    def runtest(self) -> None:
        """Holds the call. Raises Differs."""
        from frontdesk.rehearsing.suite import rehearse

        played = asyncio.run(rehearse(self.case, self.stages))
        if played.not_yet is not None:
            pytest.xfail(played.not_yet)
        if played.differs:
            raise Differs("\n".join(played.shown))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The dialogue instead of a stack."""
        return str(excinfo.value) if isinstance(excinfo.value, Differs) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str], int | None, str]:
        """The title of the call, as the head of a failure."""
        return self.path, None, f"{self.case.file} in {self.case.language}: {self.case.title}"
