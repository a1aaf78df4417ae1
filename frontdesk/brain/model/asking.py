"""One request to a model for one turn: its words through the audit while they come, its calls through the readers at the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Final

from frontdesk.brain.model.calls import check_calls
from frontdesk.brain.model.merging import merge
from frontdesk.brain.model.refusals import Counts, Refusal
from frontdesk.brain.model.requests import Requests
from frontdesk.brain.model.resolving import Resolved, Resolver
from frontdesk.brain.model.speech import FreeWords, Gate
from frontdesk.brain.speaking import Said, Sentence
from frontdesk.brain.utterance.turn import Turn
from fsm.proposals import Act, Proposal
from integrations.errors import IntegrationError, Refused
from integrations.knowledge.port import Knowledge, Passage
from integrations.models.port import Finished, Model, ModelRequest, TextPiece, ToolCall

__all__ = ["ModelSide", "search"]

_log = logging.getLogger(__name__)

_MOST_CALLS_READ: Final = 32
"""More calls than this are not even looked at."""
_GRACE_S: Final = 0.1
"""Waited longer than the deadline for a model to say itself that it is over: a breaker in front of it counts what a model says, and
nothing that its reader gives up."""
_WHOLE: Final = frozenset({"stop", "tools", "other"})
"""Ends of an answer whose last sentence is whole."""


class ModelSide:
    """Asks a model what the rules are not sure of. Keeps nothing of a call, and counts what happens.

    `deadline_s` is for the whole request. `knowledge` answers what no topic of the graph does.
    """

    def __init__(
        self,
        model: Model,
        requests: Requests,
        resolver: Resolver,
        gate: Gate,
        *,
        counts: Counts,
        knowledge: Knowledge | None = None,
        deadline_s: float = 2.5,
    ) -> None:
        self._model, self._requests, self._resolver, self._gate = model, requests, resolver, gate
        self._knowledge, self._counts, self._deadline_s = knowledge, counts, deadline_s

    async def converse(self, turn: Turn, rules: Proposal, said: Sequence[Said] = ()) -> AsyncGenerator[Sentence | Proposal, None]:
        """Sentences as they pass, then the proposal; that of the rules where the model fails. Never raises for what a model does."""
        free = turn.view.free
        request = self._requests.make(turn.heard.text, turn.view, turn.language, turn.now, said, free=free)
        words = FreeWords(self._gate, turn, free=free)
        calls: list[ToolCall] = []
        self._counts.requests += 1
        try:
            async with aclosing(self._answer(request, words, calls)) as sentences:
                async for sentence in sentences:
                    self._counts.sentences += 1
                    yield Sentence(sentence, turn.language)
        except (IntegrationError, TimeoutError) as error:
            calls.clear()
            self._counts.failures[type(error).__name__] += 1
            # What somebody has to mend (a key, an address, the account) must not stay unseen; the breaker keeps it from being said often.
            level = logging.WARNING if isinstance(error, Refused) else logging.INFO
            _log.log(level, "the model was of no help in %s (%s: %s); the rules carry on", turn.view.state, type(error).__name__, error)
        found = self._resolved(calls, request, turn)
        spoken = list(words.passed)
        passages = await self._answered(found, turn, free=free and not spoken)
        for passage in passages:
            self._counts.sentences += 1
            spoken.append(passage.text)
            yield Sentence(passage.text, turn.language)
        for refusal in (*words.refusals, *found.refusals):
            self._counts.refuse(refusal)
            _log.debug("refused in %s: %s %s", turn.view.state, refusal.reason, refusal.what)
        merged = merge(rules, found, spoken)
        yield replace(merged, by="knowledge") if passages and merged.reply else merged

    def warm_up(self) -> None:
        """Loads what the first answer would wait for: the caller would hear it, and the deadline would be spent on it."""
        self._gate.warm_up()

    # -- inside --------------------------------------------------------------------------------------------------------

    async def _answer(self, request: ModelRequest, words: FreeWords, calls: list[ToolCall]) -> AsyncGenerator[str, None]:
        """The sentences that may be spoken; tool calls are put into `calls`, and none of an answer that broke off."""
        ends = asyncio.get_running_loop().time() + self._deadline_s + _GRACE_S
        async with aclosing(self._model.stream(request, deadline_s=self._deadline_s)) as events:
            while True:
                try:
                    async with asyncio.timeout_at(ends):
                        event = await anext(events)
                except StopAsyncIteration:
                    calls.clear()
                    words.refusals.append(Refusal("broken-off", "answer"))
                    return
                if isinstance(event, TextPiece):
                    for sentence in words.feed(event.text):
                        yield sentence
                elif isinstance(event, ToolCall):
                    if len(calls) < _MOST_CALLS_READ:
                        calls.append(event)
                elif isinstance(event, Finished):
                    for sentence in words.finish(whole=event.reason in _WHOLE):
                        yield sentence
                    return

    def _resolved(self, calls: Sequence[ToolCall], request: ModelRequest, turn: Turn) -> Resolved:
        checked, refused = check_calls(calls, request.tools)
        found = self._resolver.resolve(checked, turn)
        found.refusals[:0] = refused
        return found

    async def _answered(self, found: Resolved, turn: Turn, *, free: bool) -> list[Passage]:
        """Questions that no topic fits: an answer of business.yaml, a passage where words are free, or that we do not know."""
        passages: list[Passage] = []
        for question in found.questions:
            passage = await search(self._knowledge, question, turn.language)
            if passage is not None and passage.topic:
                found.acts.append(Act("asks_question", {"topic": passage.topic}))
            elif passage is not None and free:
                passages.append(passage)
            else:
                found.acts.append(Act("asks_question", {"topic": "other"}))
        return passages[:1]


async def search(knowledge: Knowledge | None, question: str, language: str) -> Passage | None:
    """The passage that answers a question best; None where nothing is near enough, or the store is down."""
    if knowledge is None:
        return None
    try:
        found = await knowledge.search(question, language, limit=1)
    except IntegrationError as error:
        _log.warning("the knowledge cannot be searched: %s", type(error).__name__)
        return None
    return found[0] if found else None
