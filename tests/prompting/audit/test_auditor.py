"""The auditor against the labelled sentences, and the rules that no list of words may soften."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from frontdesk.business import Business
from frontdesk.prompting.audit import Auditor, AuditWords, Record, load_audit_words
from frontdesk.prompting.errors import PromptingError
from tests.prompting.audit.labelled import LANGUAGES, NOW, house_passages, records, score, sentences

MAX_FALSE_PASSED = 0.01
MAX_TRUE_CUT = 0.03


@pytest.fixture(scope="module")
def words(root: Path) -> dict[str, AuditWords]:
    """The shipped lists."""
    return dict(load_audit_words(root / "prompts" / "audit", LANGUAGES))


@pytest.fixture(scope="module")
def auditor(salon: Business, words: dict[str, AuditWords]) -> Auditor:
    """Audits for the salon, with what it has written down besides."""
    return Auditor(salon, words, house_passages())


@pytest.mark.parametrize("language", LANGUAGES)
def test_floors(auditor: Auditor, language: str) -> None:
    """Under one in a hundred false claims is passed, and under three in a hundred true sentences are cut."""
    found = score(auditor, language)
    wrong = [f"passed: {item.text}" for item in found.wrongly_passed] + [f"cut: {item.text}" for item, _ in found.wrongly_cut]
    assert len(found.wrongly_passed) < MAX_FALSE_PASSED * found.false, wrong
    assert len(found.wrongly_cut) < MAX_TRUE_CUT * found.true, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_set_is_large_enough(language: str) -> None:
    """Each language has ninety labelled sentences or more, a third of them at least of either kind."""
    items = list(sentences(language))
    true = sum(item.true for item in items)
    assert len(items) >= 90
    assert len(items) <= 3 * true <= 2 * len(items)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_claimed_over_an_empty_record(auditor: Auditor, language: str) -> None:
    """A success that is true over its record is cut over an empty one."""
    empty = Record(now=NOW)
    for item in sentences(language, batches=()):  # those of the batches also say "get well" over a cancelled appointment
        if item.true and item.record in ("booked", "moved", "cancelled", "message"):
            assert not auditor.audit(item.text, empty, language).passed, item.text


def test_every_answer_of_the_house_passes(auditor: Auditor, salon: Business) -> None:
    """What business.yaml says word for word is always true."""
    for answer in salon.answers().values():
        for language, text in answer.says.items():
            verdict = auditor.audit(text, records()["nothing"], language)
            assert verdict.passed, (text, verdict.reasons)


def test_a_reason_points_at_its_words(auditor: Auditor) -> None:
    """A reason carries a code, the place of the words, and the words."""
    text = "Très bien, c'est réservé."
    reason, *_ = auditor.audit(text, records()["nothing"], "fr").reasons
    assert reason.code == "success"
    assert text[slice(*reason.span)] == reason.claim == "réservé"


@pytest.mark.parametrize("text", ["", "   ", "!!!", "\x00", "a" * 100_000, "¿" * 300, "[[[(((", "٣٤", "0" * 400, "'" * 50])
@pytest.mark.parametrize("language", LANGUAGES)
def test_rubbish_is_cut(auditor: Auditor, text: str, language: str) -> None:
    """Text that is no sentence is cut, and nothing is raised."""
    assert not auditor.audit(text, records()["nothing"], language).passed


def test_words_are_kept_by_their_text(tmp_path: Path, root: Path) -> None:
    """The same files are not read again; an edit of the words, or of the small talk alone, is."""
    folder = tmp_path / "audit"
    shutil.copytree(root / "prompts" / "audit", folder)

    def read() -> AuditWords:
        return load_audit_words(folder, ["fr"])["fr"]

    first = read()
    assert (read().lists is first.lists, read().small_talk is first.small_talk) == (True, True)
    small_talk = folder / "small_talk" / "fr.yaml"
    small_talk.write_text(small_talk.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    assert (read().lists is first.lists, read().small_talk is first.small_talk) == (True, False)
    words = folder / "fr.yaml"
    text = words.read_text(encoding="utf-8")
    assert "hours_are_clock: true" in text
    words.write_text(text.replace("hours_are_clock: true", "hours_are_clock: false"), encoding="utf-8")
    assert (first.hours_are_clock, read().hours_are_clock) == (True, False)


def test_unknown_list_is_refused(tmp_path: Path, root: Path) -> None:
    """A list that nothing reads is reported by its name."""
    source = (root / "prompts" / "audit" / "fr.yaml").read_text(encoding="utf-8")
    (tmp_path / "fr.yaml").write_text(source + "\nsurprise: [a]\n", encoding="utf-8")
    with pytest.raises(PromptingError, match="surprise"):
        load_audit_words(tmp_path, ["fr"])
