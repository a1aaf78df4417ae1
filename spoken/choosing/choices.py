"""One of several things on offer: by position, by content, by comparison, or none of them.

A time that was said clearly and is not on offer is nothing here: it is a new wish, and somebody else's to read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from spoken.choosing.ages import by_age
from spoken.choosing.agreement import by_agreement
from spoken.choosing.all_refused import by_refusing_all
from spoken.choosing.amounts import by_amount, by_bound, by_party
from spoken.choosing.apart import by_what_stands_apart
from spoken.choosing.beside import by_place_beside, with_what_is_beside
from spoken.choosing.bounds import by_dated_bound
from spoken.choosing.clauses import Mentioned, by_clauses
from spoken.choosing.clock import by_clock, by_minutes
from spoken.choosing.codes import by_code
from spoken.choosing.coming import by_wish_to_come
from spoken.choosing.comparisons import bounds_a_time, by_comparison, compared_among, first_or_last_of
from spoken.choosing.concessions import granted
from spoken.choosing.condition import by_condition
from spoken.choosing.contrast import by_contrast
from spoken.choosing.counted import by_count
from spoken.choosing.cues import COMPARISONS, Cue, Said, chosen, find_cues, listen, offers_of, same_words, several
from spoken.choosing.days import by_told_day, none_that_day
from spoken.choosing.deeds import are_deeds, by_another_time, by_deed, by_keeping, reasons_of_a_deed
from spoken.choosing.household import by_household
from spoken.choosing.letters import by_letters
from spoken.choosing.liked_better import by_what_is_better
from spoken.choosing.measures import by_measure
from spoken.choosing.mishearing import as_offered
from spoken.choosing.names import by_little_words, by_own_words, by_words, own_words
from spoken.choosing.near import about_the_hour, in_a_part, next_to, past_the_hour
from spoken.choosing.negative_wishes import with_the_wish_alone
from spoken.choosing.nothing_more import by_only, by_what_is_left_out
from spoken.choosing.numbers import by_number, of_all
from spoken.choosing.other_kept import by_keeping_the_other
from spoken.choosing.own_day import by_own_day
from spoken.choosing.parts import by_parts
from spoken.choosing.persons import by_person
from spoken.choosing.phrases import choice_book
from spoken.choosing.positions import beside_another, by_position, placed_at
from spoken.choosing.questions import asks
from spoken.choosing.refusals import none_of_them, refuses
from spoken.choosing.rest import by_the_rest, concluded, left_open
from spoken.choosing.sets import by_set
from spoken.choosing.settled import by_what_is_settled
from spoken.choosing.shifted import by_shift
from spoken.choosing.telephones import by_telephone
from spoken.choosing.this_time import by_this_time
from spoken.choosing.together import by_whole
from spoken.choosing.told import as_named
from spoken.choosing.whom import by_whom
from spoken.choosing.will_do import by_what_will_do
from spoken.choosing.windows import by_time
from spoken.context import Context
from spoken.reading import NOTHING, Reading, Status

__all__ = ["read_choice"]

OF_ALL: Final = frozenset({"none", "any", "both", "yes", "refused", "wishes", "asks"})
"""Cues that speak of no single offer."""


def read_choice(text: str, language: str, now: dt.datetime, context: Context) -> Reading:
    """Index of the thing chosen, from 0; complete with None for "none of them"; ambiguous when several fit."""
    said = with_the_wish_alone(listen(text, language, now, context))
    if (number := by_telephone(said)) is not None:
        return number
    answer = _Answer(said)
    if (alone := by_what_will_do(said, answer.mentioned) or by_keeping_the_other(said, answer.read, answer.mentioned)) is not None:
        return alone
    if (of_set := by_set(said)) is not None:
        return of_set
    if (named := as_named(said)) is not None:
        told = _Answer(said.part(named)).read(named)
        if told.complete and told.value is not None:
            return chosen(told.value, (0, len(text)))
    found = answer.read(said.text)
    left = _left_by_what_is_done(said, found, answer.mentioned)
    if (left is not None or not found.complete) and (settled := by_what_is_settled(said, answer.read, answer.mentioned)) is not None:
        return settled
    if left is not None:
        return left
    if not found.complete and len(said.choices) > 1 and (again := as_offered(said)) is not None:
        heard = _Answer(said.part(again)).read(again)
        if heard.complete and heard.value is not None:
            return chosen(heard.value, (0, len(text)))  # a word of an offer was misheard
    return found


class _Answer:
    """What the parts of an answer mean, each worked out once: contrasts ask for the same ones again and again.

    No closures: functions that know each other would be left to the garbage collector, after every answer.
    """

    __slots__ = ("_known", "_named", "_whole")

    def __init__(self, whole: Said) -> None:
        self._whole = whole
        self._known: dict[str, Reading] = {}
        self._named: dict[tuple[str, frozenset[int]], frozenset[int]] = {}

    def read(self, part: str) -> Reading:
        """What a part of the words chooses by itself."""
        if part not in self._known:
            self._known[part] = _read(self._whole.part(part), self.read, self.mentioned)
        return self._known[part]

    def mentioned(self, part: str, among: frozenset[int] = frozenset()) -> frozenset[int]:
        """The offers that a part of the words names, of some or of all."""
        part = part.strip()
        if (part, among) not in self._named:
            order = sorted(among)
            found = _mentioned(self._whole.part(part).among(order) if order else self._whole.part(part))
            self._named[part, among] = frozenset(order[index] for index in found) if order else found
        return self._named[part, among]


def _read(said: Said, read: Callable[[str], Reading], mentioned: Mentioned) -> Reading:
    if not said.choices or not said.tokens:
        return NOTHING
    courtesies = [(start, end) for _, start, end in said.data.courtesies.find(said.words)]
    if said.timed():
        courtesies += [(start, end) for _, start, end in choice_book(said.language, "ailing").find(said.words)]
    if polite := [place for place in courtesies if (cue := said.data.cues.at(said.words, place[1])) is None or cue[0][0] != "others"]:
        rest = said.part(said.without(polite))
        said = rest if rest.words else said
    if hedged := next(
        (start for _, start, _ in said.data.hedges.find(said.words) if start and not _inside(said, start, "refused_ahead")), 0
    ):
        said = said.part(said.before(hedged))  # "Tuesday, I'll have to ask my wife": who is asked is none of the offers
    if (conceded := granted(said)) and (rest := said.part(said.without(conceded))).words:
        said = rest
    same = [index for index, choice in enumerate(said.choices) if same_words(choice.say, said.words)]
    if len(same) == 1:
        return chosen(same[0], said.span(0, len(said.words)))
    cues = find_cues(said)
    if (dealt_with := by_keeping(said, mentioned) or by_another_time(said, cues, mentioned) or by_wish_to_come(said, cues)) is not None:
        return dealt_with
    if (why := reasons_of_a_deed(said, cues, mentioned)) and (left := said.part(said.without(why))).words:
        said, cues = left, find_cues(left)  # where nothing but the reason was said, it says what it can
    if (refused := by_refusing_all(said, cues, read, mentioned)) is not None:
        return refused
    if asks(said, cues):
        return NOTHING  # "what time was it on Tuesday" chooses nothing
    return (
        by_whom(said)
        or by_household(said)
        or by_condition(said, mentioned)
        or none_that_day(said, cues)
        or by_age(said)
        or by_own_day(said, cues)
        or by_parts(said)
        or by_measure(said)
        or by_bound(said)
        or by_party(said)
        or by_deed(said, cues, mentioned)
        or by_what_is_better(said, cues, mentioned)
        or by_what_stands_apart(said, cues, mentioned)
        or by_what_is_left_out(said)
        or by_whole(said)
        or by_only(said)
        or by_this_time(said, mentioned)
        or by_shift(said, mentioned)
        or by_the_rest(said, cues, mentioned)
        or first_or_last_of(by_clauses(said, cues, mentioned), said, cues, mentioned)
        or (None if any(cue.kind == "wishes" for cue in cues) else by_contrast(said, cues, read))
        or concluded(left_open(said, cues, _plainly(said, cues), mentioned), said, read)
    )


def _inside(said: Said, at: int, key: str) -> bool:
    """Whether a place is in the middle of a phrase of a list: the "à voir avec" of "rien à voir avec"."""
    return any(start < at < end for _, start, end in choice_book(said.language, key).find(said.words))


def _left_by_what_is_done(said: Said, found: Reading, mentioned: Mentioned) -> Reading | None:
    """ "Tuesday I walk the dog": the others, when Tuesday would have been picked; None when it would not, or nobody does anything then."""
    from spoken.when.activities import filled_time

    meant = frozenset(offers_of(found))
    if (
        not meant
        or len(meant) == len(said.choices)
        or not said.timed()
        or not (time := filled_time(said.text, said.language))  # most answers tell of nobody, which is soon seen
        or placed_at(find_cues(said))
    ):
        return None
    left = [index for index in range(len(said.choices)) if index not in meant]
    return several(left, said.choices, found.span) if mentioned(time) == meant else None


def _mentioned(part: Said) -> frozenset[int]:
    """The offers that a part of an answer names; none when it names no one more than the others."""
    if not part.words:
        return frozenset()
    cues = find_cues(part)
    found = _plainly(part, [cue for cue in cues if cue.kind not in OF_ALL], as_answer=False)
    indexes = offers_of(found)
    return frozenset(indexes) if len(indexes) < len(part.choices) else frozenset()


def _plainly(said: Said, cues: Sequence[Cue], *, as_answer: bool = True) -> Reading:
    """One thing named, or all refused: no "not this but that" in the words. `as_answer`: a plain yes or no counts."""
    if (amount := by_amount(said)) is not None:
        return amount
    if (little := by_little_words(said) or by_code(said)) is not None:
        return little
    named, declined = _named(said, cues), _declines(said, cues)
    person = None if declined else _person(said, cues)
    if person is not None and (named is None or not named.complete or _is_another(named, person, said)):
        return person
    by_kind = named is not None and not by_own_words(named, said) and (placed_at(cues) or declined)
    if named is not None and named.complete and not by_kind and not said.timed():
        return named  # a name says more than "the last", which may be a part of what is told about it
    if (named is None or not named.complete) and not said.timed() and (lettered := by_letters(said)) is not None:
        return lettered
    placed = beside_another(said, cues) or by_count(said) or by_place_beside(said, cues) or by_position(said, cues)
    if placed is not None:
        return placed
    if any(cue.kind == "wishes" for cue in cues):
        return Reading(Status.NOTHING, mentions=frozenset({"time"}))
    if len(said.words) == 1 and (numbered := by_number(said, as_answer)) is not None:
        return numbered
    if of_all(said):
        return several(range(len(said.choices)), said.choices, said.span(0, len(said.words)))
    if (minuted := by_minutes(said)) is not None:
        return minuted
    if (told := by_told_day(said)) is not None:
        return told
    compared = [(cue.start, cue.end) for cue in cues if cue.kind in COMPARISONS and not bounds_a_time(said, cue)]
    blotted = [(cue.start, cue.end) for cue in cues if cue.kind in ("none", "any", "both")]
    blotted += [(start, end) for start, end in compared if any(said.data.negators.find(said.words[start:end]))]  # "not too early"
    timed = next_to(said) or past_the_hour(said) or by_dated_bound(said) or by_time(said, blotted, compared)
    if timed is not None and timed.status is Status.NOTHING:
        timed = about_the_hour(said) or in_a_part(said) or _one_or_the_other(timed, said, cues) or timed
    if not as_answer and timed is not None and named is not None and _refused_by_its_reason(timed, named, said):
        return named
    if timed is not None and not (timed.status is Status.NOTHING and named is not None and _timeless(named, said)):
        return with_what_is_beside(compared_among(timed, said, cues), said)
    readers: tuple[Callable[[], Reading | None], ...] = (
        lambda: by_comparison(said, cues, said.choices),
        lambda: none_of_them(said, cues),
        lambda: named,
        lambda: by_number(said, as_answer),
        lambda: by_clock(said),
    )
    found = next((found for reader in readers if (found := reader()) is not None), None)
    if found is None and any(
        cue.kind == "other" or (cue.kind == "any" and cue.end > cue.start + 1 and not refuses(said, cues)) for cue in cues
    ):
        return several(range(len(said.choices)), said.choices, None)  # "not that one, the other": which was meant?
    return found or (by_agreement(said) if as_answer else NOTHING)


def _named(said: Said, cues: Sequence[Cue]) -> Reading | None:
    """What is named by its words; "la del medio" is no "media hora", where no word of that is an offer's own."""
    named = by_words(said)
    middles = [(cue.start, cue.end) for cue in cues if cue.kind == "middle"] if named is not None else []
    for place in middles:
        (first, last), (start, end) = said.span(*place), (named and named.span) or (0, 0)
        if first <= start and end <= last and own_words(said).isdisjoint(said.words[slice(*place)]):
            return None
    return named


def _declines(said: Said, cues: Sequence[Cue]) -> bool:
    """Whether all of them are refused; of what may be done with an appointment, "another day" refuses nothing."""
    return any(cue.kind == "none" for cue in cues) and not are_deeds(said)


def _one_or_the_other(timed: Reading, said: Said, cues: Sequence[Cue]) -> Reading | None:
    """ "The other one, this weekend I'm away", of offers on no weekend: which was meant?"""
    told = timed.mentions == {"day"} and any(cue.kind == "other" for cue in cues)
    return several(range(len(said.choices)), said.choices, None) if told else None


def _person(said: Said, cues: Sequence[Cue]) -> Reading | None:
    """The person on offer that is meant; of several, a position says which: "my wife says the first"."""
    return person if (person := by_person(said)) and (person.complete or not placed_at(cues)) else None


def _is_another(named: Reading, person: Reading, said: Said) -> bool:
    """Whether what is named by words of its kind alone is none of the persons meant: "my daughter", who is no child's cut."""
    return not by_own_words(named, said) and named.value not in offers_of(person)


def _refused_by_its_reason(timed: Reading, named: Reading, said: Said) -> bool:
    """ "Saturday we've a wedding": the reader of times sets such a day apart, while here it is named."""
    if not named.complete or named.value is None or not by_own_words(named, said):
        return False
    others = set(range(len(said.choices))) - {int(named.value)}
    return set(offers_of(timed)) == others or (timed.status is Status.NOTHING and timed.mentions == {"day"})


def _timeless(named: Reading, said: Said) -> bool:
    """Whether what is named by its words is an offer whose time we could not read."""
    starts = said.starts()
    return named.complete and named.value is not None and (starts[named.value] is None or said.offers.whole_days())
