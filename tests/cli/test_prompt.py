"""`frontdesk prompt`: the request to the letter."""

from __future__ import annotations

import io
import json

import pytest

from frontdesk.cli.options import BadOption
from frontdesk.cli.prompt import print_prompt


def _printed(state: str, **options: object) -> str:
    out = io.StringIO()
    assert print_prompt(state, out, **options) == 0  # type: ignore[arg-type]
    return out.getvalue()


def test_the_prompt_of_a_state_is_printed() -> None:
    """Persona, prompt, what is known, tools and the caller's words, in this order."""
    text = _printed("when", facts="intent=book,service=perm", language="en", words="as late as you can")
    places = [text.index(part) for part in ("Salon Colibri", "Find out when", "service: perm", "say_when {", "caller: as late as you can")]
    assert places == sorted(places)


def test_as_json_it_is_the_body_of_the_request() -> None:
    """With --json nothing is left out but the name of the model."""
    offers = [{"start": "2026-06-16T14:00", "end": "2026-06-16T14:45", "staff": "lea"}]
    body = json.loads(_printed("slot", facts=json.dumps({"service": "perm", "offers": offers}), as_json=True))
    assert "1 mardi seize juin à quatorze heures" in body["messages"][0]["content"]
    assert body["tool_choice"] == "required"


@pytest.mark.parametrize(
    ("state", "options"),
    [
        ("book", {}),
        ("nowhere", {}),
        ("when", {"facts": "colour=red"}),
        ("when", {"facts": "{"}),
        ("when", {"language": "it"}),
        ("when", {"language": ""}),
        ("when", {"facts": "intent=fly"}),
        ("when", {"facts": "service=wash_my_car"}),
        ("when", {"facts": "agreed=perhaps"}),
        ("when", {"facts": '{"intent": 3}'}),
    ],
)
def test_what_there_is_not_is_said_in_a_sentence(state: str, options: dict[str, str]) -> None:
    """States without a prompt, facts that the graph does not have, values that they never have, languages that are not spoken."""
    with pytest.raises(BadOption, match=r"\.$"):
        _printed(state, **options)
