"""Find the pieces of an expression in an utterance, from left to right, the longest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from spoken.when.cut_off import ends_of_verbs, no_longer_cut_off, proven_cut_off, unheard_hour
from spoken.when.dangling_not import with_dangling_not
from spoken.when.grammar import Parser
from spoken.when.hindrances import FILLING
from spoken.when.language import Language
from spoken.when.lone_hours import follows_time, inside_number, lone_hour, said_time
from spoken.when.number_ends import counts_something, ends_in_article, ends_in_date, ends_in_hour, month_of_the_next
from spoken.when.pieces import BOUNDS, HANGING_MARKS, Piece, Scan
from spoken.when.settled_marks import settled_marks
from spoken.when.telephones import telephone_number
from spoken.when.tokens import Tokens

__all__ = ["scan", "shared"]

_MAX_PIECES: Final = 24
_OPENERS: Final = frozenset({"old", "past", "reason", "why", "busy", "does", "not"})
"""Marks after which a day is expected."""
_WISHING: Final = ("wish", "so")
"""Marks after which a number is the hour that is wished: "could you do three on Tuesday", "so it'll have to be ten, because …"."""
_HOURS: Final = frozenset({"clock", "range"})
_COUNTED_FROM: Final = frozenset({"week_of", "weekend_of", "near", "beside"})
"""Kinds of days that are counted from another one."""
_BUSY: Final = FILLING | {"reason"}
"""Marks of what somebody does."""
_NOON: Final = 12
_OTHERWISE: Final = 3
"""So many words may stand between "otherwise" and its day: "otherwise | it'll be | Saturday"."""


def _hangs_on_nothing(parser: Parser, value: Any, at: int, end: int, pieces: list[Piece], turns: list[int], weak: frozenset[str]) -> bool:
    """Whether words that refer back are none: "the Friday before | ten", "half past" without an hour, "am Donnerstag, also | danach"."""
    kind = value.get("k") if isinstance(value, dict) else value
    kind = value["a"].get("k") if kind == "two" else kind
    if kind == "length":
        return not (pieces and pieces[-1].end == at and pieces[-1].value in ("fix", "no"))  # "Three weeks" on their own are no day.
    if kind in ("from", "until") and value["a"].get("k") == "carry":
        kind = "carry"
    if kind == "nth_again":
        return not (
            any(piece.kind == "day" and piece.value["k"] == "nth" for piece in pieces)
            and pieces[-1].end == at
            and pieces[-1].value in ("or", "else")
        )
    if kind == "carry":
        return not any(piece.kind == "time" for piece in pieces)
    if kind == "hung" and any(at < turn < end for turn in turns):
        return True
    if kind == "hung" and "wd" in value and pieces and _only_times(pieces):
        return True  # "My meeting finishes at three, Thursday | after that"
    if kind == "why":
        # "Que antes no llego" gives a reason only right after a day or time.
        return not (pieces and pieces[-1].end == at and pieces[-1].kind != "mark")
    if kind != "hung" and kind not in HANGING_MARKS:
        return False
    if kind == "hung" and value.get("sure"):
        return False  # "Ese mismo jueves", "le mardi d'avant | à dix heures"
    if kind == "hung" and value.get("behind"):
        return not any(piece.kind == "day" for piece in pieces)  # "Thursday or the following Tuesday"
    if end < parser.count and parser.words[end] in weak and parser.read("time", end)[0]:
        return False  # "The Tuesday after | at half ten"
    return bool(parser.read("day", end - 1)[0] or parser.read("time", end - 1)[0])


def _only_times(pieces: list[Piece]) -> bool:
    """Whether an hour was said and no day: what comes after it is no other day."""
    return {piece.kind for piece in pieces} & {"day", "time"} == {"time"}


def _parted(parser: Parser, language: Language, at: int, tokens: Tokens) -> bool:
    """Whether a comma parts a preposition from what follows it, which is then none of it: "ich habe vor, Dienstag zu kommen"."""
    return at + 1 in tokens.commas and parser.words[at] in language.doubt.prepositions


def _set_apart(parser: Parser, kind: str, value: Any, span: tuple[int, int], commas: list[int]) -> bool:
    """Whether a comma parts what would be one piece: "el viernes, | mañana no puedo", "sí, | no puedo", "no, | tengo clase"."""
    inside = [comma for comma in commas if span[0] < comma < span[1]]
    if kind == "mark":
        anew = any(end > span[1] for at in inside for name in ("ignore", "mark") for end, _ in parser.read(name, at)[0])
        return bool(inside) and (value in ("or", "else", "suits") or anew)
    if kind == "time" and value.get("leaves") and inside:
        return True  # "El jueves a las tres, | tengo que irme a las cuatro"
    if kind == "day" and value.get("k") in _COUNTED_FROM and any(end in inside for end, _ in parser.read("day", span[0])[0]):
        return True  # "The week after, | Tuesday"
    return kind == "day" and any(end == span[1] and day.get("k") == "rel" for at in inside for end, day in parser.read("day", at)[0])


def _begins_a_time(parser: Parser, value: Any, end: int) -> bool:
    """Whether the last word of "Thursday or before" begins a time: "Thursday, either | before ten or after three"."""
    return value.get("k") in ("from", "until") and any(later > end for later, _ in parser.read("time", end - 1)[0])


def _longest(
    parser: Parser, language: Language, at: int, masked: set[int], pieces: list[Piece], tokens: Tokens
) -> tuple[Piece | None, bool]:
    """The longest piece that begins at a token, and whether a day or time that begins there is cut off by the end."""
    best: Piece | None = None
    unfinished = False
    if at == 0 and "greeting" in language.rules:
        greeted, _ = parser.read("greeting", 0)
        if greeted:
            return Piece("ignore", None, 0, max(1, greeted[0][0] - 1)), False  # the last word is only looked at
    for kind in ("ignore", "day", "time", "mark"):
        found, open_end = parser.read(kind, at)
        content = kind in ("day", "time")
        unfinished = unfinished or (open_end and content)
        for end, value in found:
            if best is not None and end <= best.end:
                break
            if end - 1 in masked or counts_something(parser, language, value, end):
                continue
            if kind != "mark" and ends_in_hour(parser, language, value, end):
                continue  # An aside does not swallow one either: "statt zehn Uhr | elf Uhr"
            if kind == "time" and ends_in_article(parser, language, at, end):
                continue
            if kind == "day" and (month_of_the_next(parser, value, end) or _begins_a_time(parser, value, end)):
                continue
            if kind == "day" and "wd" in value and "d" in value and _tells_from_last_word(parser, end):
                continue
            if (kind == "ignore" or (kind == "day" and value.get("led"))) and _swallows_weekday(parser, found, end):
                continue
            if content and (any(at < turn < end for turn in tokens.turns) or _parted(parser, language, at, tokens)):
                continue  # "Es sábado, pues | el dieciocho …": the decision begins within. "Ich habe vor, | Dienstag …"
            if kind == "time" and (ends_in_date(parser, language, end) or _noon_at_another_time(value)):
                continue
            if tokens.commas and kind != "ignore" and _set_apart(parser, kind, value, (at, end), tokens.commas):
                continue
            if _hangs_on_nothing(parser, value, at, end, pieces, tokens.turns, language.weak):
                continue
            best = Piece(kind, value, at, end)
            break
    return best, unfinished


def _noon_at_another_time(value: Any) -> bool:
    """Whether noon is put into another part of the day, which is one of its own: "jeudi après-midi, | le matin je ne peux pas"."""
    clock = value["a"] if value.get("k") in BOUNDS else value
    return bool(clock.get("exact")) and clock.get("hour") == _NOON and clock.get("mer") in ("morning", "evening", "night")


def _tells_from_last_word(parser: Parser, end: int) -> bool:
    """Whether the number that ends a day begins what is told: "el viernes | primero tengo que llevar al niño", "Friday | first I've to"."""
    return any(later > end and value in _BUSY for later, value in parser.read("mark", end - 1)[0])


def _swallows_weekday(parser: Parser, found: Sequence[tuple[int, Any]], end: int) -> bool:
    """Whether a piece that ends at `end` takes the weekday of another week: "I can't do this week, | Friday of next week"."""
    return any(
        shorter < end and any(later > end and day.get("k") == "wd" and "week" in day for later, day in parser.read("day", shorter)[0])
        for shorter, _ in found
    )


def _rather(further: Piece, best: Piece) -> bool:
    """Whether a longer piece behind a preposition counts more than the one with it: "in | April 3-4", "about | 3 Fridays from now"."""
    if further.value.get("k") == "around":
        return False  # "In three days | before noon"
    return further.kind == best.kind or (further.kind == "day" and best.kind == "time" and best.value.get("k") in _HOURS)


def _at_comma(parser: Parser, at: int, pieces: list[Piece]) -> list[Piece]:
    """What a comma between two numbers says: "or" between two of a kind, nothing between a day and its time ("am 20.9., 18:30 Uhr")."""
    last = pieces[-1].kind if pieces and pieces[-1].end == at else ""
    # "El 15, 16 y 17" are days: only an hour that says so is one.
    days = max((end for end, _ in parser.read("day", at + 1)[0]), default=at + 1)
    times = parser.read("time", at + 1)[0] if last == "day" else ()
    hours = any(time.get("mer") or time.get("exact") or (end > days and not time.get("bare")) for end, time in times)
    joins = hours or (last == "time" and bool(parser.read("day", at + 1)[0]))
    if joins:
        pieces[-1].end = at + 1  # Nothing stands between them.
    return [] if joins else [Piece("mark", "or", at, at + 1)]


def _leaving_its_last_word(piece: Piece, parser: Parser) -> Piece:
    """A piece, without its last word when that begins a day or time: "mein Termin am | fünfzehnten", "but | no later than four"."""
    if piece.kind != "mark" or piece.end - piece.start < 2:
        return piece
    if piece.value in _OPENERS and parser.read("day", piece.end - 1)[0]:
        return Piece("mark", piece.value, piece.start, piece.end - 1)
    bound = piece.value == "but_no" and any(end > piece.end for end, _ in parser.read("time", piece.end - 1)[0])
    return Piece("mark", "wish", piece.start, piece.end - 1) if bound else piece


def scan(tokens: Tokens, language: Language) -> Scan:
    """Read `tokens` from left to right, the longest piece first."""
    parser = Parser(language.grammar, tokens)
    masked = telephone_number(parser, language)
    pieces: list[Piece] = []
    skipped: list[tuple[int, int]] = [(at, at + 1) for at in masked]
    unfinished: int | None = None
    at, count = 0, parser.count
    while at < count and len(pieces) < _MAX_PIECES:
        if at in masked:
            at += 1
            continue
        if parser.words[at] == ",":
            pieces += _at_comma(parser, at, pieces)
            at += 1
            continue
        if inside_number(parser, language, at, pieces):
            at += 1
            continue
        best, cut_off = _longest(parser, language, at, masked, pieces, tokens)
        if best is not None and best.kind in ("day", "time") and parser.words[at] in language.leading and at + 1 not in masked:
            further, cut_off_there = _longest(parser, language, at + 1, masked, pieces, tokens)
            if further is not None and further.end > best.end and _rather(further, best):
                best, cut_off = further, cut_off_there
        if at == 0 and "whole" in language.rules:
            best = next((Piece("day", value, 0, end) for end, value in parser.read("whole", 0)[0] if end == count), best)
        if cut_off and unfinished is None:
            unfinished = at
        if best is None or best.kind == "mark":
            follows = follows_time(pieces, at) or (at > 0 and parser.words[at - 1] in language.than and said_time(pieces))
            wished = bool(pieces) and pieces[-1].value in _WISHING and pieces[-1].end == at and parser.words[at] not in language.pronouns
            announced = bool(at) and parser.words[at - 1] in language.announcing and parser.words[at] not in language.pronouns
            joined = bool(pieces) and pieces[-1].value == "or" and pieces[-1].end == at and _said_of_a_day(parser, at)
            if follows or wished or announced or joined or at == 0:
                hour = lone_hour(parser, language, at, masked, follows, wished, tokens.commas)
                # "Anything | ten | on Friday", but not a number that ends the sentence.
                best = hour if hour is not None and (follows or wished or at <= 1 or hour.end < count) else best
        if best is None:
            at += 1
            continue
        best = _leaving_its_last_word(best, parser)
        if best.kind != "ignore":
            pieces.append(best)
        else:
            skipped.append((best.start, best.end))
        if no_longer_cut_off(best, unfinished, count):
            unfinished = None
        at = best.end
    closing = ends_of_verbs(parser, language)
    skipped += closing
    proven = None if closing else proven_cut_off(unfinished, pieces, parser, language)
    elses = frozenset(piece.start for piece in pieces if piece.kind == "mark" and piece.value == "else")
    pieces = [Piece("mark", "or", piece.start, piece.end) if piece.start in elses else piece for piece in pieces]
    backs = elses.union(piece.start for piece in pieces if piece.value == "perhaps")  # "Friday, or if that's full Saturday morning"
    apart = frozenset() if backs and shared(parser, language) else frozenset(at for at in backs if _alone(pieces, at, tokens, language))
    pieces = with_dangling_not(settled_marks(pieces, tokens, parser, language), parser, language)
    if proven is None and not closing and "opener" in language.rules:
        proven = unheard_hour(pieces, parser, language)
    return Scan(pieces, proven, parser, skipped, apart)


def _said_of_a_day(parser: Parser, at: int) -> bool:
    """Whether a number is the hour of the day behind it: "(ten on Thursday or) | eleven on Friday"."""
    return any(bool(parser.read("day", end)[0]) for end, _ in parser.read("bare", at)[0])


def _alone(pieces: list[Piece], at: int, tokens: Tokens, language: Language) -> bool:
    """Whether a time behind an "otherwise" at token `at` is of the day there alone, for it is said in one breath with it.

    "Sunday, otherwise Saturday morning", but not "the tenth, otherwise the eleventh, at four", "… but before noon".
    """
    behind = [piece for piece in pieces if piece.start >= at]
    day = behind[1] if len(behind) > 1 else None
    if day is None or day.kind != "day" or day.start - behind[0].end > _OTHERWISE:
        return False  # "Si no os pilla de vacaciones, me da igual el día": a condition.
    time = next((piece for piece in behind[2:] if piece.kind != "mark"), None)
    if time is None or time.kind != "time":
        return True
    return time.start not in tokens.commas and not any(word in language.doubt.contrast for word in tokens.words[day.end : time.start])


def shared(parser: Parser, language: Language) -> bool:
    """Whether words say that the time is that of each day: "the tenth, failing that the eleventh, *both* after two"."""
    return "sharing" in language.rules and any(parser.read("sharing", at)[0] for at in range(parser.count))
