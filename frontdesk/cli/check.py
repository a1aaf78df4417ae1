"""`frontdesk check`: everything that is wrong with what product owners edit, at once, before any call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TextIO

from frontdesk.cli.kept_reports import KeptReports, Told

__all__ = ["check", "printable"]


def check(business_dir: Path | None, stdout: TextIO, *, as_json: bool = False, kept: KeptReports | None = None) -> int:
    """Checks a business folder, or the defaults without one. Returns the exit code: 2 when there are problems, else 0.

    Prints a problem a line (`file:line:column: code: sentence hint`) and a summary; with `as_json` one JSON object. What is `kept` of
    the same content is printed again.
    """
    told = _checked(business_dir) if kept is None else _known_or_checked(business_dir, kept)
    if as_json:
        # Escaped: it reads the same whatever the terminal's encoding.
        print(json.dumps(told.content), file=stdout)
    else:
        for line in told.lines:
            print(printable(line, stdout), file=stdout)
    return told.code


def _known_or_checked(business_dir: Path | None, kept: KeptReports) -> Told:
    key = kept.key(business_dir)
    told = kept.find(key)
    if told is None:
        told = _checked(business_dir)
        if key == kept.key(business_dir):  # else files were saved meanwhile, and nobody knows which of them were read
            kept.keep(key, told)
    return told


def _checked(business_dir: Path | None) -> Told:
    from frontdesk.bootstrap.kept_readings import READINGS, KeptReadings  # only now: loading all this takes longer than finding a report
    from frontdesk.checking.memo import UNDERSTOOD, Memo
    from frontdesk.cli.examining import examine
    from frontdesk.processes import processors

    return examine(business_dir, Memo(UNDERSTOOD), kept=KeptReadings(READINGS), processes=processors()).told


def printable(text: str, stdout: TextIO) -> str:
    """On one line, and with nothing that the output cannot show or that would move the cursor."""
    plain = "".join(char if char.isprintable() else "�" for char in text)
    encoding = stdout.encoding or "utf-8"
    return plain.translate(_PLAIN_SIGNS if not _can_show("“”→…�", encoding) else {}).encode(encoding, "replace").decode(encoding)


_PLAIN_SIGNS: Final[Mapping[int, str]] = {ord("“"): '"', ord("”"): '"', ord("→"): "->", ord("…"): "...", ord("�"): "?", ord("’"): "'"}


def _can_show(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
