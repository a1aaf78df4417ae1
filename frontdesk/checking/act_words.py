"""Words that a business gives to a service although callers mean something else by them: “annuler”, “move”."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from frontdesk.bootstrap.reading import Folders
from frontdesk.brain.utterance.phrases import Key, Phrases
from frontdesk.brain.utterance.template import Template
from frontdesk.business import Business
from frontdesk.business.checks import names_said
from fsm.problems import Problem
from fsm.yaml_source import read_yaml
from spoken.normalise import fold_words

__all__ = ["check_act_words"]

_BOOKING: Final = frozenset({"book", "maybe_book"})
"""Wishes that a service may be named by: “couper la frange” is both."""
_UNDOING: Final = frozenset({"cancel", "reschedule"})
"""Wishes whose words lead past a service wherever they stand; a word that only begins one (“move my appointment”) is no name either."""
_SECTIONS: Final = ("intents", "acts")


def check_act_words(business: Business, phrases: Phrases, folders: Folders) -> Iterator[Problem]:
    """word-for-an-act: a single word for a service by which callers do something else, so that it is never, or wrongly, that service."""
    for language in business.languages:
        named = {
            folded[0]: (name, place, words)
            for _, name, place, words in names_said(business, language)
            if " " not in words and len(folded := fold_words(words)) == 1
        }
        for word, key in _doing(phrases.groups.get(language, {}), frozenset(named)).items():
            name, place, words = named[word]
            message = f"“{words}” stands for {name} in {language}, but callers who say it mean “{key[-1].replace('_', ' ')}”."
            hint = f"Remove it, or say more: prompts/phrases/{language}.yaml has it under {' → '.join(key)}."
            yield read_yaml(*folders.file("business.yaml")).problem("word-for-an-act", place, message, hint)


def _doing(groups: Mapping[Key, tuple[Template, ...]], words: frozenset[str]) -> dict[str, Key]:
    """Which of these words mean something that callers do, said alone or as the beginning of more; the wish before the act."""
    booking: set[str] = set()
    begun: list[tuple[Key, Template, frozenset[str]]] = []
    for section in _SECTIONS:
        for key in (key for key in groups if key[0] == section):
            for template in groups[key]:
                if template.firsts is None or not (first := template.firsts & words):
                    continue
                if section == "intents" and key[1] in _BOOKING:
                    booking |= first
                else:
                    begun.append((key, template, first))
    alone = ((key, template, first) for key, template, first in reversed(begun) if "*" not in template.source)  # more is said in a gap
    whole = {word: key for key, template, first in alone for word in first if template.compiled({}).fullmatch(f"{word} ")}
    undoing = (one for one in begun if one[0][0] == "intents" and one[0][1] in _UNDOING)
    return {word: key for key, _, first in undoing for word in first - booking} | whole
