"""The call that tells a broken graph from the shipped one is found, and made into a path."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.bootstrap.reading import read_all
from frontdesk.proving.exploring import Explored
from frontdesk.proving.judging import Judge, differs
from frontdesk.proving.mutants import Mutant
from frontdesk.proving.sharpening import Sharpening
from frontdesk.proving.situations import NOW, Situations
from frontdesk.proving.targets import targets_of
from frontdesk.proving.voices import Voices
from fsm.document import read_document
from fsm.graph import compile_graph
from fsm.yaml_source import read_yaml
from tests.conftest import ROOT

DOCUMENT = read_yaml(ROOT / "states.yaml").data
CONTENT = load_content(Folders(None), lambda: NOW)


@pytest.fixture(scope="module")
def sharpening() -> Sharpening:
    """From the few places that lie on the way to the question for a time."""
    situations = Situations(CONTENT)
    targets = {name: target for name, target in targets_of(CONTENT.graph).items() if name in {"when", "caller_phone"}}
    voices = Voices(situations, CONTENT.brain, read_all(Folders(None)).phrases)
    return Sharpening(Explored.of(situations, targets), voices.can_say, Judge(Folders(None), []), most_tried=6)


def _changed(document: dict[str, Any]) -> Situations:
    spec = read_document(document).spec
    assert spec is not None
    return Situations(replace(CONTENT, graph=compile_graph(spec, CATALOGUE)))


def _swapped() -> dict[str, Any]:
    """Whoever names a service goes on to the time, whatever else they want now."""
    document = copy.deepcopy(DOCUMENT)
    moves = document["states"]["service"]["next"]
    moves.append(moves.pop(0))
    return document


def test_two_things_said_at_once_tell_an_order(sharpening: Sharpening) -> None:
    """Both conditions hold only for a caller who names a service and wants something else in one breath; the rules understand that."""
    changed = _changed(_swapped())
    path = sharpening.path_against(changed)
    assert path is not None
    assert differs(changed, path)
    assert not differs(Situations(CONTENT), path)
    assert not path.setting.by_model
    assert len(path.turns[-2].caller.facts) == 2 if path.turns[-2].caller else False


def test_what_only_a_model_hears_is_a_path_too(sharpening: Sharpening) -> None:
    """The rules have no words with which a message is taken back."""
    document = copy.deepcopy(DOCUMENT)
    document["states"]["caller_phone"]["next"].pop(1)
    path = sharpening.path_against(_changed(document))
    assert path is not None
    assert path.setting.by_model


def test_a_fact_is_told_by_what_is_remembered_of_it(sharpening: Sharpening) -> None:
    """Who was wished for is forgotten with the task."""
    document = copy.deepcopy(DOCUMENT)
    document["facts"]["staff"]["scope"] = "call"
    path = sharpening.path_against(_changed(document))
    assert path is not None
    assert any("staff" in turn.came_to.forgets for turn in path.turns)


@pytest.mark.slow
def test_no_path_is_made_twice_or_for_what_the_check_says(sharpening: Sharpening) -> None:
    """The same fault twice is one path; a state that is left out is no matter for paths."""
    absent = copy.deepcopy(DOCUMENT)
    del absent["states"]["amend"]
    swapped = Mutant("order swapped", "states.service.next", "", _swapped())
    mutants = [swapped, Mutant("state deleted", "states.amend", "", absent), swapped]
    assert len(sharpening.paths_against(mutants, processes=1)) == 1


def test_the_graph_as_it_is_differs_from_nothing(sharpening: Sharpening) -> None:
    """No path is made against it."""
    assert sharpening.path_against(_changed(DOCUMENT)) is None
