"""That callers learn with whom they speak, in every language and in every wording: an artificial intelligence.

European law asks for it (AI Act, Article 50). Which sentences have to say so, the graph declares itself: those that a rule under
`invariants` makes sure of in the first state, and the one that is said when the call changes language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from frontdesk.prompting.lines import Line, Lines
from fsm.invariants import Rules
from fsm.problems import Problem
from fsm.spec import GraphSpec
from fsm.yaml_source import read_yaml

__all__ = ["check_disclosure", "discloses", "disclosing_lines"]

_FILE: Final = Path(__file__).with_name("disclosure.yaml")
_SENTENCE: Final = re.compile(r"[.!?;…]")
_MAYBE: Final = re.compile(r"\[[^\]]*\]")
"""A part of a sentence that is left out when its value is missing."""


def disclosing_lines(spec: GraphSpec) -> tuple[str, ...]:
    """The lines of which the graph makes sure that callers hear them before anything else, in whichever language."""
    first = [rule.says for rule in Rules(spec).says.get(spec.start, ())]
    return tuple(dict.fromkeys([*first, *([spec.on_language] if spec.on_language else [])]))


def discloses(text: str, language: str) -> bool:
    """Whether a sentence says in any case that an artificial intelligence speaks; always true in a language without words for it.

    "You're not speaking with an AI" says the contrary.
    """
    words = _words().get(language)
    if words is None:
        return True
    sentences = _SENTENCE.split(_MAYBE.sub(" ", text).replace("’", "'"))
    return any(not words.denied(sentence[: found.start()]) for sentence in sentences for found in words.says.finditer(sentence))


def check_disclosure(lines: Lines, spec: GraphSpec) -> Iterator[Problem]:
    """not-disclosed: callers may be greeted without a word that they speak with an AI. One line of the greeting that says so is enough."""
    names = disclosing_lines(spec)
    greeting, later = [name for name in names if name != spec.on_language], [name for name in names if name == spec.on_language]
    for language in lines.languages:
        for group in (greeting, later):
            found = [line for name in group if (line := lines.find(name, language)) is not None]
            if found and not any(_says_so(line) for line in found):
                message = f"Callers are not told in “{language}” that they speak with an AI."
                hint = "Say it here in every wording, as the sentence that is shipped does: the law asks for it (AI Act, Article 50)."
                yield found[0].problem("not-disclosed", message, hint)


def _says_so(line: Line) -> bool:
    return all(discloses(template.certain, line.language) for wording in line.wordings for template in wording.templates)


@dataclass(frozen=True, slots=True)
class _Words:
    """How a language says, denies, and says after all that no person is speaking."""

    says: re.Pattern[str]
    denies: re.Pattern[str]
    instead: re.Pattern[str]

    def denied(self, before: str) -> bool:
        """Whether the words of a sentence before those that say it turn them round."""
        denials = list(self.denies.finditer(before))
        return bool(denials) and not self.instead.search(before, denials[-1].end())


@lru_cache(maxsize=1)
def _words() -> dict[str, _Words]:
    data: dict[str, Any] = read_yaml(_FILE, yes_as_word=True).data
    return {language: _Words(*(_any_of(parts[name]) for name in ("says", "denies", "instead"))) for language, parts in data.items()}


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
