"""Fifty open calls while somebody saves an edit every second, good and bad in turn: what a turn costs, beside the same without edits."""

from __future__ import annotations

import asyncio
import gc
import logging
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from measuring import BOOKING, booking, clock, figure, percentile, turn

from frontdesk.bootstrap.app import App, open_app
from frontdesk.bootstrap.content import Folders
from frontdesk.bootstrap.live import Edit, following_edits
from frontdesk.conversation.incoming import Gone
from frontdesk.replaying.stored import Contents, read_call
from frontdesk.replaying.verifying import replay_stored

CALLERS, PAUSE_S, SECONDS, EVERY_S, LOOK_S = 50, 4.0, 20.0, 1.0, 0.25
ROUNDS, TURNS = 2, len(BOOKING)
GOOD = 'goodbye:\n  bye: "Merci, et à bientôt. {}"\n'
BROKEN = ('goodbye:\n  bye: "Merci, et à', 'greet:\n  ask: "Dites bananes."\n')
"""One that cannot be read, and one in which only the whole check finds something."""
NUMBERS = ("Un.", "Deux.", "Trois.", "Quatre.", "Cinq.", "Six.", "Sept.", "Huit.", "Neuf.", "Dix.", "Onze.", "Douze.")


@dataclass
class Held:
    """What came of one round."""

    seconds: list[float] = field(default_factory=list)
    processor_s: list[float] = field(default_factory=list)
    """The same by the clock of this process: what it did meanwhile, reading an edit included, whatever else the machine did."""
    calls: dict[str, str] = field(default_factory=dict)
    """The version that each began with."""
    told: list[Edit] = field(default_factory=list)
    saved: int = 0


async def _ring(app: App, number: int, held: Held, until: float) -> None:
    await asyncio.sleep(PAUSE_S * number / CALLERS)
    left = number % TURNS  # of the first call on this line: so that calls begin and end all the time
    while time.perf_counter() < until:
        call = app.conversation(language="fr", caller=f"+336{number:08d}")
        held.calls[call.call.id] = app.content.digest
        async for _ in call.start():
            pass
        for words in booking(number)[left:]:
            due = time.perf_counter() + PAUSE_S
            await asyncio.sleep(PAUSE_S)
            began = time.process_time()
            await turn(call, words)
            held.processor_s.append(time.process_time() - began)
            held.seconds.append(time.perf_counter() - due)  # with what it waited for the others, and for an edit
            if call.call.ended or time.perf_counter() > until:
                break
        if not call.call.ended:  # the salon is full, or the call began in its middle, or the round is over
            async for _ in call.feed(Gone()):
                pass
        left = 0


async def _save(folder: Path, held: Held) -> None:
    file = folder / "prompts" / "lines" / "fr.yaml"
    while True:
        held.saved += 1
        text = GOOD.format(NUMBERS[held.saved // 2 % len(NUMBERS)]) if held.saved % 2 else BROKEN[held.saved // 2 % 2]
        file.write_text(text, encoding="utf-8")
        await asyncio.sleep(EVERY_S)


async def hold(folder: Path, *, edits: bool) -> Held:
    """One round: calls one after the other on every line, until the time is over; each comes to its end."""
    (folder / "prompts" / "lines").mkdir(parents=True)
    held = Held()
    async with await open_app(folders=Folders(folder), db=f"sqlite:///{folder}/calls.db", clock=clock) as app:
        app.warm_up()
        gc.collect()
        async with following_edits(app, LOOK_S if edits else 0, held.told.append):
            saving = asyncio.create_task(_save(folder, held)) if edits else None
            until = time.perf_counter() + SECONDS
            await asyncio.gather(*(_ring(app, number, held, until) for number in range(CALLERS)))
            if saving is not None:
                saving.cancel()
                with suppress(asyncio.CancelledError):
                    await saving
        contents, records = Contents(app.ports.records), app.ports.records
        for call_id, digest in held.calls.items():
            record = await records.call(call_id)
            assert record is not None, "a call was not stored"
            assert record.ended_at is not None, "a call did not come to its end"
            stored = await read_call(records, record)
            assert record.graph == stored.started.content == digest, "a call changed its version"
            assert replay_stored(stored, await contents.of(stored)).differences == (), "a call does not replay"
    return held


async def measure(folder: Path) -> None:
    quiet, busy = Held(), Held()
    for number in range(ROUNDS):  # in turn, since others use the machine too
        for edits, all_of in ((False, quiet), (True, busy)):
            held = await hold(folder / f"{number}-{edits}", edits=edits)
            all_of.seconds += held.seconds
            all_of.processor_s += held.processor_s
            all_of.calls |= held.calls
            all_of.told += held.told
            all_of.saved += held.saved
    good = sum(edit.content is not None for edit in busy.told)
    figure("edits saved while 50 calls are open", busy.saved, "edits", beside=[f"{good} taken up, {len(busy.told) - good} refused"])
    versions = len(set(busy.calls.values()))
    figure("calls held meanwhile", len(busy.calls), "calls", beside=[f"{versions} versions, each call ended with its own and replays"])
    for kind in ("processor_s", "seconds"):
        for name, share in (("median", 0.5), ("p95", 0.95), ("p99", 0.99)):
            before, after = (percentile(getattr(held, kind), share) * 1000 for held in (quiet, busy))
            beside = [f"{before:.1f} ms without edits", f"{after / before:.2f} times", f"{len(busy.seconds)} turns"]
            by = "processor" if kind == "processor_s" else "clock"
            figure(f"a turn beside an edit every second, {by}, {name}", after, "ms", beside=beside)


def main() -> None:
    logging.getLogger("frontdesk").setLevel(logging.ERROR)  # each broken edit is told, as it should be
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(measure(Path(name)))


if __name__ == "__main__":
    main()
