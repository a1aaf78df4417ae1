"""Which sentences tell callers that no person speaks with them."""

from __future__ import annotations

import pytest

from frontdesk.prompting.disclosing import discloses

SAYS = {
    "fr": [
        "Vous parlez à une intelligence artificielle.",
        "Pas de panique ! Une IA vous répond.",
        "Je ne suis pas une personne mais une IA.",
    ],
    "de": [
        "Sie sprechen mit einer KI.",
        "Sie sprechen nicht mit einem Menschen, sondern mit einer KI.",
        "Ich bin eine KI, kein Mensch.",
    ],
    "en": ["You're speaking with an AI assistant.", "I'm not a person but an AI.", "I'm an AI, not a person.", "No rush. I'm an AI."],
    "es": ["Le atiende una inteligencia artificial.", "No habla con una persona, sino con una IA.", "Soy una IA, no una persona."],
}
DENIES = {
    "fr": ["Vous ne parlez pas à une intelligence artificielle.", "Un accueil sans IA.", "[Une IA vous répond.] Bonjour."],
    "de": ["Sie sprechen nicht mit einer KI.", "Keine KI, hier ist der Salon.", "Guten Tag, ganz ohne KI."],
    "en": ["You're not speaking with an AI.", "This isn’t an AI.", "I'm no AI, promise."],
    "es": ["No habla con una inteligencia artificial.", "Ninguna IA le atiende.", "Atención sin IA."],
}


@pytest.mark.parametrize("language", SAYS)
def test_callers_are_told(language: str) -> None:
    assert [text for text in SAYS[language] if not discloses(text, language)] == []


@pytest.mark.parametrize("language", DENIES)
def test_who_denies_it_does_not_tell_it(language: str) -> None:
    assert [text for text in DENIES[language] if discloses(text, language)] == []
