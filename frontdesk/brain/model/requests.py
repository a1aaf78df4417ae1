"""View to request: the persona and the state's own prompt first, then what is known, then the last words on the line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from frontdesk.brain.model.known import known_lines
from frontdesk.brain.model.tools import StateTools
from frontdesk.brain.speaking import Said
from frontdesk.brain.utterance.heard import LONGEST
from frontdesk.business import Business
from fsm.view import View
from integrations.models.port import Message, ModelRequest

__all__ = ["LAST_WORDS", "Prompts", "Requests"]

LAST_WORDS: Final = 4
"""How many of the last things said go along: two turns. The memory of a call are its facts."""
_OLD_WORDS: Final = 240
"""Characters of each of them."""
_MOST_OUTPUT: Final = 220
"""Tokens: enough for a handful of quotations, or two sentences."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """What product owners write for the model: `persona`, with `{business}` in it, and the prompt of each state by its name."""

    persona: str
    states: Mapping[str, str]


class Requests:
    """Makes requests for one content. Keeps nothing of a call."""

    def __init__(self, prompts: Prompts, tools: StateTools, business: Business) -> None:
        self._business, self._tools = business, tools
        persona = prompts.persona.replace("{business}", business.name).strip()
        self._beginnings = {state: f"{persona}\n\n{text.strip()}\n\n" for state, text in prompts.states.items()}
        self._persona = f"{persona}\n\n"

    def beginning(self, state: str) -> str:
        """Persona and prompt, which stand before what is known."""
        return self._beginnings.get(state, self._persona)

    def make(
        self, text: str, view: View, language: str, now: dt.datetime, said: Sequence[Said] = (), *, free: bool = False
    ) -> ModelRequest:
        """The request for what a caller has just said. `now` is aware, in the zone of the business.

        The beginning is the same for every call and turn of a state, and so are its tools: servers cache them.
        """
        known = "\n".join(known_lines(view, self._business, language, now))
        before = tuple(Message(item.who, item.text[:_OLD_WORDS]) for item in said[-LAST_WORDS:] if item.text.strip())
        return ModelRequest(
            system=self.beginning(view.state) + known,
            messages=(*before, Message("caller", text[:LONGEST])),
            tools=self._tools.of(view),
            may_speak=free,
            max_output_tokens=_MOST_OUTPUT,
            label=view.state,
        )
