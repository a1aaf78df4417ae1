"""What a caller's words may say about things on offer: positions, comparisons, refusals, "either", "the other one"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.choice_times import starts_of
from spoken.context import Choice, Context
from spoken.digits import units_at
from spoken.lexicon import load, phrases
from spoken.normalise import PhraseBook, Token, fold, fold_words, tokenise
from spoken.numerals import cardinal_at
from spoken.reading import Alternative, Reading, Status

__all__ = ["COMPARISONS", "FAULT", "Cue", "Said", "asks", "choice_words", "chosen", "find_cues", "listen", "several"]

REACH: Final = 2
"""Words between "not" and what it refuses."""
CUES: Final = (
    *("last", "second_last", "middle", "earliest", "latest", "later", "earlier"),
    *("none", "any", "both", "first_two", "last_two", "other", "others", "refused", "wishes", "asks", "asides"),
)
"""Lists of the language data; later ones win where the same phrase stands in two."""
FAULT: Final = -1
"""In the place of a position: this refusal is about what stands before it, and never ahead."""
COMPARISONS: Final = frozenset({"earliest", "latest", "earlier", "later"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A telling phrase, and where it stands among the tokens, half-open."""

    kind: str
    start: int
    end: int
    position: int = 0


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """The phrases of a language that choosing needs."""

    cues: PhraseBook[tuple[str, int]]
    negators: PhraseBook[bool]
    replies: frozenset[tuple[str, ...]]
    """Negators that are answers too ("no" in Spanish)."""
    articles: frozenset[str]
    idle: PhraseBook[bool]
    """Words that may follow a number without giving it something to count."""
    exclusions: PhraseBook[bool]
    over: PhraseBook[bool]
    """Between the better and the worse: "rather than"."""
    instead: PhraseBook[bool]
    """Words that may stand between a position and the one that takes its place."""
    then: PhraseBook[bool]
    joiners: frozenset[str]
    ands: frozenset[str]
    nots: frozenset[str]
    """Negators that refuse only what follows them: "Emily, not Emma"."""
    pronouns: frozenset[str]
    """Numbers that stand for an offer: "the Wednesday one"."""
    nearest: PhraseBook[bool]
    """ "just (before noon)": of several, the one next to it."""
    intensifiers: PhraseBook[bool]
    degrees: PhraseBook[bool]
    faults: PhraseBook[bool]
    for_me: PhraseBook[bool]
    because: PhraseBook[bool]
    """Between a wish and its reason."""
    prefer: PhraseBook[bool]
    """What follows is the wish, whatever was named before: "I'd rather"."""
    than: frozenset[str]
    """Between the better and the worse, once a preference was said: "lieber Anna als Karl"."""
    pointers: PhraseBook[bool]
    """Words that stand for an offer before its time, and would change it: "celui d'(après le repas)"."""
    bounds: frozenset[str]
    """Words that begin a wish for a time behind "and": "and only after work"."""
    noes: PhraseBook[bool]
    """Answers that refuse."""
    corrections: PhraseBook[bool]
    """ "I mean", "no sorry": what follows takes the place of what was said before."""
    hour_words: frozenset[str]
    """Words that make the minutes behind them those of an hour that was said: "midi (et quart)"."""
    glued: frozenset[str]
    """Words for appointments that are written together with the part of the day: "Abendtermin"."""
    courtesies: PhraseBook[bool]
    """Politeness with a "not" or an "if" in it, which refuses nothing."""
    neighbours: PhraseBook[int]
    """ "The one after": so many places from the offer that is named behind it."""
    nors: frozenset[str]
    """Words that refuse behind "neither" only."""
    weekdays: frozenset[str]
    day_words: frozenset[str]
    """Weekdays, "today", "tomorrow"."""
    idle_words: frozenset[str]
    """The words of `idle`, one by one."""
    questions: PhraseBook[bool]
    """Beginnings of a question that chooses nothing: "how long does"."""
    meals: PhraseBook[bool]
    buts: PhraseBook[bool]
    provisos: PhraseBook[bool]
    """Behind "I don't mind": what is told then is no choice: "as long as it's quick"."""


def _book(items: Sequence[Any]) -> PhraseBook[bool]:
    return PhraseBook(dict.fromkeys(map(str, items), True))


@lru_cache(maxsize=16)
def choice_words(language: str) -> ChoiceWords:
    """The data of `choice.yaml`, with what other files lend it."""
    data: Any = load(language, "choice")
    cues: dict[str, tuple[str, int]] = {}
    for kind in ("yes", "weak"):
        cues |= dict.fromkeys(phrases(language, "yes_no", kind), ("yes", 0))
    cues |= dict.fromkeys(phrases(language, "service", "anyone"), ("any", 0))
    for kind in CUES:
        cues |= dict.fromkeys(phrases(language, "choice", kind), (kind, 0))
    for position, said in data["positions"].items():
        cues |= dict.fromkeys(map(str, said), ("position", int(position)))
    return ChoiceWords(
        PhraseBook(cues),
        _book(data["negators"]),
        frozenset(map(fold_words, data["negators"])) & frozenset(map(fold_words, phrases(language, "yes_no", "no"))),
        frozenset(fold(word) for word in data["articles"]),
        _book(list(phrases(language, "yes_no", "fillers"))),
        _book(data["exclusions"]),
        _book(data["over"]),
        _book([*data["instead"], *phrases(language, "digits", "corrections")]),
        _book(data["then"]),
        frozenset(fold(word) for word in data["joiners"]),
        frozenset(fold(word) for word in data["ands"]),
        frozenset(fold(word) for word in data["nots"]),
        frozenset(fold(word) for word in data["pronouns"]),
        _book(data["nearest"]),
        _book(data["intensifiers"]),
        _book(data["degrees"]),
        _book(data["faults"]),
        _book(data["for_me"]),
        _book(data["because"]),
        _book(data["prefer"]),
        frozenset(fold(word) for word in data["than"]),
        _book(list(phrases(language, "choice", "pointers"))),
        frozenset(fold(word) for word in data["bounds"]),
        _book(list(phrases(language, "yes_no", "no"))),
        _book(list(phrases(language, "digits", "corrections"))),
        frozenset(fold(word) for word in phrases(language, "choice", "hour_words")),
        frozenset(fold(word) for word in phrases(language, "choice", "glued")),
        _book(list(phrases(language, "choice", "courtesies"))),
        PhraseBook({phrase: step for key, step in (("next_to", 1), ("just_before", -1)) for phrase in phrases(language, "choice", key)}),
        frozenset(fold(word) for word in phrases(language, "choice", "nors")),
        frozenset(fold(word) for word in phrases(language, "choice", "weekdays")),
        frozenset(fold(word) for key in ("weekdays", "near_days") for word in phrases(language, "choice", key)),
        frozenset(words[0] for phrase in phrases(language, "yes_no", "fillers") if len(words := fold_words(phrase)) == 1),
        _book(data["asks_first"]),
        _book(data["meals"]),
        _book(data["buts"]),
        _book(data["provisos"]),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance against what is on offer."""

    text: str
    tokens: Sequence[Token]
    words: Sequence[str]
    language: str
    now: dt.datetime
    context: Context

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.context.choices

    @property
    def data(self) -> ChoiceWords:
        return choice_words(self.language)

    def starts(self) -> list[dt.datetime | None]:
        """When each thing on offer begins."""
        return starts_of(self.choices, self.language, self.now)

    def replies(self, first: int, last: int) -> bool:
        """Whether a negator is an answer too, so that it may take back what stands before it."""
        return tuple(self.words[first:last]) in self.data.replies

    def negated(self, at: int) -> bool:
        """A negator stands right before a place."""
        return any((found := self.data.negators.at(self.words, index)) and found[1] <= at for index in range(max(0, at - REACH), at))

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
    tokens = [token for token in tokenise(text) if token.kind != "symbol"]
    return Said(text, tokens, [token.text for token in tokens], language, now, context)


def find_cues(said: Said) -> list[Cue]:
    """The telling phrases in order; those that intensifiers keep apart ("mir völlig egal") are found without them."""
    data = said.data
    found = list(data.cues.find(said.words))
    if not any(kind in ("any", "none") for (kind, _), _, _ in found):
        skipped = {at for _, start, end in data.intensifiers.find(said.words) for at in range(start, end)}
        kept = [at for at in range(len(said.words)) if at not in skipped]
        if skipped and kept:
            again = list(data.cues.find([said.words[at] for at in kept]))
            if any(kind in ("any", "none") for (kind, _), _, _ in again):
                found = [(cue, kept[start], kept[end - 1] + 1) for cue, start, end in again]
    cues = [Cue(kind, start, end, position) for (kind, position), start, end in found]
    cues = [cue for cue in cues if cue.kind != "asides" and not _is_date(said, cue)]
    return sorted([*cues, *_faults(said, cues)], key=lambda cue: cue.start)


def asks(said: Said, cues: Sequence[Cue]) -> bool:
    """Whether something is asked, and nothing decided behind the question."""
    if any(cue.kind == "asks" for cue in cues):
        return True
    at = 0
    while at < len(said.words) and said.data.questions.at(said.words, at) is None:
        skipped = said.data.idle.at(said.words, at) or said.data.corrections.at(said.words, at) or said.data.instead.at(said.words, at)
        if skipped is None:
            return False
        at = skipped[1]
    return at < len(said.words) and not any(True for _, start, _ in said.data.then.find(said.words) if start > at)


def _faults(said: Said, cues: Sequence[Cue]) -> Iterator[Cue]:
    """ "a bit early for me": a degree and a fault refuse what stands before them."""
    taken = {at for cue in cues for at in range(cue.start, cue.end) if cue.kind in ("refused", "wishes", "none") or cue.kind in COMPARISONS}
    for _, start, end in said.data.degrees.find(said.words):
        fault = said.data.faults.at(said.words, end) if end < len(said.words) else None
        if fault and taken.isdisjoint(range(start, fault[1])):
            last = fault[1]
            tail = said.data.for_me.at(said.words, last) if last < len(said.words) else None
            yield Cue("refused", start, tail[1] if tail else last, FAULT)


def _is_date(said: Said, cue: Cue) -> bool:
    """ "le premier juillet", "the second of July", "the twenty second" are days, "the 4.45" is a time: no positions."""
    words, end = said.words, cue.end
    if cue.kind == "position" and end < len(words) and said.text[said.tokens[end - 1].end : said.tokens[end].start] in (".", ":"):
        return True  # "the 4.45"
    if cue.kind == "position" and cue.start and _is_tens(words, cue.start - 1, said.language):
        return True
    if cue.kind == "position" and cue.start and words[cue.start - 1] in said.data.weekdays:
        return any(start and start.day == cue.position for start in said.starts())  # "Monday the third"
    return cue.kind == "position" and (units_at(words, end, said.language) or units_at(words, end + 1, said.language))


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


def same_words(say: str, words: Sequence[str]) -> bool:
    """Whether an offer was repeated as it was said."""
    return fold_words(say) == tuple(words)
