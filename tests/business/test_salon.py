"""The shipped salon: what it promises to callers and to the rest of the program."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pytest

from frontdesk.business import Business

DAY = dt.timedelta(days=1)
TUESDAY = dt.date(2026, 6, 16)

SERVICES = {
    "womens_cut", "mens_cut", "childs_cut", "fringe_trim", "blow_dry", "colour", "highlights", "balayage", "perm", "keratin", "beard_trim",
    "wedding_consultation",
}  # fmt: skip


def t(text: str) -> dt.time:
    return dt.time.fromisoformat(text)


def spoken_texts(salon: Business) -> list[tuple[str, str]]:
    """Every text that is said aloud, with its language."""
    texts = [answer.says for answer in salon.answers().values()]
    for service in salon.services.values():
        texts += [service.name, service.name_with_article, service.about]
    texts += [family.question for family in salon.families.values()] + [item.name for item in salon.not_offered.values()]
    return [(language, text) for localized in texts for language, text in localized.items()]


def test_the_salon_offers_the_services_that_callers_and_calls_in_tests_name(salon: Business) -> None:
    """The ids of the services are a contract with stored appointments and fixtures."""
    assert set(salon.services) == SERVICES


def test_every_service_has_ten_ways_to_be_asked_for_in_each_language(salon: Business) -> None:
    """A service that is asked for by one word only is not understood."""
    few = [(key, lang) for lang in salon.languages for key, phrases in salon.vocabulary(lang).items() if len(phrases) < 11]
    assert few == []


def test_what_is_said_aloud_is_written_for_the_ear(salon: Business) -> None:
    """No digits, signs, markup or abbreviations reach the voice."""
    unfit = [
        (language, text)
        for language, text in spoken_texts(salon)
        if re.search(r"[0-9€$%&/\\_*#<>{}\[\]()@+=|~°]|\b(bzw|z\.B|etc|Nr|min|Mo|St)\b\.?", text)
    ]
    assert unfit == []


def test_what_is_said_aloud_is_short_enough_to_listen_to(salon: Business) -> None:
    """A caller keeps some twenty-five words in mind, not fifty."""
    long = [text for _, text in spoken_texts(salon) if len(text.split()) > 32]
    assert long == []


def test_answers_are_whole_sentences(salon: Business) -> None:
    """An answer is said as it stands, so it begins and ends as a sentence."""
    answers = [text for answer in salon.answers().values() for text in answer.says.values()]
    assert [text for text in answers if not (text[0].isupper() and text[-1] in ".?!")] == []


@pytest.mark.parametrize(
    ("language", "phrase", "service"),
    [
        ("fr", "racines", "colour"),
        ("fr", "lissage brésilien", "keratin"),
        ("fr", "rasage", "beard_trim"),
        ("fr", "coupe pour mon fils", "childs_cut"),
        ("de", "Dauerwelle", "perm"),
        ("de", "Strähnchen", "highlights"),
        ("de", "waschen und föhnen", "blow_dry"),
        ("en", "haircut for my son", "childs_cut"),
        ("en", "dry cut", "womens_cut"),
        ("es", "para teñirme", "colour"),
        ("es", "peinado", "blow_dry"),
        ("es", "corte de caballero", "mens_cut"),
    ],
)  # fmt: skip
def test_services_are_known_by_what_callers_say(salon: Business, language: str, phrase: str, service: str) -> None:
    """Callers' own words lead to the service they mean."""
    found = [key for key, phrases in salon.vocabulary(language).items() if phrase.casefold() in (known.casefold() for known in phrases)]
    assert found == [service]


@pytest.mark.parametrize(("language", "word"), [("fr", "Coupe"), ("de", "Haarschnitt"), ("en", "hair cut"), ("es", "corte")])
def test_a_vague_word_names_the_family_and_not_a_service(salon: Business, language: str, word: str) -> None:
    """“A haircut” is asked about: for a woman, a man or a child?"""
    assert salon.family_of(word, language) == "cut"
    assert list(salon.family_answers("cut", language)) == ["womens_cut", "mens_cut", "childs_cut"]
    assert salon.family_of("balayage", language) is None


def test_colour_leaves_the_stylist_free_in_the_middle(salon: Business) -> None:
    """While the colour takes, somebody else can be served."""
    assert [(phase.minutes, phase.stylist) for phase in salon.phases("colour")] == [(45, "busy"), (35, "free"), (45, "busy")]
    assert salon.duration_min("colour") == 125
    assert [(phase.minutes, phase.stylist) for phase in salon.phases("mens_cut")] == [(30, "busy")]


def test_every_service_is_done_by_somebody_on_every_open_day(salon: Business) -> None:
    """A caller who is free on one day only is never told that the service does not exist."""
    for service in SERVICES - {"perm"}:
        for weekday in range(1, 6):
            day = dt.date(2026, 6, 15) + weekday * DAY
            assert any(salon.staff_hours(person, day) for person in salon.staff_for(service)), (service, day)


def test_somebody_works_at_any_time_while_the_salon_is_open(salon: Business) -> None:
    """Lunch breaks are staggered and no open hour is without a stylist."""
    for offset in range(7):
        day = dt.date(2026, 6, 15) + offset * DAY
        spans = sorted(span for person in salon.staff for span in salon.staff_hours(person, day))
        for opens, closes in salon.hours_of(day):
            assert spans[0][0] == opens
            assert max(end for _, end in spans) == closes
            reach = spans[0][1]
            for _, (start, end) in pairwise(spans):
                assert start <= reach
                reach = max(reach, end)


def test_closed_days_have_their_reason(salon: Business) -> None:
    """Closed on that weekday, on a public holiday, and for holidays of its own are different things to hear."""
    assert salon.closed_reason(TUESDAY) is None
    assert salon.closed_reason(dt.date(2026, 6, 15)) == "weekday"
    assert salon.closed_reason(dt.date(2026, 7, 14)) == "holiday"
    assert salon.closed_reason(dt.date(2026, 8, 11)) == "closure"
    assert salon.hours_of(dt.date(2026, 7, 14)) == ()
    assert salon.staff_hours("lea", dt.date(2026, 7, 14)) == ()


def test_hours_of_a_day_and_of_a_person(salon: Business) -> None:
    """Nobody is booked in the lunch break or outside their own hours."""
    assert salon.hours_of(TUESDAY) == ((t("09:00"), t("19:00")),)
    assert salon.staff_hours("lea", TUESDAY) == ((t("09:00"), t("12:00")), (t("13:00"), t("18:00")))
    assert salon.staff_hours("karim", TUESDAY + DAY) == ()


def test_public_holidays_are_those_of_the_country_of_the_business(salon: Business) -> None:
    """Names are stable and English, so that data files can refer to them."""
    days = salon.holidays(2026)
    assert days[dt.date(2026, 7, 14)] == "National Day"
    assert len(days) == 11


def test_people_are_reachable_in_their_hours_only(salon: Business) -> None:
    """At night, on Sundays and on public holidays a message is taken instead of ringing in vain."""
    zone = salon.zone
    assert salon.people_reachable(dt.datetime(2026, 6, 12, 10, tzinfo=zone))
    assert salon.people_reachable(dt.datetime(2026, 6, 12, 8, 30, tzinfo=dt.UTC))
    assert not salon.people_reachable(dt.datetime(2026, 6, 12, 19, tzinfo=zone))
    assert not salon.people_reachable(dt.datetime(2026, 6, 14, 10, tzinfo=zone))
    assert not salon.people_reachable(dt.datetime(2026, 7, 14, 10, tzinfo=zone))


def test_a_usual_week_is_grouped_for_the_ear(salon: Business) -> None:
    """Days in a row with the same hours are said together."""
    groups = salon.weekly_hours()
    assert [days for days, _ in groups] == [("monday",), ("tuesday", "wednesday"), ("thursday",), ("friday",), ("saturday",), ("sunday",)]
    assert groups[2][1] == ((t("09:00"), t("20:00")),)


def test_what_the_salon_does_not_do_has_words_in_each_language(salon: Business) -> None:
    """A caller who asks for nails is told so, whatever the language."""
    for language, word in {"fr": "ongles", "de": "maniküre", "en": "nails", "es": "manicuras"}.items():
        assert word in [phrase.casefold() for phrase in salon.not_offered_vocabulary(language)["manicure"]]


def test_names_of_services_and_staff(salon: Business) -> None:
    """Lines take the bare name or the one with its article."""
    assert salon.service_name("womens_cut", "fr") == "coupe femme"
    assert salon.service_name("womens_cut", "de", article=True) == "einen Damenhaarschnitt"
    assert salon.staff_name("lea") == "Léa"
    assert "Lea" in salon.staff_vocabulary("de")["lea"]
    assert salon.service_list("en")[0] == "women's cut"
    assert salon.answer_vocabulary("en")["address"]
