"""What must not be spoken whatever it says: markup, code, digits, the machine's own business, another language, a flood of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from frontdesk.prompting.audit.sentence import Sentence
from frontdesk.prompting.audit.verdict import Reason
from frontdesk.prompting.spoken_style import unspeakable
from spoken.languages import detect

__all__ = ["surface"]

MAX_WORDS: Final = 45
MAX_CHARS: Final = 280
_CODE: Final = (
    (re.compile(r"[{}\[\]<>`|\\]|```|:\s*\"|\"\s*:"), "markup"),
    (re.compile(r"\w+_\w+|\b[a-z]+[A-Z]\w*\b|\w+\(\w*\)|=>|==|::"), "code"),
    (re.compile(r"https?:|www\.|\w\.(?:com|fr|de|es|net|org|io|eu|co)\b", re.IGNORECASE), "url"),
    (re.compile(r"^\s*(?:[-*#•]|\d+[.)])\s|\*\*|__|~~|^\s*(?:user|system|assistant|tool|caller|agent)\s*:", re.IGNORECASE), "markup"),
    (re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200B-\u200F\u202A-\u202E\u2066-\u2069\x00-\x08\x0b-\x1f]"), "markup"),
    (re.compile(r"[\u0370-\u052F\u0590-\u06FF\u0900-\u0DFF\u0E00-\u0EFF\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]"), "language"),
)


def surface(sentence: Sentence, languages: Sequence[str]) -> Iterator[Reason]:
    """Reasons that need no record."""
    text = sentence.text
    whole = (0, len(text))
    if not sentence.tokens:
        yield Reason("empty", whole, text)
        return
    if len(sentence.tokens) > MAX_WORDS or len(text) > MAX_CHARS:
        yield Reason("too-long", whole, text[:40])
        return
    for pattern, code in _CODE:
        found = pattern.search(text)
        if found:
            yield Reason(code, found.span(), found.group())
    for what, _ in unspeakable(text):
        yield Reason("unspeakable", whole, what)
    found = sentence.words["system"].search(sentence.plain)
    if found:
        yield Reason("system", found.span(), text[found.start() : found.end()])
    language, _ = detect(text, languages, sentence.words.language)
    if language != sentence.words.language:
        yield Reason("language", whole, language)
