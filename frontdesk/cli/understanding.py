"""`frontdesk understand` with the words, hours and holidays of a business."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from pathlib import Path

from frontdesk.bootstrap.clock import machine_clock
from frontdesk.bootstrap.errors import ContentProblems
from frontdesk.bootstrap.reading import Folders
from frontdesk.business import Business
from frontdesk.business.loader import read_business
from frontdesk.cli.understand import run

__all__ = ["understand_lines"]


def understand_lines(as_: str, language: str, now: str | None, country: str | None, choices: str | None, folder: Path | None) -> int:
    """Reads standard input to its end. Returns the exit code. Raises BadOption, and ContentProblems for a business that cannot be read."""
    business, problems = read_business(*Folders(folder).file("business.yaml"))
    if business is None or problems:
        raise ContentProblems(problems)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # a carriage return is no end of a line
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    return run(
        sys.stdin,
        sys.stdout,
        as_=as_,
        language=language,
        now=now,
        country=country,
        choices=choices,
        clock=machine_clock,
        zone=business.zone,
        vocabulary=lambda spoken: _services(business, spoken),
        hours=business.hours_of,
        holidays=business.holidays,
        business_country=business.country,
    )


def _services(business: Business, language: str) -> Mapping[str, tuple[str, ...]]:
    """What services are called; a vague word belongs to every service that it may mean."""
    if language not in business.languages:
        return {}  # days and numbers are understood all the same
    words = dict(business.vocabulary(language))
    for family_id, vague in business.family_vocabulary(language).items():
        for service in business.family_answers(family_id, language):
            words[service] = (*words[service], *vague)
    return words
