"""What lines can show. The meanings are for product owners; docs/owners/sentences.md lists them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["LISTS", "PLACEHOLDERS", "SAME_THING"]

LISTS: Final[Mapping[str, str]] = MappingProxyType(
    {"offers": "offers", "appointments": "appointments", "options": "options", "prices": "services", "durations": "services"}
)
"""Placeholders that show several things, and the list whose length decides between `one` and `other`."""

SAME_THING: Final[Mapping[str, str]] = MappingProxyType({"a_service": "service", "of_name": "name"})
"""Forms of one thing, between which each language chooses by its grammar."""

PLACEHOLDERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # the booking
        "service": "the name of the service alone: “coupe femme”",
        "a_service": "the service as in “I would like …”: “une coupe femme”, “einen Damenhaarschnitt”",
        "staff": "who serves, when the caller asked for somebody; nothing when anybody will do",
        "wished_staff": "whom the caller asked for, free or not",
        "stylist": "who serves at the chosen time, wished or not",
        "slot": "the chosen time: weekday, date and time of day",
        "time": "the time of day of the chosen time",
        "day": "the day that is spoken of: weekday and date",
        "when": "the wish for a time, as it was understood",
        "name": "the caller's name, or the name of the appointment",
        "of_name": "the same name behind “of”: “de Marie”, “d'Anna”",
        "phone": "the phone number, for the ear",
        "phone_ending": "the last two digits of that number",
        "caller_ending": "the last two digits of the number the call comes from",
        "email": "the e-mail address, for the ear",
        "reference": "the number of a contract or a file, sign by sign",
        "birth_date": "the day of birth, with its year",
        "report_number": "the number under which a report was filed, sign by sign",
        "message": "the message, in the caller's words",
        "old_service": "the service of the appointment spoken of",
        "old_slot": "the time of the appointment spoken of",
        "old_name": "the name of the appointment spoken of",
        "appointment": "the appointment spoken of: service and time",
        # lists
        "offers": "the times on offer, grouped by day",
        "appointments": "the appointments found for this caller",
        "options": "the meanings of something ambiguous, joined by “or”",
        "so_far": "what was heard of a number, an address or a spelled name so far",
        # openings
        "hello": "the greeting of the hour: “bonjour”, “bonsoir”",
        "some_services": "three services as examples, joined by “or”",
        "family_question": "the question of business.yaml for a vague word such as “haircut”",
        # reasons
        "thing": "what was asked for and is not offered",
        "closed_reason": "why it is closed that day: a line of closed_reason",
        "closures": "when it is closed for holidays within the days asked about",
        "weekday": "the weekday of the day spoken of, as a habit: “le dimanche”, “sonntags”",
        # the business
        "business": "the name of the business",
        "business_phone": "its phone number",
        "address": "street and town as written in business.yaml; for text messages",
        "hours": "the opening hours of a usual week",
        "day_hours": "the opening hours of the day spoken of",
        "opens": "when it opens next: the time of day",
        "closes": "when it closes today",
        "next_day": "the next day on which it is open",
        "languages": "the languages that are spoken",
        "services": "the names of all services",
        "staff_list": "who works here; with a service, who does it",
        "staff_days": "the weekdays on which the person asked about works",
        "staff_hours": "when the person asked about works on the day spoken of",
        "price": "the price of the service spoken of",
        "lowest_price": "the lowest price of all services",
        "highest_price": "the highest price of all services; “and more” behind it where that is a “from” price",
        "prices": "several services with their prices",
        "duration": "how long the service takes",
        "durations": "several services with how long each takes",
        "shortest": "how long the shortest service takes",
        "longest": "how long the longest service takes",
        "about": "the sentence about the service, from business.yaml",
        # pieces of sentences, for the lines they are shown in
        "first": "the first of a range of weekdays",
        "last": "the last of a range of weekdays",
        "days": "weekdays",
        "spans": "opening hours",
        "start": "the beginning of a span of time",
        "end": "the end of a span of time",
        "amount": "an amount of money",
    }
)
