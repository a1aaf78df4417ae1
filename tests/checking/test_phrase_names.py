"""Words that nobody listens to, and options that nobody can say, are found before a caller finds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.bootstrap.reading import DEFAULTS, Folders
from frontdesk.brain.utterance.phrases import load_phrases
from frontdesk.checking.phrase_names import HEARD
from frontdesk.checking.whole import examine_folders
from fsm.problems import Problem
from tests.checking.shipped_memo import MEMO
from tests.examples import sampled

ASKED = """
  ask_cover:
    ask: cover
    next:
      - {if: {intent: [reschedule, cancel, message]}, to: intent}
      - {if: {slot: unknown}, to: slot}
      - {if: {cover: known}, to: contact}

  contact:
    prompt: states/contact.md"""


@pytest.fixture
def clinic(tmp_path: Path, root: Path) -> Path:
    """A business in English whose callers are asked for a cover, between their name and their number."""
    states = (root / "states.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("  message: {type: text}\n", "  message: {type: text}\n  cover: {type: choice, options: [public, private]}\n"),
        ("\n  contact:\n    prompt: states/contact.md", ASKED),
        ("      - {if: {name: known}, to: contact}\n", "      - {if: {name: known}, to: ask_cover}\n"),
    ):
        assert states.count(old) == 1, old
        states = states.replace(old, new)
    business = (root / "business.yaml").read_text(encoding="utf-8")
    business = business.replace("languages: [fr, de, en, es]", "languages: [en]").replace("default_language: fr", "default_language: en")
    for name, text in (
        ("states.yaml", states),
        ("business.yaml", business),
        (
            "prompts/lines/en.yaml",
            'ask_cover:\n  ask: "Which cover do you have?"\n  reask: ["Sorry, which cover?", "Your cover is?"]\n',
        ),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def found(folder: Path, phrases: str) -> list[Problem]:
    file = folder / "prompts" / "phrases" / "en.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(phrases, encoding="utf-8")
    return list(examine_folders(Folders(folder), MEMO).problems)


def test_an_option_that_nobody_can_say_is_told(clinic: Path) -> None:
    """Callers would be asked, not understood, and sent to a person, each of them."""
    problems = found(clinic, "values:\n  cover:\n    public: [national health]\n")
    assert [(problem.code, problem.line) for problem in problems] == [("missing-phrases", 2)]
    assert "“cover”" in problems[0].message
    assert "“private”" in problems[0].message
    assert "values: {cover: {private: [" in problems[0].hint


def test_what_is_missing_is_missing_in_the_folder_of_the_business(clinic: Path) -> None:
    """It has no file of phrases yet: the shipped one is read in its place, and is nothing to be edited for it."""
    problems = examine_folders(Folders(clinic), MEMO).problems
    assert {problem.code for problem in problems} == {"missing-phrases"}
    assert {problem.file for problem in problems} == {str(clinic / "prompts" / "phrases" / "en.yaml")}


def test_an_option_that_a_move_sets_needs_no_words(clinic: Path) -> None:
    """It has those of the act."""
    states = (clinic / "states.yaml").read_text(encoding="utf-8")
    states = states.replace("    ask: cover\n", "    ask: cover\n    on:\n      - {on: thanks, stay: true, set: {cover: private}}\n")
    (clinic / "states.yaml").write_text(states, encoding="utf-8")
    assert found(clinic, "values:\n  cover:\n    public: [national health]\n") == []


@pytest.mark.parametrize(
    ("phrases", "line", "meant"),
    sampled(
        [
            ("acts:\n  godbye: [cheerio]\n", 2, "goodbye"),
            ("intents:\n  bok: [get me in]\n", 2, "book"),
            ("values:\n  shiftt:\n    later: [not so early]\n", 2, "shift"),
            ("wants_change:\n  nme: [my name is wrong]\n", 2, "name"),
            ("values:\n  cover:\n    privte: [going private]\n", 3, "private"),
        ],
        4,
    ),
)
def test_a_slip_in_the_name_of_phrases_is_told(clinic: Path, phrases: str, line: int, meant: str) -> None:
    """Else the words are never heard, and nobody knows why."""
    values = "    public: [national health]\n    private: [private]\n"
    whole = f"{phrases}{values}" if "cover:" in phrases else f"{phrases}{'' if 'values:' in phrases else 'values:'}\n  cover:\n{values}"
    (problem,) = found(clinic, whole)
    assert (problem.code, problem.line, problem.hint) == ("unused-phrases", line, f"Did you mean “{meant}”?")


def test_all_that_is_shipped_is_listened_to() -> None:
    """The names that are known are those of the shipped phrases: a new one has to be listed with what listens to it."""
    phrases, problems = load_phrases(DEFAULTS / "prompts" / "phrases", ["fr", "de", "en", "es"])
    assert problems == []
    shipped = {key[:2] for groups in phrases.groups.values() for key in groups if key[0] in HEARD}
    assert [key for key in sorted(shipped) if key[1] not in HEARD[key[0]]] == []
