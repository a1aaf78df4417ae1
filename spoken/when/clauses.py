"""Cut a sentence into clauses: what is wished, and what the decision replaces.

What is only told is left out before (`asides`), and what is liked less (`comparisons`).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any, Final

from spoken.when.asides import refers_back, says_when, told_ranges, without_asides, without_told_side
from spoken.when.comparisons import ranges_left_out, without_compared, without_less_liked
from spoken.when.deciding import mark_of
from spoken.when.hindrances import REFUSALS, settled
from spoken.when.joined_days import SPANS
from spoken.when.language import Language
from spoken.when.pieces import Piece
from spoken.when.tokens import Tokens
from spoken.when.told_days import told_before

__all__ = ["Clauses", "split_clauses"]

_NEAR: Final = 3
"""No more words than these stand between a joining word and the day or time that it joins."""
_DENYING: Final = REFUSALS | {"except", "not", "busy"}


def _wishes_apart(pieces: list[Piece], tokens: Tokens, language: Language) -> list[Piece]:
    """What is told and what is wished after it as two things: "he starts school on the second and I want it done the day before".

    The day that the wish hangs on is then no wish. Nor does "now I can't, but" rule out what is wished behind it.
    """
    found = list(pieces)
    for index, piece in enumerate(pieces):
        behind = pieces[index + 1] if index + 1 < len(pieces) else None
        if mark_of(piece) == "or" and behind is not None and refers_back(behind) and told_before(pieces, index, tokens.words, language):
            found[index] = Piece("mark", "fix", piece.start, piece.end)
        if piece.kind != "mark" or piece.value != "wish" or not index:
            continue
        before = pieces[index - 1]
        if before.kind == "mark" and before.value == "cannot" and index == 1 and tokens.words[piece.start] in language.doubt.contrast:
            found[0] = piece
        after = next((one for one in pieces[index + 1 :] if one.value != "wish"), None)
        if after is None or not refers_back(after):
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
        listed = listed and one.start not in tokens.turns  # "… lundi et mercredi, donc | soit mardi soit jeudi"
        # "Entweder … oder", "soit … soit"
        if not listed and (further is not None or (after.value.get("k") == "two" if after.kind != "mark" else False)):
            return [piece for piece in pieces if piece is not one]
    return pieces


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
    if _is_plain(pieces, tokens, language):
        return Clauses([list(pieces)], [0], [])
    pieces = _wishes_apart(_either_or(without_told_side(pieces), tokens, language), tokens, language)
    told = pieces
    pieces = without_compared(pieces, tokens, language)
    kept, turns = without_asides(pieces, tokens, language, past)
    asides = told_ranges(pieces, kept, tokens.turns, len(tokens))
    preferred = without_less_liked(kept, tokens, language, turns)
    asides += [*ranges_left_out(told, pieces), *ranges_left_out(kept, preferred)]
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
        if not before or not says_when(after) or before[-1].end > place or _bound(before[-1], after[0], tokens, language):
            continue
        if after[0].kind == "mark" and after[0].value == "or" and after[0].start > place:
            continue  # "Tomorrow, I'll take it, otherwise Saturday"
        if not says_when(before):
            clauses[-1] = after  # "I'm on nights so afternoons": what cannot be was not said as a time.
            begins[-1] = place
            continue
        clauses[-1:] = [before, after]
        begins.append(place)
    return Clauses(clauses, begins, asides)


def _is_plain(pieces: list[Piece], tokens: Tokens, language: Language) -> bool:
    """Whether nothing connects, corrects, tells, decides or prefers, so that there is nothing to cut: "Tuesday at ten"."""
    return (
        not tokens.turns
        and all(piece.kind != "mark" for piece in pieces)
        and tokens.words[-1] not in language.turning_last
        and language.prefer.isdisjoint(tokens.words)
    )


def _bound(last: Piece, first: Piece, tokens: Tokens, language: Language) -> bool:
    """Whether two pieces belong together although a word of decision stands between them."""
    marks: list[Any] = [piece.value for piece in (last, first) if piece.kind == "mark"]
    between = tokens.words[
        last.end : first.start
    ]  # But "Wednesday the car's in and I need the bus, so Thursday", "… and you close, so Thursday"
    joined = (
        ("or" in marks or "but_no" in marks) and len(between) <= _NEAR and not any(word in language.doubt.hindrance for word in between)
    )
    negating = last.kind == "mark" and first.start - last.end <= {"not": 0, "not_either": 0, "except": 2}.get(str(last.value), -1)
    return joined or (first.kind == "mark" and first.value in REFUSALS) or negating
