"""What the caller's words and keys change: proposals become facts and acts, or are refused with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fsm.draft import Draft
from fsm.effects import SayFreely
from fsm.facts import Fact, Origin
from fsm.machine import CORRECTS, GAVE_UP, on
from fsm.moving import CUT, QUESTION, REASK, due
from fsm.proposals import Act, Doubt, Proposal, ProposedFact
from fsm.spec import NOT_FROM_CALLERS
from fsm.view import Mode

__all__ = ["asking_mode", "give_up", "hear", "not_understood"]

MOST_SENTENCES: Final = 3
LONGEST_SENTENCE: Final = 400
"""Characters; a reply is heard, and nobody listens to a lecture."""


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
    """Takes over what a proposal holds. Returns whether anything in it was understood.

    A proposal made from an older view is refused whole; nobody has misunderstood anything, so that no attempt is counted.
    """
    if proposal.generation != draft.before.generation:
        draft.refusals.append(("stale", f"generation {proposal.generation}"))
        due(draft, QUESTION)
        return True
    if proposal.language and proposal.language != draft.language:
        draft.language = proposal.language
    before = draft.state
    mode, progress = asking_mode(draft), False
    touched: set[str] = set()
    for proposed in sorted(proposal.facts, key=lambda item: draft.graph.fact_order.get(item.name, 0)):
        if proposed.name in touched:
            draft.refusals.append(("repeated", proposed.name))
            continue
        taken = _take_fact(draft, proposed, heard, source, mode)
        if taken is not None:
            touched.add(proposed.name)
            progress = progress or taken
    doubted = [doubt for doubt in proposal.doubts if doubt.fact not in touched and _admitted(draft, doubt, heard)]
    for doubt in doubted:
        progress = _take_doubt(draft, doubt) or progress
    understood = bool(touched or doubted)
    for act in _consistent(draft, proposal.acts):
        if draft.state != before and act.name in {"yes", "no"}:
            break  # the question that it answered is gone
        understood = _perform(draft, act, mode, source, heard, touched) or understood
    if draft.corrected and draft.state == before:
        act = Act(CORRECTS)
        if draft.graph.machine.knows(on(CORRECTS), draft.state):
            draft.act = act
            draft.graph.machine.fire(on(CORRECTS), draft)
    draft.act = None
    if proposal.reply:
        understood = _take_reply(draft, proposal, source, claimed=understood or draft.state != before) or understood
    if understood and not progress and not proposal.acts and not proposal.reply and draft.state == before:
        not_understood(draft)  # heard, but nothing came of it: it must not go round for ever
        if draft.state == before:
            draft.due = QUESTION
    elif understood:
        _make_progress(draft, proposal, progress=progress)
        due(draft, QUESTION if proposal.facts or proposal.doubts else "")
    return understood


def _make_progress(draft: Draft, proposal: Proposal, *, progress: bool) -> None:
    """What ends a row of answers that brought nothing, and a row of free replies."""
    if progress:
        draft.attempts = 0
    if not proposal.reply:
        draft.replies = 0


def not_understood(draft: Draft) -> None:
    """Counts an answer that brought nothing; gives up when the limit of the state is reached."""
    draft.attempts += 1
    limit = draft.graph.limits[draft.state].attempts
    if limit is not None and draft.attempts >= limit and draft.graph.machine.knows(GAVE_UP, draft.state):
        give_up(draft)
    else:
        due(draft, REASK)


def give_up(draft: Draft) -> None:
    """Leaves the state for where the graph goes when nothing more comes of it. The machine must know the way."""
    if draft.spec.ask is not None:
        draft.say(f"{draft.state}.give_up")
    draft.graph.machine.fire(GAVE_UP, draft)


def _take_fact(draft: Draft, proposed: ProposedFact, heard: str, source: Origin, mode: Mode) -> bool | None:
    """None when refused, else whether it changed anything."""
    name, value = proposed.name, proposed.value
    reason = _reason_against(draft, proposed, heard)
    if reason:
        draft.refusals.append((reason, name))
        return None
    if draft.graph.facts[name].type == "yes_no":
        return _take_answer(draft, name, Fact(value, source, draft.turn, proposed.words))
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
    return _reason_against_value(draft, proposed.name, proposed.value)


def _admitted(draft: Draft, doubt: Doubt, heard: str) -> bool:
    """Whether a doubt speaks of the caller's words, and only of values that the fact may have."""
    spec = draft.graph.facts.get(doubt.fact)
    if spec is None or spec.type == "yes_no" or spec.type in NOT_FROM_CALLERS:
        reason = "unknown-fact"
    elif not doubt.words.strip() or doubt.words not in heard:
        reason = "not-said"
    else:
        reasons = (_reason_against_value(draft, doubt.fact, option.value) for option in doubt.options)
        reason = next((found for found in reasons if found), "")
    if reason:
        draft.refusals.append((reason, doubt.fact))
    return not reason


def _reason_against_value(draft: Draft, name: str, value: Any) -> str:
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


def _take_answer(draft: Draft, name: str, fact: Fact) -> bool | None:
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


def _consistent(draft: Draft, acts: Sequence[Act]) -> list[Act]:
    """The acts, without yes and no where both were heard."""
    names = {act.name for act in acts}
    if not {"yes", "no"} <= names:
        return list(acts)
    draft.refusals.append(("contradictory", "yes"))
    return [act for act in acts if act.name not in {"yes", "no"}]


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


def _take_reply(draft: Draft, proposal: Proposal, source: Origin, *, claimed: bool) -> bool:
    """Free words count only where they are allowed and nothing else was said; the question of the state follows them.

    So many of a model in a row, with no fact and no act between them, are chatter: from then on the turn counts as not understood.
    """
    reply = proposal.reply
    if claimed:
        draft.replies = 0
    if not draft.spec.free:
        reason = "not-free"
    elif claimed:
        reason = "claimed"
    elif not draft.may_chat:
        reason = "chatter"
    elif source is not Origin.SPEECH or len(reply) > MOST_SENTENCES or not all(map(_is_sentence, reply)):
        reason = "unspeakable"
    else:
        draft.replies += proposal.by == "model"
        draft.effects.append(SayFreely(draft.next_id(), reply, draft.language, draft.spec.listen.interruptible))
        due(draft, QUESTION)
        return True
    draft.refusals.append((reason, "reply"))
    return False


def _is_sentence(sentence: object) -> bool:
    return isinstance(sentence, str) and bool(sentence.strip()) and len(sentence) <= LONGEST_SENTENCE


def _perform(draft: Draft, act: Act, mode: Mode, source: Origin, heard: str, touched: set[str]) -> bool:
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
        _take_answer(draft, asks, Fact(True, source, draft.turn, heard))
        return True
    if draft.graph.machine.knows(on("yes"), draft.state):
        return draft.graph.machine.fire(on("yes"), draft)
    return False


def _take_only_meaning(draft: Draft, asks: str, source: Origin, heard: str) -> bool:
    """ "Do you mean a colour?" – "Yes": the caller's own word makes it theirs."""
    value = draft.options[asks][0]["value"]
    reason = _reason_against_value(draft, asks, value)
    if reason:  # what could be chosen then can be chosen no more
        draft.options.pop(asks)
        draft.refusals.append((reason, asks))
        not_understood(draft)
        return True
    fact = Fact(value, source, draft.turn, heard, _detail(draft, asks, value))
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
