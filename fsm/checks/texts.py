"""Every line and every prompt that the graph names exists."""

from __future__ import annotations

from collections.abc import Iterator

from fsm.checks.finding import Finding, Place
from fsm.checks.subject import SHARED_LINES, Subject
from fsm.checks.wording import did_you_mean, quoted

__all__ = ["check_texts"]


def check_texts(subject: Subject) -> Iterator[Finding]:
    """missing-line, missing-prompt."""
    if subject.lines is not None:
        yield from _lines(subject)
    if subject.prompts is not None:
        for name, state in subject.spec.states.items():
            if state.prompt is not None and state.prompt not in subject.prompts:
                hint = did_you_mean(state.prompt, subject.prompts, f"Write it, in prompts/{state.prompt}.")
                yield Finding("missing-prompt", ("states", name, "prompt"), f"There is no prompt file {quoted(state.prompt)}.", hint)


def _lines(subject: Subject) -> Iterator[Finding]:
    known = subject.lines or ()
    for line, place in _named(subject):
        if line not in known:
            hint = did_you_mean(line, known, "Write it in prompts/lines, in every language.")
            yield Finding("missing-line", place, f"There is no line {quoted(line)}.", hint)
    for name in subject.spec.states:
        for line in subject.needed_lines(subject.spec, name):
            kind = line.rpartition(".")[2]
            if line in known or (kind in SHARED_LINES and f"default.{kind}" in known):
                continue
            message = f"The state {quoted(name)} needs the line {quoted(line)}, which does not exist."
            yield Finding("missing-line", ("states", name), message, "Write it in prompts/lines, in every language.")


def _named(subject: Subject) -> Iterator[tuple[str, Place]]:
    if subject.spec.on_language is not None:
        yield subject.spec.on_language, ("on_language",)
    for placed in subject.moves:
        for index, line in enumerate(placed.move.say):
            yield line, (*placed.place, "say", index)
    for name, state in subject.spec.states.items():
        for index, said in enumerate(state.say):
            yield said.line, ("states", name, "say", index, "line")
