"""What the caller's words and keys change: proposals become facts and acts, or are refused with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fsm.answering import perform
from fsm.attempts import not_understood
from fsm.draft import Draft
from fsm.effects import SayFreely
from fsm.facts import Origin
from fsm.machine import CORRECTS, on
from fsm.moving import QUESTION, due
from fsm.proposals import Act, Proposal
from fsm.taking import admitted, take_doubt, take_fact
from fsm.view import Mode

__all__ = ["asking_mode", "hear"]

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
        taken = take_fact(draft, proposed, heard, source, mode)
        if taken is not None:
            touched.add(proposed.name)
            progress = progress or taken
    doubted = [doubt for doubt in proposal.doubts if doubt.fact not in touched and admitted(draft, doubt, heard)]
    for doubt in doubted:
        progress = take_doubt(draft, doubt) or progress
    understood = bool(touched or doubted)
    for act in _consistent(draft, proposal.acts):
        if draft.state != before and act.name in {"yes", "no"}:
            break  # the question that it answered is gone
        understood = perform(draft, act, mode, source, heard, touched) or understood
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


def _consistent(draft: Draft, acts: Sequence[Act]) -> list[Act]:
    """The acts, without yes and no where both were heard."""
    names = {act.name for act in acts}
    if not {"yes", "no"} <= names:
        return list(acts)
    draft.refusals.append(("contradictory", "yes"))
    return [act for act in acts if act.name not in {"yes", "no"}]


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
