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
    are said, whichever country's they were taken for.
    Raises what the calendar raises.
    """
    name, phone = run.facts.get("name"), run.facts.get("phone")
    caller = run.args.get("caller")
    found: list[Appointment] = []
    if isinstance(caller, str):
        found = await context.calendar.of_caller(phone=caller, now=context.now)
    if not found and name is not None and phone is not None:
        for number in said_alike(str(phone.value), _countries(context)):
            under_number = await context.calendar.of_caller(phone=number, now=context.now)
            found = [appointment for appointment in under_number if same_name(str(name.value), appointment.name)]
            if found:
                break  # the calendar need not be asked for those of other countries
    if not found:
        return Result("none" if name is not None and phone is not None else "unidentified", lists={"appointments": []})
    found = _narrowed(found, run, context)
    items = [_item(appointment, context) for appointment in found[:_MOST]]
    if len(items) > 1:
        return Result("several", lists={"appointments": items})
    chosen = Fact(items[0]["id"], Origin.RECORD, 0, "", items[0])
    return Result("one", facts={"appointment": chosen}, lists={"appointments": items})


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
    which = run.facts.get("which")
    if which is None or len(found) < 2:
        return found
    horizon = found[-1].start
    spans = wish_spans(which.value, context.business.zone, context.now, horizon)
    meant = [appointment for appointment in found if any(span.after <= appointment.start < span.before for span in spans)]
    return meant or found


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
