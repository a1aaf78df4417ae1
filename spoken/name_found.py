"""The words of a name as they were collected, heard and spelled, and how they are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spoken.name_writing import alike
from spoken.normalise import fold

__all__ = ["FoundName", "words_of_name"]


@dataclass
class FoundName:
    """A name being collected from its words."""

    heard: list[str] = field(default_factory=list)
    spelled: list[str] = field(default_factory=list)
    roles: dict[str, list[str]] = field(default_factory=dict)
    first: int = -1
    last: int = -1
    count: int = 0
    known: bool = False
    """One of its words is a frequent first name."""
    capitals: int = 0

    leading: list[str] = field(default_factory=list)
    """Spelled before any word was heard."""

    def leads(self, word: str) -> bool:
        """Whether a spelled word comes first: it was said first, and is not a surname before a first name."""
        return word in self.leading and not self.known

    @property
    def empty(self) -> bool:
        return not self.heard and not self.spelled


def _without_stutter(heard: Sequence[str]) -> list[str]:
    """ "Milan Milan Kovac" is said by somebody who stutters, or heard twice. Two words alone are left: it may be Duran Duran."""
    if len(heard) > 1:
        parts = [fold(part) for word in heard if "-" in word for part in word.split("-")]
        heard = [word for word in heard if "-" in word or fold(word) not in parts]  # "Dürr-Morell, Dürr with a double r"
    if len(heard) < 3:
        return list(heard)
    return [word for at, word in enumerate(heard) if at == 0 or fold(word) != fold(heard[at - 1])]


def words_of_name(found: FoundName) -> list[str]:
    """Heard and spelled parts as one name, in order."""
    heard, spelled = _without_stutter(found.heard), list(found.spelled)
    fresh: list[str] = []
    for word in spelled:
        if any(_covers(other, word) for other in heard):
            continue
        whole = next((index for index in range(len(heard)) if len(heard) - index > 1 and _compact(heard[index:]) == fold(word)), None)
        if whole is not None:
            continue  # the whole name, letter by letter
        like = [index for index, other in enumerate(heard) if alike(other, word)]
        place = next((index for index in like if fold(heard[index]) == fold(word)), next(iter(like), None))  # "Martin Mai M A I"
        if place is None:
            fresh.append(word)
        elif fold(heard[place]) != fold(word) or heard[place].isascii():
            heard[place] = word  # letters are often spelled without their accents
    if found.roles.get("surname") and len(heard) + len(fresh) > len(found.roles["surname"]):
        surnames = found.roles["surname"]
        kept = [word for word in [*heard, *fresh] if word not in surnames]
        replaced = [next((word for word in [*heard, *fresh] if alike(word, name) and word not in kept), name) for name in surnames]
        return [*kept, *dict.fromkeys(replaced)]
    before = [word for word in fresh if found.leads(word)]
    together = [*before, *heard, *(word for word in fresh if word not in before)]
    firsts = [word for word in together if word in found.roles.get("first", ())]
    return [*firsts, *(word for word in together if word not in firsts)]


def _covers(heard: str, letters: str) -> bool:
    """A few letters out of the word that was just said ("Mackenzie M A C") replace nothing and add nothing."""
    whole, part = fold(heard), fold(letters)
    return len(part) < len(whole) - 1 and (whole.startswith(part) or whole.endswith(part))


def _compact(words: Sequence[str]) -> str:
    return fold("".join(words))
