"""What services are called by callers: their own names, the vague words for several, and what is not done here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from frontdesk.brain.turn import Turn

__all__ = ["FAMILY", "OTHER", "names_asked", "service_names", "services_of"]

FAMILY: Final = "family:"
OTHER: Final = "other:"


def service_names(turn: Turn) -> Mapping[str, tuple[str, ...]]:
    """What services are called, and under "family:…" and "other:…" the vague words and what is not done here."""
    business, language = turn.business, turn.language
    names = dict(business.vocabulary(language))
    names.update({f"{FAMILY}{key}": words for key, words in business.family_vocabulary(language).items()})
    names.update({f"{OTHER}{key}": words for key, words in business.not_offered_vocabulary(language).items()})
    return names


def names_asked(turn: Turn) -> dict[str, tuple[str, ...]]:
    """Where a service is the matter, "for a man" names one, too."""
    names = dict(service_names(turn))
    for family in turn.business.families:
        for key, words in turn.business.family_answers(family, turn.language).items():
            names[key] = (*names[key], *words)
    return names


def services_of(turn: Turn, key: str) -> list[str]:
    """The service itself, or those that a vague word stands for."""
    if not key.startswith(FAMILY):
        return [key]
    return list(turn.business.family_answers(key.removeprefix(FAMILY), turn.language))
