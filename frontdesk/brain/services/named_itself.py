"""A service that was named itself, beside words for whom it is: "a women's cut for my daughter" is no child's cut."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from frontdesk.brain.utterance.turn import Turn
from spoken.normalise import fold_words

__all__ = ["named_itself", "names_for_whom", "without_for_whom"]

Names = Mapping[tuple[int, int], set[str]]
"""What is named word for word, by half-open ranges of words."""


def named_itself(turn: Turn, service: str, words: Sequence[str], others: Collection[str]) -> bool:
    """Whether a name of a service outranks all these `others`, which only the words for whom speak for.

    "Ladies' cut" says for whom it is whoever comes, and so does the name that the business gave it; "wash and cut" leaves it open.
    Of what is no matter of whom, "highlights", nothing else is made by any such word.
    """
    families = [turn.business.family_answers(family, turn.language) for family in turn.business.families]
    if not all(any(other in family for family in families) for other in others):
        return False
    akin = any(service in family and not family.keys().isdisjoint(others) for family in families)
    own = fold_words(turn.business.service_name(service, turn.language))
    return not akin or list(words) == list(own) or names_for_whom(turn, service, words)


def names_for_whom(turn: Turn, service: str, words: Sequence[str]) -> bool:
    """Whether these words hold some that choose the service within its family: "ladies' cut", "haircut for my son"."""
    for family in turn.business.families:
        for phrase in turn.business.family_answers(family, turn.language).get(service, ()):
            chosen = list(fold_words(phrase))
            if len(chosen) == 1 and any(chosen[0] in word for word in words):  # "damen" in "Damenhaarschnitt"
                return True
            if any(list(words[at : at + len(chosen)]) == chosen for at in range(len(words))):
                return True
    return False


def without_for_whom(turn: Turn, found: Names) -> Names:
    """Without "haircut for my son" in "a men's haircut for my son", where the name before it ends with the word that it begins with."""
    words = turn.heard.words
    return {
        (first, last): keys
        for (first, last), keys in found.items()
        if not any(
            start < first < end < last
            and all(
                key != other and named_itself(turn, key, words[start:end], [other]) and names_for_whom(turn, other, words[first:last])
                for key in services
                for other in keys
            )
            for (start, end), services in found.items()
            if services <= turn.business.services.keys() and keys <= turn.business.services.keys()
        )
    }
