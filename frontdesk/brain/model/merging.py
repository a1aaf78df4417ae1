"""What the rules read and what a model adds to it, as one proposal. What the rules heard, no model takes away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from frontdesk.brain.model.resolving import Resolved
from fsm.proposals import Act, Proposal

__all__ = ["merge"]

_POLITE: Final = frozenset({"hold_on", "thanks", "asks_repeat"})
"""Acts that are only manners where something else was said."""
_LEAVING: Final = frozenset({"goodbye", "never_mind", "refuses_offers", "unknown_service"})
"""Acts of a model that its own facts contradict."""
_OPPOSITE: Final = {"yes": "no", "no": "yes"}


def merge(rules: Proposal, model: Resolved, reply: Sequence[str] = ()) -> Proposal:
    """The proposal of the rules with what a model found besides; `reply` stands only where there is nothing else."""
    facts = {fact.name: fact for fact in rules.facts}
    added = {name: fact for name, fact in model.facts.items() if name not in facts}
    facts.update(added)
    doubts = {doubt.fact: doubt for doubt in rules.doubts if doubt.fact not in added}
    doubts.update({name: doubt for name, doubt in model.doubts.items() if name not in facts and name not in doubts})
    if "slot" in facts:
        facts.pop("when", None)
        doubts.pop("when", None)
    acts = list(rules.acts)
    said = {act.name for act in acts}
    for act in model.acts:
        fits = act.name not in _LEAVING or not (facts or doubts)
        if fits and act not in acts and _OPPOSITE.get(act.name) not in said:
            acts.append(act)
    acts = _settled(acts, something_else=bool(facts or doubts or len(acts) > len(rules.acts)))
    nothing = not (facts or doubts or acts)
    changed = bool(added or set(doubts) - {doubt.fact for doubt in rules.doubts} or set(map(_key, acts)) - set(map(_key, rules.acts)))
    return Proposal(
        rules.generation,
        tuple(facts.values()),
        tuple(acts),
        tuple(doubts.values()),
        language=rules.language,
        by="model" if changed or (nothing and reply) else rules.by,
        reply=tuple(reply) if nothing else (),
    )


def _settled(acts: list[Act], *, something_else: bool) -> list[Act]:
    """Who asks for a person wants nothing else; manners give way to what was said along with them."""
    if any(act.name == "wants_human" for act in acts):
        return [act for act in acts if act.name == "wants_human"]
    return [act for act in acts if not (something_else and act.name in _POLITE)]


def _key(act: Act) -> tuple[str, str]:
    return act.name, repr(sorted(act.args.items()))
