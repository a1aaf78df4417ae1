"""What is written after a caller's yes was said to them before: in the question that asks for the yes, or in a read-back of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from frontdesk.bootstrap.reading import Folders
from frontdesk.prompting.lines import Lines, Wording
from frontdesk.prompting.placeholder_names import SAME_THING
from frontdesk.prompting.reasons import PRECISE
from fsm.checks.subject import AGREED, Subject
from fsm.checks.wording import any_of, quoted
from fsm.problems import Problem
from fsm.spec import FactType
from fsm.ways import reached_from
from fsm.yaml_source import read_yaml

__all__ = ["check_read_backs"]

_BY_ITSELF: Final[frozenset[FactType]] = frozenset({"name", "phone", "email", "reference", "text", "birth_date"})
"""What a caller dictates, and may hear back by itself right then. What they chose, and when, is said where the yes is asked for."""
_SAID_BY: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    "slot": (frozenset({"slot"}), frozenset({"day", "time"})),
    "appointment": (frozenset({"appointment"}), frozenset({"old_slot"})),
}
"""What says a fact that is not shown under its own name alone; a price or the last digits leave open what they belong to."""


def check_read_backs(lines: Lines, subject: Subject, folders: Folders, languages: tuple[str, ...]) -> Iterator[Problem]:
    """not-read-back, once for a question and a fact: something is written, moved or cancelled of which the caller did not hear all."""
    told: set[str] = set()
    for state, actions in _asking(subject).items():
        needed = {fact for action in actions for fact in subject.catalogue[action].needs & subject.spec.facts.keys()}
        for fact in sorted(needed - {AGREED} - told):
            names = [f"{state}.ask", *PRECISE.get(f"{state}.ask", ())]
            if subject.spec.facts[fact].read_back:  # a state that has no line of its own for it asks “is that what you said?”
                names = [f"{name}.read_back" for name, one in subject.spec.states.items() if one.ask == fact]
            there = [line for name in names for language in languages if (line := lines.find(name, language)) is not None]
            silent = [(line, wording) for line in there for wording in line.wordings if not _says(wording, fact)]
            if not silent:
                continue
            told.add(fact)
            (line, wording), *_ = silent
            done = any_of([action for action in actions if fact in subject.catalogue[action].needs], "and")
            shown = " and ".join(f"{{{name}}}" for name in sorted(_ways(fact)[0]))
            message = f"Callers say yes to {done} without having heard {quoted(fact)}: {line.name} does not show {shown}."
            hint = f"Show {shown} in every wording of it, in every language, outside of [square brackets]."
            nowhere = len(silent) == sum(len(line.wordings) for line in there)
            if nowhere and subject.spec.facts[fact].type in _BY_ITSELF and not subject.spec.facts[fact].read_back:
                path, name = folders.file("states.yaml")
                hint = f"Add “read_back: true” to {quoted(fact)}, or show {shown} in every wording of {line.name}."
                yield read_yaml(path, name).problem("not-read-back", ("facts", fact), message, hint)
            else:
                yield Problem("not-read-back", *wording.place, message, hint)


def _asking(subject: Subject) -> dict[str, list[str]]:
    """The states whose yes leads to actions that others see, with these actions, in the order of the graph."""
    states = subject.spec.states
    writing = _writing(subject)
    silent = (name for name, state in states.items() if state.ask is None and name not in writing)
    on = {name: [move.to for move in states[name].next if move.to in states] for name in silent}
    found: dict[str, list[str]] = {}
    for name, state in states.items():
        if state.ask != AGREED:
            continue
        agreed = [move.to for move in state.next if move.to in states and move.if_.get(AGREED) in (True, [True])]
        reached = reached_from(agreed, on)
        actions = [action for place in states if place in reached for action in writing.get(place, ())]
        if actions:
            found[name] = actions
    return found


def _writing(subject: Subject) -> dict[str, list[str]]:
    """The states that do what others see, and what they do."""
    catalogue = subject.catalogue
    found = {name: [one for one in state.run if one in catalogue and catalogue[one].writes] for name, state in subject.spec.states.items()}
    return {name: actions for name, actions in found.items() if actions}


def _says(wording: Wording, fact: str) -> bool:
    """Whether each form of a wording says a fact whenever it is known."""
    said = [frozenset(SAME_THING.get(name, name) for name in template.dependable) for template in wording.templates]
    return all(any(way <= shown for way in _ways(fact)) for shown in said)


def _ways(fact: str) -> tuple[frozenset[str], ...]:
    return _SAID_BY.get(fact, (frozenset({fact}),))
