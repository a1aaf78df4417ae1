"""Lines and graph together: what a caller would hear twice in the same words, and lines that nobody ever hears."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final

from frontdesk.prompting.lines import Line, Lines
from frontdesk.prompting.reasons import PRECISE_LINES
from fsm.problems import Problem, in_file_order
from fsm.spec import GraphSpec

__all__ = ["STATE_LINES", "check_lines", "unsaid_lines"]

STATE_LINES: Final = frozenset({"ask", "again", "reask", "silent", "give_up", "suggest", "read_back", "options", "so_far"})
"""The lines that a state may have because it asks something."""

_ELSEWHERE: Final = frozenset({"default", "piece", "hello", "weekday", "weekday_name", "closed_reason", "language", "value", "answers"})
"""Groups that are not about a state: pieces of sentences, answers."""
_MESSAGES: Final = frozenset({"sms.booked", "sms.moved"})
"""The text messages that are sent."""

_FEWEST_REASKS: Final = 2
_NEARLY_THE_SAME: Final = 0.85
"""How like a name must be to one that is there: as "grete.ask" is like "greet.ask"."""


def check_lines(lines: Lines, spec: GraphSpec, *, all_folders: bool = False) -> list[Problem]:
    """few-wordings: a state asks again in one way only. unused-line: a line of the business's own folder that the graph never says.

    With `all_folders` the lines of the first folder are held to the second rule too, as the shipped ones are. That every
    line the graph needs exists is checked with the graph (`fsm.checks`).
    """
    problems = [*_few_wordings(lines, spec), *_unused(lines, spec, all_folders)]
    return in_file_order(problems)


def _few_wordings(lines: Lines, spec: GraphSpec) -> Iterator[Problem]:
    for language in lines.languages:
        for name, state in spec.states.items():
            line = lines.find(f"{name}.reask", language) if state.ask else None
            if line is not None and len(line.wordings) < _FEWEST_REASKS:
                message = f"The line “{line.name}” has one wording; a caller who was not understood would hear it again and again."
                yield line.problem("few-wordings", message, "Write a list of two: another wording, then a narrower one with an example.")


def _unused(lines: Lines, spec: GraphSpec, all_folders: bool) -> Iterator[Problem]:
    known = _known(spec)
    for line in lines:
        if (line.own or all_folders) and not _is_used(line, known):
            meant = _meant(line, lines, known)
            hint = f"Did you mean “{meant}”?" if meant else "Remove it, or name it in states.yaml."
            yield line.problem("unused-line", f"Nothing ever says the line “{line.name}”.", hint)


def _meant(line: Line, lines: Lines, known: frozenset[str]) -> str | None:
    """The name that was probably meant: one that nothing else stands under, or else one that is nearly the same.

    "notify.failed" is like "slot.failed" because both are names for what failed, and no slip in it.
    """
    missing = [name for name in sorted(known) if _is_missing(name, line.language, lines)]
    near = difflib.get_close_matches(line.name, missing, 1) or difflib.get_close_matches(line.name, sorted(known), 1, _NEARLY_THE_SAME)
    return near[0] if near else None


def _is_missing(name: str, language: str, lines: Lines) -> bool:
    """Whether no line has this name, nor stands in for it."""
    return lines.find(name, language) is None and lines.find(f"default.{name.rpartition('.')[2]}", language) is None


def unsaid_lines(lines: Lines, spec: GraphSpec) -> frozenset[str]:
    """The names of lines that a graph never says; of the shipped ones, a business with a graph of its own leaves many."""
    known = _known(spec)
    return frozenset(line.name for line in lines if not _is_used(line, known))


def _known(spec: GraphSpec) -> frozenset[str]:
    return (
        frozenset(_named(spec))
        | {f"{name}.{kind}" for name, state in spec.states.items() if state.ask for kind in STATE_LINES}
        | PRECISE_LINES
        | _MESSAGES
    )


def _is_used(line: Line, known: frozenset[str] | set[str]) -> bool:
    return line.name in known or line.name.partition(".")[0] in _ELSEWHERE


def _named(spec: GraphSpec) -> set[str]:
    in_passing = {spec.on_language} if spec.on_language else set()
    return (
        in_passing
        | {line for move in spec.moves for line in move.say}
        | {said.line for state in spec.states.values() for said in state.say}
    )
