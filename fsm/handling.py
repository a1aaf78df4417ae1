"""What each kind of event changes, before the call settles in a state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from fsm.attempts import give_up, not_understood
from fsm.catalogue import ActionSpec
from fsm.draft import Draft
from fsm.effects import HangUp
from fsm.events import ActionFinished, CallStarted, Faulted, HungUp, KeyPressed, LinesHeard, Silence, Spoke
from fsm.facts import Fact, Origin
from fsm.hearing import hear
from fsm.machine import FELL_SILENT, GAVE_UP, HANGS_UP, on
from fsm.moving import CUT, FRESH, QUESTION, due
from fsm.proposals import Act

__all__ = ["HANDLERS"]

MOST_KEYS: Final = 32
"""As many keys as are taken for one value; no number is longer."""
_CALLERS_OWN: Final = frozenset({Origin.SPEECH, Origin.KEYPAD})


def _started(draft: Draft, event: CallStarted) -> None:
    draft.language = event.language
    draft.caller = event.caller
    draft.facts.update(event.facts)
    draft.happens("state", draft.state)
    draft.path.append(draft.state)
    draft.due = FRESH


def _spoke(draft: Draft, event: Spoke) -> None:
    draft.turn += 1
    draft.silences = 0
    draft.keypad = ""
    if not hear(draft, event.proposal, event.text, Origin.SPEECH):
        not_understood(draft)


def _key_pressed(draft: Draft, event: KeyPressed) -> None:
    draft.turn += 1
    draft.silences = 0
    typed = draft.keypad + event.key
    if event.proposal.typing and event.proposal.empty and len(typed) <= MOST_KEYS and event.proposal.generation == draft.before.generation:
        draft.keypad = "" if event.key == "*" else typed
        return
    draft.keypad = ""
    if not hear(draft, event.proposal, typed, Origin.KEYPAD):
        not_understood(draft)


def _silence(draft: Draft, _: Silence) -> None:
    draft.turn += 1
    draft.silences += 1
    draft.keypad = ""  # who is asked again begins again
    limit = draft.graph.limits[draft.state].silences
    if limit is not None and draft.silences >= limit and draft.graph.machine.knows(FELL_SILENT, draft.state):
        draft.graph.machine.fire(FELL_SILENT, draft)
        return
    draft.say(f"{draft.state}.silent", draft.silences - 1)
    due(draft, QUESTION)


def _finished(draft: Draft, event: ActionFinished) -> None:
    name = draft.running.pop(event.id)
    action = draft.graph.catalogue[name]
    outcome = event.outcome if event.outcome in action.outcomes else "failed"
    draft.happens("outcome", name, outcome)
    for key, items in event.lists.items():
        draft.lists[key] = tuple(items)
        draft.drop_options(key)
    draft.values.update(event.values)
    for fact_name, fact in event.facts.items():
        _take_over(draft, action, fact_name, fact)
    if event.line:
        draft.say(event.line)
        draft.answered = draft.answered or outcome == "ok"
    if name in draft.spec.run:
        draft.outcomes[name] = outcome
        if outcome == "taken" and "slot" in draft.facts:
            draft.refused.append(str(draft.facts["slot"].value))  # gone, whatever the calendar still shows
        if outcome == "failed":
            draft.achieved.append("failed")
        due(draft, FRESH)


def _take_over(draft: Draft, action: ActionSpec, name: str, fact: Fact) -> None:
    """Learns what an action found; what the caller said or typed outranks what is merely remembered (E4)."""
    known = draft.facts.get(name)
    if name not in action.sets or name not in draft.graph.facts:
        draft.refusals.append(("unknown-fact", name))
    elif known is not None and known.value != fact.value and known.source in _CALLERS_OWN and fact.source not in _CALLERS_OWN:
        draft.refusals.append(("outranked", name))
    else:
        draft.learn(name, fact)


def _heard(draft: Draft, event: LinesHeard) -> None:
    if not event.whole and draft.reads_back:
        draft.read_back = CUT + draft.read_back.removeprefix(CUT)  # what was not heard to its end cannot be agreed to


def _hung_up(draft: Draft, _: HungUp) -> None:
    """The line is dead: nothing can be said or asked any more, but what was entrusted to us is still done."""
    draft.turn += 1
    draft.gone = True
    draft.running.clear()
    draft.act = Act(HANGS_UP)
    if not (draft.graph.machine.knows(on(HANGS_UP), draft.state) and draft.graph.machine.fire(on(HANGS_UP), draft)):
        draft.ended = "hung_up"
    draft.act = None


def _faulted(draft: Draft, event: Faulted) -> None:
    """Gives up the present state, so that a caller gets to a person or a message, or is at least not left in silence."""
    draft.turn += event.instead_of_turn
    draft.running.clear()
    draft.achieved.append("failed")
    if draft.graph.machine.knows(GAVE_UP, draft.state) and not draft.gone:
        give_up(draft)
        return
    draft.ended = "hung_up" if draft.gone else "hang_up"
    draft.effects.append(HangUp())


HANDLERS: Final[dict[type, Callable[[Draft, Any], None]]] = {
    CallStarted: _started,
    Spoke: _spoke,
    KeyPressed: _key_pressed,
    Silence: _silence,
    ActionFinished: _finished,
    LinesHeard: _heard,
    HungUp: _hung_up,
    Faulted: _faulted,
}
"""By the type of the event."""
