"""Find the caller's own appointments, and nobody else's."""

from __future__ import annotations

from typing import Any, Final

from rapidfuzz import fuzz

from frontdesk.actions.context import ActionContext, Result
from frontdesk.actions.wish_spans import wish_spans
from fsm.effects import Run
from fsm.facts import Fact, Origin
from integrations.calendar.port import Appointment
from spoken import Context
from spoken.normalise import fold_words
from spoken.phone_plans import plan_order, said_alike
from spoken.sounds import sound_key

__all__ = ["find_appointments", "same_name"]

_MOST: Final = 5
_SIMILAR: Final = 80
"""Percent of likeness at which two parts of a name are the same: “Dupond” is Dupont."""
_ALIKE: Final = 60
"""Percent of likeness that is enough where the parts also sound the same: “Sputa” is Sputer, but “Moreau” is not Marie."""


async def find_appointments(run: Run, context: ActionContext) -> Result:
    """Outcomes: one (and it is chosen), several, none, unidentified (name and number are needed first).

    An appointment is the caller's when its number is the caller id, or when number and name both match as spoken: as its digits
    are said, whichever country's they were taken for. Of those of the caller id none is meant where both the time and the name that
    were said are others': it is somebody else's who shares the telephone, and the one that is meant is under another number.
    Raises what the calendar raises.
    """
    name, phone = run.facts.get("name"), run.facts.get("phone")
    caller = run.args.get("caller")
    found: list[Appointment] = []
    if isinstance(caller, str):
        found = await context.calendar.of_caller(phone=caller, now=context.now)
    if name is not None and (not found or _somebody_elses(found, str(name.value), run, context)):
        if phone is None:
            return Result("unidentified", lists={"appointments": []})
        found = await _as_spoken(str(name.value), str(phone.value), context) or found
    if not found:
        return Result("none" if name is not None and phone is not None else "unidentified", lists={"appointments": []})
    found = _narrowed(found, run, context)
    items = [_item(appointment, context) for appointment in found[:_MOST]]
    if len(items) > 1:
        return Result("several", lists={"appointments": items})
    chosen = Fact(items[0]["id"], Origin.RECORD, 0, "", items[0])
    return Result("one", facts={"appointment": chosen}, lists={"appointments": items})


async def _as_spoken(name: str, phone: str, context: ActionContext) -> list[Appointment]:
    """Those under a number and a name that were both said."""
    for number in said_alike(phone, _countries(context)):
        under_number = await context.calendar.of_caller(phone=number, now=context.now)
        found = [appointment for appointment in under_number if same_name(name, appointment.name)]
        if found:
            return found  # the calendar need not be asked for those of other countries
    return []


def _somebody_elses(found: list[Appointment], name: str, run: Run, context: ActionContext) -> bool:
    """Whether neither the name nor the time that were said is that of any appointment: a day alone may be misremembered."""
    return not any(same_name(name, appointment.name) for appointment in found) and not _meant(found, run, context)


def _countries(context: ActionContext) -> tuple[str, ...]:
    """Where a number may be from that is said without its country: the appointment was made in another language, or by the salon."""
    home = Context(business_country=context.business.country)
    return tuple(dict.fromkeys(country for language in context.business.languages for country in plan_order(language, home)))


def same_name(spoken_name: str, stored: str) -> bool:
    """Whether a spoken name is that of a stored one: every part of the shorter one sounds like a part of the other.

    So a surname alone is enough, on either side; “Jean Dupont” is not Marie Dupont.
    """
    shorter, longer = sorted((fold_words(spoken_name), fold_words(stored)), key=len)
    if not shorter:
        return False
    return "".join(shorter) == "".join(longer) or all(any(_same_part(part, other) for other in longer) for part in shorter)


def _same_part(one: str, other: str) -> bool:
    likeness = fuzz.ratio(one, other)
    return likeness >= _SIMILAR or (likeness >= _ALIKE and fuzz.ratio(sound_key(one), sound_key(other)) >= _SIMILAR)


def _narrowed(found: list[Appointment], run: Run, context: ActionContext) -> list[Appointment]:
    """Only those that the caller's own words mean: “the one on Friday”."""
    return (_meant(found, run, context) or found) if len(found) > 1 else found


def _meant(found: list[Appointment], run: Run, context: ActionContext) -> list[Appointment]:
    """Those at the time that was said; all of them where none was."""
    which = run.facts.get("which")
    if which is None:
        return found
    spans = wish_spans(which.value, context.business.zone, context.now, found[-1].start)
    return [appointment for appointment in found if any(span.after <= appointment.start < span.before for span in spans)]


def _item(appointment: Appointment, context: ActionContext) -> dict[str, Any]:
    return {
        "id": appointment.id,
        "service": appointment.service,
        "staff": appointment.staff,
        "start": context.wall(appointment.start),
        "end": context.wall(appointment.end),
        "name": appointment.name,
        "phone": appointment.phone,
    }
