"""Who can't come moves their appointment if they ask for another time, cancels it if not, and refuses an offer while booking."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from frontdesk.checking.situations import situation
from fsm.facts import Fact, Origin
from fsm.step import new_call
from fsm.yaml_source import load_plain
from tests.brain.desk import Desk
from tests.examples import some

FAMILIES: dict[str, dict[str, list[str]]] = load_plain(Path(__file__).with_name("absence.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("language", FAMILIES)
def test_who_asks_for_another_time_moves_it(desk: Desk, language: str) -> None:
    family = FAMILIES[language]
    said = [f"{cannot}{part} {other}" for cannot in family["cannot_come"] for other in family["another_time"] for part in ("", ",")]
    assert [(words, intent) for words in some(said, 4) if (intent := desk.intent(words, language)) != "reschedule"] == []


@pytest.mark.parametrize("language", FAMILIES)
def test_who_only_tells_why_cancels_it(desk: Desk, language: str) -> None:
    said = [*FAMILIES[language]["cancels"], *FAMILIES[language]["cannot_come"]]
    assert [(words, intent) for words in said if (intent := desk.intent(words, language)) != "cancel"] == []


@pytest.mark.parametrize("language", FAMILIES)
def test_nothing_is_cancelled_while_it_is_being_booked(desk: Desk, language: str) -> None:
    """It was taken for an appointment to be cancelled, and the caller asked under which name it was."""
    for words in FAMILIES[language]["refuses"]:
        heard = desk.hears(words, situation(desk.graph, desk.business, "slot", "ask", language, 2))
        assert {fact.value for fact in heard.facts if fact.name == "intent"} <= {"book"}, words
        assert "when" in {fact.name for fact in heard.facts} or "refuses_offers" in {act.name for act in heard.acts}, words


@pytest.mark.parametrize("language", FAMILIES)
def test_who_wants_a_new_one_and_is_away_then_calls_none_off(desk: Desk, language: str) -> None:
    assert [(words, intent) for words in FAMILIES[language]["new_one"] if (intent := desk.intent(words, language)) != "book"] == []


@pytest.mark.parametrize("language", FAMILIES)
def test_who_asks_what_happens_then_cancels_nothing(desk: Desk, language: str) -> None:
    for words in FAMILIES[language]["asks"]:
        heard = desk.hears(words, new_call(desk.graph, "absence", language))
        assert [act.name for act in heard.acts] == ["asks_question"], words
        assert heard.facts == (), words


ANSWERS = {
    "fr": {"oui je ne peux pas venir": "yes", "en fait je viendrai": "no", "non je préférerais venir jeudi": "moves"},
    "de": {"ja ich kann nicht kommen": "yes", "eigentlich komme ich doch": "no", "nein ich würde lieber am Donnerstag kommen": "moves"},
    "en": {"yes I can't make it": "yes", "actually I'll come": "no", "no can I come later that day": "moves", "I'm afraid so": "yes"},
    "es": {
        "no puedo ir": "yes",
        "sí, no puedo ir": "yes",
        "en realidad sí voy": "no",
        "no prefiero ir el jueves": "moves",
        "no puedo ir más tarde ese día": "no",
    },
}
"""To "shall I cancel it?"."""


@pytest.mark.parametrize("language", ANSWERS)
def test_an_answer_to_whether_to_cancel(desk: Desk, language: str) -> None:
    asked = situation(desk.graph, desk.business, "confirm_cancel", "ask", language, 1)
    asked = replace(asked, facts={**asked.facts, "intent": Fact("cancel", Origin.SPEECH, 1)})
    for words, means in ANSWERS[language].items():
        heard = desk.hears(words, asked)
        moves = any(fact.name == "intent" and fact.value == "reschedule" for fact in heard.facts)
        came = "moves" if moves else next((act.name for act in heard.acts if act.name in {"yes", "no"}), "open")
        assert came == means, words
