"""Placeholders about the booking: the service, the time, the person, what is on offer."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from frontdesk.prompting.scene import Scene, as_date, as_moment
from frontdesk.prompting.speech import join, said_digits, said_email, said_phone, said_reference, said_two_digits
from spoken.say_when import say_date, say_slot, say_slots, say_time, say_window

__all__ = ["BOOKING_WORDS"]


_DICTATED: Final = re.compile(r"[@._+0-9]")
"""Signs that stand in an address and not in a name."""

_MOST_TIMES: Final = 3
"""Times that are told one by one; more of them nobody would listen to."""


def _service(scene: Scene) -> str | None:
    return scene.business.service_name(scene.service, scene.language) if scene.service else None


def _a_service(scene: Scene) -> str | None:
    return scene.business.service_name(scene.service, scene.language, article=True) if scene.service else None


def _person(scene: Scene, staff_id: Any) -> str | None:
    return scene.business.staff_name(staff_id) if staff_id in scene.business.staff else None


def _staff(scene: Scene) -> str | None:
    """Whom the caller asked for. Once a time is chosen, whoever serves then: with somebody else on offer it need not be the same."""
    if scene.is_answer:
        return _person(scene, scene.value("staff"))
    wished = _person(scene, scene.fact("staff"))
    return wished and (_person(scene, scene.detail("slot").get("staff")) or wished)


def _wished_staff(scene: Scene) -> str | None:
    return _person(scene, scene.fact("staff"))


def _stylist(scene: Scene) -> str | None:
    """Who serves, unless the business keeps that to itself."""
    if scene.business.booking.ask_staff == "never":
        return None
    return _person(scene, scene.detail("slot").get("staff")) or _staff(scene)


@lru_cache(maxsize=512)
def _slot_words(start: str, language: str, today: dt.date, style: str) -> str | None:
    moment = as_moment(start)
    now = dt.datetime.combine(today, dt.time())
    return say_slot(moment, language, now, style="written" if style == "written" else "spoken") if moment else None


def _at(scene: Scene, start: Any) -> str | None:
    return _slot_words(start, scene.language, scene.today.date(), scene.style) if isinstance(start, str) else None


def _slot(scene: Scene) -> str | None:
    return _at(scene, scene.fact("slot") or scene.value("slot"))


def _time(scene: Scene) -> str | None:
    moment = as_moment(scene.fact("slot") or scene.value("slot"))
    return say_time(moment.time(), scene.language, style=scene.style) if moment else None


def _day(scene: Scene) -> str | None:
    moment = as_moment(scene.fact("slot"))
    day = scene.day or (moment.date() if moment else None)
    return say_date(day, scene.language, scene.today, style=scene.style) if day else None


def _when(scene: Scene) -> str | None:
    """The wish as the time at which something is or is not: “on Tuesday …”, “am Dienstag …”, “la semaine du …”."""
    wish = scene.fact("when") or ()
    windows = [wish] if isinstance(wish, Mapping) else wish
    if len(windows) > _MOST_TIMES:
        return None  # "after six", of every day of a week
    said = [_at_window(scene, window) for window in windows]
    return join([words for words in said if words], scene.language, "or") or None


def _at_window(scene: Scene, window: Mapping[str, Any]) -> str | None:
    moment = as_moment(window.get("start"))
    if moment is None or (window.get("end") is None and window.get("grain") != "minute"):
        return None  # "as soon as possible", "any day": no time at which something could be taken
    words = say_window(window, scene.language, scene.today, style=scene.style)
    if words.startswith(say_date(moment.date(), scene.language, scene.today, style=scene.style)):
        return scene.piece("piece.on_day", when=words) or words
    return words


def _name(scene: Scene) -> str | None:
    return scene.fact("name") or scene.value("name") or scene.detail("appointment").get("name")


def _of_name(scene: Scene) -> str | None:
    """ "De Marie", "d'Anna": the word before a name may depend on how it begins."""
    name = _name(scene)
    if not name:
        return None
    vowel = unicodedata.normalize("NFKD", name)[:1].casefold() in "aeiouyœæ"
    return scene.piece("piece.of_name_vowel" if vowel else "piece.of_name", name=name)


def _number(scene: Scene) -> Any:
    """The number given in this call, or the one that was left for the appointment spoken of."""
    return scene.fact("phone") or scene.value("phone") or scene.detail("appointment").get("phone")


def _phone(scene: Scene) -> str | None:
    number = _number(scene)
    return said_phone(number, scene.language) if number else None


def _phone_ending(scene: Scene) -> str | None:
    number = _number(scene)
    return said_two_digits(number, scene.language) if number else None


def _caller_ending(scene: Scene) -> str | None:
    number = scene.value("caller")
    return said_two_digits(number, scene.language) if number else None


def _email(scene: Scene) -> str | None:
    address = scene.fact("email") or scene.value("email")
    return said_email(address, scene.language) if address else None


def _reference(scene: Scene) -> str | None:
    reference = scene.fact("reference")
    return said_reference(reference, scene.language) if reference else None


def _report_number(scene: Scene) -> str | None:
    number = scene.value("report_number")
    return said_reference(number, scene.language) if isinstance(number, str) else None


def _birth_date(scene: Scene) -> str | None:
    day = as_date(scene.fact("birth_date"))
    return say_date(day, scene.language, scene.today, style=scene.style) if day else None


def _message(scene: Scene) -> str | None:
    words = scene.fact("message")
    return str(words) if words else None


def _old_service(scene: Scene) -> str | None:
    service = scene.detail("appointment").get("service")
    return scene.business.service_name(service, scene.language) if service in scene.business.services else None


def _old_slot(scene: Scene) -> str | None:
    return _at(scene, scene.detail("appointment").get("start"))


def _old_name(scene: Scene) -> str | None:
    return scene.detail("appointment").get("name")


def _described(scene: Scene, appointment: Mapping[str, Any]) -> str | None:
    slot = _at(scene, appointment.get("start"))
    service = appointment.get("service")
    if slot is None:
        return None
    if service not in scene.business.services:
        return slot
    name = scene.business.service_name(service, scene.language)
    return scene.piece("piece.appointment", service=name, slot=slot) or f"{name} {slot}"


def _appointment(scene: Scene) -> str | None:
    if scene.is_answer:
        return _described(scene, {name: scene.value(name) for name in ("start", "service")})
    return _described(scene, scene.detail("appointment"))


def _appointments(scene: Scene) -> str | None:
    described = [_described(scene, item) for item in scene.lists.get("appointments", ())]
    return join([words for words in described if words], scene.language, "and") or None


@lru_cache(maxsize=512)
def _offer_words(starts: tuple[str, ...], language: str, today: dt.date) -> str | None:
    moments = sorted({moment for moment in map(as_moment, starts) if moment})
    return say_slots(moments, language, dt.datetime.combine(today, dt.time())) or None


def _offers(scene: Scene) -> str | None:
    offers: Sequence[Mapping[str, Any]] = scene.lists.get("offers", ())
    return _offer_words(tuple(str(offer.get("start")) for offer in offers), scene.language, scene.today.date())


def _options(scene: Scene) -> str | None:
    said = [_option(scene, option) for option in scene.lists.get("options", ())]
    return join([words for words in said if words], scene.language, "or") or None


def _option(scene: Scene, option: Mapping[str, Any]) -> str:
    """Services with their article: “une coupe femme ou un brushing”."""
    value = option.get("value")
    if isinstance(value, str) and value in scene.business.services:
        return scene.business.service_name(value, scene.language, article=True)
    return str(option.get("say") or "")


def _so_far(scene: Scene) -> str | None:
    heard = str(scene.value("so_far") or "")
    if not heard:
        return None
    if heard.lstrip("+").replace(" ", "").isdecimal():
        return said_digits(heard, scene.language)
    return said_email(heard, scene.language) if _DICTATED.search(heard) else heard


def _thing(scene: Scene) -> str | None:
    thing = scene.business.not_offered.get(str(scene.value("thing")))
    return thing.name[scene.language] if thing else None


BOOKING_WORDS: Final[Mapping[str, Callable[[Scene], str | None]]] = {
    "service": _service,
    "a_service": _a_service,
    "staff": _staff,
    "wished_staff": _wished_staff,
    "stylist": _stylist,
    "slot": _slot,
    "time": _time,
    "day": _day,
    "when": _when,
    "name": _name,
    "of_name": _of_name,
    "phone": _phone,
    "phone_ending": _phone_ending,
    "caller_ending": _caller_ending,
    "email": _email,
    "reference": _reference,
    "report_number": _report_number,
    "birth_date": _birth_date,
    "message": _message,
    "old_service": _old_service,
    "old_slot": _old_slot,
    "old_name": _old_name,
    "appointment": _appointment,
    "appointments": _appointments,
    "offers": _offers,
    "options": _options,
    "so_far": _so_far,
    "thing": _thing,
}
"""Placeholder -> its words in a scene, or None when they are not known."""
