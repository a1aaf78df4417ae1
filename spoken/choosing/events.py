"""What takes up a day, whoever it is about: "my niece is getting married on Friday", "the plumber's coming on Monday"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from spoken.choosing.phrases import choice_book, choice_words
from spoken.content_words import stopwords
from spoken.normalise import fold_words

if TYPE_CHECKING:
    from spoken.choosing.cues import Cue, Said

__all__ = ["NEXT", "taken_up"]

NEXT: Final = -2
"""In the place of a position: this refusal is about the day that is named behind it."""
NEAR_ITS_DAY: Final = 4
"""Words from what hinders somebody to an event that it tells of."""
BEFORE: Final = 3
"""Words before an event among which one says that it is over by then, still to come, or none."""


def _events_in(words: Sequence[str], on_offer: frozenset[str], language: str) -> Iterator[tuple[int, int]]:
    """Where events stand in an answer. `on_offer`: words that the offers are called by, which are none.

    Not those that are denied, nor those that something is wanted for, before or after.
    """
    books = (choice_words(language).negators, choice_book(language, "beside_events"))
    for _, start, end in choice_book(language, "events").find(words):
        near = range(max(0, start - BEFORE), start)
        told = any(first in near for book in books for _, first, _ in book.find(words))
        if not told and on_offer.isdisjoint(words[start:end]):
            yield start, end


def _held_in(words: Sequence[str], days: Sequence[int], language: str) -> Iterator[tuple[int, int]]:
    """ "I've got the grandchildren Wednesday": where somebody tells what he has on one of the `days`, behind or before it."""
    data = choice_words(language)
    begins = data.articles | data.definites | data.possessives
    for _, start, end in choice_book(language, "holds").find(words):
        thing = next((at for at in range(end, min(end + BEFORE, len(words) - 1)) if words[at] in begins), None)
        if thing is None or thing + 1 in days or not data.disengaged.isdisjoint(words[end : thing + BEFORE]):
            continue
        if any(start <= day <= thing + 2 * BEFORE for day in days):
            yield start, end


def taken_up(said: Said, cues: Sequence[Cue]) -> Iterator[tuple[int, int, int]]:
    """Where something takes up a day that is told beside it, and `NEXT` where that is another day than the one before.

    Nothing does where the answer agrees or wishes for something, or where the cues tell of it already.
    """
    if (
        not any(True for book in (choice_book(said.language, "events"), choice_book(said.language, "holds")) for _ in book.find(said.words))
        or not said.timed()
    ):
        return
    if not (days := [at for at in range(len(said.words)) if said.tells_a_day(at)]):
        return
    on_offer = frozenset(word for choice in said.choices for word in fold_words(choice.say)) - stopwords(said.language)
    events = list(_events_in(said.words, on_offer, said.language)) or list(_held_in(said.words, days, said.language))
    taken = {at for start, end in events for at in range(start, end)}
    pleased = [start for book in (said.data.praise, said.data.takes, said.data.prefer) for _, start, _ in book.find(said.words)]
    if any(start not in taken for start in (*pleased, *(cue.start for cue in cues if cue.kind in ("yes", "asks")))):
        return
    for start, end in events:
        if any(start - NEAR_ITS_DAY < cue.end <= start for cue in cues if cue.kind == "refused"):
            continue  # "Thursday I've got parents' evening" is told by "I've got"
        yield start, end, NEXT if days[0] < start < days[-1] and said.paused_at(days[0]) <= start else 0
