"""The words with which a language says that somebody does something, and those with which one speaks of an appointment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spoken.when.residue import NEVER, WordList

__all__ = ["Activities", "load_activities"]


@dataclass(frozen=True, slots=True)
class Activities:
    """How a language says that somebody does something: the `activities` of its `when-doubt.yaml`."""

    speakers: WordList
    """Who does it: "I", "we"."""
    whose: WordList
    """What stands before another who does it: "my", of "my son"."""
    passed_over: WordList
    """What may stand between these and the verb: "usually", "me"."""
    openers: WordList
    """What may stand before the subject where a verb might: "and", "that". Empty where the verb never stands there."""
    having: WordList
    """What one has on a day fills it, whatever it is: "I've | physio"."""
    taking: WordList
    """Verbs that say nothing by themselves ("am"), or take a day or something else: "I take | Tuesday", "I take | the kids swimming"."""
    willing: WordList
    """Words with which one speaks of the appointment: "can", "come", "free", "time"."""
    denying: WordList
    """Who does not work on a day is free then."""
    shape: re.Pattern[str]
    """How verbs are written that need no subject, "duermo"; a language need not say."""


def load_activities(data: Mapping[str, Any]) -> Activities:
    """The `activities` of a `when-doubt.yaml`."""
    lists = {
        name: WordList(data.get(name, ()))
        for name in ("speakers", "whose", "passed_over", "openers", "having", "taking", "willing", "denying")
    }
    return Activities(**lists, shape=re.compile(data.get("shape", NEVER)))
