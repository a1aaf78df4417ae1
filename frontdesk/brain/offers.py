"""Picking from a list: times on offer, appointments, meanings of something ambiguous."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from frontdesk.brain.contact import says_no, says_yes
from frontdesk.brain.times import read_shift, read_wish
from frontdesk.brain.turn import Turn
from frontdesk.brain.wishes import contains, windows_of
from frontdesk.brain.wishes_over_offers import settle_wish
from spoken import Alternative, Choice, Reading, Status

__all__ = ["read_appointment", "read_options", "read_second_pick", "read_slot"]


def _choices(turn: Turn, items: Sequence[Mapping[str, Any]]) -> tuple[Choice, ...]:
    """What is on offer, with the words a caller may pick it by."""
    found: list[Choice] = []
    for item in items:
        words: list[str] = []
        if item.get("service") in turn.business.services:
            words.append(turn.business.service_name(str(item["service"]), turn.language))
        if item.get("staff") in turn.business.staff:
            words.append(turn.business.staff_name(str(item["staff"])))
        found.append(Choice(" ".join(words), turn.local(str(item["start"]))))
    return tuple(found)


def _pick(turn: Turn, items: Sequence[Mapping[str, Any]]) -> tuple[int | None, Reading]:
    """The one that is meant: by position or content, or by a time that only one of them has."""
    if (other := _the_other(turn, items)) is not None:
        return other, turn.read("number", "")
    reading = turn.read("choice", _without_pointing(turn), choices=_choices(turn, items))
    if not reading.complete:
        reading = _after_second_thought(turn, items) or reading
    if reading.complete and isinstance(reading.value, int) and not _mere_article(turn, reading) and not _asks_for_more(turn):
        return reading.value, reading
    days = {str(item["start"])[:10] for item in items}
    when = turn.read("datetime", _without_pointing(turn), day=dt.date.fromisoformat(days.pop()) if len(days) == 1 else None, trusting=True)
    if when.status is Status.PREFIX and when.value is not None:  # "celui du seize"
        when = Reading(Status.COMPLETE, when.value, when.span, when.alternatives, when.mentions)
    if when.complete and when.mentions == {"time"}:
        clock = {str(window["start"])[11:16] for window in windows_of(when.value)}
        fitting = [index for index, item in enumerate(items) if str(item["start"])[11:16] in clock]
        if len(fitting) == 1:
            return fitting[0], when
        if len(fitting) > 1:  # eleven on Tuesday, or eleven on Thursday
            fact = "slot" if turn.view.asks == "slot" else "appointment"
            turn.found.doubt(fact, when.span, _said(turn, [items[index] for index in fitting], fact))
            return None, when
    if when.complete and when.mentions:
        fitting = [index for index, item in enumerate(items) if contains(windows_of(when.value), str(item["start"]))]
        if len(fitting) == 1 and ("time" in when.mentions or not _narrows(turn, items)):
            return fitting[0], when
    if when.alternatives:
        fitting = [i for i, item in enumerate(items) if any(contains(windows_of(a.value), str(item["start"])) for a in when.alternatives)]
        if len(fitting) == 1:
            return fitting[0], when
    return None, reading


def _mere_article(turn: Turn, reading: Reading) -> bool:
    """ "Eine Balayage" picks nothing: the word for one, with more said than that."""
    if reading.span is None or len(turn.heard) <= 2:
        return False
    words = turn.heard.at(reading.span)
    return " " not in words and not words.isdigit() and turn.read("number", words).value == 1


def _plain_no(turn: Turn) -> bool:
    """A no that is short enough to be one; to the question with whom it would mean "nobody in particular"."""
    return len(turn.heard) <= 2 and says_no(turn) and turn.read("yes_no").span == _all(turn)


def _all(turn: Turn) -> tuple[int, int]:
    return turn.heard.tokens[0].start, turn.heard.tokens[-1].end


def _without_pointing(turn: Turn) -> str:
    """The utterance without the "one" of "the one at eleven", which is no number."""
    spans = [turn.span_of(match) for match in turn.matches if match.key == ("values", "pick", "pointing")]
    tokens = [token for token in turn.heard.tokens if any(start <= token.start and token.end <= end for start, end in spans)]
    return turn.heard.without((token.start, token.end) for token in tokens if token.is_word and turn.read("number", token.raw).value == 1)


def _the_other(turn: Turn, items: Sequence[Mapping[str, Any]]) -> int | None:
    """ "Not the nine o'clock, the other one", where there are two."""
    match = turn.heard_phrase("values", "pick", "other")
    if match is None or len(items) != 2:
        return None
    before = turn.heard.without([turn.span_of(match)])
    day = dt.date.fromisoformat(str(items[0]["start"])[:10])
    when = turn.read("datetime", before, day=day, trusting=True)
    clock = {window["start"][11:16] for window in windows_of(when.value)} if when.mentions == {"time"} else set()
    fitting = [index for index, item in enumerate(items) if str(item["start"])[11:16] in clock]
    choice = turn.read("choice", before, choices=_choices(turn, items))
    if not fitting and choice.complete and isinstance(choice.value, int):
        fitting = [choice.value]
    return 1 - fitting[0] if len(fitting) == 1 else None


def _after_second_thought(turn: Turn, items: Sequence[Mapping[str, Any]]) -> Reading | None:
    """What is said after the last "no": "le deuxième, non, le premier"."""
    match = next((match for match in reversed(turn.matches) if match.key[:2] == ("values", "retake")), None)
    if match is None:
        return None
    after = (turn.span_of(match)[1], len(turn.heard.text))
    reading = turn.read("choice", turn.heard.only(after), choices=_choices(turn, items))
    return reading if reading.complete and isinstance(reading.value, int) else None


def _by_person(turn: Turn, offers: Sequence[Mapping[str, Any]], other: Reading) -> tuple[int | None, Reading]:
    """ "The one with Léa"; "rather with Léa" is a wish of its own."""
    if not turn.heard_phrase("values", "pick"):
        return None, other
    reading = turn.read("staff", names=turn.business.staff_vocabulary(turn.language))
    fitting = [index for index, offer in enumerate(offers) if reading.complete and offer.get("staff") == reading.value]
    return (fitting[0] if len(fitting) == 1 else None), reading


def _any_of_them(turn: Turn) -> bool:
    """Whether every time on offer suits the caller; then it is the first one, which is read back before it is booked."""
    any_one = turn.heard_phrase("values", "slot", "any")
    if len(turn.heard) > 4 and turn.read("datetime").mentions and not (any_one and any_one.whole):  # "which one" is no hour
        return False
    if any_one:
        return not says_no(turn)
    match = turn.heard_phrase("values", "staff", "any")
    return match is not None and (match.length * 2 > len(turn.heard.plain) or not says_no(turn)) and not _plain_no(turn)


def _narrows(turn: Turn, items: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a day or a part of the day said now is a new wish rather than a pick: "plutôt l'après-midi"."""
    return _asks_for_more(turn) or turn.heard_phrase("values", "correction") is not None or (len(items) == 1 and not says_yes(turn))


def _asks_for_more(turn: Turn) -> bool:
    """ "Have you nothing in the afternoon?", which picks none of those on offer."""
    if not turn.heard_phrase("intents", "book"):
        return False
    said = turn.read("datetime").mentions
    return bool(said) and "time" not in said


def read_slot(turn: Turn) -> None:
    """An answer to times on offer: one of them, none of them, or another wish."""
    offers = turn.view.offers
    if turn.found.has("asks_repeat") and offers and _tells_one_by_what_we_said(turn, offers):
        turn.found.drop("asks_repeat")
    if turn.found.questions or any(turn.found.has(act) for act in ("wants_human", "asks_repeat", "never_mind")):
        return
    shifts = turn.heard_phrase("values", "shift") is not None and not turn.heard_phrase("values", "pick")
    if not shifts and any(match.whole and match.key == ("acts", "refuses_offers") for match in turn.matches):
        turn.found.act("refuses_offers")  # "ninguna de las dos" is no hour
        turn.heard.take(_all(turn))
        return
    if offers and not shifts and not turn.heard_phrase("acts", "refuses_offers"):
        index, reading = _pick(turn, offers)
        if "slot" in turn.found.doubts:
            return
        if index is None:
            index, reading = _by_person(turn, offers, reading)
        if index is None and _any_of_them(turn):
            index, reading = 0, turn.read("number", "")
        if index is not None:
            turn.found.fact("slot", str(offers[index]["start"])[:16], reading.span)
            return
        index = _leading_hour(turn, offers) if index is None else index
        if index is not None:
            turn.found.fact("slot", str(offers[index]["start"])[:16], None)
            return
        if says_yes(turn) or turn.heard_phrase("values", "agreed", "yes"):
            if len(offers) == 1:
                turn.found.fact("slot", str(offers[0]["start"])[:16], turn.read("yes_no").span)
                return
            read_wish(turn, "when")
            if "when" not in turn.found.facts:
                names = _said(turn, offers, "slot")
                turn.found.doubt("slot", turn.read("yes_no").span, names)
            return
    read_shift(turn)
    read_wish(turn, "when")
    settle_wish(turn)
    if "slot" in turn.found.facts:
        return
    if "when" in turn.found.facts or "when" in turn.found.doubts:
        return
    if says_no(turn) or turn.heard_phrase("acts", "refuses_offers"):
        turn.found.act("refuses_offers")


def _tells_one_by_what_we_said(turn: Turn, offers: Sequence[Mapping[str, Any]]) -> bool:
    """ "La última que ha dicho" picks the last one; "what did you say?" has the same words, and picks none."""
    reading = turn.read("choice", turn.heard.text, choices=_choices(turn, offers))
    if not reading.complete or not isinstance(reading.value, int) or reading.span is None:
        return False
    first, last = reading.span
    said = (turn.span_of(match) for match in turn.matches if match.key == ("acts", "asks_repeat"))
    return all(first < start and end <= last for start, end in said)


def read_second_pick(turn: Turn) -> None:
    """ "Actually, the first one", said after another was picked: a wish for the time that was on offer."""
    offers, slot = turn.view.earlier_offers, turn.known("slot")
    cued = any(turn.heard_phrase("values", cue) for cue in ("correction", "lead", "retake"))
    if len(offers) < 2 or not cued or turn.found.questions or "when" in turn.found.facts:
        return
    index, reading = _pick(turn, offers)
    if index is None or reading.mentions or str(offers[index]["start"])[:16] == slot:
        return  # an hour or a day is a wish as it stands
    window = {"start": str(offers[index]["start"])[:16], "end": None, "grain": "minute", "from": False, "until": False}
    turn.found.fact("when", [window], reading.span)


def _leading_hour(turn: Turn, offers: Sequence[Mapping[str, Any]]) -> int | None:
    """ "Three's good": a bare hour at the beginning that only one time on offer has."""
    first = turn.heard.tokens[0]
    reading = turn.read("datetime", turn.heard.only((first.start, first.end)), day=dt.date.fromisoformat(str(offers[0]["start"])[:10]))
    if not reading.complete or reading.mentions != {"time"}:
        return None
    clock = {str(window["start"])[11:16] for window in windows_of(reading.value)}
    fitting = [index for index, offer in enumerate(offers) if str(offer["start"])[11:16] in clock]
    return fitting[0] if len(fitting) == 1 else None


def _said(turn: Turn, items: Sequence[Mapping[str, Any]], fact: str) -> tuple[Alternative, ...]:
    """Things to pick from with the words to say them by: the hour, and the day where they are on several."""
    from spoken.say_when import say_time, say_window

    several = len({str(item["start"])[:10] for item in items}) > 1
    found: list[Alternative] = []
    for item in items:
        start = str(item["start"])[:16]
        window = {"start": start, "end": None, "grain": "minute", "from": False, "until": False}
        hour = dt.time.fromisoformat(start[11:16])
        words = say_window(window, turn.language, turn.now) if several else say_time(hour, turn.language)
        found.append(Alternative(start if fact == "slot" else item["id"], words))
    return tuple(found)


def read_appointment(turn: Turn) -> None:
    """Which of the appointments that were found is meant."""
    found = turn.view.appointments
    if not found or turn.found.questions:
        return
    which = turn.found.facts.get("which")
    if which is not None:
        fitting = [index for index, item in enumerate(found) if contains(which.value, str(item["start"]))]
        if len(fitting) == 1:
            turn.found.fact("appointment", found[fitting[0]]["id"], turn.span_of_words(which.words))
            return
    index, reading = _pick(turn, found)
    if "appointment" in turn.found.doubts:
        return
    if index is None and (match := turn.heard_phrase("values", "appointment", "all")) is not None:
        turn.found.act("wants_several")
        turn.heard.take(turn.span_of(match))
        return
    if index is None:
        index, reading = _by_service(turn, found)
    if index is None:
        index, reading = _by_person(turn, found, reading)
    if index is None and (match := turn.heard_phrase("values", "pick", "next")) is not None:
        index = min(range(len(found)), key=lambda place: str(found[place]["start"]))
        reading = Reading(Status.COMPLETE, index, turn.span_of(match))
    if index is None and len(found) == 1 and says_yes(turn):
        index, reading = 0, turn.read("yes_no")
    if index is not None:
        turn.found.fact("appointment", found[index]["id"], reading.span)
    elif says_no(turn) or turn.heard_phrase("acts", "refuses_offers"):
        turn.found.act("refuses_offers")


def _by_service(turn: Turn, found: Sequence[Mapping[str, Any]]) -> tuple[int | None, Reading]:
    reading = turn.read("service", names=turn.business.vocabulary(turn.language))
    values = [reading.value] if reading.complete else [item.value for item in reading.alternatives]
    fitting = [index for index, item in enumerate(found) if item.get("service") in values]
    return (fitting[0] if len(fitting) == 1 else None), reading


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
    if index is None and reading.complete and isinstance(reading.value, int) and not _mere_article(turn, reading):
        index = reading.value
    elif index is None and asks in {"when", "which"}:
        when = turn.read("datetime")
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
