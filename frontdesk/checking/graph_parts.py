"""What of a graph each part of the check rests on: an edit of the rest changes nothing that it found.

A part is given nothing else, so that it can rest on nothing else.
"""

from __future__ import annotations

from typing import Final

from fsm.spec import GraphSpec, LimitsSpec, StateSpec

__all__ = ["as_explored", "as_heard_in"]

_HEARD: Final = ("ask", "suggest", "on", "end")
_COUNTS: Final = ("attempts", "replies", "silences", "visits", "silence_s")
_LEADING: Final = (*_HEARD, "free", "run", "say", "next", "limits", "achieves")


def as_heard_in(spec: GraphSpec) -> GraphSpec:
    """What it asks and hears, for whether callers are understood; not when it gives up, where it leads or what a model is told."""
    return _only(spec, _HEARD).model_copy(update={"limits": LimitsSpec(), "invariants": (), "on_language": None})


def as_explored(spec: GraphSpec) -> GraphSpec:
    """What calls go through; not how long the ears wait, and not what a model is told, whose proposals the engine weighs as any others.

    Each limit is reached at once: where a call goes then is looked at, whether it takes two attempts or three.
    """
    only = _only(spec, _LEADING)
    states = {name: state.model_copy(update={"limits": _at_once(state.limits)}) for name, state in only.states.items()}
    return only.model_copy(update={"states": states, "limits": _at_once(spec.limits)})


def _at_once(limits: LimitsSpec) -> LimitsSpec:
    return limits.model_copy(update={name: 1 for name in _COUNTS if getattr(limits, name) is not None})


def _only(spec: GraphSpec, parts: tuple[str, ...]) -> GraphSpec:
    """With these parts of every state; the others are as if they had been left out."""
    states = {name: StateSpec.model_construct(**{part: getattr(state, part) for part in parts}) for name, state in spec.states.items()}
    return spec.model_copy(update={"states": states})
