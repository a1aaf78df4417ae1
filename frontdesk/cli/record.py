"""`frontdesk record`: a call that was held, as a file in calls/ that holds it again."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TextIO

from frontdesk.bootstrap.places import database_url
from frontdesk.cli.options import BadOption
from frontdesk.cli.quiet import quiet
from frontdesk.rehearsing.errors import CaseProblems, NotRecorded
from frontdesk.rehearsing.reading import read_callers
from frontdesk.rehearsing.recording import Recorded, StoredCall, load_call, record
from frontdesk.rehearsing.stages import Stages
from frontdesk.rehearsing.suite import cases_of_file, folder_of_cases, rehearse
from frontdesk.settings import Settings
from fsm.counted import counted
from integrations.records.opening import open_database
from integrations.records.sql_records import SqlRecords

__all__ = ["record_call"]


def record_call(
    business_dir: Path | None, stdout: TextIO, stderr: TextIO, *, call_id: str | None, db: str | None, out: Path | None, real: bool
) -> int:
    """Writes the call with this id, or the last one, to a file or to `stdout`. Returns the exit code 0.

    Raises BadOption, ContentProblems, SettingsProblem and StorageError.
    """
    if out is not None and out.exists():
        raise BadOption(f"{out} exists already; name another file.")
    url = db or database_url(Settings.from_environment())
    with Stages(business_dir) as stages, quiet():
        try:
            recorded = asyncio.run(_record(business_dir, stages, url, call_id, real))
        except NotRecorded as error:
            raise BadOption(str(error)) from error
    if out is None:
        stdout.write(recorded.text)
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(recorded.text, encoding="utf-8")
    print(f"{counted(recorded.turns, 'turn')}{f' in {out}' if out is not None else ''}. {_people(recorded, real)}", file=stderr)
    if recorded.otherwise is not None:
        print(
            f"From turn {recorded.otherwise} on it does not go as it went: the content or the calendar was another then, or it matters "
            "who rings. The file says how it goes now; look whether that is what you want.",
            file=stderr,
        )
    return 0


async def _record(business_dir: Path | None, stages: Stages, url: str, call_id: str | None, real: bool) -> Recorded:
    stage = stages.of({})
    stored = await _stored(url, call_id, stage.content.business.name)
    callers, problems = read_callers(folder_of_cases(business_dir) / "calls")
    if problems or stored.language not in callers:
        raise BadOption(str(problems[0]) if problems else f"There is no caller who speaks “{stored.language}” in calls/callers.yaml.")
    recorded = await record(stored, stage, callers[stored.language], real=real)
    await _passes(recorded, stages)
    return recorded


async def _stored(url: str, call_id: str | None, business: str) -> StoredCall:
    database = await open_database(url, create=False)
    try:
        records = SqlRecords(database)
        if call_id is None:
            call = next((call for call in await records.calls(limit=1000) if call.business == business), None)
        else:
            call = await records.call(call_id)
        if call is None:
            which = f"no call {call_id}" if call_id is not None else f"no call of {business}"
            raise BadOption(f"There is {which} in {database.where}; hold one with frontdesk call, or name the database with --db.")
        return await load_call(records, call)
    finally:
        await database.close()


async def _passes(recorded: Recorded, stages: Stages) -> None:
    """Raises NotRecorded where the file does not go as it says: it is worth nothing then."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-") as folder:
        file = Path(folder) / "calls" / "recorded.yaml"
        file.parent.mkdir()
        file.write_text(recorded.text, encoding="utf-8")
        try:
            cases = cases_of_file(file, stages.of({}).content.business.languages)
        except CaseProblems as error:
            raise NotRecorded(f"This call does not make a file: {error}") from error
        for case in cases:
            played = await rehearse(case, stages)
            if played.wrong:
                raise NotRecorded(f"This call does not go the same way twice: {played.wrong[0]}.")


def _people(recorded: Recorded, real: bool) -> str:
    if real:
        return "It holds the real names and numbers: keep it where such things are kept."
    if not recorded.disguised:
        return "Nobody was named in it; read what the caller said before you pass it on."
    *others, last = recorded.disguised
    invented = f"{', '.join(others)} and {last}" if others else last
    return f"Invented in it: {invented}; read what else the caller said before you pass it on."
