"""Whether a text can name a day or time at all: most things on offer, and many answers, cannot, and need not be read."""

from __future__ import annotations

from spoken.when.grammar import Parser
from spoken.when.language import Language
from spoken.when.pieces import Scan
from spoken.when.tokens import Tokens

__all__ = ["names_none", "says_none"]


def says_none(tokens: Tokens, language: Language) -> bool:
    """Whether no word begins a day, a time or an hour, so that there is nothing to scan for.

    An "or" that ends the text leaves even such a text unfinished.
    """
    if not language.beginning.isdisjoint(tokens.firsts):
        return False
    parser = Parser(language.grammar, tokens)
    return not any(value == "or" and end == parser.count for at in range(parser.count) for end, value in parser.read("mark", at)[0])


def names_none(found: Scan) -> bool:
    """Whether only words that connect, correct or negate were found, and nothing that goes on behind the end."""
    return found.unfinished is None and all(piece.kind == "mark" for piece in found.pieces)
