"""Choices composed of offers, ways to refer to them, and sentences; what is meant follows from how they were put together.

    python -m tests.spoken.choosing.compose [--language en] [--every 1] [--show wrong|half] [--frame b] [--kind times]

A language is a file beside this one: `offers` with the ways to speak of each, `frames` by what they mean, `whole` answers.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from fsm.yaml_source import load_plain
from spoken import Choice, Context, Reading, understand, warm_up

__all__ = ["LANGUAGES", "Case", "cases", "mark", "reading_of"]

HERE: Final = Path(__file__).parent
LANGUAGES: Final = tuple(sorted(path.stem for path in HERE.glob("*.yaml")))
NOW: Final = dt.datetime(2026, 7, 30, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
"""A Thursday morning."""
RIGHT, HALF, WRONG = "right", "half", "wrong"


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, what it chooses from, and the offers that its frame speaks of."""

    text: str
    offers: tuple[str, ...]
    frame: str
    """What the frame means: a, b, a_of_two, not_a, rest, either, asked; none, any, wish."""
    kind: str
    a: int = -1
    b: int = -1


def cases(language: str, every: int = 1) -> Iterator[Case]:
    """Every n-th of all the sentences of a language, spread evenly over offers, references and frames."""
    data: Any = load_plain((HERE / f"{language}.yaml").read_text("utf-8"))
    for number, case in enumerate(_all(data)):
        if number % every == 0:
            yield case


def _all(data: Mapping[str, Any]) -> Iterator[Case]:
    turn = 0
    for offer in data["offers"]:
        offers = tuple(offer["say"].split("|"))
        refs = [list(map(str, ways)) for ways in offer["refs"]]
        for frame, sentences in data["frames"].items():
            meaning = frame.removesuffix("_" + offer["kind"])
            if meaning not in _MEANINGS:
                continue  # frames for another kind of thing
            for a, ways in enumerate(refs):
                for way in ways:
                    for sentence in sentences:
                        turn += 1
                        b = (a + 1 + turn % (len(offers) - 1)) % len(offers)
                        other = refs[b][(turn * 7) % len(refs[b])]
                        yield Case(sentence.format(a=way, b=other), offers, meaning, offer["kind"], a, b)
    for meaning, answers in data["whole"].items():
        for offer in data["offers"]:
            if offer["kind"] == "times":
                for answer in answers:
                    yield Case(answer, tuple(offer["say"].split("|")), meaning, "times")


_MEANINGS: Final = ("a", "b", "a_of_two", "not_a", "rest", "either", "asked")


def reading_of(case: Case, language: str) -> Reading:
    """What the reader makes of a case."""
    context = Context(choices=tuple(Choice(say) for say in case.offers))
    return understand(case.text, "choice", language, NOW, context)


def mark(case: Case, reading: Reading) -> str:
    """right, half (an honest question), or wrong (something that the caller did not mean)."""
    status = str(reading.status)
    offered = {item.value for item in reading.alternatives}
    left = set(range(len(case.offers)))
    match case.frame:
        case "a" | "a_of_two" | "b":
            wanted = case.b if case.frame == "b" else case.a
            if status == "complete":
                return RIGHT if reading.value == wanted else WRONG
            return HALF
        case "not_a":
            left -= {case.a}
            if status == "complete":
                return RIGHT if {reading.value} == left else WRONG
            return RIGHT if status == "ambiguous" and offered == left else HALF
        case "rest":
            left -= {case.a, case.b}
            if status == "complete":
                return RIGHT if {reading.value} == (left or {None}) else WRONG
            return RIGHT if offered == left else HALF
        case "either":
            if status == "complete":
                return WRONG
            return RIGHT if offered >= {case.a, case.b} else HALF
        case "none":
            if status == "complete":
                return RIGHT if reading.value is None else WRONG
            return HALF
        case "any":
            return WRONG if status == "complete" else RIGHT if offered == left else HALF
        case _:
            return WRONG if status == "complete" and reading.value is not None else RIGHT if status != "ambiguous" else HALF


def main() -> None:
    """Print how many are right, and the cases asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--every", type=int, default=1, help="only every n-th sentence")
    parser.add_argument("--show", choices=[RIGHT, HALF, WRONG], action="append", default=[])
    parser.add_argument("--frame", help="only frames that mean this")
    parser.add_argument("--kind", help="only offers of this kind")
    options = parser.parse_args()
    languages = options.language or LANGUAGES
    warm_up(languages)
    for language in languages:
        counts: Counter[tuple[str, str]] = Counter()
        times: list[float] = []
        for case in cases(language, options.every):
            if (options.frame and case.frame != options.frame) or (options.kind and case.kind != options.kind):
                continue
            began = time.process_time()
            reading = reading_of(case, language)
            times.append((time.process_time() - began) * 1000)
            found = mark(case, reading)
            counts[case.frame, found] += 1
            if found in options.show:
                came = [item.value for item in reading.alternatives] or reading.value
                print(f"{found} {case.frame} {case.a} {case.b} {case.text!r} of {'|'.join(case.offers)!r}: {reading.status} {came}")
        total = sum(counts.values())
        times.sort()
        shares = "  ".join(
            f"{frame} {counts[frame, RIGHT]}/{counts[frame, HALF]}/{counts[frame, WRONG]}"
            for frame in sorted({frame for frame, _ in counts})
        )
        whole = [100 * sum(count for (_, found), count in counts.items() if found == which) / total for which in (RIGHT, HALF, WRONG)]
        print(f"{language} {total}: right {whole[0]:.1f} % half {whole[1]:.1f} % wrong {whole[2]:.1f} %")
        print(f"   p50 {times[len(times) // 2]:.2f} ms p95 {times[int(len(times) * 0.95)]:.2f} ms   {shares}")


if __name__ == "__main__":
    main()
