"""Free replies of a model, and a single meaning that is asked for: what is taken, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fsm import Act, Doubt, Option, Proposal, ProposedFact
from fsm.effects import SayFreely
from fsm.events import KeyPressed, Spoke
from fsm.journal import event_from_json, event_to_json
from tests.fsm.playing import AT, SMALL, Played, graph_of, options, small_graph, windows

FREE = SMALL.replace("  hello:\n", "  hello:\n    free: true\n")
REPLY = ("Voilà une belle journée.", "Je vous écoute.")


def _replied(
    call: Played, *, reply: tuple[str, ...] = REPLY, facts: tuple[ProposedFact, ...] = (), acts: tuple[Act, ...] = ()
) -> list[SayFreely]:
    call.feed(Spoke(AT, "il fait beau", Proposal(call.view.generation, facts, acts, by="model", reply=reply)))
    return [effect for effect in call.last.effects if isinstance(effect, SayFreely)]


def test_a_free_reply_is_said_and_the_question_follows() -> None:
    """Where words are free they are said first, then the engine puts its own question; nobody has misunderstood anything."""
    call = Played(graph_of(FREE))
    said = _replied(call)
    assert [effect.sentences for effect in said] == [REPLY]
    assert call.said == ["hello.ask"]
    assert call.call.attempts == 0
    assert call.last.refusals == ()


def test_elsewhere_a_free_reply_is_refused() -> None:
    """In a state without `free: true` nothing of it is said, and the turn counts as not understood."""
    call = Played(small_graph())
    assert _replied(call) == []
    assert call.last.refusals == (("not-free", "reply"),)
    assert (call.said, call.call.attempts) == (["hello.reask"], 1)


def test_a_reply_gives_way_to_everything_else() -> None:
    """Where a fact or an act was taken, the engine's line is the answer; a fact that was refused claims nothing."""
    assert _replied(Played(graph_of(FREE)), facts=(ProposedFact("thing", "cut", "il fait"),)) == []
    call = Played(graph_of(FREE))
    assert _replied(call, acts=(Act("hold_on"),)) == []
    assert call.last.refusals == (("claimed", "reply"),)
    assert len(_replied(Played(graph_of(FREE)), facts=(ProposedFact("thing", "cut", "never said"),))) == 1


@pytest.mark.parametrize("reply", [("",), ("  ",), ("a" * 401,), ("Oui.",) * 4])
def test_what_nobody_can_listen_to_is_refused(reply: tuple[str, ...]) -> None:
    """No empty sentence, no lecture."""
    call = Played(graph_of(FREE))
    assert _replied(call, reply=reply) == []
    assert call.last.refusals == (("unspeakable", "reply"),)


def test_a_key_is_never_answered_with_free_words() -> None:
    """Free words answer words."""
    call = Played(graph_of(FREE))
    call.feed(KeyPressed(AT, "5", Proposal(call.view.generation, by="model", reply=REPLY)))
    assert call.last.refusals == (("unspeakable", "reply"),)


def test_a_reply_of_an_older_view_is_refused() -> None:
    """What was worded for another moment is not said."""
    call = Played(graph_of(FREE))
    call.feed(Spoke(AT, "il fait beau", Proposal(call.view.generation - 1, by="model", reply=REPLY)))
    assert not [effect for effect in call.last.effects if isinstance(effect, SayFreely)]


def test_a_reply_comes_back_from_the_journal() -> None:
    """The journal holds the sentences, and an event without them is stored as it always was."""
    event = Spoke(AT, "il fait beau", Proposal(3, by="model", reply=REPLY))
    assert event_from_json(event_to_json(event)) == event
    assert "reply" not in event_to_json(replace(event, proposal=Proposal(3)))


def _asked_whether(call: Played, value: str = "colour") -> Played:
    call.say("cacher mes blancs", doubts=(Doubt("thing", "cacher mes blancs", options(value)),))
    return call


def test_a_single_meaning_is_asked_for_and_yes_takes_it() -> None:
    """ "Do you mean a colour?": the caller's yes makes it a fact, with the caller's words."""
    call = _asked_whether(Played(small_graph()))
    assert call.said == ["hello.options"]
    call.say("oui", "yes")
    assert (call.call.facts["thing"].value, call.call.facts["thing"].words) == ("colour", "oui")


def test_a_single_meaning_that_is_not_meant_is_dropped() -> None:
    """No: it is asked openly again, and counts as one attempt."""
    call = _asked_whether(Played(small_graph()))
    call.say("non", "no")
    assert "thing" not in call.call.facts
    assert (call.said, call.call.attempts, call.view.mode) == (["hello.reask"], 1, "ask")


def test_a_single_meaning_is_still_one_that_can_be_chosen() -> None:
    """A time that is on offer no more cannot be agreed to."""
    call = Played(small_graph()).to_slot()
    call.say("avant midi", doubts=(Doubt("slot", "avant midi", (Option("2026-06-16T15:00", "quinze heures"),)),))
    call.say("plutôt mercredi, ou non", day=windows("17"))
    call.finish("found", offers=("2026-06-17T09:00",))
    call.say("oui", "yes")
    assert "slot" not in call.call.facts


def test_chatter_comes_to_an_end() -> None:
    """After as many free replies in a row as the state has attempts, its own line is said and every further turn is an attempt."""
    call = Played(graph_of(FREE))
    for _ in range(3):
        assert len(_replied(call)) == 1
    assert not call.view.free
    assert _replied(call) == []
    assert call.last.refusals == (("chatter", "reply"),)
    assert (call.said[-1], call.call.attempts) == ("hello.reask", 1)
    _replied(call)
    _replied(call)
    assert call.call.state != "hello"


def test_the_limit_of_replies_can_be_set() -> None:
    """`replies` under `limits`, of the state or of the graph."""
    call = Played(graph_of(FREE.replace("    free: true\n", "    free: true\n    limits: {replies: 1}\n")))
    assert len(_replied(call)) == 1
    assert _replied(call) == []


def test_something_said_begins_the_chat_anew() -> None:
    """An act or a fact between two replies: it is a conversation."""
    call = Played(graph_of(FREE))
    for _ in range(4):
        assert len(_replied(call)) == 1
        assert len(_replied(call)) == 1
        call.feed(Spoke(AT, "un instant", Proposal(call.view.generation, acts=(Act("hold_on"),))))
    assert call.view.free


def test_what_the_house_has_written_is_no_chatter() -> None:
    """A passage that answers a question may be quoted as often as somebody asks."""
    call = Played(graph_of(FREE))
    for _ in range(5):
        call.feed(Spoke(AT, "et le wifi", Proposal(call.view.generation, by="knowledge", reply=REPLY)))
        assert [effect for effect in call.last.effects if isinstance(effect, SayFreely)]
