"""Families of answers to things on offer: frames with each offer in its turn, side by side in every language.

A file of `choice_families/` holds, for each language, groups of offers and the sentences that are said of them, by what they mean: the
index of an offer, `it` (the one that stands in the place of `{}`), `but_it` (all the others), `any` (which is asked), `none` of them,
`open` (nothing is chosen nor refused by it), or `nothing`. `now` is when they are said, where that is not `NOW`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
import yaml

from spoken import Choice, Context, Reading, Status
from spoken.understanding import understand
from tests.examples import in_turn

HERE: Final = Path(__file__).parent / "choice_families"
NOW: Final = dt.datetime(2026, 6, 12, 9, tzinfo=ZoneInfo("Europe/Paris"))
LANGUAGES: Final = ("fr", "de", "en", "es")
MIN_RIGHT: Final = 0.95
"""The share of a family that is read as it is meant; the rest is asked about again, and none is taken for something else."""


def _rows(group: Mapping[str, Any]) -> Iterator[tuple[str, int | str, int]]:
    """Each sentence of a group, what it means, and the offer in it, -1 where it names none by its place."""
    names = group.get("names", group["offers"])
    for meant, sentences in group.items():
        if meant in ("offers", "names", "now"):
            continue
        for sentence in sentences:
            places = range(len(names)) if "{}" in sentence else (-1,)
            for at in places:
                yield sentence.replace("{}", names[at].lower()), meant, at


def _mark(reading: Reading, meant: int | str, at: int, count: int) -> str:
    """Right, half (it is asked again), or wrong."""
    chosen = reading.value if reading.complete else None
    left = sorted(int(other.value) for other in reading.alternatives)
    if meant == "nothing":
        right = reading.status is Status.NOTHING or (reading.complete and chosen is None)
    elif meant == "none":
        right = reading.complete and chosen is None
    elif meant == "open":
        right = not reading.complete
    elif meant == "any":
        right = len(left) > 1
    elif meant == "but_it":
        others = [index for index in range(count) if index != at]
        right = left == others or others == [chosen]
    else:
        right = chosen == (at if meant == "it" else meant)
    return "right" if right else "half" if chosen is None else "wrong"


@pytest.mark.parametrize(("family", "language"), in_turn(sorted(path.stem for path in HERE.glob("*.yaml")), LANGUAGES))
def test_family(family: str, language: str) -> None:
    """None of a family chooses what was not meant, and hardly any is asked about again."""
    marks: dict[str, list[str]] = {"right": [], "half": [], "wrong": []}
    for group in yaml.safe_load((HERE / f"{family}.yaml").read_text(encoding="utf-8"))[language]:
        offers = tuple(Choice(say) for say in group["offers"])
        now = dt.datetime.fromisoformat(group["now"]).replace(tzinfo=NOW.tzinfo) if "now" in group else NOW
        for sentence, meant, at in _rows(group):
            reading = understand(sentence, "choice", language, now, Context(choices=offers))
            marks[_mark(reading, meant, at, len(offers))].append(f"{sentence!r} of {'|'.join(group['offers'])!r}")
    assert not marks["wrong"], "\n".join(marks["wrong"])
    total = sum(map(len, marks.values()))
    assert total >= 20, "the family shrank"
    assert len(marks["right"]) / total >= MIN_RIGHT, "\n".join(marks["half"])
