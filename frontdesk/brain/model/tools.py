"""The tools of a state: what the caller may have said there, as strict JSON Schemas whose arguments are quotations.

The names come from `tools` in states.yaml: `say_<fact>`, `choose_<fact>`, `say_yes_no`. Beside them stand the acts that are heard
in the state, as one tool with an enumeration, and the questions that the business can answer. No tool takes a value, a date or an
id: `words` is what the caller said, letter for letter, and `number` the place of something in a list that the caller heard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fsm.graph import Graph
from fsm.machine import on
from fsm.view import View
from integrations.models.port import ToolSpec

__all__ = ["ACT", "NOTHING", "OTHER", "QUESTION", "YES_NO", "StateTools", "fact_of"]

ACT: Final = "act"
QUESTION: Final = "ask_question"
NOTHING: Final = "nothing"
"""The act of a caller who did none of all this: a model that must call something has to have this to call."""
YES_NO: Final = "say_yes_no"
OTHER: Final = "other"
"""The topic of a question that none of the topics fits; its words say what it is about."""

_NOT_REPORTED: Final = frozenset({"asks_question", "switch_language", "corrects", "asks_repeat", "hold_on", "thanks"})
"""Acts that have a tool of their own, and those of a few set words, which the rules hear as well as anybody."""
_LISTED: Final = frozenset({"service", "offered_slot", "appointment"})
"""Types of facts that are picked from a list the model is shown, by number."""
_WORDS: Final[Mapping[str, Any]] = {"type": "string"}
_NUMBER: Final[Mapping[str, Any]] = {"type": ["integer", "null"]}


class StateTools:
    """The tools of every state of a graph, made once and shared by all calls. `topics` are the questions that have an answer."""

    def __init__(self, graph: Graph, topics: Sequence[str]) -> None:
        self._graph = graph
        self._topics = (*sorted(set(topics)), OTHER)
        self._made: dict[tuple[str, bool, bool], tuple[ToolSpec, ...]] = {}

    @property
    def topics(self) -> tuple[str, ...]:
        return self._topics

    def of(self, view: View) -> tuple[ToolSpec, ...]:
        """The tools for a view: always the same objects in the same order for a state, so that a server's cache knows them.

        A yes or a no can be said wherever something was read back or suggested.
        """
        asked = view.mode in {"read_back", "suggest"} or (view.mode == "options" and len(view.options) == 1)
        key = (view.state, asked, view.free)
        if key not in self._made:
            self._made[key] = tuple(self._make(view, asked=asked))
        return self._made[key]

    def _make(self, view: View, *, asked: bool) -> list[ToolSpec]:
        names = list(dict.fromkeys([*view.tools, *([YES_NO] if asked else [])]))
        made = [self._tool(name, view) for name in names]
        acts = sorted(act for act in view.acts - _NOT_REPORTED if self._graph.machine.knows(on(act), view.state))
        if not view.free:
            acts.append(NOTHING)
        if acts:
            made.append(_spec(ACT, {"act": _one_of(acts), "words": _WORDS}))
        if self._graph.machine.knows(on("asks_question"), view.state):
            made.append(_spec(QUESTION, {"topic": _one_of(self._topics), "words": _WORDS}))
        return made

    def _tool(self, name: str, view: View) -> ToolSpec:
        if name == YES_NO:
            return _spec(name, {"yes": {"type": "boolean"}, "words": _WORDS})
        fact = fact_of(name)
        kind = view.fact_types[fact]
        if kind == "choice":
            return _spec(name, {"choice": _one_of(self._graph.facts[fact].options), "words": _WORDS})
        fields: dict[str, Mapping[str, Any]] = {"words": _WORDS}
        if kind in _LISTED and fact == view.asks:
            fields["number"] = _NUMBER
        return _spec(name, fields)


def fact_of(tool: str) -> str:
    """The fact that a tool is about: say_when, choose_slot."""
    return tool.partition("_")[2]


def _one_of(values: Sequence[str]) -> Mapping[str, Any]:
    return {"type": "string", "enum": list(values)}


def _spec(name: str, fields: Mapping[str, Mapping[str, Any]]) -> ToolSpec:
    """Without a description: the name says it, the state's prompt says more, and every word is paid for with every turn."""
    schema = {"type": "object", "properties": dict(fields), "required": list(fields), "additionalProperties": False}
    return ToolSpec(name, "", schema)
