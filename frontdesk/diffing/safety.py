"""What the whole graph guarantees to callers, computed for both versions: what only the new one lacks is dangerous."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.diffing.change import Change, Grade
from frontdesk.diffing.wording import deed, plain_list
from fsm.catalogue import Catalogue
from fsm.spec import GraphSpec, MoveSpec
from fsm.ways import reached_from

__all__ = ["HANDS_ON", "grade_of_lost", "safety_changes"]

_FILE = "states.yaml"
HANDS_ON = frozenset({"save_message", "reach_people", "transfer"})
"""Actions that lead a caller to a person, or their words to one."""


def safety_changes(old: GraphSpec, new: GraphSpec, catalogue: Catalogue) -> Iterator[Change]:
    """Writes that no longer wait for a yes, actions that are gone, states without a way to a person."""
    for action in (name for name in catalogue if catalogue[name].writes):
        before, after = _unasked(old, catalogue, action), _unasked(new, catalogue, action)
        if after and not before and _runs(old, action):
            name = action.replace("_", " ").capitalize()
            ways = plain_list([f"{source} to {target}" for source, target in after])
            yield Change(Grade.DANGEROUS, f"{name} no longer asks for confirmation: the call goes from {ways} without a yes.", _FILE)
        elif after and not before:
            subject, done = deed(action)
            yield Change(Grade.DANGEROUS, f"{_capital(subject)} now {done}, without a yes of the caller.", _FILE)
    for action in sorted(set(catalogue)):
        was, now = _runs(old, action), _runs(new, action)
        subject, done = deed(action)
        if was and not now:
            yield Change(grade_of_lost(action, catalogue), f"{_capital(subject)} no longer {done}.", _FILE)
        elif now and not was and not (catalogue[action].writes and _unasked(new, catalogue, action)):
            yield Change(Grade.LOOK, f"{_capital(subject)} now {done}.", _FILE)
    yield from _afterwards(old, new, catalogue)
    could, can = _hands_on(old), _hands_on(new)
    lost = [name for name in new.states if name in could and name not in can]
    if lost:
        yield Change(Grade.DANGEROUS, f"From {plain_list(lost)} callers no longer get to a person, nor can they leave a message.", _FILE)


def _afterwards(old: GraphSpec, new: GraphSpec, catalogue: Catalogue) -> Iterator[Change]:
    """What is no longer done once a caller has got something, such as the text message after a booking."""
    for name, state in old.states.items():
        if state.achieves is None or name not in new.states:
            continue
        for action in sorted(_done_after(old, name) - _done_after(new, name)):
            if _runs(new, action):  # one that is gone everywhere has been told
                subject, done = deed(action)
                yield Change(grade_of_lost(action, catalogue), f"After {name}, {subject} no longer {done}.", _FILE)


def _done_after(spec: GraphSpec, begin: str) -> set[str]:
    """The actions that may run after a state before the caller is asked something."""
    found: set[str] = set()
    seen, waiting = {begin}, [begin]
    while waiting:
        state = spec.states[waiting.pop()]
        found.update(state.run)
        if state.ask is None:
            targets = {move.to for move in state.next if move.to in spec.states and move.to not in seen}
            seen |= {str(target) for target in targets}
            waiting += [str(target) for target in targets]
    return found


def _hands_on(spec: GraphSpec) -> set[str]:
    """The states from which some way leads to a person or to a message being passed on."""
    leading: dict[str, set[str]] = {name: set() for name in spec.states}
    for name, state in spec.states.items():
        limits = [state.limits.else_ or spec.limits.else_, state.limits.silent or spec.limits.silent] if state.ask else []
        heard = [move for move in spec.anywhere if name not in move.except_] if state.ask else []
        for target in [*limits, *(move.to for move in (*state.next, *state.on, *heard))]:
            if target in leading:
                leading[target].add(name)
    return reached_from([name for name, state in spec.states.items() if HANDS_ON & set(state.run)], leading)


def grade_of_lost(action: str, catalogue: Catalogue) -> Grade:
    """Of an action that is no longer done."""
    return Grade.DANGEROUS if catalogue[action].writes or action in {*HANDS_ON, "send_sms"} else Grade.LOOK


def _runs(spec: GraphSpec, action: str) -> bool:
    moves = (*spec.anywhere, *(move for state in spec.states.values() for move in state.on))
    return any(action in state.run for state in spec.states.values()) or any(move.do == action for move in moves)


def _unasked(spec: GraphSpec, catalogue: Catalogue, action: str) -> list[tuple[str, str]]:
    """The moves by which the call comes to run a writing action without a condition that the caller has agreed."""
    consent = {name for name in catalogue[action].needs if name in spec.facts and spec.facts[name].type == "yes_no"}
    found: list[tuple[str, str]] = []
    waiting = [name for name, state in spec.states.items() if action in state.run]
    seen = set(waiting)
    while waiting:
        target = waiting.pop()
        for source, move in _moves_to(spec, target):
            if any(move.if_.get(name) is True for name in consent):
                continue
            if source not in spec.states or spec.states[source].ask is not None or source == spec.start:
                found.append((source, target))
            elif source not in seen:
                seen.add(source)
                waiting.append(source)
    return list(dict.fromkeys(found))


def _moves_to(spec: GraphSpec, target: str) -> Iterator[tuple[str, MoveSpec]]:
    for move in spec.anywhere:
        if move.to == target:
            yield "anywhere", move
    for name, state in spec.states.items():
        for move in (*state.next, *state.on):
            if move.to == target:
                yield name, move


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
