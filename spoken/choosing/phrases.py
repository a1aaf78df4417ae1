"""The phrases of a language that choosing needs, as `choice.yaml` and the files that lend it theirs have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.lexicon import load, phrases
from spoken.normalise import PhraseBook, fold, fold_words

__all__ = ["ChoiceWords", "choice_book", "choice_words"]

CUES: Final = (
    *("last", "second_last", "middle", "earliest", "latest", "later", "earlier"),
    *("none", "any", "both", "first_two", "last_two", "other", "others", "refused", "wishes", "asks", "asides"),
)
"""Lists of the language data; later ones win where the same phrase stands in two."""


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
    beside: PhraseBook[int]
    """ "The one after that": so many places from the offer that was named before it."""
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
    hindrances: PhraseBook[bool]
    """Why a caller cannot come: "I can't make"."""
    since: PhraseBook[bool]
    """Begin a reason at the beginning of an answer."""
    neithers: frozenset[str]
    """Negators that refuse whatever is said behind the thing: "neither Monday nor Tuesday is any good"."""
    otherwise: PhraseBook[bool]
    """Before a second wish, for when the first cannot be had."""
    ifs: frozenset[str]
    """Words that begin a condition."""
    definites: frozenset[str]
    """Before a comparison, something on offer: "the later one"; without them it may be a wish."""
    fors: frozenset[str]
    """Between a fault and what has it: "too tight for (the first one)"."""
    excesses: frozenset[str]
    """Words of a fault that go too far: "too (tight for the first one)"."""
    firsts: PhraseBook[bool]
    """The first of a month, where it is no ordinal: "uno de (julio)"."""
    praise: PhraseBook[bool]
    """Good things that are told of an offer."""
    excepts: frozenset[str]
    """Behind words for all of them, what is taken out."""
    copulas: PhraseBook[bool]
    """Between an offer and what is told of it: "Tuesdays are (chaos for me)"."""
    takes: PhraseBook[bool]
    """What follows is wanted."""
    wonders: PhraseBook[bool]
    """ "Would there be": what is compared then is a wish."""
    closest: PhraseBook[bool]
    """Before an hour: the offer that is nearest to it."""
    these: frozenset[str]
    """Before a weekday: the nearest one."""
    about: PhraseBook[bool]
    """Beside an hour: "around four"."""
    past: PhraseBook[bool]
    """Behind an hour: in the hour that begins then, "nine something"."""
    only: PhraseBook[bool]
    """Before the thing that is wanted, and nothing beside it."""
    week_counts: PhraseBook[bool]
    """Words for weeks that days are counted in."""
    untils: frozenset[str]
    """Before a number: it is a day, and no position."""
    together: PhraseBook[bool]
    """In the name of an offer that is all the others."""
    without: PhraseBook[bool]
    no_turns: PhraseBook[bool]
    """What only begins like a turn: "pas pressé" refuses nothing."""
    resigned: PhraseBook[bool]
    """Behind what was named: it is taken all the same ("oh well")."""
    alsos: frozenset[str]
    """Behind "but": what is named will do too."""
    musts: PhraseBook[bool]
    """What follows has to be so."""
    provisos: PhraseBook[bool]
    """Behind "I don't mind": what is told then is no choice: "as long as it's quick"."""
    asks_verbs: PhraseBook[bool]
    """Verbs that begin a question: "is (Fiona the one with the red hair)"."""
    engaged: PhraseBook[bool]
    """Behind a day, they begin what hinders a caller then: "(Tuesday) I've (the dentist)"."""
    until: frozenset[str]
    """Words before an hour that bounds a wish: "before", "till"."""
    owners: PhraseBook[bool]
    """At the beginning of an offer, that it is the caller's own: "your (check-up)"."""
    repeats: PhraseBook[bool]
    """They begin a request to hear something again, with one of `again` behind: "say (the second one) again"."""
    again: PhraseBook[bool]
    at_hour: tuple[str, ...]
    """Words between the day and the hour of an offer."""
    available: PhraseBook[bool]
    """Behind an offer that is asked about, that it can be had: "is (Priya) around"."""
    hedges: PhraseBook[bool]
    """Behind a wish, what is still to be asked or looked up."""
    gone: PhraseBook[bool]
    """Behind "if": that the first wish cannot be had."""
    postposed: frozenset[str]
    """Words before a wish that may stand behind it too: "rather", "instead"."""
    about_me: PhraseBook[bool]
    """Hindrances that tell where the caller is, or what he does: "I work"."""
    disengaged: frozenset[str]
    """Words behind these that tell of no hindrance: "(Tuesday) I'm (free)"."""
    subjects: frozenset[str]
    """Right before a "not", who does what stands before it: "(Linsen vertrag) ich (nicht)"."""
    subjects_first: frozenset[str]
    """The same before a pronoun of `clitics`."""
    clitics: frozenset[str]
    """Before a verb and its "not", what was named before: "(je) les (lis pas)"."""
    clitics_behind: frozenset[str]
    """The same behind the "not": "(no) los (leo)"."""
    alone: PhraseBook[bool]
    """In the name of an offer: that it is nothing more, "on its own"."""
    nothings: PhraseBook[bool]
    """Before a thing that is not wanted: "nothing (done to the beard)", "no"."""
    weekday_after: PhraseBook[bool]
    """Beside a weekday: the next one behind what was named before."""
    nevers: frozenset[str]
    possessives: frozenset[str]
    """They begin the object of a verb: "(I never read) my (mails)"."""
    pairs: frozenset[str]
    """How many are counted, where it is no number: "der erste der beiden (Abende)"."""
    shifts: PhraseBook[int]
    """Between a length of time and the time that it is counted from, on or back: "(an hour) after (the first)"."""
    wholes: PhraseBook[bool]
    """Said of an offer that is all the others together: "do the lot"."""
    bounding: frozenset[str]
    """Behind a comparison they make it a bound: "antes de (las nueve)"."""


def _book(items: Sequence[Any]) -> PhraseBook[bool]:
    return PhraseBook(dict.fromkeys(map(str, items), True))


def _folded(language: str, key: str) -> frozenset[str]:
    return frozenset(fold(word) for word in phrases(language, "choice", key))


@lru_cache(maxsize=256)
def choice_book(language: str, key: str) -> PhraseBook[bool]:
    """The phrases of one list of `choice.yaml`, for a reader that needs it alone."""
    return PhraseBook(dict.fromkeys(phrases(language, "choice", key), True))


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
        _folded(language, "hour_words"),
        _folded(language, "glued"),
        _book(list(phrases(language, "choice", "courtesies"))),
        PhraseBook({phrase: step for key, step in (("next_to", 1), ("just_before", -1)) for phrase in phrases(language, "choice", key)}),
        PhraseBook({phrase: step for key, step in (("following", 1), ("preceding", -1)) for phrase in phrases(language, "choice", key)}),
        _folded(language, "nors"),
        _folded(language, "weekdays"),
        frozenset(fold(word) for key in ("weekdays", "near_days") for word in phrases(language, "choice", key)),
        frozenset(words[0] for phrase in phrases(language, "yes_no", "fillers") if len(words := fold_words(phrase)) == 1),
        _book(data["asks_first"]),
        _book(data["meals"]),
        _book(data["buts"]),
        _book(list(phrases(language, "choice", "hindrances"))),
        _book(list(phrases(language, "choice", "since"))),
        _folded(language, "neithers"),
        _book(data["otherwise"]),
        _folded(language, "ifs"),
        _folded(language, "definites"),
        _folded(language, "fors"),
        _folded(language, "excesses"),
        _book(list(phrases(language, "choice", "firsts"))),
        _book(list(phrases(language, "choice", "praise"))),
        _folded(language, "excepts"),
        _book(list(phrases(language, "choice", "copulas"))),
        _book(data["takes"]),
        _book(list(phrases(language, "choice", "wonders"))),
        _book(data["closest"]),
        frozenset(fold(word) for word in data["these"]),
        _book(data["about"]),
        _book(data["past"]),
        _book(data["only"]),
        _book(data["week_counts"]),
        frozenset(fold(word) for word in data["untils"]),
        _book(data["together"]),
        _book(data["without"]),
        _book(data["no_turns"]),
        _book(data["resigned"]),
        frozenset(fold(word) for word in data["alsos"]),
        _book(data["musts"]),
        _book(data["provisos"]),
        _book(list(phrases(language, "choice", "asks_verbs"))),
        _book(list(phrases(language, "choice", "engaged"))),
        _folded(language, "until"),
        _book(list(phrases(language, "choice", "owners"))),
        _book(list(phrases(language, "choice", "repeats"))),
        _book(list(phrases(language, "choice", "again"))),
        tuple(phrases(language, "choice", "at_hour")),
        _book(list(phrases(language, "choice", "available"))),
        _book(list(phrases(language, "choice", "hedges"))),
        _book(list(phrases(language, "choice", "gone"))),
        _folded(language, "postposed"),
        _book(list(phrases(language, "choice", "about_me"))),
        _folded(language, "disengaged"),
        _folded(language, "subjects"),
        _folded(language, "subjects_first"),
        _folded(language, "clitics"),
        _folded(language, "clitics_behind"),
        _book(list(phrases(language, "choice", "alone"))),
        _book(list(phrases(language, "choice", "nothings"))),
        _book(list(phrases(language, "choice", "weekday_after"))),
        _folded(language, "nevers"),
        _folded(language, "possessives"),
        _folded(language, "pairs"),
        PhraseBook({phrase: step for key, step in (("shifts_on", 1), ("shifts_back", -1)) for phrase in phrases(language, "choice", key)}),
        _book(data["wholes"]),
        _folded(language, "bounding"),
    )
