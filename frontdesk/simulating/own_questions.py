"""Answers to questions that only one business asks: whether there is an allergy, which cover somebody has."""

from __future__ import annotations

from collections.abc import Mapping

from frontdesk.brain.utterance.phrases import Phrases
from frontdesk.brain.utterance.spelling_out import spelt_out
from frontdesk.simulating.words import load_words
from fsm.spec import GraphSpec

__all__ = ["OwnAnswers", "own_answers"]

OwnAnswers = Mapping[str, tuple[str, ...]]
"""Facts that are asked for, with what callers may say to each."""


def own_answers(spec: GraphSpec, phrases: Phrases, language: str) -> OwnAnswers:
    """What callers of a language may say to each choice and each yes or no that a graph asks for: for a choice, a phrase for each option.

    Questions of every business are among them; callers answer these in ways of their own.
    """
    words = load_words(language)
    found: dict[str, tuple[str, ...]] = {}
    asked = {state.ask for state in spec.states.values()}
    for name, fact in spec.facts.items():
        if name in asked and fact.type == "yes_no":
            found[name] = (*words.yes, *words.no)
        elif name in asked and fact.type == "choice":
            groups = [phrases.groups.get(language, {}).get(("values", name, option), ()) for option in fact.options]
            ways = (next((way for one in templates for way in spelt_out(one.source, {})), None) for templates in groups)
            found[name] = tuple(way for way in ways if way is not None)
    return found
