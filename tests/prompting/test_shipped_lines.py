"""The shipped sentences: complete in every language, and fit for the ear."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.business import Business
from frontdesk.prompting.line_checks import check_lines
from frontdesk.prompting.lines import Line, Lines, read_lines
from frontdesk.prompting.render import Renderer
from fsm.loader import read_graph_spec
from integrations.sms.segments import segments
from tests.prompting.scenes import LANGUAGES, NOW, effect, lists, values

PIECES = ("piece", "hello", "weekday", "weekday_name", "closed_reason", "language")
SIGNS = re.compile(r"[0-9{}\[\]@#€$%&*/\\_+=<>|~^°\"()]")
FAMILIAR = {
    "fr": r"\b(tu|toi|ton|tes|t')\b",
    "de": r"\b(du|dein|deine|dir|dich|euch)\b",
    "es": r"\b(tú|tu|tus|te|quieres|puedes|dime|prefieres)\b",
    "en": r"\b(guys|hey|yeah|okay)\b",
}


def spoken(lines: Lines, language: str) -> list[Line]:
    """All lines that are sentences by themselves."""
    return [
        lines.get(name, language)
        for name in sorted(lines.names(language))
        if name.partition(".")[0] not in PIECES and not name.startswith("sms.")
    ]


def asked(name: str) -> dict[str, object]:
    """What a question about each topic would be about."""
    question: dict[str, object] = {
        "service": "womens_cut",
        "day": "2026-06-18",
        "staff": "lea",
        "services": ["womens_cut", "wedding_consultation"],
    }
    question |= {"start": "2026-06-16T15:00", "found": True}
    if name.startswith("answers.open_days"):
        question |= {"first_day": "2026-08-01", "last_day": "2026-08-31"}
    if name.endswith(("_closed", "_no")):
        question["day"] = "2026-06-21"
    if name == "slot.outside_hours":
        return values(day="2026-06-18")
    return values(question=question) if name.startswith("answers.") else values()


def test_every_line_exists_in_every_language(prompts: Path) -> None:
    """The four languages have the same lines with the same placeholders, and nothing that cannot be said or is too long to follow."""
    _, problems = read_lines([prompts], LANGUAGES)
    assert [str(problem) for problem in problems] == []


def test_lines_and_graph_fit(prompts: Path, root: Path, shipped: Lines) -> None:
    """Every line that the graph needs is there, none is there in vain, and nobody is asked again in one way only."""
    spec, problems = read_graph_spec(root / "states.yaml", CATALOGUE, known_lines=shipped.names())
    assert [str(problem) for problem in problems] == []
    assert spec is not None
    assert [str(problem) for problem in check_lines(shipped, spec, all_folders=True)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_can_be_said(shipped: Lines, salon: Business, language: str) -> None:
    """With everything known, each wording, for one thing and for several, is whole sentences in words."""
    troubles: list[Exception] = []
    renderer = Renderer(shipped, salon, troubles.append)
    for line in spoken(shipped, language):
        for variant in range(len(line.wordings)):
            for count in (1, 3):
                shown = {name: items[:count] for name, items in lists().items()}
                text = renderer.say(effect(line.name, language, variant, lists=shown, values=asked(line.name)), NOW)
                assert not SIGNS.search(text), (line.name, text)
                assert text[0].isupper() or text[0] in "¿¡", (line.name, text)
                assert text[-1] in ".?!", (line.name, text)
                assert "  " not in text
                assert ".." not in text
    assert [str(trouble) for trouble in troubles if "{family_question}" not in str(trouble)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_callers_are_addressed_formally(shipped: Lines, language: str) -> None:
    """vous, Sie, usted; nobody is called by a familiar form."""
    for line in spoken(shipped, language):
        for wording in line.wordings:
            for template in wording.templates:
                assert not re.search(FAMILIAR[language], template.literal, re.IGNORECASE), (line.name, template.literal)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_greeting_says_what_answers(renderer: Renderer, language: str) -> None:
    """The first sentences name the business and say that an AI is speaking (EU AI Act, Art. 50)."""
    text = renderer.say(effect("greet.hello", language, facts={}, lists={}, values={}), NOW)
    assert "Salon Colibri" in text
    assert re.search(r"intelligence artificielle|künstlichen Intelligenz|\bAI\b|inteligencia artificial", text)
    assert len(text.split()) <= 16


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["confirm", "confirm_move", "confirm_cancel"])
def test_read_backs_name_weekday_date_and_time(renderer: Renderer, language: str, state: str) -> None:
    """What is agreed to is said in full: service or appointment, weekday, date, time."""
    text = renderer.say(effect(f"{state}.ask", language), NOW)
    when = {
        "fr": "seize juin à quinze heures",
        "de": "den sechzehnten Juni um fünfzehn Uhr",
        "en": "the sixteenth of June at three in the afternoon",
    }
    when["es"] = "dieciséis de junio a las tres de la tarde"
    old = {"fr": "vingt juin à dix heures", "de": "zwanzigsten Juni um zehn Uhr", "en": "twentieth of June at ten in the morning"}
    old["es"] = "veinte de junio a las diez de la mañana"
    assert (old if state != "confirm" else when)[language] in text
    if state == "confirm_move":
        assert when[language] in text
    if state == "confirm":
        assert "Marie Dupont" in text
        assert "Léa" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["booked", "moved"])
def test_a_confirmation_is_one_text_message(renderer: Renderer, salon: Business, language: str, kind: str) -> None:
    """For nearly every service a confirmation fits one SMS, and none needs more than two."""
    lengths = [
        segments(renderer.sms(kind, language, {"service": service, "start": "2026-09-23T16:15", "staff": "sofia", "name": "Zoë"}, NOW))
        for service in salon.services
    ]
    assert max(lengths) <= 2
    assert sum(length == 1 for length in lengths) >= len(lengths) - 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_confirmation_holds_what_a_caller_needs(renderer: Renderer, language: str) -> None:
    """Name of the business, date, time, service, place and a number to call."""
    text = renderer.sms("booked", language, {"service": "womens_cut", "start": "2026-06-16T15:00", "staff": "lea"}, NOW)
    for part in ("Salon Colibri", "16", "Oberkampf", "01 99 00 12 34"):
        assert part in text
    assert re.search(r"15\s?h|15 Uhr|3 pm|15:00", text)


def test_another_wording_follows_every_question(shipped: Lines) -> None:
    """What is asked again is never asked in the same words."""
    for language in LANGUAGES:
        for name in shipped.names(language):
            state, _, kind = name.rpartition(".")
            again = shipped.find(f"{state}.reask", language)
            if kind == "ask" and again is not None:
                asked_first = {template.literal for wording in shipped.get(name, language).wordings for template in wording.templates}
                asked_again = {template.literal for wording in again.wordings for template in wording.templates}
                assert not asked_first & asked_again, (language, state)
