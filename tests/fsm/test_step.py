"""Turns, silences, limits, keys, actions and the end of a call."""

from __future__ import annotations

import dataclasses

import pytest

from fsm import Act, Fact, IllegalMove, Origin, outcome, step
from fsm.effects import HangUp, Listen, Say, UseLanguage
from fsm.errors import Stale
from fsm.events import ActionFinished, CallStarted, Faulted, HungUp, Spoke
from fsm.proposals import Proposal
from tests.fsm.playing import AT, SMALL, Played, graph_of, small_graph, windows


@pytest.fixture
def call() -> Played:
    return Played(small_graph())


def test_greeting(call: Played) -> None:
    """Turn 0 greets, asks and listens for as long as the graph says."""
    assert call.said == ["hello.greeting", "hello.ask"]
    assert call.last.effects[-1] == Listen(7)
    assert (call.call.turn, call.call.path) == (0, ("hello",))


def test_second_start_is_refused(call: Played) -> None:
    """A call is answered once: a start that is delivered twice resets nothing."""
    call.say("une coupe", thing="cut")
    before = call.call
    call.feed(CallStarted(AT, "de", "+4930123456"))
    assert call.call == before
    assert call.last.refusals == (("repeated", "CallStarted"),)


def test_other_version_of_the_graph(call: Played) -> None:
    """A call goes on with the version of the graph that it began with, or not at all."""
    other = graph_of(SMALL.replace("silences: 2", "silences: 3"))
    with pytest.raises(Stale, match=r"that version of states\.yaml"):
        step(other, call.call, HungUp(AT))


def test_step_changes_nothing_in_place(call: Played) -> None:
    """A step makes the next call and leaves the one it was given as it was."""
    before = call.call
    text = before.to_json()
    call.say("une coupe mardi", thing="cut", day=windows("16"))
    assert before.to_json() == text
    assert call.call is not before


# -- silence and limits ---------------------------------------------------------------------------------------------


def test_silence_ladder(call: Played) -> None:
    """A silence is answered and the question put again; at the limit the call takes leave."""
    call.silence()
    assert call.said == ["hello.silent", "hello.ask"]
    call.silence()
    assert call.said == ["bye.bye"]
    assert call.call.ended == "hang_up"


def test_silences_count_in_a_row(call: Played) -> None:
    """Whoever has spoken since has not been silent twice."""
    call.silence()
    call.say("hm")
    call.silence()
    assert not call.call.ended


def test_silence_words_change(call: Played) -> None:
    """The second silence is not answered in the words of the first."""
    graph = graph_of(SMALL.replace("silences: 2", "silences: 3"))
    call = Played(graph)
    variants = []
    for _ in range(2):
        call.silence()
        variants.append(next(effect.variant for effect in call.last.effects if isinstance(effect, Say)))
    assert variants == [0, 1]


def test_attempts_end_with_the_give_up_line(call: Played) -> None:
    """Each answer that brought nothing is asked for in other words; at the limit the state gives up, and says so."""
    lines = []
    for _ in range(3):
        call.say("mumble")
        lines.append([(effect.line, effect.variant) for effect in call.last.effects if isinstance(effect, Say)])
    assert lines == [[("hello.reask", 0)], [("hello.reask", 1)], [("hello.give_up", 0), ("bye.bye", 0)]]
    assert call.call.path == ("hello", "stuck", "bye")


def test_attempts_are_counted_per_visit(call: Played) -> None:
    """Another state begins with all its attempts."""
    call.say("mumble")
    call.say("mumble")
    call.say("une coupe", thing="cut")
    call.say("mumble")
    assert (call.call.state, call.call.attempts) == ("day", 1)


def test_nothing_new_is_an_attempt(call: Played) -> None:
    """Saying again what is known, and nothing else, does not go round for ever."""
    call.say("une coupe", thing="cut")
    for _ in range(3):
        call.say("une coupe", thing="cut")
    assert call.call.ended


# -- repeat, hold on ------------------------------------------------------------------------------------------------


def test_repeat_says_exactly_the_last_lines(call: Played) -> None:
    """ "Pardon?" is answered with the very lines of the turn before, and no count changes."""
    call.say("mumble")
    before, lines = call.call, [dataclasses.replace(effect, id="") for effect in call.last.effects if isinstance(effect, Say)]
    for _ in range(2):
        call.say("pardon ?", "asks_repeat")
        assert [dataclasses.replace(effect, id="") for effect in call.last.effects if isinstance(effect, Say)] == lines
    assert (call.call.attempts, call.call.state) == (before.attempts, before.state)


def test_repeat_goes_back_to_what_a_silence_interrupted(call: Played) -> None:
    """ "Are you still there?" is nothing that "pardon?" asks for."""
    call.say("mumble")
    before = call.said
    call.silence()
    assert call.said != before
    call.say("pardon ?", "asks_repeat")
    assert call.said == before


def test_repeat_includes_what_an_action_answered(call: Played) -> None:
    """The lines before and after an action belong to one turn."""
    call.say("une question", Act("asks_question", {"topic": "hours"}))
    call.finish("ok", line="answers.hours")
    assert call.said == ["answers.hours", "hello.ask"]
    call.say("pardon ?", "asks_repeat")
    assert call.said == ["answers.hours", "hello.ask"]


def test_hold_on_is_answered_and_not_repeated(call: Played) -> None:
    """ "Take your time" puts no question, and is nothing that "pardon?" asks for."""
    call.say("attendez", "hold_on")
    assert call.said == ["hold_on"]
    call.say("pardon ?", "asks_repeat")
    assert call.said == ["hello.greeting", "hello.ask"]


def test_never_two_lines_of_silence(call: Played) -> None:
    """Whatever was said, something is said: an act that answers nothing puts the question."""
    call.to_slot().say("changer", Act("wants_change", {"fact": "nothing"}))
    assert call.said == ["slot.ask"]


# -- the read-back --------------------------------------------------------------------------------------------------


def test_read_back_that_was_cut_short_is_not_agreed_to(call: Played) -> None:
    """A yes that came before the read-back was heard to its end is a yes to nothing; the whole is said once more."""
    call.to_confirm().heard(whole=False)
    call.say("oui", "yes")
    assert not call.runs
    assert call.said == ["confirm.ask"]
    call.say("oui", "yes")
    assert [run.action for run in call.runs] == ["write"]


def test_no_counts_at_any_time(call: Played) -> None:
    """A no does not have to wait for the end of the sentence."""
    call.to_confirm().heard(whole=False)
    call.say("non", "no")
    assert call.call.state == "more"


def test_repeated_read_back_counts(call: Played) -> None:
    """A read-back that was cut short by "pardon?" has been heard once it was repeated."""
    call.to_confirm().heard(whole=False)
    call.say("pardon ?", "asks_repeat")
    assert call.said == ["confirm.ask"]
    call.say("oui", "yes")
    assert [run.action for run in call.runs] == ["write"]


def test_short_question_does_not_stand_for_the_read_back(call: Played) -> None:
    """After a read-back that was cut short, "shall I?" in other words is not enough."""
    call.to_confirm().heard(whole=False)
    call.say("mumble")
    assert call.said == ["confirm.ask"]


def test_other_questions_may_be_interrupted(call: Played) -> None:
    """Only a read-back must be heard whole: "no thank you" in the middle of "anything else?" is an answer."""
    call.to_slot().say("laissez", "never_mind")
    call.heard(whole=False)
    call.say("non merci", "no")
    assert call.call.ended


def test_write_carries_what_was_read_back(call: Played) -> None:
    """The facts of a write are those of the read-back, and its key names them."""
    call.to_confirm()
    said = next(effect for effect in call.last.effects if isinstance(effect, Say) and effect.line == "confirm.ask")
    call.say("oui", "yes")
    run = call.runs[0]
    for name in ("thing", "slot", "name", "phone"):
        assert run.facts[name] == said.facts[name]


def test_write_without_a_yes_is_illegal() -> None:
    """A graph that writes without asking raises before anything is written."""
    call = Played(graph_of(SMALL.replace("{phone: known}, to: confirm", "{phone: known}, to: write")))
    call.to_phone().say("zéro six", phone="+33612345678")
    before = call.call
    with pytest.raises(IllegalMove):
        call.say("oui", "yes")
    assert call.call is before


def _key_of_write(call: Played) -> str:
    call.say("oui", "yes")
    return call.runs[0].key


def test_same_work_has_the_same_key(call: Played) -> None:
    """Two calls that are one up to the write ask for it under one key."""
    assert _key_of_write(call.to_confirm()) == _key_of_write(Played(small_graph()).to_confirm())


def test_other_person_behind_the_time_has_another_key(call: Played) -> None:
    """The same hour with somebody else is other work."""
    other = Played(small_graph())
    other.say("une coupe mardi", thing="cut", day=windows("16"))
    other.finish("found", offers=("2026-06-16T15:00",), staff="paul")
    other.say("le premier, Marie", slot="2026-06-16T15:00", name="Marie")
    other.say("zéro six", phone="+33612345678")
    other.say("oui", "yes")
    assert _key_of_write(other) != _key_of_write(call.to_confirm())


def test_same_wish_after_it_was_done_has_another_key(call: Played) -> None:
    """Who has booked and books the same once more, for a friend, gets a second appointment and not the first one again."""
    first = _key_of_write(call.to_confirm())
    call.finish("ok")
    assert call.call.achieved == ("booked",)
    call.to_slot().say("le premier", slot="2026-06-16T15:00")
    assert call.call.state == "confirm"
    assert _key_of_write(call) != first


# -- keys -----------------------------------------------------------------------------------------------------------


def test_digits_are_typed_in_silence(call: Played) -> None:
    """While a number is being typed nothing is said, and the digits are kept."""
    call.to_phone()
    for key in "0612":
        call.press(key, typing=True)
        assert call.said == []
    assert (call.call.keypad, call.view.keypad) == ("0612", "0612")
    call.press("3", phone="+33612345678")
    assert call.call.keypad == ""
    assert call.call.unconfirmed["phone"].source is Origin.KEYPAD


def test_star_begins_again(call: Played) -> None:
    """The star drops what was typed and puts the question."""
    call.to_phone().press("0", typing=True)
    call.press("*", typing=True)
    assert call.call.keypad == ""
    assert call.said == ["phone.ask"]


@pytest.mark.parametrize("how", ["silence", "speech"])
def test_typed_digits_do_not_outlive_the_question(call: Played, how: str) -> None:
    """Who is asked again begins again: digits from before do not slip into the new number."""
    call.to_phone().press("0", typing=True)
    call.silence() if how == "silence" else call.say("mumble")
    assert call.call.keypad == ""


def test_endless_typing_comes_to_an_end(call: Played) -> None:
    """No value has as many digits as a stuck key sends."""
    call.to_phone()
    for _ in range(200):
        call.press("5", typing=True)
    assert call.call.ended


# -- actions --------------------------------------------------------------------------------------------------------


def test_nothing_moves_while_an_action_runs(call: Played) -> None:
    """Words, keys and silences that come while an action runs change nothing of what it works from."""
    call.say("une coupe mardi", thing="cut", day=windows("16"))
    before = call.call
    for event in (lambda: call.say("non, jeudi", day=windows("18")), lambda: call.press("1"), call.silence):
        event()
        assert call.call == before
        assert call.last.refusals[0][0] == "busy"


def test_late_and_repeated_results_are_ignored(call: Played) -> None:
    """An action comes out once; a second answer, or one that nobody asked for, changes nothing."""
    call.say("une coupe mardi", thing="cut", day=windows("16"))
    run_id = call.runs[0].id
    call.finish("found", run_id="call_1.999", offers=("2026-06-16T09:00",))
    assert call.last.refusals == (("late", "call_1.999"),)
    assert call.last.effects == ()
    assert call.call.running
    call.finish("found", offers=("2026-06-16T15:00",))
    call.finish("exact", run_id=run_id, offers=("2026-06-16T09:00",))
    assert call.last.refusals == (("late", run_id),)
    assert [offer["start"] for offer in call.call.lists["offers"]] == ["2026-06-16T15:00"]


def test_undeclared_outcome_is_a_failure(call: Played) -> None:
    """An outcome that the catalogue does not know counts as failed."""
    call.say("une coupe mardi", thing="cut", day=windows("16"))
    call.finish("splendid")
    assert call.call.state == "day"
    assert "failed" in call.call.achieved


def test_action_provides_only_what_it_declares(call: Played) -> None:
    """An action sets the facts that the catalogue names, no others."""
    call.say("une coupe mardi", thing="cut", day=windows("16"))
    call.finish("found", offers=("2026-06-16T15:00",), facts={"name": Fact("Mallory", Origin.RECORD, 0), "odd": Fact(1, Origin.RECORD, 0)})
    assert "name" not in call.call.facts
    assert {reason for reason, _ in call.last.refusals} == {"unknown-fact"}


def test_spoken_outranks_remembered() -> None:
    """What a record says never replaces what the caller has said; it may replace another record."""
    from fsm import ActionSpec, Catalogue
    from tests.fsm.playing import ACTIONS

    remembering = ActionSpec("explain", frozenset({"ok"}), sets=frozenset({"name"}))
    graph = graph_of(SMALL, Catalogue([*(ACTIONS[name] for name in ACTIONS if name != "explain"), remembering]))
    call = Played(graph)
    call.say("une question", "asks_question")
    call.finish("ok", facts={"name": Fact("Durand", Origin.RECORD, 0)})
    assert call.call.facts["name"].value == "Durand"
    call.say("Marie", name="Marie")
    call.say("une question", "asks_question")
    call.finish("ok", facts={"name": Fact("Durand", Origin.RECORD, 0)})
    assert call.call.facts["name"].value == "Marie"
    assert call.last.refusals == (("outranked", "name"),)


def test_exact_time_is_chosen_without_an_offer(call: Played) -> None:
    """The one time that was asked for, and is free, is not offered among others but taken."""
    call.say("une coupe mardi à quinze heures", thing="cut", day=windows("16"))
    offer = {"start": "2026-06-16T15:00", "end": "2026-06-16T15:45", "staff": "lea"}
    slot = Fact("2026-06-16T15:00", Origin.SPEECH, 1, "mardi à quinze heures", offer)
    call.finish("exact", offers=("2026-06-16T15:00",), facts={"slot": slot})
    assert call.call.state == "name"


def test_our_own_lines_are_not_answered(call: Played) -> None:
    """That our lines were heard, or broken off, is no turn of the caller: nothing is said to it."""
    call.say("mumble")
    for whole in (True, False):
        call.heard(whole=whole)
        assert call.last.effects == ()
    call.say("pardon ?", "asks_repeat")
    assert call.said == ["hello.reask"]


# -- language, end --------------------------------------------------------------------------------------------------


def test_language_changes_before_the_answer(call: Played) -> None:
    """The first effect of a change of language sets ears and voice; all lines after it are in the new one."""
    call.say("a haircut please", thing="cut", language="en")
    assert call.last.effects[0] == UseLanguage("en")
    assert {effect.language for effect in call.last.effects if isinstance(effect, Say)} == {"en"}


@pytest.mark.parametrize("how", ["goodbye", "hang-up"])
def test_nothing_happens_after_the_end(call: Played, how: str) -> None:
    """Once a call has ended, every event leaves it as it is and has no effect."""
    call.say("au revoir", "goodbye") if how == "goodbye" else call.hang_up()
    assert call.call.ended == ("hang_up" if how == "goodbye" else "hung_up")
    assert any(isinstance(effect, HangUp) for effect in call.last.effects) == (how == "goodbye")
    after = call.call
    for event in (
        Spoke(AT, "oui", Proposal(after.generation, acts=(Act("yes"),))),
        ActionFinished(AT, "call_1.1", "ok"),
        HungUp(AT),
        CallStarted(AT, "fr"),
    ):
        made = call.feed(event)
        assert made.call is after
        assert made.effects == ()
        assert made.refusals == (("ended", type(event).__name__),)


def test_hang_up_while_an_action_runs(call: Played) -> None:
    """Nothing is said to a dead line, whatever comes back."""
    call.say("une coupe mardi", thing="cut", day=windows("16"))
    run_id = call.runs[0].id
    call.hang_up()
    assert call.call.ended
    call.finish("found", run_id=run_id, offers=("2026-06-16T15:00",))
    assert call.last.effects == ()


@pytest.mark.parametrize("running", [False, True])
def test_fault_of_ours_gives_the_state_up(call: Played, running: bool) -> None:
    """After a step that could not be made the call goes where the graph goes when nothing more comes of it, also while an action runs."""
    if running:
        call.say("une coupe mardi", thing="cut", day=windows("16"))
    call.feed(Faulted(AT))
    assert call.call.path[-2:] == ("stuck", "bye")
    assert call.said[-1] == "bye.bye"
    assert not call.call.running
    assert outcome(call.call) == "failed"


def test_round_and_round() -> None:
    """A graph that goes round in circles is refused while it runs, if it was not checked before."""
    graph = graph_of(SMALL.replace("- {if: {thing: known}, to: day}\n  day:", "- {to: day}\n  day:"))
    call = Played(graph, started=False)
    with pytest.raises(IllegalMove, match="circles"):
        call.feed(CallStarted(AT, "fr"))


def test_dead_end() -> None:
    """A state that waits for nothing and leads nowhere is named."""
    graph = graph_of(SMALL.replace("  stuck:\n    next:\n      - {to: bye}\n", "  stuck: {}\n"))
    call = Played(graph)
    call.say("mumble")
    call.say("mumble")
    with pytest.raises(IllegalMove, match="stuck"):
        call.say("mumble")
