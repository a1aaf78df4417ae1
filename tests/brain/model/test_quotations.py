"""A model points at the caller's words; what they mean is read by the same code as without it."""

from __future__ import annotations

import pytest

from frontdesk.testing import ScriptedModel, bad_call, call, reply
from fsm.proposals import Act, Proposal
from integrations.models.port import ToolCall
from tests.brain.model.stage import ModelStage, heard, refusals, values
from tests.brain.sketches import NOW


@pytest.fixture(scope="module")
def stage() -> ModelStage:
    return ModelStage()


WEDDING = "well you see my sister has her big family thing coming up soon and so on and so forth on the twentieth of June that is"


async def _asked(stage: ModelStage, state: str, text: str, *calls: ToolCall) -> tuple[Proposal, dict[str, int]]:
    model = ScriptedModel([reply(*calls)])
    brain = stage.brain(model)
    _, proposal = await heard(brain, text, stage.view(state))
    assert len(model.requests) == 1, "the rules were sure"
    return proposal, refusals(brain.counts)


async def test_a_quotation_is_read_like_an_answer(stage: ModelStage) -> None:
    """The words that the model quotes are resolved by the readers, whatever stands around them."""
    text = "hmm blimey it goes under whoever signed that contract Margaret Thornhill said hubby"
    proposal, refused = await _asked(stage, "identity", text, call("say_name", words="margaret THORNHILL,"))
    assert values(proposal)["name"] == "Margaret Thornhill"
    assert proposal.by == "model"
    assert refused == {}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("John Doe", "not-said"),
        ("null", "not-said"),
        ("", "not-said"),
        ("unknown", "not-said"),
        ("hide silvery bits", "not-said"),
    ],
)
async def test_what_was_not_said_does_not_exist(stage: ModelStage, words: str, reason: str) -> None:
    """Words that do not stand in the utterance one after another are refused, with a typed answer, and counted."""
    text = "it ought to hide those silvery bits nicely somehow"
    proposal, refused = await _asked(stage, "service", text, call("say_service", words=words, number=None))
    assert "service" not in values(proposal)
    assert refused == {reason: 1}


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (call("book", words="silvery bits"), "unknown-tool"),
        (call("say_phone", words="silvery bits"), "unknown-tool"),
        (bad_call("say_service", "{"), "malformed"),
        (call("say_service", words=["silvery"], number=None), "malformed"),
        (call("say_service", words="silvery bits"), "malformed"),
        (call("say_service", words="silvery bits", number=None, customer_id="12"), "unexpected-argument"),
        (call("say_service", words="silvery bits", number=99), "unknown-choice"),
        (call("say_service", words="silvery bits", number=None), "not-resolved"),
        (call("act", act="commit", words="silvery bits"), "unknown-value"),
        (call("act", act="unknown_service", words="silvery bits"), "not-resolved"),
        (call("ask_question", topic="prices of others", words="silvery bits"), "unknown-value"),
    ],
)
async def test_refusals_are_typed_and_change_nothing(stage: ModelStage, made: ToolCall, reason: str) -> None:
    """Tools of other states, ids, values, rubbish: nothing comes of it but a count."""
    text = "it ought to hide those silvery bits nicely somehow"
    proposal, refused = await _asked(stage, "service", text, made)
    assert refused == {reason: 1}
    assert proposal.empty


async def test_the_same_call_twice_counts_once(stage: ModelStage) -> None:
    """A repeated call is refused, and so is another one of the same tool beside it."""
    text = "hmm blimey it goes under whoever signed that contract Margaret Thornhill said hubby"
    first = call("say_name", words="Margaret Thornhill")
    proposal, refused = await _asked(stage, "identity", text, first, first, call("say_name", words="hubby"))
    assert values(proposal)["name"] == "Margaret Thornhill"
    assert refused == {"repeated": 1, "parallel": 1}


async def test_a_service_the_readers_do_not_know_is_asked_back(stage: ModelStage) -> None:
    """A number of the list with words that no reader resolves becomes a question, never a fact."""
    text = "it ought to hide those silvery bits nicely somehow"
    proposal, refused = await _asked(stage, "service", text, call("say_service", words="hide those silvery bits", number=4))
    assert "service" not in values(proposal)
    [doubt] = proposal.doubts
    assert (doubt.fact, doubt.words, len(doubt.options)) == ("service", "hide those silvery bits", 1)
    assert refused == {}


async def test_an_offer_that_was_pointed_at_is_asked_back(stage: ModelStage) -> None:
    """ "The one before my train leaves" may be the first; the caller says whether it is."""
    text = "leaves enough room before catching our train home"
    proposal, _ = await _asked(stage, "slot", text, call("choose_slot", words="before catching our train", number=1))
    assert "slot" not in values(proposal)
    assert proposal.doubts[0].options[0].value == "2026-06-16T14:00"


async def test_a_wish_is_heard_in_other_words(stage: ModelStage) -> None:
    """What the caller wants, of the list of the graph, with their words; the readers have a veto."""
    text = "everything keeps hanging into both eyes again"
    proposal, _ = await _asked(stage, "greet", text, call("choose_intent", choice="book", words="hanging into both eyes"))
    assert values(proposal)["intent"] == "book"
    text = "please cancel whatever somebody scribbled down there yesterday because everything went sideways"
    proposal, refused = await _asked(stage, "greet", text, call("choose_intent", choice="book", words="please cancel"))
    assert values(proposal)["intent"] == "cancel"
    assert refused == {"contradicts": 1}


@pytest.mark.parametrize(
    "text", ["ok whatever blimey somehow perhaps nobody knows exactly", "yes but somehow perhaps nobody knows exactly really"]
)
async def test_a_yes_is_only_what_the_whole_utterance_is(stage: ModelStage, text: str) -> None:
    """Nothing is agreed to on a word that a model cut out of a sentence."""
    proposal, refused = await _asked(stage, "confirm", text, call("say_yes_no", yes=True, words=text.split(maxsplit=1)[0]))
    assert proposal.acts == ()
    assert refused == {"no-consent": 1}


async def test_what_the_rules_heard_stays(stage: ModelStage) -> None:
    """A model adds to what the rules read, and takes nothing of it away."""
    text = f"a blow-dry please {WEDDING}"
    seen = stage.view("greet")
    model = ScriptedModel([reply(call("choose_intent", choice="cancel", words="my sister"), call("act", act="goodbye", words="so forth"))])
    brain = stage.brain(model)
    before = values(stage.rules.propose(text, seen, NOW))
    _, proposal = await heard(brain, text, seen)
    assert before.items() <= values(proposal).items()
    assert Act("goodbye") not in proposal.acts


async def test_a_german_null_is_a_digit(stage: ModelStage) -> None:
    """ "null sechs …" is quoted like any other number; only what was said counts."""
    text = "ach herrje also meinetwegen schreiben Sie halt meine alte Nummer null eins fünf eins zwei drei vier fünf sechs sieben acht"
    seen = stage.view("contact", "de")
    sure = values(stage.rules.propose(text, seen, NOW))
    model = ScriptedModel([], otherwise=reply(call("say_phone", words="null eins fünf eins zwei drei vier fünf sechs sieben acht")))
    _, proposal = await heard(stage.brain(model), text, seen)
    assert sure.items() <= values(proposal).items()


async def test_a_yes_in_the_middle_of_another_language_is_none(stage: ModelStage) -> None:
    """Words that the readers of the call's language do not know may take everything back: a yes behind them counts for nothing."""
    text = "oui enfin je ne suis pas certain attendez que je demande autour de moi d'abord yes"
    model = ScriptedModel([], otherwise=reply(call("say_yes_no", yes=True, words="yes")))
    _, proposal = await heard(stage.brain(model), text, stage.view("confirm"))
    assert Act("yes") not in proposal.acts
