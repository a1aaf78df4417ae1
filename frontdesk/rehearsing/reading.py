"""Reads the calls and goals of a folder: everything that is wrong with any file at once, with the place, as for the other files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from frontdesk.rehearsing.case_files import CALLERS
from frontdesk.rehearsing.documents import Caller, Dialogue, Written
from frontdesk.rehearsing.errors import CaseProblems
from fsm.model_problems import model_problem
from fsm.problems import Problem
from fsm.yaml_source import Source, read_yaml

__all__ = ["LANGUAGES", "load_callers", "load_dialogues", "read_callers", "read_written"]

LANGUAGES: Final = ("fr", "de", "en", "es")
"""The languages for which there is an invented caller, and in which the shipped calls are written."""

_INVENTED: Final = Path(__file__).parent / CALLERS

_Model = TypeVar("_Model", bound=BaseModel)
_Document = TypeVar("_Document", bound=Written)


def load_callers(folder: Path) -> dict[str, Caller]:
    """Who rings in each language: the callers.yaml of the folder, and invented people where it has none. Raises CaseProblems."""
    callers, problems = read_callers(folder)
    if problems:
        raise CaseProblems(problems)
    return callers


def load_dialogues(folder: Path) -> dict[str, Dialogue]:
    """Every written call of a folder by the name of its file. Raises CaseProblems."""
    read = {file.stem: read_written(file, Dialogue) for file in sorted(folder.glob("*.yaml")) if file.name != CALLERS}
    problems = [problem for _, found in read.values() for problem in found]
    if problems:
        raise CaseProblems(problems)
    return {name: dialogue for name, (dialogue, _) in read.items() if dialogue is not None}


def read_callers(folder: Path, shown_as: str | None = None) -> tuple[dict[str, Caller], tuple[Problem, ...]]:
    """The callers of a folder before the invented ones, and what is wrong with its file."""
    callers: dict[str, Caller] = {}
    problems: list[Problem] = []
    for file in (_INVENTED, folder / CALLERS):
        if not file.exists():
            continue
        source = read_yaml(file, shown_as if file != _INVENTED else None)
        problems += source.problems
        for language, data in source.data.items() if isinstance(source.data, Mapping) else ():
            caller, found = _validated(data, Caller, source, (language,))
            problems += found
            if caller is not None:
                callers[language] = caller
    return callers, tuple(problems)


def read_written(
    file: Path, model: type[_Document], shown_as: str | None = None, languages: Sequence[str] | None = None
) -> tuple[_Document | None, tuple[Problem, ...]]:
    """A call or a goal, and everything that is wrong with its file.

    With `languages`, those of the business, it must be held in these only, and have words for each that it is held in.
    """
    source = read_yaml(file, shown_as, yes_as_word=True)
    if source.data is None or source.problems:
        return None, source.problems
    document, problems = _validated(source.data, model, source, ())
    if document is not None and languages is not None:
        problems += _languages(document, source, tuple(languages))
    return (None if problems else document), tuple(problems)


def _validated(data: Any, model: type[_Model], source: Source, place: tuple[str | int, ...]) -> tuple[_Model | None, list[Problem]]:
    try:
        return model.model_validate_json(json.dumps(data)), []
    except ValidationError as error:
        details = [{**detail, "loc": (*place, *detail["loc"])} for detail in error.errors(include_url=False)]
    return None, [model_problem(source, detail, model) for detail in details]  # type: ignore[arg-type]


def _languages(document: Written, source: Source, languages: tuple[str, ...]) -> list[Problem]:
    held = document.languages(languages)
    strange = [language for language in held if language not in languages]
    if strange:
        hint = f"It answers in {', '.join(languages)}."
        return [source.problem("unknown-language", ("language",), f"The business does not answer in “{strange[0]}”.", hint)]
    problems = []
    for place, said in document.everything_said():
        words = isinstance(said, Mapping) and not {"keys", "silent_s"} & set(said)
        lacking = [language for language in held if words and language not in said]
        if lacking:
            missing = f"There are no words in {', '.join(lacking)}."
            spoken = ", ".join(language for language in held if language in said)
            hint = f"Write them, or say at the top in which languages the file is held: language: [{spoken}]."
            problems.append(source.problem("missing-words", place, missing, hint))
    return problems
