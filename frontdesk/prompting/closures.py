"""The closures that lie in the days that were asked about: "on holiday from the ninth to the seventeenth of August"."""

from __future__ import annotations

from frontdesk.business.parts import Closure
from frontdesk.prompting.scene import Scene, as_date
from frontdesk.prompting.speech import join
from spoken.say_when import say_date

__all__ = ["closures_within", "say_closures"]


def closures_within(scene: Scene) -> tuple[Closure, ...]:
    """Those that are not over, in order; none where no stretch of days was asked about."""
    first, last = as_date(scene.value("first_day")), as_date(scene.value("last_day"))
    if first is None or last is None:
        return ()
    first = max(first, scene.today.date())
    found = [closure for closure in scene.business.closures if closure.first <= last and closure.last >= first]
    return tuple(sorted(found, key=lambda closure: closure.first))


def say_closures(scene: Scene) -> str | None:
    """ "from Sunday the ninth of August to Monday the seventeenth of August"; of one day only its date."""
    said = []
    for closure in closures_within(scene):
        first, last = (say_date(day, scene.language, scene.today, style=scene.style) for day in (closure.first, closure.last))
        span = scene.piece("piece.date_range", first=first, last=last) if closure.first != closure.last else None
        said.append(span or scene.piece("piece.on_day", when=first) or first)
    return join(said, scene.language, "and") or None
