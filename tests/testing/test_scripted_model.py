"""The public test API: a model that follows a script."""

from __future__ import annotations

import asyncio
from types import ModuleType

import pytest

import frontdesk.testing
from frontdesk.testing import (
    Finished,
    Message,
    ModelRequest,
    ScriptedModel,
    ScriptEnded,
    TextPiece,
    ToolSpec,
    VirtualClock,
    Wait,
    bad_call,
    call,
    pieces,
    read_whole,
    reply,
)
from integrations.errors import IntegrationError
from integrations.models.errors import TimedOut, Unavailable


def _request(state: str = "", text: str = "bonjour") -> ModelRequest:
    return ModelRequest("system", (Message("caller", text),), (ToolSpec("say_name", "", {"type": "object"}),), label=state)


async def _ask(model, state="", deadline_s=2.0):
    return await read_whole(model.stream(_request(state), deadline_s=deadline_s))


async def test_answers_in_turn() -> None:
    """A list of answers is given in the order of requests, and every request is kept."""
    model = ScriptedModel([reply("un"), reply("deux")])
    assert [(await _ask(model, state)).text for state in ("name", "phone")] == ["un", "deux"]
    assert [request.label for request in model.requests] == ["name", "phone"]
    assert model.left == {}


async def test_answers_by_state() -> None:
    """Each state has its own list; the star is for those that have none."""
    model = ScriptedModel({"name": [reply(call("say_name", words="Dupont"))], "*": [reply("autre"), reply("encore")]})
    assert (await _ask(model, "phone")).text == "autre"
    assert (await _ask(model, "name")).calls[0].arguments == {"words": "Dupont"}
    assert model.left == {"*": 1}


@pytest.mark.parametrize("script", [[], {"name": []}, {"name": [], "*": [reply("x")]}])
async def test_a_script_that_ended_stops_the_test(script) -> None:
    """A request the script does not foresee fails the test, and is no error of a model that the rules would hide."""
    with pytest.raises(ScriptEnded, match="name"):
        await _ask(ScriptedModel(script), "name")
    assert not issubclass(ScriptEnded, IntegrationError)


async def test_otherwise() -> None:
    """What is not in the script may be answered by a rule of its own, made from the request."""
    model = ScriptedModel([reply("un")], otherwise=lambda request: reply(request.messages[-1].text))
    assert [(await _ask(model)).text for _ in range(3)] == ["un", "bonjour", "bonjour"]


async def test_an_answer_ends_as_models_end_it() -> None:
    """The last event is added, with the reason that fits; a script that wants none writes its steps itself."""
    assert reply("Oui, bien sûr")[:-1] == tuple(pieces("Oui, bien sûr"))
    assert [step.text for step in pieces(" Oui,  bien ")] == [" Oui,", "  bien", " "]
    assert reply("x")[-1] == Finished("stop", 100, 10)
    assert reply(call("say_name"))[-1] == Finished("tools", 100, 10)
    assert reply("x", Finished("length"))[-1] == Finished("length")
    assert reply("x", reason="filtered")[-1] == Finished("filtered", 100, 10)
    failed = Unavailable("down")
    assert reply("x", failed)[-1] is failed
    assert (await _ask(ScriptedModel([[TextPiece("x")]]))).finished is None


def test_calls() -> None:
    """A call has the arguments given; what a model wrote badly has none."""
    assert call("say_name", words="Zoë").raw == '{"words": "Zoë"}'
    assert call("say_name", name="x").arguments == {"name": "x"}
    assert call("say_name", words="a").id == call("say_name", words="a").id != call("say_name", words="b").id
    assert bad_call("say_name", '{"words').arguments is None
    assert bad_call("say_name", '{"words": "a"}').arguments == {"words": "a"}


async def test_waiting_takes_no_time() -> None:
    """A slow model is slow on the clock of the test only."""
    clock = VirtualClock()
    model = ScriptedModel([reply(Wait(600), "enfin", Wait(300))], sleep=clock.sleep)
    assert (await _ask(model, deadline_s=1000)).text == "enfin"
    assert clock.now_s == 900


async def test_the_deadline_is_kept() -> None:
    """A script that takes longer than the deadline ends there, as a server would."""
    clock = VirtualClock()
    model = ScriptedModel([reply(Wait(0.5), "un", Wait(5), "deux")], sleep=clock.sleep)
    seen = []
    with pytest.raises(TimedOut):
        async for event in model.stream(_request(), deadline_s=2.0):
            seen += [event]
    assert seen == [TextPiece("un")]
    assert clock.now_s == 2.0


async def test_failing_in_the_middle() -> None:
    """A step that is an error is raised, each time anew."""
    model = ScriptedModel([], otherwise=reply("Je", Unavailable("down")))
    for _ in range(2):
        with pytest.raises(Unavailable, match="down"):
            await _ask(model)


async def test_it_can_be_interrupted_while_it_waits() -> None:
    """A caller who speaks again cancels a model that is still thinking."""
    asleep = asyncio.Event()

    async def sleep(seconds: float) -> None:
        asleep.set()
        await asyncio.Event().wait()

    task = asyncio.ensure_future(_ask(ScriptedModel([reply(Wait(1), "x")], sleep=sleep)))
    await asleep.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_the_clock_goes_forward_only() -> None:
    """Time cannot be turned back."""
    clock = VirtualClock()
    clock.advance(1.5)
    await clock.sleep(0.5)
    assert clock() == clock.now_s == 2.0
    with pytest.raises(ValueError, match="back"):
        clock.advance(-1)


def test_the_public_names() -> None:
    """What is public is listed, and is there."""
    public = {name for name, value in vars(frontdesk.testing).items() if not name.startswith("_") and not isinstance(value, ModuleType)}
    assert public - {"annotations"} == set(frontdesk.testing.__all__)
    assert all(hasattr(frontdesk.testing, name) for name in frontdesk.testing.__all__)
