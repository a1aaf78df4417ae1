"""Services and staff by what callers call them."""

from __future__ import annotations

import pytest

from spoken import Context, Status, Vocabulary
from spoken.services import read_service, read_staff

FR = Vocabulary(
    {
        "womens_cut": ("coupe femme", "coupe dame"),
        "mens_cut": ("coupe homme",),
        "childs_cut": ("coupe enfant", "coupe pour mon fils"),
        "blow_dry": ("brushing",),
        "colour": ("couleur", "coloration", "teinture"),
        "highlights": ("mèches",),
        "balayage": ("balayage",),
    }
)
EN = Vocabulary(
    {
        "womens_cut": ("women's cut",),
        "mens_cut": ("men's cut",),
        "childs_cut": ("child's cut", "haircut for my son"),
        "blow_dry": ("blow dry",),
    }
)
DE = Vocabulary(
    {"womens_cut": ("Damenhaarschnitt", "Haarschnitt für Damen"), "mens_cut": ("Herrenhaarschnitt",), "colour": ("Farbe", "Haare färben")}
)
ES = Vocabulary({"womens_cut": ("corte de mujer",), "mens_cut": ("corte de hombre",), "colour": ("tinte", "teñir el pelo")})


@pytest.mark.parametrize(
    ("language", "vocabulary", "text", "service"),
    [
        ("fr", FR, "une coupe femme", "womens_cut"),
        ("fr", FR, "bonjour je voudrais une coupe femme mardi", "womens_cut"),
        ("fr", FR, "coupe pour mon fils", "childs_cut"),
        ("fr", FR, "des meches", "highlights"),
        ("fr", FR, "un balaillage", "balayage"),
        ("fr", FR, "un brushing s'il vous plaît", "blow_dry"),
        ("en", EN, "hi i need a haircut for my son on wednesday", "childs_cut"),
        ("en", EN, "could i get a blow dry on tuesday", "blow_dry"),
        ("de", DE, "einen damenhaarschnitt am dienstag", "womens_cut"),
        ("de", DE, "damen haarschnitt", "womens_cut"),
        ("de", DE, "haare färben lassen", "colour"),
        ("es", ES, "para teñirme el pelo", "colour"),
        ("es", ES, "corte para hombre", "mens_cut"),
    ],
)
def test_a_service_by_name_or_synonym(language: str, vocabulary: Vocabulary, text: str, service: str) -> None:
    """Word order, fillers, inflection and a misheard word do not matter."""
    assert read_service(text, language, Context(vocabulary=vocabulary)).value == service


@pytest.mark.parametrize(
    ("language", "vocabulary", "text"), [("fr", FR, "une coupe"), ("de", DE, "ein haarschnitt"), ("es", ES, "un corte")]
)
def test_a_vague_word_offers_what_it_may_mean(language: str, vocabulary: Vocabulary, text: str) -> None:
    """A word that several services share is ambiguous, and each of them can be said."""
    reading = read_service(text, language, Context(vocabulary=vocabulary))
    assert reading.status is Status.AMBIGUOUS
    assert {"womens_cut", "mens_cut"} <= {item.value for item in reading.alternatives}
    assert all(item.say for item in reading.alternatives)


@pytest.mark.parametrize(
    ("language", "vocabulary", "text"),
    [("fr", FR, "une manucure"), ("fr", FR, "oui"), ("de", DE, "haare schneiden"), ("en", EN, "a massage")],
)
def test_what_is_not_offered_is_not_guessed(language: str, vocabulary: Vocabulary, text: str) -> None:
    """Likeness alone finds nothing."""
    assert not read_service(text, language, Context(vocabulary=vocabulary)).complete


def test_no_preference_among_the_staff() -> None:
    """ "n'importe qui" is an answer to who should do it."""
    context = Context(vocabulary=Vocabulary({"lea": ("Léa",), "tom": ("Tom",)}))
    assert read_staff("peu importe", "fr", context).value == "any"
    assert read_staff("avec léa", "fr", context).value == "lea"


SALON = Vocabulary(
    {
        "womens_cut": ("coupe femme", "corte de señora", "Damenhaarschnitt"),
        "mens_cut": ("coupe homme", "corte de señor", "Herrenhaarschnitt"),
        "wedding": ("mariée", "je me marie"),
        "highlights": ("mèches", "Meschen"),
        "nails": ("uñas",),
    }
)


@pytest.mark.parametrize(
    ("language", "text", "service"),
    [
        ("fr", "une coupe femme mardi à quinze heures marie dupont", "womens_cut"),
        ("fr", "bonjour je me marie en juin", "wedding"),
        ("es", "un corte de señora", "womens_cut"),
        ("es", "un corte de señor", "mens_cut"),
        ("es", "las uñas", "nails"),
        ("de", "haben sie was frei für einen herrenhaarschnitt", "mens_cut"),
    ],
)
def test_words_as_they_are_written_come_first(language: str, text: str, service: str) -> None:
    """An exact word is not outvoted by one that resembles another service, nor a name taken for a service."""
    assert read_service(text, language, Context(vocabulary=SALON)).value == service


@pytest.mark.parametrize(("language", "text"), [("de", "da sind aber viele menschen"), ("fr", "marie dupont"), ("es", "unas cuantas")])
def test_ordinary_words_are_no_mishearing(language: str, text: str) -> None:
    """Ordinary words and first names do not point to a service that sounds like them."""
    assert not read_service(text, language, Context(vocabulary=SALON)).complete


def test_a_title_says_nothing_about_a_person() -> None:
    """ "Miss Patel" is the Patel on offer, and "Herr Weber" the Weber."""
    staff = Context(vocabulary=Vocabulary({"priya": ("Priya Patel",), "james": ("James Weber",)}))
    assert read_staff("miss patel", "en", staff).value == "priya"
    assert read_staff("herr weber", "de", staff).value == "james"


@pytest.mark.parametrize("text", ["c'est marine", "moi c'est karine", "moi c'est marie"])
def test_a_first_name_is_no_service(text: str) -> None:
    """ "Marine" is no "mari", and "moi" in the words of a bride makes nobody one."""
    vocabulary = Vocabulary({"mens_cut": ("coupe homme", "mon mari"), "wedding": ("je me marie", "c'est moi la mariée")})
    assert read_service(text, "fr", Context(vocabulary=vocabulary)).status is Status.NOTHING
