"""What the rules that hold the calls propose for words, or a key; nothing is read again that was read before.

What is proposed rests on what the rules are given, and on no more than that: a view holds nothing of where acts lead. Of the phrases
it rests on those that may be heard in the words, as long as the rules look for no others, which is watched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from frontdesk.brain.utterance.heard import Heard
from frontdesk.brain.utterance.phrases import Book, Key, Phrases
from frontdesk.brain.utterance.template import Template
from frontdesk.business import Business
from frontdesk.checking.memo import Basis, Memo
from frontdesk.checking.situations import MOMENT
from fsm.call import Call
from fsm.facts import Origin
from fsm.journal import proposal_from_json, proposal_to_json
from fsm.proposals import Proposal
from fsm.view import View
from fsm.views import view

if TYPE_CHECKING:
    from frontdesk.brain.rules import Rules

__all__ = ["Proposed", "load_rules", "may_be_heard"]

_FIELDS: Final = tuple(View.__dataclass_fields__)


class Proposed:
    """Proposals in one language. The rules are loaded for the first that is not known: they take longer than all the other checks."""

    def __init__(self, language: str, basis: Basis, memo: Memo) -> None:
        self._language, self._basis, self._memo = language, basis, memo
        self._phrases = _Watched(basis.phrases)
        self.came: dict[str, Any] = {}
        """By their keys, those that were asked for and may be kept, as plain data."""
        self.all_kept = True
        """Whether that is all of them. Words that are read in another language rest on its phrases, too, and hold for now only."""

    @cached_property
    def rules(self) -> Rules:
        """The rules that hold the calls."""
        return load_rules(self._basis.business, self._phrases)

    def of(self, words: str, call: Call, source: Origin) -> Proposal:
        """What is proposed for what is said, or pressed, in a call."""
        seen = view(self._basis.graph, call)
        heard = Heard(words)
        key = self._basis.of_words(words, source.value, _written(seen), self._may_be_heard(heard.different))
        came = self.came.get(key) or self._memo.recall(key)
        if came is not None:
            with suppress(KeyError, TypeError):  # somebody else's file
                proposal = proposal_from_json(came)
                self.came[key] = came
                return proposal
        proposal, kept = self._read(words, seen, source, heard)
        if kept:
            self.came[key] = proposal_to_json(proposal)
        self.all_kept = self.all_kept and kept
        return proposal_from_json(proposal_to_json(proposal))

    def _read(self, words: str, seen: View, source: Origin, heard: Heard) -> tuple[Proposal, bool]:
        """What is proposed, and whether it rests on nothing but what is in its key."""
        now = MOMENT.replace(tzinfo=self._basis.business.zone)
        if source is Origin.KEYPAD:
            return self.rules.propose_key(words, seen, now), True
        self._phrases.looked_for.clear()
        turn = self.rules.understand(words, seen, now)
        if turn is None:
            return Proposal(seen.generation), True
        kept = turn.language == self._language and self._phrases.looked_for <= heard.different
        return turn.found.proposal(seen.generation), kept

    def _may_be_heard(self, words: frozenset[str]) -> str:
        """The phrases that may be heard in these words, as they are written, in the order in which they are tried."""
        found = (one for word in (*sorted(words), None) for one in self._by_first.get(word, ()))
        return "\0".join(written for template, written in found if template.may_be_in(words))

    @cached_property
    def _by_first(self) -> Mapping[str | None, list[tuple[Template, str]]]:
        return may_be_heard(self._basis.phrases.groups.get(self._language, {}))


def may_be_heard(groups: Mapping[Key, Iterable[Template]]) -> dict[str | None, list[tuple[Template, str]]]:
    """Phrases by the word that they may begin with (None: any), each with what it is and where it stands."""
    found: dict[str | None, list[tuple[Template, str]]] = {}
    for key, templates in groups.items():
        for template in templates:
            for first in template.firsts if template.firsts is not None else (None,):
                found.setdefault(first, []).append((template, f"{key} {template.source}"))
    return found


def load_rules(business: Business, phrases: Phrases) -> Rules:
    """The rules that hold the calls of a business."""
    from frontdesk.brain.rules import Rules  # only here: the readers of a language take a tenth of a second to load

    return Rules(business, phrases)


def _written(seen: View) -> str:
    """Everything that is seen of a call, the same in every process."""
    values = (getattr(seen, name) for name in _FIELDS)
    return repr([sorted(value) if isinstance(value, frozenset) else value for value in values])


class _Watched(Phrases):
    """Phrases whose books note the words in which phrases are looked for."""

    def __init__(self, phrases: Phrases) -> None:
        super().__init__(phrases.groups)
        self.looked_for: set[str] = set()

    def made_of(self, groups: Mapping[Key, tuple[Template, ...]], classes: Mapping[str, Iterable[str]]) -> Book:
        return _WatchedBook(groups, classes, self.looked_for)


class _WatchedBook(Book):
    def __init__(self, groups: Mapping[Key, tuple[Template, ...]], classes: Mapping[str, Iterable[str]], looked_for: set[str]) -> None:
        super().__init__(groups, classes)
        self._looked_for = looked_for

    def candidates(
        self, entries: Mapping[str | None, list[tuple[Key, Template]]], heard: Heard, index: int
    ) -> Iterator[tuple[Key, Template]]:
        self._looked_for |= heard.different
        return super().candidates(entries, heard, index)
