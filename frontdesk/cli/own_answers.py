"""What callers answered to questions of the business's own: `allergies: yes`, beside the appointment or message it was said for.

Only the call knows it: it is made again from its journal, with the graph that it was held with, up to where it was stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from frontdesk.bootstrap.reading import DEFAULTS
from frontdesk.replaying.errors import CannotReplay
from frontdesk.replaying.stored import Contents, read_call
from fsm.effects import Run
from fsm.errors import EngineError
from fsm.journal import replay
from fsm.loader import read_graph_spec
from fsm.spec import GraphSpec
from integrations.records.port import Records

__all__ = ["OwnAnswers"]

Answers = Mapping[str, Any]


class OwnAnswers:
    """The answers of stored calls, each call made again once."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._contents = Contents(records)
        self._calls: dict[str, Mapping[str, Answers]] = {}
        self.unreadable: set[str] = set()
        """Calls that cannot be made again: what they answered is not known."""

    async def for_key(self, call_id: str | None, key: str) -> Answers:
        """What was known when an action ran under this idempotency key; nothing where the call cannot be made again."""
        if call_id is None:
            return {}
        if call_id not in self._calls:
            self._calls[call_id] = await self._of_call(call_id)
        return self._calls[call_id].get(key, {})

    async def _of_call(self, call_id: str) -> Mapping[str, Answers]:
        record = await self._records.call(call_id)
        if record is None:
            return {}
        try:
            call = await read_call(self._records, record)
            graph = (await self._contents.of(call)).graph
            own = self._own_facts(graph.spec)
            if not own:
                return {}
            steps = replay(graph, record.id, call.started.language, call.events)
        except (CannotReplay, EngineError):
            self.unreadable.add(call_id)
            return {}
        runs = (effect for made in steps for effect in made.effects if isinstance(effect, Run))
        return {run.key: {name: run.facts[name].value for name in own if name in run.facts} for run in runs}

    def _own_facts(self, spec: GraphSpec) -> tuple[str, ...]:
        """What a graph knows beside what the shipped one does; what is never shown is for the machine alone."""
        return tuple(
            name for name, fact in spec.facts.items() if name not in self._shipped and fact.shown and fact.type not in _FOR_THE_MACHINE
        )

    @cached_property
    def _shipped(self) -> frozenset[str]:
        from frontdesk.actions.catalogue import CATALOGUE

        spec, _ = read_graph_spec(DEFAULTS / "states.yaml", CATALOGUE, shown_as="states.yaml")
        return frozenset(spec.facts if spec is not None else ())


_FOR_THE_MACHINE: Final = ("switch", "appointment", "offered_slot")
