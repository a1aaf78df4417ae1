"""What of a graph each part of the check rests on: an edit of the rest changes nothing that it found.

A part is given nothing else, so that it can rest on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from fsm.invariants import Rules
from fsm.showing import Text
from fsm.spec import GraphSpec, LimitsSpec, MoveSpec, StateSpec

__all__ = ["as_explored", "as_heard_in"]

_HEARD: Final = ("ask", "suggest", "on", "end")
_COUNTS: Final = ("attempts", "replies", "silences", "visits", "silence_s")
_LEADING: Final = (*_HEARD, "free", "run", "say", "next", "limits", "achieves")


def as_heard_in(spec: GraphSpec) -> GraphSpec:
    """What it asks and hears, for whether callers are understood; not when it gives up, where it leads or what a model is told."""
    return _only(spec, _HEARD).model_copy(update={"limits": LimitsSpec(), "invariants": (), "on_language": None})


def as_explored(spec: GraphSpec, texts: Iterable[Text]) -> GraphSpec:
    """What calls go through; not how long the ears wait, and not what a model is told, whose proposals the engine weighs as any others.

    Each limit is reached at once: where a call goes then is looked at, whether it takes two attempts or three. Of lines, those are
    said that show what may be unknown (`texts`), or that an invariant speaks of; and nobody looks whether a question is put again.
    """
    said = {text.name for text in texts}
    for rule in Rules(spec).all:
        said |= {rule.says, *(name for kind, name, _ in (*rule.when, *((rule.first,) if rule.first else ())) if kind == "line")}

    def of_moves(moves: tuple[MoveSpec, ...]) -> tuple[MoveSpec, ...]:
        return tuple(move.model_copy(update={"ask_again": True, "say": tuple(line for line in move.say if line in said)}) for move in moves)

    only = _only(spec, _LEADING)
    states = {
        name: state.model_copy(
            update={
                "limits": _at_once(state.limits),
                "say": tuple(line for line in state.say if line.line in said),
                "on": of_moves(state.on),
                "next": of_moves(state.next),
            }
        )
        for name, state in only.states.items()
    }
    return only.model_copy(update={"states": states, "limits": _at_once(spec.limits), "anywhere": of_moves(spec.anywhere)})


def _at_once(limits: LimitsSpec) -> LimitsSpec:
    return limits.model_copy(update={name: 1 for name in _COUNTS if getattr(limits, name) is not None})


def _only(spec: GraphSpec, parts: tuple[str, ...]) -> GraphSpec:
    """With these parts of every state; the others are as if they had been left out."""
    states = {name: StateSpec.model_construct(**{part: getattr(state, part) for part in parts}) for name, state in spec.states.items()}
    return spec.model_copy(update={"states": states})
