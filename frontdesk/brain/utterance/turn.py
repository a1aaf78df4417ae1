"""One turn: the utterance, the view and the business, and the readers of `spoken` set up for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, TypeVar

from frontdesk.brain.utterance.findings import Findings
from frontdesk.brain.utterance.heard import Heard, Span
from frontdesk.brain.utterance.names_said import left_to_names
from frontdesk.brain.utterance.phrases import Book, Key, Match
from frontdesk.business import Business
from fsm.view import View
from spoken import Choice, Context, Reading, Vocabulary
from spoken.lexicon import phrases
from spoken.names import read_name
from spoken.phones import country_of
from spoken.understanding import understand
from spoken.wishes import settled

__all__ = ["CALLS_OFF", "CANNOT_COME", "ELSEWHEN", "JOINED", "RINGS_AGAIN", "THEIRS", "UNDECIDED", "WHOEVER", "Turn"]

Finding = TypeVar("Finding")

CANNOT_COME: Final = ("values", "absence", "cannot_come")
"""Who says so cancels, or refuses what is being booked; no answer to anything, and so weighed as a wish is."""
_AWAY: Final = ("values", "absence", "away")
ELSEWHEN: Final = ("values", "absence", "elsewhen")
"""Another time that is asked for: "have you anything next week"."""
CALLS_OFF: Final = frozenset({("intents", "cancel"), CANNOT_COME})
"""Keys of what says that an appointment is off."""
UNDECIDED: Final = ("values", "wanting", "undecided")
"""Who wants an appointment and does not know for when books one, and asks after none that they have."""
JOINED: Final = ("values", "service", "joined")
"""The "and" between two things that are said."""
RINGS_AGAIN: Final = ("values", "absence", "rings_again")
"""Who will ring again wants no other time now: "I'll call when I'm better"."""
THEIRS: Final = ("values", "message", "theirs")
"""“I have to tell my husband first”: the caller has to, and leaves no word with us."""
WHOEVER: Final = ("values", "staff", "whoever")
"""Words that say that anybody will do: "no matter who"; of the time they say nothing, and they ask nothing."""


class Turn:
    """All that the small readers of the rules need; they put what they find into `found`."""

    def __init__(self, heard: Heard, view: View, language: str, now: dt.datetime, business: Business, book: Book) -> None:
        self.heard, self.view, self.language, self.now = heard, view, language, now
        self.business, self.book = business, book
        self.found = Findings(heard)
        self.number_span: Span | None = None
        """Where a phone number was heard."""
        self._once: dict[Callable[[Turn], Any], Any] = {}
        self._read: dict[tuple[Any, ...], Reading] = {}
        """Several readers ask for the same days and the same yes; forgotten with the turn."""

    def once(self, find: Callable[[Turn], Finding]) -> Finding:
        """What `find` makes of this turn, worked out when it is first asked for: for what rests on nothing that is read meanwhile."""
        if find not in self._once:
            self._once[find] = find(self)
        found: Finding = self._once[find]
        return found

    # --- what the call knows ------------------------------------------------------------------------------------

    def known(self, fact: str) -> Any:
        """The value of a fact, or None."""
        held = self.view.facts.get(fact)
        if held is not None and fact == "when":
            return settled(held.value, self.booked)
        return held.value if held is not None else None

    @cached_property
    def booked(self) -> dt.datetime | None:
        """When the appointment is that the call is about, once it is known."""
        held = self.view.facts.get("appointment")
        start = (held.detail or {}).get("start") if held is not None else None
        return self.local(start) if isinstance(start, str) else None

    @cached_property
    def intent(self) -> str | None:
        """What the caller wants: as known; what this utterance says is in `found`."""
        value = self.known("intent")
        return value if isinstance(value, str) else None

    @cached_property
    def same_as(self) -> dt.datetime | None:
        """What "the same day" is the same as: the appointment being moved, else the one booked before, else the time chosen."""
        start = self.view.previous_slot or self.known("slot")
        return self.booked or (self.local(start) if isinstance(start, str) else None)

    def local(self, text: str) -> dt.datetime | None:
        """Wall time of the business, made aware; None for what is no time."""
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError:
            return None
        return moment.replace(tzinfo=self.now.tzinfo) if moment.tzinfo is None else moment.astimezone(self.now.tzinfo)

    # --- phrases ------------------------------------------------------------------------------------------------

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """The phrases that were heard; one that lies within another, longer one of a different meaning does not count."""
        found = [match for match in left_to_names(self, self.book.matches(self.heard)) if not self._begins_with_a_yes(match)]
        found = _without_absences(found)
        times = {"slot", "appointment"} | ({"intent"} if self.known("which") is not None else set())
        if self.view.asks not in times:  # "I can't make it" refuses a time, or calls an appointment off
            found = [match for match in found if match.key != ("acts", "refuses_offers")]
        if self.view.asks == "slot" and any(match.whole and match.key == ("values", "slot", "any") for match in found):
            found = [match for match in found if match.key != ("acts", "never_mind")]  # "da igual", "doesn't matter": any of them
        if self.view.asks == "intent" and self.known("which") is not None:  # "move it or cancel it?" – "cancel it"
            wishes = [match for match in found if match.key[0] == "intents"]
            found = [m for m in found if m.key != ("acts", "never_mind") or not any(_lies_in(wish, m) for wish in wishes)]
        theirs = [match for match in found if match.key == THEIRS]
        found = [m for m in found if m.key != ("intents", "message") or not any(_overlap(m, told) for told in theirs)]
        asked = ("values", self.view.asks or "")
        sections = {"acts", "intents", "questions"}
        telling = [
            match
            for match in found
            if (match.key[0] in sections and match.key != ("acts", "thanks")) or match.key[:2] == asked or match.key == WHOEVER
        ]
        return tuple(match for match in found if not any(_inside(match, other) for other in telling))

    def _begins_with_a_yes(self, match: Match) -> bool:
        """ "Sí, no puedo ir" is no question "si no puedo ir …": its accent tells the yes from the "if"."""
        if match.key[0] != "questions":
            return False
        start, _ = self.span_of(match)
        first = next((token.raw.casefold() for token in self.heard.tokens if token.start >= start), "")
        return not first.isascii() and first in phrases(self.language, "yes_no", "undo")

    def heard_phrase(self, *key: str) -> Match | None:
        """The first phrase that was heard under this key, or under any key that begins so."""
        return next((match for match in self.matches if match.key[: len(key)] == key), None)

    @cached_property
    def has_appointment(self) -> bool:
        """Whether the caller speaks of an appointment they have: "j'ai rendez-vous mardi"; "can I have an appointment" does not."""
        return _tells_of_one(self.matches)

    def span_of(self, match: Match) -> Span:
        return self.heard.span(match.plain)

    def span_of_words(self, words: str) -> Span:
        """Where words that were proposed stand."""
        start = self.heard.text.find(words)
        return start, start + len(words)

    def keys(self, section: str) -> list[Key]:
        return [match.key for match in self.matches if match.key[0] == section]

    # --- readers ------------------------------------------------------------------------------------------------

    def read(
        self,
        expect: str,
        text: str | None = None,
        *,
        day: dt.date | None = None,
        choices: tuple[Choice, ...] = (),
        names: Mapping[str, tuple[str, ...]] | None = None,
        digits: str = "",
        same_as: dt.datetime | None = None,
        trusting: bool = False,
        now: dt.datetime | None = None,
    ) -> Reading:
        """Reads a value of a kind from what is left of the utterance, or from `text`, which has the same places.

        `now`: when the words are taken to be said, if not now.
        `trusting`: the words choose among known times or ask about one, so that whatever else they say leaves it in no doubt.
        """
        heard = self.heard.rest if text is None else text
        key = None if choices or names else (expect, heard, self.language, day, same_as, digits, trusting, now)
        if key is not None and key in self._read:
            return self._read[key]
        if expect == "volunteered_name":
            reading = self._read[expect, heard] = self._read.get((expect, heard)) or read_name(heard, self.language, asked=False)
            return reading
        context = Context(
            country=country_of(self.view.caller) if self.view.caller else None,
            business_country=self.business.country,
            hours=self.business.hours_of,
            holidays=self.business.holidays,
            day=day,
            same_as=same_as or self.same_as,
            trusting=trusting,
            choices=choices,
            vocabulary=Vocabulary(names or {}),
            digits=digits,
        )
        reading = understand(heard, expect, self.language, now or self.now, context)
        if key is not None:
            self._read[key] = reading
        return reading


def _tells_of_one(matches: Sequence[Match]) -> bool:
    """Whether an appointment that there is already is spoken of."""
    wishes = [match.plain for match in matches if match.key == ("intents", "book")]
    return any(
        not any(start < match.plain[0] and match.plain[1] <= end for start, end in wishes)
        for match in matches
        if match.key == ("values", "appointment", "existing")
    )


def _without_absences(matches: list[Match]) -> list[Match]:
    """Without "not there", where a new appointment is wanted: "I'd like one, I'm not there on Monday" calls none off."""
    keys = {match.key for match in matches}
    if ("intents", "book") not in keys or ELSEWHEN in keys or _tells_of_one(matches):
        return matches
    away = [match for match in matches if match.key == _AWAY]
    return [m for m in matches if m.key != CANNOT_COME or not any(_overlap(m, told) for told in away)]


def _inside(inner: Match, outer: Match) -> bool:
    """Whether a phrase is part of a longer one that means something else."""
    if inner.key == outer.key or inner.length >= outer.length:
        return False
    if inner.key[0] in {"moves", "values"} and inner.key != CANNOT_COME:
        return False
    if inner.key[0] == "questions" and outer.key == ("intents", "book"):  # "I'd like to check my appointment"
        return False
    if outer.key[0] == "intents" and (
        inner.key[0] == "intents" or inner.key == CANNOT_COME
        # "Quisiera anular la cita" contains both, and the order of intents decides.
    ):
        return False
    return _lies_in(inner, outer)


def _lies_in(inner: Match, outer: Match) -> bool:
    return outer.plain[0] <= inner.plain[0] and inner.plain[1] <= outer.plain[1]


def _overlap(one: Match, other: Match) -> bool:
    return one.plain[0] < other.plain[1] and other.plain[0] < one.plain[1]
