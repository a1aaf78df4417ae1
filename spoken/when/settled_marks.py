"""What a word that connects, corrects or negates is, between the pieces beside it."""

from __future__ import annotations

from typing import Any, Final

from spoken.when.deciding import mark_of
from spoken.when.feasts import ALIKE
from spoken.when.grammar import Parser
from spoken.when.hindrances import FILLING
from spoken.when.language import Language
from spoken.when.pieces import Piece
from spoken.when.tokens import Tokens

__all__ = ["DENYING", "at_end", "settled_marks"]

_SAYING: Final = frozenset({"does", "it_is"})
"""Marks that may say which day a feast is."""
DENYING: Final = frozenset({"no", "not", "not_either"})
"""Marks that deny."""
_WISHED: Final = frozenset({"wish", "suits", "fix", "so"})
"""Marks with which what stands before them is wished for."""
_CALLED_OFF: Final = "called_off"
"""The mark of what will not be: "fällt aus", "is cancelled"."""


def _numbered(spec: Any) -> bool:
    """Whether a day is a plain day of the month."""
    return bool(spec["k"] == "date" and "wd" not in spec)


def _named_twice(pieces: list[Piece], parser: Parser, language: Language) -> list[Piece]:
    """With a feast and the weekday that it falls on as one day: "Halloween's a Saturday", "dimanche c'est la Saint-Nicolas"."""
    kept: list[Piece] = []
    dated: set[tuple[int, int]] = set()
    for piece in pieces:
        tagged = bool(kept) and kept[-1].kind == "day" and (kept[-1].start, kept[-1].end) in dated and piece is pieces[-1]
        if tagged and mark_of(piece) in DENYING and piece.start - kept[-1].end <= 1 and piece.end == parser.count:
            continue  # "Le quinze juin c'est un lundi, non": it asks
        if len(kept) > 1 and piece.kind == "day" and kept[-2].kind == "day":
            first, mark = kept[-2], kept[-1]
            joined = mark.kind == "mark" and mark.value in _SAYING and first.end == mark.start and _beside(mark, piece, parser, language)
            feast = next((one for one in (first, piece) if one.value["k"] == "holiday" or _numbered(one.value)), None)
            plain = next((one for one in (first, piece) if one.value.keys() == {"k", "wd"} or one.value["k"] == "rel"), None)
            if joined and plain is not None and feast is not None and feast.value["k"] == "date":
                if "wd" in plain.value:  # "Le 25 c'est un lundi"
                    kept[-2:] = [Piece("day", {**feast.value, "wd": plain.value["wd"]}, first.start, piece.end)]
                    dated.add((first.start, piece.end))
                    continue
            elif joined and plain is not None and feast is not None:
                named = plain if feast.value["holiday"] in ALIKE or plain.value["k"] == "rel" else feast
                kept[-2:] = [Piece("day", named.value, first.start, piece.end)]
                continue
        kept.append(piece)
    return kept


def _beside(mark: Piece, day: Piece, parser: Parser, language: Language) -> bool:
    """Whether no more than an article stands between a mark and a day: "Thursday's | a | bank holiday"."""
    between = parser.words[mark.end : day.start]
    return not between or (len(between) == 1 and between[0] in language.doubt.determiners)


def _leaving_out(pieces: list[Piece], index: int, parser: Parser, language: Language) -> Piece:
    """A piece, or an exception in its place when it is a "but" right after any of several: "any morning but Thursday"."""
    piece = pieces[index]
    before = pieces[index - 1] if index else None
    if piece.kind != "mark" or parser.words[piece.start] not in language.doubt.contrast or before is None or before.end != piece.start:
        return piece
    opened = parser.words[max(0, before.start - 1) : before.start + 1]
    universal = before.kind != "mark" and any(word in language.universal for word in opened)
    return Piece("mark", "except", piece.start, piece.end) if universal and piece.end == piece.start + 1 else piece


def _refusing_no(pieces: list[Piece], index: int, tokens: Tokens, language: Language) -> Piece:
    """A "no", or an exception in its place when a comma parts it from what it follows and none from what it precedes.

    "El jueves, no el viernes" is about the Thursday; "el jueves no, el viernes", and without commas, about the Friday.
    """
    piece = pieces[index]
    if _rather_not(pieces, index, tokens, language):
        return Piece("mark", "except", piece.start, piece.end)
    if _closed_by_comma(pieces, index, tokens) or _put_behind(pieces, index, tokens):
        return Piece("mark", "cannot_that", piece.start, piece.end)
    decides = piece.value == "not_either" or (piece.value == "no" and "comma_no" in language.conventions)
    if piece.kind != "mark" or not decides or not 0 < index < len(pieces) - 1:
        return piece
    before, after = pieces[index - 1], pieces[index + 1]
    beside = before.end == piece.start and after.start == piece.end
    if beside and _part_of(before, after, pieces[index + 2 : index + 3]) and piece.end not in tokens.commas:
        return Piece("mark", "except", piece.start, piece.end)  # "El viernes no por la mañana": a "no" corrects no day by a part of it.
    alike = before.kind == after.kind != "mark" and beside
    parted = piece.start in tokens.commas and piece.end not in tokens.commas
    return Piece("mark", "except", piece.start, piece.end) if alike and parted else piece


def _part_of(before: Piece, after: Piece, further: list[Piece]) -> bool:
    """Whether a part of the day stands behind a single day, and no wish right behind it: but "el viernes no, por la tarde | mejor"."""
    named = before.kind == "day" and after.kind == "time" and after.value["k"] == "part"
    return named and not any(one.kind == "mark" and one.value in _WISHED and one.start == after.end for one in further)


def _closed_by_comma(pieces: list[Piece], index: int, tokens: Tokens) -> bool:
    """Whether a "not" is parted by a comma from the day behind it, and none from the one before: "mardi surtout pas, jeudi"."""
    piece = pieces[index]
    if mark_of(piece) not in ("not", "not_either", "except") or not 0 < index < len(pieces) - 1 or piece.end not in tokens.commas:
        return False
    before, after = pieces[index - 1], pieces[index + 1]
    said = before.kind != "mark" and before.end == piece.start and after.kind == "day" and after.start == piece.end
    return said and piece.start not in tokens.commas


def _put_behind(pieces: list[Piece], index: int, tokens: Tokens) -> bool:
    """Whether a "not" of several words stands right behind what it refuses: "Dienstag lieber nicht, Donnerstag passt"."""
    piece = pieces[index]
    if mark_of(piece) != "not_either" or piece.end - piece.start < 2 or piece.start in tokens.commas:
        return False
    return 0 < index < len(pieces) - 1 and pieces[index - 1].kind != "mark" and pieces[index - 1].end == piece.start


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


def at_end(at: int, parser: Parser, language: Language) -> bool:
    """Whether nothing but politeness stands behind token `at`: "el viernes, mejor no, | muchas gracias"."""
    return at == parser.count or ("polite" in language.rules and any(end == parser.count for end, _ in parser.read("polite", at)[0]))


def _taken_back(pieces: list[Piece], parser: Parser, language: Language) -> list[Piece]:
    """The pieces, with a correction that ends in a mere "no" at the end, as that: "el viernes, mejor no", "Friday, sorry, no"."""
    if not pieces or pieces[-1].kind != "mark" or not at_end(pieces[-1].end, parser, language):
        return pieces
    last = pieces[-1]
    if last.value == "fix" and len(pieces) > 1 and last.end - last.start > 1:
        denied = any(name == "no" and end == last.end for end, name in parser.read("mark", last.end - 1)[0])
        return [*pieces[:-1], Piece("mark", "no", last.start, last.end)] if denied and pieces[-2].kind != "mark" else pieces
    if len(pieces) > 2 and last.value in DENYING and pieces[-2].kind == "mark" and pieces[-2].value == "fix" and pieces[-3].kind != "mark":
        return [*pieces[:-2], Piece("mark", "no", pieces[-2].start, last.end)] if pieces[-2].end == last.start else pieces
    return pieces


def _part_left_out(pieces: list[Piece], tokens: Tokens, parser: Parser, language: Language) -> list[Piece]:
    """The pieces, with an exception for what refuses a part of the day behind another one: "Tuesday morning, *rather not* the afternoon".

    Not where the second one is wished for: "the morning rather not, the afternoon is fine".
    """
    parts = [at for at, piece in enumerate(pieces) if piece.kind == "time" and piece.value["k"] == "part"]
    if len(parts) != 2 or "averse" not in language.rules:
        return pieces
    first, last = parts
    before, after, further = pieces[first], pieces[last], pieces[last + 1 : last + 2]
    refused = any(end == after.start for end, _ in parser.read("averse", before.end)[0]) and after.start not in tokens.commas
    wished = any(mark_of(one) in _WISHED and one.start == after.end for one in further)
    wished = wished or (after.end < parser.count and parser.words[after.end] in language.doubt.inviting)
    if not refused or wished or any(piece.kind != "mark" for piece in pieces[first + 1 : last]):
        return pieces
    return [*pieces[: first + 1], Piece("mark", "except", before.end, after.start), *pieces[last:]]


def _rather_than(pieces: list[Piece], index: int, parser: Parser, language: Language) -> Piece:
    """A piece, or a correction in its place when it is a word of contrast behind a "no": "no el martes, *sino* el otro"."""
    piece = pieces[index]
    if mark_of(piece) != "or" or not any(word in language.instead for word in parser.words[piece.start : piece.end]):
        return piece
    marks = [mark_of(one) for one in pieces[:index] if one.kind == "mark"]
    return Piece("mark", "fix", piece.start, piece.end) if marks and marks[-1] in DENYING else piece


def _there_is(pieces: list[Piece]) -> list[Piece]:
    """ "Gibt es am Dienstag etwas" asks, and tells nothing; after a day, "am Dienstag gibt es ein Konzert", it tells what fills it."""
    kept: list[Piece] = []
    for piece in pieces:
        mark = mark_of(piece)
        if mark == "is_there" and kept and kept[-1].kind != "mark" and kept[-1].end == piece.start:
            kept.append(Piece("mark", "filled", piece.start, piece.end))
        elif mark != "is_there":
            kept.append(piece)
    return kept


def _infinitive(pieces: list[Piece], index: int, parser: Parser, language: Language) -> bool:
    """Whether a verb that may tell what fills a day only ends a wish: "ich würd gern am Freitag | kommen"."""
    piece = pieces[index]
    if "verb_final" not in language.conventions or mark_of(piece) not in FILLING or piece.end != piece.start + 1:
        return False
    day = pieces[index - 1] if index else None
    if day is None or day.kind == "mark" or day.end != piece.start or parser.words[piece.start] not in language.doubt.asking:
        return False
    marks = [one for one in pieces[:index] if one.kind == "mark"]
    return mark_of(marks[-1]) == "wish" if marks else language.doubt.asks(parser.words[: day.start])


def settled_marks(pieces: list[Piece], tokens: Tokens, parser: Parser, language: Language) -> list[Piece]:
    """The pieces, with each mark as what it is between its neighbours."""
    pieces = _part_left_out(_taken_back(pieces, parser, language), tokens, parser, language)
    pieces = [_leaving_out(pieces, index, parser, language) for index in range(len(pieces))]
    pieces = [_refusing_no(pieces, index, tokens, language) for index in range(len(pieces))]
    pieces = _called_off(pieces, parser, language)
    pieces = [piece for index, piece in enumerate(pieces) if not _infinitive(pieces, index, parser, language)]
    pieces = _there_is(pieces)
    pieces = [_rather_than(pieces, index, parser, language) for index in range(len(pieces))]
    return [piece for piece in _named_twice(pieces, parser, language) if piece.kind != "mark" or piece.value != "nothing"]
