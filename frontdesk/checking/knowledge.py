"""What a business has written down in `knowledge` is read to callers as it stands, so it is held to the rules of the ear."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.bootstrap.reading import Folders, knowledge_files
from frontdesk.business import Business
from frontdesk.prompting.spoken_style import unfit_for_the_ear
from fsm.problems import Problem
from fsm.text_source import read_text
from integrations.knowledge.markdown import read_markdown

__all__ = ["check_knowledge"]

_HOLE = re.compile(r"\{ *\w+ *\}")
_FIRST_WORDS = 4
"""By which a passage is found again in its file, where marks and line ends stand between them."""


def check_knowledge(folders: Folders, business: Business) -> Iterator[Problem]:
    """not-for-the-ear and long-sentence in the passages, at the line where they begin. And what keeps a file from being read."""
    for path, name, language in knowledge_files(folders, business):
        text, unread = read_text(path, name)
        if unread is not None:
            yield unread
            continue
        for number, written in enumerate(text.splitlines(), 1):
            for hole in _HOLE.finditer(written) if "{" in written else ():
                message = f"This shows {hole[0]}, which nothing fills: callers would hear the word between the braces."
                yield Problem("unknown-placeholder", name, number, hole.start() + 1, message, "Write what is meant in words.")
        for passage in read_markdown(text, name, language):
            line = _line_of(passage.text, text)
            for unfit in unfit_for_the_ear(passage.text, "read to callers"):
                yield Problem(unfit.code, name, line, 1, unfit.message, unfit.hint)


def _line_of(passage: str, text: str) -> int:
    found = re.search(r"\W+".join(map(re.escape, re.findall(r"\w+", passage)[:_FIRST_WORDS])), text)
    return text[: found.start()].count("\n") + 1 if found else 1
