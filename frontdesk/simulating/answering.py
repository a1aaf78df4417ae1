"""What a caller answers to each question: their wishes, their diary and their own ears decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from frontdesk.business import Business
from frontdesk.simulating.hearing import Ear, digits_heard, hears_name
from frontdesk.simulating.own_questions import OwnAnswers
from frontdesk.simulating.people import Person, Wish
from frontdesk.simulating.speech import Mouth
from frontdesk.simulating.turns import Heard, Kind, Reply

__all__ = ["Answers"]

_COMPLAINTS: Final = 3
_OPEN_QUESTIONS: Final = frozenset({"intent", "anything_else"})


class Answers:
    """The mind of one caller during one call."""

    def __init__(self, person: Person, business: Business, mouth: Mouth, own: OwnAnswers) -> None:
        self.person, self._business, self.mouth, self._own = person, business, mouth, own
        self.chosen: str | None = None
        """The time that the caller has settled on."""
        self.said_yes_to: str | None = None
        """The appointment that was read back rightly and that the caller has said yes to."""
        self.wants_nothing = False
        self.gave_up = False
        self.answered = False
        self.asked = False
        self.message: str | None = None
        self.repeats = 0
        """So often the present question has been put again."""
        self._wishes = list(person.wishes)
        self._wrong: str | None = None
        self._complaints = 0
        self._change = person.change
        self._agreed = self._accepts_any = self._was_vague = False
        self._answers: Mapping[str, Callable[[Heard, Ear], Reply]] = {
            "intent": self._towards_goal,
            "service": self._service,
            "staff": lambda _heard, _ear: _say("answer", self.mouth.pick(self.mouth.words.staff)),
            "when": self._when,
            "slot": self._slot,
            "name": self._name,
            "phone": self._phone,
            "email": lambda _heard, _ear: _say("answer", self.mouth.pick(self.mouth.words.email)),
            "appointment": self._appointment,
            "agreed": self._read_back,
            "message": self._leave_message,
            "anything_else": self._towards_goal,
        }

    def answer(self, heard: Heard, ear: Ear) -> Reply:
        """The answer to what is asked. A question of the business's own is answered somehow, one that nobody foresaw with the goal."""
        asks = heard.asks or ""
        if asks not in self._answers and (ways := self._own.get(asks)):
            return _say("answer", self.mouth.pick(ways))
        return self._answers.get(asks, self._towards_goal)(heard, ear)

    def opening(self) -> Reply:
        """The first sentence: the goal, and from some callers all that belongs to it."""
        person, words, temper = self.person, self.mouth.words, self.person.temper
        greeting = self.mouth.pick(words.greetings)
        goal = person.goal
        if goal == "book":
            if self.mouth.maybe(temper.says_much):
                text = self.mouth.pick(words.open.book_all, service=self._service_words(), when=self._wish_words())
            elif self.mouth.maybe(0.5):
                text = self.mouth.pick(words.open.book_service, service=self._service_words())
            else:
                text = self.mouth.pick(words.open.book)
        elif goal == "ask":
            text = self.question()
        else:
            text = self.mouth.pick(getattr(words.open, goal))
        return _say("opening", f"{greeting} {text}".strip())

    def question(self) -> str:
        """What this caller would like to know."""
        self.asked = True
        return self.mouth.question(self.person.question, self.person.service)

    def _service_words(self) -> str:
        return self.mouth.service_with_slips(self.person.service, self.person.other_service)

    def _wish_words(self) -> str:
        return self.mouth.wish_with_slips(self._wishes)

    def _towards_goal(self, heard: Heard, ear: Ear) -> Reply:
        """What is asked is not what this caller rang for: goodbye when they have got it, else what they want."""
        if self._done(heard, ear):
            return _say("end", self.mouth.pick(self.mouth.words.close))
        return _say("answer" if heard.asks in _OPEN_QUESTIONS else "correction", self._goal_again())

    def _goal_again(self) -> str:
        if self.person.goal == "ask":
            return self.question()
        return self.mouth.pick(getattr(self.mouth.words.plain, self.person.goal))

    def _service(self, heard: Heard, ear: Ear) -> Reply:
        if self.person.goal not in ("book", "move"):
            return self._towards_goal(heard, ear)
        vague = self.mouth.vague(self.person.service)
        if vague is not None and not self._was_vague and self.mouth.maybe(self.person.temper.says_little):
            self._was_vague = True
            return _say("aside", self.mouth.pick(self.mouth.words.vague, service=vague))
        text = self.mouth.pick(self.mouth.words.service, service=self._service_words())
        if self.mouth.maybe(self.person.temper.says_much / 2):
            text = f"{text}, {self._wish_words()}"
        return _say("answer", text)

    def _when(self, heard: Heard, ear: Ear) -> Reply:
        if self.person.goal not in ("book", "move"):
            return self._towards_goal(heard, ear)
        return _say("answer", self._wish_words())

    def _slot(self, heard: Heard, ear: Ear) -> Reply:
        if self.person.goal not in ("book", "move"):
            return self._towards_goal(heard, ear)
        if self._change == "when" and self.mouth.maybe(0.4):
            return self._changes_day()
        fitting = [start for start in heard.offered if self._accepts_any or self._wishes[0].suits(start)]
        if not fitting:
            if len(self._wishes) > 1:
                self._wishes.pop(0)
            else:
                self._accepts_any = True
            return _say("refusal", self.mouth.pick(self.mouth.words.refuse, when=self.mouth.wish(self._wishes[0])))
        self.chosen = fitting[0]
        return self._choose(heard, fitting[0])

    def _choose(self, heard: Heard, start: str) -> Reply:
        place = heard.offered.index(start)
        words = self.mouth.words
        if self.mouth.maybe(self.person.temper.presses_keys):
            return Reply("answer", messages=({"dtmf": str(place + 1)},))
        if len(heard.offered) == 1 and self.mouth.maybe(0.7):
            return _say("answer", self.mouth.pick(words.yes))
        same_hour = [other for other in heard.offered if other[11:] == start[11:]]
        time = self.mouth.start(start) if len(same_hour) > 1 else self.mouth.time(dt.datetime.fromisoformat(start).time())
        ways = [way for way in words.choose if "{position}" not in way or place < len(words.positions)]
        return _say("answer", self.mouth.pick(ways, time=time, position=words.positions[min(place, len(words.positions) - 1)]))

    def _changes_day(self) -> Reply:
        self._change = None
        self.chosen = None
        if len(self._wishes) > 1:
            self._wishes.pop(0)
        return _say("correction", self.mouth.pick(self.mouth.words.change.when, when=self.mouth.wish(self._wishes[0])))

    def _name(self, heard: Heard, ear: Ear) -> Reply:
        del heard, ear
        words, person = self.mouth.words, self.person
        if self.repeats % 2 == 1 or self.mouth.maybe(person.temper.spells):
            return _say("answer", self.mouth.pick(words.spelled, name=person.name, letters=self.mouth.letters()))
        return _say("answer", self.mouth.pick(words.name, name=person.name))

    def _phone(self, heard: Heard, ear: Ear) -> Reply:
        words, person = self.mouth.words, self.person
        told = ear.phone_told(heard.text, person.phone, person.rings_from)
        if told == "right":
            return _say("answer", self.mouth.pick(words.yes))
        if told == "wrong":
            return _say("correction", self.mouth.pick(words.wrong.phone, phone=self.mouth.phone()))
        if told == "suggested":
            if person.rings_from == person.phone:
                return _say("answer", self.mouth.pick(words.yes))
            return _say("answer", self.mouth.pick(words.other_phone, phone=self.mouth.phone()))
        if told == "begun" and self.mouth.maybe(0.6):
            rest = self.mouth.phone_from(digits_heard(heard.text, heard.language))
            return _say("answer", self.mouth.pick(words.phone_rest, phone=rest))
        if self.mouth.maybe(person.temper.presses_keys):
            return Reply("answer", messages=tuple({"dtmf": key} for key in f"{self.mouth.phone_keys()}#"))
        return _say("answer", self.mouth.pick(words.phone, phone=self.mouth.phone()))

    def _appointment(self, heard: Heard, ear: Ear) -> Reply:
        old, words = self.person.old, self.mouth.words
        if not old:
            return self._towards_goal(heard, ear)
        mine = dt.datetime.fromisoformat(old[self.person.which]).date()
        days = ear.days(heard.text)
        if days == [mine]:
            return _say("answer", self.mouth.pick(words.yes))
        ways = [way for way in words.which if "{position}" not in way or mine in days]
        place = days.index(mine) if mine in days else 0
        return _say(
            "answer", self.mouth.pick(ways, bare=self.mouth.bare_day(mine), position=words.positions[min(place, len(words.positions) - 1)])
        )

    def _read_back(self, heard: Heard, ear: Ear) -> Reply:
        """Yes to what is right; otherwise what is wrong with it. Without a read-back, what was wrong before."""
        words = self.mouth.words
        if self.wants_nothing:
            return _say("correction", self.mouth.pick(words.change.never_mind))
        if ear.days(heard.text):
            self._wrong = self._wrong_with(heard.text, ear)
            self._agreed = self._wrong is None
        if self._wrong is not None:
            self._complaints += 1
            if self._complaints > _COMPLAINTS:
                self.gave_up = True
                return Reply("end", messages=({"hangup": True},))
            return _say("correction", self._correction(self._wrong))
        if not self._agreed:
            return _say("aside", self.mouth.pick(words.repeat))
        if self._change is not None:
            return self._changes_mind()
        self.said_yes_to = self._meant_start()
        return _say("answer", self.mouth.pick(words.yes))

    def _meant_start(self) -> str | None:
        """The appointment that is to be written: the one that goes, or the time that was chosen."""
        return self.person.old[self.person.which] if self.person.goal == "cancel" else self.chosen

    def _wrong_with(self, text: str, ear: Ear) -> str | None:
        person = self.person
        if person.goal == "cancel":
            return None if ear.hears_start(text, person.old[person.which]) else "appointment"
        if person.goal not in ("book", "move"):
            return "goal"
        if self.chosen is None:  # the very time that was wished for is taken without being offered first
            self.chosen = next((start for start in ear.starts(text) if self._wishes[0].is_met_by(start)), None)
        if self.chosen is None:
            return "when"
        if not ear.hears_start(text, self.chosen):
            return "when"
        if person.goal == "move":
            return None if ear.hears_start(text, person.old[person.which]) else "goal"
        services = ear.services(text)
        if services and person.service not in services:
            return "service"
        return None if hears_name(text, person.name) else "name"

    def _correction(self, wrong: str) -> str:
        words, person = self.mouth.words, self.person
        if wrong == "service":
            return self.mouth.pick(words.wrong.service, service=self.mouth.service(person.service))
        if wrong == "name":
            return self.mouth.pick(words.wrong.name, name=person.name, letters=self.mouth.letters())
        if wrong == "when":
            when = self.mouth.wish(self._wishes[0])
            if self.chosen is not None:
                when = self.mouth.start(self.chosen)
            return self.mouth.pick(words.wrong.when, when=when)
        if wrong == "goal":
            return f"{self.mouth.pick(words.no)}, {self._goal_again()}"
        return self.mouth.pick(words.no)

    def _changes_mind(self) -> Reply:
        change, self._change = self._change, None
        words, person = self.mouth.words, self.person
        self._agreed = False
        if change == "when":
            return self._changes_day()
        if change == "service":
            person.service, person.other_service = person.other_service, person.service
            if self.chosen is not None:  # the time may stay
                moment = dt.datetime.fromisoformat(self.chosen)
                self._wishes[0] = Wish(moment.date(), time=moment.time())
            self.chosen = None
            return _say("correction", self.mouth.pick(words.change.service, service=self.mouth.service(person.service)))
        self.wants_nothing = True
        return _say("correction", self.mouth.pick(words.change.never_mind))

    def _leave_message(self, heard: Heard, ear: Ear) -> Reply:
        del heard, ear
        words = self.mouth.words
        if self.wants_nothing:
            return _say("end", self.mouth.pick(words.give_up))
        wanted = words.messages if self.person.goal == "message" else words.call_back
        self.message = self.message or self.mouth.pick(wanted)
        return _say("answer", self.message)

    def _done(self, heard: Heard, ear: Ear) -> bool:
        """Whether the caller has heard what they rang for."""
        if self.wants_nothing or self.message is not None:
            return True
        if self.person.goal == "ask":
            return self.answered
        if not self._agreed:
            return False
        start = self._meant_start()
        return start is not None and (ear.hears_start(heard.text, start) or not ear.days(heard.text))


def _say(kind: Kind, text: str) -> Reply:
    return Reply(kind, text)
