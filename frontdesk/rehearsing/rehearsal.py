"""One call held in process, with everything checked that must hold in every call, whoever rings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from frontdesk.actions.context import ActionContext, Result
from frontdesk.actions.runner import run_action
from frontdesk.bootstrap.app import App, open_app
from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.bootstrap.fixture import Fixture
from frontdesk.conversation.conversation import Conversation
from frontdesk.conversation.incoming import Gone, Incoming, Key, Quiet, Words
from frontdesk.conversation.outputs import Line
from frontdesk.conversation.ports import Content
from frontdesk.rehearsing.errors import Broken
from frontdesk.rehearsing.watch import Watch
from fsm.call import Call
from fsm.effects import Run
from fsm.events import Event
from fsm.step import Step
from integrations.records.port import Records
from integrations.records.tables import holds, tasks

__all__ = ["HandSetClock", "Rehearsal", "Sees", "Stage", "incoming"]


_HUNG_S: Final = 60.0
"""An action that takes longer hangs, on whatever machine."""

Sees = Callable[[Call, Event, Step], object]


class HandSetClock:
    """A clock that stands where it was put. The content of a whole test session is bound to one of these."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 6, 12, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


class Stage:
    """One business, loaded once, and the clock of the calls that are held with it; calls are held one after the other."""

    def __init__(self, folder: Path | None = None, *, records: Callable[[Records], Records] | None = None) -> None:
        """`records` stands between the calls and what is kept of them."""
        self.folders = Folders(folder)
        self._records = records
        self.clock = HandSetClock()
        self.content: Content = load_content(self.folders, self.clock)
        self.sees: Sees | None = None
        """Sees every step of the calls held here."""

    async def call(self, *, now: str, language: str | None, caller: str | None, fixture: Mapping[str, Any] | None) -> Rehearsal:
        """Answers a call at `now`, wall time of the business, with a database of its own. To be closed."""
        moment = dt.datetime.fromisoformat(now)
        self.clock.now = moment if moment.tzinfo else moment.replace(tzinfo=self.content.business.zone)
        given = None if fixture is None else Fixture.model_validate(dict(fixture))
        app = await open_app(folders=self.folders, db="sqlite://", clock=self.clock, fixture=given, content=self.content)
        app.ports = replace(app.ports, carry_out=_unhurried)
        if self._records is not None:
            app.ports = replace(app.ports, records=self._records(app.ports.records))
        if self.sees is not None:
            app.ports = replace(app.ports, watch=self.sees)
        rehearsal = Rehearsal(app, app.conversation(language=language, caller=caller, call_id="call_rehearsed"), dict(fixture or {}))
        try:
            await rehearsal.begin()
        except BaseException:
            await app.close()
            raise
        return rehearsal


async def _unhurried(run: Run, context: ActionContext) -> Result:
    """Does what a call asks for. Its clock stands still: how long the machine takes says nothing about the call, and changes none."""
    return await run_action(replace(run, timeout_s=max(run.timeout_s, _HUNG_S)), context)


@dataclass(slots=True)
class Rehearsal:
    """A call that is under way. `turns` are the turns so far, as `call --jsonl` writes them."""

    app: App
    conversation: Conversation
    fixture: dict[str, Any]
    turns: list[dict[str, Any]] = field(default_factory=list)
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        read_back = {name for name, fact in self.app.content.graph.facts.items() if fact.read_back}
        self.watch = Watch(self.fixture, self.app.content.business.languages, read_back)

    async def begin(self) -> dict[str, Any]:
        return self._took(None, [output async for output in self.conversation.start()])

    async def send(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Sends one line of input and gives the turn that answers it. Raises Broken."""
        return self._took(message, [output async for output in self.conversation.feed(incoming(message))])

    async def end(self) -> dict[str, Any]:
        """The last line, with `tasks` beside it: what was left to the staff. Raises Broken."""
        end = (await self.conversation.ending()).as_json()
        async with self.app.database.reading() as connection:
            held = (await connection.execute(sa.select(holds.c.call_id).where(holds.c.call_id == self.conversation.call.id))).all()
            left = (await connection.execute(sa.select(tasks.c.kind, tasks.c.text, tasks.c.name, tasks.c.phone))).mappings().all()
        if held:
            raise Broken("a time is still held after the call")
        wrong = self.watch.end(end)
        if wrong:
            raise Broken("; ".join(wrong))
        return {**end, "tasks": [dict(row) for row in left]}

    async def close(self) -> None:
        await self.app.close()

    def _took(self, message: Mapping[str, Any] | None, outputs: list[Any]) -> dict[str, Any]:
        turn = self.conversation.turn().as_json()
        self.turns.append(turn)
        lines = [output.name for output in outputs if isinstance(output, Line)]
        wrong = self.watch.turn(turn, message, lines)
        if wrong:
            raise Broken(f"turn {turn['turn']}: " + "; ".join(wrong))
        return turn


def incoming(message: Mapping[str, Any]) -> Incoming:
    """A line of input, as `call --jsonl` takes it, for the conversation."""
    ((kind, value),) = message.items()
    if kind == "say":
        return Words(value)
    if kind == "dtmf":
        return Key(value)
    if kind == "silence_s":
        return Quiet(float(value))
    return Gone()
