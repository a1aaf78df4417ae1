"""What a caller's words may say about things on offer: positions, comparisons, refusals, "either", "the other one"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from spoken.choosing.elided import with_words_put_in
from spoken.choosing.events import NEXT, taken_up
from spoken.choosing.offers import Offers
from spoken.choosing.phrases import ChoiceWords, choice_book, choice_words
from spoken.content_words import stopwords
from spoken.context import Choice, Context
from spoken.digit_words import units_at
from spoken.normalise import Token, fold_words, tokenise
from spoken.numerals import cardinal_at
from spoken.reading import Alternative, Reading, Status
from spoken.word_likeness import STEM, likeness_of, stem

__all__ = [
    "COMPARISONS",
    "FAULT",
    "NEXT",
    "PAUSES",
    "REACH",
    "Cue",
    "Said",
    "choice_words",
    "chosen",
    "find_cues",
    "listen",
    "offers_of",
    "one_of",
    "several",
]

PAUSES: Final = frozenset(",.;")
REACH: Final = 2
"""Words between "not" and what it refuses."""
FAULT: Final = -1
"""In the place of a position: this refusal is about what stands before it, and never ahead."""
NEAR_ITS_DAY: Final = 4
"""Words between a day and what is told of it: "Tuesday in the afternoon I've …"."""
OF_EVERY: Final = frozenset({"any", "none", "both"})
COMPARISONS: Final = frozenset({"earliest", "latest", "earlier", "later"})


class Cue(NamedTuple):
    """A telling phrase, and where it stands among the tokens, half-open."""

    kind: str
    start: int
    end: int
    position: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance against what is on offer."""

    text: str
    tokens: Sequence[Token]
    words: Sequence[str]
    offers: Offers
    data: ChoiceWords
    language: str

    @property
    def now(self) -> dt.datetime:
        return self.offers.now

    @property
    def context(self) -> Context:
        return self.offers.context

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.offers.choices

    def starts(self) -> list[dt.datetime | None]:
        """When each thing on offer begins."""
        return self.offers.starts()

    def timed(self) -> bool:
        """Whether any thing on offer is a time."""
        return self.offers.timed()

    def tells_a_date(self, at: int) -> bool:
        """Whether a word is one that some of the days on offer, and not all, are called by: "the twelfth"."""
        word = stem(self.words[at], self.language)  # "am zwölften", of "der zwölfte"
        called = [any(stem(other, self.language) == word for other in fold_words(choice.say)) for choice in self.choices]
        return any(called) and not all(called) and not self.little(at) and self.offers.whole_days()

    def tells_a_day(self, at: int) -> bool:
        """Whether a word is one for a day ("Tuesday", "Tuesdays"), or the date of one that is on offer."""
        word = self.words[at]
        return not {word, word.removesuffix("s")}.isdisjoint(self.data.day_words) or self.tells_a_date(at)

    def tells_of_me(self, first: int, last: int) -> bool:
        """Whether what would hinder the caller at a time is told of things that are no times: "in the centre, I work there"."""
        return self.data.about_me.at(self.words, first) == (True, last) and not self.timed()

    def part(self, text: str) -> Said:
        """Some of the words, against the same offers."""
        return _cut(text, self.offers)

    def among(self, indexes: Sequence[int]) -> Said:
        """The same words, against some of the offers only."""
        return Said(self.text, self.tokens, self.words, self.offers.among(indexes), self.data, self.language)

    def replies(self, first: int, last: int) -> bool:
        """Whether a negator is an answer too, so that it may take back what stands before it."""
        return tuple(self.words[first:last]) in self.data.replies

    def negated(self, at: int) -> bool:
        """A negator stands right before a place."""
        return any((found := self.data.negators.at(self.words, index)) and found[1] <= at for index in range(max(0, at - REACH), at))

    def negations(self) -> list[tuple[int, int]]:
        """Where something is negated; not where words only begin like that ("pas pressé")."""
        idle = {at for _, start, end in self.data.no_turns.find(self.words) for at in range(start, end)}
        return [(start, end) for _, start, end in self.data.negators.find(self.words) if start not in idle]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters from one token to before another."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def before(self, at: int) -> str:
        return self.text[: self.tokens[at].start]

    def after(self, at: int) -> str:
        return self.text[self.tokens[at - 1].end :]

    def without(self, places: Sequence[tuple[int, int]], text: str | None = None) -> str:
        """The text, or what was left of it, with some of its tokens blotted out, the rest at its place."""
        text = self.text if text is None else text
        for first, last in places:
            start, end = self.span(first, last)
            text = text[:start] + " " * (end - start) + text[end:]
        return text

    def little(self, at: int) -> bool:
        """A word that says nothing by itself: what stands before it names as much as with it."""
        return self.words[at] in stopwords(self.language) and cardinal_at(self.words, at, self.language) is None

    def parted(self, at: int) -> bool:
        """Whether a space stands before a word: "aujourd'hui" is one, though its tokens are two."""
        return any(map(str.isspace, self.text[self.tokens[at - 1].end : self.tokens[at].start]))

    def paused_at(self, at: int) -> int:
        """Where the first comma or full stop behind a word stands; the end where there is none."""
        last = len(self.words)
        return next((index for index in range(at + 1, last) if self.paused_before(index)), last)

    def paused_before(self, at: int) -> bool:
        """Whether a comma or full stop stands right before a word that is not the first."""
        return not PAUSES.isdisjoint(self.text[self.tokens[at - 1].end : self.tokens[at].start])

    def idle_between(self, first: int, last: int) -> bool:
        """Nothing that says anything stands between two places."""
        return all(self.words[at] in self.data.idle_words for at in range(first, last))

    def idle(self, at: int) -> bool:
        """Nothing follows that says anything."""
        while at < len(self.words):
            found = self.data.idle.at(self.words, at)
            if found is None:
                return False
            at = found[1]
        return True


def listen(text: str, language: str, now: dt.datetime, context: Context) -> Said:
    """The utterance in tokens without signs."""
    return _cut(text, Offers(language, now, with_words_put_in(context, language)))


def _cut(text: str, offers: Offers) -> Said:
    known = offers.words.get(text)
    if known is None:
        tokens = tuple(token for token in tokenise(text) if token.kind != "symbol")
        known = offers.words[text] = tokens, tuple(token.text for token in tokens)
    return Said(text, *known, offers, offers.data, offers.language)


def find_cues(said: Said) -> Sequence[Cue]:
    """The telling phrases in order; those that intensifiers keep apart ("mir völlig egal") are found without them."""
    known = said.offers.cues.get(said.text)
    if known is None:
        known = said.offers.cues[said.text] = tuple(_find_cues(said))
    return known


def _find_cues(said: Said) -> list[Cue]:
    data = said.data
    found = list(data.cues.find(said.words))
    if not any(kind in OF_EVERY or kind in COMPARISONS or kind == "wishes" for (kind, _), _, _ in found):
        skipped = {at for _, start, end in data.intensifiers.find(said.words) for at in range(start, end)}
        kept = [at for at in range(len(said.words)) if at not in skipped]
        if skipped and kept:
            again = list(data.cues.find([said.words[at] for at in kept]))
            if any(kind in OF_EVERY or kind in ("earliest", "latest") for (kind, _), _, _ in again):
                found = [(cue, kept[start], kept[end - 1] + 1) for cue, start, end in again]
    cues = [Cue(kind, start, end, position) for (kind, position), start, end in found]
    cues = [cue for cue in cues if cue.kind != "asides" and not _is_date(said, cue)]
    cues = [cue for cue in cues if cue.kind != "both" or not _counts_the_compared(said, cues, cue)]
    cues = [cue for cue in cues if cue.kind != "refused" or not said.tells_of_me(cue.start, cue.end)]
    engagements = list(_engagements(said, cues))
    hindered = [*engagements, *(Cue("refused", *place) for place in taken_up(said, [*cues, *engagements]))]
    if hindered:  # "Saturday I'm in Manchester" is no "I'm in"
        cues = [cue for cue in cues if cue.kind != "yes" or all(cue.end <= other.start or other.end <= cue.start for other in hindered)]
    return sorted([*cues, *_faults(said, cues), *hindered], key=lambda cue: cue.start)


def _counts_the_compared(said: Said, cues: Sequence[Cue], both: Cue) -> bool:
    """ "The later of the two": how many are compared, and no word for all of them."""
    return any(cue.kind in COMPARISONS and cue.end == both.start - 1 and said.little(cue.end) and both.start > cue.end for cue in cues)


def _faults(said: Said, cues: Sequence[Cue]) -> Iterator[Cue]:
    """ "a bit early for me": a degree and a fault refuse what stands before them."""
    taken = {at for cue in cues for at in range(cue.start, cue.end) if cue.kind in ("refused", "wishes", "none") or cue.kind in COMPARISONS}
    for _, start, end in said.data.degrees.find(said.words):
        fault = said.data.faults.at(said.words, end) if end < len(said.words) else None
        if fault and taken.isdisjoint(range(start, fault[1])):
            last = fault[1]
            tail = said.data.for_me.at(said.words, last) if last < len(said.words) else None
            yield Cue("refused", start, tail[1] if tail else last, FAULT)


def _engagements(said: Said, cues: Sequence[Cue]) -> Iterator[Cue]:
    """ "Tuesday I've the dentist": what somebody has, is or must on a day hinders him then, unless he is free or has nothing."""
    for _, start, end in said.data.engaged.find(said.words):
        near = range(max(0, start - NEAR_ITS_DAY), start)
        days = [at for at in near if said.tells_a_day(at)]
        if end >= len(said.words) or not days or not said.data.disengaged.isdisjoint(said.words[end : end + REACH]):
            continue
        if any(
            start > days[-1] and place < start
            for book in (said.data.copulas, said.data.praise)
            for _, place, _ in book.find(said.words)
            if place > days[-1]
        ):
            continue  # "Saturday'd be smashing, we're down that way"
        if not any((cue.start < end and days[-1] <= cue.start and cue.kind != "yes") or days[-1] <= cue.start < start for cue in cues):
            own_day = said.paused_at(days[-1]) <= start and any(word in said.data.day_words for word in said.words[end:])
            yield Cue("refused", start, end, NEXT if own_day else 0)  # "Tuesday, I've physio on Monday"


def _is_date(said: Said, cue: Cue) -> bool:
    """ "le premier juillet", "the second of July", "the twenty second" are days, "the 4.45" is a time: no positions."""
    words, end = said.words, cue.end
    if cue.kind == "position" and end < len(words) and said.text[said.tokens[end - 1].end : said.tokens[end].start] in (".", ":"):
        return True  # "the 4.45"
    if cue.kind == "position" and cue.start and words[cue.start - 1] in said.data.untils:
        return True  # "away until the third"
    if cue.kind == "position" and cue.start and _bounds_a_date(said, cue):
        return True
    if cue.kind == "position" and cue.start and _is_tens(words, cue.start - 1, said.language):
        return True
    if cue.kind == "position" and cue.start and words[cue.start - 1] in said.data.weekdays:
        return any(start and start.day == cue.position for start in said.starts())  # "Monday the third"
    return cue.kind == "position" and (units_at(words, end, said.language) or units_at(words, end + 1, said.language))


def _bounds_a_date(said: Said, cue: Cue) -> bool:
    """ "After the sixth", where that is a day of the month: one on offer, or none of the positions that there are."""
    pointing = said.data.definites | said.data.articles
    before = next((said.words[at] for at in range(cue.start - 1, -1, -1) if said.words[at] not in pointing), "")
    if (before not in said.data.until and not choice_book(said.language, "on_a_date").at([before], 0)) or not said.timed():
        return False
    told = said.words[cue.end - 1]
    return cue.position > len(said.choices) or any(
        start and start.day == cue.position and any(likeness_of(told, word, said.language) >= STEM for word in fold_words(choice.say))
        for choice, start in zip(said.choices, said.starts(), strict=True)
    )


def _is_tens(words: Sequence[str], at: int, language: str) -> bool:
    found = cardinal_at(words, at, language)
    return found is not None and found[0] in (20, 30)


def chosen(index: int | None, span: tuple[int, int] | None) -> Reading:
    """One of them, or none."""
    return Reading(Status.COMPLETE, index, span)


def several(indexes: Sequence[int], choices: Sequence[Choice], span: tuple[int, int] | None, *mentions: str) -> Reading:
    """More than one may be meant, or only those are left."""
    return Reading(
        Status.AMBIGUOUS,
        span=span,
        alternatives=tuple(Alternative(index, choices[index].say) for index in indexes),
        mentions=frozenset(mentions),
    )


def one_of(indexes: Sequence[int], choices: Sequence[Choice], span: tuple[int, int] | None) -> Reading:
    """The only one that fits, or which of several is meant."""
    return chosen(indexes[0], span) if len(indexes) == 1 else several(indexes, choices, span)


def offers_of(reading: Reading) -> list[int]:
    """The offers that a reading of an answer names, chosen or possible."""
    if reading.complete:
        return [] if reading.value is None else [int(reading.value)]
    return [int(item.value) for item in reading.alternatives]


def same_words(say: str, words: Sequence[str]) -> bool:
    """Whether an offer was repeated as it was said."""
    return fold_words(say) == tuple(words)
