"""The notation of phrases written out, every choice by itself: slow, and so plain that it can be believed."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["expansions"]

_LEXEME: Final = re.compile(r"<[^<>]+>|[()\[\]|]|[^\s()\[\]|<>]+")


def expansions(pattern: str) -> list[str]:
    """Every phrase without choices that a phrase of `when.yaml` stands for, in the order of precedence; some may be equal."""
    lexemes = _LEXEME.findall(pattern)

    def ways(closing: str) -> list[list[str]]:
        done: list[list[str]] = []
        current: list[list[str]] = [[]]
        while lexemes:
            lexeme = lexemes.pop(0)
            if lexeme == closing:
                break
            if lexeme == "|":
                done, current = done + current, [[]]
                continue
            options = ways(")") if lexeme == "(" else [*ways("]"), []] if lexeme == "[" else [[lexeme]]
            current = [left + right for left in current for right in options]
        return done + current

    return [" ".join(words) for words in ways("")]
