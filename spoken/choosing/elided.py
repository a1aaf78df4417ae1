"""Offers that leave out the word of the one beside them: "this week or the one after" is "this week or next week"."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from spoken.context import Choice, Context
from spoken.lexicon import load, phrases
from spoken.normalise import fold, fold_words

__all__ = ["with_words_put_in"]


def with_words_put_in(context: Context, language: str) -> Context:
    """The context with such offers called in full; as it is where there are none."""
    if len(context.choices) < 2:
        return context
    says = tuple(choice.say for choice in context.choices)
    full = _in_full(says, language)
    if full == says:
        return context
    pairs = zip(context.choices, full, strict=True)
    return replace(context, choices=tuple(choice if choice.start else Choice(say) for choice, say in pairs))


@lru_cache(maxsize=256)
def _in_full(says: tuple[str, ...], language: str) -> tuple[str, ...]:
    """What is offered, each in full: the next week or month, where another offer says which of the two it is."""
    elided = {fold_words(phrase) for phrase in phrases(language, "choice", "next_elided")}
    words = [fold_words(say) for say in says]
    if elided.isdisjoint(words):
        return says
    named: dict[str, Any] = load(language, "choice")["next_named"]
    nouns = {noun for noun in named if any(fold(str(noun)) in offer for offer in words)}
    if len(nouns) != 1 or any(fold_words(str(named[noun])) in words for noun in nouns):
        return says  # "next week or the one after"
    return tuple(str(named[noun]) if offer in elided else say for noun in nouns for offer, say in zip(words, says, strict=True))
