"""Surnames that are words of every day: "hannah price", "madame dimanche", "mein Name ist Anna Freitag", "ana abril".

Such a word is a name where it stands as one: behind a first name, behind what announces a name or a title, or with a capital as the
whole answer; and where what follows goes on about something else ("hannah day off" is no name). The lists of a language say which
words may be: `ordinary_surnames`, and `surnames_behind_first_names`, those that are asked for or said so often that only a first name,
a title or a word for surnames in front makes them one.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spoken.context import Context
from spoken.name_found import FoundName
from spoken.name_writing import alike, known_first_names
from spoken.normalise import fold
from spoken.numerals import cardinal_at
from spoken.reading import Status
from spoken.word_lists import listed_words

if TYPE_CHECKING:
    from spoken.name_listening import NameListener

__all__ = ["ends_a_name", "is_surname"]

_ANY_DAY: Final = dt.datetime(2026, 6, 12, 9, 0, tzinfo=dt.UTC)
_PHONE: Final = 4
"""So many numbers in a row are said of a telephone, fewer may be an hour or a day."""
_LEAST_LETTERS: Final = 3
_AT_BOTH_ENDS: Final = 3
"""Within so many words the surname comes again in "Price, Hannah Price"."""


def is_surname(listener: NameListener, found: FoundName, at: int, role: str, sure: bool) -> bool:
    """Whether the ordinary word at a place is a part of the name that is being collected.

    `role`: what a link said that comes now; `sure`: the name was announced ("my name is").
    """
    word, data = listener.words[at], listener.data
    often_said = word in data.surnames_behind_first_names
    if not (often_said or word in data.ordinary_surnames) or listener.tokens[at].kind != "word":
        return False
    if not _may_end_here(listener, at):
        return not often_said and found.empty and _before_the_rest(listener, at, sure)
    if found.empty or found.last < at:
        return _said_to_be_one(listener, at, role, often_said and found.empty) or (
            found.empty and not often_said and _begins(listener, at, sure)
        )
    if not _close(listener, at) or _ordinary(listener, at - 1):
        return False
    if not (sure or role or _behind_first_name(listener, found, at, often_said) or _only_that(listener, found, at, often_said)):
        return False
    announced = listener.asked or sure or bool(role) or listener.is_name_by_capital(at)
    return announced or not _tells_time(word, listener.language)  # "it's for claire monday"


def ends_a_name(listener: NameListener, at: int) -> bool:
    """Whether the ordinary word at a place may end a name that began in front of it, or is one behind a title."""
    if listener.words[at] not in listener.data.ordinary_surnames | listener.data.surnames_behind_first_names:
        return False
    return _titled(listener, at, True) or (_close(listener, at) and listener.name_like(at - 1)) or _introduces(listener, at)


def _introduces(listener: NameListener, at: int) -> bool:
    """ "Price is my name": the word alone with its capital, from the beginning of a clause to what says that it is a name."""
    before = listener.text[listener.tokens[at - 1].end : listener.tokens[at].start] if at else ","
    told = listener.words[at] in listener.data.ordinary_surnames and listener.data.after.at(listener.words, at + 1) is not None
    return told and listener.is_capital(at) and bool(before.strip())


def _behind_first_name(listener: NameListener, found: FoundName, at: int, often_said: bool) -> bool:
    """Whether a first name stands right in front, or begins the name: "Hannah Price", "Ana García Precio", "Sophie, le vendredi" not."""
    before = listener.words[at - 1]
    if before in known_first_names() or listener.words[at] in map(fold, found.heard):  # "Day, D A Y, Will Day"
        return True
    begun = found.count > 1 and bool(found.heard) and fold(found.heard[0]) in known_first_names()
    written = listener.is_name_by_capital(at)
    return begun and (written or not (often_said or listener.data.particles.at([before], 0)))


def _said_to_be_one(listener: NameListener, at: int, role: str, often_said: bool) -> bool:
    """ "Surname Price", "Mrs Price", "Price is my surname", "Price, P R I C E"."""
    end, data = at + 1, listener.data
    run = listener.spelled.get(end)
    if _titled(listener, at, often_said) or (run is not None and alike(run.word, listener.words[at])):
        return True
    if data.roles.at(listener.words, end) and (not often_said or listener.is_capital(at)):
        return True
    told_of_it = often_said and not listener.is_capital(at) and data.links.at(listener.words, end) is None  # "the surname is right"
    return role == "surname" and not told_of_it


def _begins(listener: NameListener, at: int, sure: bool) -> bool:
    """ "My name is Price", "Price" alone with a capital, "price hannah", "price, hannah price"."""
    if sure or _before_the_rest(listener, at, sure) or _at_both_ends(listener, at):
        return True
    begins = listener.skip(0) == at or any(end == at for _, _, end in listener.data.cues.find(listener.words))  # "under Price, please"
    alone = listener.asked and begins and listener.skip(at + 1, ("fillers",)) == len(listener.words)
    asks = "?" in listener.text[listener.tokens[at].end :]
    return alone and listener.is_capital(at) and not asks and not _tells_time(listener.words[at], listener.language)


def _at_both_ends(listener: NameListener, at: int) -> bool:
    """ "Price, Hannah Price"."""
    again = next((end for end in range(at + 1, len(listener.words)) if listener.words[end] == listener.words[at]), at)
    return 1 < again - at <= _AT_BOTH_ENDS and all(map(listener.name_like, range(at + 1, again)))


def _before_the_rest(listener: NameListener, at: int, sure: bool) -> bool:
    return _first_name_follows(listener, at, sure) or _is_first_name(listener, at)


def _first_name_follows(listener: NameListener, at: int, sure: bool) -> bool:
    """ "Price Hannah", "Sommer, Anna": the surname first, and nothing else."""
    if not (listener.asked or sure) or at + 1 >= len(listener.words) or listener.words[at + 1] not in known_first_names():
        return False
    comma = listener.is_capital(at) and listener.text[listener.tokens[at].end : listener.tokens[at + 1].start].strip() == ","
    apart = comma and not _tells_time(listener.words[at], listener.language)  # "Freitag, Anna" names a day and a person
    return (_close(listener, at + 1) or apart) and listener.rest_is_idle(at + 2)


def _is_first_name(listener: NameListener, at: int) -> bool:
    """ "Domingo Pérez": an ordinary word that is a first name, too, with another name behind it and nothing else."""
    follows = at + 1 < len(listener.words) and _close(listener, at + 1) and listener.name_like(at + 1)
    named = listener.asked and follows and listener.words[at] in listener.data.first_names
    return named and listener.rest_is_idle(at + 2) and not _is_a_time(" ".join(listener.words[at : at + 2]), listener.language)


def _titled(listener: NameListener, at: int, often_said: bool) -> bool:
    """Whether a title stands right in front, as an address in an answer does not ("oui madame lundi", "merci madame bonne journée")."""
    data, words = listener.data, listener.words
    starts = [start for kind, start, end in data.skipped.find(words[:at]) if kind == "titles" and end == at]
    if not starts:
        return False
    fresh = {0, *(end for _, _, end in data.cues.find(words)), *(end for _, _, end in data.links.find(words))}
    return any(starts[0] <= place < at for place in fresh) or not (often_said or _tells_time(words[at], listener.language))


def _close(listener: NameListener, at: int) -> bool:
    """Whether nothing but a space parts the word from the one before."""
    return at > 0 and listener.text[listener.tokens[at - 1].end : listener.tokens[at].start] == " "


def _ordinary(listener: NameListener, at: int) -> bool:
    return listener.words[at] in listener.data.ordinary_surnames and not listener.is_name_by_capital(at)


def _only_that(listener: NameListener, found: FoundName, at: int, often_said: bool) -> bool:
    """ "Deirdre price": two words where a name was asked for, the first of which is none that the language knows otherwise."""
    if not listener.asked or found.spelled or len(set(map(fold, found.heard))) != 1:
        return False
    first, word = listener.words[at - 1], listener.words[at]
    if first in listed_words(listener.language) or len(first) < _LEAST_LETTERS or (often_said and not listener.is_name_by_capital(at)):
        return False
    return not _is_a_time(f"{first} {word}", listener.language)


def _may_end_here(listener: NameListener, at: int) -> bool:
    """Whether the name may end with this word: nothing follows, or something that is about it, or another matter."""
    end, data, words = at + 1, listener.data, listener.words
    if end >= len(words) or end in listener.spelled:
        return True
    filler = data.skipped.at(words, at)
    if filler and filler[0] == "fillers" and not listener.is_name_by_capital(at):
        return False  # "je m'appelle Claire, bon alors"
    if listener.text[listener.tokens[at].end : listener.tokens[end].start].strip(" -'’"):
        return True
    books = (data.after, data.ends, data.links, data.roles, data.withs, data.stops, data.corrections)
    if listener.skip(end, ("fillers",)) > end or any(book.at(words, end) for book in books):
        return True
    if _number(listener, end):
        of_a_phone = end + _PHONE <= len(words) and all(_number(listener, place) for place in range(end, end + _PHONE))
        return of_a_phone or len(words[end]) > _PHONE or not _tells_time(words[at], listener.language)
    likely = words[at] in data.ordinary_surnames or listener.is_name_by_capital(at)
    return likely and listener.name_like(end) and listener.rest_is_idle(end + 1)


def _number(listener: NameListener, at: int) -> bool:
    return listener.tokens[at].is_number or cardinal_at(listener.words, at, listener.language) is not None


def _tells_time(word: str, language: str) -> bool:
    """Whether a word is a day or a time: on its own it is no name."""
    return bool(_time_told(word, language))


def _is_a_time(words: str, language: str) -> bool:
    """Whether some words are a day or a time from the first to the last: "boxing day", as "deirdre friday" is not."""
    return _time_told(words, language) == (0, len(words))


@lru_cache(maxsize=1024)
def _time_told(words: str, language: str) -> tuple[int, int] | None:
    """Where some words speak of a day or a time."""
    from spoken.when.reader import read_when

    reading = read_when(words, "datetime", language, _ANY_DAY, Context())
    return reading.span if reading.status is not Status.NOTHING or reading.mentions else None
