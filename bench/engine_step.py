"""The engine alone: how long a step takes, on the events of a real booking. No I/O, no brain."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict

from measuring import a_booking, content, figure, install, percentile
from transitions import Machine

from fsm import Call, event_from_json, event_to_json, new_call, step, view
from fsm.events import Event
from fsm.graph import Graph

ROUNDS = 300


async def events_of_a_booking() -> tuple[Graph, str, list[Event]]:
    """The graph, and the id and the journal of a call that was really held."""
    loaded = content()
    async with install("sqlite://", loaded) as app:
        call = await a_booking(app)
        journal = await app.ports.records.journal_of(call.call.id)
    return loaded.graph, call.call.id, [event_from_json(json.dumps(event)) for event in journal]


def bare_move() -> float:
    """Microseconds of one move of `transitions` by itself, median: what the engine adds stands in relation to it."""
    machine = Machine(model=None, states=["a", "b"], initial="a", auto_transitions=False, send_event=True)
    machine.add_transition("go", "a", "b")
    machine.add_transition("go", "b", "a")

    class Model:
        state = "a"

    model, taken = Model(), []
    for _ in range(5000):
        began = time.perf_counter_ns()
        machine.events["go"].trigger(model)
        taken.append((time.perf_counter_ns() - began) / 1000)
    return percentile(taken, 0.5)


def main() -> None:
    graph, call_id, events = asyncio.run(events_of_a_booking())
    taken: dict[str, list[float]] = defaultdict(list)
    stored: list[float] = []
    views: list[float] = []
    moves = refused = 0
    for _ in range(ROUNDS):
        call = new_call(graph, call_id, "fr")
        for event in events:
            began = time.perf_counter_ns()
            made = step(graph, call, event)
            taken[type(event).__name__].append((time.perf_counter_ns() - began) / 1000)
            call = made.call
            moves += len(made.moves)
            refused += bool(made.refusals)
            began = time.perf_counter_ns()
            view(graph, call)
            views.append((time.perf_counter_ns() - began) / 1000)
        began = time.perf_counter_ns()
        Call.from_json(call.to_json())
        event_from_json(event_to_json(events[1]))
        stored.append((time.perf_counter_ns() - began) / 1000)
    every = [value for values in taken.values() for value in values]
    bare = bare_move()
    p50, p99 = percentile(every, 0.5), percentile(every, 0.99)
    print(f"{ROUNDS} replays of a booking: {len(events)} events and {moves / ROUNDS:.0f} moves a call, refused events: {refused}")
    figure("a bare move of transitions, p50", bare, "µs")
    figure("step, p50", p50, "µs", beside=[f"{p50 / bare:.1f} bare moves"])
    figure("step, p99", p99, "µs", beside=[f"{p99 / 200:.0%} of the 200 µs that it may take"])
    for name, values in sorted(taken.items()):
        figure(f"  {name}, p50 / p99", percentile(values, 0.5), "µs", beside=[f"{percentile(values, 0.99):,.1f} µs"])
    figure("view, p50", percentile(views, 0.5), "µs", beside=[f"{percentile(views, 0.5) / p50:.2f} of a step"])
    figure("a call to JSON and back, p50", percentile(stored, 0.5), "µs", beside=[f"{percentile(stored, 0.5) / p50:.1f} steps"])


if __name__ == "__main__":
    main()
