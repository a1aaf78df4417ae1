"""What is drawn: the ways from state to state, several moves between two states as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from frontdesk.drawing.labels import full_label, joined, short_label
from fsm.call_order import goes_back
from fsm.catalogue import Catalogue
from fsm.counted import counted
from fsm.spec import GraphSpec, LimitsSpec, MoveSpec, StateSpec

__all__ = ["ANYWHERE", "Pair", "Way", "ways_of"]

ANYWHERE: Final = "*"
"""Stands for "in every state": no state can be called this."""

Pair = tuple[str, str]
"""Source and target."""

_STAYING_TOGETHER: Final = 2

WayKind = Literal["on", "back", "gives up", "stays"]


@dataclass(frozen=True)
class Way:
    """One arrow, or one entry beside a state. `label` is short, `detail` says every move in full.

    "back" is a repair, "gives up" the way of a limit; one that stays leads to its own state.
    """

    source: str
    target: str
    kind: WayKind
    label: str
    detail: str
    act: bool = False

    @property
    def pair(self) -> Pair:
        """Source and target."""
        return self.source, self.target


def ways_of(spec: GraphSpec, catalogue: Catalogue) -> list[Way]:
    """Every way, in the order of the file; those of `anywhere` first."""
    found = list(_anywhere(spec, catalogue))
    for name, state in spec.states.items():
        found += _of_state(name, state, spec, catalogue)
    return found


def _anywhere(spec: GraphSpec, catalogue: Catalogue) -> Iterator[Way]:
    yield from _together(ANYWHERE, [move for move in spec.anywhere if move.to], spec, catalogue, ())
    yield from _limits(ANYWHERE, spec.limits, spec.limits)
    yield from _staying(ANYWHERE, [move for move in spec.anywhere if move.stay], spec, catalogue)


def _of_state(name: str, state: StateSpec, spec: GraphSpec, catalogue: Catalogue) -> Iterator[Way]:
    yield from _together(
        name, [*state.next, *(move for move in state.on if move.to)], spec, catalogue, (*state.run, *((state.ask,) if state.ask else ()))
    )
    if state.ask is not None:
        yield from _limits(name, state.limits, spec.limits)
    yield from _staying(name, [move for move in state.on if move.stay], spec, catalogue)


def _together(name: str, moves: list[MoveSpec], spec: GraphSpec, catalogue: Catalogue, plain: tuple[str, ...]) -> Iterator[Way]:
    by_target: dict[str, list[MoveSpec]] = {}
    for move in moves:
        if move.to in spec.states:
            by_target.setdefault(str(move.to), []).append(move)
    for target, several in by_target.items():
        back = all(goes_back(move) or "not " in short_label(move, spec, catalogue, plain) for move in several)
        labels = [label for move in several if (label := short_label(move, spec, catalogue, plain))]
        whole = not labels or len(labels) < len(several) or (len(by_target) == 1 and len(several) > 1)
        yield Way(
            source=name,
            target=target,
            kind="back" if back and len(by_target) > 1 else "on",
            label=joined(labels) if not whole or name == ANYWHERE else "otherwise" if len(by_target) > 1 else "",
            detail=" | ".join(full_label(move) for move in several),
            act=all(move.on for move in several),
        )


def _limits(name: str, limits: LimitsSpec, general: LimitsSpec) -> Iterator[Way]:
    for target, times, why in (
        (limits.else_, limits.attempts or general.attempts, "not understood"),
        (limits.silent, limits.silences or general.silences, "silence"),
    ):
        if target is not None:
            yield Way(
                name,
                target,
                "gives up",
                f"{times}× {why}" if times else why,
                f"after {counted(times, 'time') if times else 'some times'} {why}",
            )


def _staying(name: str, moves: list[MoveSpec], spec: GraphSpec, catalogue: Catalogue) -> Iterator[Way]:
    """Acts that are answered with an action one by one, the others together as far as there is room."""
    together: list[MoveSpec] = []
    for move in moves:
        if move.do:
            label = f"{short_label(move, spec, catalogue, ())}: {move.do.replace('_', ' ')}"
            yield Way(name, name, "stays", label, full_label(move), act=True)
        else:
            together.append(move)
    by_case: dict[str, list[MoveSpec]] = {}
    for move in together:
        case = short_label(move.model_copy(update={"on": None}), spec, catalogue, ())
        by_case.setdefault(case, []).append(move)
    for case, moves_of_case in by_case.items():
        for several in _batches(moves_of_case):
            label = ", ".join(str(move.on).replace("_", " ") for move in several) + (f" ({case})" if case else "")
            yield Way(name, name, "stays", label, " | ".join(full_label(move) for move in several), act=True)


def _batches(moves: list[MoveSpec]) -> Iterator[list[MoveSpec]]:
    for begin in range(0, len(moves), _STAYING_TOGETHER):
        yield moves[begin : begin + _STAYING_TOGETHER]
