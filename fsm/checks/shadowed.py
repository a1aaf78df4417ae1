"""Moves that can never be taken, because an earlier one always is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fsm.checks.boxes import Box, Domains, TooManyCases
from fsm.checks.finding import Finding
from fsm.checks.subject import PlacedMove, Subject
from fsm.checks.wording import quoted
from fsm.spec import GraphSpec

__all__ = ["check_shadowed", "domains_of"]

_STATE = "(state)"
"""In boxes, the state the call is in; no fact can have this name."""


def domains_of(subject: Subject) -> Domains:
    """The values that the names of this graph may have."""
    return Domains.of(subject.spec, subject.catalogue, [condition for _, _, condition in subject.conditions])


def check_shadowed(subject: Subject) -> Iterator[Finding]:
    """shadowed-move: an earlier move, or all earlier ones together, hold whenever this one does."""
    domains = domains_of(subject)
    domains = Domains({**domains.values, _STATE: frozenset(subject.spec.states)})
    groups: dict[tuple[str | None, str, str | None], list[PlacedMove]] = {}
    for placed in subject.moves:
        groups.setdefault((placed.state, placed.kind, placed.move.on), []).append(placed)
    for moves in groups.values():
        boxes = [_box(domains, subject.spec, placed) for placed in moves]
        for index in range(len(moves)):
            if any(not values for values in boxes[index].values()):
                continue  # it never holds for another reason, and that is said elsewhere
            try:
                if domains.left_over([boxes[index]], boxes[:index]):
                    continue
            except TooManyCases:
                continue
            yield _finding(domains, moves, boxes, index)


def _finding(domains: Domains, moves: Sequence[PlacedMove], boxes: Sequence[Box], index: int) -> Finding:
    cause = next((earlier for earlier in range(index) if not domains.minus(boxes[index], boxes[earlier])), None)
    where = "an earlier move always holds first" if cause is None else f"the move number {cause + 1} of its list always holds first"
    if cause is None and index > 1:
        where = "the moves before it cover all its cases"
    target = moves[index].move.to
    what = f"The move to {quoted(target)}" if target else "This move"
    return Finding(
        "shadowed-move",
        moves[index].place,
        f"{what} is never taken: {where}.",
        "Put it before, make the earlier one narrower, or remove it.",
    )


def _box(domains: Domains, spec: GraphSpec, placed: PlacedMove) -> Box:
    box = dict(domains.box(placed.move.if_))
    if placed.kind == "anywhere":
        box[_STATE] = frozenset(spec.states) - set(placed.move.except_)
    return box
