"""Rules first: what they are sure of is never asked of a model, and what a model cannot say in time, they carry on with."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from frontdesk.brain.listening import SoFar
from frontdesk.brain.model.asking import ModelSide, search
from frontdesk.brain.model.refusals import Counts
from frontdesk.brain.rules import Rules
from frontdesk.brain.speaking import Said, Sentence
from frontdesk.brain.sure import is_sure
from frontdesk.brain.utterance.turn import Turn
from fsm.proposals import Act, Proposal
from fsm.view import View
from integrations.knowledge.port import Knowledge

__all__ = ["RulesFirst"]

_log = logging.getLogger(__name__)


class RulesFirst:
    """A `SpeakingBrain` of rules, with a model behind them where there is one, and the knowledge of the business.

    `clock` gives the present moment, aware, in the zone of the business. `counts` says how much the rules decide.
    """

    def __init__(
        self,
        rules: Rules,
        clock: Callable[[], dt.datetime],
        *,
        model: ModelSide | None = None,
        knowledge: Knowledge | None = None,
        counts: Counts | None = None,
    ) -> None:
        self._rules, self._clock = rules, clock
        self._model, self._knowledge = model, knowledge
        self.counts = counts if counts is not None else Counts()

    def warm_up(self, languages: Sequence[str] = ()) -> None:
        """Loads what the first turns in these languages would wait for, in all where none is named. May run in a thread."""
        self._rules.warm_up(languages)
        if self._model is not None:
            self._model.warm_up()

    async def read(self, text: str, view: View) -> Proposal:
        """What an utterance may mean, with the sentences of a model only in the proposal."""
        proposal = Proposal(view.generation)
        async with aclosing(self.converse(text, view)) as parts:
            async for part in parts:
                if isinstance(part, Proposal):
                    proposal = part
        return proposal

    async def read_key(self, key: str, view: View) -> Proposal:
        """What a keypad key means; keys are never a model's business."""
        return self._rules.propose_key(key, view, self._clock())

    def so_far(self, text: str, view: View) -> SoFar:
        """What an utterance that may not be over yet amounts to; interim transcripts are never a model's business."""
        return self._rules.so_far(text, view, self._clock())

    async def converse(self, text: str, view: View, said: Sequence[Said] = ()) -> AsyncGenerator[Sentence | Proposal, None]:
        """See `SpeakingBrain`. At most one request to the model, and none where the rules are sure."""
        turn = self._rules.understand(text, view, self._clock())
        self.counts.turns += 1
        if turn is None:
            self.counts.by_rules += 1
            yield Proposal(view.generation)
            return
        proposal = turn.found.proposal(view.generation)
        if is_sure(turn, proposal):
            self.counts.by_rules += 1
            yield proposal
            return
        if self._model is not None and view.tools:
            read, last = proposal, None
            try:
                async with aclosing(self._model.converse(turn, proposal, said)) as parts:
                    async for part in parts:
                        if isinstance(part, Sentence):
                            yield part
                        else:
                            last = part
            except AssertionError:  # a test whose script has ended, or a bug that tests must see
                raise
            except Exception:  # noqa: BLE001 - whatever a model made of its answer, the caller is answered
                _log.exception("the answer of the model in %s could not be read; the rules carry on", view.state)
                self.counts.failures["unreadable"] += 1
            read = last or proposal
            if not read.empty:
                yield read
                return
        async for part in self._from_knowledge(turn, proposal):
            yield part

    async def _from_knowledge(self, turn: Turn, proposal: Proposal) -> AsyncGenerator[Sentence | Proposal, None]:
        """What nobody understood may be a question that the business has answered in writing, where callers are free to ask."""
        free = proposal.empty and turn.view.free
        passage = await search(self._knowledge, turn.heard.text, turn.language) if free else None
        if passage is None:
            yield proposal
        elif passage.topic:
            yield replace(proposal, acts=(Act("asks_question", {"topic": passage.topic}),))
        else:
            yield Sentence(passage.text, turn.language)
            yield replace(proposal, reply=(passage.text,), by="knowledge")
