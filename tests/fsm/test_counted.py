"""Numbers of things in sentences: of one thing, one is spoken of."""

from __future__ import annotations

import pytest

from fsm.counted import counted


@pytest.mark.parametrize(("number", "said"), [(0, "0 minutes"), (1, "1 minute"), (2, "2 minutes"), (1.0, "1 minute"), (2.5, "2.5 minutes")])
def test_one_is_one(number: float, said: str) -> None:
    """Whole numbers and parts."""
    assert counted(number, "minute") == said


def test_words_that_take_more_than_an_s() -> None:
    """The plural is given where an s is not enough."""
    assert [counted(number, "free reply", "free replies") for number in (1, 2)] == ["1 free reply", "2 free replies"]
