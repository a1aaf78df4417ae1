"""The shipped business and its rules, which hear what is said in a call."""

from __future__ import annotations

import datetime as dt
from typing import Any

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.reading import Folders, read_all
from frontdesk.brain.rules import Rules
from fsm.call import Call
from fsm.graph import Graph, compile_graph
from fsm.proposals import Proposal
from fsm.step import new_call
from fsm.views import view

NOW = dt.datetime(2026, 6, 3, 9)  # noqa: DTZ001 - in the zone of the business


class Desk:
    """What one business hears; the shipped one unless other `folders` are given."""

    def __init__(self, folders: Folders | None = None) -> None:
        read = read_all(folders or Folders())
        assert read.business is not None
        assert read.spec is not None
        self.business, self.rules = read.business, Rules(read.business, read.phrases)
        self.graph: Graph = compile_graph(read.spec, CATALOGUE)

    def hears(self, words: str, call: Call) -> Proposal:
        return self.rules.propose(words, view(self.graph, call), NOW.replace(tzinfo=self.business.zone))

    def new_call(self, language: str) -> Call:
        return new_call(self.graph, "a call", language)

    def intent(self, words: str, language: str) -> Any:
        found = self.hears(words, new_call(self.graph, "absence", language)).facts
        return next((fact.value for fact in found if fact.name == "intent"), None)
