"""What has been found in one utterance so far, on the way to a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frontdesk.brain.utterance.heard import Heard, Span
from fsm.proposals import Act, Doubt, Option, Proposal, ProposedFact
from spoken.reading import Alternative

__all__ = ["Findings", "is_question"]


def is_question(act: str) -> bool:
    """Whether an act asks something: the questions of the phrases, and those that a graph answers itself (`asks_premium`)."""
    return act.startswith("asks_") and act != "asks_repeat"


class Findings:
    """Facts, acts and doubts in the order in which they were found; the first value of a fact stays."""

    def __init__(self, heard: Heard) -> None:
        self.heard = heard
        self.facts: dict[str, ProposedFact] = {}
        self.acts: dict[str, Act] = {}
        self.doubts: dict[str, Doubt] = {}
        self.language: str | None = None
        self.answered = False
        """Whether a yes or no was said beside a question, and counts as well."""

    def fact(self, name: str, value: Any, span: Span | None) -> None:
        """Proposes a value read from `span`, which no other reader will see."""
        if name in self.facts:
            return
        whole = (self.heard.tokens[0].start, self.heard.tokens[-1].end)
        self.facts[name] = ProposedFact(name, value, self.heard.at(span or whole))
        self.heard.take(span)

    def fact_without_taking(self, name: str, value: Any, span: Span) -> None:
        """Proposes a value whose words may say more: "une coupe mardi" is a wish to book, a service and a day."""
        self.facts.setdefault(name, ProposedFact(name, value, self.heard.at(span)))

    def act(self, name: str, args: Mapping[str, Any] | None = None) -> None:
        key = name if name != "asks_question" else f"{name} {(args or {}).get('topic')}"
        self.acts.setdefault(key, Act(name, dict(args or {})))

    def answers(self, act: str) -> None:
        """Proposes a yes or no that stands beside a question."""
        self.act(act)
        self.answered = True

    def doubt(
        self, fact: str, span: Span | None, alternatives: tuple[Alternative, ...] = (), so_far: str = "", *, take: bool = True
    ) -> None:
        """A fact half heard: several meanings, or a beginning. `take` as for :meth:`fact`."""
        if fact in self.doubts:
            return
        whole = (self.heard.tokens[0].start, self.heard.tokens[-1].end)
        options = tuple(Option(item.value, item.say) for item in alternatives)
        self.doubts[fact] = Doubt(fact, self.heard.at(span or whole), options, so_far)
        self.heard.take(span if take else None)

    def has(self, act: str) -> bool:
        return act in self.acts

    def drop(self, *acts: str) -> None:
        for act in acts:
            self.acts.pop(act, None)

    def drop_fact(self, name: str) -> None:
        self.facts.pop(name, None)

    def drop_questions(self) -> None:
        self.acts = {key: act for key, act in self.acts.items() if not is_question(act.name)}

    @property
    def questions(self) -> bool:
        return any(is_question(act.name) for act in self.acts.values())

    def proposal(self, generation: int) -> Proposal:
        return Proposal(
            generation, tuple(self.facts.values()), tuple(self.acts.values()), tuple(self.doubts.values()), language=self.language
        )
