"""Markdown files of a business as passages that can be said: a heading, and a few sentences below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from integrations.knowledge.port import Passage

__all__ = ["LONGEST", "read_markdown"]

LONGEST: Final = 380
"""Characters of a passage: some twenty-five seconds of speech."""

_HEADING: Final = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_BULLET: Final = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_URL: Final = re.compile(r"<?(?:https?://|www\.)\S+")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE: Final = re.compile(r"^(```|~~~).*?^\1\s*$", re.DOTALL | re.MULTILINE)
_MARKS: Final = re.compile(r"[*_`~|<>{}\[\]\\]+")
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+")


def read_markdown(text: str, source: str, language: str) -> list[Passage]:
    """The passages of a file: every paragraph, and every list as a whole, each under its nearest heading.

    `source` is the name of the file as people know it. Marks, links and addresses are taken out, since nobody can say them; code
    is left out. A paragraph that is too long to listen to becomes several passages.
    """
    passages: list[Passage] = []
    title = ""
    for block in _blocks(_FENCE.sub("", _COMMENT.sub("", text))):
        heading = _HEADING.match(block)
        if heading is not None:
            title = _plain(heading.group(1))
            continue
        where = f"{source}, {title}" if title else source
        asked = (title,) if title else ()
        passages += [Passage(part, where, language, asked_as=asked) for part in _parts(block)]
    return passages


def _blocks(text: str) -> Iterator[str]:
    lines: list[str] = []
    for line in text.splitlines():
        if _HEADING.match(line):
            if lines:
                yield "\n".join(lines)
            lines = []
            yield line
        elif line.strip():
            lines.append(line)
        elif lines:
            yield "\n".join(lines)
            lines = []
    if lines:
        yield "\n".join(lines)


def _parts(block: str) -> Iterator[str]:
    """The block as sentences, as many together as can be listened to."""
    items: list[str] = []
    for line in block.splitlines():
        if _BULLET.match(line) or not items:
            items.append(_plain(_BULLET.sub("", line)))
        else:
            items[-1] = f"{items[-1]} {_plain(line)}".strip()
    sentences = [sentence for item in items if item for sentence in _SENTENCE.split(_ended(item))]
    part = ""
    for sentence in sentences:
        if part and len(part) + 1 + len(sentence) > LONGEST:
            yield part
            part = ""
        part = f"{part} {sentence}".strip() if len(sentence) <= LONGEST else part
    if part:
        yield part


def _ended(item: str) -> str:
    return item if item[-1] in ".!?…" else f"{item}."


def _plain(text: str) -> str:
    text = _URL.sub("", _LINK.sub(r"\1", text))
    return " ".join(_MARKS.sub("", text).split()).strip()
