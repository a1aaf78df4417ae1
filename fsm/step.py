"""One step of a call: an event goes in, the next call and the effects come out. Pure, no clock, nothing waits.

`step(graph, call, event) -> Step(call, effects)`. A step is one synchronous commit (E2): facts, state, generation
and effects change together or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fsm.attempts import give_up
from fsm.call import Call
from fsm.conditions import holds
from fsm.draft import Draft, Look, Refusal
from fsm.effects import Effect, HangUp, Listen, Say, Transfer, UseLanguage
from fsm.errors import IllegalMove, Stale
from fsm.events import ActionFinished, CallStarted, Event, KeyPressed, LinesHeard, Silence, Spoke
from fsm.graph import Graph
from fsm.handling import HANDLERS
from fsm.hearing import asking_mode
from fsm.machine import GAVE_UP, NEXT
from fsm.moving import FRESH, QUESTION, REASK, run_action

__all__ = ["Step", "new_call", "step"]

MOST_MOVES: Final = 60
"""A step never makes more moves; a graph that wants more goes round in circles."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one event came to: the next call, what must be done, the moves made and what was refused, with reasons.

    `looked` are the conditions that were looked at, in order; a move whose condition held was taken.
    """

    call: Call
    effects: tuple[Effect, ...]
    moves: tuple[tuple[str, str], ...] = ()
    refusals: tuple[Refusal, ...] = ()
    looked: tuple[Look, ...] = ()


def new_call(graph: Graph, call_id: str, language: str) -> Call:
    """A call that has not been answered yet; the first event must be CallStarted."""
    return Call(id=call_id, graph=graph.digest, state=graph.spec.start, language=language)


def step(graph: Graph, call: Call, event: Event) -> Step:
    """Makes one step. An event after the end changes nothing, nor do words, keys and silences while an action runs.

    Raises Stale for a call that was begun with another version of the graph, and
    IllegalMove for a graph that goes round in circles, which `frontdesk check` reports before any call.
    """
    if call.ended:
        return Step(call, (), refusals=(("ended", type(event).__name__),))
    if call.graph != graph.digest:
        raise Stale(f"The call was begun with the graph {call.graph}; go on with that version of states.yaml, not with {graph.digest}.")
    refusal = _out_of_turn(call, event)
    if refusal is not None:
        return Step(call, (), refusals=(refusal,))
    draft = Draft(graph, call)
    draft.at = event.at
    HANDLERS[type(event)](draft, event)
    if isinstance(event, LinesHeard):  # we have spoken, and it is the caller's turn
        return Step(draft.freeze(), ())
    if not draft.ended:
        _settle(draft)
    if draft.language != call.language:
        _change_language(draft)
    _remember_lines(draft, event)
    return Step(draft.freeze(), tuple(draft.effects), tuple(draft.moves), tuple(draft.refusals), tuple(draft.looked))


def _out_of_turn(call: Call, event: Event) -> Refusal | None:
    """Why an event cannot be taken at this moment. It changes nothing and is not answered."""
    if call.path and isinstance(event, CallStarted):
        return "repeated", type(event).__name__
    if isinstance(event, ActionFinished) and event.id not in call.running:
        return "late", event.id
    if call.running and isinstance(event, Spoke | KeyPressed | Silence):
        # What an action works from cannot change under it; whoever carries the call feeds this again once it has finished.
        return "busy", type(event).__name__
    return None


def _change_language(draft: Draft) -> None:
    """Ears and voice change first; then, in the new language, what every caller must hear before anything else."""
    due_lines, draft.effects = draft.effects, [UseLanguage(draft.language)]
    if draft.graph.spec.on_language is not None and not draft.ended:
        draft.say(draft.graph.spec.on_language)
    draft.effects += due_lines


def _settle(draft: Draft) -> None:
    """Takes moves until the call waits for the caller, for an action, or for nothing any more."""
    for _ in range(MOST_MOVES):
        if draft.running:
            return
        if draft.spec.end is not None:
            _end(draft)
            return
        _say_in_passing(draft)
        draft.settling = True
        if draft.graph.machine.knows(NEXT, draft.state) and draft.graph.machine.fire(NEXT, draft):
            continue
        if _came_too_often(draft):
            continue
        if _run_what_is_missing(draft):
            return
        if draft.gone:
            draft.ended = "hung_up"
            return
        if draft.spec.ask is None:
            raise IllegalMove(f"The state “{draft.state}” waits for nothing and leads nowhere.")
        _ask(draft)
        return
    raise IllegalMove(f"The graph goes round in circles at the state “{draft.state}”.")


def _say_in_passing(draft: Draft) -> None:
    """A state that asks nothing and runs nothing says its lines when it is entered."""
    spec = draft.spec
    if spec.ask is None and not spec.run and draft.due == FRESH:
        _say_lines(draft)
        draft.due = ""


def _came_too_often(draft: Draft) -> bool:
    """Gives up a state that the same task has come back to again and again."""
    limit = draft.graph.limits[draft.state].visits
    if draft.due != FRESH or limit is None or draft.visits.get(draft.state, 0) <= limit or draft.spec.ask is None:
        return False
    if not draft.graph.machine.knows(GAVE_UP, draft.state):
        return False
    return give_up(draft)


def _run_what_is_missing(draft: Draft) -> bool:
    for name in draft.spec.run:
        action = draft.graph.catalogue[name]
        if name in draft.outcomes or not all(need in draft.facts for need in action.needs):
            continue
        if action.writes and not _agreed(draft):
            raise IllegalMove(f"“{name}” writes, and the caller has not said yes to these values.")
        run_action(draft, name)
        return True
    return False


def _agreed(draft: Draft) -> bool:
    agreed = draft.facts.get("agreed")
    return agreed is not None and agreed.value is True and draft.read_back == draft.digest("agreed")


def _ask(draft: Draft) -> None:
    """Says what is due, and the question of the state; then listens."""
    spec, what = draft.spec, draft.due
    if what == REASK and draft.reads_back and draft.read_back != draft.digest(str(spec.ask)):
        what = QUESTION  # "shall I?" is no question before the whole was heard
    draft.due = ""
    said = any(isinstance(effect, Say) for effect in draft.effects)
    if not what and not said and not draft.keypad:
        what = QUESTION  # always an utterance due (E6)
    if what:
        draft.asked = True
        if what == FRESH:
            _say_lines(draft)
        _put(draft, *_question(draft, what))
        if spec.ask and draft.graph.facts[spec.ask].type == "yes_no":
            draft.read_back = draft.digest(spec.ask)
    draft.must_have_said(draft.state)
    silence_s = draft.graph.limits[draft.state].silence_s
    draft.effects.append(Listen(silence_s if silence_s is not None else 8.0))


def _question(draft: Draft, what: str) -> tuple[str, int, bool]:
    """The kind of line that puts the question, its wording, and whether this is another question than the one before."""
    ask, mode = draft.spec.ask, asking_mode(draft)
    if mode == "read_back":
        return "read_back", draft.attempts, True
    if mode == "options":
        return "options", draft.attempts, draft.options != draft.before.options
    if ask in draft.so_far and what != REASK:
        return "so_far", 0, True
    if mode == "suggest":
        return "suggest", draft.attempts, what == FRESH
    if what == REASK:
        return "reask", max(draft.attempts - 1, 0), True
    return "ask", 0, what == FRESH or (draft.reads_back and draft.read_back != draft.digest(str(ask)))


def _put(draft: Draft, kind: str, variant: int, another: bool) -> None:
    """Puts the question; the same one again in its next wording, so that nobody hears the same words twice in a row."""
    line = f"{draft.state}.{kind}"
    if not another and draft.question == line:
        variant = max(variant, draft.times_put)
    draft.question, draft.times_put = line, variant + 1
    draft.say(line, variant)


def _say_lines(draft: Draft) -> None:
    for index, line in enumerate(draft.spec.say):
        held = holds(line.if_, draft, draft.graph.fact_names)
        draft.looked.append((draft.state, f"say[{index}]", held))
        if held:
            draft.say(line.line)


def _end(draft: Draft) -> None:
    if draft.due == FRESH:
        _say_lines(draft)
    draft.due = ""
    draft.must_have_said(draft.state)
    if draft.gone:
        draft.ended = "hung_up"
        return
    draft.ended = draft.spec.end or "hang_up"
    draft.effects.append(Transfer() if draft.ended == "transfer" else HangUp())


def _remember_lines(draft: Draft, event: Event) -> None:
    """Keeps the lines of the turn, so that "pardon?" can be answered with exactly them; "are you still there?" hides what came before."""
    if isinstance(event, Silence) and draft.state == draft.before.state:
        return
    said = tuple(effect for effect in draft.effects if isinstance(effect, Say))
    if isinstance(event, ActionFinished):
        draft.last_said = (*draft.last_said, *said)
    elif draft.asked or draft.running or draft.ended:  # otherwise it was "take your time", which is nothing to repeat
        draft.last_said = said
