"""Placeholders about the business: hours, prices, durations, people. Everything is computed from business.yaml when it is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from frontdesk.business.model import Hours
from frontdesk.business.values import WEEKDAYS
from frontdesk.prompting.closures import say_closures
from frontdesk.prompting.opening import next_opening
from frontdesk.prompting.scene import Scene
from frontdesk.prompting.speech import join, said_duration, said_money, said_phone, written_phone
from spoken.say_when import say_date, say_time

__all__ = ["BUSINESS_WORDS"]

_EXAMPLES: Final = 3
_PARTS_OF_DAY: Final = ((20, "evening"), (18, "early_evening"), (12, "afternoon"), (4, "morning"), (0, "evening"))
_RANGE_FROM: Final = 3
"""So many weekdays in a row are said as a range."""


def _business(scene: Scene) -> str:
    return scene.business.name


def _business_phone(scene: Scene) -> str:
    number = scene.business.phone
    return written_phone(number, scene.business.country) if scene.style == "written" else said_phone(number, scene.language)


def _address(scene: Scene) -> str:
    address = scene.business.address
    return f"{address.street}, {address.city}" if scene.style == "written" else address.says[scene.language]


def _spans(scene: Scene, hours: Hours) -> str | None:
    clock = [(say_time(start, scene.language), say_time(_end(end), scene.language)) for start, end in hours]
    said = [scene.piece("piece.span", start=start, end=end) or "" for start, end in clock]
    return join([words for words in said if words], scene.language, "and") or None


def _end(time: dt.time) -> dt.time:
    return dt.time() if time == dt.time.max else time


def _habit(scene: Scene, weekday: int) -> str:
    return scene.piece(f"weekday.{WEEKDAYS[weekday]}") or WEEKDAYS[weekday]


def _days(scene: Scene, weekdays: list[int]) -> str:
    """ "du mardi au vendredi", or "le mardi et le jeudi" for days that do not follow one another."""
    in_a_row = weekdays[-1] - weekdays[0] == len(weekdays) - 1
    if in_a_row and len(weekdays) >= _RANGE_FROM:
        first, last = (scene.piece(f"weekday_name.{WEEKDAYS[day]}") for day in (weekdays[0], weekdays[-1]))
        said = scene.piece("piece.day_range", first=first, last=last)
        if said:
            return said
    return _on(scene, join([_habit(scene, day) for day in weekdays], scene.language, "and"))


def _on(scene: Scene, days: str) -> str:
    return scene.piece("piece.on_weekdays", days=days) or days


@lru_cache(maxsize=32)
def _week(rows: tuple[Hours, ...]) -> tuple[tuple[tuple[int, ...], Hours], ...]:
    groups: dict[Hours, list[int]] = {}
    for weekday, hours in enumerate(rows):
        groups.setdefault(hours, []).append(weekday)
    return tuple((tuple(days), hours) for hours, days in groups.items())


def _hours(scene: Scene) -> str | None:
    """Open days first, those with the same hours together; then the closed ones."""
    week = tuple(getattr(scene.business.hours, weekday) for weekday in WEEKDAYS)
    groups = _week(week)
    opened = [
        scene.piece("piece.day_hours", days=_days(scene, list(days)), spans=_spans(scene, hours)) or "" for days, hours in groups if hours
    ]
    closed = [day for days, hours in groups if not hours for day in _week_order(days)]
    said = ", ".join(words for words in opened if words)
    if closed and said:
        said += ". " + (scene.piece("piece.closed_days", days=_days(scene, closed)) or "")
    return said.rstrip(". ") or None


def _week_order(days: Iterable[int]) -> list[int]:
    """Sunday and Monday are one free stretch, said in this order."""
    ordered = sorted(days)
    return [6, 0, *ordered[1:-1]] if len(ordered) == 2 and ordered == [0, 6] else ordered


def _day_hours(scene: Scene) -> str | None:
    return _spans(scene, scene.business.hours_of(scene.day)) if scene.day else None


def _opens(scene: Scene) -> str | None:
    opening = next_opening(scene.business, scene.today)
    return say_time(opening[1], scene.language, style=scene.style) if opening else None


def _next_day(scene: Scene) -> str | None:
    opening = next_opening(scene.business, scene.today)
    return say_date(opening[0], scene.language, scene.today, style=scene.style) if opening else None


def _closes(scene: Scene) -> str | None:
    time = scene.today.time()
    for start, end in scene.business.hours_of(scene.today.date()):
        if start <= time < end:
            return say_time(_end(end), scene.language, style=scene.style)
    return None


def _closed_reason(scene: Scene) -> str | None:
    reason = scene.value("closed") or (scene.business.closed_reason(scene.day) if scene.day else None)
    return scene.piece(f"closed_reason.{reason}") if reason else None


def _weekday(scene: Scene) -> str | None:
    return _on(scene, _habit(scene, scene.day.weekday())) if scene.day else None


def _languages(scene: Scene) -> str:
    return join([scene.piece(f"language.{code}") or code for code in scene.business.languages], scene.language, "and")


def _services(scene: Scene) -> str:
    return join(list(scene.business.service_list(scene.language)), scene.language, "and")


def _some_services(scene: Scene) -> str:
    """Three that lie far apart in the file, so that the examples differ."""
    names = [service.name_with_article[scene.language] for service in scene.business.services.values()]
    few = [names[index * len(names) // _EXAMPLES] for index in range(_EXAMPLES)] if len(names) > _EXAMPLES else names
    return join(few, scene.language, "or")


def _hello(scene: Scene) -> str | None:
    hour = scene.today.hour
    return scene.piece(f"hello.{next(name for first, name in _PARTS_OF_DAY if hour >= first)}")


def _family_question(scene: Scene) -> str | None:
    """The question of the family whose services are being asked between."""
    asked = {option.get("value") for option in scene.lists.get("options", ())}
    for family in scene.business.families.values():
        if asked and asked == set(family.answers):
            return family.question.get(scene.language)
    return None


def _staff_days(scene: Scene) -> str | None:
    """The weekdays on which the person asked about works."""
    staff = scene.value("staff")
    if staff not in scene.business.staff:
        return None
    person = scene.business.staff[staff]
    days = [index for index, weekday in enumerate(WEEKDAYS) if getattr(person.hours, weekday)]
    return _days(scene, days) if days else None


def _staff_hours(scene: Scene) -> str | None:
    """When the person asked about works on the day spoken of; lunch is left out of the answer."""
    staff = scene.value("staff")
    if staff not in scene.business.staff or scene.day is None:
        return None
    hours = scene.business.staff_hours(staff, scene.day)
    return _spans(scene, ((hours[0][0], hours[-1][1]),)) if hours else None


def _staff_list(scene: Scene) -> str | None:
    business = scene.business
    chosen = scene.service if not scene.is_answer or scene.value("service") else None
    people = [person for person in scene.value("people") or () if person in business.staff]
    who = people or (business.staff_for(chosen) if chosen else tuple(business.staff))
    return join([business.staff_name(person) for person in who], scene.language, "or" if people or chosen else "and") or None


def _least(scene: Scene, service: str) -> Decimal:
    price = scene.business.services[service].price
    return price.amount if price.amount is not None else price.from_ or Decimal(0)


def _price(scene: Scene) -> str | None:
    return said_money(_least(scene, scene.service), scene.business.currency, scene.language, scene.style) if scene.service else None


def _paid(scene: Scene) -> list[Decimal]:
    return [amount for amount in (_least(scene, service) for service in scene.business.services) if amount]


def _lowest_price(scene: Scene) -> str | None:
    paid = _paid(scene)
    return said_money(min(paid), scene.business.currency, scene.language, scene.style) if paid else None


def _highest_price(scene: Scene) -> str | None:
    """Where the dearest service costs this much at least, it is no most that anybody pays."""
    paid = _paid(scene)
    if not paid:
        return None
    amount = said_money(max(paid), scene.business.currency, scene.language, scene.style)
    if any(service.price.from_ == max(paid) for service in scene.business.services.values()):
        return scene.piece("piece.price_or_more", amount=amount) or amount
    return amount


def _prices(scene: Scene) -> str | None:
    """Each of the services asked about with its price."""
    said = []
    for service in scene.value("services") or ():
        if service in scene.business.services:
            price = scene.business.services[service].price
            kind = "free" if price.amount == 0 else "fixed" if price.is_fixed else "from"
            amount = said_money(_least(scene, service), scene.business.currency, scene.language, scene.style)
            name = scene.business.service_name(service, scene.language)
            said.append(scene.piece(f"piece.price_{kind}", service=name, amount=amount) or "")
    return join([words for words in said if words], scene.language, "and") or None


def _duration(scene: Scene) -> str | None:
    return said_duration(scene.business.duration_min(scene.service), scene.language) if scene.service else None


def _durations(scene: Scene) -> str | None:
    """Each of the services asked about with how long it takes."""
    business, language = scene.business, scene.language
    asked = [service for service in scene.value("services") or () if service in business.services]
    said = [
        scene.piece(
            "piece.duration",
            service=business.service_name(service, language),
            duration=said_duration(business.duration_min(service), language),
        )
        for service in asked
    ]
    return join([words for words in said if words], language, "and") or None


def _shortest(scene: Scene) -> str:
    return said_duration(min(map(scene.business.duration_min, scene.business.services)), scene.language)


def _longest(scene: Scene) -> str:
    return said_duration(max(map(scene.business.duration_min, scene.business.services)), scene.language)


def _about(scene: Scene) -> str | None:
    return scene.business.services[scene.service].about.get(scene.language) if scene.service else None


BUSINESS_WORDS: Final[Mapping[str, Callable[[Scene], str | None]]] = {
    "business": _business,
    "business_phone": _business_phone,
    "address": _address,
    "hours": _hours,
    "day_hours": _day_hours,
    "opens": _opens,
    "closes": _closes,
    "next_day": _next_day,
    "closed_reason": _closed_reason,
    "closures": say_closures,
    "weekday": _weekday,
    "languages": _languages,
    "services": _services,
    "some_services": _some_services,
    "hello": _hello,
    "family_question": _family_question,
    "staff_list": _staff_list,
    "staff_days": _staff_days,
    "staff_hours": _staff_hours,
    "price": _price,
    "lowest_price": _lowest_price,
    "highest_price": _highest_price,
    "prices": _prices,
    "duration": _duration,
    "durations": _durations,
    "shortest": _shortest,
    "longest": _longest,
    "about": _about,
}
"""Placeholder -> its words in a scene, or None when they are not known."""
