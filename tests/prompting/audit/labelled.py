"""The labelled sentences: what they are, and how the auditor does on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from frontdesk.prompting.audit import Auditor, Reason, Record
from fsm.yaml_source import load_plain
from integrations.knowledge.markdown import read_markdown
from integrations.knowledge.port import Passage

LANGUAGES = ("fr", "de", "en", "es")
BATCHES = ("fourth", "fifth", "development")
"""Fourth and fifth were written by people who did not know the auditor (of the fifth, a half is here); their first measurements are in
first_measurements.yaml. `development` was written beside the auditor, before each change to it."""
HERE = Path(__file__).parent
NOW = dt.datetime(2026, 6, 16, 10, tzinfo=ZoneInfo("Europe/Paris"))


@dataclass(frozen=True)
class Labelled:
    """A sentence, the record it is said over, and whether it may be said."""

    language: str
    record: str
    text: str
    true: bool


def _load(name: str) -> Any:
    return load_plain((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def _moments(values: list[Any]) -> tuple[dt.datetime, ...]:
    return tuple(dt.datetime.fromisoformat(str(value)).replace(tzinfo=NOW.tzinfo) for value in values)


@cache
def records() -> dict[str, Record]:
    """The sketches of records.yaml."""
    found = {}
    for name, sketch in _load("records").items():
        values: dict[str, Any] = {}
        for key, value in sketch.items():
            if key in ("offers", "appointments", "taken"):
                values[key] = _moments(value)
            elif key in ("done", "full_days"):
                values[key] = frozenset(value)
            else:
                values[key] = tuple(value) if isinstance(value, list) else value
        found[name] = Record(now=NOW, **values)
    return found


def sentences(language: str, batches: Iterable[str] = BATCHES) -> Iterator[Labelled]:
    """Every labelled sentence of a language: all of them are seen, the batches since their first measurement."""
    for name in (language, *(f"{batch}/{language}" for batch in batches)):
        for label, by_record in _load(name).items():
            for record, texts in by_record.items():
                for text in texts:
                    yield Labelled(language, record, text, label in (True, "true"))


def house_passages() -> list[Passage]:
    """What the shipped business has written down beside business.yaml."""
    files = sorted((HERE.parents[2] / "knowledge").glob("*.md"))
    return [each for file in files for each in read_markdown(file.read_text(encoding="utf-8"), f"knowledge/{file.name}", file.stem)]


def first_measurements() -> list[dict[str, str]]:
    """How an auditor did on each batch before anything was changed because of it."""
    return list(_load("first_measurements"))


@dataclass(frozen=True)
class Score:
    """How many sentences of each kind there are, and the ones that were judged wrongly."""

    true: int
    false: int
    wrongly_cut: tuple[tuple[Labelled, tuple[Reason, ...]], ...]
    wrongly_passed: tuple[Labelled, ...]

    @property
    def precision(self) -> float:
        """Of what was passed, the share that was true."""
        passed = self.true - len(self.wrongly_cut) + len(self.wrongly_passed)
        return 1.0 if not passed else (self.true - len(self.wrongly_cut)) / passed

    @property
    def recall(self) -> float:
        """Of what was true, the share that was passed."""
        return (self.true - len(self.wrongly_cut)) / self.true


def score(auditor: Auditor, language: str) -> Score:
    """The auditor's verdicts on a language beside the labels."""
    items = list(sentences(language))
    cut, passed = [], []
    for item in items:
        verdict = auditor.audit(item.text, records()[item.record], language)
        if item.true and not verdict.passed:
            cut.append((item, verdict.reasons))
        elif not item.true and verdict.passed:
            passed.append(item)
    trues = sum(item.true for item in items)
    return Score(trues, len(items) - trues, tuple(cut), tuple(passed))
