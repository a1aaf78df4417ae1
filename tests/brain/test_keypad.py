"""Keys of the telephone: digits of a number, yes and no, the nth of a list, or an act."""

from __future__ import annotations

import pytest

from frontdesk.brain.rules import Rules, RulesBrain
from fsm.proposals import Option, Proposal
from tests.brain.sketches import NOW, in_signs, salon_rules, sketch


@pytest.fixture(scope="module")
def rules() -> Rules:
    return salon_rules()


@pytest.mark.parametrize(
    ("place", "key", "wanted"),
    [
        ("slot", "2", ["slot=2026-06-16T15:00"]),
        ("slot", "3", []),
        ("slot", "0", ["!wants_human"]),
        ("slot", "*", ["!asks_repeat"]),
        ("appointment", "1", ["appointment=a1"]),
        ("agreed", "1", ["!yes"]),
        ("agreed", "2", ["!no"]),
        ("agreed", "#", ["!yes"]),
        ("phone.back", "#", ["!yes"]),
        ("phone.back", "1", ["!yes"]),
        ("phone.suggest", "2", ["!no"]),
        ("anything_else", "2", ["!no"]),
        ("service.options", "2", ["service=mens_cut"]),
        ("intent", "5", []),
        ("when", "0", ["!wants_human"]),
        ("when", "", []),
        ("when", "A", []),
        ("when", "12", []),
        ("when", "²", []),
    ],
)
def test_a_key_means_what_is_asked_for(rules: Rules, place: str, key: str, wanted: list[str]) -> None:
    """1 and 2 are yes and no, n picks the nth, 0 and * are acts of the graph, and anything else is nothing."""
    proposal = rules.propose_key(key, sketch(place, "fr"), NOW)
    assert in_signs(proposal) == wanted
    assert proposal.by == "keypad"


def typed(rules: Rules, keys: str, place: str = "phone") -> tuple[Proposal, str]:
    """Types keys one after another as a call would, and returns the last proposal and what is typed."""
    held = ""
    proposal = Proposal(0)
    for key in keys:
        proposal = rules.propose_key(key, sketch(place, "fr", keypad=held), NOW)
        held = ("" if key == "*" else held + key) if proposal.typing and proposal.empty else ""
    return proposal, held


def test_digits_are_gathered_until_the_number_is_complete(rules: Rules) -> None:
    """Nine digits are still typing, the tenth makes the number, said by all ten."""
    assert typed(rules, "061234567")[0].typing
    proposal, _ = typed(rules, "0612345678")
    assert [(fact.name, fact.value, fact.words) for fact in proposal.facts] == [("phone", "+33612345678", "0612345678")]
    assert not proposal.typing


def test_an_international_number_begins_with_two_zeros(rules: Rules) -> None:
    """00 49 … is a German mobile number."""
    assert typed(rules, "004917612345678")[0].facts[0].value == "+4917612345678"


def test_a_number_of_the_shorter_length_is_ended_by_a_hash(rules: Rules) -> None:
    """German mobile numbers have ten or eleven digits: after ten it waits for one more, or for #."""
    assert typed(rules, "00491761234567")[0].typing
    assert typed(rules, "00491761234567#")[0].facts[0].value == "+491761234567"


def test_a_star_begins_again(rules: Rules) -> None:
    """* while digits are typed clears them; * alone asks to repeat."""
    assert typed(rules, "0613*") == (Proposal(7, typing=True, by="keypad"), "")
    assert typed(rules, "0613*0612345678")[0].facts[0].value == "+33612345678"
    assert in_signs(typed(rules, "*")[0]) == ["!asks_repeat"]


def test_a_hash_ends_a_number_that_is_none(rules: Rules) -> None:
    """# after too few digits is an answer that was not understood, not more typing."""
    proposal, _ = typed(rules, "0612#")
    assert proposal.empty
    assert not proposal.typing


def test_a_new_number_can_be_typed_over_a_suggestion(rules: Rules) -> None:
    """While the caller's own number is suggested, a 0 begins another."""
    assert typed(rules, "0611223344", "phone.suggest")[0].facts[0].value == "+33611223344"


def test_options_of_a_time_can_be_picked(rules: Rules) -> None:
    """Meanings being asked between are picked by their place, whatever the fact."""
    options = (Option([{"start": "2026-06-12T10:00"}], "a"), Option([{"start": "2026-06-19T10:00"}], "b"))
    view = sketch("when", "fr", mode="options", options=options)
    assert rules.propose_key("2", view, NOW).facts[0].value == [{"start": "2026-06-19T10:00"}]


async def test_the_port_reads_words_and_keys(rules: Rules) -> None:
    """Behind the port the rules answer with the generation of the view."""
    brain = RulesBrain(rules, lambda: NOW)
    assert (await brain.read("oui", sketch("agreed", "fr"))).generation == 7
    assert in_signs(await brain.read_key("1", sketch("agreed", "fr"))) == ["!yes"]
