"""The bad line: seeded, measured by its level, and never so bad that a no becomes a yes."""

from __future__ import annotations

from random import Random

import pytest

from frontdesk.simulating.noise import misheard
from frontdesk.simulating.words import languages_with_words, load_words
from tests.conftest import ROOT

_SAID = {
    "fr": "non, je ne veux pas, c'est mardi seize juin à quinze heures",
    "de": "nein, das stimmt nicht, am Dienstag um fünfzehn Uhr dreißig",
    "en": "no, that's not right, Tuesday the sixteenth of June at ten",
    "es": "no, no es eso, el martes dieciséis de junio a las doce",
}


@pytest.mark.parametrize("language", ["fr", "de", "en", "es"])
def test_a_no_survives_every_line(language: str) -> None:
    """However many words suffer, those that deny are heard as often as they were said."""
    noise = load_words(language).noise
    denials = [word for word in _SAID[language].replace(",", "").split() if word.casefold() in noise.kept]
    assert denials
    for seed in range(50):
        heard = misheard(_SAID[language], language, noise, 1.0, Random(seed)).split()
        assert [word for word in heard if word.casefold() in noise.kept] == denials


def test_a_line_spoils_as_many_words_as_its_level_says() -> None:
    """No noise changes nothing, not even commas; a level of 0.2 spoils about a fifth of the words, the same ones for one seed."""
    noise = load_words("fr").noise
    said = " ".join(["rendez-vous"] * 1000)
    assert misheard("oui, mardi", "fr", noise, 0.0, Random(1)) == "oui, mardi"
    heard = misheard(said, "fr", noise, 0.2, Random(1))
    assert heard == misheard(said, "fr", noise, 0.2, Random(1))
    lost_or_added = 1000 - sum(1 for word in heard.split() if word == "rendez-vous")
    assert heard != said
    assert abs(lost_or_added) < 100  # as many doubled as lost
    assert 30 < sum(word in noise.fillers for word in heard.split()) < 110


def test_callers_speak_every_language_of_the_shipped_business_and_are_not_the_tests() -> None:
    """Four languages; no sentence of theirs is one that the written calls or goals use, or the score would flatter itself."""
    assert languages_with_words() == ("de", "en", "es", "fr")
    written = "\n".join(
        file.read_text(encoding="utf-8").casefold()
        for folder in ("calls", "goals")
        for file in sorted((ROOT / "tests" / folder).iterdir())
        if file.is_file()
    )
    for language in languages_with_words():
        for name, sentences in load_words(language).open.model_dump().items():
            for sentence in sentences:
                if "{" not in sentence and len(sentence.split()) > 6:
                    assert sentence.casefold() not in written, f"{language}.open.{name}: {sentence}"
