"""Yes and no, with negation, second thoughts and reservations.

"d'accord mais pas mardi" and "yes but on thursday" are no plain yes: the reading is nothing, with the mention
"reservation", so that nobody books on it. The last clear word counts ("oui enfin non" is no).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spoken.context import Context
from spoken.lexicon import phrases
from spoken.normalise import PhraseBook, Token, fold, fold_words, tokenise
from spoken.reading import NOTHING, Reading, Status

__all__ = ["read_yes_no"]

KINDS: Final = ("fillers", "negators", "questions", "weak", "hedges", "reservations", "stops", "no", "yes", "declines", "lost")
"""Later kinds win where the same phrase stands in two lists."""
NEUTRAL: Final = ("hedges", "lost")
"""Phrases that answer nothing; no shorter answer is heard in their beginning."""
MAX_REST: Final = 4
"""Other words that may stand beside a weak yes ("c'est bien" in a longer sentence is no answer)."""
MAX_REST_FIRST: Final = 12
"""Other words that may follow a clear yes or no."""
CONDITION: Final = "\0"
NEGATION_REACH: Final = 2


@dataclass(frozen=True, slots=True)
class _Heard:
    kind: str
    start: int
    end: int


@lru_cache(maxsize=16)
def _silent(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in phrases(language, "yes_no", "silent"))


def _spoken(phrase: str, language: str) -> str:
    """A phrase without the words that may as well be missing; itself when nothing else is in it."""
    silent = _silent(language)
    return " ".join(word for word in fold_words(phrase) if word not in silent) or phrase


@lru_cache(maxsize=16)
def _book(language: str, *kinds: str) -> PhraseBook[str]:
    return PhraseBook((_spoken(phrase, language), kind) for kind in KINDS if kind in kinds for phrase in phrases(language, "yes_no", kind))


@lru_cache(maxsize=16)
def _corrections(language: str) -> PhraseBook[bool]:
    """ "no sorry yes": a word that asks for pardon and takes something back."""
    return PhraseBook(dict.fromkeys(phrases(language, "digits", "corrections"), True))


@lru_cache(maxsize=16)
def _negators(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in phrases(language, "yes_no", "negators"))


@lru_cache(maxsize=16)
def _forbidding(language: str) -> tuple[tuple[str, ...], ...]:
    """Words that refuse what is said behind them, and are no answer beside it as "no" may be: "don't | book it"."""
    return tuple(fold_words(word) for word in phrases(language, "yes_no", "forbidding"))


@lru_cache(maxsize=16)
def _undoing(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in phrases(language, "yes_no", "undo"))


def _conditionals(words: list[Token], language: str) -> set[int]:
    """ "sí si es con Karim": a word for "if" that only an accent keeps apart from the yes beside it."""
    marked = {fold(word): word for word in phrases(language, "yes_no", "accented")}
    raws = [unicodedata.normalize("NFC", token.raw).lower() for token in words if token.text in marked]
    if not set(raws) & set(marked.values()):
        return set()
    return {at for at, token in enumerate(words) if token.text in marked and token.raw.lower() == token.text}


def _listen(words: list[Token], language: str) -> tuple[list[_Heard], int]:
    """The telling phrases in order, and how many words said something else."""
    texts = [token.text for token in words]
    if conditional := _conditionals(words, language):
        texts = [CONDITION if at in conditional else text for at, text in enumerate(texts)]
    neutral = {start: (kind, end) for kind, start, end in _book(language, *NEUTRAL).find(texts)}
    book = _book(language, *KINDS)
    heard: list[_Heard] = []
    at = 0
    while at < len(texts):
        found = ("reservations", at + 1) if texts[at] == CONDITION else book.at(texts, at)
        if found and any(start > at and start < found[1] < end for start, (_, end) in neutral.items()):
            shorter = [
                item for item in book.all_at(texts, at) if not any(at < start < item[1] < end for start, (_, end) in neutral.items())
            ]
            found = shorter[0] if shorter else None  # "pues no sé" is no "pues no"
        if found:
            heard.append(_Heard(found[0], at, found[1]))
        at = found[1] if found else at + 1
    rest = len(texts) - sum(item.end - item.start for item in heard)
    return [item for item in heard if item.kind != "fillers"], rest


def _negated(heard: list[_Heard], at: int, words: list[Token], language: str) -> bool:
    """A negator right before or right behind turns a yes round: "c'est pas bon", "passt nicht"; "ese no | me va bien" too."""
    item = heard[at]
    before = heard[at - 1] if at else None
    if before is not None and before.kind == "no" and before.end == item.start and item.end - item.start > 1:
        several = before.end - before.start > 1 and words[before.end - 1].text in _negators(language)
        said = tuple(token.text for token in words[before.start : before.end])
        refused = several or any(said[-len(one) :] == one for one in _forbidding(language))
        if refused and words[item.start].text not in _undoing(language):
            return True
    return any(
        other.kind == "negators" and (0 <= item.start - other.end < NEGATION_REACH or 0 <= other.start - item.end < NEGATION_REACH)
        for other in heard[max(0, at - 1) : at + 2]
    )


def _takes_back(heard: list[_Heard], at: int, words: list[Token], language: str) -> bool:
    """ "no perdón sí": a question that only stands between an answer and another one takes the first back."""
    item = heard[at]
    said = tuple(token.text for token in words[item.start : item.end])
    return 0 < at < len(heard) - 1 and heard[at + 1].kind in ("yes", "no") and said in _corrections(language)


def read_yes_no(text: str, language: str, context: Context) -> Reading:
    """True, False, or nothing; a reservation or a hedge beside a yes is a mention of "reservation".

    A yes that has a no beside it ("non non c'est parfait") mentions "mixed": not to be relied on where a yes cannot be undone.
    """
    del context
    silent = _silent(language)
    words = [token for token in tokenise(text) if token.kind != "symbol" and token.text not in silent]
    if not words:
        return NOTHING
    heard, rest = _listen(words, language)
    if any(item.kind == "lost" for item in heard):
        return NOTHING
    verdict: bool | None = None
    declined = False
    weak_only = True
    span: tuple[int, int] | None = None
    reserved = any(item.kind in ("reservations", "hedges") for item in heard)
    for at, item in enumerate(heard):
        if item.kind not in ("yes", "no", "weak", "stops", "declines") or (item.kind == "stops" and verdict):
            continue
        if item.kind == "no" and verdict and at and heard[at - 1].kind == "reservations":
            continue  # "pero no el martes", "pero el martes no" take nothing back, they limit
        value = item.kind in ("yes", "weak")
        if value and _negated(heard, at, words, language):
            value = False
        if item.kind == "weak" and verdict is not None:
            continue
        if value and declined and words[item.start].text not in _undoing(language):
            continue
        declined = declined or item.kind == "declines"
        verdict, weak_only = value, item.kind == "weak"
        here = (words[item.start].start, words[item.end - 1].end)
        span = here if span is None else (min(span[0], here[0]), max(span[1], here[1]))
    mentions = frozenset({"reservation"}) if reserved else frozenset()
    if verdict is None or span is None or ("?" in text and (weak_only or rest)):
        return Reading(Status.NOTHING, mentions=mentions) if mentions else NOTHING
    leading = heard[0].start <= 2 or heard[0].kind in ("no", "yes", "declines")
    limit = MAX_REST if weak_only or not leading else MAX_REST_FIRST
    asks = any(item.kind == "questions" and not _takes_back(heard, at, words, language) for at, item in enumerate(heard))
    if rest > limit or (verdict and asks):
        return Reading(Status.NOTHING, mentions=mentions)
    if verdict and reserved:
        return Reading(Status.NOTHING, span=span, mentions=mentions)
    refuses = any(item.kind in ("no", "stops", "declines") for item in heard)
    if not verdict and any(item.kind == "hedges" for item in heard) and (not refuses or any(item.kind == "yes" for item in heard)):
        return Reading(Status.NOTHING, mentions=mentions)
    more = frozenset({"more"}) if rest else frozenset()
    if verdict and any(item.kind in ("no", "declines") for item in heard):
        more |= {"mixed"}
    return Reading(Status.COMPLETE, verdict, span, mentions=mentions | more)
