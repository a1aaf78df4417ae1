"""`frontdesk replay`: makes stored calls again, and says where they are not what was stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.bootstrap.places import database_url
from frontdesk.cli.check import printable
from frontdesk.cli.options import BadOption, content_folder
from frontdesk.replaying.comparing import compare
from frontdesk.replaying.errors import CannotReplay, Damaged
from frontdesk.replaying.masking import Mask
from frontdesk.replaying.showing import both_sides, dialogue, difference
from frontdesk.replaying.sides import Sides, verdict
from frontdesk.replaying.stored import Contents, Moment, StoredCall, read_call
from frontdesk.replaying.verifying import Replayed, replay_stored
from frontdesk.settings import Settings
from fsm.counted import counted
from fsm.errors import EngineError
from integrations.records.opening import open_database
from integrations.records.port import CallRecord, Records
from integrations.records.sql_records import SqlRecords

__all__ = ["ReplayOptions", "replay_calls"]

_A_DAY = dt.timedelta(days=1)
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class ReplayOptions:
    """As given on the command line. One of `call_id`, `everything` and `since` says which calls."""

    call_id: str | None = None
    everything: bool = False
    since: str | None = None
    db: str | None = None
    edited: Path | None = None
    show_personal: bool = False


@dataclass(slots=True)
class _Counts:
    """How many calls came out how."""

    same: int = 0
    differ: int = 0
    not_made: int = 0
    damaged: int = 0


async def replay_calls(options: ReplayOptions, stdout: TextIO) -> int:
    """Replays the calls that the options name, and prints what came of it. Returns the exit code.

    0: all are the same; 1: some are not, or are damaged, or the one that was named cannot be replayed. Against an edited
    folder: 1 when some would go another way.

    Raises BadOption, SettingsProblem, ContentProblems for the edited folder, and what the records raise.
    """
    since = _since(options)
    if options.edited is not None:
        content_folder(options.edited, "--with names one")
    database = await open_database(options.db or database_url(Settings.from_environment()), create=False)
    try:
        records = SqlRecords(database)
        if options.edited is not None:
            return await _compare(records, options, options.edited, since, stdout)
        return await _verify(records, options, since, stdout)
    finally:
        await database.close()


async def _verify(records: Records, options: ReplayOptions, since: dt.datetime | None, stdout: TextIO) -> int:
    contents, counts = Contents(records), _Counts()
    async for record in _chosen(records, options, since):
        try:
            call = await read_call(records, record)
            if since is not None and call.wall < since:
                continue
            made = replay_stored(call, await contents.of(call))
        except CannotReplay as error:
            counts.not_made += 1
            counts.damaged += isinstance(error, Damaged)
            _print(stdout, f"{record.id}: cannot be replayed. {error}")
            continue
        counts.same += not made.differences
        counts.differ += bool(made.differences)
        if options.call_id is not None or made.differences:
            _show(call, made, options, stdout)
    _print(stdout, _summary(counts))
    return 1 if counts.differ or counts.damaged or (options.call_id is not None and counts.not_made) else 0


async def _compare(records: Records, options: ReplayOptions, edited: Path, since: dt.datetime | None, stdout: TextIO) -> int:
    moment = Moment()
    content = load_content(Folders(edited), moment)
    contents, counts = Contents(records, moment), Sides()
    chosen = [record async for record in _chosen(records, options, since)]
    ours = _of_business(chosen, content.business.name) if options.call_id is None else chosen
    zone = content.business.zone
    others = (record for record in chosen if record not in ours)
    counts.of_others = sum(since is None or record.started_at.astimezone(zone).replace(tzinfo=None) >= since for record in others)
    for record in ours:
        try:
            call = await read_call(records, record)
            if since is not None and call.wall < since:
                continue
            found = await compare(call, await contents.of(call), content, moment)
        except (CannotReplay, EngineError) as error:
            counts.not_made += 1
            _print(stdout, f"{record.id}: cannot be replayed. {error}")
            continue
        counts.add(found)
        if found.parts is None and found.words is None and options.call_id is None:
            continue
        mask = Mask(show=options.show_personal)
        mask.learn(found.before)
        mask.learn(found.after)
        _print(stdout, f"{record.id}, {call.wall:%Y-%m-%d %H:%M}: {verdict(found, record.outcome)}")
        for text in both_sides(found, mask):
            _print(stdout, text)
    _print(stdout, str(counts))
    return 1 if counts.parted or (options.call_id is not None and counts.not_made) else 0


def _of_business(records: Sequence[CallRecord], name: str) -> list[CallRecord]:
    """The calls of one business, where there are those of several; where all are of one, it is that one, whatever the edit calls it."""
    if len({record.business for record in records}) < _SEVERAL:
        return list(records)
    return [record for record in records if record.business == name]


def _show(call: StoredCall, made: Replayed, options: ReplayOptions, stdout: TextIO) -> None:
    mask = Mask(show=options.show_personal)
    mask.learn(made.course)
    _print(stdout, f"{call.record.id}, {call.wall:%Y-%m-%d %H:%M}, content {call.record.graph}")
    if options.call_id is not None:
        for text in dialogue(made.course, mask):
            _print(stdout, text)
    for found in made.differences:
        _print(stdout, difference(found, mask))


def _summary(counts: _Counts) -> str:
    made = counts.same + counts.differ
    if not made + counts.not_made:
        return "No such calls are stored."
    said = f"{counted(made, 'call')} replayed"
    if made:
        said += f": {'all the same to the byte' if not counts.differ else f'{counts.same} the same to the byte, {counts.differ} not'}"
    return f"{said}{f'; {counts.not_made} could not be' if counts.not_made else ''}."


async def _chosen(records: Records, options: ReplayOptions, since: dt.datetime | None) -> AsyncIterator[CallRecord]:
    """The calls that the options name, oldest first."""
    if options.call_id is not None:
        record = await records.call(options.call_id)
        if record is None:
            raise BadOption(f"No call {options.call_id} is stored there; --all replays every one.")
        yield record
        return
    earliest = None if since is None else since.replace(tzinfo=dt.UTC) - _A_DAY  # in whatever zone the business is
    for record in reversed(await records.calls(limit=None, since=earliest)):
        yield record


def _since(options: ReplayOptions) -> dt.datetime | None:
    if sum((options.call_id is not None, options.everything, options.since is not None)) != 1:
        raise BadOption("Name one call by its id, or say --all, or --since 2026-06-01.")
    if options.since is None:
        return None
    try:
        return dt.datetime.fromisoformat(options.since).replace(tzinfo=None)
    except ValueError as error:
        raise BadOption(f"“{options.since}” is no date; write it as 2026-06-01.") from error


def _print(stdout: TextIO, text: str) -> None:
    print(printable(text, stdout), file=stdout)
