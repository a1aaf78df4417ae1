"""Which language a caller speaks, and which one he asks for."""

from __future__ import annotations

import pytest

from spoken.languages import detect, requested
from tests.spoken.first_words import LANGUAGES, first_words, measure, neutral_kept

ALL = ("fr", "de", "en", "es")


@pytest.mark.parametrize(
    ("text", "current", "language"),
    [
        ("hello", "fr", "en"),
        ("hi i need a haircut", "fr", "en"),
        ("good morning could i book", "fr", "en"),
        ("guten tag ich hätte gern", "fr", "de"),
        ("ja hallo", "fr", "de"),
        ("moin", "fr", "de"),
        ("grüezi", "fr", "de"),
        ("hola buenas", "fr", "es"),
        ("quería pedir cita", "fr", "es"),
        ("buenos días", "de", "es"),
        ("allô bonjour", "en", "fr"),
        ("je voudrais une coupe", "de", "fr"),
        ("oui", "en", "fr"),
        ("ok", "fr", "fr"),
        ("ok", "de", "de"),
        ("Maria", "fr", "fr"),
        ("Tom Baker", "fr", "fr"),
        ("no", "fr", "fr"),
        ("zéro six douze", "fr", "fr"),
        ("", "de", "de"),
        ("12", "es", "es"),
    ],
)
def test_the_language_of_a_few_words(text: str, current: str, language: str) -> None:
    """Clear words switch the language; a name, a number or an "ok" keeps it."""
    assert detect(text, ALL, current)[0] == language


def test_only_languages_on_offer_are_found() -> None:
    """A business that speaks two languages is never answered in a third."""
    assert detect("guten tag ich hätte gern einen termin", ("fr", "en"), "fr")[0] in ("fr", "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("do you speak english", "en"),
        ("can we speak english", "en"),
        ("english please", "en"),
        ("auf deutsch bitte", "de"),
        ("sprechen sie englisch", "en"),
        ("en español por favor", "es"),
        ("habla inglés", "en"),
        ("parlez-vous allemand", "de"),
        ("vous parlez anglais ?", "en"),
        ("je voudrais une coupe anglaise demain matin", None),
        ("bonjour", None),
    ],
)
def test_a_language_asked_for(text: str, language: str | None) -> None:
    """A question for a language is heard in every language."""
    assert requested(text, ALL) == language


def test_a_language_that_is_not_spoken_here_is_not_promised() -> None:
    """Only languages of the business can be asked for."""
    assert requested("sprechen sie spanisch", ("fr", "de")) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_words_tell_their_language(language: str) -> None:
    """A call in the caller's language stays there; one in another changes nine times in ten, and never to a third."""
    assert len(first_words(language)) >= 60
    counted = measure(language)
    assert counted.kept == counted.of_own
    assert counted.third == 0
    assert counted.changed / counted.of_others >= 0.9


def test_words_of_no_language_change_nothing() -> None:
    """Names, numbers, letters, "ok" and loan words leave the call in its language, whichever it is."""
    kept, of = neutral_kept()
    assert kept == of


def test_stray_points_of_a_third_language_do_not_make_a_language_less_sure() -> None:
    """Who was taken for English by mistake comes back with a plain French sentence."""
    language, sure = detect("euh pardon, une permanente, le plus tôt possible", ALL, "en")
    assert language == "fr"
    assert sure > 0.8
