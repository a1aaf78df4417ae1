"""Whether a sentence says that something was done for the caller: "you're booked", "c'est annulé"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from fsm.yaml_source import read_yaml

__all__ = ["claims_success", "may_claim"]

_WORDS: Final = Path(__file__).with_name("success.yaml")
_SENTENCES: Final = re.compile(r"(?<=[.!?…])\s+")
_BESIDE: Final = re.compile(r"[\w'-]+")


def may_claim(text: str, language: str) -> bool:
    """Whether there is a word in it without which nothing is said to be done: most texts have none, which is found out quickly."""
    words, plain = _data().get(language), text.casefold()
    return words is not None and any(word in plain for word in words["words"])


def claims_success(text: str, language: str, *, of_old: bool = False) -> str:
    """The words by which a text claims that something was booked, moved or cancelled; empty where it does not.

    A question, a negation or a condition claims nothing. `of_old`: it speaks of an appointment that the caller has already, of
    which it may be said that it is booked.
    """
    if not may_claim(text, language):
        return ""
    openly = _data()[language]["open"]
    for sentence in _SENTENCES.split(text.casefold().replace("’", "'")):
        if not may_claim(sentence, language):
            continue
        if sentence.rstrip().endswith("?") or not openly.isdisjoint(_BESIDE.findall(sentence)):
            continue
        for kind in ("undone",) if of_old else ("undone", "booked"):
            if (found := _pattern(language, kind).search(sentence)) is not None:
                return found[0]
    return ""


@cache
def _pattern(language: str, kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_data()[language][kind])})(?!\w)")


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, Any]]:
    data: dict[str, dict[str, Any]] = read_yaml(_WORDS).data
    return {language: {**words, "open": frozenset(words["open"])} for language, words in data.items()}
