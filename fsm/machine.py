"""The legal moves, enforced by `transitions`: each move of the YAML is one of its transitions, with its condition.

There is no other way to change the state of a call. The machine is shared by all calls of a graph and holds none
of their data; a draft of the call is the model that it moves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from transitions import Machine as _Transitions
from transitions import MachineError

from fsm.conditions import holds
from fsm.errors import IllegalMove
from fsm.spec import GraphSpec, MoveSpec

if TYPE_CHECKING:
    from fsm.draft import Draft

__all__ = ["CORRECTS", "FELL_SILENT", "GAVE_UP", "HANGS_UP", "NEXT", "Machine", "on"]

NEXT: Final = "next"
GAVE_UP: Final = "gave_up"
FELL_SILENT: Final = "fell_silent"
HANGS_UP: Final = "hangs_up"
"""An act of its own: the caller is gone. Only a state that asks nothing may answer it."""
CORRECTS: Final = "corrects"
"""An act of its own: the caller changed something that was known already."""


def on(act: str) -> str:
    """The trigger of an act."""
    return f"on_{act}"


class Machine:
    """All states and moves of one graph."""

    def __init__(self, spec: GraphSpec) -> None:
        self._facts = frozenset(spec.facts)
        self._machine = _Transitions(
            model=None, states=list(spec.states), initial=spec.start, auto_transitions=False, send_event=True, after_state_change=_arrive
        )
        self._triggers: set[tuple[str, str]] = set()
        for name, state in spec.states.items():
            for index, move in enumerate(state.on):
                self._add(on(str(move.on)), name, move, f"on[{index}]")
            for index, move in enumerate(state.next):
                self._add(NEXT, name, move, f"next[{index}]")
            for trigger, target, place in (
                (GAVE_UP, state.limits.else_ or spec.limits.else_, "else"),
                (FELL_SILENT, state.limits.silent or spec.limits.silent, "silent"),
            ):
                if target is not None and state.end is None:
                    self._add(trigger, name, MoveSpec(to=target), place)
        for index, move in enumerate(spec.anywhere):
            for name, state in spec.states.items():
                if name not in move.except_ and state.end is None:
                    self._add(on(str(move.on)), name, move, f"anywhere[{index}]")

    def knows(self, trigger: str, state: str) -> bool:
        """Whether any move answers this trigger in this state."""
        return (trigger, state) in self._triggers

    def fire(self, trigger: str, draft: Draft) -> bool:
        """Takes the first move of the trigger whose condition holds. Returns whether there was one.

        Raises IllegalMove when the graph has no such move from this state at all.
        """
        if not self.knows(trigger, draft.state):
            raise IllegalMove(f"The graph has no move “{trigger}” from the state “{draft.state}”.")
        try:
            return bool(self._machine.events[trigger].trigger(draft))
        except MachineError as error:
            raise IllegalMove(str(error)) from error

    def _add(self, trigger: str, source: str, move: MoveSpec, place: str) -> None:
        self._triggers.add((trigger, source))
        self._machine.add_transition(
            trigger,
            source,
            None if move.stay else move.to,
            conditions=[self._condition(move, source, place)],
            before=[_before(move)],
            after=[_after(move)],
        )

    def _condition(self, move: MoveSpec, source: str, place: str) -> Callable[[Any], bool]:
        condition = move.if_
        facts = self._facts
        holding, failing = (source, place, True), (source, place, False)

        def condition_holds(event: Any) -> bool:
            held = holds(condition, event.model, facts)
            event.model.looked.append(holding if held else failing)
            return held

        return condition_holds


def _before(move: MoveSpec) -> Callable[[Any], None]:
    def leave(event: Any) -> None:
        from fsm.moving import leave_by

        leave_by(event.model, move)

    return leave


def _after(move: MoveSpec) -> Callable[[Any], None]:
    def arrived(event: Any) -> None:
        from fsm.moving import stayed_by

        stayed_by(event.model, move)

    return arrived


def _arrive(event: Any) -> None:
    from fsm.moving import arrive

    if event.transition.dest is not None:
        arrive(event.model, event.transition.source, event.transition.dest)
