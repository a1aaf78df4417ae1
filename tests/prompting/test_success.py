"""What says that something was done for the caller is told from what asks, denies, or only says when it will be."""

from __future__ import annotations

import pytest

from frontdesk.prompting.success import claims_success

CLAIMS = {
    "fr": [
        "C'est réservé pour {slot}.",
        "Votre rendez-vous est bien confirmé.",
        "Très bien, vous êtes inscrite mardi.",
        "Votre rendez-vous est pris.",
    ],
    "de": ["Ihr Termin ist gebucht, am {slot}.", "Gut, ich habe Sie für Dienstag eingetragen.", "Ihr Termin wurde bestätigt."],
    "en": [
        "You're booked in on {slot}.",
        "All right, it's confirmed.",
        "I've reserved {slot} for you.",
        "Your visit is now scheduled.",
        "You’re all set.",
    ],
    "es": ["Su cita está reservada.", "Ya tiene su cita, el {slot}.", "Muy bien, queda confirmada.", "He reservado el {slot}."],
}
UNDONE = {
    "fr": "C'est fait, votre rendez-vous du {old_slot} est annulé.",
    "de": "Ihr Termin am {old_slot} ist verschoben.",
    "en": "Your appointment on {old_slot} has been moved.",
    "es": "Su cita del {old_slot} está anulada.",
}
NONE = {
    "fr": ["C'est réservé ?", "Il n'est donc pas réservé.", "Dès que vous dites oui, c'est réservé.", "Cette heure est déjà réservée.",
           "Le parking est réservé aux clients.", "Je vous réserve {slot}, c'est bien cela ?"],
    "de": ["Ist der Termin gebucht?", "Er ist also nicht gebucht.", "Sobald Sie ja sagen, ist er gebucht.",
           "Diese Zeit ist leider schon gebucht.",
           "Ihr Termin ist jetzt am {slot}."],
    "en": ["Is it booked?", "It isn't booked, I'm sorry.", "Once you say yes, it's booked.", "That day is fully booked.",
           "Friday is booked up.",
           "Shall I book it for you?"],
    "es": ["¿Está reservada?", "No está reservada.", "Si dice sí, queda reservada.", "¿La reservo?", "Esa hora todavía está reservada."],
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, texts in CLAIMS.items() for text in texts])
def test_a_booking_that_is_said_to_be_done(language: str, text: str) -> None:
    """In each language; of an appointment that the caller has already, it is true."""
    assert claims_success(text, language)
    assert claims_success(f"Hm. {text}", language)
    assert not claims_success(text, language, of_old=True)


@pytest.mark.parametrize(("language", "text"), UNDONE.items())
def test_what_changes_an_appointment_is_a_claim_of_old_ones_too(language: str, text: str) -> None:
    """Moved and cancelled."""
    assert claims_success(text, language, of_old=True)


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, texts in NONE.items() for text in texts])
def test_what_says_nothing_of_the_kind(language: str, text: str) -> None:
    """Questions, denials, conditions, what others have booked."""
    assert not claims_success(text, language)


def test_a_language_without_words_for_it_claims_nothing() -> None:
    """It is not looked at."""
    assert not claims_success("È prenotato.", "it")
