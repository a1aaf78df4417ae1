"""What services are called by callers: their own names, the vague words for several, and what is not done here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final

from frontdesk.brain.utterance.turn import Turn
from spoken import Alternative

__all__ = ["FAMILY", "OTHER", "names_asked", "one_named", "service_names", "services_of", "to_choose_from"]

FAMILY: Final = "family:"
OTHER: Final = "other:"


def service_names(turn: Turn) -> Mapping[str, tuple[str, ...]]:
    """What services are called, and under "family:…" and "other:…" the vague words and what is not done here."""
    return turn.once(_service_names)


def _service_names(turn: Turn) -> Mapping[str, tuple[str, ...]]:
    business, language = turn.business, turn.language
    names = dict(business.vocabulary(language))
    names.update({f"{FAMILY}{key}": words for key, words in business.family_vocabulary(language).items()})
    names.update({f"{OTHER}{key}": words for key, words in business.not_offered_vocabulary(language).items()})
    return names


def names_asked(turn: Turn) -> Mapping[str, tuple[str, ...]]:
    """Where a service is the matter, "for a man" names one, too."""
    return turn.once(_names_asked)


def _names_asked(turn: Turn) -> Mapping[str, tuple[str, ...]]:
    names = dict(service_names(turn))
    for family in turn.business.families:
        for key, words in turn.business.family_answers(family, turn.language).items():
            names[key] = (*names[key], *words)
    return names


def one_named(turn: Turn) -> str | None:
    """The one service that was named, or said to be "for a man"; None when it is none, vague, or not done here."""
    for names in (service_names(turn), names_asked(turn)):
        reading = turn.read("service", names=names)
        if reading.complete and ":" not in reading.value:
            return str(reading.value)
    return None


def services_of(turn: Turn, keys: Iterable[str]) -> list[str]:
    """The services of these names, each once; a vague word stands for several."""
    business, language = turn.business, turn.language
    meant = (business.family_answers(key.removeprefix(FAMILY), language) if key.startswith(FAMILY) else (key,) for key in keys)
    return list(dict.fromkeys(chain.from_iterable(meant)))


def to_choose_from(turn: Turn, services: Iterable[str]) -> tuple[Alternative, ...]:
    """The services as they are said when it is asked which of them is meant."""
    return tuple(Alternative(service, turn.business.service_name(service, turn.language)) for service in services)
