"""A day with what somebody does then, and no wish: "Tuesday morning I walk the dog", "mardi je vois ma mère", "el martes me operan".

What people do on a day is without number. What they say of an appointment is not: they can, come, take, are free, have time. So whoever
says "I" with any other verb tells what fills the day, unless something is asked for or denied.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from spoken.when.activity_words import Activities
from spoken.when.deciding import CORRECTING
from spoken.when.first_pass import first_pass
from spoken.when.hindrances import FILLING
from spoken.when.language import Language, load_language
from spoken.when.pieces import Piece, Scan
from spoken.when.residue import CONTENT, Leftover, explained_by, leftovers
from spoken.when.tokens import Tokens, tokenise

__all__ = ["activity_told", "filled_time"]

_OF_SOMEBODY: Final = FILLING | {"old"}
"""Marks of what somebody does: "j'ai", "mon fils a"."""
_BOUNDS: Final = frozenset({"asap", "from", "until", "past", "later"})
_PARTS: Final = 2
"""A day and its time: with more said about when, it is weighed elsewhere what is told and what is wished."""


def activity_told(left: Sequence[Leftover], used: Sequence[Piece], scan: Scan, tokens: Tokens, language: Language) -> bool:
    """Whether all that is said is what somebody does at the one time that is named, words that nobody understood (`left`) among it."""
    words, lists = tokens.words, language.activities
    kinds = [piece.kind for piece in used]
    if scan.other_time_filled or len(used) > _PARTS or len(set(kinds)) < len(used) or tokens.turns or not _open(used, scan, lists):
        return False
    timed = {at for piece in used for at in range(piece.start, piece.end)}
    besides = [word for at, word in enumerate(words) if at not in timed]
    if language.doubt.asks([*besides, *(words[piece.start] for piece in used)]) or any(  # "for | Saturday"
        _speaks_otherwise(word, language) for word in besides
    ):
        return False
    verb = _verb(words, timed, language)
    if verb is None or any(min(verb, used[0].start) < comma <= max(verb, used[-1].start) for comma in tokens.commas):
        return False
    if any(one.risk in CONTENT for one in left):
        return True
    if len(used) == _PARTS and any(piece.value["k"] == "clock" for piece in used):
        return False  # "Thursday at four, I've two boys": an hour of a day is wished for, unless something strange is told
    said = [word for at, word in enumerate(words) if at > verb and at not in timed and word.isalpha() and word not in language.doubt.little]
    if words[verb] in lists.having:
        return bool(said)
    if words[verb] in lists.taking:
        return any(word not in language.doubt.matters for word in said)
    return words[verb] not in language.doubt.matters


def filled_time(text: str, language: str) -> str:
    """The words of the one day or time that is named in a text and filled, by what somebody does then; empty where none is.

    Raises :class:`spoken.errors.UnknownLanguage` for a language without data.
    """
    data = load_language(language)
    tokens = tokenise(text, data.wording)
    if not any(_begins(word, data.activities) or data.activities.shape.fullmatch(word) for word in tokens.words):
        return ""
    tokens, found = first_pass(text, data)
    if found is None:
        return ""
    used = [piece for piece in found.pieces if piece.kind != "mark"]
    if not used:
        return ""
    explained = explained_by([*((piece.start, piece.end) for piece in found.pieces), *found.skipped], len(tokens))
    if not activity_told(leftovers(found.parser, explained, data), used, found, tokens, data):
        return ""
    return " ".join(text[tokens.starts[piece.start] : tokens.ends[piece.end - 1]] for piece in used)


def _open(used: Sequence[Piece], scan: Scan, lists: Activities) -> bool:
    """Whether nothing else was understood than a day or time that is no bound, and words that may tell what fills it."""
    words, last = scan.parser.words, max(piece.end for piece in used)
    if sum(piece.kind != "mark" for piece in scan.pieces) > len(used):
        return False  # "Friday at two, I've guests at seven"
    for piece in scan.pieces:
        if piece.kind != "mark" or piece.value in _OF_SOMEBODY:
            continue
        if piece.value == "reason" and _begins(words[piece.start], lists):
            continue  # "Mardi | on déménage"
        if not (piece.value in CORRECTING and piece.start >= last):  # "Dienstag besuche | ich meine | Mutter" corrects nothing.
            return False
    return not any(piece.value.get("excl") or piece.value["k"] in _BOUNDS for piece in used)


def _verb(words: Sequence[str], timed: Collection[int], language: Language) -> int | None:
    """Where the verb stands that goes with the first who does something; None where nobody does."""
    lists = language.activities
    for at, word in enumerate(words):
        if at in timed:
            continue
        own = word in lists.whose and at + 1 < len(words) and at + 1 not in timed
        if word in lists.speakers or own:
            before = at - 1
            if before >= 0 and (words[before] in language.doubt.bounding or words[before] in language.doubt.conditions):
                return None  # "In the morning, before | I go to work"
            if lists.openers.words and before >= 0 and before not in timed and words[before] not in lists.openers:
                return before
            after = at + (2 if own else 1)
            while after < len(words) and words[after] in lists.passed_over and after not in timed:
                after += 1
            return after if after < len(words) and after not in timed and words[after].isalpha() else None
        opens = at == 0 or at - 1 in timed or words[at - 1] in lists.passed_over
        if opens and (word in lists.having or word in lists.taking or word not in language.doubt.harmless) and lists.shape.fullmatch(word):
            return at
    return None


def _begins(word: str, lists: Activities) -> bool:
    """Whether a clause about somebody may begin with this word: "on", "nos"."""
    return word in lists.speakers or word in lists.whose


def _speaks_otherwise(word: str, language: Language) -> bool:
    """Whether a word is of the appointment, of what is not done, of what was done, or of another hour: that fills no day to come."""
    lists, doubt = language.activities, language.doubt
    if word in language.numbers and word not in language.articles:
        return True  # "Friday at two, I've guests at seven": an hour of its own
    over = word in doubt.past or word in doubt.participles or doubt.past_shape.fullmatch(word) or doubt.participle_shape.fullmatch(word)
    return word in lists.willing or word in lists.denying or bool(over)
