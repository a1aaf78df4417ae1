"""What a move does to a call besides changing its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from fsm.effects import Run
from fsm.facts import Fact, Origin
from fsm.spec import MoveSpec

if TYPE_CHECKING:
    from fsm.draft import Draft

__all__ = ["CUT", "FRESH", "QUESTION", "REASK", "arrive", "due", "leave_by", "made_run", "run_action", "stayed_by"]

FRESH: Final = "fresh"
"""The state was just entered, or its actions have new outcomes: its lines, then its question."""
QUESTION: Final = "question"
"""Something else was dealt with: the question once more."""
REASK: Final = "reask"
"""The answer was not understood: the question in other words."""
_REMEMBERED: Final = ("last_slot", "taken_back")
"""What actions are told of times that were chosen and dropped: with another service or person, or with another day."""
_WEIGHT: Final = {"": 0, REASK: 1, QUESTION: 2, FRESH: 3}


CUT: Final = "?"
"""Before the digest of a read-back that the caller did not hear to its end: it equals no digest."""


def due(draft: Draft, what: str) -> None:
    """Makes a question due; the fullest one wins."""
    if _WEIGHT[what] > _WEIGHT[draft.due]:
        draft.due = what


def leave_by(draft: Draft, move: MoveSpec) -> None:
    """Says the lines of a move while everything is still known, then forgets and sets what it says."""
    for line in move.say:
        draft.say(line)
    draft.forget(move.forget)
    for name, value in move.set.items():
        draft.learn(name, Fact(value, Origin.RECORD, draft.turn))


def arrive(draft: Draft, source: str, target: str) -> None:
    """A state is entered: its counts begin anew, and its lines are due."""
    if draft.settling:
        draft.must_have_said(source)
    draft.happens("state", target)
    draft.moves.append((source, target))
    draft.path.append(target)
    draft.visits[target] = draft.visits.get(target, 0) + 1
    draft.attempts = 0
    draft.replies = 0
    draft.keypad = ""
    draft.due = FRESH
    achieves = draft.graph.states[target].achieves
    if achieves:
        draft.achieved.append(achieves)


def stayed_by(draft: Draft, move: MoveSpec) -> None:
    """A move that stays answers the act, and puts the question again unless it says otherwise."""
    if not move.stay:
        return
    act = draft.act.name if draft.act else ""
    if move.do:
        run_action(draft, move.do)
    if act == "asks_repeat":
        repeat(draft)
    elif act == "refuses_offers":
        _remember_refused(draft)
    elif act == "switch_language" and draft.act:
        _speak(draft, str(draft.act.args.get("to", draft.language)))
    if move.ask_again:
        due(draft, QUESTION)


def _speak(draft: Draft, language: str) -> None:
    """Whoever asks whether their language is spoken hears yes, also where it is the one of the call already."""
    if language == draft.language and draft.language == draft.before.language and draft.graph.spec.on_language is not None:
        draft.say(draft.graph.spec.on_language)
    draft.language = language


def run_action(draft: Draft, name: str) -> None:
    """Starts an action; the step ends here and goes on when it has finished."""
    draft.happens("action", name)
    run_id = draft.next_id()
    draft.running[run_id] = name
    draft.effects.append(made_run(draft, run_id, name, draft.act.args if draft.act else {}))


def made_run(draft: Draft, run_id: str, name: str, args: Mapping[str, Any]) -> Run:
    """The effect that runs an action. Who calls is never an argument that was proposed: the line knows, or nobody does."""
    timeout_s = draft.graph.catalogue[name].timeout_s
    known = {key: value for key, value in args.items() if key not in {"caller", *_REMEMBERED}}
    if draft.caller:
        known["caller"] = draft.caller
    known.update({key: draft.values[key] for key in _REMEMBERED if key in draft.values})
    return Run(
        run_id,
        name,
        draft.key_of(name),
        timeout_s,
        dict(draft.facts),
        dict(draft.lists),
        known,
        tuple(draft.refused),
        tuple(draft.refused_near),
    )


def repeat(draft: Draft) -> None:
    """Says the last lines again, word for word; no count changes. A read-back that was cut short is now heard after all."""
    for line in draft.last_said:
        draft.effects.append(replace(line, id=draft.next_id()))
        if line.line == f"{draft.state}.ask":
            draft.read_back = draft.read_back.removeprefix(CUT)


def _remember_refused(draft: Draft) -> None:
    starts = [str(offer["start"]) for offer in draft.lists.get("offers", ())]
    draft.refused += [start for start in starts if start not in draft.refused]
    draft.refused_near += [start for start in starts if start not in draft.refused_near]
