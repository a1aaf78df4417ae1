"""A state that asks gives up some time, and leads somewhere else then."""

from __future__ import annotations

from collections.abc import Iterator

from fsm.checks.finding import Finding, Place
from fsm.checks.subject import Subject
from fsm.checks.wording import quoted

__all__ = ["check_limits"]


def check_limits(subject: Subject) -> Iterator[Finding]:
    """no-else, no-limit, limit-to-itself. A limit whose value was wrong is not missing besides."""
    if "limits" in subject.absent:
        return
    for name, state in subject.spec.states.items():
        if state.ask is None or state.end is not None:
            continue
        place: Place = ("states", name)
        limits = subject.limits[name]
        misread = {str(part[-1]) for part in subject.incomplete if part[:-1] in {("limits",), (*place, "limits")}}
        if "else" not in misread and "silent" not in misread and (limits.else_ is None or limits.silent is None):
            key, when = ("else", "was not understood") if limits.else_ is None else ("silent", "says nothing")
            message = f"The state {quoted(name)} does not say where the call goes when the caller {when}."
            yield Finding("no-else", place, message, f"Add “{key}: ” and a state to “limits”, here or at the top of the file.")
        for key in ("attempts", "silences", "silence_s"):
            if getattr(limits, key) is None and key not in misread:
                message = f"The state {quoted(name)} has no limit {quoted(key)}, so it could go on for ever."
                example = "8" if key == "silence_s" else "3"
                yield Finding(
                    "no-limit", place, message, f"Add “{key}” to “limits”, here or at the top of the file, as “{key}: {example}”."
                )
        for key, target in (("else", limits.else_), ("silent", limits.silent)):
            if target is not None and subject.resolve(target) == name:
                message = f"When the state {quoted(name)} gives up, it leads to itself."
                own = subject.limit_place(name, key)
                yield Finding("limit-to-itself", own if own[0] == "states" else place, message, f"Lead “{key}” to another state.")
