"""A broken business.yaml: every problem at once, at its place, in a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.business import Business, BusinessProblems, load_business, read_business
from frontdesk.business.schema import schema_text
from frontdesk.business.values import WEEKDAYS
from fsm.problems import Problem
from tests.examples import sampled

Break = Callable[..., tuple[Problem, ...]]


@pytest.fixture
def broken(root: Path, tmp_path: Path) -> Break:
    """Replaces pieces of the shipped file and returns the problems of the result."""
    text = (root / "business.yaml").read_text(encoding="utf-8")

    def change(*pieces: tuple[str, str]) -> tuple[Problem, ...]:
        changed = text
        for old, new in pieces:
            assert old in changed, old
            changed = changed.replace(old, new, 1)
        file = tmp_path / "business.yaml"
        file.write_text(changed, encoding="utf-8")
        business, problems = read_business(file, "business.yaml")
        if problems:
            with pytest.raises(BusinessProblems) as caught:
                load_business(file, "business.yaml")
            assert caught.value.problems == problems
        else:
            assert business is not None
        return problems

    return change


ONE_MISTAKE = [
    ("unknown-key", ("  hold_minutes: 10 ", "  hold_minuts: 10 \n  hold_minutes: 10 ")),
    ("missing-key", ("currency: EUR\n", "")),
    ("wrong-value", ("  offers: 3 ", "  offers: three ")),
    ("wrong-value", ("  offers: 3 ", "  offers: 9 ")),
    ("wrong-value", ("ask_staff: if_wished", "ask_staff: sometimes")),
    ("wrong-value", ('phone: "+33199001234"', "phone: 0199001234")),
    ("wrong-value", ("  tuesday: [9:00-19:00]\n", "  tuesday: 9-19\n")),
    ("wrong-value", ("  tuesday: [9:00-19:00]\n", "  tuesday: [19:00-9:00]\n")),
    ("wrong-value", ("  tuesday: [9:00-19:00]\n", "  tuesday: [9:00-19:03]\n")),
    ("wrong-value", ("{amount: 62}", "{amount: -62}")),
    ("wrong-value", ("{amount: 62}", '{amount: "62"}')),
    ("wrong-value", ("first: 2026-08-09", "first: 2026-08-32")),
    ("wrong-name", ("  mens_cut:\n    name", "  Men's cut:\n    name")),
    ("key-twice", ("currency: EUR\n", "currency: EUR\ncurrency: EUR\n")),
    ("unknown-country", ("country: FR", "country: XX")),
    ("unknown-currency", ("currency: EUR", "currency: EUX")),
    ("unknown-time-zone", ("Europe/Paris", "Europe/Pari")),
    ("unknown-time-zone", ("Europe/Paris", "../etc/passwd")),
    ("unknown-language", ("default_language: fr", "default_language: it")),
    ("unknown-language", ("name: {fr: coupe femme,", "name: {it: taglio donna, fr: coupe femme,")),  # not even by a slip of the hand
    ("language-twice", ("[fr, de, en, es]", "[fr, de, en, es, fr]")),
    ("missing-language", ("name: {fr: coupe femme, de: Damenhaarschnitt,", "name: {fr: coupe femme,")),
    ("overlapping-hours", ("  thursday: [9:00-20:00]\n", "  thursday: [9:00-14:00, 13:30-20:00]\n")),
    ("hours-outside", ("      tuesday: [10:00-19:00]", "      tuesday: [10:00-19:30]")),
    ("ends-before-it-begins", ("last: 2026-08-17", "last: 2026-08-01")),
    ("very-long-absence", ("last: 2026-08-17", "last: 2028-08-17")),
    ("odd-duration", ("    minutes: 45\n", "    minutes: 47\n")),
    ("no-duration", ("    minutes: 45\n", "")),
    ("idle-phase", ("{minutes: 45, stylist: busy}", "{minutes: 45, stylist: free}")),
    ("no-price", ("{amount: 62}", "{}")),
    ("no-price", ("{amount: 62}", "{amount: 62, from: 60}")),
    ("unknown-service", ("skills: [womens_cut, mens_cut,", "skills: [womens_cut, mens_cutt, mens_cut,")),
    ("unknown-service", ("      womens_cut:\n        fr: [femme", "      womans_cut:\n        fr: [femme")),
    ("nobody-does-it", ("balayage, perm, keratin", "balayage, keratin")),
    ("same-words", ("fr: [coupe femmes,", "fr: [brushing, coupe femmes,")),
    ("same-words", ("fr: [coupe femmes,", "fr: [Coupe!, coupe femmes,")),
    ("same-words", ("fr: [métro, transports,", "fr: [parking, métro, transports,")),
    ("same-words", ("fr: [femme, une femme,", "fr: [homme, femme, une femme,")),
    ("same-name", ("heard_as: [Carim,", "heard_as: [LEA, Carim,")),
    ("answer-twice", ("  gift_vouchers:", "  parking:")),
    ("no-number", ('  number: "+33199001235"\n', "")),
    ("handover-to-itself", ('  number: "+33199001235"', '  number: "+33199001234"')),
    (
        "no-time-to-book",
        (
            "  lead_min: 60                  # the earliest appointment begins in an hour\n  horizon_days: 120 ",
            "  lead_min: 1440\n  horizon_days: 1 ",
        ),
    ),
    ("all-lunch", ("    lunch: 14:00-15:00\n", "    lunch: 9:00-13:30\n")),
    ("too-long-to-book", ("    minutes: 45\n    price: {amount: 62}", "    minutes: 425\n    price: {amount: 62}")),
    ("same-words", ("fr: [coupe femmes,", "fr: [karim, coupe femmes,")),
    ("same-words", ("es: [corte de señora,", "es: [Sofía, corte de señora,")),
]


@pytest.mark.parametrize(("code", "piece"), sampled(ONE_MISTAKE, 3))
def test_a_mistake_has_its_code_place_and_sentence(broken: Break, code: str, piece: tuple[str, str], root: Path) -> None:
    """Each mistake is named once, within the lines that were changed or the thing that holds them, and says what to do."""
    problems = broken(piece)
    assert code in {problem.code for problem in problems}
    before = (root / "business.yaml").read_text(encoding="utf-8").split(piece[0], 1)[0].count("\n") + 1
    lines = [problem.line for problem in problems if problem.code == code]
    if code not in {"missing-key", "unknown-service", "nobody-does-it", "same-words", "same-name", "no-duration"}:
        assert any(before <= line <= before + 1 for line in lines), problems
    for problem in problems:
        assert problem.file == "business.yaml"
        assert problem.line >= 1
        assert problem.message[0].isupper() or problem.message[0] == "“"
        assert problem.message.endswith(".")


def test_all_problems_are_reported_at_once(broken: Break) -> None:
    """Wrong values do not hide wrong names elsewhere."""
    problems = broken(
        ("  offers: 3 ", "  offers: three "),
        ("{amount: 62}", "{amount: cheap}"),
        ("currency: EUR", "currency: EUX"),
        ("[womens_cut, mens_cut,", "[womens_cutt, womens_cut, mens_cut,"),
        ("    minutes: 20\n", "    minutes: 21\n"),
        ("  sender: COLIBRI ", "  sender: COLIBRI\n  colour: red "),
    )
    codes = [problem.code for problem in problems]
    assert sorted(codes) == ["odd-duration", "unknown-currency", "unknown-key", "unknown-service", "wrong-value", "wrong-value"]
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


def test_a_wrong_service_is_not_reported_as_missing_too(broken: Break) -> None:
    """One mistake, one problem: a service that cannot be read still exists for those who name it."""
    assert [problem.code for problem in broken(("{amount: 62}", "{amount: cheap}"))] == ["wrong-value"]


def test_wrong_values_and_wrong_names_are_found_in_one_pass(broken: Break) -> None:
    """The rest of the file is checked although a part of it cannot be read."""
    codes = {problem.code for problem in broken(("{amount: 62}", "{amount: cheap}"), ("currency: EUR", "currency: EUX"))}
    assert codes == {"wrong-value", "unknown-currency"}


def test_what_yaml_makes_of_figures_is_told(broken: Break) -> None:
    """A comma in an amount begins a new name, and a number without quotes is none that can be rung."""
    (comma,) = broken(("{amount: 62}", "{amount: 62,50}"))
    assert (comma.code, comma.hint) == ("unknown-key", "Write decimals with a point, such as 12.50; a comma begins something new.")
    (bare,) = broken(('phone: "+33199001234"', "phone: +33199001234"))
    assert (bare.message, bare.hint) == ("This must be text.", "Put it in quotes.")


def test_an_unknown_key_suggests_the_known_one(broken: Break) -> None:
    """A typing mistake is answered with the word that was meant."""
    (problem,) = broken(("  hold_minutes: 10 ", "  hold_minutes: 10\n  hold_minuts: 10 "))
    assert problem.hint == "Did you mean “hold_minutes”?"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty-file"),
        ("- a\n- b\n", "not-a-business"),
        ("a: [1", "not-yaml"),
        ("just words", "not-a-business"),
        ("version: 1\n", "missing-key"),
    ],
)
def test_a_file_that_is_no_business_is_refused_with_a_problem(tmp_path: Path, content: str, code: str) -> None:
    """Never a traceback, whatever the file holds."""
    file = tmp_path / "business.yaml"
    file.write_text(content)
    business, problems = read_business(file)
    assert business is None
    assert code in {problem.code for problem in problems}


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A business folder without the file is told so."""
    with pytest.raises(BusinessProblems, match="no-file"):
        load_business(tmp_path / "business.yaml")


KEYS = ("version", "name", "hours", "staff", "services", "lea", "tuesday", "fr", "phases", "closures", "public_holidays")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["closed", "9:00-12:00", "FR"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(section=st.sampled_from(list(Business.model_fields)), value=VALUES)
def test_no_content_makes_the_loader_crash(tmp_path_factory: pytest.TempPathFactory, root: Path, section: str, value: object) -> None:
    """Any value in place of any section is either accepted or answered with problems."""
    text = (root / "business.yaml").read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    start = next((number for number, line in enumerate(lines) if line.startswith(f"{section}:")), len(lines))
    end = next((number for number in range(start + 1, len(lines)) if lines[number][0] not in " #\n"), len(lines))
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_text("".join(lines[:start]) + f"{section}: {json.dumps(value)}\n" + "".join(lines[end:]), encoding="utf-8")
    business, problems = read_business(file)
    assert business is not None or problems


def test_the_published_schema_is_that_of_the_model(root: Path) -> None:
    """The schema that editors use is exactly what the parser accepts; `make schemas` writes it."""
    published = (root / "schemas" / "business.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == Business.model_json_schema()
    assert published == schema_text()


def test_the_business_survives_a_round_trip_through_json(salon: Business) -> None:
    """What was loaded can be stored and read back."""
    dumped = salon.model_dump(mode="json", by_alias=True, exclude_none=True)
    for hours in (dumped["hours"], dumped["handover"]["hours"], *(person["hours"] for person in dumped["staff"].values())):
        hours.update({weekday: spans or "closed" for weekday, spans in hours.items()})
    assert Business.model_validate_json(json.dumps(dumped)) == salon


def test_reading_the_business_does_not_import_the_slow_library(root: Path) -> None:
    """The library of public holidays is imported when a day is asked about, not at the start."""
    code = (
        "import sys; from pathlib import Path; from frontdesk.business import load_business; "
        "business = load_business(Path('business.yaml')); assert 'holidays' not in sys.modules; "
        "import datetime as dt; business.warm_up(dt.date(2026, 6, 12)); assert 'holidays' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


def test_what_is_written_in_a_language_that_is_not_answered_may_stay(broken: Break) -> None:
    """An owner who takes a language off the list is not asked to take out a hundred texts, too."""
    assert broken(("languages: [fr, de, en, es]", "languages: [fr]")) == ()


def test_a_business_without_people_on_the_phone_has_no_number_for_them(broken: Break, root: Path) -> None:
    """A number that nobody ever answers is a slip; without it, callers always leave a message."""
    text = (root / "business.yaml").read_text(encoding="utf-8")
    hours = text[text.index("    monday: closed\n") : text.index("\nsms:\n")]
    never = (hours, "".join(f"    {weekday}: closed\n" for weekday in WEEKDAYS))
    (problem,) = broken(never)
    assert (problem.code, text.splitlines()[problem.line - 1]) == ("never-open", "  hours:")
    assert broken(never, ('  number: "+33199001235"\n', "")) == ()


def test_a_number_that_cannot_be_read_is_no_missing_one(broken: Break) -> None:
    """One slip, one problem."""
    assert [problem.code for problem in broken(('  number: "+33199001235"', "  number: 0199001235"))] == ["wrong-value"]
