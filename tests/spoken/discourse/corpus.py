"""Sentences put together from structures and fillers, each with the value that follows from what fills it.

    python -m tests.spoken.discourse.corpus [--language fr] [--family decision] [--each 8] [--show]

A corpus of whole sentences shows which sentences are understood; this one shows whether a *structure* is, whatever day,
hour or errand fills it. In a template `{A}` is one of the fillers under `A`, `{B}` and `{C}` are others of `A`, `{T2}` is another
of `T`; `(a|b|)` is one of these. What it comes to is written under `want` in terms of the fillers:

| want | value |
|---|---|
| `A` | that weekday |
| `A T`, `A P` | at that time, in that part of the day |
| `A 15:00+` | from then on |
| `N-1 T`, `N+1+` | the day before a day of the month, from the day after it on |
| `week 1` | the calendar week so many weeks on |
| `week 1 not A P` | that part of each open day of the week but one |
| `not A` | whatever keeps clear of that weekday |
| `A P \\| B T` | a list |

`doubt` instead of `want`: an honest ambiguous or nothing will do, but no other value. `only` keeps to some of the fillers.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from fsm.yaml_source import load_plain
from spoken import Context, understand, warm_up
from tests.spoken.heldout.measure import HALF, RIGHT, WRONG, hours, mark

__all__ = ["FAMILIES", "LANGUAGES", "Sentence", "sentences", "verdict"]

HERE: Final = Path(__file__).parent
LANGUAGES: Final = ("de", "en", "es", "fr")
FAMILIES: Final = ("decision", "reason", "hindered", "complement", "list", "told", "corrected", "bounded")
ZONE: Final = ZoneInfo("Europe/Paris")

_PARTS: Final = {"morning": (6, 12), "afternoon": (12, 18)}
_OTHERS: Final = {"B": "A", "C": "A", "T2": "T"}
"""Names that stand for another filler of the same list."""
_CHOICE: Final = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a caller says, when, and what is wanted, in the form of the held-out sets."""

    language: str
    family: str
    template: str
    text: str
    now: dt.datetime
    want: Mapping[str, Any]


def sentences(language: str, each: int = 8) -> Iterator[Sentence]:
    """The sentences of a language, `each` template so many times; the same ones every time."""
    data = load_plain((HERE / f"{language}.yaml").read_text("utf-8"))
    now = dt.datetime.fromisoformat(data["now"]).replace(tzinfo=ZONE)
    lists = {
        name: list(value.items()) if isinstance(value, dict) else [(word, None) for word in value]
        for name, value in data.items()
        if len(name) == 1
    }
    for family in FAMILIES:
        for template in data[family]:
            chance = random.Random(f"{language} {template['say']}")
            for text, values in _filled(template, lists, chance, each):
                yield Sentence(language, family, template["say"], text, now, _want(template, values, now.replace(tzinfo=None)))


def _filled(
    template: Mapping[str, Any], lists: Mapping[str, list[tuple[str, Any]]], chance: random.Random, each: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """So many ways to fill a template, each with what its fillers stand for; no sentence twice."""
    seen: set[str] = set()
    for _ in range(each * 4):
        text = template["say"]
        while "(" in text:
            text = _CHOICE.sub(lambda match: chance.choice(match.group(1).split("|")), text, count=1)
        chosen: dict[str, tuple[str, Any]] = {}
        for name in re.findall(r"\{(\w+)\}", text):
            base = _OTHERS.get(name, name)
            allowed = template.get("only", {}).get(base)
            pool = [one for one in lists[base] if one not in chosen.values() and (allowed is None or one[1] in allowed)]
            if name not in chosen:
                chosen[name] = chance.choice(pool)
        text = " ".join(text.format(**{name: word for name, (word, _) in chosen.items()}).split())
        if text in seen:
            continue
        seen.add(text)
        yield text, {name: value for name, (_, value) in chosen.items()}
        if len(seen) == each:
            return


# --- what is wanted --------------------------------------------------------------------------------------------------


def _want(template: Mapping[str, Any], values: Mapping[str, Any], now: dt.datetime) -> dict[str, Any]:
    expression = str(template.get("want", template.get("doubt")))
    found = [window for one in expression.split("|") for window in _windows(one.split(), values, now)]
    value = found[0] if len(found) == 1 else found
    return {"status": "complete" if "want" in template else ["complete", "ambiguous", "nothing"], "value": value}


def _day(now: dt.datetime, weekday: int) -> dt.datetime:
    return now.replace(hour=0, minute=0) + dt.timedelta(days=(weekday - now.weekday()) % 7 or 7)


def _windows(words: list[str], values: Mapping[str, Any], now: dt.datetime) -> list[dict[str, Any]]:
    """One member of a list of what is wanted; several windows for a part of each day of a week."""
    if words[0] == "not":
        day = _day(now, values[words[1]])
        return [{"excludes": [str((day + dt.timedelta(days=7 * n)).date()) for n in range(2)]}]
    if words[0] == "week":
        monday = now.replace(hour=0, minute=0) - dt.timedelta(days=now.weekday()) + dt.timedelta(days=7 * int(words[1]))
        if "not" not in words:
            return [_window(monday, monday + dt.timedelta(days=7))]
        days = [monday + dt.timedelta(days=n) for n in range(7) if n != values[words[3]]]
        return [_part(day, values[words[4]]) for day in days if hours(day.date())]
    if words[0][0] == "N":
        day = now.replace(day=values["N"], hour=0, minute=0) + dt.timedelta(days=int(words[0].rstrip("+")[1:] or 0))
    else:
        day = _day(now, values[words[0]])
    if len(words) == 1:
        return [{**_window(day, None), "from": True} if words[0].endswith("+") else _window(day, day + dt.timedelta(days=1))]
    time = values.get(words[1].rstrip("+"), words[1])
    if time in _PARTS:
        return [_part(day, time)]
    at = dt.time.fromisoformat(time.rstrip("+"))
    return [{**_window(dt.datetime.combine(day, at), None), "from": words[1].endswith("+")}]


def _part(day: dt.datetime, name: str) -> dict[str, Any]:
    first, last = _PARTS[name]
    return _window(day.replace(hour=first), day.replace(hour=last))


def _window(start: dt.datetime, end: dt.datetime | None) -> dict[str, Any]:
    return {"start": f"{start:%Y-%m-%dT%H:%M}", "end": end and f"{end:%Y-%m-%dT%H:%M}"}


# --- reading ---------------------------------------------------------------------------------------------------------


def verdict(sentence: Sentence) -> tuple[str, str]:
    """Right, half or wrong as for the held-out sets, and what came."""
    reading = understand(sentence.text, "datetime", sentence.language, sentence.now, Context(hours=hours))
    result = mark({"as": "datetime", "want": sentence.want}, reading)
    return result.mark, result.came


def main() -> None:
    """Print the shares by language and family, and what is not right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="only this language")
    parser.add_argument("--family", choices=FAMILIES, help="only this family of structures")
    parser.add_argument("--each", type=int, default=8, help="so many sentences a template (8)")
    parser.add_argument("--show", action="store_true", help="list what is not right")
    options = parser.parse_args()
    warm_up(options.language or LANGUAGES)
    for language in options.language or LANGUAGES:
        marks: dict[str, Counter[str]] = {}
        for sentence in sentences(language, options.each):
            if options.family not in (None, sentence.family):
                continue
            came = verdict(sentence)
            marks.setdefault(sentence.family, Counter())[came[0]] += 1
            if options.show and came[0] != RIGHT:
                print(f"{came[0]} {language} {sentence.family} {sentence.text!r}")
                print(f"      wanted {sentence.want['value']}\n      came   {came[1]}")
        for family, found in marks.items():
            print(f"{language} {family:<11} {found.total():4}  " + "  ".join(f"{name} {found[name]:3}" for name in (RIGHT, HALF, WRONG)))


if __name__ == "__main__":
    main()
