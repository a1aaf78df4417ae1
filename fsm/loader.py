"""Reads `states.yaml`: a graph that can be used, or every problem that it has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path

from fsm.catalogue import Catalogue
from fsm.checks import Finding, Place, Subject, check_graph
from fsm.checks.subject import lines_of_state
from fsm.document import Document, read_document
from fsm.errors import GraphProblems
from fsm.problems import Problem, in_file_order
from fsm.showing import Text
from fsm.spec import GraphSpec
from fsm.yaml_source import Source, read_yaml

__all__ = ["LinesOfState", "load_graph_spec", "placed", "read_graph_spec"]

LinesOfState = Callable[[GraphSpec, str], Collection[str]]
"""The names of the lines that a state needs because of what it is."""


def load_graph_spec(
    path: Path,
    catalogue: Catalogue,
    *,
    known_lines: Collection[str] | None = None,
    known_prompts: Collection[str] | None = None,
    needed_lines: LinesOfState = lines_of_state,
    shown_as: str | None = None,
) -> GraphSpec:
    """The graph in a file. Raises GraphProblems, which carries every problem.

    `known_lines` are the names of the lines that can be said and `known_prompts` the prompt files as states name them
    ("states/slot.md"); None leaves them unchecked. `shown_as` is the name that problems use (default: the path as given).
    """
    spec, problems = read_graph_spec(
        path, catalogue, known_lines=known_lines, known_prompts=known_prompts, needed_lines=needed_lines, shown_as=shown_as
    )
    if spec is None or problems:
        raise GraphProblems(problems)
    return spec


def read_graph_spec(
    path: Path,
    catalogue: Catalogue,
    *,
    known_lines: Collection[str] | None = None,
    known_prompts: Collection[str] | None = None,
    needed_lines: LinesOfState = lines_of_state,
    shown_as: str | None = None,
    explored: bool = False,
    texts: Callable[[GraphSpec], Iterable[Text]] = lambda _: (),
) -> tuple[GraphSpec | None, tuple[Problem, ...]]:
    """As :func:`load_graph_spec`, with the problems beside what could be read of the graph.

    `explored` adds what only whole calls show (:func:`fsm.checks.explored.check_explored`), which takes a second or
    more: for whoever checks before calls are held. `texts` are then what calls put into words, and what each text shows.
    With problems the graph lacks what is wrong, or holds what was probably meant: use it for checks only.
    """
    source = read_yaml(path, shown_as)
    if source.data is None:
        return None, source.problems
    document = read_document(source.data)
    problems = [*source.problems, *(source.problem(one.code, one.place, one.message, one.hint) for one in document.findings)]
    if document.spec is not None:
        subject = Subject(
            document.spec,
            catalogue,
            known_lines,
            known_prompts,
            needed_lines,
            absent=document.absent,
            raw_states=_names(source, "states"),
            raw_facts=_names(source, "facts"),
            incomplete=document.incomplete | _mixed_states(source),
        )
        found = check_graph(subject)
        if explored and not problems:  # what follows from a slip would be a second problem for it
            found = _explored(subject, found, texts)
        problems += [_problem(one, source, document) for one in found]
    return document.spec, tuple(in_file_order(problems))


def _explored(subject: Subject, found: list[Finding], texts: Callable[[GraphSpec], Iterable[Text]]) -> list[Finding]:
    """What whole calls show of a graph in which nothing else was found; of states that no way leads out of, the way in."""
    from fsm.checks.explored import check_explored, show_way_in  # only now: most graphs are read by whoever explores nothing

    if not found:
        return check_explored(replace(subject, texts=tuple(texts(subject.spec))))
    return show_way_in(subject, found) if all(one.code == "no-way-out" for one in found) else found


def placed(findings: Iterable[Finding], path: Path, *, shown_as: str | None = None) -> tuple[Problem, ...]:
    """What was found in a graph that was read from this file, where it stands there; if it can no longer be read, what is wrong with it."""
    source = read_yaml(path, shown_as)
    if source.data is None:
        return source.problems
    document = read_document(source.data)
    return tuple(in_file_order(_problem(one, source, document) for one in findings))


def _problem(found: Finding, source: Source, document: Document) -> Problem:
    if found.at is not None:
        return Problem(found.code, *found.at, found.message, found.hint, found.example)
    return source.problem(found.code, document.place(found.place), found.message, found.hint, found.example)


def _mixed_states(source: Source) -> frozenset[Place]:
    """States in which a key stands twice, as when the name of the next one was lost: half of what they hold is not theirs."""
    begins = sorted((source.position(("states", name)), name) for name in _names(source, "states"))
    found: set[Place] = set()
    for problem in source.problems:
        before = [name for position, name in begins if position < (problem.line, problem.column)]
        if problem.code == "key-twice" and before:
            found.add(("states", before[-1], "*"))
    return frozenset(found)


def _names(source: Source, key: str) -> frozenset[str]:
    """The names as they are written, well-formed or not."""
    found = source.data.get(key) if isinstance(source.data, dict) else None
    return frozenset(found) if isinstance(found, dict) else frozenset()
