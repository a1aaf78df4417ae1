"""What callers of the salon say, and the service they mean: services.yaml, a sentence a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.business import Business
from fsm.yaml_source import load_plain
from spoken.context import Context, Vocabulary
from spoken.services import read_service

SENTENCES = [
    (language, sentence, meant)
    for language, sentences in load_plain((Path(__file__).parent / "services.yaml").read_text(encoding="utf-8")).items()
    for sentence, meant in sentences.items()
]


def everything(salon: Business, language: str) -> dict[str, tuple[str, ...]]:
    """Services, vague words and what is not offered, as the conversation looks them up together."""
    names = dict(salon.vocabulary(language))
    names |= {f"family:{key}": words for key, words in salon.family_vocabulary(language).items()}
    names |= {f"other:{key}": words for key, words in salon.not_offered_vocabulary(language).items()}
    return names


@pytest.mark.parametrize(("language", "sentence", "meant"), SENTENCES)
def test_a_caller_is_understood(salon: Business, language: str, sentence: str, meant: str) -> None:
    """The words of the salon lead callers to the one thing they mean."""
    reading = read_service(sentence, language, Context(vocabulary=Vocabulary(everything(salon, language))))
    assert (reading.value, [alternative.value for alternative in reading.alternatives]) == (meant, [])
