"""Faults put into the shipped graph: the check or the paths notice nearly all, never the graph as it is, and the rest has reasons."""

from __future__ import annotations

from collections import Counter

import pytest

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.content import Folders
from frontdesk.processes import mapped
from frontdesk.proving.judging import Judge
from frontdesk.proving.mutants import Mutant, mutants_of
from frontdesk.proving.script import read_paths
from frontdesk.proving.survivors import Survivor, read_survivors, reason_for, unneeded
from fsm.yaml_source import read_yaml
from tests.conftest import ROOT

DOCUMENT = read_yaml(ROOT / "states.yaml").data
JUDGE = Judge(Folders(None), read_paths(ROOT / "tests" / "paths" / "paths.yaml"))
SURVIVORS = read_survivors(ROOT / "tests" / "paths" / "survivors.yaml")


def test_the_graph_as_it_is_passes() -> None:
    """Nobody notices anything where there is no fault."""
    assert JUDGE.verdict(Mutant("none", "the whole", "as it is", DOCUMENT)) == "equivalent"


@pytest.mark.slow
def test_a_sample_of_faults_is_noticed() -> None:
    """At least 93 % of a sample without the written calls; bench/mutants.py has the whole score."""
    mutants = mutants_of(DOCUMENT, CATALOGUE, seed=7, sample=60)
    verdicts = {str(mutant): JUDGE.verdict(mutant) for mutant in mutants}
    counts = Counter(verdicts.values())
    survived = [fault for fault, verdict in verdicts.items() if verdict == "survived"]
    assert counts["check"] > 15
    assert counts["paths"] > 15
    assert len(survived) <= 0.07 * (len(mutants) - counts["equivalent"]), "\n".join(survived)


def test_no_write_without_a_confirmation_goes_unnoticed() -> None:
    """Whoever leads past a read-back is found out, each time."""
    mutants = [mutant for mutant in mutants_of(DOCUMENT, CATALOGUE) if mutant.kind == "confirm removed"]
    assert len(mutants) > 5
    assert [str(mutant) for mutant in mutants if JUDGE.verdict(mutant) not in {"check", "paths"}] == []


@pytest.mark.slow
def test_the_same_seed_gives_the_same_faults() -> None:
    """A sample can be looked at again."""
    assert list(map(str, mutants_of(DOCUMENT, CATALOGUE, seed=3, sample=25))) == list(
        map(str, mutants_of(DOCUMENT, CATALOGUE, seed=3, sample=25))
    )


@pytest.mark.slow
def test_every_reason_is_for_a_fault_that_goes_unnoticed() -> None:
    """None is stale: there is such a fault, and neither the check nor a path notices it."""
    named = [mutant for mutant in mutants_of(DOCUMENT, CATALOGUE) if reason_for(str(mutant), SURVIVORS)]
    survived = [str(mutant) for mutant in named if JUDGE.verdict(mutant) == "survived"]
    assert len(survived) == len(named)
    assert unneeded(SURVIVORS, survived) == []


@pytest.mark.slow
def test_every_fault_that_goes_unnoticed_has_a_reason() -> None:
    """None is missing: of all faults."""
    JUDGE.prepare()
    mutants = mutants_of(DOCUMENT, CATALOGUE)
    verdicts = mapped(JUDGE.verdict, mutants, 2)
    survived = [str(mutant) for mutant, verdict in zip(mutants, verdicts, strict=True) if verdict == "survived"]
    assert [fault for fault in survived if reason_for(fault, SURVIVORS) is None] == []


def test_a_reason_speaks_of_its_fault_only() -> None:
    """Brackets stand for themselves, stars for any words."""
    survivor = Survivor("edge retargeted: states.amend.next[0]: *", "because")
    assert survivor.covers("edge retargeted: states.amend.next[0]: {to intent} to moved")
    assert not survivor.covers("edge retargeted: states.amend.next[1]: {to intent} to moved")
    assert unneeded([survivor], ["edge deleted: states.amend.next: without {to intent}"]) == [survivor]
