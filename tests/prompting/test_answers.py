"""Answers to questions: computed from the business at the moment of answering, and honest when nothing is known."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from frontdesk.business import Business
from frontdesk.business.parts import Price
from frontdesk.prompting.lines import Lines
from frontdesk.prompting.render import Renderer
from frontdesk.prompting.topics import answer_line
from fsm.yaml_source import load_plain
from tests.prompting.scenes import LANGUAGES, NOW, effect, known, said


def ask(
    renderer: Renderer, topic: str, language: str = "fr", *, now: dt.datetime = NOW, facts: dict[str, Any] | None = None, **about: Any
) -> str:
    """The words of an answer, asked as the action `answer` asks."""
    found = answer_line(topic, {"topic": topic, **about})
    assert found is not None
    line, told = found
    return renderer.say(effect(line, language, facts=facts or {}, values={"day": "2026-06-21", "service": "perm", **told}), now)


@pytest.mark.parametrize(
    ("service", "words"),
    [
        ("womens_cut", "Pour une coupe femme, c'est soixante-deux euros."),
        ("colour", "Pour une couleur, c'est à partir de soixante-quinze euros. Le prix exact dépend de ce qu'il y a à faire."),
        ("wedding_consultation", "Pour une consultation mariage, c'est gratuit."),
    ],
)
def test_prices_are_fixed_from_or_free(renderer: Renderer, service: str, words: str) -> None:
    """Each kind of price has its own sentence."""
    assert ask(renderer, "price", service=service) == words


def test_a_price_without_service_is_that_of_the_booking(renderer: Renderer) -> None:
    """“How much is it?” in the middle of a booking means the service that is being booked."""
    assert "trente-cinq euros" in ask(renderer, "price", facts={"service": said("mens_cut")})


def test_a_price_out_of_the_blue_is_a_range(renderer: Renderer) -> None:
    """With no service in sight the lowest and the highest price are told; what is free does not count."""
    assert ask(renderer, "price").startswith("Nos prix vont de douze euros à cent quatre-vingts euros")


@pytest.mark.parametrize(
    ("language", "from_price", "fixed"),
    [
        ("fr", "à cent quatre-vingts euros et plus,", "à cent quatre-vingts euros,"),
        ("de", "bis hundertachtzig Euro und mehr,", "bis hundertachtzig Euro,"),
        ("en", "to one hundred and eighty euros and more,", "to one hundred and eighty euros,"),
        ("es", "a ciento ochenta euros y más,", "a ciento ochenta euros,"),
    ],
)
def test_the_highest_price_is_no_most_where_it_only_begins_there(
    renderer: Renderer, shipped: Lines, salon: Business, language: str, from_price: str, fixed: str
) -> None:
    """The dearest service costs 180 euros at least: nobody is told that it never costs more."""
    assert from_price in ask(renderer, "price", language)
    key = next(key for key, service in salon.services.items() if service.price.from_ == 180)
    certain = salon.services[key].model_copy(update={"price": Price(amount=180)})
    business = salon.model_copy(update={"services": {**salon.services, key: certain}})
    assert fixed in ask(Renderer(shipped, business), "price", language)


def test_prices_of_several_services_are_listed(renderer: Renderer) -> None:
    """After a vague word the prices of all that may be meant are told."""
    text = ask(renderer, "price", services=["womens_cut", "mens_cut"])
    assert "coupe femme soixante-deux euros et coupe homme trente-cinq euros" in text


def test_hours_group_the_days(renderer: Renderer) -> None:
    """Days with the same hours are said together, closed days last."""
    text = ask(renderer, "hours")
    assert text.startswith("Nous sommes ouverts le mardi, le mercredi et le vendredi de neuf heures à dix-neuf heures, le jeudi")
    assert text.endswith("Nous sommes fermés le dimanche et le lundi.")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-06-18", "Oui, jeudi dix-huit juin, nous sommes ouverts de neuf heures à vingt heures."),
        ("2026-06-21", "Non, nous sommes fermés le dimanche."),
        ("2026-07-14", "Non, le mardi quatorze juillet est un jour férié, nous sommes fermés."),
    ],
)
def test_hours_of_a_day(renderer: Renderer, day: str, words: str) -> None:
    """Asked about one day, the answer is about that day, with the reason for being closed."""
    assert ask(renderer, "hours", day=day) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-06-12T10:00", "Oui, nous sommes ouverts jusqu'à dix-neuf heures."),
        ("2026-06-12T07:30", "Pas encore, nous ouvrons aujourd'hui à neuf heures."),
        ("2026-06-12T19:00", "Non, nous sommes fermés en ce moment. Nous rouvrons samedi treize juin à neuf heures."),
        ("2026-06-13T20:00", "Non, nous sommes fermés en ce moment. Nous rouvrons mardi seize juin à neuf heures."),
    ],
)
def test_open_now(renderer: Renderer, salon: Business, moment: str, words: str) -> None:
    """Open until when, or when it opens next; at closing time it is closed."""
    assert ask(renderer, "open_now", now=dt.datetime.fromisoformat(moment).replace(tzinfo=salon.zone)) == words


def test_who_works_when(renderer: Renderer) -> None:
    """A person's days, and whether they are in on a day."""
    assert ask(renderer, "staff_list") == "Dans l'équipe, il y a Léa, Karim et Sofia."
    assert ask(renderer, "staff_list", staff="lea") == "Léa travaille du mardi au samedi."
    assert ask(renderer, "staff_list", staff="karim", day="2026-06-17") == "Non, Karim n'est pas là mercredi dix-sept juin."
    assert ask(renderer, "staff_list", service="perm").startswith("Pour une permanente, vous pouvez venir voir Léa")


@pytest.mark.parametrize(
    "topic", ["address", "parking", "payment", "access", "cancellation_policy", "late", "walk_in", "accessibility", "gift_cards"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_house_answers_in_its_own_words(renderer: Renderer, salon: Business, topic: str, language: str) -> None:
    """What business.yaml answers is said word for word, whichever name the phrases have for it."""
    assert ask(renderer, topic, language) in {answer.says[language] for answer in salon.answers().values()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_is_said_to_be_unknown(renderer: Renderer, language: str) -> None:
    """An unheard-of topic is never made up; a message is offered."""
    assert ask(renderer, "swimming_pool", language) == renderer.say(effect("answers.unknown", language), NOW)
    assert renderer.answer_line("swimming_pool", {}) is None


def test_known_topics_have_a_line(renderer: Renderer) -> None:
    """The action learns that there is an answer, and what it is about travels with it."""
    assert renderer.answer_line("price", {"topic": "price", "service": "perm"}) == (
        "answers.price",
        {"topic": "price", "question": {"service": "perm"}},
    )
    assert renderer.answer_line("parking", {}) is not None
    assert renderer.answer_line("../secret", {}) is None


def test_nothing_left_over_answers_a_new_question(renderer: Renderer) -> None:
    """A day or service of an earlier step does not leak into an answer."""
    assert "permanente" not in ask(renderer, "duration")
    assert ask(renderer, "hours").startswith("Nous sommes ouverts")


def test_the_next_appointment(renderer: Renderer) -> None:
    """What the calendar found is told, and so is that nothing was found."""
    found = ask(renderer, "my_appointment", found=True, start="2026-06-20T10:00", service="colour", staff="lea")
    assert found == "Votre prochain rendez-vous : couleur le samedi vingt juin à dix heures."
    assert "ne trouve pas" in ask(renderer, "my_appointment", found=False)


def test_durations(renderer: Renderer) -> None:
    """How long it takes comes from the phases of the service."""
    assert ask(renderer, "duration", service="womens_cut") == "Pour une coupe femme, comptez trois quarts d'heure."
    assert ask(renderer, "duration").startswith("Selon la prestation, cela prend entre ")


def test_every_topic_of_the_phrases_has_an_answer(renderer: Renderer, root: Any) -> None:
    """Whatever the phrases can hear as a question leads to words, known or honestly unknown."""

    topics = set()
    for file in (root / "prompts" / "phrases").glob("*.yaml"):
        topics |= set(load_plain(file.read_text(encoding="utf-8")).get("questions", {}))
    assert topics
    for topic in sorted(topics):
        for language in LANGUAGES:
            assert ask(renderer, topic, language, facts=known())
