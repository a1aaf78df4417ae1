"""What is reported to the carrier of a call: an effect as an output, a turn as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from frontdesk.conversation.outputs import ActionDone, Ended, LanguageChanged, Line, Listening, Output, Turn
from frontdesk.conversation.ports import Speaker
from fsm.call import Call
from fsm.effects import Effect, HangUp, Listen, Say, Transfer, UseLanguage
from fsm.graph import Graph
from fsm.view import View

__all__ = ["output_of", "turn_of"]


def output_of(effect: Effect, speaker: Speaker, at: dt.datetime) -> Output:
    """An effect that is to be carried out by the carrier.

    `at` is the moment of the event, in the zone of the business: what is said rests on the journal alone.
    """
    if isinstance(effect, Say):
        return Line(effect.id, speaker.say(effect, at), effect.line, effect.language, effect.interruptible)
    if isinstance(effect, Listen):
        return Listening(effect.silence_s)
    if isinstance(effect, UseLanguage):
        return LanguageChanged(effect.language)
    if isinstance(effect, Transfer):
        return Ended("transfer")
    if isinstance(effect, HangUp):
        return Ended("hang_up")
    raise AssertionError(effect)


def turn_of(call: Call, seen: View, said: Sequence[Line], done: Sequence[ActionDone], graph: Graph) -> Turn:
    """A turn, whole, from the call after it: what was said and done in it, and what is known and asked now."""
    facts = {name: {"value": fact.value, "source": fact.source.value} for name, fact in call.facts.items() if graph.facts[name].shown}
    return Turn(
        turn=call.turn,
        state=call.state,
        language=call.language,
        said=tuple(line.text for line in said),
        asks=seen.asks,
        offered=tuple(str(offer["start"]) for offer in seen.offers) if seen.asks else (),
        facts=facts,
        actions=tuple({"name": action.action, "outcome": action.outcome} for action in done),
        ended=bool(call.ended),
    )
