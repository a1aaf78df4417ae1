"""Whatever is known or not known, what is said is words for the ear."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.business import load_business
from frontdesk.prompting.lines import load_lines
from frontdesk.prompting.render import Renderer
from tests.conftest import ROOT
from tests.prompting.scenes import LANGUAGES, NOW, effect, known, lists, said, values

SALON = load_business(ROOT / "business.yaml", "business.yaml")
LINES = load_lines([ROOT / "prompts"], LANGUAGES)
RENDERER = Renderer(LINES, SALON)
NAMES = sorted(name for name in LINES.names() if not name.startswith("sms."))
SIGNS = re.compile(r"[0-9{}\[\]@#€$%&*/\\_+=<>|~^°\"()]")

moments = st.builds(
    lambda day, hour, minute: f"{day}T{hour:02}:{minute:02}",
    st.dates(dt.date(2026, 6, 12), dt.date(2027, 6, 1)),
    st.integers(0, 23),
    st.integers(0, 59),
)
phones = st.from_regex(r"\+336[0-9]{8}|\+4479[0-9]{8}|\+49176[0-9]{8}|\+346[0-9]{8}|\+4178[0-9]{7}", fullmatch=True)
languages = st.sampled_from(LANGUAGES)


def some(everything: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any part of what may be known."""
    return st.sets(st.sampled_from(sorted(everything))).map(lambda names: {name: everything[name] for name in names})


@given(st.sampled_from(NAMES), languages, st.integers(0, 5), some(known()), some(lists()), some(values(question={"day": "2026-06-18"})))
def test_no_line_is_ever_said_with_a_hole(
    name: str, language: str, variant: int, facts: dict[str, Any], shown: dict[str, Any], told: dict[str, Any]
) -> None:
    """With any part of the values missing there is still something to say, and it shows no placeholder, digit or sign."""
    text = RENDERER.say(effect(name, language, variant, facts=facts, lists=shown, values=told), NOW)
    assert text.strip()
    assert not SIGNS.search(text), text


@given(languages, moments, moments, phones, st.sampled_from(sorted(SALON.services)))
def test_every_time_number_and_service_is_said_in_words(language: str, slot: str, old: str, phone: str, service: str) -> None:
    """Any date within a year, any number of five countries, any service."""
    facts = {**known(), "service": said(service), "slot": said(slot), "phone": said(phone)}
    facts["appointment"] = said("a1", {"id": "a1", "service": service, "start": old})
    for name in ("confirm.ask", "confirm_move.ask", "contact.read_back", "notify.sent", "booked.done", "cancelled.done"):
        text = RENDERER.say(effect(name, language, facts=facts), NOW)
        assert not SIGNS.search(text), text


@given(languages, st.lists(moments, min_size=1, max_size=5))
def test_any_offers_are_said_in_words(language: str, starts: list[str]) -> None:
    """Any times on offer are said with their day, none twice."""
    offers = tuple({"start": start, "end": start, "staff": "lea"} for start in starts)
    text = RENDERER.say(effect("slot.ask", language, lists={"offers": offers}), NOW)
    assert not SIGNS.search(text), text
