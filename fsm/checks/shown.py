"""What is said, sent or done on the way is known by then, on every way that leads there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fsm.checks.finding import Finding, Place
from fsm.checks.subject import Subject
from fsm.checks.wording import any_of, quoted
from fsm.explore.search import Exploration
from fsm.showing import CALLERS_NUMBER, Shown, Text, needed_in

__all__ = ["check_shown", "texts_of"]

_WITHHELD = "caller: rings from a withheld number"


def texts_of(subject: Subject) -> tuple[Text, ...]:
    """What the exploration looks out for: the texts of calls, and what actions need that moves do on the way."""
    done = dict.fromkeys(placed.move.do for placed in subject.moves if placed.move.do in subject.catalogue)
    inputs = [_input(subject, str(action), str(action)) for action in done]
    inputs += [
        _input(subject, needed_in(name, action), action, state.ask)
        for name, state in subject.spec.states.items()
        if state.ask is not None
        for action in state.run
    ]
    return (*subject.texts, *(text for text in inputs if not text.always))


def _input(subject: Subject, name: str, action: str, asked: str | None = None) -> Text:
    """What an action works from, except what is just being asked for."""
    needs = subject.catalogue[action].needs & subject.spec.facts.keys() - {asked}
    return Text(name, (tuple(Shown(need, (need,)) for need in sorted(needs)),), None, action)


def check_shown(subject: Subject, found: Exploration) -> Iterator[Finding]:
    """shown-unknown: a text that nobody can say in some call. needs-not-known: an action that lacks what it works from.

    One finding for a text, with the shortest of the calls: a line is one, in however many states and languages it is said.
    """
    texts = found.walk.reading.texts
    told: set[str] = set()
    for index in sorted({index for index, _ in found.met.missing}):
        text = texts[index]
        known_by = text.called if text.at is not None else text.name
        if known_by in told:
            continue
        told.add(known_by)
        path = found.to(lambda met, index=index: any(index == one for one, _ in met.missing))  # type: ignore[misc]
        met = path.last if path is not None else found.met
        state, region = next((state, region) for (one, state), region in met.missing.items() if one == index)
        missing = found.walk.reading.lacking(index, region)
        finding = _finding(subject, text, missing, state)
        if path is not None:
            withheld = (_WITHHELD,) if any(CALLERS_NUMBER in shown.sources for shown in missing) else ()
            finding = replace(finding, example=(*withheld, *path.dialogue_to_the_last, *finding.example))
        yield finding


def _finding(subject: Subject, text: Text, missing: tuple[Shown, ...], state: str) -> Finding:
    """The finding, with the last turn of its example."""
    if text.at is None:
        needs, action = any_of([shown.name for shown in missing], "and"), quoted(text.called)
        if text.called != text.name:
            place: Place = ("states", state, "run", subject.spec.states[state].run.index(text.called))
            message = f"The action {action} needs {needs}, which may be unknown in {quoted(state)}, so that it asks without it."
            hint = f"Add “{{if: {{{missing[0].name}: unknown}}, to: …}}” under “next”, with a state that asks for it."
            return Finding("needs-not-known", place, message, hint, (f"{text.called} does not run, and {state} asks",))
        message = f"The action {action} needs {needs}, which may be unknown where it is done on the way."
        hint = "Let a state run it, or do it only where all that it needs is known."
        return Finding("needs-not-known", _done(subject, text.name, state), message, hint, (f"{text.name} is about to run",))
    shown = " and ".join(f"{{{one.name}}}" for one in missing)
    if all(one.sources for one in missing):
        message = f"{text.called} shows {shown}, which can be unknown in the state {quoted(state)}."
        hint = "Put what shows it in [square brackets], add a wording without it, or lead here only once it is known."
    else:
        message = f"{text.called} shows {shown}, which is never known there."
        hint = "Remove it: nothing that a call knows at that moment says it."
    return Finding("shown-unknown", (), message, hint, (f"we: {text.said}, without {shown}",), text.at)


def _done(subject: Subject, action: str, state: str) -> Place:
    """Where the document has the move that does an action in a state."""
    return next((*placed.place, "do") for placed in subject.moves if placed.move.do == action and placed.state in {None, state})
