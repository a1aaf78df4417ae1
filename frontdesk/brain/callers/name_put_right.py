"""Another name than the one that is known, said where something else was asked: "no, it's Daniel Baker"."""

from __future__ import annotations

from frontdesk.brain.utterance.heard import Heard
from frontdesk.brain.utterance.names_said import has_a_first_name
from frontdesk.brain.utterance.turn import Turn
from spoken import Reading, Status
from spoken.normalise import fold_words
from spoken.spelling_remarks import with_remarks

__all__ = ["another_name", "name_instead"]


def another_name(turn: Turn, known: str, reading: Reading) -> bool:
    """ "No, not Dan, Daniel Baker": the name that was read back is refused, and another one is said; or nothing else is said at all."""
    if not reading.complete or reading.value == known:
        return False
    refused = set(fold_words(known)) & set(turn.heard.words)
    yes_no = turn.read("yes_no")
    no = yes_no.complete and yes_no.value is False
    return (no and (bool(refused) or has_a_first_name(reading))) or (not yes_no.complete and _alone(turn, reading))


def name_instead(turn: Turn) -> Reading | None:
    """A name that answers whether the number is right: "no, it's Erwan Le Bihan" puts the name right, and no number.

    So does what is said of its spelling: "no, Nguyen with an n at the beginning".
    """
    known, reading = turn.known("name"), turn.read("name")
    of_the_number = turn.heard_phrase("values", "phone") is not None or turn.heard_phrase("wants_change", "phone") is not None
    if not isinstance(known, str):
        return None
    if (remarked := with_remarks(known, turn.heard.text, turn.language)) is not None:  # "… with an e at the end" tells of no digit
        return Reading(Status.COMPLETE, remarked, (turn.heard.tokens[0].start, turn.heard.tokens[-1].end))
    if of_the_number or not reading.complete or reading.span is None or reading.value == known:
        return None
    behind = Heard(turn.heard.text[reading.span[1] :])
    return reading if has_a_first_name(reading) and not behind else None


def _alone(turn: Turn, reading: Reading) -> bool:
    """Whether a first name and a surname are all that was said, "er" and the like aside."""
    if reading.span is None or not has_a_first_name(reading):
        return False
    before, behind = Heard(turn.heard.text[: reading.span[0]]), Heard(turn.heard.text[reading.span[1] :])
    return all(not part or turn.book.only_fillers(part) for part in (before, behind))
