"""docs/owners/business.md, done literally: what the guide says works as it says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from frontdesk.business import Business, read_business
from fsm.problems import Problem

Edit = Callable[..., tuple[Business | None, tuple[Problem, ...]]]


@pytest.fixture
def blocks(root: Path) -> list[str]:
    """The YAML of the guide, block by block."""
    return re.findall(r"```yaml\n(.*?)```", (root / "docs" / "owners" / "business.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def edit(root: Path, tmp_path: Path) -> Edit:
    """The shipped file after some replacements, read again."""

    def edited(*pieces: tuple[str, str]) -> tuple[Business | None, tuple[Problem, ...]]:
        text = (root / "business.yaml").read_text(encoding="utf-8")
        for old, new in pieces:
            assert old in text, old
            text = text.replace(old, new, 1)
        file = tmp_path / "business.yaml"
        file.write_text(text, encoding="utf-8")
        return read_business(file, "business.yaml")

    return edited


def block_with(blocks: list[str], word: str) -> str:
    return next(block for block in blocks if word in block)


def test_a_service_is_added_by_two_edits_of_content(edit: Edit, blocks: list[str]) -> None:
    """The service of the guide, pasted and given to Léa, can be booked and asked for."""
    block = block_with(blocks, "scalp_care")
    business, problems = edit(
        ("\nservices:\n", f"\nservices:\n{block}\n"), ("keratin, wedding_consultation]", "keratin, wedding_consultation, scalp_care]")
    )
    assert problems == ()
    assert business is not None
    assert business.staff_for("scalp_care") == ("lea",)
    assert business.duration_min("scalp_care") == 40
    assert "kopfhaut" in business.vocabulary("de")["scalp_care"]


def test_a_service_that_nobody_does_is_pointed_out(edit: Edit, blocks: list[str]) -> None:
    """Forgetting the second edit is the usual mistake, and it is named."""
    _, problems = edit(("\nservices:\n", f"\nservices:\n{block_with(blocks, 'scalp_care')}\n"))
    assert [problem.code for problem in problems] == ["nobody-does-it"]


def test_the_salon_stays_open_longer(edit: Edit) -> None:
    """Friday until nine, for callers and for one of the staff."""
    rest = "  saturday: [9:00-18:00]\n  sunday: closed\n\npublic"  # the hours of the salon, not those of the telephone
    longer = (f"  friday: [9:00-19:00]\n{rest}", f"  friday: [9:00-21:00]\n{rest}")
    business, problems = edit(longer, ("      friday: [10:00-19:00]", "      friday: [10:00-21:00]"))
    assert problems == ()
    assert business is not None
    friday = dt.date(2026, 6, 19)
    assert business.hours_of(friday) == ((dt.time(9), dt.time(21)),)
    assert business.staff_hours("karim", friday)[-1][1] == dt.time(21)


def test_a_shorter_day_names_everyone_who_would_work_outside(edit: Edit) -> None:
    """Hours of the business and of its staff cannot drift apart."""
    _, problems = edit(("\nhours:\n  monday: closed\n  tuesday: [9:00-19:00]", "\nhours:\n  monday: closed\n  tuesday: [9:00-12:00]"))
    assert [problem.code for problem in problems] == ["hours-outside"] * 3


def test_the_house_is_closed_while_everybody_eats(edit: Edit) -> None:
    """Written once as a break of the house and once as the lunch of somebody, noon is outside of nothing; what is left is named."""
    house = ("\nhours:\n  monday: closed\n  tuesday: [9:00-19:00]", "\nhours:\n  monday: closed\n  tuesday: [9:00-12:00, 13:00-19:00]")
    _, problems = edit(house)
    told = [problem.message for problem in problems]
    assert not any(message.startswith("Léa") for message in told)  # she eats from twelve to one
    assert told[0] == "Karim works on tuesday outside the opening hours: 10:00-13:00."


def test_somebody_is_on_holiday(edit: Edit, blocks: list[str]) -> None:
    """Nobody is booked with somebody who is away."""
    business, problems = edit(("    lunch: 12:00-13:00\n", f"    lunch: 12:00-13:00\n{block_with(blocks, 'away:')}"))
    assert problems == ()
    assert business is not None
    assert business.staff_hours("lea", dt.date(2026, 9, 14)) == ()
    assert business.staff_hours("lea", dt.date(2026, 9, 15)) != ()


def test_a_question_is_added_by_one_edit_of_content(edit: Edit, blocks: list[str]) -> None:
    """The answer of the guide, pasted, is known in every language."""
    business, problems = edit(("\npolicies:\n", f"\npolicies:\n{block_with(blocks, 'wifi')}\n"))
    assert problems == ()
    assert business is not None
    assert set(business.answers()["wifi"].says) == set(business.languages)
    assert "wlan" in business.answer_vocabulary("de")["wifi"]
