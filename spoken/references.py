"""Reference numbers: letters and digits said one by one or in groups, "A B douze trente-quatre"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.context import Context
from spoken.digits import digit_runs
from spoken.normalise import Token, tokenise
from spoken.numerals import cardinal_at
from spoken.reading import NOTHING, Reading, Status
from spoken.spelling import certain_letter, elided, lone_letter, spelled_runs

__all__ = ["read_reference"]

MIN_LENGTH: Final = 4
MAX_LENGTH: Final = 24
MAX_GAP: Final = 2

_Part = tuple[int, int, str]
"""First and last character, and the signs that were said there."""


def read_reference(text: str, language: str, context: Context) -> Reading:
    """The reference in capitals, without spaces; fewer than four signs are a beginning."""
    del context
    tokens = [token for token in tokenise(text) if token.kind != "symbol"]
    apart = {index for index, token in enumerate(tokens) if elided(token, text)}  # "it's twelve"
    runs = spelled_runs(text, language)
    parts: list[_Part] = [(tokens[run.first].start, tokens[run.last - 1].end, run.word.upper()) for run in runs]
    spelled = {index for run in runs for index in range(run.first, run.last)}
    parts += [
        (token.start, token.end, token.raw.upper())
        for index, token in enumerate(tokens)
        if index not in spelled and certain_letter(token) and token.raw.isupper()
    ]
    twice = _said_twice(tokens, spelled, language)
    rest = "".join(" " if any(first <= at < last for first, last, _ in twice) else sign for at, sign in enumerate(text))
    parts += [(*run.span, "".join(next(run.paths[0].corrected()))) for run in digit_runs(rest, language)]
    parts = sorted(_with_letters_beside([*parts, *twice], tokens, spelled | apart, language))
    group: list[_Part] = []
    for part in parts:
        if group and part[0] < group[-1][1]:
            continue
        between = sum(1 for token in tokens if group and group[-1][1] <= token.start and token.end <= part[0])
        if between > MAX_GAP:
            group = []
        group.append(part)
    value = "".join(sign for _, _, said in group for sign in said if sign.isalnum())[:MAX_LENGTH]
    if len(value) < 2 or not any(sign.isdecimal() for sign in value):
        return NOTHING
    return Reading(Status.COMPLETE if len(value) >= MIN_LENGTH else Status.PREFIX, value, (group[0][0], group[-1][1]))


def _said_twice(tokens: Sequence[Token], spelled: set[int], language: str) -> list[_Part]:
    """ "Double a": a letter said twice by a word, which would double a digit otherwise."""
    found: list[_Part] = []
    for at, token in enumerate(tokens[:-1]):
        counts = certain_letter(token) or cardinal_at([token.text], 0, language)  # "three one two z"
        letter = None if at in spelled or counts else lone_letter(tokens, at, language)
        if letter and len(letter[0]) > 1 and certain_letter(tokens[letter[1] - 1]):
            found.append((token.start, tokens[letter[1] - 1].end, letter[0].upper()))
    return found


def _with_letters_beside(parts: Sequence[_Part], tokens: Sequence[Token], spelled: set[int], language: str) -> list[_Part]:
    """The parts, and the letters that stand alone right before one of them, or right behind: "k | 0042", "12 | b"."""
    found = list(parts)
    letters = {first for first, _, said in parts if said.isalpha()}
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if at in spelled or any(first <= token.start < last for first, last, _ in found):
            continue
        letter = lone_letter(tokens, at, language)
        behind = tokens[letter[1]].start if letter and letter[1] < len(tokens) else -1
        if letter and any(first == behind for first, _, _ in found):
            found.append((token.start, tokens[letter[1] - 1].end, letter[0].upper()))
            letters.add(token.start)
        elif letter and letter[1] == at + 1 and _ends(tokens, at - 1, found):
            found.append((token.start, token.end, letter[0].upper()))
        elif (single := certain_letter(token)) and _begins(tokens, at + 1, letters):
            found.append((token.start, token.end, single.upper()))  # "a b 456": behind it stands a letter
    return found


def _begins(tokens: Sequence[Token], at: int, places: set[int]) -> bool:
    return at < len(tokens) and tokens[at].start in places


def _ends(tokens: Sequence[Token], at: int, parts: Sequence[_Part]) -> bool:
    return at >= 0 and any(last == tokens[at].end for _, last, _ in parts)
