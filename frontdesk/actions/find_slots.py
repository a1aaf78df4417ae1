"""Find times to offer for what the caller wants, and say why when the wish itself cannot be met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from frontdesk.actions.context import ActionContext, Result
from frontdesk.actions.offers import (
    HALF_DAY,
    ONE_HOUR,
    choose_closest,
    choose_earliest,
    choose_on_days,
    choose_spread,
    keep_time,
    one_per_start,
    without_refused,
)
from frontdesk.actions.wish_spans import WishSpan, wish_spans
from fsm.effects import Run
from fsm.facts import Fact
from integrations.calendar.port import FreeSlot
from integrations.errors import UnknownService
from spoken.wishes import settled

__all__ = ["find_slots"]

_MOST_STARTS: Final = 400
"""As many free starts as are looked at in one span."""
_LOOK_BACK: Final = dt.timedelta(days=2)


async def find_slots(run: Run, context: ActionContext) -> Result:
    """Outcomes: exact (the one time wished for is free, and is chosen), offered, full, closed, too_soon, too_far,
    not_with (the person asked for is not free then), exhausted (all that fits was refused), none.

    Raises what the calendar raises.
    """
    search = _Search(run, context)
    if search.service is None:
        return Result("failed", lists={"offers": []})
    spans = wish_spans(search.wish, context.business.zone, context.now, search.horizon)
    exact = await search.exact(spans)
    if exact is not None:
        return exact
    fitting = [slot for span in spans for slot in await search.free(span.after, span.before)]
    if fitting:
        return search.offer(fitting, spans)
    return await search.instead(spans)


class _Search:
    def __init__(self, run: Run, context: ActionContext) -> None:
        self.run, self.context = run, context
        self.count = context.business.booking.offers
        self.horizon = context.now + dt.timedelta(days=context.business.booking.horizon_days)
        appointment = run.facts.get("appointment")
        detail = appointment.detail if appointment is not None and appointment.detail else {}
        service = run.facts.get("service")
        # What is moved stays what it is: "I'd like to move my haircut" names the appointment, and no other service.
        self.service = str(detail["service"]) if detail else str(service.value) if service is not None else None
        staff = run.facts.get("staff")
        self.staff = str(staff.value) if staff is not None and staff.value != "any" else None
        self.preferred = self.staff or (str(detail["staff"]) if detail else None)
        booked = dt.datetime.fromisoformat(str(detail["start"])) if detail else None
        self.wish = settled(run.facts["when"].value, booked) if "when" in run.facts else []
        self.instead_of = str(detail["id"]) if detail else None
        self.refused = [context.local(start) for start in run.refused]
        self.near = [context.local(start) for start in run.refused_near]

    async def free(self, after: dt.datetime, before: dt.datetime, *, anybody: bool = False) -> list[FreeSlot]:
        after, before = max(after, self.context.now), min(before, self.horizon)
        if after >= before:
            return []
        staff = None if anybody else self.staff
        try:
            found = await self.context.calendar.free(
                str(self.service),
                staff=staff,
                after=after,
                before=before,
                now=self.context.now,
                call_id=self.context.call_id,
                instead_of=self.instead_of,
                limit=_MOST_STARTS,
            )
        except UnknownService:
            if staff is None:
                raise
            return []  # the person asked for does not do this; somebody else may
        return one_per_start(found, self.preferred)

    async def exact(self, spans: Sequence[WishSpan]) -> Result | None:
        """The wish is one time, and it is free: there is nothing left to choose."""
        spans = self.at_the_time_chosen(spans)
        if len(spans) != 1 or not spans[0].exact:
            return None
        found = await self.free(spans[0].after, spans[0].before)
        if not found:
            return None
        offer, when = self.as_offer(found[0]), self.run.facts["when"]
        slot = Fact(offer["start"], when.source, when.turn, when.words, offer)
        return Result("exact", facts={"slot": slot}, lists={"offers": [offer]})

    def at_the_time_chosen(self, spans: Sequence[WishSpan]) -> Sequence[WishSpan]:
        """The caller changed the service or the person, not the time: that one first, unless they have wished for another since."""
        last = self.run.args.get("last_slot")
        if not isinstance(last, Mapping) or last["start"] in self.run.refused:
            return spans
        start = self.context.local(str(last["start"]))
        wished_since = self.run.facts["when"].turn > last["turn"]
        if wished_since and not any(span.after <= start < span.before for span in spans):
            return spans
        return [WishSpan(start, start + dt.timedelta(minutes=1), exact=True)]

    def offer(self, fitting: list[FreeSlot], spans: Sequence[WishSpan]) -> Result:
        left = without_refused(sorted(set(fitting)), self.refused, self.near)
        if not left:
            return Result("exhausted", lists={"offers": []})
        if len(spans) > 1 and spans[-1].open_ended:  # every day but some: the caller thinks in days
            chosen = choose_on_days(left, self.count)
        elif any(span.open_ended for span in spans):  # who has refused the first ones is offered the next, not the last
            chosen = choose_earliest(left, self.count, HALF_DAY if self.refused else ONE_HOUR)
        elif all(span.exact for span in spans):
            chosen = left[: self.count]
        else:
            chosen = keep_time(choose_spread(left, self.count), left, self.time_on_another_day(left))
        return self.result("offered", chosen)

    def time_on_another_day(self, left: Sequence[FreeSlot]) -> dt.time | None:
        """The time of day that was chosen before the caller corrected the day."""
        taken_back = self.run.args.get("taken_back")
        if not isinstance(taken_back, str):
            return None
        start = self.context.local(taken_back)
        return None if any(slot.start.date() == start.date() for slot in left) else start.time()

    async def instead(self, spans: Sequence[WishSpan]) -> Result:
        """Nothing fits: say why, and offer what comes closest."""
        reason, values = await self.reason(spans)
        if reason == "not_with":
            anybody = [slot for span in spans for slot in await self.free(span.after, span.before, anybody=True)]
            left = without_refused(anybody, self.refused, self.near)
            if left:
                return self.result("not_with", choose_spread(left, self.count), values)
            reason = "full"
        wanted = min(max(spans[0].after, self.context.now), self.horizon)
        if reason == "too_far":
            wanted = self.horizon
        around = await self.around(wanted)
        left = without_refused(around, self.refused, self.near)
        if not around:
            return Result("none", lists={"offers": []}, values=values)
        if not left:
            return Result("exhausted", lists={"offers": []}, values=values)
        span = spans[0]
        if not self.never_with and not span.than_offered and (self.near or all(span.after in self.refused for span in spans)):
            reason = "offered"  # the caller has heard why already
        if reason == "full" and self.never_with:
            reason = "not_with"
        left = [slot for slot in left if span.goes_on(slot.start)] or left
        fitting = [slot for slot in left if span.holds_time(slot.start.time())]
        if span.than_offered:
            left = fitting or left
        if reason == "full":
            values["than_offered"] = span.than_offered
        return self.result(reason, choose_closest(left, fitting, wanted, self.count, exact=span.exact), values)

    @property
    def never_with(self) -> bool:
        """Whether the person asked for does not do this service at all: said with every search, as long as they are asked for."""
        return self.staff is not None and self.context.business.never_does(self.staff, str(self.service))

    async def around(self, wanted: dt.datetime) -> list[FreeSlot]:
        """Free times from a little before a time on, else any before it; with somebody else only where the person has none."""
        since = wanted.replace(hour=0, minute=0) - _LOOK_BACK
        for anybody in (False, True) if self.staff else (False,):
            found = await self.free(since, self.horizon, anybody=anybody) or await self.free(self.context.now, since, anybody=anybody)
            if found:
                return found
        return []

    async def reason(self, spans: Sequence[WishSpan]) -> tuple[str, dict[str, Any]]:
        business, now = self.context.business, self.context.now
        day = spans[0].after.date()
        values: dict[str, Any] = {"day": day.isoformat()}
        if all(span.before <= now + dt.timedelta(minutes=business.booking.lead_min) for span in spans):
            return "too_soon", values
        if all(span.after >= self.horizon for span in spans):
            return "too_far", values
        reasons = [business.closed_reason(day) for span in spans for day in span.days]
        if reasons and all(reasons):
            return "closed", {**values, "closed": reasons[0]}
        if self.staff and any([await self.free(span.after, span.before, anybody=True) for span in spans]):
            return "not_with", values
        return "full", values

    def result(self, outcome: str, chosen: Sequence[FreeSlot], values: dict[str, Any] | None = None) -> Result:
        return Result(outcome, lists={"offers": [self.as_offer(slot) for slot in chosen]}, values=values or {})

    def as_offer(self, slot: FreeSlot) -> dict[str, Any]:
        return {"start": self.context.wall(slot.start), "end": self.context.wall(slot.end), "staff": slot.staff}
