"""`frontdesk understand`: lines in, as many lines out."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pytest

from frontdesk.cli.options import BadOption
from frontdesk.cli.understand import run

NOON = dt.datetime(2026, 6, 12, 12, 0, tzinfo=dt.UTC)


def answers(lines: str, **options: Any) -> list[dict[str, Any]]:
    out = io.StringIO()
    assert run(io.StringIO(lines), out, clock=lambda: NOON, **options) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_of_text_is_read_as_the_options_say() -> None:
    """Text in, and status, value, span and alternatives out."""
    [answer] = answers("zéro six douze trente-quatre cinquante-six soixante-dix-huit\n", as_="phone", language="fr")
    assert answer == {
        "text": "zéro six douze trente-quatre cinquante-six soixante-dix-huit",
        "status": "complete",
        "value": "+33612345678",
        "span": [0, 60],
        "alternatives": [],
    }


def test_an_object_overrides_the_options_for_itself() -> None:
    """Kind, language, country, time and choices may be given with one utterance; the next has the options again."""
    first, second, third = answers(
        '{"text": "yes please", "as": "yes_no", "language": "en"}\n'
        '{"text": "le deuxième", "as": "choice", "choices": "à dix heures|à onze heures"}\n'
        "drei\n",
        as_="number",
        language="de",
    )
    assert first["value"] is True
    assert second["status"] == "nothing"  # still German
    assert third["value"] == 3


def test_choices_are_known_by_their_words() -> None:
    """A choice that speaks of a time is found by that time, however it is said."""
    [answer] = answers(
        "half past three\n", as_="choice", language="en", now="2026-06-12T09:00", choices="Tuesday at 14:00|Thursday at 15:30"
    )
    assert answer["value"] == 1


def test_services_are_those_of_the_business() -> None:
    """The vocabulary of the language of the line is asked for."""
    [answer] = answers(
        "une coupe femme\n", as_="service", vocabulary=lambda language: {"womens_cut": ("coupe femme",)} if language == "fr" else {}
    )
    assert answer["value"] == "womens_cut"


def test_every_line_gets_a_line() -> None:
    """Empty lines, rubbish and unknown keys are answered too."""
    lines = '\n{"x": 1}\n{"text": 3}\n{broken\n{"text": "oui", "as": "colour"}\n{"text": "oui", "language": "xx"}\noui\n'
    found = answers(lines, as_="yes_no")
    assert len(found) == 7
    assert [("error" in answer) for answer in found] == [False, True, True, False, True, True, False]
    assert found[-1]["value"] is True


def test_a_wrong_option_is_one_sentence() -> None:
    """An unknown kind ends the command with code 2 before anything is read."""
    out = io.StringIO()
    for wrong in ({"as_": "colour"}, {"as_": "date", "now": "banana"}, {"as_": "date", "language": "xx"}):
        with pytest.raises(BadOption, match=r"colour|banana|xx"):
            run(io.StringIO("oui\n"), out, clock=lambda: NOON, **wrong)
    assert not out.getvalue()


def test_hostile_json_is_a_line_like_any_other() -> None:
    """JSON that is nested too deep, and half a character, are answered and end nothing."""
    found = answers('{"a":' * 5000 + '\n{"text": "\\ud83d oui"}\n', as_="yes_no")
    assert len(found) == 2
    assert found[1]["value"] is True
