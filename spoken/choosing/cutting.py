"""An answer cut into picks, which name an offer and say nothing else, and what is told beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from spoken.choosing.cues import COMPARISONS, Cue, Said
from spoken.choosing.families import families_at, families_of
from spoken.choosing.hearing import Mentioned
from spoken.choosing.names import own_words
from spoken.choosing.phrases import choice_book, choice_words
from spoken.choosing.turns import Kind, Turn, find_turns
from spoken.choosing.windows import heard
from spoken.numerals import cardinal_at
from spoken.word_likeness import STEM, likeness_of

__all__ = ["MIN_TOLD", "Cut", "Cutting", "Part", "elsewhen_in"]

BARE: Final = COMPARISONS | {"position", "last", "second_last", "middle", "yes"}
"""Cues that may stand in a pick."""
REFUSALS: Final = frozenset({Kind.AHEAD, Kind.BEHIND, Kind.EITHER_SIDE, Kind.NO})
WISHES: Final = frozenset({Kind.SO, Kind.TAKE, Kind.PREFER})
"""Turns that may begin or end a pick."""
MIN_TOLD: Final = 2
"""Words that a clause must have of its own, where no pause keeps it apart from the pick."""

Part = tuple[int, int]
"""Some of the words, half-open."""


def elsewhen_in(words: Sequence[str], language: str) -> list[Part]:
    """Where times are told beside the one that is picked: "before that", "the rest of the week"; not in "the one before that"."""
    counted = {at for _, start, end in choice_words(language).beside.find(words) for at in range(start, end)}
    return [(start, end) for _, start, end in choice_book(language, "elsewhen").find(words) if start not in counted]


@dataclass(frozen=True, slots=True)
class Cut:
    """An answer in two: what names an offer, and what is told."""

    picks: Sequence[Part]
    told: Sequence[Part]
    paused: bool
    """A pause keeps them apart."""


class Cutting:
    """An answer that may be a pick and what is told beside it."""

    def __init__(self, said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> None:
        self.said = said
        self.mentioned = mentioned
        self.turns: Sequence[Turn] = find_turns(said, cues) or ()
        refusing = [(turn.start, turn.end) for turn in self.turns if turn.kind in REFUSALS]
        refusing += [(cue.start, cue.end) for cue in cues if cue.kind == "refused"]
        longer = {turn.start for turn in self.turns if turn.end > turn.start + 1}  # "no sorry, the beard" goes without no beard
        refusing += [(start, end) for _, start, end in said.data.without.find(said.words) if start not in longer]
        self.refusing = frozenset(at for place in refusing for at in range(*place))
        self.elsewhen = frozenset(at for place in elsewhen_in(said.words, said.language) for at in range(*place))
        self.cues = cues

    @cached_property
    def known(self) -> frozenset[int]:
        """The places of words that may stand in a pick."""
        return self._of_a_pick(self.cues) - self.elsewhen

    def text(self, part: Part) -> str:
        return self.said.text[slice(*self.said.span(*part))]

    def cut(self) -> Cut | None:
        """The answer cut at its pauses, else before a clause behind a pick or before a pick behind a clause; None where it is whole."""
        said, last = self.said, len(self.said.words)
        pauses = self._pauses()
        clauses = [at for at in range(last) if self._opens(at)]
        if not pauses and (pointed := self._pointed()) is not None:
            return pointed
        if not pauses and not clauses:
            return None
        turned = [turn.start for turn in self.turns if turn.kind in (Kind.SO, Kind.BUT) and pauses]
        parts = [part for part in pairwise([0, *sorted({*pauses, *turned} - {0}), last]) if not said.idle_between(*part)]
        if len(parts) > 1:
            bare = [part for part in parts if self._is_bare(part)]
            return Cut(bare, [part for part in parts if part not in bare], True)
        at = next((at for at in clauses if at), last)
        if at < last and self._is_bare((0, at)):
            return Cut([(0, at)], [(at, last)], False)
        at = next((at for at in range(last, 0, -1) if at - 1 not in self.known), 0)
        if 0 < at < last and at - 1 not in self.refusing and self._is_bare((at, last)) and self._tells_of_another((0, at)):
            return Cut([(at, last)], [(0, at)], False)
        return None

    def _pointed(self) -> Cut | None:
        """A pick that is pointed at, or decided on, at one end of the answer and not at the other.

        "The Thursday one Tuesday I've the plumber", "two o'clock I'm at lunch ten then", "sixty is steep forty I can do".
        """
        said, whole = self.said, len(self.said.words)
        last = min((start for _, start, end in said.data.praise.find(said.words) if start and end == whole), default=whole)
        pointing = [start for _, start, _ in choice_book(said.language, "pointing").find(said.words)]
        decided = [end for book in (said.data.then, said.data.takes) for _, start, end in book.find(said.words) if start]
        places = range(1, last) if last in decided or last < whole else pointing
        stands = [end for end in range(last - 1, 1, -1) if 0 in pointing and not self._lacks_its_noun(end)]
        stands += [end for _, start, end in said.data.then.find(said.words) if start and end < last]
        if not any(self._is_a_clause((end, whole)) for end in stands) and not any(self._is_a_clause(self._ahead_of(at)) for at in places):
            return None  # which is seen without reading what the parts name
        behind = next((at for at in places if at and self._is_bare((at, last))), None)
        ahead = next((end for end in stands if self._is_bare((0, end))), None)
        if (ahead is None) == (behind is None):
            return None
        if ahead is not None:
            pick, told = (0, ahead), (ahead, whole)
        else:
            pick = (behind or 0, last)
            told = self._ahead_of(pick[0])
        return Cut([pick], [told], False) if self._is_a_clause(told) else None

    def _ahead_of(self, pick: int) -> Part:
        """What is told before a pick, and before the words that take it."""
        return 0, next((turn.start for turn in self.turns if turn.kind is Kind.TAKE and turn.end == pick), pick)

    def _is_a_clause(self, part: Part) -> bool:
        """Whether a part tells something, and neither refuses nor corrects nor compares what stands beside it."""
        kinds = {turn.kind for turn in self.turns if part[0] <= turn.start < part[1]}
        opened = any(choice_book(self.said.language, "openers").at(self.said.words, at) for at in range(*part))
        return opened and kinds <= {Kind.EITHER_SIDE} and len(self.content(part)) >= (1 if Kind.EITHER_SIDE in kinds else MIN_TOLD)

    def _lacks_its_noun(self, end: int) -> bool:
        """Whether "the" stands without its "one" before a place, where a language has such a word: "the Tuesday (I work)"."""
        pronouns = choice_book(self.said.language, "pronouns")
        return bool(self.said.data.pronouns) and not any(start < end for _, start, _ in pronouns.find(self.said.words))

    def named(self, part: Part) -> frozenset[int]:
        """The offers that a part names, whether it refuses them or not."""
        places = [(at, at + 1) for at in range(*part) if at in self.refusing]
        return self.mentioned(self.said.without(places)[slice(*self.said.span(*part))])

    def others(self, part: Part, offer: int) -> bool:
        """Whether a part names other offers."""
        named = self.named(part)
        return bool(named) and offer not in named

    def content(self, part: Part) -> list[int]:
        """The words of a part that name no offer, refuse nothing, and say something."""
        return [at for at in range(*part) if at not in self.refusing and at not in self.known]

    def only_names(self, part: Part) -> bool:
        """Whether all the words of a part name something, or say nothing."""
        rest = [at for at in range(*part) if at not in self.known]
        if not rest:
            return True
        if not self.said.timed() or not self.refusing.isdisjoint(rest):
            return False
        span = heard(self.text(part), self.said).span
        begin = self.said.tokens[part[0]].start
        return span is not None and all(span[0] <= self.said.tokens[at].start - begin < span[1] for at in rest)

    def _tells_of_another(self, part: Part) -> bool:
        """Whether a part is a clause in which an offer is named, with more said of it."""
        clause = any(choice_book(self.said.language, "openers").at(self.said.words, at) for at in range(*part))
        return clause and len(self.content(part)) >= MIN_TOLD and bool(self.named(part))

    def _opens(self, at: int) -> bool:
        """Whether a clause of its own may begin at a place."""
        return choice_book(self.said.language, "openers").at(self.said.words, at) is not None or (
            at in self.elsewhen and at - 1 not in self.elsewhen
        )

    def _pauses(self) -> list[int]:
        return [at for at in range(1, len(self.said.words)) if self.said.paused_before(at)]

    def _of_a_pick(self, cues: Sequence[Cue]) -> frozenset[int]:
        """The places of words that name an offer, or say nothing."""
        said, data = self.said, self.said.data
        own = own_words(said)
        on_offer = frozenset[str]().union(*(families_of(choice.say, said.language) for choice in said.choices))
        known = {at for cue in cues if cue.kind in BARE for at in range(cue.start, cue.end)}
        for book in (data.takes, data.prefer, data.for_me, data.courtesies, data.then, data.buts, data.idle, data.only):
            known |= {at for _, start, end in book.find(said.words) for at in range(start, end)}
        small = data.articles | data.pronouns | data.definites | data.day_words
        for at, word in enumerate(said.words):
            if said.little(at) or word in small or cardinal_at(said.words, at, said.language):
                known.add(at)
            if at not in known and any(likeness_of(word, other, said.language) >= STEM for other in own):
                known.add(at)
            if at not in known and (found := families_at(said.words, at, said.language))[0] & on_offer:
                known |= set(range(at, found[1]))
        return frozenset(known - self.refusing)

    def _is_bare(self, part: Part) -> bool:
        """Whether a part names one offer and says nothing else."""
        begins = WISHES | {Kind.BUT}
        if any(part[0] <= turn.start < part[1] and turn.kind not in (WISHES if turn.start > part[0] else begins) for turn in self.turns):
            return False
        return self.only_names(part) and len(self.mentioned(self.text(part))) == 1
