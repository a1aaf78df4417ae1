"""A caller's ear: days, times, services, names and digits are heard as a person hears them, and nothing else is known."""

from __future__ import annotations

import datetime as dt

import pytest

from frontdesk.business import Business
from frontdesk.simulating.hearing import Ears, digits_heard, hears_name
from spoken.say import say_phone
from spoken.say_when import say_slot

_NUMBERS = {"fr": "+33618070063", "de": "+4915112345678", "en": "+447400123456", "es": "+34610829935"}


@pytest.mark.parametrize("language", ["fr", "de", "en", "es"])
def test_an_appointment_is_heard_when_it_is_said(language: str, salon: Business) -> None:
    """What `spoken` says of a day and a time is heard as these, and no other appointment is."""
    ear = Ears(salon).ear(language)
    now = dt.datetime(2026, 6, 12, 9, tzinfo=salon.zone)
    said = say_slot(dt.datetime(2026, 6, 16, 15, 30, tzinfo=salon.zone), language, now)
    assert ear.starts(said) == ["2026-06-16T15:30"]
    assert ear.hears_start(said, "2026-06-16T15:30")
    assert not ear.hears_start(said, "2026-06-16T15:00")
    assert not ear.hears_start(said, "2026-06-17T15:30")


@pytest.mark.parametrize("language", ["fr", "de", "en", "es"])
def test_what_is_done_with_a_number_is_heard(language: str, salon: Business) -> None:
    """The own number, another one, the beginning of the own, the end of the one that is rung from, or none."""
    ear, own = Ears(salon).ear(language), _NUMBERS[language]
    other = own[:-2] + ("11" if own[-2:] != "11" else "22")
    assert ear.phone_told(say_phone(own, language), own, None) == "right"
    assert ear.phone_told(say_phone(other, language), own, None) == "wrong"
    assert ear.phone_told("…", own, None) == "open"
    begun = " ".join(say_phone(own, language).split()[:2])
    assert ear.phone_told(begun, own, None) == "begun"
    assert digits_heard(say_phone(own, language), language).endswith(own[-4:])


def test_the_end_of_the_number_that_is_rung_from_is_heard(salon: Business) -> None:
    """It is offered, not read back."""
    said = "Puis-je noter le numéro d'où vous appelez, qui se termine par soixante-trois ?"
    assert Ears(salon).ear("fr").phone_told(said, _NUMBERS["fr"], _NUMBERS["fr"]) == "suggested"


def test_a_service_is_heard_by_its_longest_name(salon: Business) -> None:
    """With its article or without, and not as a part of another."""
    ear = Ears(salon).ear("fr")
    assert ear.services("Je récapitule : une coupe femme, mardi") == ["womens_cut"]
    assert ear.services("Ce sera un balayage, à la place d'une coupe homme.") == ["balayage", "mens_cut"]


def test_a_name_is_heard_whole() -> None:
    """A letter too much, or a word more of a name, is another name."""
    assert hears_name("au nom de Mateo Requena. C'est bien ça ?", "Mateo Requena")
    assert hears_name("for Mateo Requena on Tuesday", "Mateo Requena")
    assert not hears_name("a nombre de Mateo Requenaa.", "Mateo Requena")
    assert not hears_name("a nombre de Hassan Amrani Rai.", "Hassan Amrani")
