"""Callers with goals, four languages of them: each must get what they rang for, or hear honestly why not."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from frontdesk.rehearsing.goals import load_goals, play
from frontdesk.rehearsing.rehearsal import Stage
from tests.conftest import ROOT
from tests.examples import unless_in_sample

GOALS = load_goals(ROOT / "tests" / "goals")


@pytest.fixture(scope="module")
def stage() -> Stage:
    """The salon that is shipped, loaded once."""
    return Stage()


def _marked(goal: dict[str, Any]) -> Any:
    """A caller whom the program does not serve yet is known to fail, and a failure of the suite once they no longer do."""
    reason = goal.get("not_yet")
    marks = [*([pytest.mark.xfail(reason=reason, strict=True)] if reason else []), *unless_in_sample(goal["id"], 4)]
    return pytest.param(goal, id=goal["id"], marks=marks)


@pytest.mark.parametrize("goal", [_marked(goal) for goal in GOALS])
async def test_a_caller_gets_what_they_rang_for(goal: dict[str, Any], stage: Stage) -> None:
    """The call ends as the goal expects, and in no turn does it do what no call may do."""
    wrong, transcript = await play(goal, stage)
    if wrong:
        about = f"{goal['id']}: {goal['wants']}\n   {goal['language']}, {goal['now']}, {goal['caller']}"
        pytest.fail("\n".join([about, *transcript, *(f"   !! {line}" for line in wrong)]), pytrace=False)


def test_every_language_has_its_callers() -> None:
    """At least two dozen callers ring in each language, and no two goals have the same id or the same first words."""
    per_language = Counter(goal["language"] for goal in GOALS)
    assert all(per_language[language] >= 24 for language in ("fr", "de", "en", "es")), per_language
    assert [key for key, count in Counter(goal["id"] for goal in GOALS).items() if count > 1] == []
    firsts = Counter(goal["first"] for goal in GOALS if isinstance(goal.get("first"), str))
    assert [key for key, count in firsts.items() if count > 1] == []
