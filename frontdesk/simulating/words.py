"""How the callers of a language put things: data/<language>.yaml, filled in with the words of the business and of `spoken.say`."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated, Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.simulating.errors import NoWords

__all__ = ["NoiseWords", "Words", "languages_with_words", "load_words"]

_FOLDER: Final = Path(__file__).parent / "data"

Ways = Annotated[tuple[str, ...], Field(min_length=1)]
"""Several ways to say one thing, one of which is drawn."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class When(_Strict):
    """A wish for a time: a day, a part of a day, an hour."""

    day: Ways
    part: Ways
    time: Ways


class Opening(_Strict):
    """The first sentence for each goal."""

    book: Ways
    book_service: Ways
    book_all: Ways
    move: Ways
    cancel: Ways
    ask: Ways
    message: Ways
    person: Ways


class Plain(_Strict):
    """The goals in the plainest words, for whoever was not understood."""

    book: Ways
    move: Ways
    cancel: Ways
    message: Ways
    person: Ways


class Wrong(_Strict):
    """What a caller says to a read-back that is not right."""

    service: Ways
    when: Ways
    name: Ways
    phone: Ways


class Change(_Strict):
    """What a caller says who has thought better of it."""

    when: Ways
    service: Ways
    never_mind: Ways


class NoiseWords(_Strict):
    """What a recogniser does to this language: words it keeps, fillers it writes down, words it takes for others."""

    kept: Ways
    fillers: Ways
    sounds: dict[str, str]


class Words(_Strict):
    """All that the callers of one language say."""

    weekdays: Annotated[tuple[str, ...], Field(min_length=7, max_length=7)]
    on_day: str
    tomorrow: str
    parts: dict[str, str]
    positions: Ways
    names: Ways
    mobiles: Ways
    when: When
    greetings: tuple[str, ...]
    open: Opening
    plain: Plain
    prices: Ways
    service: Ways
    vague: Ways
    staff: Ways
    choose: Ways
    refuse: Ways
    name: Ways
    spelled: Ways
    phone: Ways
    phone_rest: Ways
    other_phone: Ways
    email: Ways
    which: Ways
    yes: Ways
    no: Ways
    wrong: Wrong
    change: Change
    corrected: Ways
    hold: Ways
    repeat: Ways
    mumble: Ways
    impatient: Ways
    give_up: Ways
    messages: Ways
    call_back: Ways
    close: Ways
    noise: NoiseWords


def languages_with_words() -> tuple[str, ...]:
    """The languages whose callers can be simulated."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.yaml")))


@functools.cache
def load_words(language: str) -> Words:
    """The words of a language. Raises NoWords."""
    file = _FOLDER / f"{language}.yaml"
    if not file.exists():
        known = ", ".join(languages_with_words())
        raise NoWords(f"There are no callers who speak “{language}”; they speak {known}.")
    return Words.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
