"""From every state the call can come to an end, in whatever situation it is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fsm.checks.finding import Finding
from fsm.checks.wording import any_of, quoted
from fsm.explore.path import Path
from fsm.explore.search import Exploration
from fsm.explore.settling import Regions
from fsm.ways import reached_from

__all__ = ["apart", "check_traps", "with_the_way_in"]

_HINT = "Lead a move or its limits to a state that ends the call, or to a person, whatever is known by then."


def apart(found: Exploration, trapped: Regions) -> Iterator[Regions]:
    """Traps that lie side by side."""
    names = {name for name, _ in trapped}
    ways: dict[str, set[str]] = {}
    for transition in found.transitions:
        if {transition.source, transition.target} <= names and transition.kind != "anywhere":
            ways.setdefault(transition.source, set()).add(transition.target)
            ways.setdefault(transition.target, set()).add(transition.source)
    while names:
        together = reached_from([min(names)], ways)
        names -= together
        yield {location: region for location, region in trapped.items() if location[0] in together}


def check_traps(found: Exploration, trapped: Iterable[Regions]) -> Iterator[Finding]:
    """no-way-out: once a call is in these states in this way, only the caller can end it, by hanging up."""
    for trap in trapped:
        states = [name for name in found.table.states if any(state == name for state, _ in trap)]
        path = found.path_into(trap)
        if path is not None:
            entered = path.steps[-1].state if path.steps else found.table.spec.start
            among = f": it stays in {any_of(states, 'and')}" if len(states) > 1 else ""
            message = f"A call can be in the state {quoted(entered)} in such a way that it never comes to an end{among}."
            yield Finding("no-way-out", ("states", entered), message, _HINT, _shown(found, path, states))


def with_the_way_in(found: Exploration, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings about states that no way leads out of, each with the shortest call into its state."""
    for finding in findings:
        name = str(finding.place[1])
        path = found.to(lambda met, name=name: any(transition.target == name for transition in met.transitions))  # type: ignore[misc]
        yield replace(finding, example=_shown(found, path, [name])) if path is not None else finding


def _shown(found: Exploration, path: Path, states: list[str]) -> tuple[str, ...]:
    spec = found.table.spec
    changed = {name for move in spec.moves for name in move.set}
    switches = [f"{name} is {'yes' if value else 'no'}" for name, value in path.begin.switches if name not in changed]
    begins = (f"the business: {' and '.join(switches)}",) if switches else ()
    return (*begins, *path.dialogue_to_the_last, f"no way leads out of {any_of(states, 'or')} any more")
