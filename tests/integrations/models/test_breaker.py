"""The circuit breaker: when it opens, what it lets through, and how it closes by itself."""

from __future__ import annotations

import asyncio

import pytest

from frontdesk.testing import Finished, ModelRequest, ScriptedModel, TextPiece, VirtualClock, Wait, read_whole, reply
from integrations.errors import IntegrationError
from integrations.models.breaker import Breaker
from integrations.models.errors import BadAnswer, ModelRefused, OutOfQuota, RateLimited, TimedOut, Unavailable

REQUEST = ModelRequest("s", ())
GOOD = reply("oui")
BAD = [Unavailable("down")]


def _breaker(*answers, **more):
    clock = VirtualClock()
    model = ScriptedModel(answers, otherwise=GOOD, sleep=clock.sleep)
    return Breaker(model, clock=clock, **{"failures": 3, "window_s": 60.0, "open_s": 20.0, **more}), model, clock


async def _ask(breaker, times=1):
    """The kinds of what came of so many requests; "" for an answer."""
    found = []
    for _ in range(times):
        try:
            await read_whole(breaker.stream(REQUEST, deadline_s=5.0))
            found.append("")
        except IntegrationError as error:
            found.append(type(error).__name__)
    return found


async def test_it_opens_after_several_failures_and_asks_nobody() -> None:
    """After three failures nothing goes to the model, and the answer is there at once."""
    breaker, model, _ = _breaker(BAD, [TimedOut("slow")], [BadAnswer("html")])
    assert await _ask(breaker, 5) == ["Unavailable", "TimedOut", "BadAnswer", "Unavailable", "Unavailable"]
    assert len(model.requests) == 3
    assert (breaker.status.state, breaker.status.opened, breaker.status.refused, breaker.status.retry_in_s) == ("open", 1, 2, 20.0)


async def test_it_closes_by_itself() -> None:
    """After the wait one request goes through; when it is answered, all is as before."""
    breaker, _, clock = _breaker(BAD, BAD, BAD, GOOD, BAD, BAD)
    await _ask(breaker, 3)
    clock.advance(19.9)
    assert breaker.state == "open"
    clock.advance(0.1)
    assert breaker.state == "half_open"
    assert await _ask(breaker) == [""]
    assert breaker.state == "closed"
    assert await _ask(breaker, 2) == ["Unavailable"] * 2
    assert breaker.state == "closed", "old failures are forgotten"


async def test_a_failed_probe_opens_it_for_longer() -> None:
    """Each failed probe doubles the wait, up to six times; then a good one closes it and the wait is short again."""
    breaker, model, clock = _breaker(*[BAD] * 3, *[BAD] * 4, GOOD, *[BAD] * 3)
    await _ask(breaker, 3)
    waits = []
    for _ in range(4):
        clock.advance(breaker.status.retry_in_s)
        assert await _ask(breaker, 2) == ["Unavailable"] * 2
        waits.append(breaker.status.retry_in_s)
    assert waits == [40, 80, 120, 120]
    assert len(model.requests) == 7, "one request for each probe"
    clock.advance(120)
    await _ask(breaker, 4)
    assert breaker.status.retry_in_s == 20


async def test_failures_far_apart_do_not_open_it() -> None:
    """Only failures within the window count."""
    breaker, _, clock = _breaker(*[BAD] * 6)
    for _ in range(6):
        await _ask(breaker)
        clock.advance(30)
        assert breaker.state == "closed"


async def test_answers_make_up_for_failures() -> None:
    """A line with many calls is not cut off for a failure now and then."""
    breaker, _, _ = _breaker(*[BAD, GOOD] * 20)
    await _ask(breaker, 40)
    assert breaker.status.state == "closed"
    assert breaker.status.opened == 0


@pytest.mark.parametrize("error", [OutOfQuota("unpaid"), ModelRefused("key", status=401), ModelRefused("model", status=404)])
async def test_what_no_repetition_helps_opens_it_at_once(error: IntegrationError) -> None:
    """No quota and a wrong key fail every request: the first one is enough."""
    breaker, _, _ = _breaker([error])
    await _ask(breaker)
    assert breaker.state == "open"


async def test_a_refused_request_says_nothing_about_the_server() -> None:
    """What is wrong with one request does not close the line for others."""
    breaker, _, _ = _breaker(*[[ModelRefused("bad", status=400)]] * 5)
    assert await _ask(breaker, 5) == ["ModelRefused"] * 5
    assert breaker.status.failures == 0


async def test_the_wait_that_a_server_asks_for_is_kept() -> None:
    """A server that wants a longer rest gets it, within reason."""
    for asked, waited in ((50.0, 50.0), (1.0, 20.0), (86_400.0, 120.0)):
        breaker, _, _ = _breaker(*[[RateLimited("slow down", retry_after_s=asked)]] * 3)
        await _ask(breaker, 3)
        assert breaker.status.retry_in_s == waited


async def test_one_probe_at_a_time() -> None:
    """While a probe is under way, others are refused at once."""
    breaker, model, clock = _breaker(*[BAD] * 3, [TextPiece("oui"), Wait(1.0), Finished("stop")])
    await _ask(breaker, 3)
    clock.advance(20)
    probe = breaker.stream(REQUEST, deadline_s=5.0)
    await anext(probe)
    assert await _ask(breaker) == ["Unavailable"]
    assert [event async for event in probe] == [Finished("stop")]
    assert breaker.state == "closed"
    assert len(model.requests) == 4


@pytest.mark.parametrize("how", ["closed", "cancelled"])
async def test_a_probe_that_is_given_up_leaves_room_for_the_next(how: str) -> None:
    """A caller who interrupts a probe neither closes the breaker nor blocks it."""
    breaker, _, clock = _breaker(*[BAD] * 3, [TextPiece("oui"), Wait(1.0), Finished("stop")], GOOD)
    await _ask(breaker, 3)
    clock.advance(20)
    probe = breaker.stream(REQUEST, deadline_s=5.0)
    await anext(probe)
    if how == "closed":
        await probe.aclose()
    else:
        task = asyncio.ensure_future(anext(probe))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert breaker.state == "half_open"
    assert await _ask(breaker) == [""]
    assert breaker.state == "closed"


async def test_a_reader_that_stops_at_the_end_counts_as_answered() -> None:
    """Reading no further than `Finished` is a whole answer."""
    breaker, _, clock = _breaker(*[BAD] * 3)
    await _ask(breaker, 3)
    clock.advance(20)
    stream = breaker.stream(REQUEST, deadline_s=5.0)
    while not isinstance(await anext(stream), Finished):
        pass
    await stream.aclose()
    assert breaker.state == "closed"


async def test_what_was_under_way_when_it_opened_changes_nothing() -> None:
    """A late failure does not lengthen the wait, a late answer does not close it."""
    slow_bad, slow_good = [TextPiece("a"), Unavailable("late")], [TextPiece("a"), Finished("stop")]
    breaker, _, _ = _breaker(slow_bad, slow_good, *[BAD] * 3)
    late = [breaker.stream(REQUEST, deadline_s=5.0) for _ in range(2)]
    for stream in late:
        await anext(stream)
    await _ask(breaker, 3)
    with pytest.raises(Unavailable):
        await anext(late[0])
    await anext(late[1])
    assert (breaker.status.state, breaker.status.retry_in_s, breaker.status.opened) == ("open", 20, 1)


@pytest.mark.parametrize("wrong", [{"failures": 0}, {"window_s": 0.0}, {"open_s": -1.0}])
def test_settings_that_make_no_sense(wrong: dict[str, float]) -> None:
    """A breaker that could never open, or never close, is refused."""
    with pytest.raises(ValueError, match="breaker"):
        _breaker(**wrong)
