"""Which of several services is meant, by for whom it is: "a cut for my son" is the child's, where there is one."""

from __future__ import annotations

from spoken.choosing.families import families_at, families_of, whom
from spoken.context import Context
from spoken.normalise import tokenise
from spoken.reading import Reading, Status
from spoken.services import read_service

__all__ = ["read_service_by_kind"]


def read_service_by_kind(text: str, language: str, context: Context) -> Reading:
    """As `read_service`; of several that fit, the only one that is for whom it is said to be."""
    found = read_service(text, language, context)
    if found.status is not Status.AMBIGUOUS:
        return found
    first, last = found.span or (0, 0)
    tokens = [token for token in tokenise(text) if token.kind != "symbol"]
    words = [token.text for token in tokens]
    told = frozenset[str]().union(
        *(families_at(words, at, language)[0] for at, token in enumerate(tokens) if not first <= token.start < last)
    ) & whom(language)
    meant = [item for item in found.alternatives if families_of(item.say, language) & told]
    return Reading(Status.COMPLETE, meant[0].value, found.span) if len(meant) == 1 else found
