"""The engine: a pure, synchronous state machine for calls. No I/O beyond reading a file, no clock, no model.

`load` a graph, make a `new_call`, and feed it events with `step`; carry out the effects and report back.
"""

from __future__ import annotations

from fsm.call import Call
from fsm.catalogue import ActionSpec, Catalogue
from fsm.errors import CorruptJournal, EngineError, GraphProblems, IllegalMove
from fsm.facts import Fact, Origin
from fsm.graph import Graph, compile_graph
from fsm.journal import event_from_json, event_to_json, replay
from fsm.outcome import outcome
from fsm.problems import Problem
from fsm.proposals import Act, Doubt, Option, Proposal, ProposedFact
from fsm.step import Step, new_call, step
from fsm.view import View
from fsm.views import view

__all__ = [
    "Act",
    "ActionSpec",
    "Call",
    "Catalogue",
    "CorruptJournal",
    "Doubt",
    "EngineError",
    "Fact",
    "Graph",
    "GraphProblems",
    "IllegalMove",
    "Option",
    "Origin",
    "Problem",
    "Proposal",
    "ProposedFact",
    "Step",
    "View",
    "compile_graph",
    "event_from_json",
    "event_to_json",
    "new_call",
    "outcome",
    "replay",
    "step",
    "view",
]
