"""Which of several offers a position names: "the second", "the last", "the fourth" of the month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spoken.choosing.cues import REACH, Cue, Said, chosen, one_of, several
from spoken.choosing.phrases import choice_book
from spoken.choosing.times import windows_of
from spoken.choosing.windows import TIME_WORDS, fitting, heard
from spoken.lexicon import phrases
from spoken.normalise import fold_words
from spoken.reading import NOTHING, Reading, Status
from spoken.word_likeness import STEM, likeness_of

__all__ = ["beside_another", "by_position", "placed_at"]

CLOSE: Final = 2
"""Words between "the second one" and the day that it is counted on."""
PART: Final = frozenset({"part"})
OF_A_DAY: Final = (frozenset({"day"}), PART)
"""What a position may be counted within: a day, or a part of the day."""
MAX_BETWEEN: Final = 6
"""Words between two positions of which the second takes the place of the first."""


def by_position(said: Said, cues: Sequence[Cue]) -> Reading | None:
    """The offer at the position that was said; NOTHING for one that there is not; None when none was said."""
    choices = said.choices
    count = len(choices)
    wanted: dict[int, tuple[int, int]] = {}
    refused: set[int] = set()
    beyond = False
    places: list[tuple[int, int, int]] = []
    for cue in cues:
        if cue.kind in ("first_two", "last_two") and count > 2:
            pair = range(2) if cue.kind == "first_two" else range(count - 2, count)
            if _is_refused(said, cues, cue):
                refused.update(pair)
            else:
                wanted.update(dict.fromkeys(pair, said.span(cue.start, cue.end)))
        at = {"position": cue.position - 1, "last": count - 1, "second_last": count - 2, "middle": count // 2}.get(cue.kind)
        if at is None or (cue.kind == "middle" and (count % 2 == 0 or _of_the_day(said, cue.start, cue.end, (PART,)))):
            continue  # "in the middle of the afternoon"
        if cue.kind == "position" and _is_of_a_date(said, cue):
            continue  # "Wednesday the first of July"
        places.append((at, cue.start, cue.end))
        if not 0 <= at < count:
            beyond = True
            continue
        behind = said.data.negators.at(said.words, cue.end) if cue.end < len(said.words) else None
        if said.negated(cue.start) or (behind is not None and behind[1] == len(said.words) and count > 1):
            refused.add(at)
        else:
            wanted[at] = said.span(cue.start, cue.end)
    for index in refused:
        wanted.pop(index, None)
    if len(places) > 1 and 0 <= places[-1][0] < count and (taken_back := _taken_back(said, places)) is not None:
        there = [at for at, _, _ in places if 0 <= at < count]
        return chosen(places[-1][0], said.span(*places[-1][1:])) if taken_back else several(there, choices, None)
    if len(wanted) == 1:
        [(index, span)] = wanted.items()
        dated = _dated(said, cues)
        if dated and index not in dated:
            return several(sorted({index, *dated}), choices, span)  # "the second", of the second and the third of March
        if (at_an_hour := _at_its_hour(said, cues)) is not None and at_an_hour != index:
            return chosen(at_an_hour, span)
        counted = _on_its_day(said, cues, index)
        return NOTHING if counted is None else chosen(counted, span)
    if len(wanted) > 1:
        return several(sorted(wanted), choices, None)
    if refused:
        rest = [index for index in range(count) if index not in refused]
        return several(rest, choices, None) if rest else None
    if not beyond:
        return None
    day = _by_day_of_month(said, cues) or NOTHING
    return None if day.status is Status.AMBIGUOUS else day  # "the sixth in the morning": the reader of times says which


def _at_its_hour(said: Said, cues: Sequence[Cue]) -> int | None:
    """The only offer at the hour that is said beside a position: of "the second sitting, quarter past nine" something else is counted."""
    places = [(cue.start, cue.end) for cue in cues if cue.kind in ("position", "last")]
    if not said.timed() or len(places) != 1 or said.negations():
        return None
    rest = said.without(places)
    reading = heard(rest, said)
    told = reading.mentions & TIME_WORDS
    if not reading.complete or "time" not in told:
        return None
    fits = fitting(list(windows_of(reading)), said.starts(), told, rest, said)
    return fits[0] if len(fits) == 1 else None


def _is_of_a_date(said: Said, cue: Cue) -> bool:
    """Whether a position is a day of the month in a date whose month is said behind it."""
    if not said.timed() or cue.end == len(said.words):
        return False
    behind = said.tokens[cue.end : cue.end + CLOSE]
    month = heard(said.text[behind[0].start : behind[-1].end], said)
    if [window["grain"] for window in windows_of(month)] != ["month"]:
        return False  # "the first on Wednesday"
    days = {int(str(window["start"])[8:10]) for window in windows_of(heard(said.text, said))}
    return days == {cue.position}


def beside_another(said: Said, cues: Sequence[Cue]) -> Reading | None:
    """ "The one after the first", "celui d'avant le dernier": the neighbour of a position; NOTHING where there is none."""
    for step, start, end in said.data.neighbours.find(said.words):
        cue = next((cue for cue in cues if end <= cue.start <= end + 1 and cue.kind in ("position", "last")), None)
        if cue is not None:
            at = (len(said.choices) if cue.kind == "last" else cue.position) - 1 + step
            return chosen(at, said.span(start, cue.end)) if 0 <= at < len(said.choices) else NOTHING
    return None


def placed_at(cues: Sequence[Cue]) -> bool:
    """Whether a position stands among the cues."""
    return any(cue.kind in ("position", "last", "second_last", "middle") for cue in cues)


def _is_refused(said: Said, cues: Sequence[Cue], pair: Cue) -> bool:
    """ "The first two are no good"."""
    behind = any(other.kind in ("refused", "none") and 0 <= other.start - pair.end <= REACH for other in cues)
    negated = any(0 <= start - pair.end <= REACH for _, start, _ in said.data.negators.find(said.words))
    return behind or negated or said.negated(pair.start)


def _on_its_day(said: Said, cues: Sequence[Cue], index: int) -> int | None:
    """ "The second one on Tuesday", "the last of the morning": counted among those; None where none of that day is on offer."""
    places = [cue for cue in cues if cue.kind == "last" or (cue.kind == "position" and cue.position - 1 == index)]
    among = _of_the_day(said, places[0].start, places[0].end) if len(places) == 1 else None
    if among is None:
        return index
    nth = -1 if places[0].kind == "last" else index
    return among[nth] if -len(among) <= nth < len(among) < len(said.starts()) else index if among else None


def _of_the_day(said: Said, first: int, last: int, counted: Sequence[frozenset[str]] = OF_A_DAY) -> list[int] | None:
    """The offers of the day or part of it that is named right beside the position at `first:last`; None where none is named there.

    Behind it ("the second one on Tuesday") or before it ("Friday the second one").
    """
    if not said.timed():
        return None
    named = False
    behind, before = range(last, len(said.words)), range(first - 1, -1, -1)
    for places, text in ((behind, said.text[said.tokens[last - 1].end :]), (before, said.before(first))):
        reading = heard(text, said)
        begin = 0 if places is before else said.tokens[last - 1].end
        if reading.span is None or (told := reading.mentions & TIME_WORDS) not in counted:
            continue
        bounds = [bound + begin for bound in reading.span]
        between = [at for at in places if not bounds[0] <= said.tokens[at].start < bounds[1]]
        if sum(1 for at in between if (said.tokens[at].end <= bounds[0]) == (places is behind)) > CLOSE:
            continue
        named = named or told == {"day"}
        if fits := fitting(list(windows_of(reading)), said.starts(), told, text, said):
            return fits
    return [] if named else None


def _dated(said: Said, cues: Sequence[Cue]) -> list[int]:
    """The offers that the only position is the day of the month of, where it stands in their words."""
    days = [cue for cue in cues if cue.kind == "position"]
    if len(days) != 1 or any(start < days[0].end and days[0].start < end for _, start, end in _undated(said)):
        return []
    told = said.words[days[0].end - 1]
    return [
        index
        for index, start in enumerate(said.starts())
        if start and start.day == days[0].position and _calls(said, index, told, start.day)
    ]


def _undated(said: Said) -> Sequence[tuple[bool, int, int]]:
    """Positions that are no day of the month in this language: "le deuxième", "das zweite", "the second one"."""
    return choice_book(said.language, "undated").find(said.words)


def _calls(said: Said, index: int, told: str, day: int) -> bool:
    """Whether an offer has the word, or an ending of it: "der zweite", of "Dienstag, dem zweiten"; "el primero", of "uno de julio"."""
    words = fold_words(said.choices[index].say)
    return any(likeness_of(told, word, said.language) >= STEM or word == str(day) for word in words) or (
        day == 1 and any(True for _ in said.data.firsts.find(words))
    )


def _by_day_of_month(said: Said, cues: Sequence[Cue]) -> Reading | None:
    """ "The fourth", when there are only two: the one on the fourth of the month."""
    days = [cue for cue in cues if cue.kind == "position"]
    if len(days) != 1 or said.negated(days[0].start):
        return None
    fits = [index for index, start in enumerate(said.starts()) if start and start.day == days[0].position]
    if not fits:
        return None
    span = said.span(days[0].start, days[0].end)
    return one_of(fits, said.choices, span)


def _taken_back(said: Said, places: Sequence[tuple[int, int, int]]) -> bool | None:
    """Whether "no" between the last two positions takes the first of them back; False when it may as well refuse the second."""
    _, _, end = places[-2]
    _, start, _ = places[-1]
    between = said.words[end:start]
    if not between or start - end > MAX_BETWEEN:
        return None
    refuses = {word for phrase in phrases(said.language, "digits", "corrections") for word in fold_words(phrase)}
    mended = set(range(end, start)) & {at for _, first, last in said.data.instead.find(said.words) for at in range(first, last)}
    if not any(said.words[at] in refuses for at in range(end, start)):
        return None  # "the first, or rather early, the second" takes nothing back
    if not all(at in mended or said.words[at] in refuses for at in range(end, start)):
        return None
    return said.data.negators.at(said.words, start - 1) is None  # "no sorry the second", but "no not the second"
