"""The business: hours, numbers, how appointments are given, staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from frontdesk.bootstrap.customers import FILE as CUSTOMERS
from frontdesk.business import Business
from frontdesk.business.languages import LANGUAGE_NAMES
from frontdesk.business.parts import Away, Closure, WeeklyHours
from frontdesk.business.values import WEEKDAYS
from frontdesk.diffing.change import Change, Grade
from frontdesk.diffing.side import Side
from frontdesk.diffing.wording import plain_list
from fsm.counted import counted

__all__ = ["business_changes"]

_FILE = "business.yaml"
Hours = Sequence[tuple[dt.time, dt.time]]
Days = tuple[dt.date, dt.date]

_TOLD: Final = frozenset(
    "version name languages default_language country time_zone currency phone handover sms booking hours public_holidays open_on closures "
    "address access payment policies staff services families not_offered".split()
)
"""The keys of business.yaml that are told in sentences, here or with the offers; of any other one it is only said that it has changed."""

_BOOKING: Final[Mapping[str, tuple[str, ...]]] = {
    "hold_minutes": ("A chosen time is kept free for {now}, no longer for {was}.", "minute"),
    "lead_min": ("The earliest appointment begins {now} from now, no longer {was}.", "minute"),
    "horizon_days": ("Appointments are given {now} ahead, no longer {was}.", "day"),
    "offers": ("{now} offered at once, no longer {was}.", "time is", "times are"),
    "step_min": ("Appointments begin every {now}, no longer every {was}.", "minute"),
}


def business_changes(old: Side, new: Side) -> Iterator[Change]:
    """Everything of business.yaml but services and answers."""
    before, after = old.business, new.business
    if before.name != after.name:
        yield _look(f"The business is now called {after.name}, no longer {before.name}.")
    yield from _languages(before, after)
    for key, what in (
        ("phone", "The number of the business"),
        ("country", "The country"),
        ("time_zone", "The time zone"),
        ("currency", "The currency"),
    ):
        was, now = getattr(before, key), getattr(after, key)
        if was != now:
            yield _look(f"{what} is now {now}, no longer {was}.")
    if before.sms.sender != after.sms.sender:
        yield _look(f"Text messages now come from {after.sms.sender}, no longer from {before.sms.sender}.")
    yield from _handover(before, after)
    yield from _hours("", before.hours, after.hours)
    yield from _closed_days(before, after)
    yield from _booking(before, after)
    yield from _staff(before, after)
    for key in sorted(set(type(after).model_fields) - _TOLD):
        if getattr(before, key) != getattr(after, key):
            yield _look(f"“{key}” has changed{_in_what(getattr(before, key), getattr(after, key))}.")
    if old.customers != new.customers:
        yield Change(Grade.LOOK, "The records of customers have changed.", CUSTOMERS)


def _in_what(before: Any, after: Any) -> str:
    """For a part of the file that there is no sentence for: which names in it."""
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return f": it is {after} now, no longer {before}"
    told = [(after.keys() - before.keys(), "is new"), (before.keys() - after.keys(), "is gone")]
    told.append(({one for one in before.keys() & after.keys() if before[one] != after[one]}, "is another"))
    return ": " + ", ".join(f"“{one}” {what}" for names, what in told for one in sorted(names))


def _look(sentence: str) -> Change:
    return Change(Grade.LOOK, sentence, _FILE)


def _languages(before: Business, after: Business) -> Iterator[Change]:
    for language in (one for one in before.languages if one not in after.languages):
        yield Change(Grade.DANGEROUS, f"Calls are no longer answered in {LANGUAGE_NAMES.get(language, language)}.", _FILE)
    for language in (one for one in after.languages if one not in before.languages):
        yield _look(f"Calls are now answered in {LANGUAGE_NAMES.get(language, language)} too.")
    if before.default_language != after.default_language:
        now, was = (LANGUAGE_NAMES.get(one, one) for one in (after.default_language, before.default_language))
        yield _look(f"The greeting is now in {now}, no longer in {was}.")


def _handover(before: Business, after: Business) -> Iterator[Change]:
    if before.handover.number != after.handover.number:
        now, was = (handover.number or "nobody" for handover in (after.handover, before.handover))
        sentence = f"Callers who want a person are put through to {now}, no longer to {was}."
        yield Change(Grade.DANGEROUS, sentence, _FILE)
    for day in WEEKDAYS:
        was, now = getattr(before.handover.hours, day), getattr(after.handover.hours, day)
        if was and not now:
            yield Change(Grade.DANGEROUS, f"On {day.capitalize()}s nobody can be reached by phone any more.", _FILE)
        elif was != now:
            tail = f", no longer {spans(was)}" if was else ""
            yield _look(f"On {day.capitalize()}s somebody can be reached by phone {spans(now)}{tail}.")


def _hours(whose: str, before: WeeklyHours, after: WeeklyHours) -> Iterator[Change]:
    """Days of the business, or of one person."""
    for day in WEEKDAYS:
        was, now = getattr(before, day), getattr(after, day)
        name = f"{day.capitalize()}s"
        if was == now:
            continue
        if whose:
            tail = f" {spans(now)}" if now else ""
            yield _look(
                f"On {name} {whose} {'works' if now else 'no longer works'}{tail}{f', no longer {spans(was)}' if was and now else ''}."
            )
        elif not now:
            yield _look(f"{name} are closed now.")
        elif not was:
            yield _look(f"{name} are open now, {spans(now)}.")
        else:
            yield _look(f"{name} are open {spans(now)} now, no longer {spans(was)}.")
    if not whose and not any(getattr(after, day) for day in WEEKDAYS) and any(getattr(before, day) for day in WEEKDAYS):
        yield Change(Grade.DANGEROUS, "There is no day on which the business is open.", _FILE)


def spans(hours: Hours) -> str:
    """Opening hours, as "9:00-12:30 and 14:00-19:00"."""
    return " and ".join(f"{start.hour}:{start:%M}-{end.hour}:{end:%M}" for start, end in hours) or "never"


def _closed_days(before: Business, after: Business) -> Iterator[Change]:
    if before.public_holidays != after.public_holidays:
        yield _look(f"On public holidays the business is now {after.public_holidays}.")
    for day in sorted(set(before.open_on) - set(after.open_on)):
        yield _look(f"The public holiday {day} is closed now.")
    for day in sorted(set(after.open_on) - set(before.open_on)):
        yield _look(f"The public holiday {day} is open now.")
    yield from _absences("The business is", "closed", before.closures, after.closures)


def _absences(who_is: str, what: str, before: Sequence[Closure | Away], after: Sequence[Closure | Away]) -> Iterator[Change]:
    """Days off that came, that went, and those of which some days stay."""
    was, now = ({(one.first, one.last) for one in spans} for spans in (before, after))
    came, went = sorted(now - was), sorted(was - now)
    for span in came:
        if (other := _only_overlap(span, went)) is not None and _only_overlap(other, came) == span:
            went.remove(other)
            yield _look(f"{who_is} {what} {_days(*span)} now, no longer {_days(*other)}.")
        else:
            yield _look(f"{who_is} {what} {_days(*span)}.")
    for span in went:
        yield _look(f"{who_is} no longer {what} {_days(*span)}.")


def _only_overlap(span: Days, others: Sequence[Days]) -> Days | None:
    """The one that has days of this one, where no second has."""
    found = [other for other in others if other[0] <= span[1] and span[0] <= other[1]]
    return found[0] if len(found) == 1 else None


def _days(first: dt.date, last: dt.date) -> str:
    return f"on {first}" if first == last else f"from {first} to {last}"


def _booking(before: Business, after: Business) -> Iterator[Change]:
    for key, (sentence, *what) in _BOOKING.items():
        was, now = getattr(before.booking, key), getattr(after.booking, key)
        if was != now:
            yield _look(sentence.format(now=counted(now, *what), was=was))
    if before.booking.ask_email != after.booking.ask_email:
        yield _look(f"Callers are {'now' if after.booking.ask_email else 'no longer'} asked for an e-mail address.")
    if before.booking.ask_staff != after.booking.ask_staff:
        yield _look(f"Callers can {'now' if after.booking.ask_staff != 'never' else 'no longer'} name who serves them.")


def _staff(before: Business, after: Business) -> Iterator[Change]:
    for key in (key for key in before.staff if key not in after.staff):
        yield _look(f"{before.staff[key].name} can no longer be booked.")
    for key in (key for key in after.staff if key not in before.staff):
        yield _look(f"{after.staff[key].name} can be booked now.")
    for key, person in before.staff.items():
        other = after.staff.get(key)
        if other is not None and other != person:
            yield from _person(person, other, before, after)


def _person(before: Any, after: Any, old: Business, new: Business) -> Iterator[Change]:
    name = after.name
    if before.name != name:
        yield _look(f"{before.name} is now called {name}.")
    gone = [_service(old, one) for one in before.skills if one not in after.skills]
    if gone:
        yield _look(f"{name} no longer does {plain_list(gone)}.")
    added = [_service(new, one) for one in after.skills if one not in before.skills]
    if added:
        yield _look(f"{name} now does {plain_list(added)}.")
    yield from _hours(name, before.hours, after.hours)
    if before.lunch != after.lunch:
        now, was = ((spans([one]) if one else "none") for one in (after.lunch, before.lunch))
        yield _look(f"The lunch of {name} is {now} now, no longer {was}.")
    yield from _absences(f"{name} is", "away", before.away, after.away)
    heard = [one for one in after.heard_as if one not in before.heard_as]
    if heard:
        yield Change(Grade.HARMLESS, f"{plain_list([f'“{one}”' for one in heard])} is understood as {name} now.", _FILE)
    unheard = [one for one in before.heard_as if one not in after.heard_as]
    if unheard:
        yield _look(f"{plain_list([f'“{one}”' for one in unheard])} is no longer understood as {name}.")


def _service(business: Business, key: str) -> str:
    return business.service_name(key, business.default_language) if key in business.services else key
