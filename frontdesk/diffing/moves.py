"""Transitions: which are gone, new, lead elsewhere, hold in other cases, say or forget something else, or are tried in another order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from frontdesk.diffing.change import Change, Grade
from frontdesk.diffing.safety import HANDS_ON
from frontdesk.diffing.side import Side
from frontdesk.diffing.wording import DONE, act_words, fact_words, listed, plain_list, when_words
from fsm.spec import Condition, FactSpec, MoveSpec, Value

__all__ = ["leads_to_people", "move_changes"]

_FILE = "states.yaml"
_LOUD = {"wants_human", "hangs_up"}
"""Acts after which a caller gets to a person, or a message is saved."""


def move_changes(place: str, before: Sequence[MoveSpec], after: Sequence[MoveSpec], old: Side, new: Side) -> Iterator[Change]:
    """What differs between two lists of moves. `place` is "In confirm", or "Anywhere"."""
    if before == after:
        return
    pairs, gone, added = _matched(before, after)
    source = place.removeprefix("In ")
    for one, other in pairs:
        yield from _changed(place, one, other, old, new)
    for move in gone:
        yield Change(_grade_of_loss(move, old), f"{place}, {_no_longer(move, old)}.", _FILE)
    for move in added:
        yield Change(_grade_of_new(move, new, source), f"{place}, {_told(move, new)}{_says(move, new)}.", _FILE)
    yield from _reordered(place, pairs, after, new)


def _matched(
    before: Sequence[MoveSpec], after: Sequence[MoveSpec]
) -> tuple[list[tuple[MoveSpec, MoveSpec]], list[MoveSpec], list[MoveSpec]]:
    """Moves that belong together: the same ones, then those that agree in most of what makes a move."""
    keys: list[Callable[[MoveSpec], object]] = [
        lambda move: move,
        lambda move: (move.on, _frozen(move.if_), move.to, move.stay),
        lambda move: (move.on, _frozen(move.if_)),
        lambda move: (move.on, move.to, tuple(move.if_)),
        lambda move: (move.on, move.to),
    ]
    pairs: list[tuple[MoveSpec, MoveSpec]] = []
    olds, news = list(before), list(after)
    for key in keys:
        for one in list(olds):
            other = next((move for move in news if key(move) == key(one)), None)
            if other is not None:
                pairs.append((one, other))
                olds.remove(one)
                news.remove(other)
    pairs.sort(key=lambda pair: _place_of(pair[0], before))
    return pairs, olds, news


def _place_of(move: MoveSpec, moves: Sequence[MoveSpec]) -> int:
    return next(place for place, one in enumerate(moves) if one is move)


def _frozen(condition: Condition) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, listed(value)) for name, value in condition.items()))


# --- one move that has changed --------------------------------------------------------------------------------------


def _changed(place: str, one: MoveSpec, other: MoveSpec, old: Side, new: Side) -> Iterator[Change]:
    case = _case(other, new)
    if (one.to, one.stay) != (other.to, other.stay):
        ends = other.to is not None and _ends(other.to, new)
        lost = one.on in _LOUD or (leads_to_people(one.to, old) and not leads_to_people(other.to, new))
        grade = Grade.DANGEROUS if ends or lost else Grade.LOOK
        ending = ", and the call ends there" if ends else ""
        yield Change(grade, f"{place}, {case} the call now {_goes(other)}, no longer {_where(one)}{ending}.", _FILE)
    if one.if_ != other.if_:
        yield _condition_changed(place, one, other, old, new)
    for name in (name for name in one.say if name not in other.say):
        yield Change(Grade.LOOK, f"{place}, {case} callers are no longer told {old.line(name)}.", _FILE)
    for name in (name for name in other.say if name not in one.say):
        yield Change(Grade.LOOK, f"{place}, {case} callers are now told {new.line(name)}.", _FILE)
    for name in (name for name in one.forget if name not in other.forget):
        grave = name in _consents(new) or name == "task"
        yield Change(Grade.DANGEROUS if grave else Grade.LOOK, f"{place}, {case} {_forgotten(name)} no longer forgotten.", _FILE)
    for name in (name for name in other.forget if name not in one.forget):
        grave = new.spec.facts.get(name) is not None and new.spec.facts[name].type == "text"
        yield Change(Grade.DANGEROUS if grave else Grade.LOOK, f"{place}, {case} {_forgotten(name)} now forgotten.", _FILE)
    if one.set != other.set:
        yield from _set_changed(place, case, one, other, new)
    if one.do != other.do:
        subject, done = DONE.get(one.do or other.do or "", ("an action is", "run"))
        now = "no longer" if other.do is None else "now"
        yield Change(Grade.LOOK, f"{place}, {case} {subject} {now} {done}.", _FILE)
    if one.ask_again != other.ask_again:
        yield Change(Grade.HARMLESS, f"{place}, {case} the question is {'now' if other.ask_again else 'no longer'} put again.", _FILE)
    yield from _exceptions(one, other)


def _condition_changed(place: str, one: MoveSpec, other: MoveSpec, old: Side, new: Side) -> Change:
    was, now = when_words(one.if_, old.spec.facts), when_words(other.if_, new.spec.facts)
    act = f" after {act_words(other.on)}" if other.on else ""
    return Change(Grade.LOOK, f"{place}, the call now {_goes(other)}{act} {now}, no longer {was}.", _FILE)


def _set_changed(place: str, case: str, one: MoveSpec, other: MoveSpec, new: Side) -> Iterator[Change]:
    for name in sorted({*one.set, *other.set}):
        if one.set.get(name) == other.set.get(name):
            continue
        if name not in other.set:
            yield Change(Grade.LOOK, f"{place}, {case} {fact_words(name)} is no longer set to {listed(one.set[name])}.", _FILE)
        else:
            grave = name in _consents(new) and other.set[name] is True
            grade = Grade.DANGEROUS if grave else Grade.LOOK
            yield Change(grade, f"{place}, {case} {fact_words(name)} is now set to {listed(other.set[name])}.", _FILE)


def _exceptions(one: MoveSpec, other: MoveSpec) -> Iterator[Change]:
    act = act_words(other.on or "")
    deaf = [name for name in other.except_ if name not in one.except_]
    if deaf:
        grade = Grade.DANGEROUS if other.on in _LOUD else Grade.LOOK
        yield Change(grade, f"In {plain_list(deaf)}, {act} is no longer heard.", _FILE)
    heard = [name for name in one.except_ if name not in other.except_]
    if heard:
        yield Change(Grade.LOOK, f"In {plain_list(heard)}, {act} is now heard.", _FILE)


# --- order ----------------------------------------------------------------------------------------------------------


def _reordered(place: str, pairs: Sequence[tuple[MoveSpec, MoveSpec]], after: Sequence[MoveSpec], new: Side) -> Iterator[Change]:
    """Pairs are in the old order; two that can both hold and stand the other way round now are told."""
    order = [_place_of(other, after) for _, other in pairs]
    for first, (_, earlier) in enumerate(pairs):
        for second in range(first + 1, len(pairs)):
            later = pairs[second][1]
            if order[first] > order[second] and earlier.on == later.on and _can_both_hold(earlier.if_, later.if_, new.spec.facts):
                both = f"{_where(later)} ({_case(later, new)}) before {_where(earlier)} ({_case(earlier, new)})"
                yield Change(Grade.LOOK, f"{place}, the call now goes {both} where both hold.", _FILE)


def _can_both_hold(one: Condition, other: Condition, facts: dict[str, FactSpec]) -> bool:
    return all(_meet(one[name], other[name], name in facts) for name in one if name in other)


def _meet(one: Value | list[Value], other: Value | list[Value], is_fact: bool) -> bool:
    first = set(one) if isinstance(one, list) else {one}
    second = set(other) if isinstance(other, list) else {other}
    if is_fact and "known" in first | second:
        return "unknown" not in first | second
    return bool(first & second)


# --- words and grades -----------------------------------------------------------------------------------------------


def _case(move: MoveSpec, side: Side) -> str:
    act = f"after {act_words(move.on)}" if move.on else ""
    if move.on and not move.if_:
        return act
    return f"{act} {when_words(move.if_, side.spec.facts)}".strip()


def _goes(move: MoveSpec) -> str:
    return "stays where it is" if move.stay else f"goes to {move.to}"


def _where(move: MoveSpec) -> str:
    return "staying where it is" if move.stay else f"to {move.to}"


def _told(move: MoveSpec, side: Side) -> str:
    if move.stay:
        return f"{act_words(move.on or '')} is now answered on the spot"
    return f"the call now goes to {move.to} {_case(move, side)}"


def _no_longer(move: MoveSpec, side: Side) -> str:
    if move.stay:
        return f"{act_words(move.on or '')} is no longer answered on the spot"
    return f"the call no longer goes to {move.to} {_case(move, side)}"


def _says(move: MoveSpec, side: Side) -> str:
    return f", and callers are told {plain_list([side.line(name) for name in move.say])}" if move.say else ""


def _forgotten(name: str) -> str:
    return "what belongs to the task is" if name == "task" else f"{fact_words(name)} is"


def _consents(side: Side) -> set[str]:
    """The facts that hold a caller's yes to something that is written."""
    needed = {name for action in side.catalogue.values() if action.writes for name in action.needs}
    return {name for name in needed if name in side.spec.facts and side.spec.facts[name].type == "yes_no"}


def _ends(name: str, side: Side) -> bool:
    """Whether the call ends at a state, or as soon as it comes there; being put through is no such end."""
    seen = set()
    while name in side.spec.states and name not in seen:
        seen.add(name)
        state = side.spec.states[name]
        if state.end is not None:
            return state.end == "hang_up"
        if state.ask is not None or state.run or len(state.next) != 1:
            return False
        name = state.next[0].to or ""
    return False


def _grade_of_loss(move: MoveSpec, side: Side) -> Grade:
    return Grade.DANGEROUS if move.on in _LOUD or leads_to_people(move.to, side) else Grade.LOOK


def _grade_of_new(move: MoveSpec, side: Side, source: str) -> Grade:
    if any(name in _consents(side) and value is True for name, value in move.set.items()):
        return Grade.DANGEROUS
    if source in side.spec.states and side.spec.states[source].achieves == "failed":
        return Grade.LOOK
    return Grade.DANGEROUS if move.to is not None and _ends(move.to, side) and move.on != "goodbye" else Grade.LOOK


def leads_to_people(name: str | None, side: Side) -> bool:
    """Whether a state gets a caller to a person, or takes or passes on a message; itself, or the one it leads on to."""
    seen = set()
    while name in side.spec.states and name not in seen:
        seen.add(name)
        state = side.spec.states[name]
        if HANDS_ON & set(state.run):
            return True
        if state.ask is not None:
            return side.spec.facts[state.ask].type == "text"
        name = state.next[0].to if len(state.next) == 1 else None
    return False
