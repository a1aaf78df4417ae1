"""A sentence is believed as far as it is explained; the words in it that no rule can know are made up."""

from __future__ import annotations

import datetime as dt

import pytest

from spoken.when.coherence import overlap
from spoken.when.language import load_language
from spoken.when.residue import Risk
from spoken.when.window import Window
from tests.spoken.when.shorthand import TUESDAY
from tests.spoken.when.shorthand import read_on_a_tuesday as read

LANGUAGES = ["fr", "de", "en", "es"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "donnerstag zorben die zwillinge freitag um zehn"),
        ("en", "thursday the twins zorb friday at ten"),
        ("es", "el jueves mi tía zorba el viernes a las diez"),
    ],
)
def test_two_days_with_unknown_words_between_are_asked_about(language: str, text: str) -> None:
    """One of two days may be what hinders the caller: both are alternatives."""
    assert read(text, language) == "? 03-12 10:00 // 03-13 10:00"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "vendredi dix heures zorbe seize heures"),
        ("en", "friday at ten the zorb comes at four"),
        ("en", "the zorb is at ten friday at four"),
        ("es", "el viernes a las diez zorbo llega a las cuatro"),
    ],
)
def test_two_times_with_unknown_words_between_are_asked_about(language: str, text: str) -> None:
    """One of two times may be told only."""
    assert read(text, language) == "? 03-13 10:00 // 03-13 16:00"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "je voudrais vendredi hormis zorbage"),
        ("de", "am freitag anstelle von zorb"),
        ("en", "unless zorb on friday"),
        ("es", "el viernes salvo zorbo"),
        ("es", "la última vez en mayo"),
    ],
)
def test_words_that_turn_a_meaning_are_not_skipped(language: str, text: str) -> None:
    """A word that negates or excepts, and whose object nobody understood, takes the day away."""
    assert read(text, language) == "nothing"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "friday at the zorb of seven"),
        ("en", "the zorb week friday"),
        ("de", "freitag um zehn zorb zwanzig"),
        ("de", "am zorbtag freitag um vier"),
        ("de", "vorm zorb freitag um vier"),
        ("es", "el miércoles zorbo a las once"),
    ],
)
def test_words_of_time_and_numbers_are_not_skipped(language: str, text: str) -> None:
    """What is left of an expression of time means that it was not understood."""
    assert read(text, language) == "nothing"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "une coloration zorbesque vendredi à dix heures"),
        ("fr", "pour deux zorbs vendredi à dix heures si possible"),
        ("de", "ein zorbiger haarschnitt am freitag um zehn wenn's geht"),
        ("de", "zwei zorbe am freitag um zehn"),
        ("en", "a zorby haircut on friday at ten for my gran if that suits"),
        ("en", "unless zorb but friday at ten"),
        ("de", "es geht um eine zorbsache freitag um zehn"),
        ("de", "freitag um zehn uhr ein zorb steht dann vor der zorbtür"),
        ("es", "el viernes a las diez que tengo un bono hasta zorba"),
        ("en", "i am looking for something without colour on friday at ten may i"),
        ("de", "keine farbe nur schneiden am freitag um zehn"),
        ("en", "two zorbs on thursday no sorry friday at ten"),
        ("es", "un corte zorbo el viernes a las diez si puede ser"),
    ],
)
def test_unknown_words_elsewhere_do_no_harm(language: str, text: str) -> None:
    """Services, counts, courtesies and what a contrast or correction puts behind leave the time as it is."""
    assert read(text, language) == "03-13 10:00"


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "piscine zorbique vendredi"), ("de", "chorprobe am freitag"), ("en", "choir zorb friday"), ("es", "ensayo zorbo el viernes")],
)
def test_a_day_that_is_only_told_is_no_wish(language: str, text: str) -> None:
    """What fills the only day that was said, when nothing is asked for, may be what hinders the caller."""
    assert read(text, language) == "nothing"


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "demain matin j'ai zorbé"), ("de", "morgen vormittag muss ich zorben"), ("es", "mañana por la mañana tengo zorbo")],
)
def test_what_fills_a_day_must_be_known_to_rule_it_out(language: str, text: str) -> None:
    """Something unknown beside the only day that was said neither takes that day nor every other."""
    assert read(text, language) == "nothing"


def test_a_list_never_says_a_time_twice() -> None:
    """Windows that lie in one another are no list; those of different days, and instants, are."""
    three, five = TUESDAY.replace(hour=15, tzinfo=None), TUESDAY.replace(hour=17, tzinfo=None)
    tomorrow = dt.timedelta(days=1)
    from_three = Window(three, None, "minute", opens=True)
    assert overlap([from_three, Window(five, None, "minute")])
    assert overlap([Window(five, five + tomorrow, "minute"), from_three])
    assert not overlap([from_three, Window(three + tomorrow, None, "minute", opens=True)])
    assert not overlap([Window(three, None, "minute"), Window(five, None, "minute")])


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "le dix avril on zorbe donc vendredi"), ("en", "on the tenth of april we zorb so friday")],
)
def test_a_weekday_after_a_date_further_off_is_asked_about(language: str, text: str) -> None:
    """The coming Friday, or one beside the date that was told?"""
    assert read(text, language).startswith("? ")


def test_a_day_alone_is_doubted_as_well() -> None:
    """Where only the day was asked for, words left over count as much."""
    assert read("friday bar zorb", "en", "date") == read("unless friday zorb", "en", "date") == "nothing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_lists_do_not_contradict_one_another(language: str) -> None:
    """No word of a language both turns a meaning and says nothing."""
    lists = load_language(language).doubt
    for risk, words in ((Risk.TIME, lists.time), (Risk.RELATION, lists.relation)):
        assert not words.words & lists.harmless.words, risk
