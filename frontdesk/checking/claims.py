"""Sentences of an owner's own that say that something is done before it is: "you're booked", where nothing need be booked by then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from frontdesk.prompting.line_checks import STATE_LINES
from frontdesk.prompting.lines import Line, Lines
from frontdesk.prompting.reasons import PRECISE
from frontdesk.prompting.success import claims_success, may_claim
from fsm.checks.subject import Subject
from fsm.checks.unwritten import done_by_writing, lines_before_writing
from fsm.checks.wording import any_of
from fsm.problems import Problem

__all__ = ["check_claims"]

_OF_OLD: Final = frozenset({"appointment", "appointments", "old_service", "old_slot", "old_name"})
"""Placeholders of an appointment that the caller has: it is booked, and may be called so."""


def check_claims(lines: Lines, subject: Subject) -> Iterator[Problem]:
    """result-not-done: a line that can be said before anything was booked, moved or cancelled, and whose words say that it was."""
    names = lines_before_writing(subject)
    said = {name for name in names if not name.endswith(".")}
    said |= {f"{name}{kind}" for name in names - said for kind in STATE_LINES}
    said |= {precise for name in said for precise in PRECISE.get(name, ())}
    for line in lines:
        if line.name in said or line.name.startswith("default."):
            yield from _problems(line, subject)


def _problems(line: Line, subject: Subject) -> Iterator[Problem]:
    if not may_claim(" ".join([template.literal for wording in line.wordings for template in wording.templates]), line.language):
        return
    for wording in line.wordings:
        claims = (claims_success(one.written, line.language, of_old=not _OF_OLD.isdisjoint(one.placeholders)) for one in wording.templates)
        if claim := next(filter(None, claims), ""):
            done = any_of(f"{action}: {outcome}" for action, outcome in sorted(done_by_writing(subject)))
            message = f"The line “{line.name}” says that it is done (“{claim}”), but {done} need not have come by then."
            hint = "Say it where it is done, in the line of the state that the call comes to afterwards; here, say what comes next."
            yield Problem("result-not-done", *wording.place, message, hint)
