"""Names in sentences that were not asked for, and names put right by spelling."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from spoken import understand
from spoken.context import Context, Vocabulary
from spoken.names import correct_name, read_name

NOW = dt.datetime(2026, 6, 10, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
SERVICES = Vocabulary({"bride": ("coiffure de mariée", "chignon"), "child": ("coupe petit garçon",), "oil": ("vidange",)})


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "je voudrais une coupe femme mardi c'est Marie Dupont zéro six douze", "Marie Dupont"),
        ("fr", "je m'appelle claire fontaine et je voudrais un rendez-vous", "Claire Fontaine"),
        ("de", "am dienstag um halb drei mein name ist Sabine Krüger null eins sieben sechs", "Sabine Krüger"),
        ("en", "jane smith speaking i'd like a blow dry", "Jane Smith"),
        ("es", "hola me llamo ana ruiz quería pedir cita", "Ana Ruiz"),
    ],
)
def test_a_name_in_a_sentence(language: str, text: str, name: str) -> None:
    """A cue introduces a name, and the span covers the name alone."""
    reading = read_name(text, language, asked=False)
    assert reading.value == name
    assert reading.span is not None
    assert text[slice(*reading.span)].lower() == name.lower()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Dupont"),
        ("fr", "oui c'est parfait"),
        ("fr", "c'est pour demain"),
        ("fr", "je suis pressée"),
        ("fr", "c'est bien ce numéro"),
        ("de", "das ist richtig"),
        ("de", "ich bin unterwegs"),
        ("en", "it's raining"),
        ("en", "this is urgent"),
        ("es", "soy alérgica"),
        ("es", "es para mañana"),
    ],
)
def test_what_is_no_name_without_being_asked_for(language: str, text: str) -> None:
    """An ordinary sentence behind a weak cue is no name."""
    assert not read_name(text, language, asked=False).complete


@pytest.mark.parametrize(
    ("heard", "spelled", "name"),
    [
        ("Marie Dupond", "Dupont", "Marie Dupont"),
        ("Dupond Jean", "Dupont", "Dupont Jean"),
        ("Sputa", "Sputer", "Sputer"),
        ("Marie", "Dupont", "Marie Dupont"),
        ("Sabine Kruger", "Krüger", "Sabine Krüger"),
        ("Begona Ibanez", "Ibáñez", "Begona Ibáñez"),
        ("Tom Becker", "Tom Baker", "Tom Baker"),
    ],
)
def test_spelling_puts_a_heard_name_right(heard: str, spelled: str, name: str) -> None:
    """The part that sounds like what was spelled is replaced; a first name alone gets its surname."""
    assert correct_name(heard, spelled) == name


@pytest.mark.parametrize(
    ("text", "name"), [("marie dupont", "Marie Dupont"), ("je m'appelle paul petit", "Paul Petit"), ("petit", "Petit")]
)
def test_a_name_may_hold_a_word_of_a_service(text: str, name: str) -> None:
    """Marie and Petit are people, although brides and small boys have their hair done."""
    assert understand(text, "name", "fr", NOW, Context(vocabulary=SERVICES)).value == name


@pytest.mark.parametrize("text", ["vidange", "chignon", "une vidange"])
def test_what_a_service_is_called_is_no_name(text: str) -> None:
    """A caller who names what they want, where the name was asked for, is not called that."""
    assert not understand(text, "name", "fr", NOW, Context(vocabulary=SERVICES)).complete
