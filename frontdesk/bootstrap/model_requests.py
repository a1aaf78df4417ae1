"""What a model is asked, from the prompts of a business and its graph."""

from __future__ import annotations

from typing import Final

from frontdesk.bootstrap.reading import PERSONA, Folders
from frontdesk.brain.model.requests import Prompts, Requests
from frontdesk.brain.model.tools import StateTools
from frontdesk.brain.utterance.phrases import Phrases
from frontdesk.business import Business
from fsm.graph import Graph
from fsm.spec import GraphSpec

__all__ = ["make_requests", "read_prompts"]

_COMPUTED: Final = ("hours", "price", "duration", "my_appointment")
"""Topics that a model may name: they are answered from live data. Every other question is found by its words."""


def make_requests(folders: Folders, graph: Graph, business: Business, phrases: Phrases) -> Requests:
    """What makes the requests of this content; also for printing and for counting them."""
    topics = [topic for topic in _COMPUTED if topic in phrases.topics()]
    return Requests(read_prompts(folders, graph.spec), StateTools(graph, topics), business)


def read_prompts(folders: Folders, spec: GraphSpec) -> Prompts:
    """Persona and prompts of the states; a business's own outrank the defaults. Raises OSError for a file that is not there."""
    named = {name: state.prompt for name, state in spec.states.items() if state.prompt}
    return Prompts(_prompt(folders, PERSONA), {name: _prompt(folders, prompt) for name, prompt in named.items()})


def _prompt(folders: Folders, name: str) -> str:
    return folders.file(f"prompts/{name}")[0].read_text(encoding="utf-8-sig")  # some editors put a mark before the text
