"""Which of several meanings of something ambiguous is meant."""

from __future__ import annotations

import datetime as dt
from typing import Any

from frontdesk.brain.offers.picking import mere_article
from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.windows import windows_of
from spoken import Choice, Reading

__all__ = ["read_options"]


def read_options(turn: Turn) -> bool:
    """Which of several meanings is meant; False when the answer says none of them."""
    asks, options = turn.view.asks, turn.view.options
    if asks is None or not options:
        return False
    index: int | None = None
    reading = turn.read("choice", choices=tuple(Choice(option.say, _moment(turn, option.value)) for option in options))
    if asks == "service":
        index, reading_of = _service_option(turn, [str(option.value) for option in options])
        reading = reading_of if index is not None else reading
    if index is None and reading.complete and isinstance(reading.value, int) and not mere_article(turn, reading):
        index = reading.value
    elif index is None and asks in {"when", "which"}:
        when = turn.read("datetime", same_as=_moment(turn, options[0].value))  # "the one next week", of a Friday
        fitting = [i for i, option in enumerate(options) if when.complete and _same(windows_of(option.value), windows_of(when.value))]
        if len(fitting) == 1:
            index, reading = fitting[0], when
    if index is None or not 0 <= index < len(options):
        return False
    turn.found.fact(asks, options[index].value, reading.span)
    return True


def _moment(turn: Turn, value: Any) -> dt.datetime | None:
    """When a meaning is, where it is a time: "the one on the nineteenth"."""
    if isinstance(value, str) and turn.view.asks == "slot":
        return turn.local(value)
    wish = windows_of(value)
    return turn.local(str(wish[0]["start"])) if len(wish) == 1 else None


def _service_option(turn: Turn, values: list[str]) -> tuple[int | None, Reading]:
    """The words that choose after a vague one: "homme" after "une coupe"."""
    names: dict[str, tuple[str, ...]] = {key: words for key, words in turn.business.vocabulary(turn.language).items() if key in values}
    for family in turn.business.families:
        for key, words in turn.business.family_answers(family, turn.language).items():
            if key in values:
                names[key] = (*names.get(key, ()), *words)
    reading = turn.read("service", names=names)
    return (values.index(reading.value) if reading.complete and reading.value in values else None), reading


def _same(left: list[dict[str, Any]], right: list[dict[str, Any]]) -> bool:
    return [window["start"] for window in left] == [window["start"] for window in right]
