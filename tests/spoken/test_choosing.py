"""Choices put together from offers, references and sentences: what is meant is computed, so that hundreds of forms are held."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from spoken import Choice, Context, Status
from spoken.understanding import understand
from tests.examples import unless_its_turn
from tests.spoken.choosing.compose import HALF, HERE, LANGUAGES, RIGHT, WRONG, cases, mark, reading_of
from tests.spoken.heldout.measure import run

EVERY = 17
"""One in so many of the sentences; a prime, so that all offers, references and frames have their turn."""
MIN_RIGHT = 97.0
MAX_WRONG = 0.4
"""Percent."""


@pytest.mark.parametrize("language", [pytest.param(each, marks=unless_its_turn("composed", each, LANGUAGES)) for each in LANGUAGES])
def test_composed_choices(language: str) -> None:
    """Hardly any is wrong, and few are asked about again."""
    marks: Counter[str] = Counter()
    failed: list[str] = []
    for case in cases(language, EVERY):
        found = mark(case, reading_of(case, language))
        marks[found] += 1
        if found == WRONG:
            failed.append(f"{case.text!r} of {'|'.join(case.offers)!r}")
    total = sum(marks.values())
    assert total > 900, "the corpus shrank"
    assert 100 * marks[WRONG] / total <= MAX_WRONG, "\n".join(failed)
    assert 100 * marks[RIGHT] / total >= MIN_RIGHT, f"{marks[HALF]} of {total} are only asked about again"


def test_what_is_meant_is_computed() -> None:
    """The two offers of a sentence are never the same, and every meaning occurs."""
    drawn = list(cases("en", EVERY))
    assert all(case.a != case.b for case in drawn if case.a >= 0)
    assert {case.frame for case in drawn} >= {"a", "b", "a_of_two", "not_a", "rest", "either", "none", "any"}


@pytest.mark.parametrize(
    ("language", "folder"),
    [
        pytest.param(language, folder, marks=unless_its_turn(folder, language, LANGUAGES))
        for folder in sorted(path.name for path in HERE.iterdir() if (path / "en.yaml").exists())
        for language in LANGUAGES
    ],
)
def test_sentences_about_offers(language: str, folder: str) -> None:
    """Whole sentences of our own, one by one: all of them are read as they are meant."""
    verdicts = run([language], folder=HERE / folder)
    assert verdicts
    assert not [(verdict.entry["id"], verdict.entry["text"], verdict.came) for verdict in verdicts if verdict.mark != RIGHT]


@pytest.mark.parametrize(
    ("language", "text", "offers"),
    [
        ("en", "the last one on Thursday", ("Tuesday at ten", "Tuesday at four", "Wednesday at nine")),
        ("fr", "le dernier jeudi", ("mardi à dix heures", "mardi à seize heures", "mercredi à neuf heures")),
        ("de", "den letzten am Donnerstag", ("Dienstag um zehn", "Dienstag um sechzehn Uhr", "Mittwoch um neun")),
        ("es", "el último del jueves", ("el martes a las diez", "el martes a las cuatro", "el miércoles a las nueve")),
    ],
)
def test_a_position_on_a_day_with_no_offer_chooses_nothing(language: str, text: str, offers: tuple[str, ...]) -> None:
    """The last one of a day that nothing is on offer for is none of them, however few there are."""
    now = dt.datetime(2026, 6, 12, 9, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    reading = understand(text, "choice", language, now, Context(choices=tuple(Choice(say) for say in offers)))
    assert reading.status is Status.NOTHING


def test_times_without_words_of_their_own() -> None:
    """Offers that are nothing but times have no words: what is said of one of them is read all the same."""
    zone = dt.timezone(dt.timedelta(hours=2))
    offers = tuple(Choice("", dt.datetime(2026, 6, 16, hour, tzinfo=zone)) for hour in (9, 14))
    reading = understand("I can't do the first one", "choice", "en", dt.datetime(2026, 6, 12, 9, tzinfo=zone), Context(choices=offers))
    assert reading.value != 0
