"""When the house is closed within the days that were asked about: "closed from the ninth to the seventeenth of August"."""

from __future__ import annotations

import datetime as dt
from typing import Final

from frontdesk.business.parts import Closure
from frontdesk.prompting.scene import Scene, as_date
from frontdesk.prompting.speech import join
from spoken.say_when import say_date

__all__ = ["closed_throughout", "closures_within", "say_closures"]

_A_MONTH: Final = 31
"""Of longer stretches public holidays are not told one by one."""


def closures_within(scene: Scene) -> tuple[Closure, ...]:
    """Those that are not over, in order, with the public holidays of a month; none where no stretch of days was asked about."""
    asked = _days_asked(scene)
    if asked is None:
        return ()
    first, last = max(asked[0], scene.today.date()), asked[1]
    found = [closure for closure in scene.business.closures if closure.first <= last and closure.last >= first]
    if (last - first).days < _A_MONTH:
        days = [first + dt.timedelta(days=count) for count in range((last - first).days + 1)]
        found += [Closure(first=day, last=day) for day in days if scene.business.closed_reason(day) == "holiday"]
    return tuple(sorted(found, key=lambda closure: closure.first))


def closed_throughout(scene: Scene) -> bool:
    """Whether one of them takes up all the days that were asked about."""
    asked = _days_asked(scene)
    return asked is not None and any(closure.first <= asked[0] and asked[1] <= closure.last for closure in closures_within(scene))


def _days_asked(scene: Scene) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of a stretch that was asked about."""
    first, last = as_date(scene.value("first_day")), as_date(scene.value("last_day"))
    return (first, last) if first is not None and last is not None else None


def say_closures(scene: Scene) -> str | None:
    """ "from Sunday the ninth of August to Monday the seventeenth of August"; of one day only its date."""
    said = []
    for closure in closures_within(scene):
        first, last = (say_date(day, scene.language, scene.today, style=scene.style) for day in (closure.first, closure.last))
        span = scene.piece("piece.date_range", first=first, last=last) if closure.first != closure.last else None
        said.append(span or scene.piece("piece.on_day", when=first) or first)
    return join(said, scene.language, "and") or None
