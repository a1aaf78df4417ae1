"""Whether the end of a text cuts off a day or time, or an hour in it was not heard."""

from __future__ import annotations

from typing import Final

from spoken.when.grammar import Parser
from spoken.when.language import Language
from spoken.when.pieces import Piece
from spoken.when.tokens import DIGITS

__all__ = ["ends_of_verbs", "no_longer_cut_off", "proven_cut_off", "unheard_hour"]


_SENTENCE: Final = 3
"""Words behind an hour that may be a sentence of their own."""


def unheard_hour(pieces: list[Piece], parser: Parser, language: Language) -> int | None:
    """Where an hour was said that nobody understood: "vendredi à dis heures", "morgen um vire"."""
    if any(piece.kind == "time" and piece.value.get("k") != "part" for piece in pieces):
        return None
    read = {at for piece in pieces for at in range(piece.start, piece.end)}
    for piece in pieces:
        at = piece.end
        if piece.kind == "mark" or at in read or parser.read("ignore", at)[0]:
            continue  # "Dans une dizaine de jours, à peu près"
        for end, _ in parser.read("opener", at)[0]:
            if end == parser.count or (end < parser.count and end not in read and not _known(parser, language, end)):
                return at
    return None


def _known(parser: Parser, language: Language, at: int) -> bool:
    """Whether a word is known to be no hour: "at | your place", "um | die Ecke", "in the | day"."""
    word, lists = parser.words[at], language.doubt
    return word in language.weak or any(word in words for words in (lists.harmless, lists.hindrance, lists.time))


def no_longer_cut_off(piece: Piece, unfinished: int | None, count: int) -> bool:
    """Whether what looked cut off turns out to be something else, or to be complete."""
    if unfinished is None or piece.kind == "mark":
        return False
    if piece.kind == "ignore":
        return unfinished >= piece.start
    return piece.end == count or unfinished < piece.start


def proven_cut_off(unfinished: int | None, pieces: list[Piece], parser: Parser, language: Language) -> int | None:
    """An unfinished piece counts when it says something: "um halb", "mardi à", but not any sentence that ends in "in"."""
    if unfinished is None:
        dangling = len(pieces) > 1 and pieces[-1].value == "or" and pieces[-1].end == parser.count and pieces[-2].end == pieces[-1].start
        return pieces[-1].start if dangling else None
    if pieces and pieces[-1].kind == "mark" and pieces[-1].end == parser.count and pieces[-1].value != "or":
        return None  # "Am Montag nicht" is said to the end, although "nicht vor zehn" could follow.
    last = next((p for p in reversed(pieces) if p.kind in ("day", "time")), None)
    if last is not None and last.end == parser.count:
        return None
    ends = unfinished == parser.count - 1 or (last is not None and unfinished < last.end == parser.count - 1)
    if ends and parser.words[-1] in language.closing:
        return None  # "Setzen Sie es am Dienstag | an", "rufen Sie mich um elf | an"
    if last is not None and last.kind == "time" and last.end == unfinished and parser.count - unfinished >= _SENTENCE:
        return None  # "Vendredi vers dix-sept heures | je sors du travail": when that is was said before it
    if last is not None and unfinished <= last.end:
        return unfinished
    if unfinished and unfinished == parser.count - 1:
        return None  # One word at the end of a sentence proves nothing: "that's good" does not begin Good Friday.
    rest = range(unfinished, parser.count)
    if unfinished and all(parser.firsts[at] == DIGITS or parser.words[at] in language.numbers for at in rest):
        return None  # A number at the end of a sentence counts something: "nous sommes quatre".
    if parser.firsts[unfinished] == DIGITS or parser.words[unfinished] in language.numbers:
        amount = [at for at in rest if parser.firsts[at] != DIGITS and parser.words[at] not in language.numbers | language.weak]
        if amount and all(parser.words[at] in language.not_hours for at in amount):
            return None  # "Il faut trois à quatre semaines": how long, not when, although "après Noël" could follow.
    if all(word in language.weak for word in parser.words[unfinished:]):
        return None
    return unfinished


def ends_of_verbs(parser: Parser, language: Language) -> list[tuple[int, int]]:
    """The last word where it is part of a verb said before: "sagen Sie den Termin am Dienstag | ab"; it begins no "ab zehn" then."""
    verbs = language.closing_verbs.get(parser.words[-1], ()) if parser.words else ()
    before = f" {' '.join(parser.words[:-1])}" if verbs else ""
    return [(parser.count - 1, parser.count)] if any(f" {verb}" in before for verb in verbs) else []
