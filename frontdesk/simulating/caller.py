"""A person on the phone: hears a turn, has patience or loses it, and says what arrives over a bad line."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from frontdesk.business import Business
from frontdesk.simulating.answering import Answers
from frontdesk.simulating.hearing import Ear, Ears, holds
from frontdesk.simulating.own_questions import OwnAnswers
from frontdesk.simulating.people import Person
from frontdesk.simulating.speech import Mouth
from frontdesk.simulating.turns import Heard, Reply

__all__ = ["Caller"]

_LONG_SILENCE_S: Final = 9.0


class Caller:
    """One caller during one call; `mind` is what they have settled on so far."""

    def __init__(self, person: Person, business: Business, ears: Ears, draw: Random, own: OwnAnswers) -> None:
        self.person, self._ears = person, ears
        self._mouth = Mouth(person, business, draw)
        self.mind = Answers(person, business, self._mouth, own)
        self._turns = 0
        self._last: tuple[str | None, tuple[str, ...]] = (None, ())
        self._last_kind = ""
        self._aside = person.aside

    def reply(self, heard: Heard) -> Reply:
        """What the caller does next. Who has had enough says so, or just hangs up."""
        self._turns += 1
        ear = self._ears.ear(heard.language)
        mind, temper = self.mind, self.person.temper
        mind.answered = mind.answered or self._is_answered(heard)
        again = (heard.asks, heard.offered) == self._last and self._last_kind == "answer" and not self._is_told_back(heard, ear)
        mind.repeats = mind.repeats + 1 if again else 0
        self._last = (heard.asks, heard.offered)
        if self._turns > temper.turns or mind.repeats >= temper.repeats:
            mind.gave_up = True
            leaves = self._last_kind != "end" and self._mouth.maybe(0.5)
            reply = Reply("end", self._mouth.pick(self._mouth.words.give_up)) if leaves else Reply("end", messages=({"hangup": True},))
        elif self._turns == 1:
            reply = mind.opening()
        else:
            reply = self._aside_for(heard) or self._answer(heard, ear)
        self._last_kind = reply.kind
        return reply if reply.messages else self._over_the_line(reply)

    def _over_the_line(self, reply: Reply) -> Reply:
        arrives = self._mouth.over_the_line(reply.meant).strip()
        message: dict[str, Any] = {"say": arrives} if arrives else {"silence_s": _LONG_SILENCE_S}
        return Reply(reply.kind, reply.meant, (message,))

    def _answer(self, heard: Heard, ear: Ear) -> Reply:
        reply = self.mind.answer(heard, ear)
        if self.mind.repeats and reply.kind == "answer" and reply.meant and self._mouth.maybe(0.4):
            return Reply("answer", self._mouth.pick(self._mouth.words.impatient, answer=reply.meant))
        return reply

    def _aside_for(self, heard: Heard) -> Reply | None:
        """Once, at the question that was drawn for it: silence, a moment, a question of one's own."""
        if self._aside is None or self._aside[0] != heard.asks:
            return None
        kind, self._aside = self._aside[1], None
        words = self._mouth.words
        if kind == "silent":
            return Reply("aside", messages=({"silence_s": _LONG_SILENCE_S},))
        if kind == "question":
            return Reply("aside", self.mind.question())
        return Reply("aside", self._mouth.pick({"hold": words.hold, "repeat": words.repeat, "mumble": words.mumble}[kind]))

    def _is_told_back(self, heard: Heard, ear: Ear) -> bool:
        if heard.asks == "phone":
            return ear.phone_told(heard.text, self.person.phone, self.person.rings_from) in ("right", "wrong", "begun")
        return heard.asks == "slot" and not heard.offered

    def _is_answered(self, heard: Heard) -> bool:
        if not self.mind.asked or self.person.question is None:
            return False
        answer = self.person.question.answer.get(heard.language)
        return answer is not None and holds(heard.text, answer)
