"""What the caller's words and keys change: proposals become facts and acts, or are refused with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fsm.draft import Draft
from fsm.facts import Fact, Origin
from fsm.machine import CORRECTS, GAVE_UP, on
from fsm.moving import QUESTION, REASK, due
from fsm.proposals import Act, Doubt, Proposal, ProposedFact
from fsm.view import Mode

__all__ = ["asking_mode", "hear", "not_understood"]


def asking_mode(draft: Draft) -> Mode:
    """How the fact of the present state is being asked for."""
    spec = draft.spec
    if spec.ask in draft.unconfirmed:
        return "read_back"
    if spec.ask in draft.options:
        return "options"
    if spec.suggest == "caller_id" and draft.caller and spec.ask not in draft.declined:
        return "suggest"
    return "ask"


def hear(draft: Draft, proposal: Proposal, heard: str, source: Origin) -> bool:
    """Takes over what a proposal holds. Returns whether anything in it was understood."""
    if proposal.generation != draft.before.generation:
        draft.refusals.append(("stale", f"generation {proposal.generation}"))
        return False
    if proposal.language and proposal.language != draft.language:
        draft.language = proposal.language
    before = draft.state
    mode, progress = asking_mode(draft), False
    understood = False
    touched: set[str] = set()
    for proposed in sorted(proposal.facts, key=lambda item: draft.graph.fact_order.get(item.name, 0)):
        taken = _take_fact(draft, proposed, heard, source, mode)
        if taken is not None:
            understood = True
            touched.add(proposed.name)
            progress = progress or taken
    for doubt in proposal.doubts:
        if doubt.fact not in touched and doubt.fact in draft.graph.facts:
            progress = _take_doubt(draft, doubt) or progress
            understood = True
    for act in proposal.acts:
        if draft.state != before and act.name in {"yes", "no"}:
            break  # the question that it answered is gone
        understood = _perform(draft, act, mode, source, heard, touched) or understood
    if draft.corrected and draft.state == before:
        act = Act(CORRECTS)
        if draft.graph.machine.knows(on(CORRECTS), draft.state):
            draft.act = act
            draft.graph.machine.fire(on(CORRECTS), draft)
    draft.act = None
    if understood and not progress and not proposal.acts and draft.state == before:
        not_understood(draft)  # heard, but nothing came of it: it must not go round for ever
        if draft.state == before:
            draft.due = QUESTION
    elif understood:
        if progress:
            draft.attempts = 0
        due(draft, QUESTION if proposal.facts or proposal.doubts else "")
    return understood


def not_understood(draft: Draft) -> None:
    """Counts an answer that brought nothing; gives up when the limit of the state is reached."""
    draft.attempts += 1
    limit = draft.graph.limits[draft.state].attempts
    if limit is not None and draft.attempts >= limit and draft.graph.machine.knows(GAVE_UP, draft.state):
        if draft.spec.ask is not None:
            draft.say(f"{draft.state}.give_up")
        draft.graph.machine.fire(GAVE_UP, draft)
    else:
        due(draft, REASK)


def _take_fact(draft: Draft, proposed: ProposedFact, heard: str, source: Origin, mode: Mode) -> bool | None:
    """None when refused, else whether it changed anything."""
    name, value = proposed.name, proposed.value
    reason = _reason_against(draft, proposed, heard)
    if reason:
        draft.refusals.append((reason, name))
        return None
    fact = Fact(value, source, draft.turn, proposed.words, _detail(draft, name, value))
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
    if mode == "suggest" and draft.spec.ask == name and value == draft.caller:
        draft.learn(name, fact)  # said and shown by the network: twice the same
        return True
    if known is not None:
        draft.forget([name])
        draft.corrected = True
    draft.options.pop(name, None)
    draft.so_far.pop(name, None)
    draft.unconfirmed[name] = fact
    return True


def _reason_against(draft: Draft, proposed: ProposedFact, heard: str) -> str:
    spec = draft.graph.facts.get(proposed.name)
    if spec is None or spec.type == "switch":
        return "unknown-fact"
    if not proposed.words or proposed.words not in heard:
        return "not-said"
    value = proposed.value
    if spec.type == "choice":
        return "" if value in spec.options else "unknown-value"
    if spec.type == "yes_no":
        return "" if isinstance(value, bool) else "unknown-value"
    if spec.type == "offered_slot":
        return "" if any(offer["start"] == value for offer in draft.lists.get("offers", ())) else "not-offered"
    if spec.type == "appointment":
        return "" if any(found["id"] == value for found in draft.lists.get("appointments", ())) else "not-offered"
    if spec.type == "time_window":
        return "" if isinstance(value, list) and value else "unknown-value"
    return "" if isinstance(value, str) and value else "unknown-value"


def _detail(draft: Draft, name: str, value: Any) -> Mapping[str, Any] | None:
    kind = draft.graph.facts[name].type
    if kind == "offered_slot":
        return next((offer for offer in draft.lists.get("offers", ()) if offer["start"] == value), None)
    if kind == "appointment":
        return next((found for found in draft.lists.get("appointments", ()) if found["id"] == value), None)
    return None


def _take_doubt(draft: Draft, doubt: Doubt) -> bool:
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


def _perform(draft: Draft, act: Act, mode: Mode, source: Origin, heard: str, touched: set[str]) -> bool:
    """Returns whether the act was understood in this state."""
    draft.act = act
    if act.name == "yes":
        return _yes(draft, mode, source, heard, touched)
    if act.name == "no":
        return _no(draft, mode, source, heard)
    if not draft.graph.machine.knows(on(act.name), draft.state):
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
    if mode == "read_back" and asks in draft.unconfirmed:
        if asks in touched:
            return False  # "yes, but it is …": the new value is read back first
        draft.learn(asks, draft.unconfirmed[asks])
        return True
    if mode == "suggest" and draft.caller:
        draft.learn(asks, Fact(draft.caller, Origin.CALLER_ID, draft.turn, heard))
        return True
    if draft.graph.facts[asks].type == "yes_no":
        if draft.read_back and draft.digest(asks) != draft.read_back:
            draft.refusals.append(("not-what-was-read-back", asks))
            return True  # understood, but the new values must be heard first
        draft.learn(asks, Fact(True, source, draft.turn, heard))
        return True
    if draft.graph.machine.knows(on("yes"), draft.state):
        return draft.graph.machine.fire(on("yes"), draft)
    return False


def _no(draft: Draft, mode: Mode, source: Origin, heard: str) -> bool:
    asks = draft.spec.ask
    if asks is None:
        return False
    if mode == "read_back" and asks in draft.unconfirmed:
        draft.unconfirmed.pop(asks)
        draft.so_far.pop(asks, None)
        not_understood(draft)
        return True
    if mode == "suggest":
        draft.declined.append(asks)
        due(draft, QUESTION)
        return True
    if draft.graph.facts[asks].type == "yes_no":
        draft.learn(asks, Fact(False, source, draft.turn, heard))
        return True
    if draft.graph.machine.knows(on("no"), draft.state):
        return draft.graph.machine.fire(on("no"), draft)
    return False
