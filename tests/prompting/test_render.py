"""Filling lines: the right wording, and never a sentence with a hole in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from frontdesk.business import Business
from frontdesk.prompting.errors import MissingValue, PromptingError, UnknownLine
from frontdesk.prompting.lines import load_lines
from frontdesk.prompting.render import Renderer
from tests.prompting.scenes import NOW, effect, known, lists, said, values


def small(tmp_path: Path, salon: Business, text: str) -> tuple[Renderer, list[PromptingError]]:
    """A renderer for French lines of a test's own, and the troubles it tells."""
    (tmp_path / "lines").mkdir(exist_ok=True)
    (tmp_path / "lines" / "fr.yaml").write_text(text, encoding="utf-8")
    troubles: list[PromptingError] = []
    return Renderer(load_lines([tmp_path], ["fr"]), salon, troubles.append), troubles


def test_one_and_several_are_worded_differently(renderer: Renderer) -> None:
    """The number of offers decides between `one` and `other`."""
    single = renderer.say(effect("slot.ask", "fr", lists={"offers": lists()["offers"][:1]}), NOW)
    several = renderer.say(effect("slot.ask", "fr"), NOW)
    assert "convient" in single
    assert "mardi seize juin à quinze heures ou seize heures trente, ou mercredi dix-sept juin à dix heures" in several


def test_offers_are_said_in_order_of_time_and_only_once(renderer: Renderer) -> None:
    """Two stylists free at the same time make one offer."""
    twice = ({"start": "2026-06-16T15:00", "staff": "lea"}, {"start": "2026-06-16T15:00", "staff": "karim"})
    assert renderer.say(effect("slot.ask", "fr", lists={"offers": twice}), NOW).count("quinze") == 1


def test_no_offers_still_make_a_question(renderer: Renderer) -> None:
    """With nothing on offer the question is an open one, not a sentence with a hole."""
    assert renderer.say(effect("slot.ask", "fr", lists={}), NOW) == "Quel autre moment vous conviendrait ?"


def test_reasks_climb_and_never_repeat_themselves_at_once(renderer: Renderer) -> None:
    """The second re-ask is narrower than the first; past the last wording the last two take turns."""
    first, second, third, fourth = (renderer.say(effect("when.reask", "fr", variant), NOW) for variant in range(4))
    assert first != second
    assert (third, fourth) == (first, second)


def test_a_question_put_again_has_words_of_its_own(renderer: Renderer) -> None:
    """The first time it is `ask`, then the wordings of `again` in turn; who has none of these hears `ask` again."""
    said = [renderer.say(effect("service.ask", "en", variant), NOW) for variant in range(4)]
    assert said[0] == "What would the appointment be for?"
    assert said[1] == said[3] != said[0]
    assert said[2] not in said[:2]


def test_the_shipped_wordings_do_not_follow_a_question_of_ones_own(tmp_path: Path, salon: Business) -> None:
    """Who asks "What shall we do for you today?" does not go on with a sentence of the shipped lines."""
    for name, text in (("own", "service: {ask: Et pour quoi ?}\n"), ("shipped", "service: {ask: Pour quoi ?, again: [Alors ?]}\n")):
        (tmp_path / name / "lines").mkdir(parents=True)
        (tmp_path / name / "lines" / "fr.yaml").write_text(text, encoding="utf-8")
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    for folders, again in (([shipped], "Alors ?"), ([shipped, own], "Et pour quoi ?")):
        renderer = Renderer(load_lines(folders, ["fr"]), salon)
        assert renderer.say(effect("service.ask", "fr", 1), NOW) == again


def test_other_lists_go_round(tmp_path: Path, salon: Business) -> None:
    """The variant chooses, and starts again after the last."""
    renderer, _ = small(tmp_path, salon, "a: [un, deux]\n")
    assert [renderer.say(effect("a", "fr", variant), NOW) for variant in (0, 1, 2)] == ["Un", "Deux", "Un"]


def test_a_wording_that_needs_less_stands_in(tmp_path: Path, salon: Business) -> None:
    """Another wording of the same line is said when a value is missing."""
    renderer, troubles = small(tmp_path, salon, "a: ['chez {staff}', chez nous]\n")
    assert renderer.say(effect("a", "fr", facts={}, values={}), NOW) == "Chez nous"
    assert troubles == []


def test_the_default_of_its_kind_stands_in(tmp_path: Path, salon: Business) -> None:
    """A line that cannot be said gives way to the default of its kind, and the trouble is told."""
    renderer, troubles = small(tmp_path, salon, "x.reask: 'chez {staff}'\ndefault.reask: pardon ?\n")
    assert renderer.say(effect("x.reask", "fr", facts={}, values={}), NOW) == "Pardon ?"
    assert isinstance(troubles[0], MissingValue)
    assert troubles[0].placeholder == "staff"


def test_the_last_resort_is_neutral(tmp_path: Path, salon: Business) -> None:
    """With nothing better there is still something to say."""
    renderer, _ = small(tmp_path, salon, "x.done: 'chez {staff}'\ndefault.line: excusez-moi.\n")
    assert renderer.say(effect("x.done", "fr", facts={}, values={}), NOW) == "Excusez-moi."


def test_without_any_stand_in_the_trouble_is_raised(tmp_path: Path, salon: Business) -> None:
    """A hole is never spoken."""
    renderer, _ = small(tmp_path, salon, "x.done: 'chez {staff}'\n")
    with pytest.raises(MissingValue):
        renderer.say(effect("x.done", "fr", facts={}, values={}), NOW)
    with pytest.raises(UnknownLine):
        renderer.say(effect("y.done", "fr"), NOW)


def test_shared_wordings_come_from_default(renderer: Renderer) -> None:
    """A state without a line of its own for silence uses the shared one."""
    assert renderer.say(effect("when.silent", "fr"), NOW) == "Êtes-vous toujours là ?"


def test_an_unknown_language_becomes_that_of_the_business(renderer: Renderer) -> None:
    """No call is without words."""
    assert renderer.say(effect("goodbye.bye", "it"), NOW) == renderer.say(effect("goodbye.bye", "fr"), NOW)


@pytest.mark.parametrize(
    ("reason", "day", "words"),
    [
        ("weekday", "2026-06-21", "Nous sommes fermés le dimanche."),
        ("holiday", "2026-07-14", "Le mardi quatorze juillet est un jour férié, nous sommes fermés."),
        ("closure", "2026-08-12", "Nous sommes en congés le mercredi douze août."),
    ],
)
def test_the_reason_for_being_closed_is_said(renderer: Renderer, reason: str, day: str, words: str) -> None:
    """Closed that weekday, public holiday and own holidays are three different things to hear."""
    assert renderer.say(effect("slot.closed", "fr", values=values(closed=reason, day=day)), NOW) == words


def test_closed_full_and_just_taken_are_different(renderer: Renderer) -> None:
    """A caller hears which of the three it is."""
    texts = {renderer.say(effect(line, "fr"), NOW) for line in ("slot.closed", "slot.full", "slot.just_taken", "slot.failed", "slot.none")}
    assert len(texts) == 5


@pytest.mark.parametrize(
    ("start", "end", "grain", "reason"),
    [
        ("2026-06-20T18:00", None, "minute", "hours"),  # a Saturday, closing time
        ("2026-06-20T17:30", None, "minute", "tight"),  # a women's cut takes three quarters of an hour
        ("2026-06-20T17:15", None, "minute", "full"),  # it ends just in time
        ("2026-06-20T08:00", None, "minute", "hours"),
        ("2026-06-20T18:00", "2026-06-20T22:00", "part_of_day", "hours"),
        ("2026-06-20T17:30", "2026-06-20T22:00", "part_of_day", "tight"),
        ("2026-06-20T12:00", "2026-06-20T18:00", "part_of_day", "full"),
        ("2026-06-20T00:00", "2026-06-21T00:00", "day", "full"),
        ("2026-06-15T00:00", "2026-06-22T00:00", "week", "full"),
        ("2026-06-21T18:00", None, "minute", "full"),  # a Sunday is closed, which has a sentence of its own
    ],
)
def test_after_hours_is_told_from_fully_booked(renderer: Renderer, start: str, end: str | None, grain: str, reason: str) -> None:
    """A wish outside the opening hours of an open day, or too close to their end, is answered with that reason."""
    wish = [{"start": start, "end": end, "grain": grain, "from": False, "until": False}]
    text = renderer.say(effect("slot.full", "fr", facts={**known(), "when": said(wish)}, values=values(day=start[:10])), NOW)
    words = {"hours": "ouverts de neuf heures à dix-huit heures", "tight": "il faut trois quarts d'heure", "full": "plus rien de libre"}
    assert words[reason] in text


def test_a_move_is_asked_about_its_time_only(renderer: Renderer) -> None:
    """Neither name nor service can change when an appointment is moved."""
    assert "prestation" in renderer.say(effect("amend.ask", "fr"), NOW)
    moving = {**known(), "intent": said("reschedule")}
    assert "prestation" not in renderer.say(effect("amend.ask", "fr", facts=moving), NOW)
    assert renderer.say(effect("when.ask", "fr", facts=moving), NOW).startswith("Votre rendez-vous est prévu le samedi vingt juin")


@pytest.mark.parametrize(
    ("heard", "words"),
    [("0612", "zéro six douze"), ("paul.martin", "paul point martin"), ("Dup", "Dup"), ("+336", "plus trente-trois six")],
)
def test_what_was_heard_so_far_is_said_back(renderer: Renderer, heard: str, words: str) -> None:
    """Part of a number in pairs, part of an address as it is dictated, part of a name as it is."""
    assert words in renderer.say(effect("contact.so_far", "fr", values=values(so_far=heard)), NOW)


@pytest.mark.parametrize(
    ("hour", "language", "words"),
    [
        (9, "fr", "bonjour"),
        (19, "fr", "bonsoir"),
        (8, "de", "guten Morgen"),
        (15, "de", "guten Tag"),
        (19, "es", "buenas tardes"),
        (21, "es", "noches"),
    ],
)
def test_the_greeting_fits_the_hour(renderer: Renderer, hour: int, language: str, words: str) -> None:
    """The greeting follows the clock of the business, not that of the machine."""
    now = dt.datetime(2026, 6, 12, hour - 2, 0, tzinfo=dt.UTC)
    assert words in renderer.say(effect("greet.hello", language), now)


def test_somebody_in_particular_is_named_and_anybody_is_not(renderer: Renderer) -> None:
    """“any” is a wish for nobody in particular."""
    assert "Léa" in renderer.say(effect("confirm.ask", "fr"), NOW)
    assert "Léa" not in renderer.say(effect("confirm.ask", "fr", facts={**known(), "staff": said("any")}), NOW)


def test_the_read_back_names_who_really_serves(renderer: Renderer) -> None:
    """Léa was asked for, and a time with Karim was chosen: the booking is with Karim, and that is what is read back."""
    slot = said("2026-06-16T15:00", {"start": "2026-06-16T15:00", "end": "2026-06-16T15:45", "staff": "karim"})
    text = renderer.say(effect("confirm.ask", "fr", facts={**known(), "slot": slot}), NOW)
    assert "Karim" in text
    assert "Léa" not in text
    assert "Léa" in renderer.say(effect("slot.not_with", "fr", facts={**known(), "slot": slot}), NOW)


def test_phone_endings_are_said_as_numbers_end(renderer: Renderer) -> None:
    """In pairs in French, digit by digit in English."""
    assert "soixante-dix-huit" in renderer.say(effect("contact.suggest", "fr"), NOW)
    assert "seven eight" in renderer.say(effect("contact.suggest", "en"), NOW)


def test_a_vague_word_is_asked_about_in_the_words_of_the_business(renderer: Renderer) -> None:
    """When the options are those of a family, its own question is asked."""
    options = tuple({"value": value, "say": value} for value in ("womens_cut", "mens_cut", "childs_cut"))
    text = renderer.say(effect("service.options", "fr", lists={"options": options}), NOW)
    assert text == "C'est une coupe pour une femme, un homme ou un enfant ?"


def test_services_are_asked_between_with_their_articles(renderer: Renderer) -> None:
    """“une coupe femme ou un brushing”, though the readers know them by their bare names."""
    options = ({"value": "womens_cut", "say": "coupe femme"}, {"value": "blow_dry", "say": "brushing"})
    assert "une coupe femme ou un brushing" in renderer.say(effect("service.options", "fr", lists={"options": options}), NOW)


def test_a_fact_of_the_owner_is_said_in_the_owners_words(tmp_path: Path, salon: Business) -> None:
    """The value of a choice is said as `value:` has it, and as it stands where there is no such line."""
    lines = tmp_path / "lines"
    lines.mkdir()
    text = "a: 'cheveux {hair_length}.'\nvalue:\n  hair_length: {long: très longs}\n"
    (lines / "fr.yaml").write_text(text, encoding="utf-8")
    renderer = Renderer(load_lines([tmp_path], ["fr"], facts=["hair_length"]), salon)
    assert renderer.say(effect("a", "fr", facts={"hair_length": said("long")}), NOW) == "Cheveux très longs."
    assert renderer.say(effect("a", "fr", facts={"hair_length": said("courts")}), NOW) == "Cheveux courts."


def test_the_booking_outranks_what_was_asked_about(renderer: Renderer) -> None:
    """A price asked for another service does not change what is read back."""
    text = renderer.say(effect("confirm.ask", "fr", values=values(question={"service": "perm"}, service="perm")), NOW)
    assert "coupe femme" in text
    assert "permanente" not in text


def test_messages_keep_to_the_letters_of_one_sms(renderer: Renderer) -> None:
    """Letters outside the GSM alphabet lose their accents."""
    text = renderer.sms("booked", "es", {"service": "womens_cut", "start": "2026-06-20T10:00", "staff": "lea"}, NOW)
    assert "sabado 20 de junio" in text


def test_a_far_date_is_said_with_its_year(renderer: Renderer) -> None:
    """A day more than a year ahead is not mistaken for the next one of its name."""
    assert "deux mille vingt-sept" in renderer.say(effect("moved.done", "fr", facts={"slot": said("2027-06-22T15:00")}), NOW)


def test_nothing_depends_on_the_machine(renderer: Renderer, machine_zone: str) -> None:
    """The same words in every time zone of the machine."""
    text = renderer.say(effect("answers.open_now", "fr", values={"question": {}}), NOW)
    assert text == "Oui, nous sommes ouverts jusqu'à dix-neuf heures."
