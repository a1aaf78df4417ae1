"""Words on which an answer turns round: corrections, negations, refusals, "so", "but", "because", "or", "rather than".

The lists are those of `choice.yaml`; where a phrase stands in several of them, and where two begin at one place, the longer
one and the later list win.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from spoken.choosing.cues import COMPARISONS, FAULT, NEXT, Cue, Said
from spoken.digit_words import units_at
from spoken.lexicon import load, phrases
from spoken.normalise import PhraseBook, fold_words, stand_in_a_row
from spoken.numerals import cardinal_at

__all__ = ["Kind", "Turn", "find_turns", "parts_between"]


class Kind(StrEnum):
    """What a turn does; the docstring of `choosing.clauses` says more."""

    NONE = ""
    """The beginning of the answer, or words that only look like a turn."""
    BACK = "back"
    STRONG = "strong"
    """As `BACK`, and unmistakable."""
    AHEAD = "ahead"
    EXCLUDES = "excludes"
    BEHIND = "behind"
    EITHER_SIDE = "either side"
    OVER = "over"
    """ "Rather than": what follows is the worse of two."""
    NO = "no"
    """A word that refuses and answers ("no" in Spanish)."""
    SO = "so"
    BUT = "but"
    BECAUSE = "because"
    OR = "or"
    TAKE = "take"
    """ "I'll take": what was refused before it is over."""
    PREFER = "prefer"
    LIKEWISE = "likewise"
    """ "And so is": what is named beside it shares what was said of the one before."""
    SINCE = "since"
    """At the beginning of an answer: a reason, up to the wish."""
    THAN = "than"


MAX_BEFORE_HOUR: Final = 3
"""Words from what hinders to the hour that it lasts to: "jusqu'à", "hasta las"."""
CLOCK: Final = "clock"
OTHERS_DECIDE: Final = frozenset({"asks", "wishes", "both", "other", "others", "none", "first_two", "last_two"})
"""Phrases about all offers, or about what was named elsewhere: other readers know them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn, and where it stands among the tokens, half-open."""

    kind: Kind
    start: int
    end: int


@lru_cache(maxsize=16)
def _turns(language: str) -> PhraseBook[Kind]:
    lists = (
        (Kind.OR, "choice", "joiners"),
        (Kind.THAN, "choice", "than"),
        (Kind.TAKE, "choice", "takes"),
        (Kind.SO, "choice", "then"),
        (Kind.BUT, "choice", "buts"),
        (Kind.BACK, "digits", "corrections"),
        (Kind.STRONG, "choice", "backs"),
        (Kind.PREFER, "choice", "prefer"),
        (Kind.BECAUSE, "choice", "because"),
        (Kind.BECAUSE, "choice", "otherwise"),
        (Kind.EITHER_SIDE, "choice", "negators"),
        (Kind.EITHER_SIDE, "choice", "refused"),
        (Kind.BEHIND, "choice", "refused_behind"),
        (Kind.OVER, "choice", "over"),
        (Kind.AHEAD, "choice", "refused_ahead"),
        (Kind.EXCLUDES, "choice", "exclusions"),
        (Kind.LIKEWISE, "choice", "likewise"),
    )
    replies = {fold_words(phrase) for phrase in phrases(language, "yes_no", "no")}
    kinds = {fold_words(phrase): kind for kind, name, key in lists for phrase in phrases(language, name, key)}
    clear = {fold_words(phrase) for key in ("refused_behind", "refused_ahead") for phrase in phrases(language, "choice", key)}
    for negator in map(fold_words, phrases(language, "choice", "negators")):
        if negator in replies - clear and len(negator) == 1:
            kinds[negator] = Kind.NO
    minutes: Any = load(language, "choice")["minutes"]
    kinds |= {fold_words(phrase): Kind.NONE for said in minutes.values() for phrase in said}  # "menos cuarto" excludes nothing
    neutral = (phrase for key in ("no_turns", "next_to", "just_before") for phrase in phrases(language, "choice", key))
    kinds |= {fold_words(phrase): Kind.NONE for phrase in neutral}
    return PhraseBook((" ".join(words), kind) for words, kind in kinds.items())


def find_turns(said: Said, cues: Sequence[Cue]) -> list[Turn] | None:
    """The turns in order; None when a phrase about all the offers stands in the words."""
    book = _turns(said.language)
    by_start = {cue.start: cue for cue in cues}
    found: list[Turn] = []
    at = 0
    if (front := _reason_in_front(said)) is not None:
        found, at = [front], front.end
    while at < len(said.words):
        cue, turn = by_start.get(at), book.at(said.words, at)
        if cue is not None and (last := _all_but(said, cue, book)) is not None:
            found.append(Turn(Kind.EXCLUDES, at, last))
            at = last
            continue
        if cue is not None and (turn is None or cue.end > turn[1]):
            if cue.kind == "wishes" and cue.end < len(said.words) - 1 and said.data.then.at(said.words, cue.end):
                at = cue.end  # "something later, so at two"
                continue
            if cue.kind == "both" and found and found[-1].kind in (Kind.AHEAD, Kind.EXCLUDES) and _excepts(said, found[-1]):
                at = cue.end  # "apart from Monday, any of them"
                continue
            if cue.kind in OTHERS_DECIDE:
                return None
            if cue.kind == "refused":
                far = not said.data.excesses.isdisjoint(said.words[cue.start : cue.end])
                ahead = far and cue.end < len(said.words) - 1 and said.words[cue.end] in said.data.fors  # "too tight for the first one"
                ahead = ahead or cue.position == NEXT
                kind = Kind.AHEAD if ahead else Kind.BEHIND if cue.position == FAULT else Kind.EITHER_SIDE
                found.append(Turn(kind, cue.start, _until_when(said, cue.end)))
            at = found[-1].end if cue.kind == "refused" else cue.end
        elif said.words[at] in said.data.ands and at + 1 < len(said.words) and said.words[at + 1] in said.data.bounds:
            found.append(Turn(Kind.TAKE, at, at + 1))  # "(not on Saturday) and only after work"
            at += 1
        elif turn is not None:
            if any(by_start[place].kind == "wishes" and by_start[place].end > turn[1] for place in range(at, turn[1]) if place in by_start):
                return None  # "but not | couldn't it be earlier"
            beside_neither = said.words[at] not in said.data.nors or any(earlier.kind == Kind.AHEAD for earlier in found)
            if (
                turn[0]
                and beside_neither
                and not _in_an_offer(said, at, turn[1])
                and not (turn[0] == Kind.EITHER_SIDE and said.tells_of_me(at, turn[1]))
                and not (turn[0] == Kind.OVER and said.words[at] in said.data.until and said.idle_between(0, at))  # "before the sixth"
                and not (turn[0] == Kind.THAN and not _compares(said, found, turn[1]))
                and not (turn[0] == Kind.BUT and not found and _narrows(cues, turn[1]))
                and not (turn[0] == Kind.OR and not said.tokens[at].raw.isascii())  # "où" is no "ou"
            ):
                found.append(Turn(turn[0], at, _until_when(said, turn[1]) if turn[0] is Kind.EITHER_SIDE else turn[1]))
                at = found[-1].end
                continue
            at = turn[1]
        else:
            at += 1
    return found


def _until_when(said: Said, end: int) -> int:
    """ "Wednesday I work | till eight, Tuesday": where what hinders on a day ends, with the hour that it lasts to, before another day."""
    at = end
    while at < len(said.words) and at < end + MAX_BEFORE_HOUR and (said.words[at] in said.data.untils or said.little(at)):
        at += 1
    number = cardinal_at(said.words, at, said.language) if end < at < len(said.words) else None
    if number is None or said.data.untils.isdisjoint(said.words[end:at]):
        return end
    last = number[1]
    while last < len(said.words) and (units_at(said.words, last, said.language) or said.words[last] == CLOCK):
        last += 1
    return last if any(said.tells_a_day(behind) for behind in range(last, len(said.words))) else end


def _all_but(said: Said, cue: Cue, book: PhraseBook[Kind]) -> int | None:
    """Where "they all suit, except" ends; None when nothing is taken out of them all."""
    turn = book.at(said.words, cue.end) if cue.kind in ("both", "any") and cue.end < len(said.words) - 1 else None
    if turn is None or turn[0] not in (Kind.AHEAD, Kind.EXCLUDES):
        inside = (found for at in range(cue.start + 1, cue.end) if (found := book.at(said.words, at)) and found[0] is Kind.EXCLUDES)
        last = next((end for _, end in inside if cue.end < end < len(said.words)), None)
        return last if cue.kind in ("both", "any") else None  # "I can do all of them but"
    return turn[1] if _excepts(said, Turn(turn[0], cue.end, turn[1])) else None


def _excepts(said: Said, turn: Turn) -> bool:
    """Whether a turn takes something out of them all, and does not merely refuse it."""
    return not said.data.excepts.isdisjoint((said.words[turn.start], " ".join(said.words[turn.start : turn.end])))


def _reason_in_front(said: Said) -> Turn | None:
    """ "As I work mornings …": a reason that begins the answer."""
    at = 0
    while at < len(said.words):
        if (found := said.data.since.at(said.words, at)) is not None:
            return Turn(Kind.SINCE, at, found[1])
        skipped = said.data.idle.at(said.words, at)
        if skipped is None:
            return None
        at = skipped[1]
    return None


def _narrows(cues: Sequence[Cue], end: int) -> bool:
    """ "(Thursday) but the late one": a comparison behind the first "but" is made among what was named before it."""
    compared = [cue.start for cue in cues if cue.kind in COMPARISONS]
    return end in compared and compared[0] == end


def _compares(said: Said, before: Sequence[Turn], end: int) -> bool:
    """Whether "to" or "than" stands behind a preference, and not before an hour ("je préfère jeudi à dix heures")."""
    preferred = any(turn.kind == Kind.PREFER for turn in before)
    return preferred and end < len(said.words) and cardinal_at(said.words, end, said.language) is None


def _in_an_offer(said: Said, start: int, end: int) -> bool:
    """Words that stand so, with what is around them, in the name of an offer: "cut without colour"."""
    if not start or end >= len(said.words):
        return False
    row = said.words[start - 1 : end + 1]
    return any(stand_in_a_row(fold_words(choice.say), row) for choice in said.choices)


def parts_between(said: Said, turns: Sequence[Turn]) -> list[tuple[Turn, int, int]]:
    """Each turn with the words behind it, up to the next; the words before the first one belong to an empty turn."""
    first = Turn(Kind.NONE, 0, 0)
    bounds = [first, *turns]
    return [(turn, turn.end, bounds[index + 1].start if index + 1 < len(bounds) else len(said.words)) for index, turn in enumerate(bounds)]
