"""A sentence in another language than the one it is said in is noticed, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.bootstrap.reading import Folders, read_all
from frontdesk.checking.own_language import spoken_in

MOSTLY = {"fr": 0.75, "de": 0.75, "en": 0.75, "es": 0.7}
"""Share of sentences that are noticed in a file of another language. What is left are some words, as “anything else?”."""


@pytest.mark.parametrize("language", MOSTLY)
def test_most_sentences_are_noticed_among_those_of_another_language(language: str) -> None:
    read = read_all(Folders())
    texts = {
        template.written for line in read.lines if line.language == language for wording in line.wordings for template in wording.templates
    }
    found = [spoken_in(text, other, read.languages) == language for text in texts for other in read.languages if other != language]
    assert sum(found) / len(found) >= MOSTLY[language]


@pytest.mark.parametrize("folder", [None, Path("examples/insurance")])
def test_no_sentence_of_ours_is_taken_for_one_of_another_language(root: Path, folder: Path | None) -> None:
    read = read_all(Folders(root / folder if folder is not None else None))
    others = [
        (line.name, line.language, template.written)
        for line in read.lines
        for wording in line.wordings
        for template in wording.templates
        if spoken_in(template.written, line.language, read.languages) != line.language
    ]
    assert len(read.lines.languages) == 4
    assert others == []
