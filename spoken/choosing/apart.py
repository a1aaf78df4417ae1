"""A pick that stands apart from what is told beside it: "video, I can't get the time off", "gel wrecks my nails, the normal one".

One part of the answer names an offer and says nothing else; the other tells something of its own: a reason, a circumstance, what is
wrong with another offer. Whatever that is, it refuses nothing of the pick.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.choosing.cues import Cue, Said, chosen, several
from spoken.choosing.cutting import MIN_TOLD, Cut, Cutting, Part, elsewhen_in
from spoken.choosing.deeds import are_deeds, words_that_will_do
from spoken.choosing.hearing import Mentioned
from spoken.choosing.phrases import choice_book
from spoken.choosing.times import choice_fits, is_bound, minutes_of, windows_of
from spoken.choosing.turns import Kind
from spoken.choosing.windows import TIME_WORDS, heard
from spoken.lexicon import phrases
from spoken.normalise import PhraseBook, fold, fold_words
from spoken.reading import Reading

__all__ = ["by_what_stands_apart"]

OTHERS_DECIDE: Final = frozenset({"asks", "wishes", "any", "both", "none", "other", "first_two", "last_two"})
CLITIC: Final = 3
"""Words from who does something to what he does it to, where that stands before the verb: "je ne m'y (fais pas)"."""
EVENING: Final = 17
"""The hour from which on nothing that is done by day is in the way."""


@dataclass(frozen=True, slots=True)
class _Words:
    anaphors: frozenset[str]
    """They begin a clause about what was just named."""
    by_day: PhraseBook[bool]
    """The time before the evening."""
    resumes: frozenset[str]
    """Words for what was named, in a clause about it."""
    dislikes: frozenset[str]
    """Words of what nobody likes, beside a "not"."""


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    anaphors, resumes, dislikes = (frozenset(map(fold, phrases(language, "choice", key))) for key in ("anaphors", "resumes", "dislikes"))
    return _Words(anaphors, choice_book(language, "by_day"), resumes, dislikes)


def by_what_stands_apart(said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> Reading | None:
    """The offer that one part of an answer names and nothing else, where the other part tells something of its own; else None."""
    if len(said.choices) < 2 or len(said.words) < 3:
        return None
    beside = elsewhen_in(said.words, said.language)
    cues = [cue for cue in cues if not any(start <= cue.start and cue.end <= end for start, end in beside)]
    if any(_of_all(said, cue) for cue in cues):
        return None
    apart = _Apart(said, [cue for cue in cues if cue.kind != "others"], mentioned)
    cut = apart.cut()
    if cut is None or not (cut.picks and cut.told):
        return None
    if any(cue.kind == "others" and not apart.leaves_the_others(cue, cut) for cue in cues):
        return None
    offers = frozenset[int]().union(*(mentioned(apart.text(part)) for part in cut.picks))
    if len(offers) != 1:
        return None
    if apart.turns_it_down(cut, next(iter(offers))):
        return several([index for index in range(len(said.choices)) if index not in offers], said.choices, said.span(*cut.picks[0]))
    if not apart.only_tells(cut, next(iter(offers))):
        return None
    return chosen(next(iter(offers)), said.span(*cut.picks[0]))


def _of_all(said: Said, cue: Cue) -> bool:
    """Whether a phrase is about all the offers, or about what was named elsewhere; "any more" and "no camera" are about neither."""
    beside = cue.kind in ("any", "none") and cue.end == cue.start + 1 and not said.idle(cue.end) and said.paused_at(cue.start) > cue.end
    return cue.kind in OTHERS_DECIDE and not beside


class _Apart(Cutting):
    """What is told beside a pick."""

    @property
    def words(self) -> _Words:
        return _words(self.said.language)

    def only_tells(self, cut: Cut, offer: int) -> bool:
        """Whether what stands beside a pick needs to be kept from it, and wishes for nothing and says nothing of it."""
        turned = [turn.start for turn in self.turns if turn.start not in self.refusing | self.elsewhen]
        turned += [turn.start for turn in self.turns if turn.kind is Kind.BEHIND and not cut.paused]  # "so not that one"
        if any(first <= at < last for at in turned for first, last in cut.told):
            return False
        if not cut.paused and any(self._ends_well(part, offer) for part in cut.told):
            return False  # "at three I'm still at work five would do"
        if any(self._depends(part) or self._tells_from_it(part) or self._is_about(part, offer, cut.paused) for part in cut.told):
            return False
        if len(cut.picks) > 1:
            return True  # "Wednesday, I'm no morning person but eleven's fine"
        told = [part for part in cut.told if self._hinders(part) or self.others(part, offer) or self._tells_a_time(part)]
        return bool(told) and all(self._of_its_own(part, offer, cut) for part in told)

    def _ends_well(self, part: Part, offer: int) -> bool:
        """Whether a part ends with praise, and another offer is named in it."""
        found = [(start, end) for book in words_that_will_do(self.said) for _, start, end in book.find(self.said.words)]
        praised = any(part[0] <= start < part[1] and self.said.idle(end) for start, end in found)
        return praised and bool(self.named(part) - {offer})

    def turns_it_down(self, cut: Cut, offer: int) -> bool:
        """ "Video, das liegt mir nicht": whether what is told behind a pause is a "not" about what was named, and about nothing else."""
        if not cut.paused or len(cut.picks) > 1 or self.said.timed() or are_deeds(self.said):
            return False
        behind = [part for part in cut.told if part[0] >= cut.picks[0][1]]
        return bool(behind) and self._resumes(behind[0]) and self._dislikes(behind[0]) and not self.others(behind[0], offer)

    def leaves_the_others(self, others: Cue, cut: Cut) -> bool:
        """Whether "the others" are told of behind a pick: "Sophie, I don't know the others", "Monday, the other days I work"."""
        behind = cut.paused and any(first <= others.start < last and first for first, last in cut.told)
        return behind or others.start in self.elsewhen

    def _resumes(self, part: Part) -> bool:
        """Whether a word for what was named begins or ends a part, or is the object before or behind its verb."""
        words, data = self.said.words, self.said.data
        if self._of_the_others(part):
            return False
        ends = words[part[1] - 1] in self.words.resumes and words[part[1] - 2] not in data.than  # "more time than that" is of no offer
        if words[part[0]] in self.words.anaphors or ends:
            return True
        subject = words[part[0]] in data.subjects_first
        clitic = subject and not data.clitics.isdisjoint(words[part[0] + 1 : part[0] + 1 + CLITIC])
        return clitic or (self.said.replies(part[0], part[0] + 1) and words[min(part[0] + 1, part[1] - 1)] in data.clitics_behind)

    def _of_the_others(self, part: Part) -> bool:
        """ "(Sophie,) die anderen kenn ich nicht"."""
        found = self.said.data.cues.at(self.said.words, part[0])
        return found is not None and found[0][0] == "others"

    def _dislikes(self, part: Part) -> bool:
        negated = any(part[0] <= start < part[1] for _, start, _ in self.said.data.negators.find(self.said.words))
        return negated or not self.words.dislikes.isdisjoint(self.said.words[slice(*part)])

    def _depends(self, part: Part) -> bool:
        """A condition."""
        return not self.said.data.ifs.isdisjoint(self.said.words[slice(*part)])

    def _tells_from_it(self, part: Part) -> bool:
        """ "The Saturday after": counted from what was named. Not where such words are of a time beside it."""
        books = (self.said.data.weekday_after, self.said.data.beside)
        places = [start for book in books for _, start, _ in book.find(self.said.words)]
        return any(part[0] <= start < part[1] and start not in self.elsewhen for start in places)

    def _is_about(self, part: Part, offer: int, paused: bool) -> bool:
        """Whether a part begins with a word for what was named, and names nothing else: "(gel,) das mag ich nicht"."""
        if self.said.words[part[0]] not in self.words.anaphors or self._of_the_others(part) or are_deeds(self.said):
            return False  # "cancel it, it doesn't hurt any more"
        elsewhere = self._tells_a_time(part) and self.refusing.isdisjoint(range(*part))  # "Wednesday, it's for a wedding on Saturday"
        return not (elsewhere or (paused and self.others(part, offer)))

    def _hinders(self, part: Part) -> bool:
        """Whether a part refuses, or tells of something that would hinder somebody."""
        return not self.refusing.isdisjoint(range(*part)) or not self.elsewhen.isdisjoint(range(*part))

    def _tells_a_time(self, part: Part) -> bool:
        return self.said.timed() and bool(heard(self.text(part), self.said).mentions & TIME_WORDS)

    def _of_its_own(self, part: Part, offer: int, cut: Cut) -> bool:
        """Whether what a part tells is about something else than the pick."""
        if self.said.timed():
            return self._has_its_time(self._up_to_and(part), offer, cut.paused) and not self.only_names(part)
        if cut.paused and self.others(part, offer):
            return True
        behind = part[0] >= cut.picks[0][1]
        if behind and self._resumes(part):
            return False
        return len(self.content(part)) >= (1 if cut.paused and not (behind and self._only_denies(part)) else MIN_TOLD)

    def _only_denies(self, part: Part) -> bool:
        """Whether the refusal in a part is a mere "not", so that it may be of what was named before it: "no me acostumbro"."""
        return len(self.refusing.intersection(range(*part))) == 1

    def _up_to_and(self, part: Part) -> Part:
        """The first of two clauses: "(Tuesday) I work, and (Thursday I'm away)"."""
        ands = self.said.data.ands
        return part[0], next((at for at in range(part[0] + 1, part[1]) if self.said.words[at] in ands), part[1])

    def _has_its_time(self, part: Part, offer: int, paused: bool) -> bool:
        """Whether a part tells of a time beside the one that is picked."""
        if not self.elsewhen.isdisjoint(range(*part)):
            return True
        starts = self.said.starts()
        start = starts[offer]
        if start is None:
            return False
        by_day = any(part[0] <= at < part[1] for _, at, _ in self.words.by_day.find(self.said.words))
        latest = all(minutes_of(other) <= minutes_of(start) for other in starts if other)
        if by_day and (start.hour >= EVENING or (latest and not self._days_on_offer())):
            return True
        text = self.text(part)
        reading = heard(text, self.said)
        told, windows = reading.mentions & TIME_WORDS, list(windows_of(reading))
        if told and windows and all(map(is_bound, windows)):
            negated = any(part[0] <= at < part[1] for at, _ in self.said.negations())
            return negated or self._fits(windows, offer, told, text)
        apart = bool(windows) and ("day" in told or (paused and bool(told)))  # "Thursday I've got parents' evening" is of that day
        return self.others(part, offer) or (apart and not self._fits(windows, offer, told, text))

    def _days_on_offer(self) -> bool:
        words = (word for choice in self.said.choices for word in fold_words(choice.say))
        return self.said.offers.whole_days() or not self.said.data.weekdays.isdisjoint(words)

    def _fits(self, windows: Sequence[Mapping[str, Any]], offer: int, told: frozenset[str], text: str) -> bool:
        start, said = self.said.starts()[offer], self.said
        return start is not None and any(choice_fits(window, start, told, True, text, said.language, said.now) for window in windows)
