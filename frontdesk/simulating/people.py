"""Who rings: a person drawn from a seed, with a goal, a temper, a diary, and the world in which they ring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final, Literal

import phonenumbers

from frontdesk.business import Business
from frontdesk.simulating.words import load_words
from spoken.say import say_money

__all__ = ["FIRST_DAY", "GOALS", "Goal", "Person", "Question", "Temper", "Wish", "draw_person", "goals_for"]

Goal = Literal["book", "move", "cancel", "ask", "message", "person"]
GOALS: Final[tuple[Goal, ...]] = ("book", "move", "cancel", "ask", "message", "person")
_SHARES: Final[Mapping[Goal, int]] = {"book": 45, "move": 15, "cancel": 15, "ask": 10, "message": 8, "person": 7}
"""Of a hundred callers, so many want this."""

FIRST_DAY: Final = dt.date(2026, 6, 1)
"""The first day on which callers ring."""
_DAYS: Final = 60
_WISH_DAYS: Final = 12
_LENGTHS: Final = {"+33": 12, "+49": 14, "+44": 13, "+34": 12}
_PARTS: Final[Mapping[str, tuple[int, int]]] = {"morning": (6, 12), "afternoon": (12, 18)}


@dataclass(frozen=True, slots=True)
class Wish:
    """When a caller would like to come: a day, and perhaps a part of it or an hour."""

    day: dt.date
    part: str | None = None
    time: dt.time | None = None

    def is_met_by(self, start: str) -> bool:
        """Whether a time can be taken without a further word: an hour that was named is that hour."""
        return self.suits(start) and (self.time is None or start[11:] == f"{self.time:%H:%M}")

    def suits(self, start: str) -> bool:
        """Whether an offer is what was wished for."""
        moment = dt.datetime.fromisoformat(start)
        if moment.date() != self.day:
            return False
        if self.time is not None:
            return abs((moment.hour - self.time.hour) * 60 + moment.minute - self.time.minute) <= 60
        first, last = _PARTS[self.part] if self.part else (0, 24)
        return first <= moment.hour < last


@dataclass(frozen=True, slots=True)
class Question:
    """What a caller wants to know, and what a true answer must contain, in each language."""

    words: str
    service: str | None
    answer: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Temper:
    """How a person talks on the phone; shares are chances, 0.0 to 1.0."""

    turns: int
    """So many turns they stand before they hang up."""
    repeats: int
    """So often they answer the same question in a row."""
    says_much: float
    says_little: float
    corrects_self: float
    spells: float
    says_figures: float
    presses_keys: float


@dataclass(slots=True)
class Person:
    """One caller. What is drawn here is fixed before the call; `wish` and `service` change when they change their mind."""

    number: int
    goal: Goal
    language: str
    greeted_in: str
    now: dt.datetime
    rings_from: str | None
    phone: str
    name: str
    service: str
    other_service: str
    wishes: list[Wish]
    temper: Temper
    old: tuple[str, ...] = ()
    """When the appointments begin that the caller has, all for `service`."""
    which: int = 0
    question: Question | None = None
    change: str | None = None
    aside: tuple[str, str] | None = None
    """A fact, and what the caller does once when asked for it: silent, hold, repeat, mumble, question."""
    noise: float = 0.0
    fixture: dict[str, Any] = field(default_factory=dict)


def goals_for(graph_options: frozenset[str], wanted: tuple[Goal, ...] = GOALS) -> tuple[Goal, ...]:
    """The goals that a graph with these intents can serve; questions and persons are heard in every graph."""
    needs = {"book": "book", "move": "reschedule", "cancel": "cancel", "message": "message"}
    return tuple(goal for goal in wanted if needs.get(goal) is None or needs[goal] in graph_options)


def draw_person(number: int, seed: int, business: Business, goals: tuple[Goal, ...], languages: tuple[str, ...], noise: float) -> Person:
    """The caller of this number; the same for the same seed, whoever rings before or beside them."""
    draw = Random(f"{seed}/{number}")  # noqa: S311 - nothing is kept secret by it
    goal = draw.choices(goals, [_SHARES[goal] for goal in goals])[0]
    language = languages[number % len(languages)]
    words = load_words(language)
    now = _moment(draw, business)
    phone = _mobile(draw, words.mobiles)
    services = sorted(business.services)
    service, other = draw.sample(services, 2) if len(services) > 1 else (services[0], services[0])
    person = Person(
        number=number,
        goal=goal,
        language=language,
        greeted_in=language if draw.random() < 0.9 else business.default_language,
        now=now,
        rings_from=draw.choices([phone, None, "other"], [70, 20, 10])[0],
        phone=phone,
        name=draw.choice(words.names),
        service=service,
        other_service=other,
        wishes=[_wish(draw, business, now) for _ in range(3)],
        temper=Temper(
            turns=draw.randint(14, 24),
            repeats=draw.choice((2, 3, 3, 4)),
            says_much=draw.choice((0.1, 0.4, 0.8)),
            says_little=draw.choice((0.0, 0.1, 0.3)),
            corrects_self=draw.choice((0.0, 0.05, 0.2)),
            spells=draw.choice((0.0, 0.3)),
            says_figures=draw.choice((0.0, 0.2, 0.5)),
            presses_keys=draw.choice((0.0, 0.0, 0.5)),
        ),
        noise=noise * draw.choice((0.0, 0.5, 1.0, 2.0)),
    )
    if person.rings_from == "other":
        person.rings_from = _mobile(draw, words.mobiles)
    _plan(person, draw, business)
    return person


def _mobile(draw: Random, beginnings: Sequence[str]) -> str:
    """A number that the plan of its country allows."""
    while True:
        begun = draw.choice(beginnings)
        number = begun + "".join(str(draw.randint(0, 9)) for _ in range(_LENGTHS.get(begun[:3], 12) - len(begun)))
        if phonenumbers.is_valid_number(phonenumbers.parse(number)):
            return number


def _moment(draw: Random, business: Business) -> dt.datetime:
    day = FIRST_DAY + dt.timedelta(days=draw.randrange(_DAYS))
    return dt.datetime.combine(day, dt.time(draw.randint(8, 20), draw.randrange(60)), business.zone)


def _wish(draw: Random, business: Business, now: dt.datetime) -> Wish:
    """A wish for one of the next open days; now and then for one that is closed."""
    days = [now.date() + dt.timedelta(days=ahead) for ahead in range(1, _WISH_DAYS + 1)]
    open_days = [day for day in days if business.hours_of(day)] or days
    day = draw.choice(open_days if draw.random() < 0.92 else days)
    kind = draw.choices(("day", "part", "time"), (30, 40, 30))[0]
    if kind == "day":
        return Wish(day)
    if kind == "part":
        return Wish(day, part=draw.choice(sorted(_PARTS)))
    spans = business.hours_of(day) or ((dt.time(10), dt.time(17)),)
    start, end = draw.choice(spans)
    hour = draw.randint(start.hour + 1 if start.minute else start.hour, max(end.hour - 2, start.hour + 1))
    return Wish(day, time=dt.time(hour, draw.choice((0, 0, 30))))


def _plan(person: Person, draw: Random, business: Business) -> None:
    """What is particular to the goal: appointments, questions, changes of mind, asides, and what goes wrong in the world."""
    if person.goal in ("move", "cancel"):
        days = [person.now.date() + dt.timedelta(days=ahead) for ahead in range(2, 20)]
        open_days = [day for day in days if business.hours_of(day)] or days
        count = draw.choices((1, 2), (70, 30))[0]
        chosen = sorted(draw.sample(open_days, min(count, len(open_days))))
        person.old = tuple(f"{day:%Y-%m-%d}T{draw.choice(('10:00', '11:30', '14:00', '15:30'))}" for day in chosen)
        person.which = draw.randrange(len(person.old))
        fixture = [{"service": person.service, "start": start, "name": person.name, "phone": person.phone} for start in person.old]
        person.fixture["appointments"] = fixture
    asked = _questions(business, person.language)
    if asked:
        person.question = draw.choice(asked)
    if person.goal == "book" and draw.random() < 0.3:
        person.change = draw.choice(("when", "when", "service", "never_mind"))
    elif person.goal == "move" and draw.random() < 0.2:
        person.change = "when"
    if draw.random() < 0.35:
        fact = draw.choice(("service", "when", "slot", "name", "phone", "agreed"))
        person.aside = (fact, draw.choice(("silent", "hold", "repeat", "mumble", "question")))
    if person.goal in ("book", "move") and draw.random() < 0.06:
        person.fixture["fail"] = draw.choice(({"commit": ["taken", "ok"]}, {"sms": "error"}, {"find_slots": ["timeout", "ok"]}))


def _questions(business: Business, language: str) -> list[Question]:
    """Prices, and the questions that the business itself says it is asked."""
    asked = [Question(words, None, answer.says) for answer in business.answers().values() for words in answer.asked_as[language]]
    for key, service in sorted(business.services.items()):
        amount = service.price.amount if service.price.amount is not None else service.price.from_
        if amount:
            told = {spoken: say_money(amount, business.currency, spoken) for spoken in business.languages}
            asked.append(Question("", key, told))
    return asked
