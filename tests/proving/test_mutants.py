"""A seeded sample of faults put into the shipped graph: the check or the paths notice nearly all, and never the graph as it is."""

from __future__ import annotations

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.content import Folders
from frontdesk.proving.judging import Judge
from frontdesk.proving.mutants import Mutant, mutants_of
from frontdesk.proving.script import read_paths
from fsm.yaml_source import read_yaml
from tests.conftest import ROOT

DOCUMENT = read_yaml(ROOT / "states.yaml").data
JUDGE = Judge(Folders(None), read_paths(ROOT / "tests" / "paths" / "paths.yaml"))


def test_the_graph_as_it_is_passes() -> None:
    """Nobody notices anything where there is no fault."""
    assert JUDGE.verdict(Mutant("none", "the whole", "as it is", DOCUMENT)) == "survived"


def test_a_sample_of_faults_is_noticed() -> None:
    """Four in five of a sample without the written calls; bench/mutants.py has the whole score."""
    mutants = mutants_of(DOCUMENT, CATALOGUE, seed=7, sample=40)
    survived = [str(mutant) for mutant in mutants if JUDGE.verdict(mutant) == "survived"]
    assert len(survived) <= 8, "\n".join(survived)


def test_no_write_without_a_confirmation_goes_unnoticed() -> None:
    """Whoever leads past a read-back is found out, each time."""
    mutants = [mutant for mutant in mutants_of(DOCUMENT, CATALOGUE) if mutant.kind == "confirm removed"]
    assert len(mutants) > 5
    assert [str(mutant) for mutant in mutants if JUDGE.verdict(mutant) == "survived"] == []


def test_the_same_seed_gives_the_same_faults() -> None:
    """A sample can be looked at again."""
    assert list(map(str, mutants_of(DOCUMENT, CATALOGUE, seed=3, sample=25))) == list(
        map(str, mutants_of(DOCUMENT, CATALOGUE, seed=3, sample=25))
    )
