"""`frontdesk doctor`: which parts of an installation are ready, which are not, and what to set. It changes nothing that matters."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final, TextIO

from frontdesk.bootstrap.content import Folders
from frontdesk.cli import doctor_checks as checks
from frontdesk.cli.check import printable
from frontdesk.cli.doctor_checks import Finding, Place, State
from frontdesk.settings import Settings

__all__ = ["doctor"]

_DEADLINE_S: Final = 6.0
"""No check of something elsewhere may take longer: a server that does not answer is a finding."""

_DEADLINE_HERE_S: Final = 30.0

_MARKS: Final = {State.READY: "ready", State.OFF: "not set up", State.BROKEN: "NOT READY"}


def doctor(business_dir: Path | None, settings: Settings, stdout: TextIO, *, as_json: bool = False) -> int:
    """Prints a line for each part. Returns 0 when a call in text works and everything that is set up works, else 1."""
    findings = asyncio.run(_examine(checks.look(Folders(business_dir), settings)))
    good = all(finding.state is not State.BROKEN for finding in findings)
    if as_json:
        print(json.dumps({"ready": good, "parts": [asdict(finding) for finding in findings]}), file=stdout)
        return 0 if good else 1
    width = max(len(finding.part) for finding in findings)
    for finding in findings:
        print(printable(f"{finding.part:<{width}}  {_MARKS[finding.state]:<10}  {finding.says}", stdout), file=stdout)
        if finding.todo:
            print(printable(f"{'':<{width}}  {'':<10}  → {finding.todo}", stdout), file=stdout)
    return 0 if good else 1


async def _examine(place: Place) -> Sequence[Finding]:
    here = {"content": checks.content, "database": checks.database, "call in text": checks.text_call, "messages": checks.messages}
    elsewhere = {
        "model": checks.model,
        "ears": checks.ears,
        "voice": checks.voice,
        "LiveKit": checks.livekit,
        "worker": checks.worker,
        "phone number": checks.phone,
    }
    found = [await _within_time(part, check(place), _DEADLINE_HERE_S) for part, check in here.items()]
    found += await asyncio.gather(*(_within_time(part, check(place), _DEADLINE_S) for part, check in elsewhere.items()))
    return found


async def _within_time(part: str, check: Awaitable[Finding], deadline_s: float) -> Finding:
    try:
        async with asyncio.timeout(deadline_s):
            return await check
    except TimeoutError:
        return Finding(part, State.BROKEN, f"no answer within {deadline_s:g} s")
