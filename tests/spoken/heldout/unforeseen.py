"""What becomes of the held-out sentences when some of their wording is unknown.

    python -m tests.spoken.heldout.unforeseen [--share 0.1] [--seeds 4] [--trusting]

Callers will always say what nobody foresaw. Here a share of the phrases of every language is left out of its rules, at
random but the same for the same seed, and the sentences are read with what remains. How many are then *wrong* rather
than only *half* says how well the reader knows what it has not understood; `--trusting` takes that knowledge away.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final
from unittest import mock

from spoken.when import language as language_module
from spoken.when import other_ways, reader
from spoken.when.doubt import Doubt
from spoken.when.grammar import Grammar
from tests.spoken.heldout.measure import COUNTRIES, HALF, HERE, RIGHT, WRONG, run
from tests.spoken.when.expansions import expansions

__all__ = ["marks_without", "trusting"]

_KEPT: Final = frozenset(
    {"word_number", "number", "weekday", "month", "month_alone", "ordinal", "dom", "written_date", "year", "part", "part_name"}
    | {"born", "born_year", "greeting", "single_day", "date", "clock", "clock_sure", "opener", "harmless"}
)
"""Rules without which nothing at all would be understood, and the one of the phrases that do no harm."""


@contextmanager
def _thinned(share: float, seed: int) -> Iterator[None]:
    """Within this, languages are loaded without a `share` of their phrases."""
    chance = random.Random(seed)

    def thin(name: str, entries: Sequence[Any]) -> Sequence[Any]:
        if name in _KEPT:
            return entries
        pairs = [pair for entry in entries for pair in (entry.items() if isinstance(entry, Mapping) else [(entry, None)])]
        return [{phrase: value} for pattern, value in pairs for phrase in expansions(str(pattern)) if chance.random() >= share]

    def thinned(rules: Mapping[str, Sequence[Any]], numbers: Mapping[str, int]) -> Grammar:
        return Grammar({name: thin(name, entries) for name, entries in rules.items()}, numbers)

    language_module.load_language.cache_clear()
    try:
        with mock.patch.object(language_module, "Grammar", thinned):
            yield
    finally:
        language_module.load_language.cache_clear()


@contextmanager
def trusting() -> Iterator[None]:
    """Within this, whatever was picked out of a sentence is believed."""

    def none(*_: Any) -> Doubt:
        return Doubt.NONE

    def empty(*_: Any) -> list[Any]:
        return []

    def never(*_: Any) -> bool:
        return False

    with mock.patch.multiple(reader, weigh=none, overlap=never), mock.patch.object(other_ways, "in_other_weeks", empty):
        yield


def marks_without(share: float, seed: int, languages: Sequence[str] = tuple(COUNTRIES)) -> Counter[str]:
    """The marks of all held-out days and times, read without a `share` (0 to 1) of the phrases."""
    with _thinned(share, seed):
        return Counter(verdict.mark for folder in (HERE, HERE / "second") for verdict in run(languages, kind="datetime", folder=folder))


def main() -> None:
    """Print the shares for some seeds, and over all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=float, default=0.1, help="of the phrases that are left out (0.1)")
    parser.add_argument("--seeds", type=int, default=4, help="so many times (4)")
    parser.add_argument("--trusting", action="store_true", help="believe what was picked out, whatever was left over")
    options = parser.parse_args()
    total: Counter[str] = Counter()
    for seed in range(options.seeds):
        if options.trusting:
            with trusting():
                marks = marks_without(options.share, seed)
        else:
            marks = marks_without(options.share, seed)
        total += marks
        print(seed, _shares(marks))
    print("all", _shares(total))


def _shares(marks: Counter[str]) -> str:
    return "  ".join(f"{mark} {100 * marks[mark] / marks.total():5.1f} %" for mark in (RIGHT, HALF, WRONG))


if __name__ == "__main__":
    main()
