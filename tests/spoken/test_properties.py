"""What holds for every value, and for every text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoken import Choice, Context, Status, Vocabulary, understand
from spoken.choosing import choices, contrast, offers
from spoken.choosing.cues import Said
from spoken.choosing.times import starts_of
from spoken.lexicon import available_languages
from spoken.phone_plans import country_of
from spoken.reading import Reading
from spoken.say import say
from tests.examples import examples

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
LANGUAGES = available_languages()
PLANS = ("FR", "BE", "CH", "LU", "DE", "AT", "GB", "IE", "US", "ES")
KINDS = ("phone", "email", "name", "number", "yes_no", "choice", "service", "staff", "reference")
FULL = Context(
    choices=tuple(Choice(f"choix {day}", NOW + dt.timedelta(days=day)) for day in range(3)),
    vocabulary=Vocabulary({"cut": ("coupe femme", "haircut"), "colour": ("couleur",)}),
    digits="0612",
)
RELAXED = settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])

languages = st.sampled_from(LANGUAGES)
words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)


@st.composite
def numbers_of_plans(draw: st.DrawFn) -> str:
    """Valid numbers of the plans that we promise, mobile and fixed."""
    country = draw(st.sampled_from(PLANS))
    kind = draw(st.sampled_from([phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE]))
    example = phonenumbers.example_number_for_type(country, kind)
    digits = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    tail = draw(st.integers(0, 9999))
    number = f"{digits[:-4]}{tail:04}"
    return number if phonenumbers.is_valid_number(phonenumbers.parse(number)) else digits


@RELAXED
@given(number=numbers_of_plans(), language=languages)
def test_a_number_that_was_said_is_understood(number: str, language: str) -> None:
    """A read-back number is heard as itself, also where its country does not speak the language."""
    country = country_of(number)
    reading = understand(say(number, "phone", language), "phone", language, NOW, Context(country=country if country in PLANS else None))
    assert (reading.status, reading.value) == (Status.COMPLETE, number)


@RELAXED
@given(number=numbers_of_plans(), language=languages, cut=st.integers(1, 6))
def test_a_number_without_its_end_is_never_another_number(number: str, language: str, cut: int) -> None:
    """Digits that are missing are missed: what comes out is incomplete, or begins with what was said."""
    country = country_of(number) or "FR"
    written = phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.NATIONAL)
    digits = "".join(sign for sign in written if sign.isdigit())[:-cut]
    reading = understand(" ".join(digits), "phone", language, NOW, Context(country=country))
    assert not reading.complete or str(reading.value).endswith(digits.lstrip("0"))


@RELAXED
@given(value=st.integers(0, 999_999), language=languages)
def test_a_quantity_that_was_said_is_understood(value: int, language: str) -> None:
    """Every whole number up to a million is heard as it is said."""
    assert understand(say(value, "number", language), "number", language, NOW).value == value


@RELAXED
@given(local=st.lists(words, min_size=1, max_size=2), tail=st.integers(0, 99) | st.none(), sign=st.sampled_from("._-"), language=languages)
def test_an_address_that_was_said_is_understood(local: list[str], tail: int | None, sign: str, language: str) -> None:
    """An address of plain words, signs and digits is heard as it is said."""
    address = f"{sign.join(f'x{word}x' for word in local)}{'' if tail is None else tail}@example.com"
    reading = understand(say(address, "email", language), "email", language, NOW)
    assert (reading.status, reading.value) == (Status.COMPLETE, address)


@RELAXED
@given(name=st.lists(st.text("bcdfgklmnprstvz", min_size=3, max_size=8), min_size=1, max_size=1), language=languages)
def test_a_spelled_name_is_understood(name: list[str], language: str) -> None:
    """A name that is spelled letter by letter comes back whole."""
    from spoken.say import spell

    written = name[0].capitalize()
    assert understand(spell(written, language), "name", language, NOW).value.lower() == written.lower()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [True, False])
def test_yes_and_no_round_trip(language: str, value: bool) -> None:
    """The words for yes and no are understood as such."""
    assert understand(say(value, "yes_no", language), "yes_no", language, NOW).value is value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [0, 1, 2, None])
def test_choices_round_trip(language: str, value: int | None) -> None:
    """The words for a position, and for none of them, are understood as such."""
    reading = understand(say(value, "choice", language), "choice", language, NOW, FULL)
    assert (reading.status, reading.value) == (Status.COMPLETE, value)


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=300), kind=st.sampled_from(KINDS), language=languages)
def test_no_text_breaks_a_reader(text: str, kind: str, language: str) -> None:
    """Whatever comes in, a reading comes out, and its span lies in the text."""
    reading = understand(text, kind, language, NOW, FULL)
    if reading.span is not None:
        first, last = reading.span
        assert 0 <= first <= last <= len(text)


UNITS = (
    "zéro ",
    "soixante dix ",
    "zéro six non ",
    "a b c d ",
    "arobase ",
    "a point ",
    "oui ",
    "plus ",
    "double ",
    "c'est ",
    "06 ",
    "de ",
    "-",
    "\u0301",
    "👩‍👩‍👧",
    "quatre vingt ",
)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("kind", KINDS)
def test_ten_thousand_characters_are_an_ordinary_utterance(unit: str, kind: str) -> None:
    """Long and repetitive input is answered like any other, without a crash or an endless search."""
    text = (unit * (10_000 // len(unit) + 1))[:10_000]
    for language in LANGUAGES:
        assert understand(text, kind, language, NOW, FULL).status in Status


def test_a_negation_in_a_long_answer_is_looked_at_a_bounded_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """What "not" refuses is near it: four hundred words behind it are not read again from each of them."""
    parts: list[str] = []
    named = contrast._named

    def counted(part: str, said: Said, read: Callable[[str], Reading]) -> list[int]:
        parts.append(part)
        return named(part, said, read)

    monkeypatch.setattr(contrast, "_named", counted)
    understand("not the tuesday please and thanks " + "we went to see somebody about something " * 100, "choice", "en", NOW, FULL)
    assert 0 < len(parts) <= 2 * contrast.MAX_REFUSED


@pytest.mark.parametrize(("said", "most"), [("allez le dernier", 1), ("ah non aucun des trois", 1), ("celui de jeudi", 4)])
def test_offers_are_read_when_the_words_may_meet_them(said: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a time is on offer the first one says; all of them are read once, and for a day or an hour only."""
    read: list[Choice] = []

    def counted(some: Sequence[Choice], language: str, now: dt.datetime) -> list[dt.datetime | None]:
        read.extend(some)
        return starts_of(some, language, now)

    monkeypatch.setattr(offers, "starts_of", counted)
    days = tuple(Choice(f"{day} à neuf heures") for day in ("mardi", "jeudi", "samedi"))
    assert understand(said, "choice", "fr", NOW, Context(choices=days)).complete
    assert 0 < len(read) <= most


def test_a_rambling_choice_is_read_part_by_part_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each contrast asks for parts of the words; what a part chooses is worked out once."""
    parts: list[str] = []
    mentioned = choices._mentioned

    def counted(part: Said) -> frozenset[int]:
        parts.append(part.text)
        return mentioned(part)

    monkeypatch.setattr(choices, "_mentioned", counted)
    understand("not tuesday no sorry i mean friday anything but saturday " * 7, "choice", "en", NOW, FULL)
    assert len(parts) == len(set(parts))
    assert len(parts) > 1
