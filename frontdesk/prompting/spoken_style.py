"""What must not stand in a sentence for the ear: signs that a synthetic voice reads aloud or stumbles over, and more than one can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["LONGEST_SENTENCE", "Unfit", "long_sentences", "unfit_for_the_ear", "unspeakable"]

LONGEST_SENTENCE: Final = 24
"""Words of our own in one sentence; values that are shown come on top. At the pace of a telephone voice that is some nine seconds."""

_UNSEEN: Final = "a character that nobody sees"
_SHORT: Final = "an abbreviation"
_WHOLE: Final = "Write the whole word."
_RULES: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = (
    (re.compile(r"\S+@[\w-]+\.\w+"), "an e-mail address", "Say how it is said, with “at” and “dot”."),
    (re.compile(r"https?:|www\.|\b[\w-]{2,}\.(?:com|net|org|eu|fr|de|at|ch|es|uk)\b"), "a web address", "Say how to find it in words."),
    (re.compile(r"\d+\s?[hH:]\s?\d*"), "a time in figures", "Write it as it is said, such as “half past two”, or show a placeholder."),
    (re.compile(r"\d"), "digits", "Write numbers as words, or show a placeholder."),
    (re.compile(r"[\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"), _UNSEEN, "Type the words anew."),
    (re.compile(r"[•⁰-₿℀-↏←-⯿✀-➿\U0001f000-\U0001faff]\ufe0f?"), "a sign", "Write it as a word."),
    (re.compile(r"[@#€$£%&*/\\_+=<>|~^°§©®™(){}\[\]\"½¼²³]"), "a sign", "Write it as a word."),
    (re.compile(r"\b(?:etc|env|tél|tel|max|nr|nº|bzw|ca|usw|approx|mr|mrs|dr|sr|sra|ud|uds|st)\.", re.IGNORECASE), _SHORT, _WHOLE),
    (re.compile(r"\b(?:prof|mlle|hr|inkl|zzgl|evtl|ggf|str|aprox|avda|dra|srta|vs|incl|ext)\.", re.IGNORECASE), _SHORT, _WHOLE),
    (re.compile(r"\b(?:z\.\s?b|d\.\s?h|e\.\s?g|i\.\s?e|u\.\s?a|p\.\s?ex|p\.\s?ej|[ap]\.\s?m)\.", re.IGNORECASE), _SHORT, _WHOLE),
    (re.compile(r"\b(?:rdv|svp|asap|mme|mlle)\b", re.IGNORECASE), _SHORT, _WHOLE),
    (re.compile(r"\bM\. (?=[^\W\d_])"), _SHORT, _WHOLE),
    (re.compile(r"\b(?:Dr|Pr|Mr|Mrs|Ms|Sr|Sra|Dra|Hr|Fr)(?= [A-ZÀ-Ý])"), _SHORT, _WHOLE),  # without their dot, before a name
    (re.compile(r"\b(?:km|cm|mm|kg|ml|mn|kw|hrs|mins)\b|(?<![\w'’])(?:EUR|GBP|USD|CHF)\b"), "a unit in letters", _WHOLE),
)  # fmt: skip
_END: Final = re.compile(r"[.?!:;…]")


def unspeakable(text: str) -> Iterator[tuple[str, str]]:
    """What stands in `text` that cannot be said, as (what, hint), each place once. Placeholders must have been taken out."""
    for pattern, what, hint in _RULES:
        found = pattern.search(text)
        if found:
            sign = found[0].strip()
            yield f"{what} ({f'“{sign}”' if sign.isprintable() and sign else f'U+{ord(found[0][0]):04X}'})", hint
            text = pattern.sub(" ", text)


def long_sentences(text: str) -> Iterator[int]:
    """The number of words of each sentence that has too many. A colon is a pause, and ends one too."""
    for sentence in _END.split(text):
        words = len(sentence.split())
        if words > LONGEST_SENTENCE:
            yield words


@dataclass(frozen=True, slots=True)
class Unfit:
    """Something that a voice should not say, as a problem has it but for the place."""

    code: str
    message: str
    hint: str


def unfit_for_the_ear(text: str, heard: str = "spoken") -> Iterator[Unfit]:
    """not-for-the-ear and long-sentence in a text of our own, which is `heard` ("spoken", "read to callers")."""
    for what, hint in unspeakable(text):
        yield Unfit("not-for-the-ear", f"This is {heard}, but it contains {what}.", hint)
    for words in long_sentences(text):
        hint = f"Make two of it: whoever listens cannot look back, and after {LONGEST_SENTENCE} words the beginning is gone."
        yield Unfit("long-sentence", f"A sentence here has {words} words.", hint)
