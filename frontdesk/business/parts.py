"""The parts of business.yaml, as documents. What a field means to a product owner stands in its description, and so in the schema."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from frontdesk.business.values import E164, Amount, DayHours, Id, Localized, Part, Phrases, Span, Text

__all__ = [
    "Address",
    "Answer",
    "Away",
    "Booking",
    "Closure",
    "Family",
    "Handover",
    "NotOffered",
    "Phase",
    "Price",
    "RecordField",
    "Service",
    "Sms",
    "StaffMember",
    "WeeklyHours",
]


RecordField = Literal["amount", "date", "word"]
"""What a field of a customer's record holds: money, a day, or a word that `value` in prompts/lines puts into a sentence."""


class WeeklyHours(Part):
    """The hours of each day of the week."""

    monday: DayHours
    tuesday: DayHours
    wednesday: DayHours
    thursday: DayHours
    friday: DayHours
    saturday: DayHours
    sunday: DayHours

    def of(self, day: dt.date) -> tuple[tuple[dt.time, dt.time], ...]:
        """The spans of the weekday that `day` is."""
        week = (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday)
        return week[day.weekday()]


class Closure(Part):
    """Days on which the whole business is closed, both ends included."""

    first: dt.date
    last: dt.date


class Away(Part):
    """Days on which one member of staff does not work, both ends included."""

    first: dt.date
    last: dt.date


class Phase(Part):
    """A stretch of an appointment."""

    minutes: int = Field(ge=5, le=720, description="How long it lasts, in steps of five minutes.")
    stylist: Literal["busy", "free"] = Field(description="free: the customer waits, and somebody else can be served meanwhile.")


class Price(Part):
    """What a service costs, all taxes included: either `amount` or `from`."""

    amount: Amount | None = Field(default=None, description="A fixed price; 0 is free of charge.")
    from_: Amount | None = Field(default=None, alias="from", description="The least it costs; the rest depends on the customer.")

    @property
    def is_fixed(self) -> bool:
        """False for "from 70 euros"."""
        return self.amount is not None


class Service(Part):
    """Something that can be booked."""

    name: Localized = Field(description="Its name alone: “coupe femme”.")
    name_with_article: Localized = Field(description="Its name as in “I would like …”: “une coupe femme”, “einen Damenhaarschnitt”.")
    synonyms: Phrases = Field(description="What callers call it.")
    beside: dict[Id, Phrases] = Field(
        default_factory=dict, description="What they call it in one breath with another service, by its id: the hair of “hair and beard”."
    )
    minutes: int | None = Field(default=None, ge=5, le=720, description="How long it lasts; or give phases.")
    phases: tuple[Phase, ...] = Field(default=(), description="Instead of minutes, when the stylist is free for a while.")
    price: Price
    about: Localized = Field(default_factory=dict, description="A sentence for callers who ask what it is. Optional.")


class Family(Part):
    """A word that is too vague to book by: several services may be meant."""

    words: Phrases = Field(description="The vague words: “coupe”, “haircut”.")
    question: Localized = Field(description="What we ask when we hear one.")
    answers: dict[Id, Phrases] = Field(description="The services that may be meant, and the words that choose one of them.")


class StaffMember(Part):
    """Somebody who serves customers."""

    name: Text = Field(description="As it is said aloud.")
    heard_as: tuple[Text, ...] = Field(default=(), description="Other ways in which the name is written down when it is heard.")
    skills: tuple[Id, ...] = Field(min_length=1, description="The services that this person does.")
    hours: WeeklyHours
    lunch: Span | None = Field(default=None, description="A break on every working day, when nothing is booked.")
    away: tuple[Away, ...] = ()


class Answer(Part):
    """A question that callers ask, and what we answer."""

    asked_as: Phrases = Field(description="Words that such a question contains.")
    says: Localized = Field(description="The answer for the ear: whole sentences, numbers as words.")


class Address(Answer):
    """Where the business is, and what we say when callers ask."""

    street: Text
    postal_code: Text
    city: Text


class NotOffered(Part):
    """Something that callers ask for and that we do not do."""

    name: Localized = Field(description="Its name as in “we do not offer …”: “la manucure”, “Maniküre”.")
    words: Phrases


class Booking(Part):
    """How appointments are given."""

    ask_email: bool = Field(description="Whether every caller is asked for an e-mail address.")
    ask_staff: Literal["never", "if_wished"] = Field(description="if_wished: a caller may name somebody; nobody is asked.")
    hold_minutes: int = Field(ge=1, le=60, description="How long a chosen time is kept free for a caller.")
    lead_min: int = Field(ge=0, le=10_080, description="The earliest appointment begins this many minutes from now.")
    horizon_days: int = Field(ge=1, le=730, description="The latest appointment is this many days from now.")
    offers: int = Field(ge=1, le=5, description="How many times are offered at once.")
    step_min: Literal[5, 10, 15, 20, 30, 60] = Field(default=15, description="Appointments begin at full hours and every so many minutes.")


class Sms(Part):
    """Text messages to callers."""

    sender: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9 ]{2,10}$", description="The sender that phones show: 3 to 11 letters and digits.")


class Handover(Part):
    """The people a caller can be put through to."""

    number: E164 | None = Field(default=None, description="Left out where nobody can be called: then the hours are closed on every day.")
    hours: WeeklyHours = Field(description="When somebody answers there. At other times a message is taken.")
