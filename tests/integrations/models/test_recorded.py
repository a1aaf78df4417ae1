"""Recordings: what is written, what never is, and that the same comes out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.testing import Message, ModelRequest, ScriptedModel, TextPiece, ToolSpec, bad_call, call, read_whole, reply
from integrations.errors import IntegrationError
from integrations.models.errors import BadAnswer, ModelRefused, OutOfQuota, RateLimited, TimedOut, Unavailable
from integrations.models.masking import Marks, digits_and_addresses
from integrations.models.recorded import NotRecorded, RecordingModel, RecordingProblem, ReplayedModel

TOOL = ToolSpec("say_phone", "A number.", {"type": "object", "properties": {"words": {"type": "string"}}, "required": ["words"]})


def _request(*said: str, label: str = "phone") -> ModelRequest:
    return ModelRequest("Today is 2026-06-12.", tuple(Message("caller", text) for text in said), (TOOL,), label=label)


async def _events(model, request):
    return [event async for event in model.stream(request, deadline_s=5.0)]


async def test_the_same_again(tmp_path: Path) -> None:
    """What was recorded comes out again, event by event, in the order in which it was recorded."""
    first = reply("Oui, je note.", call("say_phone", words="mon numéro\u2028c'est"), bad_call("say_phone", '{"words'))
    second = reply("Encore ?")
    recording = RecordingModel(ScriptedModel([first, second, reply("autre")]), tmp_path / "new" / "calls.jsonl")
    asked = [_request("bonjour"), _request("bonjour"), _request("au revoir")]
    recorded = [await _events(recording, request) for request in asked]
    replayed = ReplayedModel(tmp_path / "new" / "calls.jsonl")
    assert replayed.left == 3
    assert [await _events(replayed, request) for request in (asked[2], asked[0], asked[1])] == [recorded[2], recorded[0], recorded[1]]
    assert replayed.left == 0


async def test_what_was_not_recorded_stops_the_test(tmp_path: Path) -> None:
    """Another request, or the same once more, is no error of a model that the rules would hide."""
    path = tmp_path / "calls.jsonl"
    await _events(RecordingModel(ScriptedModel([reply("oui")]), path), _request("bonjour"))
    replayed = ReplayedModel(path)
    with pytest.raises(NotRecorded, match="phone"):
        await _events(replayed, _request("bonsoir"))
    await _events(replayed, _request("bonjour"))
    with pytest.raises(NotRecorded):
        await _events(replayed, _request("bonjour"))
    assert not issubclass(NotRecorded, IntegrationError)


@pytest.mark.parametrize(
    "error",
    [
        TimedOut("x"),
        Unavailable("x"),
        BadAnswer("x"),
        OutOfQuota("x"),
        RateLimited("x", retry_after_s=2.5),
        ModelRefused("x", status=401, parameter="strict"),
    ],
)
async def test_errors_come_again(tmp_path: Path, error: IntegrationError) -> None:
    """A recorded failure fails again in the same way, after the same words; its message is not kept."""
    path = tmp_path / "calls.jsonl"
    with pytest.raises(type(error)):
        await _events(RecordingModel(ScriptedModel([[TextPiece("Oui"), error]]), path), _request("a"))
    seen = []
    with pytest.raises(type(error)) as caught:
        async for event in ReplayedModel(path).stream(_request("a"), deadline_s=5.0):
            seen += [event]
    assert seen == [TextPiece("Oui")]
    wanted = {name: value for name, value in vars(error).items() if not name.startswith("__")}
    assert vars(caught.value) == wanted


async def test_no_number_or_address_is_written(tmp_path: Path) -> None:
    """Numbers and addresses of callers are not in the file, even when the model spread them over several pieces."""
    path = tmp_path / "calls.jsonl"
    said = _request("c'est le 06 12 34 56 78", "ou jean.dupont@example.com")
    answer = reply(
        TextPiece("Le 06 12"),
        TextPiece(" 34 56 78 ? Ou 07 99 88 77 66 ?"),
        call("say_phone", words="06 12 34 56 78"),
        bad_call("say_phone", '{"a": "jean.dupont@example.com'),
    )
    await _events(RecordingModel(ScriptedModel([answer]), path), said)
    written = path.read_text(encoding="utf-8")
    assert not [digits for digits in ("34", "78", "99 88", "dupont", "example") if digits in written]
    assert "2026-06-12" in written


async def test_a_recording_fits_every_caller(tmp_path: Path) -> None:
    """Another caller with another number gets the same answer, with their own number in it."""
    path = tmp_path / "calls.jsonl"
    answer = reply("Le 06 12 34 56 78 ?", call("say_phone", words="06 12 34 56 78"))
    await _events(RecordingModel(ScriptedModel([answer]), path), _request("c'est le 06 12 34 56 78"))
    replayed = await read_whole(ReplayedModel(path).stream(_request("c'est le 07 00 11 22 33"), deadline_s=5.0))
    assert replayed.text == "Le 07 00 11 22 33 ?"
    assert replayed.calls[0].arguments == {"words": "07 00 11 22 33"}
    assert json.loads(replayed.calls[0].raw) == replayed.calls[0].arguments


async def test_who_knows_the_names_masks_them(tmp_path: Path) -> None:
    """A finder of one's own masks what it finds, whatever JSON or quotes do to it."""

    def names(text: str) -> list[tuple[str, str]]:
        return [("name", name) for name in ('Zoë "Zo" Müller',) if name in text]

    path = tmp_path / "calls.jsonl"
    request = _request('Zoë "Zo" Müller')
    await _events(RecordingModel(ScriptedModel([reply(call("say_phone", words='Zoë "Zo" Müller'))]), path, find=names), request)
    assert "Zo" not in path.read_text(encoding="utf-8")
    replayed = await read_whole(ReplayedModel(path, find=names).stream(request, deadline_s=5.0))
    assert replayed.calls[0].arguments == {"words": 'Zoë "Zo" Müller'}


async def test_what_is_given_up_is_not_written(tmp_path: Path) -> None:
    """An answer that nobody read to its end would be no answer the next time."""
    path = tmp_path / "calls.jsonl"
    stream = RecordingModel(ScriptedModel([reply("Oui, bien sûr")]), path).stream(_request("a"), deadline_s=5.0)
    await anext(stream)
    await stream.aclose()
    assert not path.exists()


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        '{"request": {}}',
        '{"request": {}, "events": [{"x": 1}], "error": null}',
        '{"request": {}, "events": [], "error": {"kind": "Odd"}}',
    ],
)
def test_a_file_that_is_no_recording(tmp_path: Path, line: str) -> None:
    """A line that cannot be read is named before any call."""
    path = tmp_path / "calls.jsonl"
    path.write_text("\n" + line, encoding="utf-8")
    with pytest.raises(RecordingProblem, match="line 2"):
        ReplayedModel(path)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("le 06 12 34 56 78.", ["06 12 34 56 78"]),
        ("+33 6.12.34.56.78 ou 0612345678", ["+33 6.12.34.56.78", "0612345678"]),
        ("(030) 123-456", ["030) 123-456"]),
        ("2026-06-16T15:00, 45 €, 15:30, 75001 Paris, 12/06", []),
        ("a.b+c@mail.example.org!", ["a.b+c@mail.example.org"]),
    ],
)
def test_what_is_personal(text: str, found: list[str]) -> None:
    """Numbers that reach somebody and addresses are found; dates, times, prices and postcodes are not."""
    assert [value for _, value in digits_and_addresses(text)] == found


@given(st.lists(st.from_regex(r"[a-z ]{0,5}(\+?[0-9]{6,12})?[a-z .@]{0,5}", fullmatch=True), max_size=5))
def test_hiding_and_showing_give_the_same(texts: list[str]) -> None:
    """Whatever was hidden in a request is shown again as it was."""
    marks = Marks()
    hidden = [marks.hide(text) for text in texts]
    assert [marks.show(text) for text in hidden] == texts


def test_a_value_within_another() -> None:
    """A number that begins like another has a mark of its own."""
    marks = Marks()
    assert [marks.hide(text) for text in ("123456", "1234567", "123456 ou 1234567")][:2] == ["<digits-1>", "<digits-2>"]
