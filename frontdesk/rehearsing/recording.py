"""A stored call as a file that can be rehearsed: what the caller did, the world it needs, and what must come of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from frontdesk.actions.runner import ATTEMPTS
from frontdesk.bootstrap.errors import FixtureProblem
from frontdesk.rehearsing.disguise import Disguise
from frontdesk.rehearsing.documents import Caller
from frontdesk.rehearsing.errors import Broken, NotRecorded
from frontdesk.rehearsing.rehearsal import Stage
from fsm.errors import CorruptJournal
from fsm.events import ActionFinished, CallStarted, Event, HungUp, KeyPressed, Silence, Spoke
from fsm.graph import Graph
from fsm.journal import event_from_json
from integrations.errors import IntegrationError
from integrations.records.port import CallRecord, Records, TurnRecord

__all__ = ["Recorded", "StoredCall", "load_call", "record"]

_SIMPLE: Final = frozenset({"choice", "service", "staff", "name", "phone", "email", "reference", "yes_no", "offered_slot"})
"""Facts whose values are worth a line of the file; wishes for a time are long, and say less than the time itself."""


@dataclass(frozen=True, slots=True)
class StoredCall:
    """A call as the database has it."""

    call: CallRecord
    turns: tuple[TurnRecord, ...]
    events: tuple[Event, ...]
    actions: tuple[tuple[int, str, str], ...]
    """Turn, name and outcome of each."""

    @property
    def language(self) -> str:
        """The language that it began in."""
        started = self.events[0]
        return started.language if isinstance(started, CallStarted) else self.call.language


@dataclass(frozen=True, slots=True)
class Recorded:
    """A file. `otherwise` is the first turn that does not go as it went then, where there is one: the file says how it goes now."""

    text: str
    turns: int
    otherwise: int | None
    disguised: tuple[str, ...] = ()
    """What is invented in it."""


async def load_call(records: Records, call: CallRecord) -> StoredCall:
    """Raises NotRecorded and StorageError."""
    try:
        events = tuple(event_from_json(json.dumps(event)) for event in await records.journal_of(call.id))
    except (CorruptJournal, IntegrationError) as error:
        raise NotRecorded(f"The journal of call {call.id} cannot be read; {error}") from error
    if not events or not isinstance(events[0], CallStarted):
        raise NotRecorded(f"Nothing was stored of call {call.id}; choose another one.")
    actions = tuple((turn, done.name, done.outcome) for turn, done in await records.actions_of(call.id))
    return StoredCall(call, tuple(await records.turns_of(call.id)), events, actions)


async def record(stored: StoredCall, stage: Stage, caller: Caller, *, real: bool = False) -> Recorded:
    """Holds the call once more, with invented people unless `real`, and writes down how it goes. Raises NotRecorded."""
    graph = stage.content.graph
    seed = stored.call.id
    disguise = Disguise(graph, stored.events, stored.call.caller, caller, stored.language, seed=seed, keep=real)
    said = list(_inputs(stored, disguise))
    tried: list[tuple[tuple[list[dict[str, Any]], dict[str, Any]], dict[str, Any], int | None]] = []
    for fixture in _worlds(stored, disguise, stage, real=real):
        held = await _hold(stored, said, fixture, stage, disguise)
        otherwise = _first_difference(stored, held[0])
        if otherwise is None:
            tried = [(held, fixture, None)]
            break
        tried.append((held, fixture, otherwise))
    (turns, end), fixture, otherwise = max(tried, key=lambda one: one[2] if one[2] is not None else len(stored.turns))
    text = _file(stored, said, turns, end, fixture, disguise, graph, stage)
    leaks = disguise.leaks(text)
    if leaks:
        what = " and ".join(leaks)
        raise NotRecorded(f"{what[:1].upper()}{what[1:]} of this call could not be replaced everywhere; record it with --real-names.")
    return Recorded(text, len(turns) - 1, otherwise, tuple(disguise.replaced))


def _inputs(stored: StoredCall, disguise: Disguise) -> Iterator[dict[str, Any]]:
    """What the caller did, a line of input each; keys in a row are disguised together, since a number is typed key by key."""
    language = stored.language
    pressed: list[KeyPressed] = []
    taken = 0
    for event in stored.events:
        if isinstance(event, Spoke | Silence | HungUp):
            yield from ({"dtmf": key} for key in disguise.keys(pressed))
            pressed = []
        if isinstance(event, KeyPressed):
            pressed.append(event)
        elif isinstance(event, Spoke):
            language = event.proposal.language or language
            yield {"say": disguise.words(event, language, _asked(stored, taken))}
        elif isinstance(event, Silence):
            yield {"silence_s": event.seconds}
        elif isinstance(event, HungUp):
            yield {"hangup": True}
        taken += isinstance(event, KeyPressed | Spoke | Silence | HungUp)
    yield from ({"dtmf": key} for key in disguise.keys(pressed))


def _asked(stored: StoredCall, taken: int) -> str | None:
    """The fact that was asked for, when so much had come from the caller before."""
    return stored.turns[taken].asks if taken < len(stored.turns) else None


def _worlds(stored: StoredCall, disguise: Disguise, stage: Stage, *, real: bool) -> Iterator[dict[str, Any]]:
    """The worlds that the call may have met, the plainest first: an empty calendar, and one with nothing free but what was offered."""
    finished = [event for event in stored.events if isinstance(event, ActionFinished)]
    offered = {str(offer["start"]) for event in finished for offer in event.lists.get("offers", ())}
    known = {item["id"]: item for event in finished for item in event.lists.get("appointments", ())}
    seeds = [{key: item[key] for key in ("service", "start", "name", "phone") if item.get(key)} for item in known.values()]
    common: dict[str, Any] = {"appointments": disguise.value(seeds)} if seeds else {}
    if not real and any(name == "verify_identity" for _, name, _ in stored.actions):
        common["customers"] = disguise.customers(stored.events, stage.content.business.record)
    fail = _failures(stored)
    if fail:
        common["fail"] = fail
    yield common
    yield {"free_slots": sorted(offered), **common}


def _failures(stored: StoredCall) -> dict[str, list[str]]:
    """What failed then, attempt by attempt: an action gives up only after several."""
    plans: dict[str, list[str]] = {}
    for _, name, outcome in stored.actions:
        plan = {"find_slots": "find_slots", "send_sms": "sms", "book": "commit", "move": "commit", "cancel": "commit"}.get(name)
        if plan is not None:
            plans.setdefault(plan, []).extend({"failed": ["error"] * ATTEMPTS, "taken": ["taken"]}.get(outcome, ["ok"]))
    return {name: plan for name, plan in plans.items() if set(plan) != {"ok"}}


async def _hold(
    stored: StoredCall, said: Sequence[Mapping[str, Any]], fixture: dict[str, Any], stage: Stage, disguise: Disguise
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    moment, seen = _now(stored, stage), disguise.value(stored.call.caller)
    try:
        rehearsal = await stage.call(now=moment, language=stored.language, caller=seen, fixture=fixture or None)
    except (Broken, FixtureProblem) as error:
        raise NotRecorded(f"The call cannot be held again: {error}") from error
    try:
        for message in said:
            if rehearsal.turns[-1]["ended"]:
                break
            await rehearsal.send(message)
        if not rehearsal.turns[-1]["ended"]:
            await rehearsal.send({"hangup": True})
        return rehearsal.turns, await rehearsal.end()
    except Broken as broken:
        raise NotRecorded(f"The call does what no call may do, and is no example for others: {broken}.") from broken
    finally:
        await rehearsal.close()


def _first_difference(stored: StoredCall, turns: Sequence[Mapping[str, Any]]) -> int | None:
    """The first turn that goes otherwise than then, by its state, its question and what it does."""
    for then, now in zip(stored.turns, turns, strict=False):
        done = [(name, outcome) for turn, name, outcome in stored.actions if turn == then.number]
        does = [(action["name"], action["outcome"]) for action in now["actions"]]
        if (then.state, then.asks, done) != (now["state"], now["asks"], does):
            return then.number
    return None if len(stored.turns) == len(turns) else min(len(stored.turns), len(turns))


def _now(stored: StoredCall, stage: Stage) -> str:
    return stored.call.started_at.astimezone(stage.content.business.zone).strftime("%Y-%m-%dT%H:%M")


def _file(
    stored: StoredCall,
    said: Sequence[Mapping[str, Any]],
    turns: Sequence[Mapping[str, Any]],
    end: Mapping[str, Any],
    fixture: Mapping[str, Any],
    disguise: Disguise,
    graph: Graph,
    stage: Stage,
) -> str:
    seen = disguise.value(stored.call.caller)
    head: dict[str, Any] = {
        "title": f"A recorded call, {end['outcome']}",
        "language": turns[0]["language"],
        "now": _now(stored, stage),
        "number": "anonymous" if seen is None else seen,
    }
    lines = [f"{key}: {_flow(value)}" for key, value in head.items()]
    if fixture:
        lines.append(f"fixture: {_flow(fixture)}")
    lines.append("call:")
    typed = ""
    for number, turn in enumerate(turns):
        expected = _expected(turn, turns[number - 1] if number else None, graph)
        if number:
            message = said[number - 1] if number <= len(said) else {"hangup": True}
            typed += str(message.get("dtmf", ""))
            more = said[number] if number < len(said) else {}
            if "dtmf" in message and "dtmf" in more and expected == {"asks": turns[number - 1]["asks"]} and not turn["said"]:
                continue  # a number is being typed: one line for all of it
            lines.append(f"  - caller: {_flow({'keys': typed} if 'dtmf' in message else _caller(message))}")
            typed = ""
        lines.append(f"  - frontdesk: {_flow(expected)}")
    rows: dict[str, list[dict[str, Any]]] = {"booked": [], "cancelled": []}
    for row in end["appointments"]:
        rows[row["status"]].append({key: row[key] for key in ("service", "start", "name", "phone")})
    left: dict[str, Any] = {"outcome": end["outcome"], "appointments": rows["booked"], "cancelled": rows["cancelled"]}
    left |= {"messages": len(end["messages"]), "tasks": len(end["tasks"])}
    lines.append("end:")
    lines += [f"  {key}: {_flow(value)}" for key, value in left.items() if value]
    return "\n".join(lines) + "\n"


def _caller(message: Mapping[str, Any]) -> Any:
    ((kind, value),) = message.items()
    if kind == "silence_s":
        return {"silent_s": int(value) if value == int(value) else value}
    return {"say": value, "hangup": "hangs up"}[kind]


def _expected(turn: Mapping[str, Any], before: Mapping[str, Any] | None, graph: Graph) -> dict[str, Any]:
    """What of a turn is written down: its question, the facts that are new, the times on offer and what it does."""
    known = {} if before is None else before["facts"]
    new = {
        name: fact["value"]
        for name, fact in turn["facts"].items()
        if graph.facts[name].type in _SIMPLE and known.get(name, {}).get("value") != fact["value"]
    }
    expected: dict[str, Any] = {"ends": True} if turn["ended"] else {"asks": turn["asks"]}
    if turn["offered"] and (before is None or turn["offered"] != before["offered"]):
        expected["offers"] = list(turn["offered"])
    if new:
        expected["knows"] = new
    gone = [name for name in known if name not in turn["facts"] and graph.facts[name].type in _SIMPLE]
    if gone and not turn["ended"]:
        expected["forgets"] = gone
    if turn["actions"]:
        expected["does"] = [f"{action['name']}: {action['outcome']}" for action in turn["actions"]]
    if before is not None and turn["language"] != before["language"]:
        expected["language"] = turn["language"]
    return expected


def _flow(value: Any) -> str:
    """On one line, as one would write it by hand."""
    written: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000, sort_keys=False)
    return written.removesuffix("...\n").strip()
