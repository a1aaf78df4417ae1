"""How well callers are understood, how fast, and beside two libraries that read dates.

    python bench/understanding.py [--libraries]

Every corpus of the repository is read: the cases of tests/spoken, and the sentences of tests/spoken/heldout, whose marks are
*right*, *half* (an honest ambiguous, nothing or prefix) and *wrong* (a value that was not meant). `--libraries` adds
`dateparser` and `ctparse` on the days and times of heldout, where they are installed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path = [path for path in sys.path if Path(path or ".").resolve() != ROOT / "bench"]  # this file is not the package it measures

from frontdesk.business.public_holidays import public_holidays  # noqa: E402
from spoken import Status, understand, warm_up  # noqa: E402
from tests.spoken import first_words  # noqa: E402
from tests.spoken import test_corpus as values  # noqa: E402
from tests.spoken.heldout import measure as heldout  # noqa: E402
from tests.spoken.when import test_corpus as times  # noqa: E402
from tests.spoken.when.shorthand import shorthand  # noqa: E402

LANGUAGES = ("fr", "de", "en", "es")
Row = tuple[str, str, str, str, float]
"""Corpus, language, kind, mark, milliseconds of the processor."""


def _marked(right: bool, complete: bool) -> str:
    return heldout.RIGHT if right else heldout.WRONG if complete else heldout.HALF


def _values() -> Iterator[Row]:
    for language, kind, text, expected, context in values.cases():
        began = time.process_time()
        reading = understand(text, kind, language, values.NOW, context)
        taken = (time.process_time() - began) * 1000
        open_answer = reading.status in (Status.NOTHING, Status.PREFIX)
        right = open_answer if expected == "~nothing" else values.shown_as(reading) == expected
        yield "cases", language, kind, _marked(right, reading.complete), taken


def _times() -> Iterator[Row]:
    for language, kind, text, meaning, now in times.expressions():
        began = time.process_time()
        reading = understand(text, kind, language, now)
        taken = (time.process_time() - began) * 1000
        yield "cases", language, kind, _marked(shorthand(reading) == meaning, reading.complete), taken


def _heldout() -> Iterator[Row]:
    for verdict in heldout.run(LANGUAGES):
        yield "held out", verdict.language, verdict.kind, verdict.mark, verdict.ms


def _table(rows: Sequence[Row]) -> None:
    print("| corpus | language | kind | n | right | half | wrong | p50 ms | p95 ms |\n|---|---|---|--:|--:|--:|--:|--:|--:|")
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault(row[:3], []).append(row)
        groups.setdefault((row[0], "all", "all"), []).append(row)
    for key in sorted(groups, key=lambda key: (key[0], key[1] == "all", key[1:])):
        mine = groups[key]
        took = sorted(row[4] for row in mine)
        shares = [f"{100 * sum(row[3] == mark for row in mine) / len(mine):.1f} %" for mark in (heldout.RIGHT, heldout.HALF, heldout.WRONG)]
        p50, p95 = took[len(took) // 2], took[min(len(took) - 1, int(len(took) * 0.95))]
        print(f"| {' | '.join(key)} | {len(mine)} | {' | '.join(shares)} | {p50:.2f} | {p95:.2f} |")


def _languages() -> None:
    """First words of callers: does the call stay in their language, and does it change to it from another?"""
    print("\n| first words | n | call in it stays | call in another changes | to a third language |\n|---|--:|--:|--:|--:|")
    for language in first_words.LANGUAGES:
        counted = first_words.measure(language)
        kept, changed = 100 * counted.kept / counted.of_own, 100 * counted.changed / counted.of_others
        print(f"| {language} | {counted.of_own} | {kept:.1f} % | {changed:.1f} % | {counted.third} |")
    kept, of = first_words.neutral_kept()
    print(f"| of no language | {of} | {100 * kept / of:.1f} % | | |")


def _start_up() -> None:
    code = (
        "import time; began = time.process_time(); import spoken; took = time.process_time() - began; "
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM')); "
        "print(took * 1000, int(peak.split()[1]) / 1024)"
    )
    runs = [
        [
            float(word)
            for word in subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
        ]
        for _ in range(5)
    ]
    print(f"import spoken: {sorted(run[0] for run in runs)[2]:.0f} ms, {max(run[1] for run in runs):.0f} MB in all")


def _dateparser() -> Callable[[str, str, dt.datetime], dt.datetime | None]:
    search = importlib.import_module("dateparser.search").search_dates

    def read(text: str, language: str, now: dt.datetime) -> dt.datetime | None:
        options = {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}
        found = search(text, languages=[language], settings=options)
        return found[0][1].replace(tzinfo=None) if found else None

    return read


def _ctparse() -> Callable[[str, str, dt.datetime], dt.datetime | None]:
    parse = importlib.import_module("ctparse").ctparse

    def read(text: str, language: str, now: dt.datetime) -> dt.datetime | None:
        if language not in ("de", "en"):
            raise NotImplementedError
        result = parse(text, ts=now.replace(tzinfo=None), timeout=1.0)
        value = getattr(result, "resolution", None)
        value = getattr(value, "t_from", value)
        return value.dt if value is not None and getattr(value, "year", None) else None

    return read


def _start(value: Any) -> dt.datetime | None:
    """The moment a window begins, which is the most that the libraries can say."""
    return dt.datetime.fromisoformat(value["start"]) if isinstance(value, dict) and value.get("start") else None


def _same(wanted: Any, came: dt.datetime) -> bool:
    """The moment itself, and for a whole day or part of one the day: more is not asked of a library."""
    start = _start(wanted)
    if start is None:
        return False
    whole = bool(wanted.get("end")) or wanted.get("grain") in ("day", "week", "month") or "T00:00" in str(wanted["start"])
    return came.date() == start.date() if whole else came.replace(second=0, microsecond=0) == start


def _libraries() -> None:
    print("\n| reader | language | n | right | nothing | wrong | p95 ms |\n|---|---|--:|--:|--:|--:|--:|")
    for name, load in (("dateparser", _dateparser), ("ctparse", _ctparse)):
        try:
            read = load()
        except ImportError as reason:
            print(f"| {name} | skipped: {reason} | | | | | |")
            continue
        for language in LANGUAGES:
            _library(name, read, language)


def _library(name: str, read: Callable[[str, str, dt.datetime], dt.datetime | None], language: str) -> None:
    zone = ZoneInfo(heldout.ZONES[language])
    counts = {"right": 0, "nothing": 0, "wrong": 0}
    took: list[float] = []
    for entry in heldout.load(language):
        wanted = [value for value in heldout.accepted(entry) if _start(value)]
        if entry["as"] != "datetime" or not wanted:
            continue
        now = dt.datetime.fromisoformat(entry["now"]).replace(tzinfo=zone)
        began = time.process_time()
        try:
            came = read(entry["text"], language, now)
        except NotImplementedError:
            print(f"| {name} | {language} | does not know the language | | | | |")
            return
        except Exception:  # noqa: BLE001 - whatever a library does with a sentence, the next one is read too
            came = None
        took.append((time.process_time() - began) * 1000)
        counts["nothing" if came is None else "right" if any(_same(value, came) for value in wanted) else "wrong"] += 1
    total = sum(counts.values())
    shares = " | ".join(f"{100 * count / total:.0f} %" for count in counts.values())
    print(f"| {name} | {language} | {total} | {shares} | {sorted(took)[int(len(took) * 0.95)]:.1f} |")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--libraries", action="store_true", help="beside dateparser and ctparse")
    options = parser.parse_args()
    _start_up()
    began = time.process_time()
    warm_up(LANGUAGES)
    for country in heldout.COUNTRIES.values():
        for year in range(2025, 2029):
            public_holidays(country, year)
    print(f"warm_up of four languages: {(time.process_time() - began) * 1000:.0f} ms\n")
    _table([*_values(), *_times(), *_heldout()])
    _languages()
    if options.libraries:
        _libraries()


if __name__ == "__main__":
    main()
