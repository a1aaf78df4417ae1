"""Sort the pieces of a sentence by clause: what is only told, what is wished, and what the decision replaces.

Callers explain themselves: a past visit, the appointment being moved, when they finish work, what else falls on a
day. None of it is a wish. The language data name the words that open such an aside and those that end it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any, Final

from spoken.when.hindrances import REFUSALS, settled
from spoken.when.joined_days import SPANS
from spoken.when.language import Language
from spoken.when.pieces import Piece
from spoken.when.tokens import Tokens

__all__ = ["Clauses", "split_clauses"]

_OLD: Final = "old"
"""The appointment there is already: of use only when nothing else is said."""
_ASIDES: Final = frozenset({_OLD, "past", "reason", "why", "if", "it_is", "no_it_is"})
_ONE_DAY: Final = frozenset({"it_is", "no_it_is"})
"""Asides of one day ("que es domingo"), after which the sentence goes on."""
_ENDS: Final = frozenset({"wish", "suits", "so"})
_MOVING: Final = frozenset({"moved", "shift"})
_MAX_GAP: Final = 7
_NEAR: Final = 3
"""No more words than these stand between a joining word and the day or time that it joins."""
_DOING: Final = frozenset({"does", "busy", "cannot"})
_HANGING: Final = frozenset({"after_it", "before_it"})
_DENYING: Final = REFUSALS | {"except", "not", "busy"}


def _content(pieces: list[Piece]) -> bool:
    return any(piece.kind != "mark" for piece in pieces)


def _mark_of(piece: Piece, kept: list[Piece]) -> str | None:
    """The mark that a piece is, given what was kept before it."""
    if piece.kind != "mark":
        return None
    if piece.value == "filled" and not (kept and kept[-1].kind != "mark" and kept[-1].end == piece.start):
        return "reason"  # "Il y a grève mardi", but "mardi il y a grève" is about the Tuesday.
    return str(piece.value)


def _over(aside: str, piece: Piece, mark: str | None, inner: list[Piece]) -> bool:
    """Whether an aside, of which the pieces are `inner`, ends before a piece, which is a `mark`, a day or a time."""
    if aside == "reason" and _refers(piece):
        return any(one.kind == "day" for one in inner)  # "The wedding's on the nineteenth, two weeks before, at nine"
    if aside == _OLD and piece.kind != "mark" and piece.value["k"] in _MOVING:
        return True  # "My appointment on the twelfth, can it go a week back"
    if mark == "or":
        return aside in ("why", "if") and not any(piece.kind == "day" for piece in inner)  # "El martes que salgo pronto, o el jueves"
    return mark == "fix" and aside in (_OLD, "past")


def _hangs(mark: str | None, kept: list[Piece], inner: list[Piece]) -> bool:
    """Whether a decision hangs on what was told last: "I'm leaving on the seventeenth, so before that"."""
    return mark in _HANGING and bool(inner) and not _content([piece for piece in kept if piece.start > inner[-1].start])


def _asks_instead(pieces: list[Piece], at: int, tokens: Tokens, language: Language) -> bool:
    """Whether something else is asked for than what was told: "my voucher runs out today, but could you do Friday"."""
    mark = pieces[at]
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    asking = after is not None and after.value == "wish" and after.start == mark.end and after.end - after.start > 1
    return asking and tokens.words[mark.start] in language.doubt.contrast


def _without_asides(pieces: list[Piece], tokens: Tokens, language: Language, past: bool) -> tuple[list[Piece], list[int]]:
    """The pieces that are no aside, and the places where the decision begins."""
    kept: list[Piece] = []
    with_old: list[Piece] = []
    turns: list[int] = []
    inner: list[Piece] = []
    aside: str | None = None
    begun = 0
    for index, piece in enumerate(pieces):
        mark = _mark_of(piece, kept)
        if aside in _ONE_DAY and piece.start > begun and not (index and _with_its_hour(pieces, index - 1)):
            aside = None  # "Que es fiesta" names no day.
        if aside is not None and (_over(aside, piece, mark, inner) or any(begun <= turn <= piece.start for turn in tokens.turns)):
            aside = None
        if past and mark == "past":
            continue
        if aside in ("reason", "why") and mark is None and begun < piece.start and tokens.words[piece.start - 1] in language.prefer:
            aside = None  # "Monday is no good, because I've the dentist, better the Tuesday"
            turns.append(piece.start)
        if aside in (None, "reason") and _hangs(mark, kept, inner):
            aside = None  # "We're away over Easter, so before then"
            kept += inner
            with_old += inner
        if mark in _ASIDES:
            aside, inner = mark, []
            begun = piece.end
            if mark == "no_it_is":
                kept.append(Piece("mark", "fix", piece.start, piece.end))
        elif mark in _ENDS:
            aside = None
            turns += [piece.start] if mark == "so" or _asks_instead(pieces, index, tokens, language) else []
            kept += [piece] if mark == "suits" else []
        elif aside is None:
            kept.append(piece)
            with_old.append(piece)
        else:
            if aside in (_OLD, "if"):
                with_old.append(piece)
            if mark is None and aside in ("reason", "why", "if"):
                inner.append(piece)
            if aside in _ONE_DAY and mark is None and not _with_its_hour(pieces, index):
                aside = None
    if not _content(kept) and _content(with_old):
        kept, old_alone = with_old, True
    else:
        told = [piece for piece in kept if piece.kind != "mark"]
        old_alone = bool(told) and all(piece.value.get(_OLD) for piece in told)
    if old_alone:
        # "My appointment on Friday I can't make": the refusal is about going there, not about the day.
        kept = [piece for piece in kept if piece.kind != "mark" or piece.value not in REFUSALS]
    return kept, turns


def _refers(piece: Piece) -> bool:
    """Whether a day hangs on one that was said before: "the Saturday before", "la víspera"."""
    if piece.kind != "day":
        return False
    inner = piece.value["a"] if piece.value.get("k") == "two" else piece.value
    return inner.get("k") in ("hung", "around")


def _with_its_hour(pieces: list[Piece], index: int) -> bool:
    """Whether a day and its hour are told in a row: "my flight is on Friday at six", "… is at six on Friday"."""
    pair = pieces[index : index + 2]
    return len(pair) > 1 and pair[0].end == pair[1].start and {piece.kind for piece in pair} == {"day", "time"}


def _wishes_apart(pieces: list[Piece], tokens: Tokens, language: Language) -> list[Piece]:
    """What is told and what is wished after it as two things: "he starts school on the second and I want it done the day before".

    The day that the wish hangs on is then no wish. Nor does "now I can't, but" rule out what is wished behind it.
    """
    found = list(pieces)
    for index, piece in enumerate(pieces):
        if piece.kind != "mark" or piece.value != "wish" or not index:
            continue
        before = pieces[index - 1]
        if before.kind == "mark" and before.value == "cannot" and index == 1 and tokens.words[piece.start] in language.doubt.contrast:
            found[0] = piece
        after = next((one for one in pieces[index + 1 :] if one.value != "wish"), None)
        if after is None or not _refers(after):
            continue
        joined = (
            before.kind == "mark"
            and before.value == "or"
            and index > 1
            and (pieces[index - 2].kind != "mark" or pieces[index - 2].value == "does")
        )
        if joined and tokens.words[before.start] in language.doubt.joining:
            found[index - 1] = Piece("mark", "fix", before.start, before.end)
        elif before.kind != "mark":
            found[index] = Piece("mark", "fix", piece.start, piece.end)
    return found


def _without_told_side(pieces: list[Piece]) -> list[Piece]:
    """Without "before that" and "after that" of what the caller does then: "after Easter, before that I'm away"."""
    told = {
        id(one)
        for one, other in itertools.pairwise(pieces)
        if one.kind == other.kind == "mark" and one.value in _HANGING and other.value in _DOING and one.end == other.start
    }
    return [piece for piece in pieces if id(piece) not in told]


def _either_or(pieces: list[Piece], tokens: Tokens, language: Language) -> list[Piece]:
    """Without the first "or" of two that go together and join nothing to what comes before: "donc soit avant, soit l'après-midi"."""
    ors = [at for at, piece in enumerate(pieces) if piece.kind == "mark" and piece.value == "or"]
    for at, further in itertools.zip_longest(ors, ors[1:]):
        one, after = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
        said = tokens.words[one.start : one.end]
        if after is None or " ".join(said) not in language.correlative:
            continue
        before = pieces[at - 1] if at else None
        listed = before is not None and before.end == one.start and before.kind == after.kind  # "Lunes | o martes o miércoles"
        again = further is not None and said == tokens.words[pieces[further].start : pieces[further].end]
        if not listed and (again or (after.value.get("k") == "two" if after.kind != "mark" else False)):
            return [piece for piece in pieces if piece is not one]
    return pieces


def _told(pieces: list[Piece], kept: list[Piece], turns: list[int], end: int) -> list[tuple[int, int]]:
    """The ranges of tokens of the asides: each up to what counts again, of `pieces` those that were `kept`."""
    counted = {id(piece) for piece in kept}
    ranges: list[tuple[int, int]] = []
    begun: int | None = None
    for piece in [*pieces, Piece("mark", "so", end, end)]:
        counts = id(piece) in counted or (piece.kind == "mark" and piece.value in _ENDS)
        if begun is not None and counts:
            ranges.append((begun, min([piece.start, *(turn for turn in turns if turn >= begun)])))
            begun = None
        if begun is None and piece.kind == "mark" and piece.value in _ASIDES:
            begun = piece.end
    return ranges


def _preferring(tokens: Tokens, language: Language) -> int | None:
    """The first word of preferring."""
    return next((at for at, word in enumerate(tokens.words) if word in language.prefer), None)


def _not_preferred(pieces: list[Piece], tokens: Tokens, language: Language) -> list[Piece]:
    """Without what the caller likes less: "plutôt samedi que vendredi", "I prefer ten to eleven"."""
    first = _preferring(tokens, language)
    if first is None:
        return pieces
    kept: list[Piece] = []
    better: dict[str, Piece] = {}
    last: Piece | None = None
    less: Piece | None = None
    for piece in pieces:
        if piece.kind == "mark":
            kept.append(piece)
            continue
        of_less = (
            less is not None and piece.start == less.end and piece.kind == "time" and "time" in better
        )  # "samedi matin que vendredi | soir"
        same = better.get(piece.kind)
        beside = same is not None and last is not None and (same is last or same.end == last.start)
        instead = bool(kept) and kept[-1].kind == "mark" and kept[-1].value == "perhaps"  # "Je préfère jeudi, à défaut vendredi"
        alike = beside and last is not None and not instead and _less_liked(last, piece, first, tokens, language)
        if of_less or alike:
            while alike and kept and kept[-1].kind == "mark":
                kept.pop()
            less = piece
            continue
        span = piece.value.get("k") == "span" and first < piece.start <= first + 2 and not _of_one_month(piece.value)
        last, less = piece, None
        if (
            span
            and tokens.words[first] in language.prefer_to
            and (piece.value.get("bare") or tokens.words[piece.start + 1] in language.than_to)
        ):
            last = Piece(piece.kind, piece.value["a"], piece.start, piece.end)
        better[piece.kind] = last
        kept.append(last)
    return kept


def _of_one_month(span: dict[str, Any]) -> bool:
    """Whether two days share the month that is said with the second: "I'd prefer 22 to 24 June" compares nothing."""
    first, last = span["a"], span["b"]
    return first["k"] == last["k"] == "date" and "m" in last and "m" not in first


def _compared(pieces: list[Piece], tokens: Tokens, language: Language) -> list[Piece]:
    """Without a day that only says what the wish was compared with: "prefiero el sábado que el viernes", where "que" is no reason."""
    first = _preferring(tokens, language)
    if first is None:
        return pieces
    for index in range(1, len(pieces) - 1):
        before, mark, piece = pieces[index - 1 : index + 2]
        after = pieces[index + 2] if index + 2 < len(pieces) else None
        days = before.kind == piece.kind == "day" and first < before.start
        comparing = mark.kind == "mark" and mark.value == "why" and tokens.words[mark.start] in language.than
        # "… que el viernes trabajo", but not "… que el viernes y a las siete".
        tells = after is not None and after.kind == "mark" and after.value != "or" and after.start - piece.end <= 1
        if days and comparing and not tells and before.end == mark.start and mark.end == piece.start:
            return [*pieces[:index], *pieces[index + 2 :]]
    return pieces


def _less_liked(better: Piece, piece: Piece, first: int, tokens: Tokens, language: Language) -> bool:
    """Whether `piece` is what `better` was compared with; `first` is the first word of preferring."""
    between = tokens.words[better.end : piece.start + 1]
    if len(between) > _MAX_GAP:
        return False
    if first < better.start:
        to = tokens.words[first] in language.prefer_to and (better.value["k"] == "part") == (piece.value["k"] == "part")
        return any(word in language.than or (to and word in language.than_to) for word in between)
    return any(word in language.prefer and after in language.than for word, after in itertools.pairwise(between))


def _gone(pieces: list[Piece], kept: list[Piece]) -> list[tuple[int, int]]:
    """The ranges of tokens of what is liked less, with the word of comparing before it."""
    starts = {piece.start for piece in kept}
    return [(before.end, piece.end) for before, piece in itertools.pairwise(pieces) if piece.start not in starts and piece.kind != "mark"]


def _last_turn(pieces: list[Piece], tokens: Tokens, language: Language) -> int | None:
    """Where the decision begins that a word at the very end confirms: "non, samedi alors"."""
    said_last = bool(tokens.words) and tokens.words[-1] in language.turning_last
    if not said_last and len(tokens) not in tokens.turns:
        return None
    kinds: dict[str, Piece] = {}
    start: int | None = None
    later = ""
    for piece in reversed(pieces):
        if piece.kind == "mark":
            if piece.value == "or":
                kinds.clear()
            elif start is not None:
                return None if piece.value in _DENYING and start - piece.end <= 1 else start  # "No puedo | el martes, entonces"
            continue
        if piece.kind in kinds and not (piece.end == start and (later == piece.kind or _one_wish(piece, kinds[piece.kind]))):
            break  # But "am neunten Februar | nächsten Jahres dann" is one day.
        kinds[piece.kind] = piece
        start, later = piece.start, piece.kind
    return start


def _one_wish(first: Piece, last: Piece) -> bool:
    """Whether two days, or two times, with one of the other kind between them are one: "nine | tomorrow | morning"."""
    if first.kind == "time":
        return bool(last.value["k"] == "part" and first.value["k"] != "part")
    return last.value["k"] in SPANS and first.value["k"] not in SPANS


@dataclass(frozen=True, slots=True)
class Clauses:
    """A sentence cut into the clauses that tell a wish; a later one replaces what it says anew."""

    pieces: list[list[Piece]]
    begins: list[int]
    """At which token each clause begins."""
    asides: list[tuple[int, int]]
    """Ranges of tokens that only tell something."""


def split_clauses(pieces: list[Piece], tokens: Tokens, language: Language, *, past: bool = False) -> Clauses:
    """Cut the pieces of a sentence into clauses, in order.

    `past`: days gone by are wanted too (a date of birth).
    """
    pieces = _wishes_apart(_either_or(_without_told_side(pieces), tokens, language), tokens, language)
    told = pieces
    pieces = _compared(pieces, tokens, language)
    kept, turns = _without_asides(pieces, tokens, language, past)
    asides = _told(pieces, kept, tokens.turns, len(tokens))
    preferred = _not_preferred(kept, tokens, language)
    asides += [*_gone(told, pieces), *_gone(kept, preferred)]
    places = {*turns, *tokens.turns}
    kept = settled(preferred, len(tokens), places)
    confirmed = _last_turn(kept, tokens, language)
    if confirmed is not None:
        places.add(confirmed)
    clauses: list[list[Piece]] = [kept]
    begins = [0]
    for place in sorted(places):
        whole = clauses[-1]
        before = [piece for piece in whole if piece.start < place]
        after = [piece for piece in whole if piece.start >= place]
        if not before or not _content(after) or before[-1].end > place or _bound(before[-1], after[0], tokens, language):
            continue
        if after[0].kind == "mark" and after[0].value == "or" and after[0].start > place:
            continue  # "Tomorrow, I'll take it, otherwise Saturday"
        if not _content(before):
            clauses[-1] = after  # "I'm on nights so afternoons": what cannot be was not said as a time.
            begins[-1] = place
            continue
        clauses[-1:] = [before, after]
        begins.append(place)
    return Clauses(clauses, begins, asides)


def _bound(last: Piece, first: Piece, tokens: Tokens, language: Language) -> bool:
    """Whether two pieces belong together although a word of decision stands between them."""
    marks: list[Any] = [piece.value for piece in (last, first) if piece.kind == "mark"]
    between = tokens.words[
        last.end : first.start
    ]  # But "Wednesday the car's in and I need the bus, so Thursday", "… and you close, so Thursday"
    joined = "or" in marks and len(between) <= _NEAR and not any(word in language.doubt.hindrance for word in between)
    negating = last.kind == "mark" and first.start - last.end <= {"not": 0, "not_either": 0, "except": 2}.get(str(last.value), -1)
    return joined or (first.kind == "mark" and first.value in REFUSALS) or negating
