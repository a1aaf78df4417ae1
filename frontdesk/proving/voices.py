"""Finds words that the rules understand as a generated path wants, in each language, at that very moment of the call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from frontdesk.brain.port import Brain
from frontdesk.brain.utterance.phrases import Phrases
from frontdesk.proving.happenings import Happening
from frontdesk.proving.observed import came_to
from frontdesk.proving.situations import Moment, Situations
from frontdesk.proving.words import Words
from fsm.call import Call
from fsm.events import Spoke
from fsm.proposals import Proposal
from fsm.views import view

__all__ = ["Voices"]


class Voices:
    """Callers of every language of the business, understood by its rules."""

    def __init__(self, situations: Situations, brain: Brain, phrases: Phrases) -> None:
        self._situations, self._brain = situations, brain
        self.words = Words(situations.business, situations.graph, phrases)
        self.languages: Sequence[str] = situations.business.languages
        self._known: dict[Any, str | None] = {}
        self._usual: dict[tuple[str, Happening, str], str] = {}

    def can_say(self, moment: Moment, happening: Happening) -> bool:
        """Whether there are words for this at this moment in every language."""
        if happening.kind not in {"says", "mumbles"}:
            return True
        return all(self._in(moment, happening, language) is not None for language in self.languages)

    def say(self, moment: Moment, happening: Happening) -> str | None:
        """Words in the language of the call; None where none is understood so."""
        return self._in(moment, happening, moment.call.language)

    def _in(self, moment: Moment, happening: Happening, language: str) -> str | None:
        call = replace(moment.call, language=language)
        seen = view(self._situations.graph, call)
        key = (language, happening, call.state, seen.mode, self._situations.key(moment))
        if key not in self._known:
            self._known[key] = self._looked_for(replace(moment, call=call), happening)
        return self._known[key]

    def _looked_for(self, moment: Moment, happening: Happening) -> str | None:
        wanted = self._situations.take(moment, happening)
        place = (moment.call.language, happening, moment.call.state)
        usual = self._usual.get(place)
        for words in dict.fromkeys([*([usual] if usual else []), *self.words.ways(happening, moment.call)]):
            if self._alike(moment, wanted, self.heard(moment, words)):
                self._usual[place] = words
                return words
        return None

    def heard(self, moment: Moment, words: str) -> Moment:
        """What comes of these words."""
        proposal = read(self._brain, words, moment.call, self._situations)
        return self._situations.made(moment.call, Spoke(self._situations.at, words, proposal))

    def _alike(self, before: Moment, one: Moment, other: Moment) -> bool:
        """Whether two moments are the same to the graph and to its owner, and were come to in the same way."""
        same = self._situations.key(one) == self._situations.key(other) and one.call.language == other.call.language
        graph = self._situations.graph
        facts = came_to(graph, before.call, one.call) == came_to(graph, before.call, other.call)
        return same and facts and one.covers == other.covers and one.lines == other.lines


def read(brain: Brain, words: str, call: Call, situations: Situations) -> Proposal:
    """What a brain that waits for nobody reads."""
    reading = brain.read(words, view(situations.graph, call))
    try:
        reading.send(None)
    except StopIteration as done:
        proposal: Proposal = done.value
        return proposal
    raise AssertionError("the rules waited for something")
