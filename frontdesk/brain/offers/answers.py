"""An answer to times on offer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from frontdesk.brain.callers.contact import says_no, says_yes
from frontdesk.brain.offers.hours_turned_down import read_hour_turned_down
from frontdesk.brain.offers.picking import alternatives_of, choices_of, pick, pick_by_person
from frontdesk.brain.questions.beside_a_choice import leave_the_question_out
from frontdesk.brain.times import read_shift, read_wish
from frontdesk.brain.utterance.turn import Turn
from frontdesk.brain.wishes.over_offers import settle_wish
from frontdesk.brain.wishes.windows import at_exactly, contains, windows_of

__all__ = ["read_second_pick", "read_slot"]

_INSTEAD: Final = (("correction",), ("lead",), ("retake",), ("question", "follow_up"))
"""Words beside a day that is wished instead of those on offer: "rather", "then I'll take", "and how about"."""


def _plain_no(turn: Turn) -> bool:
    """A no that is short enough to be one; to the question with whom it would mean "nobody in particular"."""
    return len(turn.heard) <= 2 and says_no(turn) and turn.read("yes_no").span == _all(turn)


def _all(turn: Turn) -> tuple[int, int]:
    return turn.heard.tokens[0].start, turn.heard.tokens[-1].end


def _any_of_them(turn: Turn) -> bool:
    """Whether every time on offer suits the caller; then it is the first one, which is read back before it is booked."""
    any_one = turn.heard_phrase("values", "slot", "any")
    if len(turn.heard) > 4 and turn.read("datetime").mentions and not (any_one and any_one.whole):  # "which one" is no hour
        return False
    if any_one:
        return not says_no(turn)
    match = turn.heard_phrase("values", "staff", "any")
    return match is not None and (match.length * 2 > len(turn.heard.plain) or not says_no(turn)) and not _plain_no(turn)


def read_slot(turn: Turn) -> None:
    """An answer to times on offer: one of them, none of them, or another wish."""
    offers = turn.view.offers
    if _is_elsewhere(turn, offers) or not leave_the_question_out(turn, choices_of(turn, offers)) or read_hour_turned_down(turn, offers):
        return
    _leave_out_what_was_taken_back(turn, offers)
    shifts = (turn.heard_phrase("values", "shift") is not None or _another_part(turn)) and not turn.heard_phrase("values", "pick")
    if not shifts and any(match.whole and match.key == ("acts", "refuses_offers") for match in turn.matches):
        turn.found.act("refuses_offers")  # "ninguna de las dos" is no hour
        turn.heard.take(_all(turn))
        return
    if offers and not shifts and not turn.heard_phrase("acts", "refuses_offers"):
        index, reading = pick(turn, offers)
        if "slot" in turn.found.doubts:
            return
        if index is None:
            index, reading = pick_by_person(turn, offers, reading)
        left = len(reading.alternatives)
        if index is None and not 0 < left < len(offers) and _any_of_them(turn):  # "Not Wednesday either" leaves the others
            index, reading = 0, turn.read("number", "")
        if index is not None:
            turn.found.fact("slot", str(offers[index]["start"])[:16], reading.span)
            return
        index = _pointed_at(turn, offers)
        if index is not None:
            turn.found.fact("slot", str(offers[index]["start"])[:16], None)
            return
        if (says_yes(turn) or turn.heard_phrase("values", "agreed", "yes")) and not _another_day_after_all(turn, offers):
            if len(offers) == 1:
                turn.found.fact("slot", str(offers[0]["start"])[:16], turn.read("yes_no").span)
                return
            read_wish(turn, "when")
            if "when" not in turn.found.facts and turn.view.mode != "options":
                names = alternatives_of(turn, offers, "slot")
                turn.found.doubt("slot", turn.read("yes_no").span, names)
            return
    _take_refusal(turn, turns_down=shifts)
    read_shift(turn)
    read_wish(turn, "when")
    settle_wish(turn)
    if "slot" in turn.found.facts:
        return
    if "when" in turn.found.facts or "when" in turn.found.doubts:
        return
    if says_no(turn) or turn.heard_phrase("acts", "refuses_offers") or _none_of_them(turn, offers):
        turn.found.act("refuses_offers")


def _another_day_after_all(turn: Turn, offers: Sequence[Mapping[str, Any]]) -> bool:
    """ "Na gut, dann doch den Donnerstag" begins like a yes, and takes no Saturday; nor does "und wie ist es am Freitag"."""
    if not any(turn.heard_phrase("values", *cue) is not None for cue in _INSTEAD):
        return False
    reading = turn.read("datetime")
    if "day" not in reading.mentions:
        return False
    meant = [reading.value] if reading.value is not None else [item.value for item in reading.alternatives]
    return bool(meant) and not any(contains(windows_of(value), str(offer["start"])) for value in meant for offer in offers)


def _none_of_them(turn: Turn, offers: Sequence[Mapping[str, Any]]) -> bool:
    """ "I'm away that whole week": nothing of it is a no, and none of the times on offer is meant."""
    reading = turn.read("choice", choices=choices_of(turn, offers)) if offers else None
    return reading is not None and reading.complete and reading.value is None


def _is_elsewhere(turn: Turn, offers: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all that was said is settled without looking at the times on offer."""
    if turn.found.has("asks_repeat") and offers and _tells_one_by_what_we_said(turn, offers):
        turn.found.drop("asks_repeat")
    if offers and (_suits_nothing(turn) or _thinks_it_over(turn)):
        return True
    return any(turn.found.has(act) for act in ("wants_human", "asks_repeat", "never_mind"))


def _suits_nothing(turn: Turn) -> bool:
    """ "No, nothing", said to times on offer, refuses them; anywhere else it ends a call."""
    match = turn.heard_phrase("values", "slot", "nothing")
    if match is None or not match.whole:
        return False
    turn.found.drop("goodbye", "never_mind")
    turn.found.act("refuses_offers")
    turn.heard.take(_all(turn))
    return True


def _thinks_it_over(turn: Turn) -> bool:
    """ "Actually no, hang on, I'll ask my husband": the no is for what they were about to say, and refuses nothing yet."""
    if not turn.found.has("hold_on") or not (says_no(turn) or turn.found.has("never_mind")) or turn.heard_phrase("acts", "refuses_offers"):
        return False
    picked = turn.read("choice", choices=choices_of(turn, turn.view.offers))
    if turn.read("datetime").mentions or (picked.complete and picked.value is not None):
        return False
    turn.found.drop("never_mind")
    turn.heard.take(_all(turn))
    return True


def _leave_out_what_was_taken_back(turn: Turn, offers: Sequence[Mapping[str, Any]]) -> None:
    """ "Three, oh no, she has piano at three, make it four": nothing before the last word on it is meant."""
    back = turn.heard_phrase("values", "retake") if offers else None
    if back is None or "time" not in turn.read("datetime", turn.heard.only((0, turn.span_of(back)[0]))).mentions:
        return
    cues = {("values", "correction"), ("values", "lead")}
    ends = [turn.span_of(match)[1] for match in turn.matches if match.key[:2] in cues and match.plain[1] > back.plain[1]]
    if not ends:
        return
    behind = turn.heard.only((max(ends), len(turn.heard.text)))
    reading = turn.read("datetime", behind, day=dt.date.fromisoformat(str(offers[0]["start"])[:10]))
    if reading.complete and "time" in reading.mentions:
        turn.heard.take((0, max(ends)))


def _another_part(turn: Turn) -> bool:
    """ "No, some time in the afternoon": another part of the day instead of what is on offer, also where one of those lies in it."""
    when = turn.read("datetime")
    if when.span is None or "part" not in when.mentions or "time" in when.mentions:
        return False
    answer = turn.read("yes_no", turn.heard.without([when.span]))
    return answer.complete and answer.value is False


def _take_refusal(turn: Turn, *, turns_down: bool) -> None:
    """ "Not that early, in the afternoon": what comes before the last comma refuses, and what comes behind it is no part of the refusal."""
    comma = turn.heard.text.rfind(",")
    after = turn.heard.only((comma, len(turn.heard.text)))
    if not turns_down or comma < 0 or not {"part", "day", "time"} & turn.read("datetime", after).mentions:
        return
    shifted = any(match.key[:2] == ("values", "shift") and turn.span_of(match)[1] <= comma for match in turn.matches)
    before = turn.heard.only((0, comma))
    answer = turn.read("yes_no", before)
    if shifted or (answer.complete and answer.value is False and not turn.read("datetime", before).mentions):
        turn.heard.take((0, comma))


def _tells_one_by_what_we_said(turn: Turn, offers: Sequence[Mapping[str, Any]]) -> bool:
    """ "La última que ha dicho" picks the last one; "what did you say?" has the same words, and picks none."""
    reading = turn.read("choice", turn.heard.text, choices=choices_of(turn, offers))
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
    index, reading = pick(turn, offers)
    if index is None or reading.mentions or str(offers[index]["start"])[:16] == slot:
        return  # an hour or a day is a wish as it stands
    turn.found.fact("when", [at_exactly(str(offers[index]["start"]))], reading.span)


def _pointed_at(turn: Turn, offers: Sequence[Mapping[str, Any]]) -> int | None:
    """ "The later one" of three: the last, which is read back before it is booked, and no wish for later times; or a bare hour."""
    if turn.heard_phrase("values", "pick", "one") is not None and not turn.read("datetime").mentions:
        starts = [str(offer["start"]) for offer in offers]
        for direction, end in (("later", max(starts)), ("earlier", min(starts))):
            if turn.heard_phrase("values", "shift", direction) is not None:
                return starts.index(end)
    return _leading_hour(turn, offers)


def _leading_hour(turn: Turn, offers: Sequence[Mapping[str, Any]]) -> int | None:
    """ "Three's good": a bare hour at the beginning that only one time on offer has."""
    first = turn.heard.tokens[0]
    reading = turn.read("datetime", turn.heard.only((first.start, first.end)), day=dt.date.fromisoformat(str(offers[0]["start"])[:10]))
    if not reading.complete or reading.mentions != {"time"}:
        return None
    clock = {str(window["start"])[11:16] for window in windows_of(reading.value)}
    fitting = [index for index, offer in enumerate(offers) if str(offer["start"])[11:16] in clock]
    return fitting[0] if len(fitting) == 1 else None
