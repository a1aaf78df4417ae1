"""Rules first, a model for the rest, and the rules again when it is of no help; free words only after the audit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from frontdesk.brain.speaking import Said, Sentence, SpeakingBrain
from frontdesk.testing import ScriptedModel, VirtualClock, Wait, call, pieces, reply
from fsm.proposals import Act, Proposal
from integrations.errors import IntegrationError
from integrations.models.breaker import Breaker
from integrations.models.errors import BadAnswer, ModelRefused, OutOfQuota, RateLimited, TimedOut, Unavailable
from integrations.models.port import Finished, ModelEvent, ModelRequest
from tests.brain.model.stage import ModelStage, heard, refusals, values
from tests.brain.sketches import NOW

VAGUE = "it ought to hide those silvery bits nicely somehow"
HALF = "please cancel whatever somebody scribbled down there yesterday because everything went sideways"
CHAT = "gosh that traffic outside keeps humming along doesn't it"


@pytest.fixture(scope="module")
def stage() -> ModelStage:
    return ModelStage()


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("greet", "I'd like to book a blow-dry on Tuesday"),
        ("service", "a blow-dry"),
        ("slot", "the second one"),
        ("identity", "Margaret Thornhill"),
        ("confirm", "yes"),
        ("confirm", "no"),
        ("contact", "oh one five one"),
        ("when", "what are your opening hours"),
        ("slot", "could I speak to a person please"),
        ("when", "er"),
        ("when", ""),
    ],
)
async def test_a_sure_reading_never_reaches_the_model(stage: ModelStage, state: str, text: str) -> None:
    """An answer, a beginning of one, a question, a plain act, or nothing at all: the rules decide alone."""
    model = ScriptedModel([])
    brain = stage.brain(model)
    seen = stage.view(state)
    assert (await heard(brain, text, seen))[1] == stage.rules.propose(text, seen, NOW)
    assert (len(model.requests), brain.counts.by_rules) == (0, 1)


async def test_at_most_one_request_a_turn(stage: ModelStage) -> None:
    """What the rules cannot read is asked of the model, once, with the state's own tools and the last words on the line."""
    model = ScriptedModel([reply(call("act", act="nothing", words=""))])
    brain = stage.brain(model)
    said = tuple(Said("caller" if number % 2 else "frontdesk", f"words {number}") for number in range(9))
    _, proposal = await heard(brain, VAGUE, stage.view("service"), said)
    assert proposal.empty
    [request] = model.requests
    assert [message.text for message in request.messages] == ["words 5", "words 6", "words 7", "words 8", VAGUE]
    assert [tool.name for tool in request.tools] == ["say_service", "act", "ask_question"]
    assert (request.label, request.may_speak) == ("service", False)


@pytest.mark.parametrize(
    "error",
    [TimedOut("x"), Unavailable("x"), RateLimited("x"), OutOfQuota("x"), BadAnswer("x"), ModelRefused("x", status=401)],
    ids=lambda error: type(error).__name__,
)
async def test_the_rules_carry_on_in_the_same_turn(stage: ModelStage, error: IntegrationError) -> None:
    """Slow, down, limited, unpaid, or rubbish: the proposal of the rules, and the failure is counted."""
    brain = stage.brain(ScriptedModel([reply(call("choose_intent", choice="book", words="please"), error)]))
    seen = stage.view("greet")
    assert (await heard(brain, HALF, seen))[1] == stage.rules.propose(HALF, seen, NOW)
    assert brain.counts.failures == {type(error).__name__: 1}


@pytest.mark.parametrize("error", [OutOfQuota("Top it up."), ModelRefused("Check the key.", status=401), Unavailable("down")])
async def test_what_somebody_must_mend_is_logged(stage: ModelStage, error: IntegrationError, caplog: pytest.LogCaptureFixture) -> None:
    """A wrong key would otherwise be noticed by nobody, since the rules carry on; a server that is down mends itself."""
    await heard(stage.brain(ScriptedModel([[error]])), HALF, stage.view("greet"))
    assert [str(error) in record.getMessage() for record in caplog.records] == ([] if isinstance(error, Unavailable) else [True])
    assert HALF not in caplog.text


async def test_an_answer_that_breaks_off_has_called_nothing(stage: ModelStage) -> None:
    """Without its end an answer counts for nothing."""
    brain = stage.brain(ScriptedModel([[call("choose_intent", choice="book", words="hide")]]))
    assert (await heard(brain, VAGUE, stage.view("greet")))[1].empty
    assert refusals(brain.counts) == {"broken-off": 1}


async def test_a_model_that_hangs_is_left_at_the_deadline(stage: ModelStage) -> None:
    """Even a model that does not keep the deadline by itself."""

    class Hangs:
        async def stream(self, request: ModelRequest, *, deadline_s: float) -> AsyncGenerator[ModelEvent, None]:
            await asyncio.Event().wait()
            yield Finished("stop")

    brain = stage.brain(Hangs(), deadline_s=0.01)
    assert (await heard(brain, VAGUE, stage.view("service")))[1].empty
    assert brain.counts.failures == {"TimeoutError": 1}


async def test_a_broken_model_does_not_break_the_call(stage: ModelStage) -> None:
    """An adapter with a bug costs its turn, and nothing else."""

    class Broken:
        async def stream(self, request: ModelRequest, *, deadline_s: float) -> AsyncGenerator[ModelEvent, None]:
            raise ZeroDivisionError
            yield Finished("stop")

    brain = stage.brain(Broken())
    assert (await heard(brain, VAGUE, stage.view("service")))[1].empty
    assert brain.counts.failures == {"unreadable": 1}


async def test_an_open_breaker_costs_nothing(stage: ModelStage) -> None:
    """After a few failures the model is left alone, and is asked again once it may have recovered."""
    clock = VirtualClock()
    model = ScriptedModel([[Unavailable("down")]] * 3, otherwise=reply(call("say_service", words="silvery bits", number=4)))
    brain = stage.brain(Breaker(model, clock=clock, failures=3, open_s=20.0))
    seen = stage.view("service")
    for _ in range(5):
        assert (await heard(brain, VAGUE, seen))[1].empty
    assert len(model.requests) == 3
    clock.advance(21.0)
    assert (await heard(brain, VAGUE, seen))[1].doubts


async def test_free_words_are_spoken_as_they_pass(stage: ModelStage) -> None:
    """In a state that allows it, a sentence is handed over while the model still speaks, and stands in the proposal."""
    brain = stage.brain(ScriptedModel([reply("That does sound lovely. ", Wait(1.0), "I am listening.")]))
    brain.warm_up()
    assert isinstance(brain, SpeakingBrain)
    parts = [part async for part in brain.converse(CHAT, stage.view("greet"))]
    assert parts[:-1] == [Sentence("That does sound lovely.", "en"), Sentence("I am listening.", "en")]
    assert isinstance(parts[-1], Proposal)
    assert parts[-1].reply == ("That does sound lovely.", "I am listening.")
    assert parts[-1].by == "model"


@pytest.mark.parametrize(
    "lie",
    [
        "You are booked for Tuesday at three.",
        "That costs twelve pounds.",
        '{"tool": "act"}',
        "I will use choose_intent now.",
        "Have a look at https://example.com today.",
    ],
)
async def test_what_is_not_so_is_cut_and_ends_the_speech(stage: ModelStage, lie: str) -> None:
    """A claim that no record backs is never handed over, nor what comes after it; what was said before stays."""
    brain = stage.brain(ScriptedModel([reply(f"That does sound lovely. {lie} I am listening.")]))
    spoken, proposal = await heard(brain, CHAT, stage.view("greet"))
    assert spoken == ["That does sound lovely."]
    assert proposal.reply == tuple(spoken)
    assert refusals(brain.counts) == {"not-true": 1}


async def test_elsewhere_the_model_has_no_voice(stage: ModelStage) -> None:
    """In every other state its words are dropped, whatever they are."""
    brain = stage.brain(ScriptedModel([reply("That does sound lovely.")]))
    spoken, proposal = await heard(brain, VAGUE, stage.view("service"))
    assert (spoken, proposal.reply) == ([], ())
    assert refusals(brain.counts) == {"not-free": 1}


async def test_a_sentence_without_its_end_is_not_said(stage: ModelStage) -> None:
    """What was cut off by a limit is dropped."""
    brain = stage.brain(ScriptedModel([[*pieces("That does sound lovely. And I"), Finished("length")]]))
    assert (await heard(brain, CHAT, stage.view("greet")))[0] == ["That does sound lovely."]


async def test_the_knowledge_answers_in_its_own_words(stage: ModelStage) -> None:
    """A question that no topic fits is looked up: a passage is quoted, an answer of business.yaml is a line of the engine."""
    text = "does someone get that internet thing working nowadays for laptops"
    brain = stage.brain(ScriptedModel([reply(call("ask_question", topic="other", words="that internet thing"))]))
    spoken, _ = await heard(brain, text, stage.view("greet"))
    assert spoken == ["Yes, there is free wifi in the salon. Ask for the password at the desk."]
    brain = stage.brain(ScriptedModel([reply(call("ask_question", topic="other", words="that internet thing"))]))
    _, proposal = await heard(brain, text, stage.view("service"))
    assert Act("asks_question", {"topic": "other"}) in proposal.acts  # a message is offered


async def test_what_is_not_written_is_not_made_up(stage: ModelStage) -> None:
    """A question that nobody has answered in writing becomes "I don't know", and a message is offered."""
    text = "does someone repair bicycles properly round here nowadays"
    brain = stage.brain(ScriptedModel([reply(call("ask_question", topic="other", words="repair bicycles properly"))]))
    spoken, proposal = await heard(brain, text, stage.view("greet"))
    assert (spoken, proposal.acts) == ([], (Act("asks_question", {"topic": "other"}),))


async def test_without_a_model_the_knowledge_answers_too(stage: ModelStage) -> None:
    """Rules that understood nothing look the question up."""
    spoken, proposal = await heard(stage.brain(None), "is there any wifi", stage.view("greet"))
    assert spoken == list(proposal.reply) == ["Yes, there is free wifi in the salon. Ask for the password at the desk."]


async def test_keys_are_never_the_models(stage: ModelStage) -> None:
    """A key means what it means."""
    model = ScriptedModel([])
    seen = stage.view("contact")
    assert await stage.brain(model).read_key("5", seen) == stage.rules.propose_key("5", seen, NOW)
    assert model.requests == []


async def test_read_is_converse_without_its_voice(stage: ModelStage) -> None:
    """The plain port gives the same proposal."""
    brain = stage.brain(ScriptedModel([], otherwise=reply(call("choose_intent", choice="message", words="silvery bits"))))
    assert values(await brain.read(VAGUE, stage.view("greet"))) == {"intent": "message"}
