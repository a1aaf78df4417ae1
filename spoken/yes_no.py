"""Yes and no, with negation, second thoughts and reservations.

"d'accord mais pas mardi" and "yes but on thursday" are no plain yes: the reading is nothing, with the mention
"reservation", so that nobody books on it. The last clear word counts ("oui enfin non" is no).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spoken.context import Context
from spoken.lexicon import phrases
from spoken.normalise import PhraseBook, Token, fold, tokenise
from spoken.reading import NOTHING, Reading, Status

__all__ = ["read_yes_no"]

KINDS: Final = ("fillers", "negators", "questions", "weak", "hedges", "reservations", "stops", "no", "yes", "declines", "lost")
"""Later kinds win where the same phrase stands in two lists."""
MAX_REST: Final = 4
"""Other words that may stand beside a weak yes ("c'est bien" in a longer sentence is no answer)."""
MAX_REST_FIRST: Final = 12
"""Other words that may follow a clear yes or no."""
NEGATION_REACH: Final = 2


@dataclass(frozen=True, slots=True)
class _Heard:
    kind: str
    start: int
    end: int


@lru_cache(maxsize=16)
def _book(language: str) -> PhraseBook[str]:
    return PhraseBook((phrase, kind) for kind in KINDS for phrase in phrases(language, "yes_no", kind))


@lru_cache(maxsize=16)
def _undoing(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in phrases(language, "yes_no", "undo"))


def _listen(words: list[Token], language: str) -> tuple[list[_Heard], int]:
    """The telling phrases in order, and how many words said something else."""
    book = _book(language)
    texts = [token.text for token in words]
    heard = [_Heard(kind, start, end) for kind, start, end in book.find(texts)]
    rest = len(texts) - sum(item.end - item.start for item in heard)
    return [item for item in heard if item.kind != "fillers"], rest


def _negated(heard: list[_Heard], at: int) -> bool:
    """A negator right before or right behind turns a yes round: "c'est pas bon", "passt nicht"."""
    item = heard[at]
    return any(
        other.kind == "negators" and (0 <= item.start - other.end < NEGATION_REACH or 0 <= other.start - item.end < NEGATION_REACH)
        for other in heard[max(0, at - 1) : at + 2]
    )


def read_yes_no(text: str, language: str, context: Context) -> Reading:
    """True, False, or nothing; a reservation or a hedge beside a yes is a mention of "reservation".

    A yes that has a no beside it ("non non c'est parfait") mentions "mixed": not to be relied on where a yes cannot be undone.
    """
    del context
    words = [token for token in tokenise(text) if token.kind != "symbol"]
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
        if item.kind == "no" and verdict and at and heard[at - 1].kind == "reservations" and heard[at - 1].end == item.start:
            continue  # "pero no el martes" takes nothing back, it limits
        value = item.kind in ("yes", "weak")
        if value and _negated(heard, at):
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
    if rest > limit or (verdict and any(item.kind == "questions" for item in heard)):
        return Reading(Status.NOTHING, mentions=mentions)
    if verdict and reserved:
        return Reading(Status.NOTHING, span=span, mentions=mentions)
    if not verdict and any(item.kind == "hedges" for item in heard) and not any(item.kind in ("no", "stops", "declines") for item in heard):
        return Reading(Status.NOTHING, mentions=mentions)
    more = frozenset({"more"}) if rest else frozenset()
    if verdict and any(item.kind in ("no", "declines") for item in heard):
        more |= {"mixed"}
    return Reading(Status.COMPLETE, verdict, span, mentions=mentions | more)
