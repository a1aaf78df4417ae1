"""What a proposal changes, and what is refused, with which reason."""

from __future__ import annotations

import pytest

from fsm import Act, Doubt, Origin
from tests.fsm.playing import Played, options, small_graph, windows


@pytest.fixture
def call() -> Played:
    return Played(small_graph())


def test_one_breath_passes_through_several_states(call: Played) -> None:
    """A caller who says everything at once is asked for nothing of it again."""
    call.say("une coupe mardi, Marie", thing="cut", day=windows("16"), name="Marie")
    assert call.call.state == "slot"
    call.finish("exact", offers=("2026-06-16T15:00",))
    call.say("oui le premier", slot="2026-06-16T15:00")
    assert call.call.state == "phone"
    assert call.call.path == ("hello", "day", "slot", "name", "phone")


def test_older_generation_is_refused_and_changes_nothing(call: Played) -> None:
    """A proposal made from an older view is refused: no fact, no state, no attempt counted; the caller is asked once more."""
    old = call.view.generation
    call.say("une coupe", thing="cut")
    attempts = call.call.attempts
    call.say("mardi", day=windows("16"), generation=old)
    assert call.last.refusals == (("stale", f"generation {old}"),)
    assert "day" not in call.call.facts
    assert (call.call.state, call.call.attempts) == ("day", attempts)
    assert call.said == ["day.ask"]


def test_generation_grows_with_what_a_view_shows(call: Played) -> None:
    """Hearing our own lines to their end does not make what is being understood out of date."""
    generation = call.call.generation
    call.heard(whole=True)
    assert call.call.generation == generation
    call.say("hm")
    assert call.call.generation == generation + 1


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"unheard_of": "x"}, "unknown-fact"),
        ({"open_late": True}, "unknown-fact"),
        ({"thing": "perm"}, "unknown-value"),
        ({"thing": ["cut"]}, "unknown-value"),
        ({"day": []}, "unknown-value"),
        ({"day": [{"until": True}]}, "unknown-value"),
        ({"day": "2026-06-16"}, "unknown-value"),
        ({"slot": "2026-06-16T15:00"}, "not-offered"),
        ({"name": ""}, "unknown-value"),
        ({"agreed": True}, "not-asked"),
        ({"agreed": "yes"}, "unknown-value"),
    ],
)
def test_refused_facts(call: Played, facts: dict[str, object], reason: str) -> None:
    """A fact that the graph does not have, or a value that it cannot have, is refused with a reason and changes nothing."""
    before = call.call.facts
    call.say("bla", **facts)
    assert call.last.refusals == ((reason, next(iter(facts))),)
    assert call.call.facts == before
    assert call.said == ["hello.reask"]


@pytest.mark.parametrize("words", ["une coupe femme", "", " "])
def test_words_must_be_the_callers(call: Played, words: str) -> None:
    """A value counts only with words that stand in the utterance: a model cannot author one."""
    call.say("une coupe", thing="cut", words=words)
    assert call.last.refusals == (("not-said", "thing"),)
    assert "thing" not in call.call.facts


def test_doubt_needs_the_callers_words_and_possible_values(call: Played) -> None:
    """Meanings to be asked between are read from the caller's words, and are values that the fact may have."""
    call.say("euh", doubts=(Doubt("thing", "un soin", options("cut", "colour")),))
    assert call.last.refusals == (("not-said", "thing"),)
    call.say("un soin", doubts=(Doubt("thing", "un soin", options("cut", "massage")),))
    assert call.last.refusals == (("unknown-value", "thing"),)
    call.say("soyez ouvert", doubts=(Doubt("open_late", "ouvert", options("x")),))
    assert call.last.refusals == (("unknown-fact", "open_late"),)
    assert not call.call.options


def test_fact_proposed_twice(call: Played) -> None:
    """The same fact twice in one proposal is taken once."""
    from fsm import Proposal, ProposedFact
    from fsm.events import Spoke
    from tests.fsm.playing import AT

    proposal = Proposal(call.view.generation, (ProposedFact("thing", "cut", "coupe"), ProposedFact("thing", "colour", "coupe")))
    call.feed(Spoke(AT, "coupe", proposal))
    assert call.call.facts["thing"].value == "cut"
    assert call.last.refusals == (("repeated", "thing"),)


def test_read_back_is_not_skipped_by_proposing_twice(call: Played) -> None:
    """The same new number twice in one utterance does not confirm itself."""
    from fsm import Proposal, ProposedFact
    from fsm.events import Spoke
    from tests.fsm.playing import AT

    call.to_phone().say("un", phone="+33600000001")
    twice = (ProposedFact("phone", "+33600000002", "deux"), ProposedFact("phone", "+33600000002", "deux"))
    call.feed(Spoke(AT, "deux", Proposal(call.view.generation, twice)))
    assert "phone" not in call.call.facts
    assert call.call.unconfirmed["phone"].value == "+33600000002"


def test_provenance(call: Played) -> None:
    """A fact is stored with source, turn and the words it came from; an offer with what was offered."""
    call.to_slot().press("2", slot="2026-06-16T16:00")
    thing, slot = call.call.facts["thing"], call.call.facts["slot"]
    assert (thing.source, thing.turn, thing.words) == (Origin.SPEECH, 1, "une coupe mardi")
    assert (slot.source, slot.turn, slot.words) == (Origin.KEYPAD, 2, "2")
    assert slot.detail == {"start": "2026-06-16T16:00", "end": "2026-06-16T16:00", "staff": "lea"}


def test_correction_drops_what_rested_on_it(call: Played) -> None:
    """Another day takes the time, the yes and the outcome of the search with it, and keeps the rest."""
    call.to_confirm().say("non, plutôt jeudi", "no", day=windows("18"))
    assert call.call.state == "slot"
    assert set(call.call.facts) >= {"thing", "day", "name", "phone"}
    assert not {"slot", "agreed"} & set(call.call.facts)
    assert call.runs[0].facts["day"].value == windows("18")


def test_new_condition_drops_what_was_found_without_it() -> None:
    """Who names a person only after a time was found wants that time with this person: it is looked for anew."""
    from fsm import ActionSpec, Catalogue
    from tests.fsm.playing import ACTIONS, SMALL, graph_of

    look = ActionSpec("look", ACTIONS["look"].outcomes, reads=frozenset({"thing", "day", "who"}), needs=ACTIONS["look"].needs,
                      sets=ACTIONS["look"].sets, fills=ACTIONS["look"].fills)  # fmt: skip
    text = SMALL.replace(
        "slot: {type: offered_slot, depends_on: [thing, day]}",
        "who: {type: staff}\n  slot: {type: offered_slot, depends_on: [thing, day, who]}",
    )
    call = Played(graph_of(text, Catalogue([look, ACTIONS["write"], ACTIONS["explain"]]))).to_confirm()
    call.say("plutôt avec Sofia", who="sofia")
    assert call.call.state == "slot"
    assert "slot" not in call.call.facts
    assert call.runs[0].facts["who"].value == "sofia"


def test_offers_of_another_wish_are_not_picked_from(call: Played) -> None:
    """ "The second one, but on Thursday" takes nothing from Tuesday's offers."""
    call.to_slot().say("le deuxième, mais jeudi", slot="2026-06-16T16:00", day=windows("18"))
    assert ("not-offered", "slot") in call.last.refusals
    assert [run.action for run in call.runs] == ["look"]


def test_no_with_the_correction_is_a_correction(call: Played) -> None:
    """ "No, the name is Sputer" is not asked what should change: the new values are read back."""
    call.to_confirm().say("non, c'est Sputer", "no", name="Sputer")
    assert call.call.state == "confirm"
    assert call.said == ["confirm.ask"]
    assert call.last.effects[0].facts["name"].value == "Sputer"  # type: ignore[union-attr]


def test_plain_no(call: Played) -> None:
    """A plain no to the read-back is a no."""
    call.to_confirm().say("non", "no")
    assert call.call.state == "more"


def test_yes_with_changed_facts_is_no_yes(call: Played) -> None:
    """ "Yes, but in the name of Sputer" is read back anew; only the yes to that is written."""
    call.to_confirm().say("oui mais Sputer", "yes", name="Sputer")
    assert call.call.state == "confirm"
    assert call.said == ["confirm.ask"]
    assert ("not-what-was-read-back", "agreed") in call.last.refusals
    call.say("oui", "yes")
    assert [run.action for run in call.runs] == ["write"]
    assert call.runs[0].facts["name"].value == "Sputer"


def test_yes_and_no_at_once_are_neither(call: Played) -> None:
    """An utterance with a yes and a no in it answers nothing."""
    call.to_confirm().say("non euh oui", "no", "yes")
    assert call.call.state == "confirm"
    assert call.last.refusals == (("contradictory", "yes"),)


def test_agreed_as_a_fact_counts_only_where_it_is_asked(call: Played) -> None:
    """A yes proposed as a fact is bound to the read-back like any other."""
    call.to_slot().say("oui", agreed=True)
    assert ("not-asked", "agreed") in call.last.refusals
    call.say("le premier, Marie", slot="2026-06-16T15:00", name="Marie")
    call.say("zéro six", phone="+33612345678")
    call.say("oui", "yes")
    call.say("oui", agreed=True)
    assert [run.action for run in call.runs] == ["write"]


# -- facts that are read back ---------------------------------------------------------------------------------------


def test_number_is_read_back(call: Played) -> None:
    """A number counts once the caller has confirmed it."""
    call.to_phone().say("zéro six", phone="+33612345678")
    assert call.said == ["phone.read_back"]
    assert (call.view.mode, call.view.read_back) == ("read_back", "+33612345678")
    assert "phone" not in call.call.facts
    call.say("oui", "yes")
    assert call.call.facts["phone"].value == "+33612345678"


def test_same_number_again_confirms(call: Played) -> None:
    """Saying the number once more confirms it."""
    call.to_phone().say("zéro six", phone="+33612345678")
    call.say("zéro six", phone="+33612345678")
    assert call.call.state == "confirm"


def test_other_number_is_read_back_in_its_turn(call: Played) -> None:
    """Another number instead of a yes is read back itself, whatever yes or no stands beside it."""
    call.to_phone().say("un", phone="+33600000001")
    for act, number in (("yes", "+33600000002"), ("no", "+33600000003")):
        call.say("autre", act, phone=number)
        assert call.said == ["phone.read_back"]
        assert call.call.unconfirmed["phone"].value == number
    assert "phone" not in call.call.facts


def test_no_to_the_read_back_asks_again(call: Played) -> None:
    """A no to the number drops it and asks in other words."""
    call.to_phone().say("un", phone="+33600000001")
    call.say("non", "no")
    assert not call.call.unconfirmed
    assert call.said == ["phone.reask"]


def test_corrected_number_takes_the_yes_with_it(call: Played) -> None:
    """A new number after the read-back of everything must be confirmed, and the whole read back again."""
    call.to_confirm().say("oui, mais un autre numéro", "yes", phone="+33600000009")
    assert call.call.state == "phone"
    assert call.said == ["phone.read_back"]
    assert not call.runs


# -- the caller id --------------------------------------------------------------------------------------------------


def test_caller_id_is_suggested_not_taken() -> None:
    """The number that the line shows is offered; a yes takes it, with its own source."""
    call = Played(small_graph(), caller="+33612345678").to_phone()
    assert call.said == ["phone.suggest"]
    assert call.view.mode == "suggest"
    assert "phone" not in call.call.facts
    call.say("oui", "yes")
    assert call.call.facts["phone"].source is Origin.CALLER_ID


def test_declined_caller_id_is_not_suggested_again() -> None:
    """After a no the number is asked for openly."""
    call = Played(small_graph(), caller="+33612345678").to_phone()
    call.say("non", "no")
    assert call.said == ["phone.ask"]


def test_yes_with_another_number_is_that_number() -> None:
    """ "Yes, but use 06…" does not take the caller id."""
    call = Played(small_graph(), caller="+33612345678").to_phone()
    call.say("oui mais le mien", "yes", phone="+33600000001")
    assert "phone" not in call.call.facts
    assert call.said == ["phone.read_back"]
    call.say("non", "no")
    assert call.said == ["phone.reask"], "who dictates a number does not want the one of the line"


def test_changed_caller_id_is_not_suggested_again() -> None:
    """Who wants another number than the one taken from the line is asked for it."""
    call = Played(small_graph(), caller="+33612345678").to_phone()
    call.say("oui", "yes")
    call.say("changer le numéro", Act("wants_change", {"fact": "phone"}))
    assert (call.call.state, call.said) == ("phone", ["phone.ask"])


def test_caller_is_never_an_argument(call: Played) -> None:
    """No act can say who calls: with a withheld number nobody is known."""
    call.say("et moi", Act("asks_question", {"topic": "mine", "caller": "+33600000000"}))
    assert call.runs[0].args == {"topic": "mine"}


# -- doubts ---------------------------------------------------------------------------------------------------------


def test_options_are_asked_between(call: Played) -> None:
    """An ambiguous answer is asked between its meanings, and one of them settles it."""
    call.say("un truc", doubts=(Doubt("thing", "un truc", options("cut", "colour")),))
    assert call.said == ["hello.options"]
    assert [option.value for option in call.view.options] == ["cut", "colour"]
    call.say("le premier", thing="cut")
    assert call.call.state == "day"
    assert not call.call.options


def test_value_in_pieces(call: Played) -> None:
    """The beginning of a value is remembered, and the rest asked for."""
    call.to_phone().say("zéro six douze", doubts=(Doubt("phone", "zéro six douze", so_far="0612"),))
    assert call.said == ["phone.so_far"]
    assert call.view.so_far == "0612"
    assert call.call.attempts == 0
    call.say("trente-quatre", phone="+33612345678")
    assert not call.call.so_far


def test_same_doubt_again_counts_as_an_attempt(call: Played) -> None:
    """Going round between the same meanings comes to an end."""
    doubt = (Doubt("thing", "un truc", options("cut", "colour")),)
    for _ in range(4):
        call.say("un truc", doubts=doubt)
    assert call.call.ended


# -- acts -----------------------------------------------------------------------------------------------------------


def test_unknown_act_is_refused(call: Played) -> None:
    """An act that the graph does not have here is refused, and the question put in other words."""
    call.say("bla", "teleport")
    assert call.last.refusals == (("not-heard-here", "teleport"),)
    assert call.said == ["hello.reask"]


@pytest.mark.parametrize("act", ["corrects", "hangs_up", "next", "gave_up"])
def test_acts_of_the_engine_are_not_proposed(call: Played, act: str) -> None:
    """What the engine finds out for itself, that something was corrected or the line is dead, no brain can claim."""
    call.say("bla", act)
    assert call.last.refusals == (("not-heard-here", act),)


def test_change_of_a_switch_is_not_the_callers(call: Played) -> None:
    """The switches of the business cannot be talked away."""
    call.say("bla", Act("wants_change", {"fact": "open_late"}))
    assert "open_late" in call.call.facts


def test_refused_offers_are_remembered(call: Played) -> None:
    """Times that were turned down go to the next search, until the task is over."""
    call.to_slot().say("aucun", "refuses_offers")
    assert call.call.refused == ("2026-06-16T15:00", "2026-06-16T16:00")
    assert call.runs[0].refused == call.call.refused
    call.finish("found", offers=("2026-06-17T09:00",))
    call.say("laissez", "never_mind")
    assert call.call.refused == ()


def test_never_mind_drops_the_task_and_keeps_the_person(call: Played) -> None:
    """What belongs to the task is gone, who is calling stays."""
    call.to_confirm().say("laissez tomber", "never_mind")
    assert call.call.state == "more"
    assert set(call.call.facts) == {"name", "phone", "open_late"}
    assert not call.call.outcomes
    assert not call.call.lists
