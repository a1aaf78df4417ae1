"""Phrases against the graph: what callers are asked for and have no words for, and words under a name that nothing listens to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from frontdesk.bootstrap.reading import Folders
from frontdesk.brain.utterance.phrases import Key, Phrases
from fsm.checks.wording import did_you_mean
from fsm.problems import Problem
from fsm.spec import GraphSpec
from fsm.yaml_source import read_yaml

__all__ = ["HEARD", "check_phrase_names"]

HEARD: Final[Mapping[str, frozenset[str]]] = {
    "acts": frozenset(
        {"asks_repeat", "goodbye", "hold_on", "never_mind", "refuses_offers", "thanks", "wants_human", "wants_several"} | {"yes", "no"}
    ),
    "intents": frozenset({"book", "cancel", "maybe_book", "message", "reschedule"}),
    "values": frozenset(
        {
            "absence",
            "agreed",
            "anything_else",
            "appointment",
            "birth_date",
            "call_back",
            "correction",
            "duration",
            "email",
            "intent",
            "lead",
        }
        | {"listening", "message", "nothing_more", "phone", "pick", "question", "reference", "remark", "retake", "service", "shift"}
        | {"slot", "so", "staff", "wanting", "when", "wondered"}
    ),
    "wants_change": frozenset({"anything", "email", "name", "phone", "reference", "service", "staff", "when"}),
}
"""What the program listens to in each section by itself, whatever the graph: a graph need not use all of it."""


def check_phrase_names(phrases: Phrases, spec: GraphSpec, folders: Folders, languages: Sequence[str]) -> Iterator[Problem]:
    """unused-phrases: under a name that nothing listens to. missing-phrases: an option that is asked for, and nobody can say."""
    known = {
        "acts": HEARD["acts"] | set(spec.acts),
        "intents": HEARD["intents"] | set(spec.facts["intent"].options if "intent" in spec.facts else ()),
        "values": HEARD["values"] | set(spec.facts),
        "wants_change": HEARD["wants_change"] | set(spec.facts),
    }
    for language in languages:
        groups = phrases.groups.get(language, {})
        for key in groups:
            if (unheard := _unheard(key, known, spec)) is not None:
                place, names = unheard
                message = f"Nothing listens to “{place[-1]}” under “{' → '.join(place[:-1])}”."
                hint = did_you_mean(place[-1], names, "Correct the name, or remove it.")
                yield problem("unused-phrases", folders, language, place, message, hint)
        for fact, option in _asked(spec):
            place = ("intents", option) if fact == "intent" else ("values", fact, option)
            if not groups.get(place):
                message = f"Callers are asked for “{fact}”, but there are no words by which they say “{option}”."
                under = f"values: {{{fact}: {{{option}: [words, …]}}}}"
                example = f"intents: {{{option}: [words, …]}}" if fact == "intent" else under
                hint = f"Add what callers say to prompts/phrases/{language}.yaml: {example}"
                yield problem("missing-phrases", folders, language, place, message, hint)


def _unheard(key: Key, known: Mapping[str, set[str] | frozenset[str]], spec: GraphSpec) -> tuple[Key, list[str]] | None:
    """The part of a key that nothing listens to, with what would be listened to there."""
    section = key[0]
    if section in known and key[1] not in known[section]:
        return key[:2], sorted(known[section])
    fact = spec.facts.get(key[1]) if section == "values" else None
    if fact is not None and fact.type == "choice" and key[1] != "intent" and key[2] not in fact.options:
        return key, list(fact.options)
    return None


def _asked(spec: GraphSpec) -> Iterator[tuple[str, str]]:
    """The options of choices that some state asks for, but for those that a move sets: these have other words."""
    set_by_moves = {(fact, value) for move in spec.moves for fact, value in move.set.items()}
    for name in dict.fromkeys(state.ask for state in spec.states.values() if state.ask is not None):
        if spec.facts[name].type == "choice":
            yield from ((name, option) for option in spec.facts[name].options if (name, option) not in set_by_moves)


def problem(code: str, folders: Folders, language: str, place: tuple[str | int, ...], message: str, hint: str) -> Problem:
    """At the place where a key of the phrases stands, or as much of it as is there."""
    name = f"prompts/phrases/{language}.yaml"
    path, shown_as = folders.file(name)
    return folders.missing_in_own(read_yaml(path, shown_as).problem(code, place, message, hint), name)
