"""The shipped salon with a model behind its rules, and calls that are stepped without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.model_side import read_knowledge, rules_first
from frontdesk.bootstrap.reading import Folders, read_all
from frontdesk.brain.first import RulesFirst
from frontdesk.brain.model.refusals import Counts
from frontdesk.brain.rules import Rules
from frontdesk.brain.speaking import Said, Sentence
from fsm.call import Call
from fsm.facts import Fact, Origin
from fsm.graph import Graph, compile_graph
from fsm.proposals import Proposal
from fsm.step import new_call
from fsm.view import View
from fsm.views import view
from integrations.models.port import Model
from tests.brain.sketches import AFTERNOON, APPOINTMENTS, NOW, NUMBER, OFFERS

__all__ = ["ModelStage", "seen_in"]


class ModelStage:
    """Content read once; `brain` makes a brain with a model, or without one."""

    def __init__(self) -> None:
        self.folders = Folders()
        read = read_all(self.folders)
        assert read.business is not None
        assert read.spec is not None
        self.business, self.phrases = read.business, read.phrases
        self.graph: Graph = compile_graph(read.spec, CATALOGUE)
        self.rules = Rules(self.business, self.phrases)
        self.passages = frozenset(passage.text for passage in read_knowledge(self.folders, self.business).passages)

    def brain(self, model: Model | None, *, deadline_s: float = 2.5) -> RulesFirst:
        return rules_first(
            self.business, self.phrases, self.rules, self.graph, self.folders, lambda: NOW, model=model, deadline_s=deadline_s
        )

    def view(self, state: str, language: str = "en", **known: Any) -> View:
        """A call in this state, with what is usually known there, and `known` besides."""
        return view(self.graph, seen_in(self.graph, state, language, **known))


def seen_in(graph: Graph, state: str, language: str = "en", **known: Any) -> Call:
    """A call that has come to a state."""
    facts: dict[str, Any] = {}
    lists: dict[str, Any] = {}
    if state not in {"greet", "intent", "anything_else"}:
        facts["intent"] = "book"
    if state in {"when", "slot", "identity", "contact", "confirm", "amend", "email"}:
        facts["service"] = "womens_cut"
    if state in {"slot", "identity", "contact", "confirm", "amend", "email"}:
        facts["when"] = AFTERNOON
        lists["offers"] = OFFERS
    if state in {"identity", "contact", "confirm", "amend", "email"}:
        facts["slot"] = OFFERS[1]["start"]
    if state in {"confirm", "amend"}:
        facts |= {"name": "Jane Smith", "phone": NUMBER}
    if state == "which_appointment":
        facts["intent"] = "cancel"
        lists["appointments"] = APPOINTMENTS
    facts |= known
    held = {name: value if isinstance(value, Fact) else Fact(value, Origin.SPEECH, 1, "…") for name, value in facts.items()}
    said = tuple(rule.heard for rule in graph.rules.says.get(state, ()))  # what the state says when it is entered
    return replace(new_call(graph, "call_1", language), state=state, facts=held, lists=lists, turn=2, path=("greet", state), marks=said)


async def heard(brain: RulesFirst, text: str, seen: View, said: tuple[Said, ...] = ()) -> tuple[list[str], Proposal]:
    """What a brain makes of an utterance: the sentences that may be spoken, and the proposal."""
    parts = [part async for part in brain.converse(text, seen, said)]
    last = parts[-1]
    assert isinstance(last, Proposal)
    assert all(isinstance(part, Sentence) for part in parts[:-1])
    return [part.text for part in parts[:-1] if isinstance(part, Sentence)], last


def values(proposal: Proposal) -> Mapping[str, Any]:
    """The facts of a proposal by name."""
    return {fact.name: fact.value for fact in proposal.facts}


def refusals(counts: Counts) -> dict[str, int]:
    return dict(counts.refusals)
