"""What every model behind the port keeps to, tested over real connections."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from contextlib import aclosing

import pytest

from integrations.errors import IntegrationError
from integrations.models.errors import BadAnswer, ModelRefused, OutOfQuota, RateLimited, TimedOut, Unavailable
from integrations.models.port import Finished, TextPiece, ToolCall
from integrations.models.reply import read_whole
from tests.emulators.openai_emulator import KEY, Plan, cut, fails, send, stall, trickle
from tests.integrations.models.conftest import REQUEST, Connect, Kind

LONG_S = 20.0
"""A deadline that no test reaches."""
SHORT_S = 0.15


async def _events(model, deadline_s=LONG_S, request=REQUEST):
    async with aclosing(model.stream(request, deadline_s=deadline_s)) as stream:
        return [event async for event in stream]


async def test_text_comes_in_pieces_and_ends_with_its_tokens(kind: Kind, connect: Connect) -> None:
    """Text is passed on as it comes, and the last event says why it ended and what it cost."""
    model, _ = await connect(kind, kind.words.says("Oui, bien sûr !"))
    events = await _events(model)
    assert [event.text for event in events[:-1]] == ["Oui,", " bien", " sûr", " !"]
    assert events[-1] == Finished("stop", 321, 12)


async def test_pieces_come_before_the_answer_is_whole(kind: Kind, connect: Connect) -> None:
    """The first words are there while the rest is still being made."""
    model, _ = await connect(kind, Plan([send(kind.stream_of("Oui")[0]), send(kind.stream_of("Oui")[1]), stall(60)]))
    async with aclosing(model.stream(REQUEST, deadline_s=LONG_S)) as stream:
        assert await anext(stream) == TextPiece("Oui")


async def test_tool_calls_come_whole_and_in_order(kind: Kind, connect: Connect) -> None:
    """Several calls at once are all there, each with its own arguments, after the text."""
    made = [
        ("say_name", {"words": "Dupont", "spelled": None}),
        ("nothing_of_this", {}),
        ("say_name", {"words": "Müller", "spelled": "M Ü"}),
    ]
    model, _ = await connect(kind, kind.words.calls(*made, text="Je note."))
    events = await _events(model)
    assert isinstance(events[0], TextPiece)
    calls = [event for event in events if isinstance(event, ToolCall)]
    assert [(call.name, call.arguments) for call in calls] == made
    assert len({call.id for call in calls}) == 3
    assert [json.loads(call.raw) for call in calls] == [arguments for _, arguments in made]
    assert events[-1] == Finished("tools", 321, 12)


async def test_pieces_may_be_cut_anywhere(kind: Kind, connect: Connect) -> None:
    """Bytes that end within a line or within a character change nothing, nor does a line separator within the text."""
    data = b"".join(kind.stream_of("C\u2028est à côté 🦊"))
    data = data.replace(b"\\u2028", "\u2028".encode()).replace(b"\\u00e0", "à".encode())
    for steps in (trickle(data, 3), trickle(data.replace(b"\n", b"\r\n"), 7), [send(b": comment\n\nevent: x\n" + data)]):
        model, _ = await connect(kind, Plan(steps))
        assert (await read_whole(model.stream(REQUEST, deadline_s=LONG_S))).text == "C\u2028est à côté 🦊"


@pytest.mark.parametrize("when", ["before the first byte", "in the middle", "trickling"])
async def test_the_deadline_is_kept(kind: Kind, connect: Connect, when: str) -> None:
    """Whatever is slow, it ends at the deadline, and the connection is closed."""
    events = kind.stream_of("un deux trois")
    plans = {
        "before the first byte": kind.words.says("trop tard", before_s=60.0),
        "in the middle": Plan([send(events[0]), stall(60), *map(send, events[1:])]),
        "trickling": Plan([step for _ in range(200) for step in (send(b": still there\n\n"), stall(0.02))]),
    }
    model, emulator = await connect(kind, plans[when])
    with pytest.raises(TimedOut):
        await _events(model, SHORT_S)
    await asyncio.wait_for(emulator.server.left.wait(), 5)
    assert len(emulator.requests) == 1


async def test_no_time_no_request(kind: Kind, connect: Connect) -> None:
    """A deadline that is over already costs no request."""
    model, emulator = await connect(kind, kind.words.says("oui"))
    with pytest.raises(TimedOut):
        await _events(model, 0.0)
    assert not emulator.requests


@pytest.mark.parametrize("how", ["closed", "cancelled", "cancelled before the first byte"])
async def test_giving_up_closes_the_connection(kind: Kind, connect: Connect, how: str) -> None:
    """A caller who speaks again makes the server stop: nothing is paid for that nobody reads."""
    events = kind.stream_of("un deux trois")
    plan = Plan([*map(send, events[:-2]), stall(60)], before_s=60.0 if "before" in how else 0.0)
    model, emulator = await connect(kind, plan)
    if how == "closed":
        stream = model.stream(REQUEST, deadline_s=LONG_S)
        await anext(stream)
        await stream.aclose()
    else:
        task = asyncio.ensure_future(_events(model))
        await asyncio.wait_for(emulator.server.asked.wait(), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    await asyncio.wait_for(emulator.server.left.wait(), 5)
    assert emulator.server.unfinished == 1


async def test_what_breaks_off_has_called_nothing(kind: Kind, connect: Connect) -> None:
    """Tool calls of an answer that is not whole never come out."""
    steps = [send(data) for data in kind.words.call_events(("say_name", {"words": "Dupont", "spelled": None}))]
    seen = []
    for ending in ([cut()], []):
        last = -3 if kind.name == "openai" else -1
        model, _ = await connect(kind, Plan([*steps[:last], *ending]))
        with pytest.raises(Unavailable):
            async for event in model.stream(REQUEST, deadline_s=LONG_S):
                seen += [event]
    assert not seen


async def test_a_lost_connection_is_tried_once_more(kind: Kind, connect: Connect) -> None:
    """A connection that breaks before the first byte is made anew, once."""
    model, emulator = await connect(kind, Plan(lost=True), kind.words.says("oui"))
    assert (await read_whole(model.stream(REQUEST, deadline_s=LONG_S))).text == "oui"
    model, emulator = await connect(kind, Plan(lost=True))
    with pytest.raises(Unavailable):
        await _events(model)
    assert len(emulator.requests) == 2


async def test_nobody_listens(kind: Kind, connect: Connect) -> None:
    """A server that is down is unavailable, not a crash."""
    _, emulator = await connect(kind, kind.words.says("oui"))
    address = emulator.base_url
    await emulator.server.stop()
    other = kind.client(address)
    with pytest.raises(Unavailable):
        await _events(other)
    await other.aclose()
    await emulator.server.start()


@pytest.mark.parametrize("status", [500, 502, 503, 504, 529, 408])
async def test_a_server_in_trouble_is_not_asked_again(kind: Kind, connect: Connect, status: int) -> None:
    """The caller waits; the rules carry on in the same turn instead of a second try."""
    model, emulator = await connect(kind, kind.words.fails(status))
    with pytest.raises(Unavailable) as caught:
        await _events(model)
    assert caught.value.retryable
    assert len(emulator.requests) == 1


async def test_too_many_requests_waits_as_long_as_it_is_told(kind: Kind, connect: Connect) -> None:
    """A short wait within the deadline is waited."""
    model, emulator = await connect(kind, kind.rate_limited("0.01"), kind.words.says("oui"))
    assert (await read_whole(model.stream(REQUEST, deadline_s=LONG_S))).text == "oui"
    assert len(emulator.requests) == 2


async def test_a_wait_beyond_the_deadline_is_not_begun(kind: Kind, connect: Connect) -> None:
    """A wait that the deadline does not allow is told at once, with its length."""
    model, emulator = await connect(kind, kind.rate_limited("30"))
    with pytest.raises(RateLimited) as caught:
        await _events(model, 5.0)
    assert caught.value.retry_after_s == 30
    assert len(emulator.requests) == 1


async def test_too_many_requests_again_and_again(kind: Kind, connect: Connect) -> None:
    """It is repeated twice at most."""
    model, emulator = await connect(kind, kind.rate_limited("0.01"))
    with pytest.raises(RateLimited):
        await _events(model)
    assert len(emulator.requests) == 3


async def test_no_quota_is_never_repeated(kind: Kind, connect: Connect) -> None:
    """The other meaning of 429: nothing helps but money or another day."""
    model, emulator = await connect(kind, kind.out_of_quota)
    with pytest.raises(OutOfQuota) as caught:
        await _events(model)
    assert not caught.value.retryable
    assert len(emulator.requests) == 1


@pytest.mark.parametrize(("status", "everywhere"), [(400, False), (413, False), (422, False), (403, True), (404, True), (307, True)])
async def test_a_refusal_is_final(kind: Kind, connect: Connect, status: int, everywhere: bool) -> None:
    """What the server does not take is not sent again; whether anything else would be taken is told."""
    model, emulator = await connect(kind, kind.words.fails(status, "no", headers={"location": "http://127.0.0.1:9/"}))
    with pytest.raises(ModelRefused) as caught:
        await _events(model)
    assert caught.value.everywhere is everywhere
    assert len(emulator.requests) == 1


async def test_secrets_stay_secret(kind: Kind, connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    """Neither key nor prompt is in any message, representation, traceback or log, though the server repeats the key."""
    caplog.set_level(logging.DEBUG)
    wrong = "sk-wrong-998877665544"
    plans = [
        kind.words.fails(400),
        kind.words.fails(500),
        kind.out_of_quota,
        Plan([send(kind.error_event)]),
        Plan(lost=True),
        kind.rate_limited("90"),
    ]
    found = [caplog.text]
    for plan, key in [*((plan, KEY) for plan in plans), (plans[0], wrong)]:
        model, _ = await connect(kind, plan, key=key)
        found += [repr(model), str(model)]
        with pytest.raises(IntegrationError) as caught:
            await _events(model)
        found += [str(caught.value), repr(caught.value), "".join(traceback.format_exception(caught.value))]
        assert key == KEY or isinstance(caught.value, ModelRefused)
    found.append(caplog.text)
    assert not [text for text in found if KEY in text or wrong in text or REQUEST.system in text or "Dupont" in text]


GARBAGE = {
    "a page": Plan(body=b"<html><body>Welcome to the Wi-Fi of the hotel</body></html>", content_type="text/html"),
    "an empty page": Plan(body=b"", content_type="text/plain"),
    "no JSON": Plan([send(b"data: {not json}\n\n")]),
    "no object": Plan([send(b"data: [1, 2]\n\n")]),
    "no UTF-8": Plan([send(b'data: {"x": "\xff\xfe"}\n\n')]),
    "nesting": Plan([send(b"data: " + b"[" * 50_000 + b"\n\n")]),
    "nothing": Plan([]),
    "other JSON": Plan(body=b'{"hello": "world"}', content_type="application/json"),
    "broken JSON": Plan(body=b'{"choices": [', content_type="application/json"),
    "odd types": Plan([send(b'data: {"choices": [7, null], "candidates": [7, null], "usage": 3, "usageMetadata": []}\n\n')]),
    "odd choices": Plan([send(b'data: {"choices": {"a": 1}, "candidates": {"a": 1}}\n\n')]),
    "an endless line": Plan([send(b"data: " + b"a" * 700_000), send(b"a" * 700_000)]),
}


@pytest.mark.parametrize("name", GARBAGE)
async def test_garbage_is_an_error_of_its_own(kind: Kind, connect: Connect, name: str) -> None:
    """What is no answer is said to be none, whatever it is."""
    model, _ = await connect(kind, GARBAGE[name])
    with pytest.raises(BadAnswer):
        await _events(model)


async def test_an_error_within_the_stream(kind: Kind, connect: Connect) -> None:
    """A server that fails after it has begun is unavailable."""
    model, _ = await connect(kind, Plan([send(kind.stream_of("Oui")[0]), send(kind.error_event)]))
    with pytest.raises(Unavailable):
        await _events(model)


async def test_an_endless_answer_is_cut(kind: Kind, connect: Connect) -> None:
    """A server that ignores how much was asked for does not fill the memory."""
    model, _ = await connect(kind, kind.words.says("bla " * 3000))
    with pytest.raises(BadAnswer):
        await _events(model)


async def test_one_connection_for_many_requests(kind: Kind, connect: Connect) -> None:
    """No turn pays for a new connection when the last answer was whole."""
    model, emulator = await connect(kind, kind.words.says("oui"))
    for _ in range(3):
        await _events(model)
    assert emulator.server.connections == 1


async def test_a_broken_answer_costs_its_connection_only(kind: Kind, connect: Connect) -> None:
    """After a failure the next request is answered as if nothing had been."""
    model, _ = await connect(kind, Plan([cut()]), fails(500), GARBAGE["no JSON"], kind.words.says("oui"))
    for _ in range(3):
        with pytest.raises(Unavailable):
            await _events(model)
    assert (await read_whole(model.stream(REQUEST, deadline_s=LONG_S))).text == "oui"


async def test_garbage_closes_the_connection(kind: Kind, connect: Connect) -> None:
    """A server that sends garbage and goes on is left, even while somebody still looks at the error."""
    model, emulator = await connect(kind, Plan([send(b"data: {not json}\n\n"), stall(60)]))
    with pytest.raises(BadAnswer) as caught:
        await _events(model)
    await asyncio.wait_for(emulator.server.left.wait(), 5)
    assert caught.traceback


async def test_the_environment_is_not_looked_at(kind: Kind, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment does not get our requests; one that is set does."""
    for name in ("HTTP_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    model, _ = await connect(kind, kind.words.says("oui"))
    assert (await read_whole(model.stream(REQUEST, deadline_s=LONG_S))).text == "oui"
    model, _ = await connect(kind, kind.words.says("oui"), proxy="http://127.0.0.1:9")
    with pytest.raises(Unavailable):
        await _events(model)


async def test_many_at_once(kind: Kind, connect: Connect) -> None:
    """One object serves many calls at the same time."""
    model, _ = await connect(kind, kind.words.says("oui"))
    replies = await asyncio.gather(*(read_whole(model.stream(REQUEST, deadline_s=LONG_S)) for _ in range(20)))
    assert [reply.text for reply in replies] == ["oui"] * 20


@pytest.mark.parametrize(
    ("base_url", "key"),
    [("api.example.com/v1", "k"), ("ftp://example.com", "k"), ("http://", "k"), ("http://x", "sk-é"), ("http://x", "sk-1\n")],
)
def test_what_cannot_be_sent_is_told_when_it_is_set(kind: Kind, base_url: str, key: str) -> None:
    """An address or a key that cannot be used is one sentence at the start, without the key."""
    with pytest.raises(ValueError, match=r"^The .*\.$") as caught:
        kind.client(base_url, key=key)
    assert "sk-" not in str(caught.value)
