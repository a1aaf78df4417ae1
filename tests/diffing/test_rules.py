"""Rules of a graph compared: what a lost one guarded decides how grave it is, and one that asks for more is no loss."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml

from frontdesk.diffing.comparing import compare
from frontdesk.diffing.side import Side
from fsm.spec import GraphSpec, InvariantSpec
from tests.diffing.editing import shipped


def _side(rules: str) -> Side:
    """The shipped content with these rules and no others."""
    made: list[dict[str, Any]] = [yaml.load(f"{{{rule.strip()}}}", yaml.BaseLoader) for rule in rules.split(";") if rule.strip()]
    invariants = tuple(InvariantSpec.model_validate(one) for one in made)
    return replace(shipped(), spec=shipped().spec.model_copy(update={"invariants": invariants}))


@pytest.mark.parametrize(
    ("before", "after", "grade", "words"),
    [
        ("never: {action: send_sms, before: {action: book}}", "", "dangerous", "the text message is sent only after “book” has begun"),
        ("never: {action: find_slots, before: {fact: name}}", "", "look", "free times are looked up only after “name” is known"),
        ("never: {state: confirm, before: {state: contact}}", "", "look", "calls come to confirm only after the call has been in contact"),
        ("never: {state: cancel_it, before: {state: confirm_cancel}}", "", "dangerous", "calls come to cancel_it only after"),
        ("never: {state: transferred, before: {state: human}}", "", "dangerous", "calls come to transferred only after"),
        ("never: {line: slot.exact, before: {line: greet.hello}}", "", "look", "c'est libre.” only after they were told “"),
        ("always: {state: no_email, says: email.without}", "", "look", "whoever comes to no_email is told “"),
        ("never: {actions: [book, cancel]}", "", "dangerous", "no call does more than one of book and cancel"),
        ("never: {states: [slot, when]}", "", "look", "no call comes to more than one of slot and when"),
        ("never: {states: [slot, when]}", "never: {states: [slot, when, hold]}", "harmless", "slot, when and hold, no longer that"),
        ("never: {states: [slot, when, hold]}", "never: {states: [slot, when]}", "look", "slot and when, no longer that"),
        (
            "never: {action: book, before: {fact: agreed}}",
            "never: {action: book, before: {fact: agreed, is: 'yes'}}",
            "harmless",
            "only after “agreed” is yes, no longer only after “agreed” is known",
        ),
        (
            "never: {action: book, before: {action: hold}}",
            "never: {action: book, before: {action: hold, is: ok}}",
            "harmless",
            "only after “hold” came out as ok, no longer only after “hold” has begun",
        ),
        (
            "never: {action: book, before: {action: hold, is: ok}}",
            "never: {action: book, before: {action: hold}}",
            "dangerous",
            "has begun",
        ),
        (
            "always: {state: greet, says: greet.hello}",
            "always: {state: greet, says: hold_on}",
            "dangerous",
            "whoever comes to greet is told “",
        ),
        ("never: {action: book}", "", "harmless", "A rule that was not clear is gone: never action book"),
    ],
)
def test_a_rule_that_changes_is_told(before: str, after: str, grade: str, words: str) -> None:
    """One sentence, graded by what the rule guards."""
    (change,) = compare(_side(before), _side(after))
    assert change.grade.word == grade, change.sentence
    assert words in change.sentence
    assert change.file == "states.yaml"


def test_rules_that_only_change_places_are_no_change() -> None:
    """They stand beside one another."""
    one, two = "never: {state: hold, before: {state: slot}}", "never: {states: [slot, when]}"
    assert compare(_side(f"{one}; {two}"), _side(f"{two}; {one}")) == []


def test_a_state_with_a_new_name_keeps_its_rules() -> None:
    """The name changes in them, too, and that is all."""
    old = _side("never: {states: [no_email, book]}; never: {state: no_email, before: {state: email}}")
    document = old.spec.model_dump_json(by_alias=True, exclude_unset=True).replace('"no_email"', '"without_email"')
    (change,) = compare(old, replace(old, spec=GraphSpec.model_validate_json(document)))
    assert change.sentence == "The state no_email is now called without_email."
