"""Text messages: how long they are in the worst case, counted as the network counts them, and whether they say when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from frontdesk.business import Business
from frontdesk.prompting.errors import PromptingError
from frontdesk.prompting.lines import Lines
from frontdesk.prompting.render import Renderer
from fsm.problems import Problem
from integrations.sms.segments import alphabet, segments

__all__ = ["MOST_SEGMENTS", "check_messages", "worst_message"]

MOST_SEGMENTS: Final = 2
"""SMS that a confirmation may be sent and paid as."""

_KIND: Final = "sms."
_LONG_NAME: Final = "Maximiliane Wolfensteiner"
_DATES: Final = ("2026-09-30T16:45", "2026-09-24T16:45")
"""A Wednesday and a Thursday in September: the longest dates of our languages."""
_OTHER_TIMES: Final = ((_DATES[1], "on what day"), ("2026-09-30T09:00", "at what time of day"))
"""Appointments that differ from the first date in one thing alone, and what a message that is the same for both does not say."""


def check_messages(lines: Lines, business: Business) -> Iterator[Problem]:
    """long-sms: a message that may cost more than two SMS. message-without-when: one that does not say when the appointment is.

    One that cannot be said at all is told elsewhere.
    """
    renderer = Renderer(lines, business)
    for language in business.languages:
        for name in sorted(lines.names(language)):
            if name.startswith(_KIND):
                line = lines.get(name, language)
                worst = worst_message(renderer, business, name.removeprefix(_KIND), language)
                parts = segments(worst) if worst else 1
                if parts > MOST_SEGMENTS:
                    message = f"The text message “{name}” is {parts} SMS long at worst ({len(worst)} characters): “{worst}”."
                    yield line.problem("long-sms", message, _hint(worst))
                untold = _untold(renderer, business, name.removeprefix(_KIND), language)
                if untold:
                    message = f"The text message “{name}” does not say {' and '.join(untold)} the appointment is."
                    yield line.problem("message-without-when", message, "Show {slot} in it: the day, the date and the time of day.")


def worst_message(renderer: Renderer, business: Business, kind: str, language: str) -> str:
    """The longest form that the message can take; empty where it cannot be said."""
    forms: list[str] = []
    for service in business.services:
        for start in _DATES:
            text = _message(renderer, business, kind, language, service, start)
            if not text:
                return ""
            forms.append(text)
    return max(forms, key=lambda text: (segments(text), len(text)), default="")


def _untold(renderer: Renderer, business: Business, kind: str, language: str) -> list[str]:
    """What the message leaves open of when the appointment is, whichever placeholders it shows: it stays the same at another time."""
    service = next(iter(business.services))
    text = _message(renderer, business, kind, language, service, _DATES[0])
    others = [(_message(renderer, business, kind, language, service, start), what) for start, what in _OTHER_TIMES]
    return [what for other, what in others if text and other == text]


def _message(renderer: Renderer, business: Business, kind: str, language: str, service: str, start: str) -> str:
    """As it would be sent for an appointment of a long name with whoever has the longest; empty where it cannot be said."""
    now = dt.datetime.fromisoformat(_DATES[0]).replace(tzinfo=business.zone) - dt.timedelta(days=90)
    staff = max(business.staff_for(service), key=lambda key: len(business.staff[key].name), default=None)
    appointment = {"id": "a1", "service": service, "start": start, "staff": staff, "name": _LONG_NAME}
    try:
        return renderer.sms(kind, language, appointment, now)
    except PromptingError:
        return ""


def _hint(text: str) -> str:
    strange = sorted({sign for sign in text if alphabet(sign) == "ucs2"})
    if strange:
        signs = ", ".join(f"“{sign}”" for sign in strange)
        return f"Leave out {signs}: a single sign outside the alphabet of text messages more than halves what fits into one."
    return f"Shorten it: one SMS holds 160 characters, each of several 153, and more than {MOST_SEGMENTS} are often cut or refused."
