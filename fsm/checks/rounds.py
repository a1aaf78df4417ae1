"""A caller who says nothing useful, or nobody at all, does not keep a call going for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from fsm.checks.finding import Finding
from fsm.checks.wording import any_of
from fsm.explore.rounds import Round, uncounted_rounds
from fsm.explore.search import Exploration
from fsm.explore.settling import Regions

__all__ = ["check_rounds"]

_COUNT: Final = "Give one of them “visits” in its limits, or lead it to a person, a message or the end."
_ELSEWHERE: Final = "Lead “else” of one of them where the call ends or something else is asked, in this case at least."
_REMEMBER: Final = "Every count begins anew with “forget: [task]”: forget less there, or let the caller say something before it goes on."


def check_rounds(found: Exploration, trapped: Iterable[Regions]) -> Iterator[Finding]:
    """loop-without-bound, unless all of it lies in a trap."""
    traps = [{name for name, _ in trap} for trap in trapped]
    for one in uncounted_rounds(found):
        if not any(one.states <= trap for trap in traps):
            yield _finding(found, one)


def _finding(found: Exploration, one: Round) -> Finding:
    states = [name for name in found.table.states if name in one.states]
    message = f"The call can go round for ever between {any_of(states, 'and')} while the caller says nothing that helps."
    if one.count == "vain":
        message = f"When the visits of {any_of(states, 'and')} are used up, giving up leads round and round between them."
    path = found.path_into(one.begins)
    round_ = [*(str(happening) for happening in one.happenings), f"and back to {states[0]} again and again"]
    return Finding(
        "loop-without-bound",
        ("states", states[0]),
        message,
        {"none": _COUNT, "forgotten": _REMEMBER, "vain": _ELSEWHERE}[one.count],
        (*(path.dialogue if path is not None else ()), *round_),
    )
