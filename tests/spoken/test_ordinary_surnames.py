"""Surnames that are words of every day: "hannah price", "madame dimanche", "mein name ist anna freitag", "ana abril"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from fsm.yaml_source import load_plain
from spoken import understand
from spoken.names import read_name

HERE = Path(__file__).parent / "surnames"
LANGUAGES = ("de", "en", "es", "fr")
NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
FRAMES_EACH = 4
"""Each surname is tried in so many of the frames, in lower case and with capitals; the next surname in the next ones."""


def _data(language: str) -> dict[str, Any]:
    data: dict[str, Any] = load_plain((HERE / f"{language}.yaml").read_text(encoding="utf-8"))
    return data


def said_with(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a caller of each surname says to give her name, and the name."""
    *known, unheard_of = data["first_names"]  # the last is none of those that the language lists
    frames, alone, turned = data["frames"], data["surname_frames"], data.get("surname_first", ())
    for at, surname in enumerate([*data["surnames"], *data["common_words"], *data["with_capital"]]):
        common = surname not in data["surnames"]
        first = unheard_of if not common and at % len(data["first_names"]) == 0 else known[at % len(known)]
        chosen = [(frames[0], f"{first} {surname}")]
        chosen += [(frames[1 + (at * FRAMES_EACH + step) % (len(frames) - 1)], f"{first} {surname}") for step in range(FRAMES_EACH)]
        if not common:
            chosen.append((alone[at % len(alone)], surname))
        if turned and not common:
            chosen.append((turned[at % len(turned)], f"{surname} {known[at % len(known)]}"))
        for frame, whole in chosen:
            letters = {"spelled": " ".join(surname.upper()), "letter": surname[0].upper()}
            names = {"f": first if frame not in turned else known[at % len(known)], "l": surname}
            name = frame.format(**names).title() if "garcía" in frame else whole
            yield frame.format(**names, **letters), name
            if surname not in data["with_capital"] and not (common and "garcía" in frame):
                yield frame.format(**{key: said.lower() for key, said in names.items()}, **letters), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_called_so_is_heard(language: str) -> None:
    """A name is heard whole, with its capitals, whatever else its last word means."""
    wrong = []
    for said, name in said_with(_data(language)):
        reading = understand(said, "name", language, NOW)
        if not reading.complete or reading.value != name:
            wrong.append(f"{said!r}: {reading.status} {reading.value!r}, not {name!r}")
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_words_name_nobody_elsewhere(language: str) -> None:
    """Prices, hours and days stay what they are where no name is given."""
    wrong = []
    for name, utterances in _data(language)["not_names"].items():
        for said in utterances:
            reading = understand(str(said), "name", language, NOW)
            if (reading.value if reading.complete else None) != name:
                wrong.append(f"{said!r}: {reading.status} {reading.value!r}, not {name!r}")
            if name is None and (unasked := read_name(str(said), language, asked=False)).complete:
                wrong.append(f"{said!r}, unasked: {unasked.value!r}")
    assert not wrong, "\n" + "\n".join(wrong)
