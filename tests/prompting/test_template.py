"""The text of a line: placeholders, parts that may be left out, and tidy sentences."""

from __future__ import annotations

import pytest

from frontdesk.prompting.template import BadTemplate, parse

WORDS = {"name": "marie", "slot": "mardi", "about": "Tout est compris."}


def test_placeholders_are_filled_and_sentences_begin_with_a_capital() -> None:
    """A sentence that begins with a value begins with a capital letter all the same."""
    assert parse("{slot}, au nom de {name}. {name} ?").fill(WORDS.get) == "Mardi, au nom de marie. Marie ?"


def test_a_missing_required_value_is_never_skipped() -> None:
    """A placeholder outside brackets without words raises with its name."""
    with pytest.raises(KeyError, match="staff"):
        parse("avec {staff}").fill(WORDS.get)


def test_brackets_vanish_when_their_value_is_missing() -> None:
    """What stands in square brackets is left out whole, and leaves no double space."""
    template = parse("une coupe[ avec {staff}], {slot}")
    assert template.fill(WORDS.get) == "Une coupe, mardi"
    assert template.fill({**WORDS, "staff": "Léa"}.get) == "Une coupe avec Léa, mardi"


def test_a_value_that_ends_in_a_full_stop_does_not_double_it() -> None:
    """Two full stops in a row become one."""
    assert parse("{about}. Merci.").fill(WORDS.get) == "Tout est compris. Merci."


def test_required_and_optional_are_told_apart() -> None:
    """`required` leaves out what stands in brackets, `placeholders` does not."""
    template = parse("{slot}[ {staff}]")
    assert template.required == {"slot"}
    assert template.placeholders == {"slot", "staff"}


@pytest.mark.parametrize(
    "text", ["{slot", "slot}", "{Slot}", "{}", "[a {slot} [b {name}]]", "[{slot}", "{slot}]", "[no value]", "{0}", "{slot.x}"]
)
def test_broken_templates_are_refused(text: str) -> None:
    """Brackets without partner, odd names and brackets that hold nothing are found when lines are loaded."""
    with pytest.raises(BadTemplate):
        parse(text)


def test_spanish_question_marks_do_not_hide_the_beginning() -> None:
    """The first letter after an opening mark becomes a capital."""
    assert parse("¿{name}?").fill(WORDS.get) == "¿Marie?"
