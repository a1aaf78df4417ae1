"""What a "not" beside a verb refuses: its object in front ("Linsen vertrag ich nicht"), or behind ("I never read my mails")."""

from __future__ import annotations

from typing import Final

from spoken.choosing.cues import Said
from spoken.choosing.hearing import Clauses
from spoken.choosing.turns import Turn

__all__ = ["has_its_object", "refers_back"]

NOT: Final = 2
"""Words from who does it to the pronoun: "je n'(en ai pas)"."""
VERB: Final = 2
"""Words that a verb and the pronoun before it have, or a verb and who does it behind it."""


def refers_back(clauses: Clauses, turn: Turn) -> bool:
    """Whether the verb beside a "not" has its object in front of it, or a pronoun for it: "les mails, je les lis pas"."""
    said, words = clauses.said, clauses.said.words
    start, end = turn.start, turn.end
    if not said.parted(start) or start in clauses.paused(0, len(words)):
        return False
    if words[start - 1] in said.data.subjects:
        near = range(start - VERB - 1, start)
        return not any(first in near for _, first, _ in said.data.takes.find(words))  # "Dienstag nehm ich nicht Mittwoch"
    before = words[max(0, start - VERB - NOT) : max(0, start - VERB)]
    if before and words[start - VERB] in said.data.clitics and not said.data.subjects_first.isdisjoint(before):
        return True
    behind = said.replies(start, end) and end < len(words) and words[end] in said.data.clitics_behind
    return behind and not clauses.named(end, min(end + VERB, len(words)))  # "no los miro", but "no los lunes"


def has_its_object(said: Said, turn: Turn, named_before: bool) -> bool:
    """Whether the object of a verb that is refused stands behind it: "I never read my mails", and "I don't have a car" at the beginning."""
    words = said.words
    if not named_before and words[turn.start] in said.data.subjects_first:
        return True
    never = not said.data.nevers.isdisjoint(words[turn.start : turn.end])
    return never and turn.end < len(words) and words[turn.end] in said.data.possessives
