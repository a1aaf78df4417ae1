"""Reads everything that product owners edit, once, with every problem of every file.

A business folder need hold only what it changes: states.yaml and business.yaml as a whole, lines one by one,
phrases list by list; what it lacks comes from the defaults.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.customers import FILE as CUSTOMERS
from frontdesk.bootstrap.customers import read_customers
from frontdesk.bootstrap.kept_readings import KeptReadings
from frontdesk.bootstrap.remembering import is_remembered, remembered
from frontdesk.brain.utterance.phrases import Groups, Phrases, read_groups, uneven
from frontdesk.business import Business
from frontdesk.business.languages import LANGUAGE_NAMES
from frontdesk.business.loader import business_in
from frontdesk.business.parts import RecordField
from frontdesk.files_below import files_below
from frontdesk.installed import CHECKOUT
from frontdesk.processes import beside
from frontdesk.prompting.business_texts import check_business_texts
from frontdesk.prompting.line_checks import check_lines
from frontdesk.prompting.lines import KINDS, Lines, read_lines
from fsm.problems import Problem, in_file_order
from fsm.spec import GraphSpec
from fsm.text_source import read_text
from fsm.yaml_source import read_yaml
from integrations.customers.port import Customer

__all__ = [
    "DEFAULTS",
    "PERSONA",
    "Folders",
    "Reading",
    "customers_of",
    "knowledge_files",
    "line_files",
    "prompt_files",
    "prompts_read",
    "read_all",
]

DEFAULTS: Final = CHECKOUT
"""The checkout, whose own files are the defaults."""


PERSONA: Final = "persona.md"
"""The prompt that a model reads in every state."""

_UNREADABLE: Final = frozenset({"not-yaml", "not-text", "empty-file", "unreadable", "file-too-large", "too-deep"})
"""Problems of a whole file."""
_LARGEST_PROMPT_BYTES: Final = 100_000
"""Some fifty times what a model may have to read; to count what is longer takes its time."""


_MISSING: Final = "missing-phrases"


@dataclass(frozen=True)
class Folders:
    """Where each part of the content is taken from: the business's own folder, and the defaults for what it lacks."""

    business: Path | None = None
    defaults: Path = DEFAULTS

    def file(self, name: str) -> tuple[Path, str]:
        """The path of a file, and the name that problems give it. A dangling link is the business's own, and a problem."""
        if self.business is not None and os.path.lexists(self.business / name):
            return self.business / name, str(self.business / name)
        return self.defaults / name, name

    def own(self, name: str) -> str | None:
        """The name of the file that a business would write this in, where it has none yet; None where the file that is read is its own."""
        if self.business is None or os.path.lexists(self.business / name) or self.business.samefile(self.defaults):
            return None
        return str(self.business / name)

    def missing_in_own(self, problem: Problem, name: str) -> Problem:
        """What is missing is written in the folder of the business: the file of the defaults, where it is looked for, is not theirs."""
        own = self.own(name)
        if own is None or problem.code != _MISSING:
            return problem
        return replace(problem, file=own, line=1, column=1)

    def folders(self, name: str) -> dict[Path, str]:
        """The folders of this name, the defaults first, with the names that problems give them."""
        found = {self.defaults / name: name}
        if self.business is not None and (self.business / name).is_dir() and not (self.business / name).samefile(self.defaults / name):
            found[self.business / name] = str(self.business / name)
        return found


@dataclass(frozen=True)
class Reading:
    """What was read, as far as it could be, and what is wrong with it. Without problems, everything is there."""

    business: Business | None
    spec: GraphSpec | None
    lines: Lines
    phrases: Phrases
    languages: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_all(folders: Folders, *, processes: int = 1, kept: KeptReadings | None = None) -> Reading:
    """Reads everything, or finds it among what is `kept`; with `processes` phrases beside the rest.

    A folder that is not there is one problem, and nothing else is said.
    """
    if folders.business is not None and not folders.business.is_dir():
        message = "There is no such folder." if not folders.business.exists() else "This is not a folder."
        hint = "Name a folder that holds states.yaml, business.yaml or prompts/."
        problem = Problem("no-folder", str(folders.business), 0, 0, message, hint)
        return Reading(None, None, Lines({}), Phrases({}), (), (problem,))
    business_path, business_name = folders.file("business.yaml")
    business, found, named = remembered("business", [business_path], business_name, lambda: _business(business_path, business_name), kept)
    problems = list(found)
    languages = tuple(business.languages) if business is not None else _languages_meant(named, folders)
    graph_path, graph_name = folders.file("states.yaml")
    acts, facts = remembered("declared", [graph_path], (), lambda: _declared(graph_path), kept)
    prompts = folders.folders("prompts")
    of_phrases = {language: ("phrases", phrase_files(prompts, language), (language, tuple(acts))) for language in languages}
    new = [language for language, what in of_phrases.items() if not is_remembered(*what, kept)]

    def phrases_of(several: Iterable[str]) -> dict[str, _Read]:
        return {one: remembered(*of_phrases[one], partial(_groups, folders, one, acts), kept) for one in several}

    with beside(partial(phrases_of, new), processes if new else 1) as read_beside:
        record = business.record if business is not None else {}
        shown = (*facts, *record)
        lines, line_problems = remembered(
            "lines",
            line_files(prompts, languages),
            (languages, shown, tuple(prompts.items())),
            lambda: read_lines(list(prompts), languages, facts=shown, shown_as=prompts),
            kept,
        )
        problems += line_problems
        customers, found = customers_of(folders, record)
        problems += [*found, *_unsaid(customers, record, lines, languages)]
        unreadable = any(problem.code in _UNREADABLE for problem in line_problems)  # the lines that are missing stand in there
        known_lines, known_prompts = None if unreadable else lines.names(), prompt_files(prompts)
        spec, graph_problems = remembered(
            "graph",
            [graph_path],
            (graph_name, known_lines, known_prompts),
            lambda: _graph(graph_path, graph_name, known_lines, known_prompts),
            kept,
        )
        problems += graph_problems
        read = read_beside() if new else {}
    phrases, found_in_phrases = _phrases(folders, {**phrases_of(one for one in languages if one not in read), **read}, languages)
    problems += found_in_phrases
    problems += _unreadable_prompts(folders, spec)
    if spec is not None and not graph_problems:  # a misspelt state would make its lines look unused
        found = tuple(check_lines(lines, spec))
        problems = [*_but_for_unused(problems, found), *found]
    return Reading(business, spec, lines, phrases, languages, tuple(in_file_order(problems)))


def _languages_meant(named: Sequence[str], folders: Folders) -> tuple[str, ...]:
    """Those that a business.yaml with problems names; where it names none, those that the folder has lines of its own in."""
    own = folders.business / "prompts" / "lines" if folders.business is not None else None
    named = named or [language for language in LANGUAGE_NAMES if own is not None and (own / f"{language}.yaml").is_file()]
    return tuple(language for language in LANGUAGE_NAMES if language in named) or tuple(LANGUAGE_NAMES)


def line_files(prompts: Iterable[Path], languages: Sequence[str]) -> list[Path]:
    """The files that hold what is said and written in these languages, whether or not they are there."""
    return [folder / kind / f"{language}.yaml" for folder in prompts for kind in KINDS for language in languages]


def customers_of(folders: Folders, record: Mapping[str, RecordField]) -> tuple[tuple[Customer, ...], tuple[Problem, ...]]:
    """The customers that a business keeps in its own folder, and what is wrong with them; nobody where there is no such file."""
    path, name = folders.file(CUSTOMERS)
    if not os.path.lexists(path):
        return (), ()
    return remembered("customers", [path], (name, tuple(record.items())), lambda: read_customers(path, name, record))


def _unsaid(customers: Iterable[Customer], record: Mapping[str, RecordField], lines: Lines, languages: Sequence[str]) -> Iterator[Problem]:
    """Words of a record that no line puts into words."""
    words = {(name, str(one.details[name])) for one in customers for name, kind in record.items() if kind == "word" and name in one.details}
    for name, word in sorted(words):
        for language in languages:
            if lines.find(f"value.{name}.{word}", language) is None:
                message = f"The line “value.{name}.{word}” is missing in “{language}”."
                yield Problem("missing-line", lines.file_of(language), 1, 1, message, f"{CUSTOMERS} has this word under “{name}”.")


def knowledge_files(folders: Folders, business: Business) -> Iterator[tuple[Path, str, str]]:
    """The markdown files in the folder `knowledge` beside business.yaml: path, name for problems, and language.

    A file is named after its language, fr.md or opening.fr.md; one that is not is in the language of the business. Languages that
    the business does not speak are left out.
    """
    path, name = folders.file("business.yaml")
    folder = path.parent / "knowledge"
    for file in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        named = file.stem.rpartition(".")[2]
        language = named if len(named) == 2 else business.default_language
        if language in business.languages:
            yield file, str(Path(name).parent / "knowledge" / file.name), language


def _business(path: Path, name: str) -> tuple[Business | None, tuple[Problem, ...], tuple[str, ...]]:
    """The business, what is wrong with it, and the languages that it names, whatever else is wrong."""
    source = read_yaml(path, name)
    named = source.data.get("languages") if isinstance(source.data, dict) else None
    languages = tuple(map(str, named)) if isinstance(named, list) else ()
    business, problems = business_in(source)
    if business is not None:
        problems = (*problems, *check_business_texts(business, source))
    return business, problems, languages


def _graph(path: Path, name: str, lines: frozenset[str] | None, prompts: frozenset[str]) -> tuple[GraphSpec | None, tuple[Problem, ...]]:
    from fsm.loader import read_graph_spec  # only now: it loads every check of a graph

    return read_graph_spec(path, CATALOGUE, known_lines=lines, known_prompts=prompts, shown_as=name)


def _declared(path: Path) -> tuple[list[str], list[str]]:
    """Acts and facts as a graph declares them, even where it has other problems."""
    data = read_yaml(path).data
    acts = data.get("acts") if isinstance(data, dict) else None
    facts = data.get("facts") if isinstance(data, dict) else None
    return (
        [act for act in acts if isinstance(act, str)] if isinstance(acts, list) else [],
        [str(name) for name in facts] if isinstance(facts, dict) else [],
    )


def prompt_files(folders: Mapping[Path, str]) -> frozenset[str]:
    """The prompt files in these folders, as states name them."""
    return frozenset(file.relative_to(folder).as_posix() for folder in folders for file in files_below(folder) if file.suffix == ".md")


def _but_for_unused(problems: Iterable[Problem], of_lines: Iterable[Problem]) -> Iterator[Problem]:
    """Without what is missing in other languages of a line that nothing says: its name is a slip, and one problem for it is enough."""
    unused = {(problem.file, problem.line, problem.column) for problem in of_lines if problem.code == "unused-line"}
    for problem in problems:
        if problem.code != "missing-line" or (problem.file, problem.line, problem.column) not in unused:
            yield problem


def prompts_read(spec: GraphSpec) -> tuple[str, ...]:
    """The prompts that a model may read: the persona, and those that states name."""
    return tuple(dict.fromkeys([PERSONA, *(state.prompt for state in spec.states.values() if state.prompt)]))


def _unreadable_prompts(folders: Folders, spec: GraphSpec | None) -> Iterator[Problem]:
    """What keeps the persona, or a prompt that a state names, from being read. One that is not there is a problem of the graph."""
    for name in prompts_read(spec) if spec is not None else (PERSONA,):
        path, shown_as = folders.file(f"prompts/{name}")
        if os.path.lexists(path):
            _, problem = read_text(path, shown_as, largest=_LARGEST_PROMPT_BYTES)
            if problem is not None:
                yield problem


def phrase_files(prompts: Iterable[Path], language: str) -> list[Path]:
    """The files that hold what callers say in a language, whether or not they are there."""
    return [folder / "phrases" / f"{language}.yaml" for folder in prompts]


_Read = tuple[Groups, list[Problem]]
"""The phrases of one language, and what is wrong with its file."""


def _groups(folders: Folders, language: str, acts: Iterable[str]) -> _Read:
    """Phrases are taken list by list, as lines are one by one. What is wrong with the defaults is not the business's problem."""
    name = f"prompts/phrases/{language}.yaml"
    path, default = folders.file(name)[0], folders.defaults / name
    own = default.is_file() and not path.parent.samefile(default.parent)
    return read_groups(path, acts, read_groups(default, (), {})[0] if own else {})


def _phrases(folders: Folders, read: Mapping[str, _Read], languages: Iterable[str]) -> tuple[Phrases, list[Problem]]:
    """The languages together; those of one folder are compared with one another."""
    by_folder: dict[Path, list[str]] = {}
    shown: dict[Path, str] = {}
    for language in languages:
        path, name = folders.file(f"prompts/phrases/{language}.yaml")
        by_folder.setdefault(path.parent, []).append(language)
        shown[path.parent] = str(Path(name).parent)
    found: dict[str, Groups] = {}
    problems: list[Problem] = []
    for folder, several in by_folder.items():
        together = {language: read[language][0] for language in several}
        found |= together
        told = [*(problem for language in several for problem in read[language][1]), *uneven(folder, together)]
        for problem in told:
            below = problem.file.removeprefix(str(folder))
            named = replace(problem, file=f"{shown[folder]}{below}")
            problems.append(folders.missing_in_own(named, f"prompts/phrases{below}"))
    return Phrases(found), problems
