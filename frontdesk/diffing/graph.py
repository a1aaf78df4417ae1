"""The graph: its states, facts, acts, keys, limits and rules."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.diffing.change import Change, Grade
from frontdesk.diffing.moves import leads_to_people, move_changes
from frontdesk.diffing.rules import rule_changes
from frontdesk.diffing.safety import HANDS_ON, grade_of_lost, safety_changes
from frontdesk.diffing.side import Side
from frontdesk.diffing.wording import act_words, been, deed, fact_words, listed, plain_list, when_words
from fsm.counted import counted
from fsm.spec import FactSpec, GraphSpec, LimitsSpec, StateSpec

__all__ = ["graph_changes"]

_FILE = "states.yaml"
_ENDS = {"hang_up": "the call ends", "transfer": "the caller is handed over"}

_ENDED = {"hang_up": "the call ended", "transfer": "the caller was handed over"}


def graph_changes(old: Side, new: Side) -> Iterator[Change]:
    """Everything that differs between two graphs."""
    before, after = old.spec, new.spec
    if before == after:
        return
    yield from safety_changes(before, after, new.catalogue)
    if before.start != after.start:
        yield Change(Grade.DANGEROUS, f"Calls now begin in {after.start}, no longer in {before.start}.", _FILE)
    yield from _states(old, new)
    yield from move_changes("Anywhere", before.anywhere, after.anywhere, old, new)
    yield from _limits("Unless a state says otherwise", before.limits, after.limits, old, new)
    yield from _facts(old, new)
    yield from _acts_and_keys(before, after)
    yield from rule_changes(old, new)


# --- states ---------------------------------------------------------------------------------------------------------


def _states(old: Side, new: Side) -> Iterator[Change]:
    for name, state in old.spec.states.items():
        if name in new.spec.states:
            yield from _state(name, state, new.spec.states[name], old, new)
        else:
            yield Change(_grade_of_lost_state(state), f"The state {name} is gone, {_what_it_did(state)}.", _FILE)
    for name, state in new.spec.states.items():
        if name not in old.spec.states:
            yield Change(Grade.LOOK, f"There is a new state {name}: {_what_it_does(state)}.", _FILE)


def _grade_of_lost_state(state: StateSpec) -> Grade:
    grave = {*HANDS_ON, "send_sms"} & set(state.run) or state.end == "transfer"
    return Grade.DANGEROUS if grave else Grade.LOOK


def _what_it_does(state: StateSpec) -> str:
    parts = [f"callers are asked for {fact_words(state.ask)}"] if state.ask else []
    parts += [" ".join(deed(action)) for action in state.run]
    parts += [_ENDS[state.end]] if state.end else []
    return plain_list(parts) or "it only leads on"


def _what_it_did(state: StateSpec) -> str:
    """The same of a state that is gone: in the present it would read as if it were done now."""
    parts = [f"callers were asked for {fact_words(state.ask)}"] if state.ask else []
    parts += [" ".join(been(action)) for action in state.run]
    parts += [_ENDED[state.end]] if state.end else []
    return f"in which {plain_list(parts)}" if parts else "which only led on"


def _state(name: str, before: StateSpec, after: StateSpec, old: Side, new: Side) -> Iterator[Change]:
    if before == after:
        return
    place = f"In {name}"
    yield from _asked(name, before, after)
    for action in [one for one in before.run if one not in after.run and _elsewhere(one, new.spec)]:
        subject, done = deed(action)
        yield Change(grade_of_lost(action, new.catalogue), f"{place}, {subject} no longer {done}.", _FILE)
    for action in [one for one in after.run if one not in before.run and _elsewhere(one, old.spec)]:
        subject, done = deed(action)
        yield Change(Grade.LOOK, f"{place}, {subject} now {done}.", _FILE)
    yield from _said(name, before, after, old, new)
    yield from move_changes(place, before.on, after.on, old, new)
    yield from move_changes(place, before.next, after.next, old, new)
    yield from _limits(place, before.limits, after.limits, old, new)
    if before.achieves != after.achieves:
        yield Change(
            Grade.LOOK,
            f"{place}, the call now counts as {after.achieves or 'nothing'}, no longer as {before.achieves or 'nothing'}.",
            _FILE,
        )
    if before.end != after.end:
        yield _end_changed(place, before, after)
    yield from _model_and_ears(place, before, after)


def _asked(name: str, before: StateSpec, after: StateSpec) -> Iterator[Change]:
    if before.ask != after.ask:
        now = f"asks for {fact_words(after.ask)}" if after.ask else "asks nothing"
        was = (
            f"for {fact_words(before.ask)}" if before.ask and after.ask else f"it asked for {fact_words(before.ask)}" if before.ask else ""
        )
        tail = f", no longer {was}" if before.ask and after.ask else f"; {was}" if was else ""
        yield Change(Grade.LOOK, f"{name} now {now}{tail}.", _FILE)
    if before.suggest != after.suggest:
        now = "now offered" if after.suggest else "no longer offered"
        yield Change(Grade.LOOK, f"In {name}, the number that the caller rings from is {now}.", _FILE)


def _said(name: str, before: StateSpec, after: StateSpec, old: Side, new: Side) -> Iterator[Change]:
    was, now = {said.line: said.if_ for said in before.say}, {said.line: said.if_ for said in after.say}
    for line in (line for line in was if line not in now):
        grade = Grade.DANGEROUS if name == old.spec.start else Grade.LOOK  # there callers learn that they speak with an AI
        yield Change(grade, f"In {name}, callers are no longer told {old.line(line)}.", _FILE)
    for line in (line for line in now if line not in was):
        yield Change(Grade.LOOK, f"In {name}, callers are now told {new.line(line)}.", _FILE)
    for line in (line for line in was if line in now and was[line] != now[line]):
        case = f"{when_words(now[line], new.spec.facts)}, no longer {when_words(was[line], old.spec.facts)}"
        yield Change(Grade.LOOK, f"In {name}, callers are told {new.line(line)} {case}.", _FILE)
    if set(was) == set(now) and list(was) != list(now):
        yield Change(Grade.HARMLESS, f"In {name}, the sentences are said in another order.", _FILE)


def _end_changed(place: str, before: StateSpec, after: StateSpec) -> Change:
    if after.end == "hang_up":
        tail = ", and the caller is no longer handed over" if before.end == "transfer" else ""
        return Change(Grade.DANGEROUS, f"{place}, the call now ends{tail}.", _FILE)
    if before.end == "transfer":
        return Change(Grade.DANGEROUS, f"{place}, the caller is no longer handed over.", _FILE)
    now = "the caller is now handed over" if after.end else "the call no longer ends"
    return Change(Grade.LOOK, f"{place}, {now}.", _FILE)


def _model_and_ears(place: str, before: StateSpec, after: StateSpec) -> Iterator[Change]:
    if before.prompt != after.prompt:
        yield Change(
            Grade.LOOK, f"{place}, a language model is given {after.prompt or 'no prompt'}, no longer {before.prompt or 'none'}.", _FILE
        )
    gone, added = [one for one in before.tools if one not in after.tools], [one for one in after.tools if one not in before.tools]
    if gone:
        yield Change(Grade.LOOK, f"{place}, a language model may no longer use {plain_list(gone)}.", _FILE)
    if added:
        yield Change(Grade.LOOK, f"{place}, a language model may now use {plain_list(added)}.", _FILE)
    if before.free != after.free:
        yield Change(Grade.LOOK, f"{place}, a language model may {'now' if after.free else 'no longer'} word replies itself.", _FILE)
    if before.listen.interruptible != after.listen.interruptible:
        yield Change(Grade.LOOK, f"{place}, callers can {'now' if after.listen.interruptible else 'no longer'} interrupt.", _FILE)
    if before.listen.endpointing_s != after.listen.endpointing_s:
        yield Change(Grade.HARMLESS, f"{place}, the pause that ends a caller's turn has changed.", _FILE)


def _elsewhere(action: str, spec: GraphSpec) -> bool:
    """Whether an action runs in some state: one that runs in none is told once, for the whole graph."""
    return any(action in state.run for state in spec.states.values())


# --- limits ---------------------------------------------------------------------------------------------------------


def _limits(place: str, before: LimitsSpec, after: LimitsSpec, old: Side, new: Side) -> Iterator[Change]:
    for key, one, several in (
        ("attempts", "answer that is not understood", "answers that are not understood"),
        ("silences", "silence", "silences"),
        ("visits", "visit of one task", "visits of one task"),
        ("replies", "free reply", "free replies"),
    ):
        was, now = getattr(before, key), getattr(after, key)
        if was != now:
            many = f"the usual number of {several}" if now is None else counted(now, one, several)
            yield Change(Grade.LOOK, f"{place}, the call gives up after {many}, no longer after {_number(was)}.", _FILE)
    if before.silence_s != after.silence_s:
        seconds = "the usual number of seconds" if after.silence_s is None else counted(after.silence_s, "second")
        counts, was = "counts" if after.silence_s == 1 else "count", _number(before.silence_s)
        yield Change(Grade.LOOK, f"{place}, {seconds} without a word {counts} as a silence, no longer {was}.", _FILE)
    for key, why in (("else_", "nothing was understood"), ("silent", "nothing was heard")):
        was, now = getattr(before, key), getattr(after, key)
        if was != now:
            ends = now in new.spec.states and new.spec.states[now].end == "hang_up"
            lost = was is not None and leads_to_people(was, old) and not (now is not None and leads_to_people(now, new))
            usual = "the usual state"
            sentence = f"{place}, the call goes to {now or usual} when {why}, no longer to {was or usual}"
            yield Change(Grade.DANGEROUS if ends or lost else Grade.LOOK, f"{sentence}{', and ends there' if ends else ''}.", _FILE)


def _number(value: float | None) -> str:
    return "the usual number" if value is None else f"{value:g}"


# --- facts and acts --------------------------------------------------------------------------------------------------


def _facts(old: Side, new: Side) -> Iterator[Change]:
    for name, fact in old.spec.facts.items():
        after = new.spec.facts.get(name)
        if after is None:
            yield Change(Grade.LOOK, f"{fact_words(name)} is no longer known to the call.", _FILE)
        elif after != fact:
            yield from _fact(name, fact, after, new)
    for name in (name for name in new.spec.facts if name not in old.spec.facts):
        yield Change(Grade.HARMLESS, f"The call can know {fact_words(name)} now.", _FILE)


def _fact(name: str, before: FactSpec, after: FactSpec, new: Side) -> Iterator[Change]:
    said = fact_words(name)
    if before.type != after.type:
        yield Change(Grade.LOOK, f"{said} is now understood as {after.type}, no longer as {before.type}.", _FILE)
    gone = [one for one in before.options if one not in after.options]
    if gone:
        yield Change(Grade.LOOK, f"{said} can no longer be {listed(gone)}.", _FILE)
    added = [one for one in after.options if one not in before.options]
    if added:
        yield Change(Grade.LOOK, f"{said} can now be {listed(added)}.", _FILE)
    loose = [one for one in before.depends_on if one not in after.depends_on]
    if loose:
        consent = any(action.writes and name in action.needs for action in new.catalogue.values()) and after.type == "yes_no"
        grade = Grade.DANGEROUS if consent else Grade.LOOK
        yield Change(grade, f"{said} now stands although {plain_list([fact_words(one) for one in loose])} changes afterwards.", _FILE)
    tied = [one for one in after.depends_on if one not in before.depends_on]
    if tied:
        yield Change(Grade.LOOK, f"{said} is now asked again when {plain_list([fact_words(one) for one in tied])} changes.", _FILE)
    if before.read_back != after.read_back:
        grade = Grade.LOOK if after.read_back else Grade.DANGEROUS  # what was misheard is then written, and nobody has said yes to it
        yield Change(grade, f"{said} is {'now' if after.read_back else 'no longer'} read back to the caller.", _FILE)
    if before.scope != after.scope:
        kept = "for the whole call" if after.scope == "call" else "for one task only"
        yield Change(Grade.LOOK, f"{said} is now kept {kept}.", _FILE)


def _acts_and_keys(before: GraphSpec, after: GraphSpec) -> Iterator[Change]:
    for act in (act for act in before.acts if act not in after.acts):
        grade = Grade.DANGEROUS if act == "wants_human" else Grade.LOOK
        yield Change(grade, f"{act_words(act)} is no longer understood.", _FILE)
    for act in (act for act in after.acts if act not in before.acts):
        yield Change(Grade.HARMLESS, f"{act_words(act)} is now understood.", _FILE)
    for key in sorted({*before.keypad, *after.keypad}):
        was, now = before.keypad.get(key), after.keypad.get(key)
        if was != now:
            meaning = f"now means {act_words(now)}" if now else "means nothing now"
            tail = f", no longer {act_words(was)}" if was and now else f"; it meant {act_words(was)}" if was else ""
            yield Change(Grade.DANGEROUS if was == "wants_human" else Grade.LOOK, f"The key {key} {meaning}{tail}.", _FILE)
    if before.on_language != after.on_language:
        now = "are no longer" if after.on_language is None else "are now" if before.on_language is None else "are otherwise"
        grade = Grade.DANGEROUS if after.on_language is None else Grade.LOOK
        yield Change(grade, f"Callers who change language {now} told that they speak with an AI.", _FILE)
