"""A day counted from an event whose date is told behind it: "two days before the wedding, which is on the tenth of July".

The name of the event and the words that tell its date stand between the counting words and the date. Without them the two are one
day ("two days before | the tenth of July"), which the rules of the language read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from spoken.when.deciding import mark_of
from spoken.when.grammar import Parser
from spoken.when.language import Language
from spoken.when.pieces import Piece, Scan
from spoken.when.tokens import Tokens

__all__ = ["counted_from_events"]

_DATED: Final = frozenset({"date", "wd", "holiday", "rel"})
_EVENT: Final = 9
"""So many words at most name an event and tell when it is: "the | wedding of my sister which is on"."""
_SHORTEST: Final = 3
"""So many words at least count from an event and name it."""
_COUNTING: Final = 5
"""So many words at most count from it: "le jour d'après"."""
_TELLING: Final = frozenset({"does", "it_is", "reason", "why", "busy", "before_it", "after_it"})
"""Marks that may stand among them: "*that's* on the tenth"."""


def counted_from_events(scan: Scan, tokens: Tokens, language: Language) -> list[Piece]:
    """The pieces, with each such day in place of the event's date and of what was read among the words before it."""
    pieces = list(scan.pieces)
    index = 0
    while index < len(pieces):
        counted = _counted(pieces, index, tokens, language)
        if counted is not None:
            first = next(at for at, piece in enumerate(pieces) if piece.end > counted.start)
            last = index + 1
            # "Die am zehnten Juli | ist"
            told = pieces[last : last + 1]
            last += bool(told) and mark_of(told[0]) in _TELLING and told[0].start == counted.end and "verb_final" in language.conventions
            scan.skipped.append((counted.start, pieces[last - 1].end))
            pieces[first:last] = [counted]
            index = first
        index += 1
    return pieces


def _counted(pieces: Sequence[Piece], index: int, tokens: Tokens, language: Language) -> Piece | None:
    """The day that is counted from the date at `index`; `None` where none is."""
    date = pieces[index]
    if date.kind != "day" or date.start < _SHORTEST or date.value.get("k") not in _DATED or date.value.get("old"):
        return None
    since = max((piece.end for piece in pieces[:index] if _dated(piece)), default=0)
    if not _counting(pieces[:index], tokens.words[max(since, date.start - _EVENT - _COUNTING) : date.start], language):
        return None
    for until in range(date.start - 1, max(since, date.start - _EVENT), -1):
        # The counting words end before token `until`, where the event is named.
        event = tokens.words[until : date.start]
        if not _names_event(event, language) or any(at in tokens.turns for at in range(until, date.start + 1)):
            continue
        if any(until <= piece.start and mark_of(piece) not in _TELLING for piece in pieces[:index]):
            continue  # "… two days after that before I wash it, so Wednesday"
        for begin in range(max(since, until - _COUNTING), until - 1):
            value = next(_read_as_one(begin, until, date, tokens, language), None)
            if value is not None:
                return Piece("day", {**value, "a": {key: said for key, said in date.value.items() if key != "with"}}, begin, date.end)
    return None


def _counting(before: Sequence[Piece], words: Sequence[str], language: Language) -> bool:
    """Whether anything before a date may count from it: "before", "the day after", "la veille"."""
    lists = language.doubt
    if any(piece.kind == "day" and piece.value.get("k") == "around" for piece in before):
        return True
    return any(word in lists.before or word in lists.after for word in words)


def _dated(piece: Piece) -> bool:
    """Whether a piece says when by itself, and so parts what stands before it from what stands behind it."""
    if piece.kind == "time":
        return True
    return piece.kind == "day" and piece.value.get("k") not in ("around", "hung", "length", "until", "from", "week", "in")


def _names_event(words: Sequence[str], language: Language) -> bool:
    """Whether words name something that is on a day: at least one that tells of it, and none of time."""
    lists, numbers = language.doubt, language.numbers - language.articles
    apart = (lists.time, lists.contrast, lists.joining, lists.relation, numbers)
    if any(word in some for some in apart for word in words):
        return False
    return any(_may_name(word, language) for word in words if word.isalpha())


def _may_name(word: str, language: Language) -> bool:
    lists = language.doubt
    if word in lists.hindrance or (word in lists.matters and word not in lists.little):
        return True
    return word not in lists.harmless and word not in lists.relation


def _read_as_one(begin: int, until: int, date: Piece, tokens: Tokens, language: Language) -> Iterator[dict[str, Any]]:
    """What the counting words mean right before the date, with each word that may link the two."""
    lists = language.doubt
    articles, core = (lists.determiners, lists.day_openers, lists.links), date.start
    while core < date.end - 1 and any(tokens.words[core] in some for some in articles):
        core += 1
    for last in (until, until - 1):
        for link in ("", *sorted(lists.links.words)):
            parser = _spliced(range(begin, last), link, range(core, date.end), tokens, language)
            for end, value in parser.read("day", 0)[0]:
                if end == parser.count and value.get("k") == "beside" and value["a"].get("k") == date.value["k"]:
                    yield value


def _spliced(first: range, link: str, last: range, tokens: Tokens, language: Language) -> Parser:
    """A parser of two stretches of tokens with a word between them."""
    at = [*first, *last]
    words, numbers, firsts = ([kept[place] for place in at] for kept in (tokens.words, tokens.numbers, tokens.firsts))
    if link:
        words.insert(len(first), link)
        numbers.insert(len(first), None)
        firsts.insert(len(first), link)
    return Parser(language.grammar, Tokens(words, numbers, firsts, [0] * len(words), [0] * len(words), trailing_off=False))
