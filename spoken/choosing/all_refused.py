"""All of the offers refused with more said than that: "neither of them, I can only do mornings", "I'm away both of those days"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from spoken.choosing.cues import Cue, Said, chosen
from spoken.choosing.families import families_of, whom
from spoken.choosing.hearing import Mentioned
from spoken.choosing.phrases import choice_book
from spoken.choosing.refusals import refuses
from spoken.choosing.strangers import stranger_at, stranger_behind
from spoken.choosing.times import windows_of
from spoken.choosing.windows import TIME_WORDS, fitting, heard
from spoken.content_words import stopwords
from spoken.normalise import fold_words
from spoken.reading import Reading, Status

__all__ = ["by_refusing_all"]

AHEAD: Final = 3
"""Words that may stand before what refuses all of them: "no, I'm sorry, | none of those"."""
NEAR_ALL: Final = 4
"""Words between what speaks of all of them and their fault, in either order."""
DECIDE: Final = frozenset({"any", "asks", "position", "last", "other", "others", "first_two", "last_two"})
"""Cues of a pick, or of a question."""


def by_refusing_all(said: Said, cues: Sequence[Cue], read: Callable[[str], Reading], mentioned: Mentioned) -> Reading | None:
    """None of them, where that is said clearly, or where one is away at all those times; None where something else may be meant."""
    if len(said.choices) < 2:
        return None
    if (neither := next(iter(choice_book(said.language, "others_neither").find(said.words)), None)) and refuses(said, cues):
        return chosen(None, said.span(0, neither[2]))
    return (
        _none_and_why(said, read)
        or _away_at_all(said, cues, mentioned)
        or _all_too_much(said, cues, mentioned)
        or _not_in_that_part(said, cues)
        or _no_in_the_end(said, mentioned)
        or _something_else(said, cues, read)
        or _wanted_another(said, cues, mentioned)
    )


def _none_and_why(said: Said, read: Callable[[str], Reading]) -> Reading | None:
    """ "None of those" at the beginning, and something behind it that picks none of them after all."""
    clear = next(iter(choice_book(said.language, "none_clearly").find(said.words)), None)
    if clear is None or clear[1] > AHEAD or clear[2] >= len(said.words):
        return None
    if choice_book(said.language, "of_these").at(said.words, clear[2]) is not None or _counts_a_thing(said, clear):
        return None  # "neither of the Mondays", "no tengo ninguna preferencia"
    if any(True for key in ("excepts", "except_for") for _ in choice_book(said.language, key).find(said.words[clear[2] :])):
        return None
    rest = said.part(said.after(clear[2]))
    after_all = read(rest.text)
    if after_all.complete and after_all.value is not None and not rest.negations():
        return None  # "none of those, oh well, the first then"
    return chosen(None, said.span(clear[1], clear[2]))


def _counts_a_thing(said: Said, clear: tuple[bool, int, int]) -> bool:
    """Whether a word for "none" alone goes with what stands behind it: "aucun souci", "ninguna preferencia"."""
    return clear[2] - clear[1] == 1 and not said.little(clear[2]) and not said.paused_before(clear[2])


def _something_else(said: Said, cues: Sequence[Cue], read: Callable[[str], Reading]) -> Reading | None:
    """ "No, I could only do Thursday", "no, mine is Doctor Roussel": a no, and a day or somebody that is not on offer."""
    no = next(((start, end) for _, start, end in said.data.noes.find(said.words)), None)
    if no is None or no[0] or no[1] >= len(said.words) or any(cue.kind in DECIDE or cue.kind in ("wishes", "none") for cue in cues):
        return None  # "no podría ser más tarde"; of "none of them" others know
    if said.replies(*no) and not said.paused_before(no[1]):
        return None  # "no tendrá algo el jueves"
    rest = said.part(said.after(no[1]))
    if not rest.words or rest.negations():
        return None
    found = read(rest.text)
    if (not found.complete or found.value is None) and _about_something_else(rest):
        return chosen(None, said.span(*no))
    if found.status is not Status.NOTHING:
        return None
    offers = [fold_words(choice.say) for choice in said.choices]
    somebody = any(stranger_behind(rest.words, at, offers, said.language) for at in range(len(rest.words)))
    told = heard(rest.text, rest).mentions & TIME_WORDS if said.timed() else frozenset()
    return chosen(None, said.span(*no)) if somebody or "day" in told else None


def _wanted_another(said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> Reading | None:
    """ "I wanted Melanie, is she not there any more?": somebody who is not on offer was wished for, and nobody who is."""
    wanted = next((end for _, start, end in choice_book(said.language, "had_wanted").find(said.words) if start <= AHEAD), None)
    if wanted is None or said.timed() or any(cue.kind in DECIDE for cue in cues) or len(mentioned(said.text)) == 1:
        return None
    offers = [fold_words(choice.say) for choice in said.choices]
    behind = range(wanted, min(wanted + NEAR_ALL, len(said.words)))
    return chosen(None, said.span(0, wanted)) if any(stranger_at(said.words, at, offers, said.language) for at in behind) else None


def _about_something_else(rest: Said) -> bool:
    """ "(No,) it's about my life insurance", of other insurances: behind what introduces it, no word is an offer's own."""
    if (
        rest.timed()
        or rest.words[-1] in rest.data.pronouns
        or (about := choice_book(rest.language, "about_something").at(rest.words, 0)) is None
    ):
        return False
    told = [word for word in rest.words[about[1] :] if word not in stopwords(rest.language)]
    on_offer = [families_of(choice.say, rest.language) for choice in rest.choices]
    named = families_of(rest.after(about[1]), rest.language)
    if not told or not whom(rest.language).isdisjoint(named.union(*on_offer)):
        return False  # "it's for my daughter" may well be one of them
    return bool(named) and not any(named & families for families in on_offer)


def _all_too_much(said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> Reading | None:
    """ "That's all too early for me": a fault of all of them, where none is named by itself and nothing is said to do all the same."""
    everything = _all_of_them(said)
    if not everything or said.negations() or any(cue.kind in DECIDE and not _within(cue, everything) for cue in cues):
        return None
    too = {end for _, _, end in choice_book(said.language, "too").find(said.words)}
    faults = [start for _, start, _ in said.data.faults.find(said.words) if start in too]
    near = [(every, fault) for every in everything for fault in faults if _speaks_of(every, fault)]
    if not near or mentioned(said.text):
        return None
    if any(start > near[0][1] for _, start, _ in said.data.buts.find(said.words)):
        return None  # "a bit early for all of us, but fine"
    if any(True for _ in choice_book(said.language, "settles").find(said.words)):
        return None
    return chosen(None, said.span(*everything[0]))


def _all_of_them(said: Said) -> list[tuple[int, int]]:
    """Where all of them are spoken of; "all good" and "is that all" speak of none."""
    idioms = [(start, end) for _, start, end in choice_book(said.language, "no_quantity").find(said.words)]
    places = [(start, end) for _, start, end in choice_book(said.language, "all_of_it").find(said.words)]
    return [(start, end) for start, end in places if not any(first < end and start < last for first, last in idioms)]


def _speaks_of(every: tuple[int, int], fault: int) -> bool:
    """Whether a fault is one of all of them: it stands behind, or more than the "all" itself behind it, as in "too early, all of them"."""
    start, end = every
    return 0 <= fault - end <= NEAR_ALL or (end - start > 1 and 0 < start - fault <= NEAR_ALL)


def _not_in_that_part(said: Said, cues: Sequence[Cue]) -> Reading | None:
    """ "I can't do mornings", where all of them are in the morning, whatever is asked for in their place."""
    if not any(cue.kind == "refused" for cue in cues) or not {cue.kind for cue in cues} <= {"refused", "wishes", "none"}:
        return None
    if any(True for _ in said.data.because.find(said.words)):
        return None  # "the one after lunch, because the morning is no good"
    reading = heard(said.text, said) if said.timed() else None
    if reading is None or not reading.complete or (told := reading.mentions & TIME_WORDS) != {"part"}:
        return None
    return None if fitting(list(windows_of(reading)), said.starts(), told, said.text, said) else chosen(None, said.span(0, len(said.words)))


def _no_in_the_end(said: Said, mentioned: Mentioned) -> Reading | None:
    """ "I can't before six, so no": a no that is concluded, where none was named before; "Tuesday, so no, Wednesday" puts right."""
    last = next((start for _, start, end in choice_book(said.language, "no_in_the_end").find(said.words) if end == len(said.words)), 0)
    return chosen(None, said.span(last, len(said.words))) if last and not mentioned(said.before(last)) else None


def _away_at_all(said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> Reading | None:
    """ "I'm working then", "we're away that whole week": the times on offer are spoken of together, and none of them by itself."""
    together = [(start, end) for _, start, end in choice_book(said.language, "those_times").find(said.words)]
    if not together or not said.timed() or any(cue.kind in DECIDE and not _within(cue, together) for cue in cues):
        return None
    why = min((start for _, start, _ in said.data.because.find(said.words) if start >= together[0][1]), default=len(said.words))
    away = any(start < why for _, start, _ in choice_book(said.language, "away").find(said.words))  # "both, because I'm away then"
    away = away or any(cue.kind == "refused" and cue.start < why for cue in cues)
    if not away or mentioned(said.without(together)) or not _holds_all(said, together[0]):
        return None
    return chosen(None, said.span(*together[0]))


def _holds_all(said: Said, place: tuple[int, int]) -> bool:
    """Whether all of the times on offer lie in what is named: "this week" may hold some of them only."""
    text = said.text[slice(*said.span(*place))]
    reading = heard(text, said)
    told = reading.mentions & TIME_WORDS
    return not told or len(fitting(list(windows_of(reading)), said.starts(), told, text, said)) == len(said.choices)


def _within(cue: Cue, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a cue is a part of one of these phrases: the "all" of "all those days"."""
    return any(start <= cue.start and cue.end <= end for start, end in places)
