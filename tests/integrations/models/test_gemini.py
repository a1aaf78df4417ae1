"""What is particular to Gemini: the request, its schemas, its chunks and its errors."""

from __future__ import annotations

from typing import Any

import pytest

from integrations.models.errors import BadAnswer, ModelRefused, OutOfQuota
from integrations.models.gemini import GeminiModel, generate_body
from integrations.models.gemini_schema import gemini_schema
from integrations.models.port import Finished, Message, ModelRequest
from integrations.models.reply import read_whole
from tests.emulators import gemini_emulator as words
from tests.emulators.openai_emulator import KEY, Plan, event, send
from tests.integrations.models.conftest import KINDS, REQUEST, Connect

pytest.importorskip("httpx", reason="the extra `model` is not installed")
GEMINI = KINDS["gemini"]


async def _reply(model: Any, request: ModelRequest = REQUEST):
    return await read_whole(model.stream(request, deadline_s=20.0))


async def test_the_request(connect: Connect) -> None:
    """The key is in a header and not in the address; the caller begins; the schema has no word that Gemini refuses."""
    model, emulator = await connect(GEMINI, words.says("oui"))
    await _reply(model)
    body, request = emulator.bodies[0], emulator.requests[0]
    assert KEY not in request.path
    assert body["systemInstruction"] == {"parts": [{"text": "Be short."}]}
    assert [turn["role"] for turn in body["contents"]] == ["user", "model", "user"]
    assert body["generationConfig"] == {"maxOutputTokens": 64, "temperature": 0}
    assert body["toolConfig"] == {"functionCallingConfig": {"mode": "ANY"}}
    assert body["tools"][0]["functionDeclarations"] == [
        {
            "name": "say_name",
            "description": "The caller says a name.",
            "parameters": {
                "type": "object",
                "properties": {"words": {"type": "string"}, "spelled": {"type": "string", "nullable": True}},
                "required": ["words", "spelled"],
            },
        },
        {"name": "nothing_of_this", "description": "None of the others fits."},
    ]


def test_turns_alternate() -> None:
    """Two sentences of one side in a row are one turn; a conversation that does not begin with the caller gets a silent beginning."""
    said = (Message("frontdesk", "a"), Message("frontdesk", "b"), Message("caller", "c"), Message("caller", "d"))
    contents = generate_body(ModelRequest("s", said), {})["contents"]
    assert [[turn["role"], len(turn["parts"])] for turn in contents] == [["user", 1], ["model", 2], ["user", 2]]
    assert [turn["role"] for turn in generate_body(ModelRequest("s", ()), {})["contents"]] == ["user"]


def test_further_fields() -> None:
    """An installation may turn thinking off."""
    config = generate_body(REQUEST, {"thinkingConfig": {"thinkingBudget": 0}, "temperature": None})["generationConfig"]
    assert config == {"maxOutputTokens": 64, "thinkingConfig": {"thinkingBudget": 0}}


@pytest.mark.parametrize(
    ("schema", "wanted"),
    [
        ({"type": ["string", "null"], "enum": ["a", None]}, {"type": "string", "enum": ["a"], "nullable": True}),
        ({"const": "x"}, {"type": "string", "enum": ["x"]}),
        ({"type": "integer", "enum": [1, 2]}, {"type": "integer"}),
        ({"anyOf": [{"type": "string", "pattern": "x"}, {"type": "null"}], "title": "t"}, {"type": "string", "nullable": True}),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, {"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        ({"type": ["string", "integer"]}, {"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        ({"type": "string", "format": "email"}, {"type": "string"}),
        (
            {"type": "array", "items": {"type": "object", "properties": {"title": {"type": "string"}}, "additionalProperties": False}},
            {"type": "array", "items": {"type": "object", "properties": {"title": {"type": "string"}}}},
        ),
    ],
)
def test_schemas(schema: dict[str, Any], wanted: dict[str, Any]) -> None:
    """A strict JSON Schema keeps its meaning as far as Gemini has words for it; a property may be named like a keyword."""
    assert gemini_schema(schema) == wanted


async def test_thoughts_are_not_spoken(connect: Connect) -> None:
    """What a model thinks is for nobody's ear, but is counted."""
    usage = {"promptTokenCount": 10, "candidatesTokenCount": 2, "thoughtsTokenCount": 30}
    model, _ = await connect(
        GEMINI,
        Plan([send(words.chunk({"text": "Hmm", "thought": True})), send(words.chunk({"text": "Oui"}, finish="STOP", usageMetadata=usage))]),
    )
    reply = await _reply(model)
    assert (reply.text, reply.finished) == ("Oui", Finished("stop", 10, 32))


async def test_a_reason_in_every_chunk(connect: Connect) -> None:
    """Some models end every chunk with STOP; the answer is over when the stream is."""
    model, _ = await connect(GEMINI, Plan([send(words.chunk({"text": text}, finish="STOP")) for text in ("Oui", " bien", " sûr")]))
    assert (await _reply(model)).text == "Oui bien sûr"


@pytest.mark.parametrize(
    ("chunk", "reason"),
    [
        (event({"promptFeedback": {"blockReason": "SAFETY"}}), "filtered"),
        (words.chunk(finish="SAFETY"), "filtered"),
        (words.chunk({"text": "o"}, finish="MAX_TOKENS"), "length"),
        (words.chunk(finish="MALFORMED_FUNCTION_CALL"), "other"),
    ],
)
async def test_reasons(connect: Connect, chunk: bytes, reason: str) -> None:
    """Why it ended is one of five words."""
    model, _ = await connect(GEMINI, Plan([send(chunk)]))
    finished = (await _reply(model)).finished
    assert finished is not None
    assert finished.reason == reason


@pytest.mark.parametrize("arguments", ["Dupont", [1], 7])
async def test_arguments_that_are_no_object(connect: Connect, arguments: Any) -> None:
    """A call with anything but an object has no arguments."""
    model, _ = await connect(GEMINI, words.calls(("say_name", arguments)))
    (call,) = (await _reply(model)).calls
    assert call.arguments is None


async def test_too_many_calls(connect: Connect) -> None:
    """A flood of calls is no answer."""
    model, _ = await connect(GEMINI, words.calls(*[("say_name", {})] * 40))
    with pytest.raises(BadAnswer):
        await _reply(model)


async def test_a_wrong_key(connect: Connect) -> None:
    """It comes as status 400 and is told apart from a bad request."""
    model, _ = await connect(GEMINI, words.says("oui"), key="wrong")
    with pytest.raises(ModelRefused) as caught:
        await _reply(model)
    assert caught.value.everywhere


async def test_errors_in_a_list(connect: Connect) -> None:
    """Errors may come as a list of one."""
    details = [words.over_daily_quota()]
    body = words.fails(429, "RESOURCE_EXHAUSTED", details=details).body
    assert body is not None
    model, _ = await connect(GEMINI, Plan(status=429, body=b"[" + body + b"]", content_type="application/json"))
    with pytest.raises(OutOfQuota):
        await _reply(model)


def test_a_name_with_a_path_in_it_is_refused() -> None:
    """The name of the model becomes a part of the address, and nothing else of it."""
    with pytest.raises(ValueError, match="name"):
        GeminiModel(base_url="http://x", key="k", model="../files?x=")
    assert "gemini-2" in repr(GeminiModel(base_url="http://x", key="k", model="models/gemini-2"))
