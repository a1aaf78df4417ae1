"""Which of several services is meant, by for whom or by what kind: "a cut for my son" is the child's, where there is one."""

from __future__ import annotations

from typing import Final

from spoken.choice_words import point_at
from spoken.context import Context
from spoken.normalise import tokenise
from spoken.reading import Reading, Status
from spoken.services import read_service

__all__ = ["read_service_by_kind"]

MIN_SAID: Final = 2
"""Words of an answer in which one may tell the kind."""


def read_service_by_kind(text: str, language: str, context: Context) -> Reading:
    """As `read_service`; of several that fit, the only one of the kind that is told beside it."""
    found = read_service(text, language, context)
    tokens = [token for token in tokenise(text) if token.kind != "symbol"]
    if found.status is not Status.AMBIGUOUS or len(tokens) < MIN_SAID:
        return found
    names = context.vocabulary.names
    pointed = point_at(tokens, [" ".join(names.get(str(item.value), ())) or item.say for item in found.alternatives], language)
    if pointed is None or len(pointed.indexes) != 1:
        return found
    return Reading(Status.COMPLETE, found.alternatives[pointed.indexes[0]].value, found.span)
