"""A stored call held against an edited content: whether it would go another way, and from which turn.

The caller does again what they did. Words and keys are read by the rules of the edited content; where those read the same as the
rules of the content the call began with, what was understood then stands, a model's reading included. Actions come out as
they did as long as the same is asked with the same facts; what the business itself answers is answered by the edited one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from dataclasses import dataclass, field, replace

from frontdesk.conversation.ports import Content
from frontdesk.conversation.storing import known_at_start
from frontdesk.replaying.course import Course, Taken
from frontdesk.replaying.outcomes import answer_of_content, asked
from frontdesk.replaying.stored import Moment, StoredCall
from fsm.effects import Run
from fsm.errors import EngineError
from fsm.events import ActionFinished, CallStarted, Event, KeyPressed, Spoke
from fsm.proposals import Proposal
from fsm.view import View

__all__ = ["Compared", "compare", "differences_of"]


@dataclass(slots=True)
class Compared:
    """Both sides of a call. `parts` is the turn from which it goes another way, `words` the first that is said otherwise.

    `stops` says why the edited side was not followed to the end of the call, empty where it was.
    """

    before: Course
    after: Course
    parts: int | None = None
    words: int | None = None
    stops: str = ""


@dataclass(slots=True)
class _Journal:
    """What happened in the stored call: what came in, seen from which view, and how actions came out."""

    inputs: list[tuple[Event, View | None, Taken | None]] = field(default_factory=list)
    """Each with the turn that it began, if it did."""
    outcomes: dict[str, deque[ActionFinished]] = field(default_factory=lambda: defaultdict(deque))
    unanswered: set[str] = field(default_factory=set)


async def compare(call: StoredCall, own: Content, edited: Content, moment: Moment) -> Compared:
    """Holds the call against an edited content. `moment` is the clock of both contents.

    Raises EngineError where the call cannot be made again with its own content.
    """
    course, journal = _as_it_was(call, own)
    started = call.started
    language = started.language if started.language in edited.business.languages else edited.business.default_language
    found = Compared(course, Course(edited, call.record.id, language))
    for event, seen, before in journal.inputs:
        if found.after.call.ended:
            break
        moment.now = dt.datetime.fromisoformat(event.at)
        try:
            asks_for = await _through(found.after, await _taken_in(event, seen, own, found.after), journal)
        except (EngineError, KeyError):
            found.stops = "the edited graph cannot go on"
            found.parts = found.parts if found.parts is not None else _number(found.after)
            break
        if asks_for is None and before is not None:
            _note(found, before)
        if asks_for is not None:
            found.stops = f"what would come of {asks_for.action} is not known: the call did not ask for it with these facts"
            if asked(asks_for, edited) in journal.unanswered:
                found.stops = "the stored call was cut off here"
            elif found.parts is None:
                found.parts = _number(found.after)
            break
    return found


def differences_of(before: Taken, after: Taken, contents: tuple[Content, Content]) -> list[str]:
    """What is another way in a turn, in words; empty where only sentences differ, or nothing."""
    common = [
        name for name in contents[0].graph.facts if name in contents[1].graph.facts and contents[0].graph.facts[name].type != "switch"
    ]
    found = []
    if before.ended != after.ended:
        found.append("the call goes on" if not after.ended else "the call ends")
    elif before.asks != after.asks:
        found.append(f"asks for {after.asks or 'nothing'}, not {before.asks or 'nothing'}")
    if before.actions != after.actions:
        found.append(f"does {_done(after)}, not {_done(before)}")
    if before.language != after.language:
        found.append(f"speaks {after.language}, not {before.language}")
    if before.offered != after.offered:
        found.append("offers other times")
    names = [name for name in common if before.facts.get(name) != after.facts.get(name)]
    if names:
        found.append(f"knows something else of {', '.join(names)}")
    if before.state != after.state and before.said != after.said and not found:  # with the same words it has only another name
        found.append(f"is in {after.state}, not in {before.state}")
    return found


# --- inside -----------------------------------------------------------------------------------------------------------


def _as_it_was(call: StoredCall, own: Content) -> tuple[Course, _Journal]:
    """The call with its own content, and what can be taken from its journal."""
    course, journal = Course(own, call.record.id, call.started.language, call.graph), _Journal()
    running: dict[str, str] = {}
    for event in call.events:
        seen, turns = course.view if course.turns else None, len(course.turns)
        running |= {run.id: asked(run, own) for run in course.feed(event)}
        if not isinstance(event, ActionFinished):
            journal.inputs.append((event, seen, course.turns[-1] if len(course.turns) > turns else None))
        elif event.id in running:
            journal.outcomes[running.pop(event.id)].append(event)
    journal.unanswered |= set(running.values())
    return course, journal


async def _taken_in(event: Event, seen: View | None, own: Content, after: Course) -> Event:
    """The event as the edited content takes it in."""
    edited = after.content
    if isinstance(event, CallStarted):
        return replace(event, language=after.call.language, facts=known_at_start(edited), content=edited.digest)
    if not isinstance(event, Spoke | KeyPressed):
        return event

    async def read(content: Content, view: View) -> Proposal:
        if isinstance(event, Spoke):
            return await content.brain.read(event.text, view)
        return await content.brain.read_key(event.key, view)

    now = await read(edited, after.view)
    if not _same(now, event.proposal) and seen is not None and _same(now, await read(own, seen)):
        now = event.proposal  # the edit changes nothing in how this is read, and then somebody else read it: a model, an older program
    return replace(event, proposal=replace(now, generation=after.call.generation))


def _same(one: Proposal, other: Proposal) -> bool:
    return replace(one, generation=0) == replace(other, generation=0)


async def _through(after: Course, event: Event, journal: _Journal) -> Run | None:
    """Takes an event in, and everything that it brings about. Returns the action of which nobody knows how it would come out."""
    waiting: list[Event] = [event]
    while waiting:
        due = waiting.pop(0)
        for run in after.feed(due):
            finished = await answer_of_content(run, after.content, due.at)
            if finished is None:
                known = journal.outcomes[asked(run, after.content)]
                if not known:
                    return run
                # What only looks may be asked again; what writes is done as often as it was done.
                again = len(known) == 1 and not after.content.graph.catalogue[run.action].writes
                finished = known[0] if again else known.popleft()
            waiting.append(replace(finished, id=run.id))
    return None


def _note(found: Compared, before: Taken) -> None:
    """Compares the last turn of the edited side with that of the stored call."""
    after = found.after.turns[-1]
    if found.parts is None and differences_of(before, after, (found.before.content, found.after.content)):
        found.parts = after.number
    if found.words is None and before.said != after.said:
        found.words = after.number


def _number(course: Course) -> int:
    return course.turns[-1].number if course.turns else 0


def _done(turn: Taken) -> str:
    return ", ".join(f"{name}: {outcome}" for name, outcome in turn.actions) or "nothing"
