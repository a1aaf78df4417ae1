"""What is proved to be no fault, and what is not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.proving.equivalence import Equivalence
from fsm.document import read_document
from fsm.spec import GraphSpec
from fsm.yaml_source import read_yaml
from tests.conftest import ROOT

DOCUMENT = read_yaml(ROOT / "states.yaml").data
Edit = Callable[[dict[str, Any]], object]


def _read(document: dict[str, Any]) -> GraphSpec:
    spec = read_document(document).spec
    assert spec is not None
    return spec


@pytest.fixture(scope="module")
def proofs() -> Equivalence:
    """About the shipped graph, explored once."""
    return Equivalence(_read(DOCUMENT), CATALOGUE)


def _swap(state: str, first: int) -> Edit:
    return lambda states: states[state]["next"].insert(first, states[state]["next"].pop(first + 1))


def _forget_less(state: str, index: int, name: str) -> Edit:
    return lambda states: states[state]["next"][index]["forget"].remove(name)


@pytest.mark.parametrize(
    ("edit", "proved"),
    [
        (_swap("intent", 0), True),  # one wish at a time
        (_swap("book", 0), True),  # one outcome at a time
        (_swap("slot", 4), True),  # what was found nothing for, nobody has chosen
        (_swap("confirm", 2), False),  # both the time and the name can be open
        (_swap("anything_else", 0), False),  # "yes, I want to book"
        (_forget_less("book", 1, "hold"), True),  # it rests on the time, which is forgotten first
        (_forget_less("book", 1, "slot"), False),
        (_forget_less("confirm", 6, "agreed"), False),
        (lambda states: states["intent"]["next"].pop(0), False),
        (lambda states: states["greet"]["next"][0].update(to="service"), False),
        (lambda states: states["confirm"]["next"][5]["if"].update(agreed=False), False),
        (lambda states: states["notify"].update(run=["find_slots"]), False),
    ],
)
def test_no_call_can_tell(edit: Edit, proofs: Equivalence, *, proved: bool) -> None:
    """Moves whose conditions exclude each other may stand in any order; what is known no longer need not be forgotten."""
    document = copy.deepcopy(DOCUMENT)
    edit(document["states"])
    assert proofs.proved(_read(document)) is proved


def test_what_rests_on_a_fact_by_another_may_leave_it_out(proofs: Equivalence) -> None:
    """The time rests on the appointment, and that on the wish; what is read back for a yes is another matter."""
    for name, without, proved in (("slot", "intent", True), ("slot", "when", False), ("agreed", "service", False)):
        document = copy.deepcopy(DOCUMENT)
        document["facts"][name]["depends_on"].remove(without)
        assert proofs.proved(_read(document)) is proved


def test_the_order_of_different_acts_is_no_matter(proofs: Equivalence) -> None:
    """Of the same act it is."""
    acts = [move["on"] for move in DOCUMENT["anywhere"]]
    document = copy.deepcopy(DOCUMENT)
    document["anywhere"].insert(0, document["anywhere"].pop(acts.index("thanks")))
    assert proofs.proved(_read(document))
    document["anywhere"].insert(0, document["anywhere"].pop(acts.index("never_mind") + 1))
    assert not proofs.proved(_read(document))
