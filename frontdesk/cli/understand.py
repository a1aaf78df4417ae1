"""`frontdesk understand`: an utterance a line in, a reading a line out (CALL.md, section 2)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TextIO
from zoneinfo import ZoneInfo

from frontdesk.cli.options import BadOption
from spoken import Choice, Context, Reading, Vocabulary, understand
from spoken.context import Hours
from spoken.errors import SpokenError, UnknownLanguage
from spoken.understanding import KINDS

__all__ = ["Listening", "VocabularyOf", "run"]

VocabularyOf = Callable[[str], Mapping[str, tuple[str, ...]]]
"""What the services of the business are called in a language, by id."""

DEFAULT_ZONE: Final = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Listening:
    """How an utterance is to be read."""

    as_: str
    language: str
    now: dt.datetime
    """Aware, in the zone of the business."""
    country: str | None = None
    choices: tuple[str, ...] = ()


def _moment(text: str, zone: ZoneInfo) -> dt.datetime:
    """Wall time of the business; a time with an offset is turned into it. Raises ValueError."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"“{text}” is no time; write it as 2026-06-12T09:00.") from error
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _choices(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split("|") if part.strip())
    if isinstance(value, Sequence):
        return tuple(str(part) for part in value)
    raise ValueError("choices must be a text with | between them, or a list of texts.")


def _override(listening: Listening, given: Mapping[str, Any], zone: ZoneInfo) -> Listening:
    """The options for one line; keys that mean nothing here, such as an id, are left alone. Raises ValueError with one sentence."""
    text = given.get("text")
    if text is None or not isinstance(text, str):
        sentence = 'An object needs a "text".'
        raise ValueError(sentence)
    if given.get("now") is not None:
        listening = replace(listening, now=_moment(str(given["now"]), zone))
    if given.get("language") is not None:
        listening = replace(listening, language=str(given["language"]))
    if given.get("as") is not None:
        listening = replace(listening, as_=str(given["as"]))
    if given.get("country") is not None:
        listening = replace(listening, country=str(given["country"]).upper() or None)
    if given.get("choices") is not None:
        listening = replace(listening, choices=_choices(given["choices"]))
    return listening


def _answer(text: str, reading: Reading) -> dict[str, Any]:
    return {
        "text": text,
        "status": str(reading.status),
        "value": reading.value,
        "span": list(reading.span) if reading.span else None,
        "alternatives": [{"value": item.value, "say": item.say} for item in reading.alternatives],
    }


def _read(line: str, listening: Listening, base: Context, vocabulary: VocabularyOf | None, zone: ZoneInfo) -> dict[str, Any]:
    text = line
    if line.lstrip().startswith("{"):
        try:
            given = json.loads(line)
        except (ValueError, RecursionError):
            given = None
        if isinstance(given, dict):
            listening = _override(listening, given, zone)
            text = given["text"]
    if listening.as_ not in KINDS:
        raise ValueError(f"There is no reader for {listening.as_!r}; use one of {', '.join(KINDS)}.")
    context = replace(
        base,
        country=listening.country or base.country,
        choices=tuple(Choice(choice) for choice in listening.choices),
        vocabulary=Vocabulary(vocabulary(listening.language)) if vocabulary is not None else base.vocabulary,
    )
    try:
        return _answer(text, understand(text, listening.as_, listening.language, listening.now, context))
    except UnknownLanguage as error:
        raise ValueError(f"There is no language data for {listening.language!r}; use fr, de, en or es.") from error


def run(
    stdin: TextIO,
    stdout: TextIO,
    *,
    as_: str,
    language: str = "fr",
    now: str | None = None,
    country: str | None = None,
    choices: str | None = None,
    clock: Callable[[], dt.datetime],
    zone: ZoneInfo = DEFAULT_ZONE,
    vocabulary: VocabularyOf | None = None,
    hours: Callable[[dt.date], Hours] | None = None,
    holidays: Callable[[int], Mapping[dt.date, str]] | None = None,
    business_country: str | None = None,
) -> int:
    """Answer every line; returns the exit code. Raises BadOption, with one sentence and nothing read, when an option is wrong.

    `now` is wall time in `zone` unless it has an offset; without it `clock` (aware) says it. The services, the opening hours,
    the holidays and the country are those of the business, when there is one. A line that cannot be read as asked gets an
    `{"error": …}` line of its own, so that lines out always match lines in.
    """
    try:
        moment = _moment(now, zone) if now else clock().astimezone(zone)
        listening = Listening(as_, language, moment, country.upper() if country else None, _choices(choices) if choices else ())
        _read("", listening, Context(), vocabulary, zone)
    except (ValueError, KeyError, SpokenError) as error:
        raise BadOption(str(error)) from error
    base = Context(business_country=business_country, hours=hours, holidays=holidays)
    for line in stdin:
        try:
            answer = _read(line.rstrip("\r\n"), listening, base, vocabulary, zone)
        except (ValueError, KeyError, SpokenError) as error:
            answer = {"error": str(error)}
        # Half a surrogate pair can stand in a JSON text and cannot be written as UTF-8.
        stdout.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8") + "\n")
        stdout.flush()
    return 0
