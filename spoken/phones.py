"""Phone numbers as dictated, in one breath or in several, to E.164.

A number that the plan does not know is never complete: a missing digit is a prefix, a digit too many is nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from spoken.context import Context
from spoken.digit_paths import Path
from spoken.digits import Run, digit_runs
from spoken.phone_plans import can_receive_sms, complete_number, country_of, may_become_number, plan_order
from spoken.reading import NOTHING, Alternative, Reading, Status
from spoken.say_phone import say_phone

__all__ = ["can_receive_sms", "country_of", "read_phone"]

MIN_REPEATED: Final = 3
MAX_GAP: Final = 4
"""Words without meaning that may stand between two halves of one number."""
MAX_MEANINGS: Final = 40
"""How many meanings of a caller's corrections are tried."""
MAX_PIECES: Final = 24
MIN_BESIDE_OTHER_WORDS: Final = 4
"""Digits that a beginning of a number needs when other things are said with it."""


def read_phone(text: str, language: str, context: Context) -> Reading:
    """The number in an utterance. A prefix carries the digits heard so far, those of `context.digits` included."""
    runs = digit_runs(text, language)
    if not runs:
        return NOTHING
    order = plan_order(language, context)
    known = context.country is not None
    for heard in (runs, list(_joined(runs))):
        found = _complete(heard, order, known, context.digits, language)
        if found is not None:
            return found
    begun = _prefix([*_joined(runs), *runs], order, context.digits)
    if begun.status is Status.NOTHING:
        again = digit_runs(text, language, hesitant=True)
        whole = _complete(again, order, known, context.digits, language)
        return whole or _complete(list(_joined(again)), order, known, "", language) or begun
    return begun


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Neighbouring runs as one number: "zéro six douze … attendez … trente-quatre"."""
    group: list[Run] = []
    for run in runs:
        if group and run.first - group[-1].last > MAX_GAP:
            if len(group) > 1:
                yield _join(group)
            group = []
        group.append(run)
    if len(group) > 1:
        yield _join(group)


def _join(group: list[Run]) -> Run:
    pieces = tuple(piece for run in group for piece in run.paths[0].pieces)
    return Run((Path(pieces, 0),), (group[0].span[0], group[-1].span[1]), group[0].first, group[-1].last, False)


def _odd_pair(pieces: tuple[str, ...]) -> bool:
    """Said two by two with a single digit left over, which is where a digit is missing."""
    sizes = [len(piece) for piece in pieces]
    return sizes.count(2) >= 3 and sizes[-1] == 1


def _written(pieces: Iterable[str]) -> str:
    digits = "".join(pieces)
    return digits if "+" not in digits[1:] else digits[digits.rindex("+") :]


def _complete(runs: list[Run], order: tuple[str, ...], known: bool, before: str, language: str) -> Reading | None:
    found: dict[str, tuple[int, int]] = {}
    for run in runs:
        for value in _numbers_of(run, order, known, before):
            found.setdefault(value, run.span)
    if len(found) == 1:
        [(value, span)] = found.items()
        return Reading(Status.COMPLETE, value, span)
    if len(found) > 1:
        spans = list(found.values())
        alternatives = tuple(Alternative(value, say_phone(value, language)) for value in list(found)[:4])
        return Reading(Status.AMBIGUOUS, span=(min(span[0] for span in spans), max(span[1] for span in spans)), alternatives=alternatives)
    return None


def _numbers_of(run: Run, order: tuple[str, ...], known: bool, before: str) -> list[str]:
    """The numbers that a run can be: one by its natural cut, or by the only cuts that give a number."""
    found: list[tuple[int, bool, str]] = []
    twins: list[str] = []
    likely = min(path.unlikely for path in run.paths)
    for path in run.paths:
        value = _first_number(path, order, known, before)
        if value is not None:
            found.append((_leftovers(path.pieces), path.unlikely > likely, value))
            if not run.hyphens and len(path.pieces) == len(run.paths[0].pieces) and path.unlikely <= likely + 1:
                twins.append(value)
    best = min((leftovers, cut) for leftovers, cut, _ in found) if found else None
    values = list(dict.fromkeys(value for leftovers, cut, value in found if (leftovers, cut) == best))
    if best and not best[1] and values[0] in twins:
        return list(dict.fromkeys([values[0], *twins]))  # "soixante quatre vingt neuf": 64 29, or 60 89
    return values if best and best[1] else values[:1]


def _leftovers(pieces: tuple[str, ...]) -> int:
    """Digits said alone among pairs: "64 20 9" is a less likely cut than "60 89". Nothing where digits are said one by one."""
    sizes = [len(piece) for piece in pieces if piece[0] not in "!+"]
    return sum(1 for size in sizes[2:] if size == 1) if sizes.count(2) >= 3 else 0


def _first_number(path: Path, order: tuple[str, ...], known: bool, before: str) -> str | None:
    for pieces in islice(path.corrected(), MAX_MEANINGS):
        if len(pieces) > MAX_PIECES:
            continue
        digits = _written(pieces)
        odd = _odd_pair(pieces)
        value = _begun_again(pieces, order, known) if _repeats_its_start(pieces) else None
        if value is not None:
            return value
        value = None if before and not _stands_alone(digits, order) else complete_number(digits, order, in_pairs=odd, known_country=known)
        if value is None and before:
            value = complete_number(before + digits, order, known_country=known)
        if value is None:
            value = _begun_again(pieces, order, known)
        if value is not None:
            return value
    return None


def _stands_alone(digits: str, order: tuple[str, ...]) -> bool:
    """While more digits are awaited, only what begins like a number is a whole one."""
    return digits[0] in "0+" or (bool(order) and not complete_number("0" + digits, order[:1]) and len(digits) >= 9)


def _repeats_its_start(pieces: tuple[str, ...]) -> bool:
    """The first three digits or more, from the zero on, come once more: "null sechs sechs vier, null sechs sechs vier eins zwei"."""
    for start in range(2, len(pieces)):
        dropped = _written(pieces[:start])
        if len(dropped) >= MIN_REPEATED and dropped[0] in "0+" and _written(pieces[start:]).startswith(dropped):
            return True
    return False


def _begun_again(pieces: tuple[str, ...], order: tuple[str, ...], known: bool) -> str | None:
    """A caller who starts over without a word of correction: "zéro six douze… zéro six douze trente-quatre…"."""
    for start in range(1, len(pieces)):
        dropped, rest = _written(pieces[:start]), _written(pieces[start:])
        repeated = len(dropped) >= 1 and rest.startswith(dropped)
        other_number = len(dropped) <= 2 and dropped[0] not in "0+" and rest[0] in "0+"
        starts = rest[0] in "0+" or (repeated and len(dropped) >= MIN_REPEATED)
        if (repeated or other_number) and starts and (value := complete_number(rest, order, known_country=known)):
            return value
    return None


def _prefix(runs: list[Run], order: tuple[str, ...], before: str) -> Reading:
    """The longest beginning of a number in the utterance, behind the digits heard before or standing alone."""
    best: tuple[int, str, tuple[int, int]] | None = None
    for run in runs:
        digits = _written(next(run.paths[0].corrected()))
        alone = len(digits.strip("+"))
        if not run.whole and alone < MIN_BESIDE_OTHER_WORDS and not (digits[0] in "0+" and alone >= 2):
            continue
        for value in ([before + digits] if before else []) + [digits]:
            if may_become_number(value, order):
                if best is None or alone > best[0]:
                    best = (alone, value, run.span)
                break
    if best is None:
        return NOTHING
    return Reading(Status.PREFIX, best[1], best[2])
