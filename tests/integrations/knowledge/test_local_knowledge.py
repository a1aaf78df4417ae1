"""Passages of the business, found by the words of a question; what is not written there is not found."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.bootstrap.model_side import read_knowledge
from frontdesk.bootstrap.reading import Folders
from frontdesk.business import load_business
from integrations.knowledge.local import LocalKnowledge
from integrations.knowledge.markdown import LONGEST, read_markdown
from integrations.knowledge.port import Passage


@pytest.fixture(params=[True, False], ids=["full text", "word by word"])
def knowledge(root: Path, request: pytest.FixtureRequest) -> LocalKnowledge:
    passages = read_knowledge(Folders(), load_business(root / "business.yaml")).passages
    return LocalKnowledge(passages, full_text=request.param)


@pytest.mark.parametrize(
    ("language", "question", "source"),
    [
        ("fr", "est-ce que vous avez le wifi", "knowledge/fr.md, Wifi"),
        ("fr", "on peut boire un café en attendant", "knowledge/fr.md, Café, thé, boissons"),
        ("fr", "je peux apporter des photos", "knowledge/fr.md, Apporter une photo"),
        ("fr", "est-ce que les chiens sont acceptés", "business.yaml, dogs"),
        ("de", "haben Sie WLAN", "knowledge/de.md, WLAN, Internet"),
        ("de", "soll ich Fotos mitbringen", "knowledge/de.md, Foto mitbringen"),
        ("de", "darf mein Hund mit", "business.yaml, dogs"),
        ("en", "is there any wi-fi", "knowledge/en.md, Wifi, internet"),
        ("en", "could I have a coffee while I wait", "knowledge/en.md, Coffee, tea, drinks"),
        ("en", "where would I park", "business.yaml, parking"),
        ("es", "tienen wifi", "knowledge/es.md, Wifi, internet"),
        ("es", "puedo llevar una foto", "knowledge/es.md, Traer o llevar una foto"),
        ("es", "dónde puedo aparcar", "business.yaml, parking"),
    ],
)
async def test_the_passage_that_answers_is_found(knowledge: LocalKnowledge, language: str, question: str, source: str) -> None:
    """Other forms of a word, other accents, other words around it: the first passage is the one that answers."""
    found = await knowledge.search(question, language)
    assert [passage.source for passage in found][:1] == [source]
    assert all(passage.language == language for passage in found)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", "est-ce que vous avez une piscine"),
        ("fr", "quel temps fera-t-il"),
        ("fr", "euh"),
        ("de", "haben Sie ein Schwimmbad"),
        ("de", "wer ist Bundeskanzler"),
        ("en", "do you repair bicycles"),
        ("en", "what is the capital of Peru"),
        ("es", "venden entradas para el fútbol"),
        ("en", ""),
        ("it", "avete il wifi"),
        ("en", '" OR words MATCH "x'),
    ],
)
async def test_what_is_not_written_is_not_found(knowledge: LocalKnowledge, language: str, question: str) -> None:
    """No passage is better than one about something else; the syntax of the index is only words."""
    assert list(await knowledge.search(question, language)) == []


async def test_a_passage_is_quoted_letter_for_letter(knowledge: LocalKnowledge) -> None:
    """What is said is what the business wrote, and how well it fits is said with it."""
    [first] = await knowledge.search("is there wifi", "en", limit=1)
    assert first.text == "Yes, there is free wifi in the salon. Ask for the password at the desk."
    assert 0.5 <= first.score <= 1


def test_markdown_becomes_words_to_say() -> None:
    """Marks, links and addresses go, code too; lists become sentences; headings say what it is about."""
    text = "<!-- no -->\nBefore.\n## *Opening* party\n\nCome **all** of you, see [here](https://example.com).\n\n- one\n- two!\n\n"
    text += "```\ncode\n```\n"
    assert read_markdown(text, "a.md", "en") == [
        Passage("Before.", "a.md", "en"),
        Passage("Come all of you, see here.", "a.md, Opening party", "en", asked_as=("Opening party",)),
        Passage("one. two!", "a.md, Opening party", "en", asked_as=("Opening party",)),
    ]


def test_a_long_paragraph_becomes_several_passages() -> None:
    """Nobody listens to a lecture; a sentence is never cut in two."""
    text = " ".join(f"This is sentence number {number} of many." for number in range(40))
    passages = read_markdown(text, "a.md", "en")
    assert len(passages) > 1
    assert all(len(passage.text) <= LONGEST and passage.text.endswith("many.") for passage in passages)
    assert " ".join(passage.text for passage in passages) == text
