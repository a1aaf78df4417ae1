"""Makes a stored call again from its journal, and says where the result is not what was stored (E3)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from frontdesk.conversation.ports import Content
from frontdesk.replaying.course import Course, Taken
from frontdesk.replaying.stored import StoredCall
from fsm.errors import EngineError
from integrations.records.port import TurnRecord

__all__ = ["Difference", "Replayed", "replay_stored"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was stored. `turn` is None for what belongs to the call as a whole."""

    turn: int | None
    what: str
    stored: Any
    replayed: Any


@dataclass(frozen=True, slots=True)
class Replayed:
    """A call that was made again. Without differences it is the same to the byte."""

    course: Course
    differences: tuple[Difference, ...]


def replay_stored(call: StoredCall, content: Content) -> Replayed:
    """Makes the call again with the content that it was begun with: journal → snapshots, effects, lines."""
    course = Course(content, call.record.id, call.started.language, call.graph)
    found: list[Difference] = []
    for number, event in enumerate(call.events):
        try:
            course.feed(event)
        except EngineError:
            found.append(Difference(course.call.turn, "the graph cannot take event", number, type(event).__name__))
            break
    turns = {turn.number: turn for turn in course.turns}
    for stored in call.turns:
        taken = turns.pop(stored.number, None)
        if taken is None:
            found.append(Difference(stored.number, "the turn", "there", "not there"))
        else:
            found += _turn(stored, taken, call)
    found += [Difference(number, "the turn", "not there", "there") for number in turns]
    if not found:
        found += _snapshot(call.snapshot, course.call.to_json())
    return Replayed(course, tuple(found))


def _turn(stored: TurnRecord, taken: Taken, call: StoredCall) -> Iterator[Difference]:
    pairs = (
        ("state", stored.state, taken.state),
        ("language", stored.language, taken.language),
        ("heard", dict(stored.heard) if stored.heard is not None else None, taken.heard),
        ("said", list(stored.said), taken.said),
        ("asks", stored.asks, taken.asks),
        ("actions", list(call.actions.get(stored.number, ())), taken.actions),
    )
    differ = [Difference(stored.number, what, before, after) for what, before, after in pairs if before != after]
    yield from differ
    if not differ and stored.fingerprint is not None and stored.fingerprint != taken.fingerprint:
        yield Difference(stored.number, "the bytes of call and effects", stored.fingerprint, taken.fingerprint)


def _snapshot(stored: str, replayed: str) -> Iterator[Difference]:
    if stored == replayed:
        return
    before, after = json.loads(stored), json.loads(replayed)
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    yield Difference(None, "the stored call", ", ".join(names) or "the order of its parts", "otherwise")
