"""What `frontdesk phone` decides to change at a LiveKit server, and what it leaves to people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from frontdesk.voice.trunk_plan import Found, PhoneConflict, Rule, Trunk, Wanted, changes, removals, warning

NUMBER = "+33199001234"
WANTED = Wanted("frontdesk", (NUMBER,), None, "frontdesk")
TRUNK = Trunk("frontdesk", (NUMBER,), id="ST_1")
RULE = Rule("frontdesk", ("ST_1",), ("frontdesk",), id="SDR_1")
NOTHING = Found((), ())
DONE = Found((TRUNK,), (RULE,))


def test_an_empty_server_gets_both() -> None:
    """The trunk first, since the rule names it."""
    made = changes(NOTHING, WANTED)
    assert [type(change.after) for change in made] == [Trunk, Rule]
    assert all(change.before is None for change in made)


def test_a_second_run_changes_nothing() -> None:
    """Idempotent, also when numbers and addresses are not named again."""
    assert changes(DONE, WANTED) == []
    assert changes(DONE, replace(WANTED, numbers=None)) == []


def test_addresses_stay_when_they_are_not_named() -> None:
    """Naming a number does not open the trunk to the world again."""
    guarded = Found((replace(TRUNK, addresses=("192.0.2.0/24",)),), (RULE,))
    (change,) = changes(guarded, replace(WANTED, numbers=(NUMBER, "+33199001235")))
    assert isinstance(change.after, Trunk)
    assert change.after.addresses == ("192.0.2.0/24",)
    assert "was: calls to +33199001234" in str(change)


@pytest.mark.parametrize(
    "rule",
    [
        replace(RULE, agents=()),
        replace(RULE, agents=("somebody",)),
        replace(RULE, individual=False),
        replace(RULE, room_prefix="x"),
        replace(RULE, trunks=("ST_9",)),
    ],
)
def test_a_rule_that_leads_elsewhere_is_put_right(rule: Rule) -> None:
    """Another agent, another room, another trunk: the rule is ours by its name, and changed."""
    (change,) = changes(Found((TRUNK,), (rule,)), WANTED)
    assert change.after == RULE
    assert change.before == rule


def test_a_number_of_another_trunk_is_a_conflict() -> None:
    """The sentence names the number and the trunk; two trunks whose callers differ may share it."""
    other = Trunk("old", (NUMBER,), id="ST_2")
    with pytest.raises(PhoneConflict, match=r"\+33199001234 belongs to the trunk “old” \(ST_2\)"):
        changes(Found((other,), ()), WANTED)
    assert changes(Found((replace(other, callers=("+33612345678",)),), ()), WANTED)


@pytest.mark.parametrize(("trunks", "says"), [((), "of every trunk"), (("ST_1",), "of this trunk already")])
def test_a_rule_that_would_take_our_calls_is_a_conflict(trunks: tuple[str, ...], says: str) -> None:
    """A rule of somebody else for every trunk, or for ours; with a PIN it takes only the calls that give it."""
    other = Rule("old", trunks, ("somebody",), id="SDR_2")
    with pytest.raises(PhoneConflict, match=says):
        changes(Found((TRUNK,), (other,)), WANTED)
    assert changes(Found((TRUNK,), (replace(other, pin="1234"), RULE)), WANTED) == []


def test_two_of_one_name_are_for_people_to_sort_out() -> None:
    """Which of them is ours cannot be known."""
    with pytest.raises(PhoneConflict, match="2 trunks called “frontdesk”"):
        changes(Found((TRUNK, replace(TRUNK, id="ST_2", numbers=())), ()), WANTED)


def test_a_trunk_open_to_everybody_is_not_made() -> None:
    """Neither numbers nor addresses: refused with what to name; one of them is enough."""
    with pytest.raises(PhoneConflict, match="--number"):
        changes(NOTHING, replace(WANTED, numbers=None))
    assert changes(NOTHING, replace(WANTED, numbers=None, addresses=("192.0.2.7",)))
    assert warning(TRUNK) == ""


def test_removal_takes_the_rule_first_and_only_ours() -> None:
    """A rule without a trunk would catch the calls of all trunks."""
    others = Found((TRUNK, Trunk("other", ("+33199009999",), id="ST_2")), (RULE, Rule("other", ("ST_2",), ("x",), id="SDR_2")))
    assert [change.after for change in removals(others, "frontdesk")] == [RULE, TRUNK]
    assert removals(NOTHING, "frontdesk") == []
