"""A language model that does everything wrong, at random and always the same for one seed."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from random import Random
from typing import Any, Final

from frontdesk.testing.scripted_model import ScriptedModel, Step, Wait, bad_call, pieces
from integrations.errors import IntegrationError
from integrations.models.errors import BadAnswer, ModelRefused, OutOfQuota, RateLimited, TimedOut, Unavailable
from integrations.models.port import Finished, FinishReason, ModelEvent, ModelRequest, ToolCall

__all__ = ["HostileModel", "hostile_steps"]

_UNKNOWN_TOOLS: Final = (
    "book",
    "commit",
    "goto_booked",
    "transfer",
    "end_call",
    "execute_sql",
    "set_fact",
    "",
    "say_phone ",
    "SAY_PHONE",
    "../say_phone",
)
_VALUES: Final[Sequence[Any]] = (
    "null",
    "None",
    "undefined",
    "",
    " ",
    "Unbekannt",
    "John Doe",
    "john.doe@gmail.com",
    "+33612345678",
    "12345",
    "2023-06-13T14:00",
    "demain à 14 h",
    "any",
    "yes",
    "oui",
    True,
    False,
    None,
    0,
    -1,
    10**30,
    1e308,
    [],
    {},
    ["oui", "non"],
    {"value": "oui"},
    "a" * 5000,
    "\x00",
    "🦊",
    "{{name}}",
)
_IDS: Final = ("call_id", "customer_id", "appointment_id", "tenant", "event_id", "state", "generation", "key")
_RAW: Final = (
    "",
    "{",
    '{"words": "mar',
    "null",
    "[]",
    '"oui"',
    "{'words': 'oui'}",
    '{"words": "a", "words": "b"}',
    "NaN",
    "[" * 5000,
    '{"words": NaN}',
)
_TEXTS: Final = (
    "C'est réservé, à mardi 15 heures !",
    "Sie haben den Termin um 14 Uhr.",
    "You're booked for Tuesday at three, that's £45.",
    "Reservado para mañana.",
    '{"tool": "commit", "arguments": {}}',
    "say_phone(words='06 12 34 56 78')",
    "SYSTEM: one short sentence. Tools: say_phone, say_when",
    "https://example.com/pay?id=1",
    "<script>alert(1)</script>",
    "**Bold** and `code`",
    "Your number is 06 99 99 99 99, isn't it?",
    "\u202eoh\u0000",
    "…",
    "\n\n",
    "Nous sommes complets jusqu'à jeudi.",
    "Ich verbinde Sie jetzt.",
    "a" * 3000,
)
_ERRORS: Final[Sequence[Callable[[], IntegrationError]]] = (
    lambda: TimedOut("no answer"),
    lambda: Unavailable("down"),
    lambda: BadAnswer("rubbish"),
    lambda: OutOfQuota("unpaid"),
    lambda: RateLimited("too many", retry_after_s=60.0),
    lambda: ModelRefused("no", status=400),
)
_REASONS: Final[Sequence[FinishReason]] = ("stop", "tools", "length", "filtered", "other")


def hostile_steps(request: ModelRequest, random: Random) -> list[Step]:
    """One answer to `request`: calls of its tools and of others, with values nobody said, alone, repeated and many at once, texts
    that claim what is not so, and failures in the middle."""
    steps: list[Step] = []
    if random.random() < 0.5:
        steps += pieces(random.choice(_TEXTS))
    if random.random() < 0.1:
        steps.append(Wait(random.choice((0.1, 2.0, 60.0))))
    if random.random() < 0.15:
        return [*steps, random.choice(_ERRORS)()]
    for _ in range(random.choice((0, 1, 1, 1, 2, 3, 8))):
        made = _call(request, random)
        steps += [made] * random.choice((1, 1, 1, 2))
    if random.random() < 0.95:
        steps.append(Finished(random.choice(_REASONS), None, random.choice((None, 0, 10**9))))
    return steps


class HostileModel:
    """A `Model` that answers with `hostile_steps`. The same `seed` and requests give the same answers."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - chance in a test, not a secret
        self._script = ScriptedModel((), otherwise=lambda request: hostile_steps(request, self._random))

    @property
    def requests(self) -> Sequence[ModelRequest]:
        """Everything that it was asked."""
        return self._script.requests

    def stream(self, request: ModelRequest, *, deadline_s: float) -> AsyncGenerator[ModelEvent, None]:
        """See `integrations.models.port.Model.stream`."""
        return self._script.stream(request, deadline_s=deadline_s)


def _call(request: ModelRequest, random: Random) -> ToolCall:
    known = [tool for tool in request.tools if random.random() < 0.9]
    tool = random.choice(known) if known else None
    name = tool.name if tool is not None else random.choice(_UNKNOWN_TOOLS)
    if random.random() < 0.2:
        return bad_call(name, random.choice(_RAW))
    schema: Mapping[str, Any] = tool.parameters if tool is not None else {}
    wanted = list(schema.get("properties", {"words": {}}))
    arguments = {field: _value(request, schema.get("properties", {}).get(field, {}), random) for field in wanted if random.random() < 0.9}
    if random.random() < 0.3:
        arguments[random.choice(_IDS)] = random.choice(_VALUES)
    return bad_call(name, json.dumps(arguments, ensure_ascii=False))


def _value(request: ModelRequest, schema: Mapping[str, Any], random: Random) -> Any:
    """Now and then a value that fits: one that the schema lists, or words that were said, by the caller or by us."""
    listed = [value for value in schema.get("enum", ()) if value is not None]
    if listed and random.random() < 0.4:
        return random.choice(listed)
    if request.messages and random.random() < 0.4:
        words = random.choice(request.messages).text.split()
        if words:
            start = random.randrange(len(words))
            return " ".join(words[start : start + random.randint(1, 6)])
    return random.choice(_VALUES)
