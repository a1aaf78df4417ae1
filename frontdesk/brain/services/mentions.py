"""Services as they are named in one utterance, in order: which of them are still meant, and whether several are wanted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from frontdesk.brain.services.named_itself import named_itself, without_for_whom
from frontdesk.brain.services.service_names import FAMILY, OTHER, service_names, services_of
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.phrases import Match
from frontdesk.brain.utterance.turn import JOINED, Turn
from spoken.normalise import fold_words

__all__ = ["NO_VALUES", "RIGHT_AFTER", "Mention", "Named", "first_followed", "named_services", "one_by_one", "one_meant", "only_one"]

NO_VALUES: Final = {("acts", act) for act in ("goodbye", "wants_human", "hold_on", "asks_repeat")} | {("intents", "message")}
"""Phrases whose words are never part of a value: "ça coupe", of a bad line, is no cut."""

RIGHT_AFTER: Final = ("values", "service", "right_after")
_AFTER: Final = {("values", "service", "after"), RIGHT_AFTER}

_AWAY: Final = 1
"""Words that may stand between a phrase and the service it speaks of."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A service, or a vague word for several ("family:cut"), that was named word for word. `span` is of the utterance."""

    key: str
    span: Span
    first: int
    last: int
    """Half-open range of words."""


@dataclass(frozen=True, slots=True)
class Named:
    """What an utterance names. `meant` is what is left when what was taken back is out."""

    meant: tuple[Mention, ...]
    taken_back: bool
    """Whether something was named that is not meant, or not all that is: "forget the highlights", "a trim, a women's cut"."""
    joined: bool
    """Whether two that are meant stand beside each other as one wish: "a cut and a colour"."""

    @property
    def replaced(self) -> bool:
        """Whether something else was put in the place of what was taken back."""
        return self.taken_back and bool(self.meant)

    def only(self, service: str | None) -> bool:
        """Whether nothing is meant but this one."""
        return {mention.key for mention in self.meant} == {service}


def named_services(turn: Turn) -> Named:
    """Everything that is named word for word, the longest name at each place."""
    return turn.once(_named_services)


def _named_services(turn: Turn) -> Named:
    followed = [mention for mention, _ in first_followed(turn)]
    mentions = [mention for mention in _mentions(turn) if mention not in followed]
    meant = [mention for mention in mentions if not _taken_back(turn, mention)]
    taken_back = len(meant) < len(mentions)
    for later in range(len(meant) - 1, 0, -1):
        if meant[later - 1].key != meant[later].key and _corrected_between(turn, meant[later - 1], meant[later]):
            meant, taken_back = meant[later:], True
            break
    sharper = [mention for mention in meant if not _only_vaguer(turn, mention, meant)]
    sharpened, meant = len(sharper) < len(meant), sharper
    joined = any(_joined(turn, left, right) for left, right in pairwise(meant))
    return Named(tuple(meant), taken_back or sharpened, joined)


def first_followed(turn: Turn) -> tuple[tuple[Mention, Match], ...]:
    """What has just been booked, said as what another one follows, and the words before it: "a cut after the highlights"."""
    return turn.once(_first_followed)


def _first_followed(turn: Turn) -> tuple[tuple[Mention, Match], ...]:
    first = turn.view.previous_task.get("service")
    cues = sorted((match for match in turn.matches if match.key in _AFTER), key=lambda match: match.key != RIGHT_AFTER)
    found: dict[Mention, Match] = {}
    for mention in _mentions(turn) if first is not None and cues else ():
        for match in cues if first in services_of(turn, [mention.key]) else ():
            start, end = turn.heard.words_of(match.plain)
            if start < mention.first <= end:  # "les mèches" has its article in it
                found.setdefault(mention, match)
    return tuple(found.items())


def one_meant(turn: Turn) -> Mention | None:
    """The one service that is meant, beside which a vague word says nothing: the colour of "how much is hair done, a colour"."""
    meant = named_services(turn).meant
    return meant[0] if len({mention.key for mention in meant}) == 1 and ":" not in meant[0].key else None


def one_by_one(turn: Turn, named: Named) -> bool:
    """Whether what was named are wishes beside each other: "a cut and a colour", "two slots, one for a cut and one for highlights"."""
    return named.joined or (turn.found.has("wants_several") and len({mention.key for mention in named.meant}) > 1)


def only_one(turn: Turn, named: Named, values: Collection[str]) -> bool:
    """Whether one service was named and whatever else may be meant was not: it is merely like what was said, or for the same person.

    "A trim to tidy it up" is no make-up, "a women's cut for my daughter" no child's cut, unless she is named to correct it.
    """
    keys = {mention.key for mention in named.meant}
    if len(keys) != 1 or not values:
        return False
    if len(values) > 1 and keys <= set(values):
        return True
    mention = named.meant[0]
    if mention.key not in turn.business.services:
        return False
    if any(start >= mention.last for start, _ in _cues(turn, ("values", "retake"), ("values", "correction"))):
        return False
    others = set(values) - keys
    return bool(others) and named_itself(turn, mention.key, turn.heard.words[mention.first : mention.last], others)


def _mentions(turn: Turn) -> list[Mention]:
    """What is named word for word; of names that overlap, the longest: "une coupe homme" is no "coupe" alone."""
    words = turn.heard.words
    found: dict[tuple[int, int], set[str]] = {}
    for key, forms in service_names(turn).items():
        for form in map(fold_words, forms):
            if not form or not turn.heard.different.issuperset(form):
                continue  # hardly any name is said, and each word of it would be
            for at in range(len(words) - len(form) + 1):
                if words[at : at + len(form)] == form:
                    found.setdefault((at, at + len(form)), set()).add(key)
    taken: list[Mention] = []
    acts = _cues(turn, *NO_VALUES)
    for (first, last), keys in sorted(
        without_for_whom(turn, found).items(), key=lambda item: (-sum(map(len, words[item[0][0] : item[0][1]])), item[0])
    ):
        if any(start <= first and last <= end for start, end in acts):
            continue
        if len(keys) == 1 and all(last <= other.first or other.last <= first for other in taken):
            span = turn.heard.tokens[first].start, turn.heard.tokens[last - 1].end
            taken.append(Mention(next(iter(keys)), span, first, last))
    taken += _beside_others(turn, taken)
    taken = [_of_its_family(turn, mention, taken) for mention in taken]
    return sorted((mention for mention in taken if not mention.key.startswith(OTHER)), key=lambda mention: mention.first)


def _beside_others(turn: Turn, taken: list[Mention]) -> list[Mention]:
    """ "Hair and beard", "beard and hair": a word that means a service only where it is joined to that other one."""
    words = turn.heard.words
    found: list[Mention] = []
    for service, other, forms in turn.business.words_beside(turn.language):
        for form in map(fold_words, forms):
            for first in range(len(words) - len(form) + 1):
                last = first + len(form)
                if words[first:last] != form or any(first < known.last and known.first < last for known in (*taken, *found)):
                    continue
                mention = Mention(service, (turn.heard.tokens[first].start, turn.heard.tokens[last - 1].end), first, last)
                beside = (known for known in taken if known.key == other)
                if any(_joined(turn, *sorted((mention, known), key=lambda one: one.first)) for known in beside):
                    found.append(mention)
    return found


def _of_its_family(turn: Turn, mention: Mention, taken: list[Mention]) -> Mention:
    """ "A haircut and the beard": the vague word right beside that other service is the one that goes with it, and nobody asks for whom."""
    if not mention.key.startswith(FAMILY):
        return mention
    members = turn.business.family_answers(mention.key.removeprefix(FAMILY), turn.language)
    joining = _cues(turn, JOINED)
    for service, other, _ in turn.business.words_beside(turn.language):
        for known in taken:
            left, right = sorted((mention, known), key=lambda one: one.first)
            close = any(left.last == start < right.first <= end + _AWAY for start, end in joining)
            if service in members and known.key == other and close:
                return replace(mention, key=service)
    return mention


def _cues(turn: Turn, *keys: tuple[str, ...]) -> list[Span]:
    """Where phrases under one of these keys stand, as half-open ranges of words."""
    return [turn.heard.words_of(match.plain) for match in turn.matches if any(match.key[: len(key)] == key for key in keys)]


def _taken_back(turn: Turn, mention: Mention) -> bool:
    """ "Instead of the cut", "forget the highlights"."""
    return any(start < mention.first <= end + _AWAY for start, end in _cues(turn, ("values", "service", "dropped")))


def _corrected_between(turn: Turn, left: Mention, right: Mention) -> bool:
    """ "A blow-dry, no sorry, a colour"."""
    return any(left.last <= start < right.first for start, _ in _cues(turn, ("values", "retake"), ("values", "correction")))


def _joined(turn: Turn, left: Mention, right: Mention) -> bool:
    if left.key == right.key:
        return False
    return any(left.last <= start < right.first <= end + _AWAY for start, end in _cues(turn, JOINED))


def _only_vaguer(turn: Turn, mention: Mention, others: list[Mention]) -> bool:
    """ "Cortarme el pelo, corte de mujer": the vague word says nothing beside one of the services it stands for."""
    if not mention.key.startswith(FAMILY):
        return False
    members = turn.business.family_answers(mention.key.removeprefix(FAMILY), turn.language)
    return any(other.key in members for other in others)
