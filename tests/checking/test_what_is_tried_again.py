"""What was understood holds for as long as what understanding rests on stays as it is: no longer, and no shorter."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.reading import Folders, read_all
from frontdesk.brain.rules import Rules
from frontdesk.checking import proposed, whole
from frontdesk.checking.heard_business import as_heard
from frontdesk.checking.invitations import Trial
from frontdesk.checking.memo import Memo
from frontdesk.checking.plain_answers import PlainAnswers
from frontdesk.checking.whole import examine_folders
from fsm.graph import compile_graph
from fsm.step import new_call
from fsm.views import view
from fsm.yaml_source import read_yaml

LANGUAGES = ("fr", "de", "en", "es")


def said(root: Path, language: str) -> Iterator[str]:
    """What callers say in our calls, in each of them the longest: there is most in it."""
    for file in sorted((root / "tests" / "calls").glob("*.yaml")):
        turns = read_yaml(file, yes_as_word=True).data.get("call") or ()
        words = [str(turn["caller"].get(language, "")) for turn in turns if isinstance(turn.get("caller"), dict)]
        if any(words):
            yield max(words, key=len)


@pytest.mark.parametrize("folder", [None, pytest.param(Path("examples/insurance"), marks=pytest.mark.slow)])
def test_words_mean_the_same_without_what_has_nothing_to_do_with_them(root: Path, folder: Path | None) -> None:
    """All that callers say in our calls is read alike by the rules of a business and of what is heard of it, and nothing is missed."""
    read = read_all(Folders(root / folder if folder is not None else None))
    assert read.business is not None
    assert read.spec is not None
    graph, complete = compile_graph(read.spec, CATALOGUE), read.business.model_copy(update={"public_holidays": "open"})
    by_all, by_part = Rules(complete, read.phrases), Rules(as_heard(read.business), read.phrases)
    now, states = dt.datetime(2026, 6, 12, 9, tzinfo=complete.zone), [name for name, state in graph.states.items() if state.ask is not None]
    for number, language in enumerate(one for one in LANGUAGES if one in read.languages):
        for index, words in enumerate(list(said(root, language))[number::4]):
            seen = view(graph, replace(new_call(graph, "check", language), state=states[index % len(states)]))
            assert by_part.propose(words, seen, now) == by_all.propose(words, seen, now)


EDITS = {
    "a price": ("business.yaml", "price: {amount: 62}", "price: {amount: 64}", False),
    "a name that is heard": ("business.yaml", "heard_as: [Lea,", "heard_as: [Leila, Lea,", True),
    "a comment": ("prompts/phrases/fr.yaml", "fillers:\n", "# Plus.\nfillers:\n", False),
    "a phrase": ("prompts/phrases/fr.yaml", "fillers:\n", "fillers:\n  - rendez-vous\n", True),
    "a phrase of other words": ("prompts/phrases/fr.yaml", "fillers:\n", "fillers:\n  - comment dire\n", False),
    "a limit": ("states.yaml", "limits: {visits: 4}", "limits: {visits: 5}", False),
    "a limit of all": ("states.yaml", "silences: 3, silence_s: 8", "silences: 2, silence_s: 9", False),
    "a tool": ("states.yaml", "tools: [say_when, say_staff]", "tools: [say_when]", False),
    "an act": ("states.yaml", "{on: thanks, stay: true}", "{on: thanks, stay: true, except: [message]}", False),
    "a question that is put again": ("states.yaml", "stay: true, ask_again: false}", "stay: true}", False),
    "a line on the way": ("states.yaml", "say: [human.closed]", "say: [human.closed, human.connecting]", False),
    "a key": ("states.yaml", '"*": asks_repeat', '"*": asks_repeat, "9": thanks', True),
}


@pytest.fixture(scope="module")
def known() -> Memo:
    memo = Memo()
    assert examine_folders(Folders(), memo).problems == ()
    return memo


# One that is heard nowhere, one that is heard in one language, and one that is heard in all.
IN_SHORT = {"a price", "a phrase", "a name that is heard"}


@pytest.mark.parametrize("edit", [pytest.param(edit, marks=() if edit in IN_SHORT else pytest.mark.slow) for edit in EDITS])
def test_an_edit_is_tried_where_it_is_heard(edit: str, known: Memo, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, old, new, heard = EDITS[edit]
    for content in ("states.yaml", "business.yaml"):
        shutil.copy(root / content, tmp_path / content)
    for content in ("prompts", "knowledge"):
        shutil.copytree(root / content, tmp_path / content)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    read_in: list[str] = []
    explored: list[str] = []
    check, check_calls = PlainAnswers.check, whole._check_calls

    def noted(answers: PlainAnswers, trial: Trial) -> object:
        found = check(answers, trial)
        read_in.extend(trial.proposed.rules.languages_read if "rules" in trial.proposed.__dict__ else ())
        return found

    monkeypatch.setattr(PlainAnswers, "check", noted)
    monkeypatch.setattr(whole, "_check_calls", lambda *given: explored.append(edit) or check_calls(*given))
    assert examine_folders(Folders(tmp_path), known).problems == ()
    every = ("fr",) if name.startswith("prompts/") else LANGUAGES
    assert sorted(read_in) == (sorted(every) if heard else [])
    assert bool(explored) == (edit in {"an act", "a key"})


def test_words_that_are_read_in_another_language_are_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They rest on the phrases of that one, too."""
    memo, lines = Memo(), tmp_path / "prompts" / "lines" / "fr.yaml"
    lines.parent.mkdir(parents=True)
    lines.write_text('greet:\n  ask: "Dites par exemple : prendre rendez-vous, ou bien : in English please."\n', encoding="utf-8")
    tried: list[str] = []
    load = proposed.load_rules
    monkeypatch.setattr(proposed, "load_rules", lambda business, phrases: tried.append("again") or load(business, phrases))
    first = examine_folders(Folders(tmp_path), memo).problems
    tried.clear()
    assert examine_folders(Folders(tmp_path), memo).problems == first
    assert tried == ["again"]
