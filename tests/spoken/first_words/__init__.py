"""First words of callers, and how often their language is found in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fsm.yaml_source import load_plain
from spoken.languages import detect

__all__ = ["LANGUAGES", "Counted", "first_words", "measure", "neutral_kept"]

HERE: Final = Path(__file__).parent
LANGUAGES: Final = ("fr", "de", "en", "es")


@dataclass(slots=True)
class Counted:
    """How the first words of one language fared."""

    kept: int = 0
    """Times that a call in the caller's own language stayed in it."""
    of_own: int = 0
    changed: int = 0
    """Times that a call in another language changed to the caller's."""
    of_others: int = 0
    third: int = 0
    """Times that a language was found that is neither the caller's nor that of the call."""


def first_words(name: str) -> list[str]:
    """The utterances of a file of this folder: a language, or "neutral"."""
    return [str(said) for said in load_plain((HERE / f"{name}.yaml").read_text("utf-8"))]


def measure(language: str) -> Counted:
    """Each utterance in a call of each language."""
    counted = Counted()
    for said in first_words(language):
        for current in LANGUAGES:
            found = detect(said, LANGUAGES, current)[0]
            if current == language:
                counted.of_own += 1
                counted.kept += found == language
            else:
                counted.of_others += 1
                counted.changed += found == language
            counted.third += found not in (language, current)
    return counted


def neutral_kept() -> tuple[int, int]:
    """How often words that speak for no language left the call in its own, and of how many."""
    found = [(current, detect(said, LANGUAGES, current)[0]) for said in first_words("neutral") for current in LANGUAGES]
    return sum(current == heard for current, heard in found), len(found)
