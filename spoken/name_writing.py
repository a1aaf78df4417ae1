"""How a name is written: capitals, particles, hyphens, and repairs by spelling."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from spoken.lexicon import load
from spoken.normalise import fold, fold_words
from spoken.sounds import sound_key

__all__ = [
    "MIN_SPELLED",
    "alike",
    "correct_name",
    "known_first_names",
    "spelled_out",
    "with_letter",
    "with_letters",
    "write_name",
    "write_word",
]

LIKE_ENOUGH: Final = 62.0
"""Percent of likeness at which a spelled word is the heard word, written right."""
_SCOTS: Final = "mc"
MIN_MC: Final = 4
MIN_SPELLED: Final = 3
"""Letters that make a spelled name; fewer are the beginning of one."""


def write_word(word: str) -> str:
    """One word of a name with its capitals: "DUPONT" and "dupont" are "Dupont"; "MacLeod" stays as it is."""
    word = unicodedata.normalize("NFC", word)
    if not (word.islower() or word.isupper()):
        return word
    lower = word.lower()
    for joint in "-'":
        if joint in lower:
            return joint.join(write_word(part) for part in lower.split(joint))
    if lower.startswith(_SCOTS) and len(lower) > MIN_MC and lower[2] not in "aeiou":
        return "Mc" + lower[2:].capitalize()
    return lower[:1].upper() + lower[1:]


@lru_cache(maxsize=16)
def _particles(language: str) -> tuple[frozenset[tuple[str, ...]], frozenset[str]]:
    data: Any = load(language, "names")
    return frozenset(fold_words(phrase) for phrase in data["particles"]), frozenset(fold(word) for word in data["capital_particles"])


def write_name(words: Sequence[str], language: str) -> str:
    """A whole name: "maria de la torre" is "Maria de la Torre", "o brien" is "O'Brien"."""
    particles, capital = _particles(language)
    single = {phrase[0] for phrase in particles if len(phrase) == 1} | {word for phrase in particles for word in phrase}
    written: list[str] = []
    for index, word in enumerate(words):
        key = fold(word)
        last = index + 1 == len(words)
        if written and written[-1].endswith("’"):
            written[-1] = written[-1][:-1] + "'" + write_word(word)
        elif written and written[-1] in ("Mc", "Mac") and not last and len(words) > 2:
            written[-1] += write_word(word)
        elif key == "o" and not last:
            written.append("O’")
        elif key in ("mc", "mac") and not last:
            written.append(write_word(word))
        elif key in single and not last:
            kept = word if word[:1].isupper() and not word.isupper() else word.lower()
            written.append(write_word(word) if key in capital and not (written and written[-1].islower()) else kept)
        else:
            written.append(write_word(word))
    if len(written) >= 2 and written[-2] in ("Mc", "Mac"):
        written[-2:] = [written[-2] + written[-1]]
    return unicodedata.normalize("NFC", " ".join(written)).replace("’", "'")


def alike(heard: str, spelled: str) -> bool:
    """Whether two words may be the same name, heard and spelled."""
    first, second = fold(heard), fold(spelled)
    if not first or not second:
        return False
    if sound_key(first) == sound_key(second):
        return True
    from rapidfuzz.fuzz import ratio

    return ratio(first, second) >= LIKE_ENOUGH and (first[0] == second[0] or sound_key(first)[:1] == sound_key(second)[:1])


@lru_cache(maxsize=1)
def known_first_names() -> frozenset[str]:
    """Frequent first names of all languages, folded."""
    from spoken.lexicon import available_languages

    return frozenset(fold(str(name)) for language in available_languages() for name in load(language, "names")["first_names"])


def correct_name(heard: str, spelled: str) -> str:
    """The heard name with the part that was spelled put right.

    "Marie Dupond" and "Dupont" give "Marie Dupont"; "Sputa" and "Sputer" give "Sputer"; a surname spelled behind a first
    name alone is added to it; a whole name replaces everything.
    """
    words, fresh = heard.split(), spelled.split()
    if not fresh or not words:
        return spelled or heard
    if len(fresh) > 1 and len(fresh) >= len(words):
        return spelled
    from rapidfuzz.fuzz import ratio

    order = sorted(range(len(words)), key=lambda index: -ratio(fold(words[index]), fold(fresh[-1])))
    if alike(words[order[0]], fresh[-1]):
        where = order[0]
    elif len(words) == 1:
        return f"{heard} {spelled}" if fold(words[0]) in known_first_names() and fold(fresh[-1]) not in known_first_names() else spelled
    elif fold(fresh[0]) in known_first_names() and fold(words[0]) in known_first_names():
        where = 0
    else:
        where = len(words) - 1
    return " ".join([*words[:where], *fresh, *words[where + 1 :]])


def spelled_out(word: str, letters: str) -> str | None:
    """ "Giménez con ge G I M É N E Z": the letters are the whole word, behind the one that matters."""
    if len(letters) < MIN_SPELLED:
        return None
    begun = [whole for whole in (letters[1:], letters[2:], letters) if len(whole) >= MIN_SPELLED and alike(word, whole)]
    return max(begun, key=lambda whole: (fold(whole) == fold(word), fold(whole)[0] == fold(word)[0]), default=None)


def with_letters(word: str, letters: str) -> str:
    """ "Schmidt mit d t": the letters stand at the end, in place of the one that was heard."""
    lower = word.lower()
    return word if letters in lower or not lower.endswith(letters[-1]) else word[:-1] + letters


def with_letter(word: str, letter: str, twice: bool, final: bool) -> str:
    """A heard word put right by one letter: doubled ("with two n's"), at its end, or in place of one that sounds like it."""
    lower = word.lower()
    if twice:
        if letter * 2 in lower:
            return word
        place = lower.rfind(letter)
        return word[: place + 1] + word[place] + word[place + 1 :] if place >= 0 else word
    if final:
        if lower.endswith(letter):
            return word
        similar = ("dt", "sxz", "kcgq", "bp", "vfw", "mn", "iye")
        if any(letter in group and lower[-1:] in group for group in similar):
            return word[:-1] + letter
        return word + letter
    if letter in lower:
        return word
    for group in ("kcq", "dt", "sz", "vwf", "iy", "bp", "gj"):
        if letter in group:
            for other in group:
                place = lower.find(other)
                if other != letter and place >= 0:
                    new = letter.upper() if word[place].isupper() else letter
                    return word[:place] + new + word[place + 1 :]
    return word
