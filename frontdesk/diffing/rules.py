"""The rules that a graph promises to keep (`invariants`): what is no longer made sure, what is now, and what otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.diffing.change import Change, Grade
from frontdesk.diffing.safety import HANDS_ON
from frontdesk.diffing.side import Side
from frontdesk.diffing.wording import deed, fact_words, listed, plain_list
from fsm.invariants import Happened, Rule, Rules
from fsm.spec import InvariantSpec, StateSpec

__all__ = ["rule_changes"]

_FILE = "states.yaml"

_Content = tuple[tuple[Happened, ...], Happened | None, bool, str]
"""A rule, wherever it stands among the others."""


def rule_changes(old: Side, new: Side) -> Iterator[Change]:
    """Rules that are gone, those that came, and those that ask for something else of the same thing.

    One that is gone is as grave as what it guards: dangerous where others see what is done, where it leads to a person, or
    where callers learn that they speak with an AI. One that came forbids only what `frontdesk check` has shown not to happen.
    """
    before, after = _by_content(old), _by_content(new)
    gone = [rule for content, rule in before.items() if content not in after]
    came = [rule for content, rule in after.items() if content not in before]
    for rule in gone:
        other = next((one for one in came if _about(one) == _about(rule)), None)
        if other is None:
            yield Change(_grade(rule, old), f"It is no longer made sure that {_made_sure(rule, old)}.", _FILE)
            continue
        came.remove(other)
        grade = Grade.HARMLESS if _asks_for_more(rule, other) else _grade(rule, old)
        was = f"that {_made_sure(rule, old)}" if rule.first is None else f"only after {_first(rule.first, old)}"
        yield Change(grade, f"It is now made sure that {_made_sure(other, new)}, no longer {was}.", _FILE)
    for rule in came:
        yield Change(Grade.HARMLESS, f"It is now made sure that {_made_sure(rule, new)}.", _FILE)
    yield from _unclear(old, new)


def _by_content(side: Side) -> dict[_Content, Rule]:
    return {(rule.when, rule.first, rule.once, rule.says): rule for rule in Rules(side.spec).all}


def _about(rule: Rule) -> tuple[object, ...]:
    """What a rule says something of: two rules about one thing, of which one is gone and one came, are a rule that was changed."""
    if rule.once:
        return "once", rule.when[0][0]
    return ("says" if rule.says else "before"), rule.when


def _asks_for_more(before: Rule, after: Rule) -> bool:
    """Whether what held before holds all the more."""
    if before.once:
        return set(before.when) <= set(after.when)
    if before.first is None or after.first is None:
        return False
    kind, name, value = before.first
    other, same, wanted = after.first
    anyway = (kind, value) == ("fact", "known") or (kind, other) == ("action", "outcome")
    return anyway and name == same and other in {kind, "outcome"} and wanted != "unknown"


def _grade(rule: Rule, side: Side) -> Grade:
    grave = any(_is_grave(happened, rule, side) for happened in rule.when)
    return Grade.DANGEROUS if grave else Grade.LOOK


def _is_grave(happened: Happened, rule: Rule, side: Side) -> bool:
    kind, name, _ = happened
    if kind == "state":
        state = side.spec.states.get(name, StateSpec())
        grave = state.end == "transfer" or any(_matters(action, side) for action in state.run)
        return grave or (bool(rule.says) and name == side.spec.start)
    return kind == "action" and _matters(name, side)


def _matters(action: str, side: Side) -> bool:
    return action in {*HANDS_ON, "send_sms"} or (action in side.catalogue and side.catalogue[action].writes)


# --- words ----------------------------------------------------------------------------------------------------------


def _made_sure(rule: Rule, side: Side) -> str:
    """What a rule makes sure of: "the appointment is booked only after “agreed” is yes"."""
    if rule.says:
        return f"whoever comes to {rule.when[0][1]} is told {side.line(rule.says)}"
    if rule.once:
        does = "comes to" if rule.when[0][0] == "state" else "does"
        return f"no call {does} more than one of {plain_list([name for _, name, _ in rule.when])}"
    return f"{_happens(rule.when[0], side)} only after {_first(rule.first, side)}"


def _happens(happened: Happened, side: Side) -> str:
    kind, name, _ = happened
    if kind == "action":
        return " ".join(deed(name))
    return f"callers are told {side.line(name)}" if kind == "line" else f"calls come to {name}"


def _first(happened: Happened | None, side: Side) -> str:
    kind, name, value = happened or ("fact", "", "known")
    if kind == "fact":
        return f"{fact_words(name)} is {'known' if value == 'known' else listed(value)}"
    if kind == "outcome":
        return f"{fact_words(name)} came out as {listed(value)}"
    return {"state": f"the call has been in {name}", "line": f"they were told {side.line(name)}"}.get(kind, f"{fact_words(name)} has begun")


# --- what is not clear ----------------------------------------------------------------------------------------------


def _unclear(old: Side, new: Side) -> Iterator[Change]:
    """Rules of which `frontdesk check` says that they are not clear; they make sure of nothing, and are told as they stand."""
    was, now = _as_written(old), _as_written(new)
    for rule in (rule for rule in was if rule not in now):
        yield Change(Grade.HARMLESS, f"A rule that was not clear is gone: {rule}.", _FILE)
    for rule in (rule for rule in now if rule not in was):
        yield Change(Grade.LOOK, f"There is a rule that is not clear, and makes sure of nothing: {rule}.", _FILE)


def _as_written(side: Side) -> list[str]:
    clear = {rule.index for rule in Rules(side.spec).all}
    return [_written(rule) for index, rule in enumerate(side.spec.invariants) if index not in clear]


def _written(rule: InvariantSpec) -> str:
    """ "never action book, before fact agreed, is yes"."""
    return _in_words(rule.model_dump(mode="json", by_alias=True, exclude_unset=True))


def _in_words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_in_words(inner)}" for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return " or ".join(_in_words(one) for one in value)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
