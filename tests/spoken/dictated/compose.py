"""Names, e-mail addresses and phone numbers composed of parts and sentences; what is meant follows from how they were put together.

python -m tests.spoken.dictated.compose [--language en] [--kind name] [--every 1] [--show wrong|half]
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from fsm.yaml_source import load_plain
from spoken import Context, Reading, understand, warm_up

__all__ = ["HALF", "KINDS", "LANGUAGES", "RIGHT", "WRONG", "Case", "cases", "mark", "reading_of"]

HERE: Final = Path(__file__).parent
LANGUAGES: Final = tuple(sorted(path.stem for path in HERE.glob("*.yaml")))
KINDS: Final = ("name", "email", "phone")
COUNTRIES: Final = {"fr": "FR", "es": "ES", "de": "DE", "en": "GB"}
NOW: Final = dt.datetime(2026, 7, 30, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
RIGHT, HALF, WRONG = "right", "half", "wrong"


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, the kind of value that was asked for, and the value that it holds."""

    kind: str
    text: str
    value: str


def cases(language: str, kind: str, every: int = 1) -> Iterator[Case]:
    """Every n-th of all the sentences of a kind."""
    data: Any = load_plain((HERE / f"{language}.yaml").read_text("utf-8"))
    drawn = {"name": _names, "email": _emails, "phone": _phones}[kind](data[kind + "s"])
    for number, (text, value) in enumerate(drawn):
        if number % every == 0:
            yield Case(kind, text, value)


def _names(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    people = data["people"]
    for meaning, frames in data["frames"].items():
        for at, (first, last) in enumerate(people):
            for turn, frame in enumerate(frames):
                other = people[(at + 1 + turn % (len(people) - 1)) % len(people)]
                parts = {"f": first, "l": last, "sf": " ".join(first), "sl": " ".join(last), "f2": other[0], "l2": other[1]}
                yield frame.format(**parts), meaning.format(**parts)


def _emails(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    places, domains = data["locals"], data["domains"]
    for at, (local, written) in enumerate(places):
        for where, (domain, address) in enumerate(domains):
            for turn, frame in enumerate(data["frames"]):
                other = places[(at + 1 + turn % (len(places) - 1)) % len(places)][0]
                elsewhere = domains[(where + 1 + turn % (len(domains) - 1)) % len(domains)][0]
                yield frame.format(local=local, domain=domain, local2=other, domain2=elsewhere), f"{written}@{address}"


def _phones(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for first, second, third, wrong, value in data["numbers"]:
        parts = {"{n}": f"{first} {second} {third}", "{1}": first, "{2}": second, "{3}": third, "{w}": wrong}
        for frame in data["frames"]:
            text = frame
            for mark, said in parts.items():
                text = text.replace(mark, said)
            yield text, value


def reading_of(case: Case, language: str) -> Reading:
    """What the reader makes of a case."""
    return understand(case.text, case.kind, language, NOW, Context(business_country=COUNTRIES[language]))


def _plain(text: Any) -> str:
    folded = unicodedata.normalize("NFKD", str(text).casefold())
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


def mark(case: Case, reading: Reading) -> str:
    """right, half (nothing or a beginning), or wrong (another value)."""
    if not reading.complete:
        return HALF
    return RIGHT if _plain(reading.value) == _plain(case.value) else WRONG


def main() -> None:
    """Print how many are right, and the cases asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--every", type=int, default=1, help="only every n-th sentence")
    parser.add_argument("--show", choices=[RIGHT, HALF, WRONG], action="append", default=[])
    options = parser.parse_args()
    languages = options.language or LANGUAGES
    warm_up(languages)
    for language in languages:
        for kind in options.kind or KINDS:
            counts: Counter[str] = Counter()
            times: list[float] = []
            for case in cases(language, kind, options.every):
                began = time.process_time()
                reading = reading_of(case, language)
                times.append((time.process_time() - began) * 1000)
                found = mark(case, reading)
                counts[found] += 1
                if found in options.show:
                    print(f"{found} {case.text!r}: {case.value} came {reading.status} {reading.value}")
            total = sum(counts.values())
            shares = " ".join(f"{which} {100 * counts[which] / total:.1f} %" for which in (RIGHT, HALF, WRONG))
            print(f"{language} {kind} {total}: {shares}  p95 {sorted(times)[int(len(times) * 0.95)]:.2f} ms")


if __name__ == "__main__":
    main()
