"""What a caller tells of days gone by: "am Samstag war das Fest", "ich habe am Montag angerufen".

A day in a clause about the past is no wish, whether or not a day of its name is still to come. The clause is told by its
verb: one of the past, or a helping verb with a participle of what has been done. Words of asking in the same clause
("hatten Sie am Dienstag noch was frei", as transcripts write "hätten") speak against it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from typing import Final

from spoken.when.language import Language
from spoken.when.pieces import Piece, Scan
from spoken.when.tokens import Tokens
from spoken.when.window import Window
from spoken.when.wish import Wish
from spoken.when.wording import fold

__all__ = ["long_ago", "without_days_gone_by"]

_NEXT_YEAR: Final = dt.timedelta(days=240)
"""A date further ahead than this was this year's, when nothing says that it is to come."""
_FEW: Final = 3
"""A phrase of wishing that is longer than so many words holds no verb of the past."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_STOP: Final = re.compile(r"[.?!;]")
_OPENING: Final = frozenset({"wish", "so", "fix", "reason", "why", "old"})
"""Marks that begin a clause of their own."""
_OTHERWISE: Final = frozenset({"wish", "suits", "old", "cannot", "if"})
"""Marks of a clause that is read by them."""
_REFUSED: Final = frozenset({"cannot"})
"""Those that are told of too, behind "I was"."""
_TOLD: Final = frozenset({"old", "past"})
"""Marks of an appointment that was."""


def without_days_gone_by(scan: Scan, tokens: Tokens, text: str, language: Language) -> list[Piece]:
    """The pieces with the days and times of each clause about the past as days gone by, which no wish can mean."""
    lists = language.doubt
    verbs = [at for at in range(len(tokens)) if _of_the_past(at, tokens, text, language)]
    if not verbs and not any(_participle(at, tokens, text, language) for at in range(len(tokens))):
        return scan.pieces
    pieces = list(scan.pieces)
    resumed = _resumed(scan, language)
    begins = sorted({*_clauses(pieces, tokens, text, language), *(start for start, _ in resumed)})
    wishes = [one for one in pieces if one.kind == "mark" and one.value == "wish" and one.end - one.start > _FEW]
    wishing = {at for start, end in resumed for at in range(start, end)}  # "I was wondering"
    wishing.update(at for one in wishes for at in range(one.start, one.end))  # "Get it moved to", but not "ich hatte"
    for start, end in itertools.pairwise([*begins, len(tokens)]):
        inside = [piece for piece in pieces if start <= piece.start < end]
        # "Hatten Sie …", for "hätten Sie"; but "sonó el …" names nobody.
        asked = end - start > 1 and tokens.words[start + 1] in lists.subjects and tokens.words[start + 1] not in lists.determiners
        told = [at for at in verbs if start + asked <= at < end and at not in wishing]
        marks = {piece.value for piece in inside if piece.kind == "mark" and not any(piece.start <= at < piece.end for at in told)}
        if told[:1] == [start + 1] and tokens.words[start] in lists.subjects:
            marks -= _REFUSED  # "Ich war diesen Sommer nicht im Urlaub"
        if (
            all(piece.kind == "mark" for piece in inside)
            or marks & _OTHERWISE
            or not _past(range(start, end), inside, told, tokens, text, language)
        ):
            continue
        scan.skipped.append((start, end))
        pieces = [
            Piece("day", {"k": "past"}, piece.start, piece.end)
            if piece.kind != "mark"
            and start <= piece.start < end
            and piece.value.get("k") != "other"  # "Next week's out, as we're doing up the bathroom, the one after": that is to come.
            and tokens.words[piece.start] not in lists.topics
            else piece
            for piece in pieces
        ]
    return pieces


def long_ago(wish: Wish, ways: Sequence[Sequence[Window]], now: dt.datetime, said: Sequence[Piece]) -> bool:
    """Whether all that was said is a day of something there is, of this year and gone by: "die Rechnung vom dritten Juni".

    `said` are all pieces: "der Termin war | am dritten Juni".
    """
    named = [piece for piece in wish.used if piece.kind == "day"]
    told = {piece.end for piece in said if piece.kind == "mark" and piece.value in _TOLD}
    old = bool(named) and all((piece.value.get("old") or piece.start in told) and "y" not in piece.value for piece in named)
    return old and all(window.start > now + _NEXT_YEAR for way in ways for window in way)


def _resumed(scan: Scan, language: Language) -> list[tuple[int, int]]:
    """The ranges of tokens that ask for something behind a day that was told: "… on Saturday, no one answered, | I was wondering | …"."""
    first = next((piece.end for piece in scan.pieces if piece.kind == "day"), None)
    if first is None or "resuming" not in language.rules:
        return []
    asking = [(at, scan.parser.read("resuming", at)[0]) for at in range(first + 1, scan.parser.count)]
    return [(at, found[0][0]) for at, found in asking if found]


def _clauses(pieces: Sequence[Piece], tokens: Tokens, text: str, language: Language) -> list[int]:
    """Where clauses begin: at a comma or full stop, at "and" and "but", at words of wishing."""
    begins = {0, *tokens.commas, *tokens.turns}
    begins.update(
        piece.start
        for piece in pieces
        if piece.kind == "mark" and piece.value in _OPENING and (piece.value != "wish" or piece.end - piece.start > 1)
    )
    for at in range(1, len(tokens)):
        word = tokens.words[at]
        if word in language.doubt.joining or word in language.doubt.contrast or _STOP.search(text, tokens.ends[at - 1], tokens.starts[at]):
            begins.add(at)
    return sorted(at for at in begins if at < len(tokens))


def _of_the_past(at: int, tokens: Tokens, text: str, language: Language) -> bool:
    """Whether a word is a verb of the past as it is written: "hatte" is one, "hätte" a wish; "sonó" is one, "sono" none."""
    written = text[tokens.starts[at] : tokens.ends[at]].lower()
    if tokens.words[at] in language.doubt.past and written == tokens.words[at]:
        return True
    return bool(language.doubt.past_shape.fullmatch(written)) and _nowhere(tokens.words[at], language)


def _participle(at: int, tokens: Tokens, text: str, language: Language) -> bool:
    """Whether a word tells what has been done, beside a helping verb."""
    if tokens.words[at] in language.doubt.participles:
        return True
    written = text[tokens.starts[at] : tokens.ends[at]].lower()
    return bool(language.doubt.participle_shape.fullmatch(written)) and _nowhere(tokens.words[at], language)


def _nowhere(word: str, language: Language) -> bool:
    """Whether a word is on no list and in no rule, so that only its shape tells what it is."""
    lists = language.doubt
    known = (lists.harmless, lists.hindrance, lists.relation, lists.time)
    return word not in language.grammar.words and not any(word in words for words in known)


def _past(clause: range, inside: Sequence[Piece], told: Sequence[int], tokens: Tokens, text: str, language: Language) -> bool:
    """Whether the verb of a clause is one of the past: one of those `told`, or a helping verb with a participle."""
    lists = language.doubt
    written = _WORD.findall(text, tokens.starts[clause[0]], tokens.ends[clause[-1]])  # In the text itself: "gern" is a filler elsewhere.
    if any(fold(word) in lists.inviting and word.lower() not in lists.past for word in written):
        return False  # But "wurde" is none of "würde".
    read = {at for piece in inside if piece.kind != "mark" for at in range(piece.start, piece.end)}
    unread = [at for at in clause if at not in read]
    if any(at not in read for at in told):
        return True
    helped = any(tokens.words[at] in lists.auxiliaries and _as_written(at, tokens, text) for at in unread)
    return helped and any(_participle(at, tokens, text, language) for at in unread)


def _as_written(at: int, tokens: Tokens, text: str) -> bool:
    """Whether a word is more than a letter that an accent makes another word: "une coupe *à* trente euros", not "il *a* coupé"."""
    return tokens.ends[at] - tokens.starts[at] > 1 or text[tokens.starts[at]].lower() == tokens.words[at]
