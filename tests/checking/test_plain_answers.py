"""A plain yes and a plain no are tried wherever one of them is asked for, and the phrase that turns one is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.reading import Folders, read_all
from frontdesk.checking import proposed
from frontdesk.checking.heard_business import as_heard
from frontdesk.checking.invitations import Trial
from frontdesk.checking.memo import Memo
from frontdesk.checking.plain_answers import PlainAnswers
from fsm.graph import compile_graph
from tests.examples import sampled


def with_phrases(folder: Path, language: str, text: str, memo: Memo | None = None) -> list[tuple[str, int, str]]:
    """Code, line and message of every answer that is turned in a business whose only own phrases are these."""
    file = folder / "prompts" / "phrases" / f"{language}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    folders, memo = Folders(folder), memo or Memo()
    read = read_all(folders)
    assert read.business is not None
    assert read.spec is not None
    assert read.problems == ()
    basis = memo.basis(compile_graph(read.spec, CATALOGUE), as_heard(read.business), read.phrases)
    trial = Trial(language, basis, memo)
    problems = PlainAnswers(language, folders, basis).check(trial)
    memo.keep(trial.proposed.came)
    return [(found.code, found.line, found.message) for found in problems]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    sampled([
        ("en", 'values:\n  agreed:\n    "yes":\n      - that is it\n      - "= (no|nope)"\n',
         [(5, "“no” says no in en, but is understood as “yes” in the state “confirm”.")]),
        ("en", 'values:\n  agreed:\n    "yes":\n      - nope\n      - "= nope"\n',
         [(4, "“nope” says no in en, but is understood as “yes” in the state “confirm”.")]),
        ("fr", "acts:\n  goodbye:\n    - au revoir\n    - = (oui|ok)\n",
         [(4, "“oui” says yes in fr, but is understood as “goodbye” in the state “contact”.")]),
        ("de", "values:\n  agreed:\n    keep: [behalten, ja]\n",
         [(3, "“ja” says yes in de, but is understood as “no” in the state “confirm_cancel”.")]),
        ("de", "acts:\n  wants_human:\n    - (mensch|mitarbeiter)\n    - (klar|jawohl)\n",
         [(4, "“jawohl” says yes in de, but is understood as “wants human” in the state “confirm”.")]),
        ("es", "fillers: [eh, (hola|no)]\n", [(1, "“no” says no in es, but is left out as a word that says nothing.")]),
        ("fr", "fillers: [euh, bonjour, pas]\n", [(1, "“pas” says no in fr, but is left out as a word that says nothing.")]),
    ], 3),
)  # fmt: skip
def test_the_phrase_that_turns_an_answer_is_found(tmp_path: Path, language: str, text: str, told: list[tuple[int, str]]) -> None:
    """One problem for a phrase, at the phrase, whatever the number of states and words that it turns."""
    assert with_phrases(tmp_path, language, text) == [("answer-turned", line, message) for line, message in told]


def test_words_of_one_s_own_turn_nothing(tmp_path: Path) -> None:
    """More words for a yes, for a no and for leave, and more that say nothing, are a business's own affair."""
    text = 'values: {agreed: {"yes": [that will be grand, "= (champion)"]}}\nfillers: [um, er, (like|honestly)]\n'
    assert with_phrases(tmp_path, "en", text) == []


def test_what_is_known_to_be_right_is_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second check loads no rules; an answer that is turned is told again."""
    memo, loaded, load = Memo(), [0], proposed.load_rules

    def counted(*given: object) -> object:
        loaded[0] += 1
        return load(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(proposed, "load_rules", counted)
    turning = "acts:\n  goodbye:\n    - bye\n    - = yes\n"
    own = turning.replace("yes", "so long")
    assert with_phrases(tmp_path, "en", own, memo) == []
    assert with_phrases(tmp_path, "en", own, memo) == []
    assert loaded == [1]
    assert [code for code, _, _ in with_phrases(tmp_path, "en", turning, memo)] == ["answer-turned"]
    assert [code for code, _, _ in with_phrases(tmp_path, "en", turning, memo)] == ["answer-turned"]
