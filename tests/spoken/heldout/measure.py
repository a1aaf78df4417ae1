"""How well callers are understood, on sentences that were written without looking at the readers.

    python -m tests.spoken.heldout.measure [--show wrong|half|right] [--language fr] [--kind datetime] [--id fr-dt-0]
        [--set second | --folder PATH]

Three marks: *right*; *half*, an honest ambiguous, nothing or prefix where something better was wanted; *wrong*, a
value that the caller did not mean, or a crash. README.md beside this file describes the entries.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import yaml

from frontdesk.business.public_holidays import public_holidays
from spoken import Choice, Context, Reading, Vocabulary, understand, warm_up

__all__ = ["COUNTRIES", "Mark", "Verdict", "accepted", "load", "mark", "run", "share"]

HERE: Final = Path(__file__).parent
COUNTRIES: Final = {"fr": "FR", "es": "ES", "de": "DE", "en": "GB"}
ZONES: Final = {"fr": "Europe/Paris", "es": "Europe/Madrid", "de": "Europe/Berlin", "en": "Europe/London"}

_CLOSING_HOUR: Final = {1: 19, 2: 19, 3: 20, 4: 19, 5: 18}
"""Tuesday to Saturday; it opens at nine."""
_WANT_KEYS: Final = frozenset({"status", "value", "values"})
_ENTRY_KEYS: Final = frozenset(
    {"id", "as", "text", "now", "plain", "want", "accept", "choices", "hours", "country", "same_as", "day", "services", "note"}
)
_WINDOW_KEYS: Final = frozenset({"start", "end", "from", "until", "grain", "within", "excludes"})

RIGHT: Final = "right"
HALF: Final = "half"
WRONG: Final = "wrong"


@dataclass(frozen=True, slots=True)
class Mark:
    """One of right, half, wrong, and the reading (or the exception) that earned it."""

    mark: str
    came: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """An entry, its language, its mark, and how long the processor read it, in ms."""

    language: str
    entry: Mapping[str, Any]
    mark: str
    came: str
    ms: float

    @property
    def kind(self) -> str:
        """The kind of value, datetimes split into plain and hard ones."""
        kind = str(self.entry["as"])
        return f"{kind} {'plain' if self.entry.get('plain') else 'hard'}" if kind == "datetime" else kind


def hours(day: dt.date) -> tuple[tuple[dt.time, dt.time], ...]:
    """Opening hours of the business that the entries call, unless they say otherwise."""
    close = _CLOSING_HOUR.get(day.weekday())
    return () if close is None else ((dt.time(9), dt.time(close)),)


# --- loading ---------------------------------------------------------------------------------------------------------


def load(language: str, folder: Path = HERE) -> list[dict[str, Any]]:
    """The entries of a language, checked for form. Raises ValueError, naming the entry, when one is malformed."""
    path = folder / f"{language}.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries: list[dict[str, Any]] = yaml.load(path.read_text("utf-8"), Loader=loader)  # in C where there is one
    seen: set[str] = set()
    for entry in entries:
        problem = _problem(entry)
        if entry.get("id") in seen:
            problem = "the id is used twice"
        if problem:
            raise ValueError(f"{path.name}: {entry.get('id')}: {problem}.")
        seen.add(entry["id"])
    return entries


def _problem(entry: Mapping[str, Any]) -> str | None:
    missing = {"id", "as", "text", "want"} - set(entry)
    if missing:
        return f"add {', '.join(sorted(missing))}"
    unknown = (set(entry) - _ENTRY_KEYS) | (set(entry["want"]) - _WANT_KEYS)
    if unknown:
        return f"unknown key {', '.join(sorted(unknown))}"
    if entry["as"] in ("datetime", "date", "time") and "now" not in entry:
        return "a day or time needs its now"
    if not isinstance(entry["text"], str):
        return "the text must be in quotes"
    if "complete" in _statuses(entry["want"]) and not accepted(entry):
        return "complete needs a value"
    for value in accepted(entry):
        for window in value if isinstance(value, list) else [value]:
            if isinstance(window, Mapping) and set(window) - _WINDOW_KEYS:
                return "a window has start, end, from, until, or within"
    return None


def _context(language: str, entry: Mapping[str, Any], zone: ZoneInfo) -> Context:
    country = COUNTRIES[language]
    same_as = entry.get("same_as")
    day = entry.get("day")
    return Context(
        country=entry.get("country"),
        business_country=country,
        hours=None if entry.get("hours") == "none" else hours,
        holidays=lambda year: public_holidays(country, year),
        choices=tuple(Choice(choice.strip()) for choice in entry["choices"].split("|")) if "choices" in entry else (),
        same_as=dt.datetime.fromisoformat(same_as).replace(tzinfo=zone) if same_as else None,
        day=dt.date.fromisoformat(day) if day else None,
        vocabulary=Vocabulary({key: tuple(words) for key, words in entry.get("services", {}).items()}),
    )


# --- comparing -------------------------------------------------------------------------------------------------------


def _moment(text: Any) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(str(text)).replace(tzinfo=None)


def _window(value: Mapping[str, Any]) -> dict[str, Any]:
    """Start, end, from, until; days, weeks and months get their end when only the grain says it."""
    start, end = _moment(value.get("start")), _moment(value.get("end"))
    grain = value.get("grain")
    if start is not None and end is None and not value.get("from") and start.time() == dt.time(0):
        if grain in ("day", "week"):
            end = start + dt.timedelta(days=1 if grain == "day" else 7)
        elif grain == "month":
            end = (start.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return {"start": start, "end": end, "from": bool(value.get("from")), "until": bool(value.get("until"))}


def _same_window(want: Mapping[str, Any], got: Any) -> bool:
    """What `want` names is compared; `within: [a, b]` is content with any window inside these bounds."""
    if not isinstance(got, Mapping):
        return False
    came = _window(got)
    if "within" in want:
        first, last = (_moment(bound) for bound in want["within"])
        start, end = came["start"], came["end"] or came["start"]
        return start is not None and first is not None and last is not None and first <= start and end <= last
    wanted = _window(want)
    return all(wanted[key] == came[key] for key in ("start", "end") if key in want) and all(
        wanted[key] == came[key] for key in ("from", "until")
    )


def _plain(text: Any) -> str:
    folded = unicodedata.normalize("NFKD", str(text).casefold())
    return re.sub(r"[\s\-'’]+", " ", "".join(sign for sign in folded if not unicodedata.combining(sign))).strip()


def _keeps_out_of(days: Sequence[str], got: Any) -> bool:
    """Whether none of the windows touches one of these days."""
    for window in got if isinstance(got, list) else [got]:
        came = _window(window)
        for day in days:
            first = dt.datetime.fromisoformat(day)
            start = came["start"] or first
            end = came["end"] or (first + dt.timedelta(days=1) if came["from"] else start + dt.timedelta(minutes=1))
            if start < first + dt.timedelta(days=1) and end > first:
                return False
    return True


def _same(kind: str, want: Any, got: Any) -> bool:
    if kind == "datetime":
        if isinstance(want, Mapping) and "excludes" in want:
            return _keeps_out_of(want["excludes"], got)
        if isinstance(want, Mapping) and "within" in want and isinstance(got, list):  # "one evening next week": each of them
            return all(_same_window(want, item) for item in got)
        wants = want if isinstance(want, list) else [want]
        gots = got if isinstance(got, list) else [got]
        if len(wants) != len(gots):
            return False
        left = list(gots)
        for window in wants:
            match = next((item for item in left if _same_window(window, item)), None)
            if match is None:
                return False
            left.remove(match)
        return True
    if kind == "name":
        return _plain(want) == _plain(got)
    if kind == "email":
        return str(want).casefold() == str(got).casefold()
    if kind == "number":
        return not isinstance(got, bool) and isinstance(got, int | float) and float(want) == float(got)
    if isinstance(want, bool) or isinstance(got, bool):
        return want is got
    return bool(want == got)


def accepted(entry: Mapping[str, Any]) -> list[Any]:
    """Every value that an entry is content with."""
    want = entry["want"]
    first = [want["value"]] if "complete" in _statuses(want) and "value" in want else []
    return [*first, *entry.get("accept", [])]


def _statuses(want: Mapping[str, Any]) -> list[str]:
    status = want["status"]
    return list(status) if isinstance(status, list) else [status]


def mark(entry: Mapping[str, Any], reading: Reading) -> Mark:
    """Compare a reading with what an entry wants."""
    kind, want = str(entry["as"]), entry["want"]
    status = str(reading.status)
    came = f"{status} {reading.value!r}"
    if reading.alternatives:
        came += f" {[item.value for item in reading.alternatives]!r}"
    if status == "complete":
        return Mark(RIGHT if any(_same(kind, value, reading.value) for value in accepted(entry)) else WRONG, came)
    if status not in _statuses(want):
        return Mark(HALF, came)
    if status == "ambiguous" and want.get("values"):
        offered = [item.value for item in reading.alternatives]
        missing = [value for value in want["values"] if not any(_same(kind, value, item) for item in offered)]
        return Mark(HALF if missing else RIGHT, came)
    return Mark(RIGHT, came)


# --- running ---------------------------------------------------------------------------------------------------------


def run(languages: Iterable[str], *, kind: str | None = None, prefix: str = "", folder: Path = HERE) -> list[Verdict]:
    """Read every entry of these languages, or those of one kind, or those whose id begins with `prefix`."""
    verdicts = []
    for language in languages:
        zone = ZoneInfo(ZONES[language])
        for entry in load(language, folder):
            if (kind is not None and entry["as"] != kind) or not entry["id"].startswith(prefix):
                continue
            now = dt.datetime.fromisoformat(entry.get("now", "2026-06-12T09:00")).replace(tzinfo=zone)
            context = _context(language, entry, zone)
            began = time.process_time()
            try:
                reading = understand(entry["text"], entry["as"], language, now, context)
            except Exception as error:  # noqa: BLE001 - whatever escapes is a finding of the bench
                result = Mark(WRONG, f"raised {error!r}")
            else:
                result = mark(entry, reading)
            verdicts.append(Verdict(language, entry, result.mark, result.came, (time.process_time() - began) * 1000))
    return verdicts


def share(verdicts: Sequence[Verdict], wanted: str) -> float:
    """Percentage of verdicts with this mark; 0.0 when there are none."""
    return 100 * sum(verdict.mark == wanted for verdict in verdicts) / len(verdicts) if verdicts else 0.0


def _line(name: str, verdicts: Sequence[Verdict]) -> str:
    times = sorted(verdict.ms for verdict in verdicts)
    cells = [f"{sum(v.mark == mark for v in verdicts):5d} {share(verdicts, mark):5.1f} %" for mark in (RIGHT, HALF, WRONG)]
    p50, p95 = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.95))]
    return f"{name:22s} {len(verdicts):5d}  {'  '.join(cells)}  {p50:6.2f} {p95:6.2f}"


def _print_table(verdicts: Sequence[Verdict]) -> None:
    print(f"{'':22s} {'n':>5s}  {'right':>13s}  {'half':>13s}  {'wrong':>13s}  {'p50 ms':>6s} {'p95 ms':>6s}")
    for language in dict.fromkeys(verdict.language for verdict in verdicts):
        mine = [verdict for verdict in verdicts if verdict.language == language]
        for kind in sorted({verdict.kind for verdict in mine}):
            print(_line(f"{language} {kind}", [verdict for verdict in mine if verdict.kind == kind]))
        print(_line(f"{language} all", mine))


def _print_floors(verdicts: Sequence[Verdict], slack: float) -> None:
    """The lines of FLOORS in test_heldout.py for what has been measured."""
    for language, kind in sorted({(verdict.language, verdict.kind) for verdict in verdicts}):
        mine = [verdict for verdict in verdicts if (verdict.language, verdict.kind) == (language, kind)]
        floor, ceiling = max(0.0, share(mine, RIGHT) - slack), share(mine, WRONG) + slack
        print(f'    ("{language}", "{kind}"): ({floor:.1f}, {ceiling:.1f}),')


def main() -> None:
    """Print the table, and the entries asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", choices=[RIGHT, HALF, WRONG], action="append", default=[], help="list these entries")
    parser.add_argument("--language", choices=sorted(COUNTRIES), action="append", help="only this language")
    parser.add_argument("--kind", help="only entries read as this")
    parser.add_argument("--id", default="", help="only entries whose id begins so")
    parser.add_argument("--floors", type=float, metavar="POINTS", help="print the floors of test_heldout.py, so many points below")
    parser.add_argument("--set", help="the entries of this folder beside this file (second), not the first ones")
    parser.add_argument("--folder", type=Path, help="the entries of any folder, as absolute or relative path")
    options = parser.parse_args()
    folder = options.folder or (HERE / options.set if options.set else HERE)
    languages = options.language or [language for language in COUNTRIES if (folder / f"{language}.yaml").exists()]
    warm_up(languages)  # the data are read on first use; that is start-up, not an utterance
    for language in languages:
        for year in (2025, 2026, 2027, 2028):
            public_holidays(COUNTRIES[language], year)
    verdicts = run(languages, kind=options.kind, prefix=options.id, folder=folder)
    for verdict in verdicts:
        if verdict.mark in options.show:
            entry = verdict.entry
            day = dt.datetime.fromisoformat(entry["now"]).strftime(" [%a %Y-%m-%d %H:%M]") if "now" in entry else ""
            choices = f" of {entry['choices']!r}" if "choices" in entry else ""
            print(f"{verdict.mark} {entry['id']}{day} {entry['as']} {entry['text']!r}{choices}")
            print(f"      wanted {entry['want']}{' or ' + str(entry['accept']) if 'accept' in entry else ''}")
            print(f"      came   {verdict.came}")
    if options.floors is not None:
        _print_floors(verdicts, options.floors)
    elif verdicts:
        _print_table(verdicts)


if __name__ == "__main__":
    main()
