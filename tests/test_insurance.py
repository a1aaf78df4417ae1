"""The insurance call centre in examples/: clean, its calls and callers with goals go as written, and nothing about it is in Python."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from frontdesk.bootstrap.reading import Folders, read_all
from frontdesk.rehearsing.stages import Stages
from frontdesk.rehearsing.suite import Case, rehearse, written_cases
from tests.conftest import ROOT
from tests.examples import unless_in_sample

FOLDER = ROOT / "examples" / "insurance"
CASES = written_cases(FOLDER, ("fr", "de", "en", "es"))


@pytest.fixture(scope="module")
def stages() -> Iterator[Stages]:
    with Stages(FOLDER) as opened:
        yield opened


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id, marks=unless_in_sample(case.id, 3)) for case in CASES])
async def test_it_goes_as_written(case: Case, stages: Stages) -> None:
    """Every call and every goal of the folder, in each language that it is written for."""
    played = await rehearse(case, stages)
    if played.differs:
        pytest.fail("\n".join([f"{case.id}: {case.title}", *played.shown]), pytrace=False)


def test_there_are_calls_and_goals_in_every_language() -> None:
    """At least twelve files of each, and every language has its own."""
    files = {kind: {case.name for case in CASES if case.kind == kind} for kind in ("calls", "goals")}
    assert min(len(names) for names in files.values()) >= 12
    spoken = Counter((case.kind, case.language) for case in CASES)
    assert min(spoken[kind, language] for kind in ("calls", "goals") for language in ("fr", "de", "en", "es")) >= 3


def test_nothing_is_told_before_the_identity_check() -> None:
    """Only states behind the check, and moves that ask whether the customer is known, show anything of a record."""
    read = read_all(Folders(FOLDER))
    assert read.problems == ()
    assert read.spec is not None
    assert read.business is not None
    telling = {line.name for line in read.lines if line.placeholders & set(read.business.record)}
    assert telling == {"own.premium", "own.renewal", "own.excess", "own.cover"}
    elsewhere = [move for move in read.spec.anywhere if telling & set(move.say) and move.if_.get("customer") != "known"]
    for name, state in read.spec.states.items():
        moves = [*state.on, *state.next]
        elsewhere += [move for move in moves if telling & set(move.say) and name != "own"]
    assert elsewhere == []


def test_no_python_knows_of_insurance() -> None:
    """What this business is stands in its folder; the program would serve any other with the same engine."""
    words = re.compile(r"insur|polic(y|e)_number|franchise|versicherung|p[oó]liza", re.IGNORECASE)
    files = [file for package in ("fsm", "integrations", "frontdesk") for file in (ROOT / package).rglob("*.py")]
    assert len(files) > 150
    assert [str(file) for file in files if words.search(file.read_text(encoding="utf-8"))] == []
