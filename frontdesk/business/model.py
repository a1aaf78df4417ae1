"""business.yaml as a whole, and the questions that the rest of the program asks about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from frontdesk.business.parts import (
    Address,
    Answer,
    Booking,
    Closure,
    Family,
    Handover,
    NotOffered,
    Phase,
    RecordField,
    Service,
    Sms,
    StaffMember,
    WeeklyHours,
)
from frontdesk.business.public_holidays import public_holidays
from frontdesk.business.values import E164, WEEKDAYS, Id, Language, Part, Text
from frontdesk.business.vocabulary import plain

__all__ = ["Business", "ClosedReason", "Hours", "at_work"]

Hours = tuple[tuple[dt.time, dt.time], ...]
"""Spans of one day in order, each half-open, wall time of the business; empty when there are none."""

ClosedReason = Literal["weekday", "holiday", "closure"]


class Business(Part):
    """Whom we answer for. Loaded by :func:`frontdesk.business.load_business`; immutable."""

    version: Literal[1]
    name: Text = Field(description="The name of the business as it is said aloud.")
    languages: tuple[Language, ...] = Field(
        min_length=1, description="The languages it is answered in; every text exists in each. What is written in others may stay."
    )
    default_language: Language = Field(description="The language of the greeting.")
    country: str = Field(pattern=r"^[A-Z]{2}$", description="ISO country: public holidays, and phone numbers without prefix.")
    time_zone: str = Field(description="As in the tz database: Europe/Paris.")
    currency: str = Field(pattern=r"^[A-Z]{3}$", description="ISO 4217.")
    phone: E164 = Field(description="The number that callers call.")
    handover: Handover
    sms: Sms
    booking: Booking
    hours: WeeklyHours = Field(description="The opening hours.")
    public_holidays: Literal["closed", "open"] = Field(default="closed", description="What public holidays of the country mean.")
    open_on: tuple[dt.date, ...] = Field(default=(), description="Public holidays on which it is open all the same.")
    closures: tuple[Closure, ...] = Field(default=(), description="The holidays of the business itself.")
    address: Address
    access: dict[Id, Answer] = Field(default_factory=dict, description="How to get there.")
    payment: dict[Id, Answer] = Field(default_factory=dict, description="How to pay.")
    policies: dict[Id, Answer] = Field(default_factory=dict, description="The rules of the house, and whatever else callers ask.")
    staff: dict[Id, StaffMember] = Field(min_length=1)
    services: dict[Id, Service] = Field(min_length=1)
    families: dict[Id, Family] = Field(default_factory=dict)
    not_offered: dict[Id, NotOffered] = Field(default_factory=dict)
    record: dict[Id, RecordField] = Field(
        default_factory=dict, description="What callers may be told about themselves once they have shown who they are (customers.yaml)."
    )

    # --- days and hours -------------------------------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which every time without offset is meant."""
        return ZoneInfo(self.time_zone)

    def hours_of(self, day: dt.date) -> Hours:
        """The opening hours of a day; empty when closed, for whatever reason."""
        return () if self.closed_reason(day) else self.hours.of(day)

    def closed_reason(self, day: dt.date) -> ClosedReason | None:
        """Why the business is closed all day: its own closure, that day of the week, or a public holiday; None when open."""
        if any(closure.first <= day <= closure.last for closure in self.closures):
            return "closure"
        if not self.hours.of(day):
            return "weekday"
        if self.public_holidays == "closed" and day not in self.open_on and day in self.holidays(day.year):
            return "holiday"
        return None

    def holidays(self, year: int) -> Mapping[dt.date, str]:
        """Public holidays of a year in the country of the business, with a stable English name.

        The first call imports a slow library (about 0.1 s); :meth:`warm_up` does it ahead of the first caller.
        """
        return public_holidays(self.country, year)

    def warm_up(self, day: dt.date) -> None:
        """Computes what the first question about a day would wait for. `day` is today; may run in a thread."""
        for year in {day.year, (day + dt.timedelta(days=self.booking.horizon_days)).year}:
            self.holidays(year)

    def staff_hours(self, staff_id: str, day: dt.date) -> Hours:
        """When this person can be booked on a day: within the opening hours, without lunch; empty when away.

        Raises KeyError for an unknown id.
        """
        if self.closed_reason(day) or any(away.first <= day <= away.last for away in self.staff[staff_id].away):
            return ()
        return self.usual_staff_hours(staff_id, WEEKDAYS[day.weekday()])

    def usual_staff_hours(self, staff_id: str, weekday: str) -> Hours:
        """The same on any such weekday ("monday") that is like all others. Raises KeyError for an unknown id."""
        person = self.staff[staff_id]
        spans = _within(getattr(person.hours, weekday), getattr(self.hours, weekday))
        return at_work(spans, person.lunch)

    def people_reachable(self, moment: dt.datetime) -> bool:
        """Whether somebody answers the handover number at this moment (aware)."""
        local = moment.astimezone(self.zone)
        if self.closed_reason(local.date()) in {"holiday", "closure"}:
            return False
        return any(start <= local.time().replace(tzinfo=None) < end for start, end in self.handover.hours.of(local.date()))

    def weekly_hours(self) -> tuple[tuple[tuple[str, ...], Hours], ...]:
        """The opening hours of a usual week: weekdays in a row that have the same hours, and those hours."""
        groups: list[tuple[tuple[str, ...], Hours]] = []
        for weekday in WEEKDAYS:
            hours: Hours = getattr(self.hours, weekday)
            if groups and groups[-1][1] == hours:
                groups[-1] = ((*groups[-1][0], weekday), hours)
            else:
                groups.append(((weekday,), hours))
        return tuple(groups)

    # --- services and staff ---------------------------------------------------------------------------------------

    def phases(self, service_id: str) -> tuple[Phase, ...]:
        """The stretches of an appointment in order; a service with plain minutes has one. KeyError for an unknown id."""
        service = self.services[service_id]
        return service.phases or (Phase(minutes=service.minutes or 0, stylist="busy"),)

    def duration_min(self, service_id: str) -> int:
        """How long the customer is there, in minutes."""
        return sum(phase.minutes for phase in self.phases(service_id))

    def staff_for(self, service_id: str) -> tuple[str, ...]:
        """Who does this service, in the order of the file."""
        return tuple(staff_id for staff_id, person in self.staff.items() if service_id in person.skills)

    def never_does(self, staff_id: str, service_id: str) -> bool:
        """Whether somebody who works here does not do this service at all."""
        return staff_id in self.staff and service_id not in self.staff[staff_id].skills

    def service_name(self, service_id: str, language: str, *, article: bool = False) -> str:
        """The name of a service in a language; with `article` as in "I would like …". KeyError for an unknown id or language."""
        service = self.services[service_id]
        return (service.name_with_article if article else service.name)[language]

    def staff_name(self, staff_id: str) -> str:
        """The name of a member of staff as it is said. KeyError for an unknown id."""
        return self.staff[staff_id].name

    def service_list(self, language: str) -> tuple[str, ...]:
        """The names of all services, in the order of the file."""
        return tuple(service.name[language] for service in self.services.values())

    # --- what callers say -----------------------------------------------------------------------------------------

    def vocabulary(self, language: str) -> Mapping[str, tuple[str, ...]]:
        """What services are called, by id: the name first, then the synonyms. KeyError for an unknown language."""
        return {key: _unique(item.name[language], *item.synonyms[language]) for key, item in self.services.items()}

    def words_beside(self, language: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """What services are called only where they are named together with another one: a service, the other one, the words."""
        for key, item in self.services.items():
            yield from ((key, other, words[language]) for other, words in item.beside.items())

    def staff_vocabulary(self, language: str) -> Mapping[str, tuple[str, ...]]:
        """What staff are called, by id; the same in every language for now."""
        del language
        return {key: _unique(item.name, *item.heard_as) for key, item in self.staff.items()}

    def family_vocabulary(self, language: str) -> Mapping[str, tuple[str, ...]]:
        """The vague words, by id of the family."""
        return {key: item.words[language] for key, item in self.families.items()}

    def family_answers(self, family_id: str, language: str) -> Mapping[str, tuple[str, ...]]:
        """After a vague word: the services that may be meant, and the words that choose one. KeyError for an unknown id."""
        return {key: words[language] for key, words in self.families[family_id].answers.items()}

    def family_of(self, words: str, language: str) -> str | None:
        """The id of the family that these words, taken as a whole, name; case and accents do not matter."""
        wanted = plain(words)
        for key, family in self.families.items():
            if any(plain(word) == wanted for word in family.words[language]):
                return key
        return None

    def not_offered_vocabulary(self, language: str) -> Mapping[str, tuple[str, ...]]:
        """What callers ask for and we do not do, by id: the name first."""
        return {key: _unique(item.name[language], *item.words[language]) for key, item in self.not_offered.items()}

    def answers(self) -> Mapping[str, Answer]:
        """What callers ask about the place, payment and the rules of the house, by id; "address" is always among them."""
        return {"address": self.address, **self.access, **self.payment, **self.policies}

    def answer_vocabulary(self, language: str) -> Mapping[str, tuple[str, ...]]:
        """The words that ask for each answer, by id."""
        return {key: item.asked_as[language] for key, item in self.answers().items()}


def _unique(*phrases: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrases))


def _within(spans: Hours, outer: Hours) -> Hours:
    both = ((max(start, opens), min(end, closes)) for start, end in spans for opens, closes in outer)
    return tuple(sorted((start, end) for start, end in both if start < end))


def at_work(spans: Hours, lunch: tuple[dt.time, dt.time] | None) -> Hours:
    """Spans of a day without the lunch."""
    if lunch is None:
        return spans
    pieces = (piece for start, end in spans for piece in ((start, min(end, lunch[0])), (max(start, lunch[1]), end)))
    return tuple((start, end) for start, end in pieces if start < end)
