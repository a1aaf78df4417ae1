"""What is remembered of words holds whatever a graph makes of them: an edit of a move is judged as if nothing were remembered."""

from __future__ import annotations

from functools import cache

import pytest

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.reading import Folders, Reading, read_all
from frontdesk.checking.heard_business import as_heard
from frontdesk.checking.invitations import Trial, asked_in
from frontdesk.checking.memo import Memo
from frontdesk.checking.plain_answers import PlainAnswers
from fsm.graph import compile_graph
from fsm.problems import Problem
from fsm.spec import GraphSpec

LANGUAGES = ("fr", "de", "en", "es")


@cache
def shipped() -> Reading:
    return read_all(Folders())


def spec() -> GraphSpec:
    found = shipped().spec
    assert found is not None
    return found


def told(graph: GraphSpec, language: str, memo: Memo) -> tuple[list[Problem], bool]:
    """What is wrong with the words of one language in this graph, and whether any word was read for it."""
    read = shipped()
    assert read.business is not None
    basis = memo.basis(compile_graph(graph, CATALOGUE), as_heard(read.business), read.phrases)
    trial = Trial(language, basis, memo)
    problems = [*trial.of(asked_in(language, read, Folders(), basis)), *PlainAnswers(language, Folders(), basis).check(trial)]
    memo.keep(trial.proposed.came)
    return problems, "rules" in trial.proposed.__dict__


def edited(index: int) -> GraphSpec:
    """One move of `anywhere` is gone, leads elsewhere or stays, holds for a booking only, or is not heard in some states."""
    moves = list(spec().anywhere)
    move = moves[index]
    elsewhere = {"stay": False, "to": "human"} if move.stay else {"stay": True, "to": None}
    changes = (None, elsewhere, {"if_": {"intent": "book"}}, {"except_": ("confirm", "slot", "greet")})
    change = changes[index % len(changes)]
    moves[index : index + 1] = [] if change is None else [move.model_copy(update=change)]
    return spec().model_copy(update={"anywhere": tuple(moves)})


@pytest.fixture(scope="module")
def known() -> Memo:
    memo = Memo()
    for language in LANGUAGES:
        assert told(spec(), language, memo) == ([], True)
    return memo


def test_every_move_of_anywhere_is_judged_anew(known: Memo) -> None:
    """By what is remembered as by reading all words again, which is hardly ever done; and some edits are wrong."""
    wrong = read_again = 0
    count = len(spec().anywhere)
    for index in range(count):
        graph, language = edited(index), LANGUAGES[index // 2 % len(LANGUAGES)]
        remembered, read = told(graph, language, known)
        assert remembered == told(graph, language, Memo())[0]
        wrong, read_again = wrong + bool(remembered), read_again + read
    assert wrong > 0
    assert read_again < count / 3
