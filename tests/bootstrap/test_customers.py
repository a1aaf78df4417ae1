"""customers.yaml: read with the business, every mistake with its place, and none of anybody's values in a message."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from frontdesk.bootstrap.reading import Folders, customers_of, read_all
from frontdesk.brain.utterance.phrases import load_phrases
from fsm.yaml_source import load_plain
from tests.examples import sampled

GOOD = """customers:
  - reference: "4721 9306"
    birth_date: 1978-03-12
    details: {premium: 412.50, renewal: 2027-01-01, cover: full}
"""
LINES = "value: {cover: {full: %s}}\n"


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """The shipped business with a record, and the words for it."""
    business = load_plain((root / "business.yaml").read_text(encoding="utf-8"))
    business["record"] = {"premium": "amount", "renewal": "date", "cover": "word"}
    (tmp_path / "business.yaml").write_text(yaml.safe_dump(business, allow_unicode=True), encoding="utf-8")
    (tmp_path / "prompts" / "lines").mkdir(parents=True)
    for language, words in {"fr": "tous risques", "de": "Vollkasko", "en": "fully comprehensive", "es": "a todo riesgo"}.items():
        (tmp_path / "prompts" / "lines" / f"{language}.yaml").write_text(LINES % words, encoding="utf-8")
    (tmp_path / "customers.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_customers_are_read_with_the_business(folder: Path) -> None:
    """References without spaces, days as text, and no problem."""
    read = read_all(Folders(folder))
    assert [str(problem) for problem in read.problems] == []
    assert read.business is not None
    [customer], _ = customers_of(Folders(folder), read.business.record)
    assert (customer.reference, customer.birth_date) == ("47219306", "1978-03-12")
    assert customer.details == {"premium": 412.5, "renewal": "2027-01-01", "cover": "full"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    sampled(
        [
            ("customers:", "people:", "no-customers"),
            ("1978-03-12", "31.3.1978", "wrong-customer"),
            ('"4721 9306"', "47219306", "wrong-customer"),
            ("412.50", "a lot", "wrong-customer"),
            ("premium:", "wealth:", "unknown-detail"),
            ("details:", "detail:", "unknown-key"),
            ("cover: full", "cover: half", "missing-line"),
            ("customers:\n", GOOD, "customer-twice"),
        ],
        4,
    ),
)
def test_mistakes_have_a_place_and_tell_nothing(folder: Path, old: str, new: str, code: str) -> None:
    """One code, a line, and neither the number nor the day of anybody."""
    (folder / "customers.yaml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    problems = read_all(Folders(folder)).problems
    assert {problem.code for problem in problems} == {code}
    assert all(
        problem.line > 0 and "9306" not in str(problem) and "1978" not in str(problem).replace("1978-03-12.", "") for problem in problems
    )


def test_phrases_are_taken_list_by_list(root: Path, folder: Path) -> None:
    """A list of the folder's own replaces the default one, an empty one takes it away, and all others stay."""
    phrases = folder / "prompts" / "phrases"
    phrases.mkdir()
    for language in ("fr", "de", "en", "es"):
        (phrases / f"{language}.yaml").write_text("intents: {cancel: [], book: [zulu]}\n", encoding="utf-8")
    read = read_all(Folders(folder))
    assert [str(problem) for problem in read.problems] == []
    own = read.phrases.groups["en"]
    defaults = load_phrases(root / "prompts" / "phrases", ["en"])[0].groups["en"]
    assert own[("intents", "cancel")] == ()
    assert [template.source for template in own[("intents", "book")]] == ["zulu"]
    assert own[("acts", "goodbye")] == defaults[("acts", "goodbye")]
