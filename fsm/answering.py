"""Acts that are proposed: a yes or a no to what was asked, and what the graph hears in a state."""

from __future__ import annotations

from fsm.attempts import not_understood
from fsm.draft import Draft
from fsm.facts import Fact, Origin
from fsm.machine import on
from fsm.moving import QUESTION, due
from fsm.proposals import Act
from fsm.taking import detail_of, reason_against_value, take_answer
from fsm.view import Mode

__all__ = ["perform"]


def perform(draft: Draft, act: Act, mode: Mode, source: Origin, heard: str, touched: set[str]) -> bool:
    """Returns whether the act was understood in this state."""
    draft.act = act
    if act.name == "yes":
        return _yes(draft, mode, source, heard, touched)
    if act.name == "no":
        return _no(draft, mode, source, heard, touched)
    if act.name not in draft.graph.spec.acts or not draft.graph.machine.knows(on(act.name), draft.state):
        draft.refusals.append(("not-heard-here", act.name))
        return False
    taken = draft.graph.machine.fire(on(act.name), draft)
    if not taken:
        draft.refusals.append(("not-heard-here", act.name))
    return taken


def _yes(draft: Draft, mode: Mode, source: Origin, heard: str, touched: set[str]) -> bool:
    asks = draft.spec.ask
    if asks is None:
        return False
    if asks in touched:
        return True  # "yes, but it is …": the new value is read back first
    if mode == "read_back" and asks in draft.unconfirmed:
        draft.learn(asks, draft.unconfirmed[asks])
        return True
    if mode == "options" and len(draft.options.get(asks, ())) == 1:
        return _take_only_meaning(draft, asks, source, heard)
    if mode == "suggest" and draft.caller:
        draft.learn(asks, Fact(draft.caller, Origin.CALLER_ID, draft.turn, heard))
        return True
    if draft.graph.facts[asks].type == "yes_no":
        take_answer(draft, asks, Fact(True, source, draft.turn, heard))
        return True
    if draft.graph.machine.knows(on("yes"), draft.state):
        return draft.graph.machine.fire(on("yes"), draft)
    return False


def _take_only_meaning(draft: Draft, asks: str, source: Origin, heard: str) -> bool:
    """ "Do you mean a colour?" – "Yes": the caller's own word makes it theirs."""
    value = draft.options[asks][0]["value"]
    reason = reason_against_value(draft, asks, value)
    if reason:  # what could be chosen then can be chosen no more
        draft.options.pop(asks)
        draft.refusals.append((reason, asks))
        not_understood(draft)
        return True
    fact = Fact(value, source, draft.turn, heard, detail_of(draft, asks, value))
    if draft.graph.facts[asks].read_back:
        draft.options.pop(asks)
        draft.unconfirmed[asks] = fact
    else:
        draft.learn(asks, fact)
    return True


def _no(draft: Draft, mode: Mode, source: Origin, heard: str, touched: set[str]) -> bool:
    asks = draft.spec.ask
    if asks is None:
        return False
    if asks in touched:
        return True  # "no, it is …": the new value is the answer
    if mode == "read_back" and asks in draft.unconfirmed:
        draft.unconfirmed.pop(asks)
        draft.so_far.pop(asks, None)
        not_understood(draft)
        return True
    if mode == "options" and len(draft.options.get(asks, ())) == 1:
        draft.options.pop(asks)
        not_understood(draft)
        return True
    if mode == "suggest":
        draft.decline(asks)
        due(draft, QUESTION)
        return True
    if draft.graph.facts[asks].type == "yes_no":
        if draft.digest(asks) != draft.digest(asks, draft.before.facts):
            return True  # "no, Thursday": what was to be changed is said already
        draft.learn(asks, Fact(False, source, draft.turn, heard))
        return True
    if draft.graph.machine.knows(on("no"), draft.state):
        return draft.graph.machine.fire(on("no"), draft)
    return False
