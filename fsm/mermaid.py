"""The graph as a picture: Mermaid's stateDiagram-v2, which many editors and web pages draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fsm.call_order import hoped_call
from fsm.spec import Condition, GraphSpec, MoveSpec, StateSpec, Value

__all__ = ["about_state", "to_mermaid"]

_LONGEST_LABEL = 60


def to_mermaid(spec: GraphSpec, *, limits: bool = False) -> str:
    """The diagram: states in the order in which a call meets them, each move with its condition, ends marked.

    Moves under `anywhere` stand once, in a note. With `limits`, the ways that a state takes when it gives up are drawn too.
    """
    lines = ["stateDiagram-v2", "    direction TB", f"    [*] --> {spec.start}"]
    order = _in_call_order(spec)
    for name in order:
        state = spec.states[name]
        about = "; ".join(about_state(state))
        lines.append(f"    {name}: {name}{f' ({about})' if about else ''}")
    for name in order:
        lines += _ways(name, spec.states[name], spec, limits=limits)
    heard = [_label(move) + (f" → {move.to}" if move.to else "") for move in spec.anywhere]
    if heard:
        lines += [f"    note left of {spec.start}", "        Anywhere:", *(f"        {one}" for one in heard), "    end note"]
    return "\n".join(lines) + "\n"


def _in_call_order(spec: GraphSpec) -> list[str]:
    return list(dict.fromkeys([*hoped_call(spec), *spec.states]))


def about_state(state: StateSpec) -> tuple[str, ...]:
    """What a state does, in a few words each: "asks name", "runs book", "the call ends"."""
    parts = [f"asks {state.ask}"] if state.ask else []
    if state.run:
        parts.append(f"runs {', '.join(state.run)}")
    if state.end:
        parts.append("the call ends" if state.end == "hang_up" else "a person takes over")
    return tuple(parts)


def _ways(name: str, state: StateSpec, spec: GraphSpec, *, limits: bool) -> Iterator[str]:
    labels: dict[str, list[str]] = {}
    for move in (*state.next, *state.on):
        if move.to is not None:
            labels.setdefault(move.to, []).append(_label(move))
    for target, several in labels.items():
        label = " or ".join(one for one in several if one)
        yield f"    {name} --> {target}{f': {_short(label)}' if label else ''}"
    if limits and state.ask is not None:
        gives_up = ((state.limits.else_ or spec.limits.else_, "not understood"), (state.limits.silent or spec.limits.silent, "silence"))
        for other, why in gives_up:
            if other is not None:
                yield f"    {name} --> {other}: {why}"
    if state.end is not None:
        yield f"    {name} --> [*]"


def _label(move: MoveSpec) -> str:
    return ", ".join(part for part in (move.on or "", _condition(move.if_)) if part)


def _condition(condition: Condition) -> str:
    return ", ".join(f"{name} {_value(value)}" for name, value in condition.items())


def _value(value: Value | list[Value]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "/".join(_words(value)) if isinstance(value, list) else value


def _words(values: Iterable[Value]) -> Iterator[str]:
    for value in values:
        yield ("yes" if value else "no") if isinstance(value, bool) else value


def _short(label: str) -> str:
    # A colon or a semicolon would end the label, a line break the statement.
    plain = " ".join(label.replace(":", " ").replace(";", ",").split())
    return plain if len(plain) <= _LONGEST_LABEL else f"{plain[: _LONGEST_LABEL - 1]}…"
