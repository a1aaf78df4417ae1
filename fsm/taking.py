"""Facts and doubts that are proposed: taken, or refused with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fsm.draft import Draft
from fsm.facts import Fact, Origin
from fsm.moving import CUT
from fsm.proposals import Doubt, ProposedFact
from fsm.spec import NOT_FROM_CALLERS
from fsm.view import Mode

__all__ = ["admitted", "detail_of", "reason_against_value", "take_answer", "take_doubt", "take_fact"]


def take_fact(draft: Draft, proposed: ProposedFact, heard: str, source: Origin, mode: Mode) -> bool | None:
    """None when refused, else whether it changed anything."""
    name, value = proposed.name, proposed.value
    reason = _reason_against(draft, proposed, heard)
    if reason:
        draft.refusals.append((reason, name))
        return None
    if draft.graph.facts[name].type == "yes_no":
        return take_answer(draft, name, Fact(value, source, draft.turn, proposed.words))
    fact = Fact(value, source, draft.turn, proposed.words, detail_of(draft, name, value))
    if not draft.graph.facts[name].read_back:
        known = draft.facts.get(name)
        changed = draft.learn(name, fact)
        draft.corrected = draft.corrected or (changed and known is not None)
        return changed
    known = draft.facts.get(name)
    if known is not None and known.value == value:
        return False
    waiting = draft.unconfirmed.get(name)
    if waiting is not None and waiting.value == value and draft.spec.ask == name and mode == "read_back":
        draft.learn(name, fact)
        return True
    if mode == "suggest" and draft.spec.ask == name:
        if value == draft.caller:
            draft.learn(name, fact)  # said and shown by the network: twice the same
            return True
        draft.decline(name)  # who dictates another number does not want this one
    if known is not None:
        draft.forget([name])
        draft.corrected = True
    draft.options.pop(name, None)
    draft.so_far.pop(name, None)
    draft.unconfirmed[name] = fact
    return True


def _reason_against(draft: Draft, proposed: ProposedFact, heard: str) -> str:
    spec = draft.graph.facts.get(proposed.name)
    if spec is None or spec.type in NOT_FROM_CALLERS:
        return "unknown-fact"
    if not proposed.words.strip() or proposed.words not in heard:
        return "not-said"
    return reason_against_value(draft, proposed.name, proposed.value)


def admitted(draft: Draft, doubt: Doubt, heard: str) -> bool:
    """Whether a doubt speaks of the caller's words, and only of values that the fact may have."""
    spec = draft.graph.facts.get(doubt.fact)
    if spec is None or spec.type == "yes_no" or spec.type in NOT_FROM_CALLERS:
        reason = "unknown-fact"
    elif not doubt.words.strip() or doubt.words not in heard:
        reason = "not-said"
    else:
        reasons = (reason_against_value(draft, doubt.fact, option.value) for option in doubt.options)
        reason = next((found for found in reasons if found), "")
    if reason:
        draft.refusals.append((reason, doubt.fact))
    return not reason


def reason_against_value(draft: Draft, name: str, value: Any) -> str:
    """Why a fact cannot have a value, as a stable word; empty when it can."""
    spec = draft.graph.facts[name]
    if spec.type == "choice":
        return "" if value in spec.options else "unknown-value"
    if spec.type == "yes_no":
        return "" if isinstance(value, bool) else "unknown-value"
    if spec.type == "offered_slot":
        return "" if draft.offers_stand and any(offer["start"] == value for offer in draft.lists.get("offers", ())) else "not-offered"
    if spec.type == "appointment":
        return "" if any(found["id"] == value for found in draft.lists.get("appointments", ())) else "not-offered"
    if spec.type == "time_window":
        return "" if isinstance(value, list) and value and all(map(_is_window, value)) else "unknown-value"
    return "" if isinstance(value, str) and value else "unknown-value"


def _is_window(value: Any) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("start"), str)


def take_answer(draft: Draft, name: str, fact: Fact) -> bool | None:
    """A yes or a no counts for the question that was asked, and a yes only for what was read back."""
    if draft.spec.ask != name:
        draft.refusals.append(("not-asked", name))
        return None
    if (fact.value or not draft.read_back.startswith(CUT)) and _other_than_read_back(draft, name):
        draft.refusals.append(("not-what-was-read-back", name))
        return True  # understood, but the new values must be heard first
    return draft.learn(name, fact)


def _other_than_read_back(draft: Draft, name: str) -> bool:
    """Whether what an answer rests on has changed since it was read back, or was not heard to its end."""
    return bool(draft.graph.facts[name].depends_on) and draft.digest(name) != draft.read_back


def detail_of(draft: Draft, name: str, value: Any) -> Mapping[str, Any] | None:
    """What is known of the thing that a value picks: of the time on offer, or the appointment."""
    kind = draft.graph.facts[name].type
    if kind == "offered_slot":
        return next((offer for offer in draft.lists.get("offers", ()) if offer["start"] == value), None)
    if kind == "appointment":
        return next((found for found in draft.lists.get("appointments", ()) if found["id"] == value), None)
    return None


def take_doubt(draft: Draft, doubt: Doubt) -> bool:
    """Returns whether more is known than before. Asking between the same meanings again counts as an attempt."""
    known = draft.facts.get(doubt.fact)
    if doubt.options:
        if known is not None and any(option.value == known.value for option in doubt.options):
            return False  # "for my haircut": it is known which one
        if known is not None:
            draft.forget([doubt.fact])
            draft.corrected = True
        options = tuple({"value": option.value, "say": option.say} for option in doubt.options)
        repeated = draft.options.get(doubt.fact) == options
        draft.options[doubt.fact] = options
        return not repeated
    if doubt.so_far and known is None:
        grown = len(doubt.so_far) > len(draft.so_far.get(doubt.fact, ""))
        draft.so_far[doubt.fact] = doubt.so_far
        return grown
    return False
