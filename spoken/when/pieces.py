"""Find the pieces of an expression in an utterance: days, times, and the words that connect, correct or negate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from spoken.when.feasts import ALIKE
from spoken.when.grammar import Parser
from spoken.when.language import Language
from spoken.when.number_ends import counts_something, ends_in_article, ends_in_date, ends_in_hour, month_of_the_next
from spoken.when.telephones import telephone_number
from spoken.when.tokens import DIGITS, Tokens

__all__ = ["Piece", "Scan", "scan"]

_MAX_PIECES: Final = 24
_OPENERS: Final = frozenset({"old", "past", "reason", "why", "busy", "does"})
"""Marks after which a day is expected."""
_HANGING: Final = frozenset({"after_it", "before_it"})
_SAYING: Final = frozenset({"does", "it_is"})
"""Marks that may say which day a feast is."""
_WISHING: Final = ("wish", "so")
"""Marks after which a number is the hour that is wished: "could you do three on Tuesday", "so it'll have to be ten, because …"."""
_JUDGING: Final = frozenset({"suits", "wish", "so", "cannot", "too_late", "too_early"})
_REPLACING: Final = frozenset({"fix", "except"})
_DENYING: Final = frozenset({"no", "not", "not_either"})
_CALLED_OFF: Final = "called_off"
"""The mark of what will not be: "fällt aus", "is cancelled"."""
_HOURS: Final = frozenset({"clock", "range"})


@dataclass(slots=True)
class Piece:
    """Something understood, by token: `kind` is day, time or mark."""

    kind: str
    value: Any
    start: int
    end: int


@dataclass(slots=True)
class Scan:
    """The pieces in order, and where one begins (or `None`) that the end of the text cuts off or that was not understood."""

    pieces: list[Piece]
    unfinished: int | None
    parser: Parser
    skipped: list[tuple[int, int]]
    """Ranges of tokens that are known to say nothing about when."""
    apart: frozenset[int] = frozenset()
    """Where words for "or" stand whose two sides share no time: "Sunday, otherwise Saturday morning"."""


def _inside_number(parser: Parser, language: Language, at: int, pieces: list[Piece]) -> bool:
    """Whether a word is the rest of a number that was no time: "septante-| deux heures", "fifty-| two Main Street"."""
    if not at or parser.words[at] not in language.numbers or (pieces and pieces[-1].end == at):
        return False
    return any(end > at for end, _ in parser.read("word_number", at - 1)[0])


def _follows_time(pieces: list[Piece], at: int) -> bool:
    """Whether an hour may stand here: right after a day, or after a time and words that take it back or join another."""
    last = pieces[-1] if pieces else None
    replacing = last is not None and last.kind == "mark" and last.end == at and last.value in _REPLACING
    if replacing and (pieces[-1].value == "except" or any(piece.kind == "time" for piece in pieces)):
        return True  # "Friday at two, but could that be three", "all day bar twelve to two"
    for marks, piece in enumerate(reversed(pieces)):
        if piece.end != at:
            return False
        if piece.kind != "mark":
            # No hour is said right after a month: "October 2014" is no quarter past eight.
            return (piece.kind == "time" and marks > 0) or (piece.kind == "day" and not marks and piece.value.get("k") != "month")
        at = piece.start
    return False


def _hangs_on_nothing(parser: Parser, value: Any, at: int, end: int, pieces: list[Piece], turns: list[int], weak: frozenset[str]) -> bool:
    """Whether words that refer back are none: "the Friday before | ten", "half past" without an hour, "am Donnerstag, also | danach"."""
    kind = value.get("k") if isinstance(value, dict) else value
    kind = value["a"].get("k") if kind == "two" else kind
    if kind == "length":
        return not (pieces and pieces[-1].end == at and pieces[-1].value in ("fix", "no"))  # "Three weeks" on their own are no day.
    if kind in ("from", "until") and value["a"].get("k") == "carry":
        kind = "carry"
    if kind == "carry":
        return not any(piece.kind == "time" for piece in pieces)
    if kind == "hung" and any(at < turn < end for turn in turns):
        return True
    if kind == "why":
        # "Que antes no llego" gives a reason only right after a day or time.
        return not (pieces and pieces[-1].end == at and pieces[-1].kind != "mark")
    if kind != "hung" and kind not in _HANGING:
        return False
    if kind == "hung" and value.get("sure"):
        return False  # "Ese mismo jueves", "le mardi d'avant | à dix heures"
    if end < parser.count and parser.words[end] in weak and parser.read("time", end)[0]:
        return False  # "The Tuesday after | at half ten"
    return bool(parser.read("day", end - 1)[0] or parser.read("time", end - 1)[0])


def _parted(parser: Parser, language: Language, at: int, tokens: Tokens) -> bool:
    """Whether a comma parts a preposition from what follows it, which is then none of it: "ich habe vor, Dienstag zu kommen"."""
    return at + 1 in tokens.commas and parser.words[at] in language.doubt.prepositions


def _set_apart(parser: Parser, kind: str, value: Any, span: tuple[int, int], commas: list[int]) -> bool:
    """Whether a comma parts what would be one piece: "el viernes, | mañana no puedo", "sí, | no puedo", which is no "si no"."""
    inside = [comma for comma in commas if span[0] < comma < span[1]]
    if kind == "mark":
        return bool(inside) and value == "or"
    return kind == "day" and any(end == span[1] and day.get("k") == "rel" for at in inside for end, day in parser.read("day", at)[0])


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
            if content and ends_in_hour(parser, language, value, end):
                continue
            if kind == "time" and ends_in_article(parser, language, at, end):
                continue
            if kind == "day" and month_of_the_next(parser, value, end):
                continue
            if content and (any(at < turn < end for turn in tokens.turns) or _parted(parser, language, at, tokens)):
                continue  # "Es sábado, pues | el dieciocho …": the decision begins within. "Ich habe vor, | Dienstag …"
            if kind == "time" and ends_in_date(parser, language, end):
                continue
            if tokens.commas and kind != "ignore" and _set_apart(parser, kind, value, (at, end), tokens.commas):
                continue
            if _hangs_on_nothing(parser, value, at, end, pieces, tokens.turns, language.weak):
                continue
            best = Piece(kind, value, at, end)
            break
    return best, unfinished


def _rather(further: Piece, best: Piece) -> bool:
    """Whether a longer piece behind a preposition counts more than the one with it: "in | April 3-4", "about | 3 Fridays from now"."""
    if further.value.get("k") == "around":
        return False  # "In three days | before noon"
    return further.kind == best.kind or (further.kind == "day" and best.kind == "time" and best.value.get("k") in _HOURS)


def _answered(parser: Parser, language: Language, at: int, end: int, commas: Collection[int]) -> bool:
    """Whether a number that opens a text is all the answer: what follows only says that it suits, or is polite ("twelve | is grand")."""
    if end >= parser.count or parser.words[at] in language.pronouns:
        return False
    word, lists = parser.words[end], language.doubt
    polite = word in lists.harmless and word not in lists.little and word not in lists.matters and parser.firsts[end] != DIGITS
    judged = any(value in _JUDGING for _, value in parser.read("mark", end)[0] if isinstance(value, str))
    last = end == parser.count - 1 and word in language.turning_last
    return end in commas or polite or judged or last or bool(parser.read("harmless", end)[0])


def _lone_hour(
    parser: Parser, language: Language, at: int, masked: set[int], follows: bool, wished: bool, commas: Collection[int]
) -> Piece | None:
    """A number that is an hour because of where it stands: after a day, before one, or as the whole answer."""
    found, _ = parser.read("bare", at)
    for end, value in found:
        if end == at + 1 and parser.words[at] in language.articles:
            continue  # "El miércoles, un corte"
        closed = wished and (end in commas or any(parser.read(kind, end)[0] for kind in ("mark", "harmless")))  # "… to four if you can"
        closed = closed or (at <= 1 and bool(language.announcing) and _answered(parser, language, at, end, commas))
        placed = follows or closed or end == parser.count or bool(parser.read("day", end)[0])
        if placed and end - 1 not in masked and not counts_something(parser, language, value, end):
            return Piece("time", value, at, end)
    return None


def _numbered(spec: Any) -> bool:
    """Whether a day is a plain day of the month."""
    return bool(spec["k"] == "date" and "wd" not in spec)


def _named_twice(pieces: list[Piece]) -> list[Piece]:
    """With a feast and the weekday that it falls on as one day: "Halloween's a Saturday", "dimanche c'est la Saint-Nicolas"."""
    kept: list[Piece] = []
    for piece in pieces:
        if len(kept) > 1 and piece.kind == "day" and kept[-2].kind == "day":
            first, mark = kept[-2], kept[-1]
            joined = mark.kind == "mark" and mark.value in _SAYING and first.end == mark.start and mark.end == piece.start
            feast = next((one for one in (first, piece) if one.value["k"] == "holiday" or _numbered(one.value)), None)
            plain = next((one for one in (first, piece) if one.value.keys() == {"k", "wd"} or one.value["k"] == "rel"), None)
            if joined and plain is not None and feast is not None and feast.value["k"] == "date":
                if "wd" in plain.value:  # "Le 25 c'est un lundi"
                    kept[-2:] = [Piece("day", {**feast.value, "wd": plain.value["wd"]}, first.start, piece.end)]
                    continue
            elif joined and plain is not None and feast is not None:
                named = plain if feast.value["holiday"] in ALIKE or plain.value["k"] == "rel" else feast
                kept[-2:] = [Piece("day", named.value, first.start, piece.end)]
                continue
        kept.append(piece)
    return kept


def _leaving_out(pieces: list[Piece], index: int, parser: Parser, language: Language) -> Piece:
    """A piece, or an exception in its place when it is a "but" right after any of several: "any morning but Thursday"."""
    piece = pieces[index]
    before = pieces[index - 1] if index else None
    if piece.kind != "mark" or parser.words[piece.start] not in language.doubt.contrast or before is None or before.end != piece.start:
        return piece
    opened = parser.words[max(0, before.start - 1) : before.start + 1]
    universal = before.kind != "mark" and any(word in language.universal for word in opened)
    return Piece("mark", "except", piece.start, piece.end) if universal and piece.end == piece.start + 1 else piece


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


def _refusing_no(pieces: list[Piece], index: int, tokens: Tokens, language: Language) -> Piece:
    """A "no", or an exception in its place when a comma parts it from what it follows and none from what it precedes.

    "El jueves, no el viernes" is about the Thursday; "el jueves no, el viernes", and without commas, about the Friday.
    """
    piece = pieces[index]
    if _rather_not(pieces, index, tokens, language):
        return Piece("mark", "except", piece.start, piece.end)
    decides = piece.value == "not_either" or (piece.value == "no" and "comma_no" in language.conventions)
    if piece.kind != "mark" or not decides or not 0 < index < len(pieces) - 1:
        return piece
    before, after = pieces[index - 1], pieces[index + 1]
    alike = before.kind == after.kind != "mark" and before.end == piece.start and after.start == piece.end
    parted = piece.start in tokens.commas and piece.end not in tokens.commas
    return Piece("mark", "except", piece.start, piece.end) if alike and parted else piece


def _called_off(pieces: list[Piece], parser: Parser, language: Language) -> list[Piece]:
    """With what is called off as a refusal of the day before it, but not with the day of an event: "the class on Thursday is off"."""
    found = list(pieces)
    for index, piece in enumerate(pieces):
        if piece.kind != "mark" or piece.value != _CALLED_OFF:
            continue
        day = next((at for at in range(index - 1, -1, -1) if pieces[at].kind == "day"), None)
        event = pieces[day].start - 1 if day is not None else -1
        lists = language.doubt
        named = event > 0 and parser.words[event] not in lists.little
        if day is not None and named and (parser.words[event] in lists.hindrance or parser.words[event - 1] in lists.subjects):
            found[day] = Piece("day", {"k": "past"}, pieces[day].start, pieces[day].end)
            found[index] = Piece("mark", "nothing", piece.start, piece.end)
        else:
            found[index] = Piece("mark", "cannot", piece.start, piece.end)
    return found


def _rather_not(pieces: list[Piece], index: int, tokens: Tokens, language: Language) -> bool:
    """Whether a correction of nothing and a "no" refuse what follows: "mejor no el lunes", but not "mejor no, el lunes"."""
    if "comma_no" not in language.conventions or not 0 < index < len(pieces) - 1 or any(piece.kind != "mark" for piece in pieces[:index]):
        return False
    before, no, after = pieces[index - 1 : index + 2]
    joined = (before.value, no.value) == ("fix", "no") and no.kind == "mark" and before.end == no.start and no.end == after.start
    return joined and after.kind != "mark" and no.end not in tokens.commas


def _taken_back(pieces: list[Piece], parser: Parser) -> list[Piece]:
    """The pieces, with a correction that ends in a mere "no" at the end, as that: "el viernes, mejor no", "Friday, sorry, no"."""
    if not pieces or pieces[-1].kind != "mark" or pieces[-1].end != parser.count:
        return pieces
    last = pieces[-1]
    if last.value == "fix" and len(pieces) > 1 and last.end - last.start > 1:
        denied = any(name == "no" and end == last.end for end, name in parser.read("mark", last.end - 1)[0])
        return [*pieces[:-1], Piece("mark", "no", last.start, last.end)] if denied and pieces[-2].kind != "mark" else pieces
    if len(pieces) > 2 and last.value in _DENYING and pieces[-2].kind == "mark" and pieces[-2].value == "fix" and pieces[-3].kind != "mark":
        return [*pieces[:-2], Piece("mark", "no", pieces[-2].start, last.end)] if pieces[-2].end == last.start else pieces
    return pieces


def _settled_marks(pieces: list[Piece], tokens: Tokens, parser: Parser, language: Language) -> list[Piece]:
    """The pieces, with each mark as what it is between its neighbours."""
    pieces = _taken_back(pieces, parser)
    pieces = [_leaving_out(pieces, index, parser, language) for index in range(len(pieces))]
    pieces = [_refusing_no(pieces, index, tokens, language) for index in range(len(pieces))]
    pieces = _called_off(pieces, parser, language)
    return [piece for piece in _named_twice(pieces) if piece.kind != "mark" or piece.value != "nothing"]


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
        if _inside_number(parser, language, at, pieces):
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
            follows = _follows_time(pieces, at)
            wished = bool(pieces) and pieces[-1].value in _WISHING and pieces[-1].end == at and parser.words[at] not in language.pronouns
            announced = bool(at) and parser.words[at - 1] in language.announcing and parser.words[at] not in language.pronouns
            if follows or wished or announced or at == 0:
                hour = _lone_hour(parser, language, at, masked, follows, wished, tokens.commas)
                # "Anything | ten | on Friday", but not a number that ends the sentence.
                best = hour if hour is not None and (follows or wished or at <= 1 or hour.end < count) else best
        if best is None:
            at += 1
            continue
        if best.kind == "mark" and best.value in _OPENERS and best.end - best.start > 1 and parser.read("day", best.end - 1)[0]:
            best.end -= 1  # "Mein Termin am | fünfzehnten": its last word begins a day.
        if best.kind != "ignore":
            pieces.append(best)
        else:
            skipped.append((best.start, best.end))
        if _settled(best, unfinished, count):
            unfinished = None
        at = best.end
    proven = _proven(unfinished, pieces, parser, language)
    elses = frozenset(piece.start for piece in pieces if piece.kind == "mark" and piece.value == "else")
    pieces = [Piece("mark", "or", piece.start, piece.end) if piece.start in elses else piece for piece in pieces]
    apart = frozenset() if elses and _shared(parser, language) else elses
    pieces = _settled_marks(pieces, tokens, parser, language)
    if proven is None and "opener" in language.rules:
        proven = _unheard(pieces, parser, language)
    return Scan(pieces, proven, parser, skipped, apart)


def _shared(parser: Parser, language: Language) -> bool:
    """Whether words say that the time is that of each day: "the tenth, failing that the eleventh, *both* after two"."""
    return "sharing" in language.rules and any(parser.read("sharing", at)[0] for at in range(parser.count))


def _unheard(pieces: list[Piece], parser: Parser, language: Language) -> int | None:
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


def _settled(piece: Piece, unfinished: int | None, count: int) -> bool:
    """Whether what looked cut off turns out to be something else, or to be complete."""
    if unfinished is None or piece.kind == "mark":
        return False
    if piece.kind == "ignore":
        return unfinished >= piece.start
    return piece.end == count or unfinished < piece.start


def _proven(unfinished: int | None, pieces: list[Piece], parser: Parser, language: Language) -> int | None:
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
