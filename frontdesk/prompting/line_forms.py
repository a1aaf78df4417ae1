"""What each wording of a line shows, and each form of it: a value that only one of them lacks is lost to whoever hears that one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import TYPE_CHECKING, Final

from frontdesk.prompting.placeholder_names import LISTS, SAME_THING

if TYPE_CHECKING:
    from frontdesk.prompting.lines import Line, Wording
    from frontdesk.prompting.template import Template

__all__ = ["Lost", "all_alike", "lost_in_forms", "lost_since", "uneven_forms"]

Lost = tuple["Line", "Wording", "Line", frozenset[str]]
"""A line, its wording that lacks something, a line of another language that shows it, and what is lacking."""
_MOST: Final = 5
"""Wordings that are compared in every order; of more, each with its like."""
_Pair = tuple["Wording", frozenset[str]]


def all_alike(there: Sequence[Line]) -> bool:
    """Whether every text of a line shows the same in every language, so that nothing can be lost: true of most, and soon seen."""
    return len({_shown(template) for line in there for wording in line.wordings for template in wording.templates}) == 1


def uneven_forms(there: Sequence[Line]) -> Iterator[tuple[Line, Wording, frozenset[str]]]:
    """Of each language the first wording that names the things in its text for one of them and not in that for several, or the other
    way round, where no other language has one like it ("Is it {offers}?", "The first or the second?")."""
    if len(there) == 1:  # with nothing to compare it to, it is meant so
        return
    found = [[(wording, lost) for wording in line.wordings if (lost := _uneven(wording))] for line in there]
    for line, own in zip(there, found, strict=True):
        elsewhere = [lost for other in found if other is not own for _, lost in other]
        alone = next(((wording, lost) for wording, lost in own if lost not in elsewhere), None)
        if alone is not None:
            yield line, *alone


def _uneven(wording: Wording) -> frozenset[str]:
    shown = [_shown(template).intersection(LISTS) for template in wording.templates]
    return shown[0] ^ shown[-1]


def lost_in_forms(there: Sequence[Line]) -> Iterator[Lost]:
    """Of a line in several languages, each that shows less somewhere than at least half of the others do, with the first such place.

    Wordings may stand in any order, and there may be more or fewer of them. What is shipped loses nothing by an owner's own saying more.
    """
    for line in there:
        others = [other for other in there if other is not line]
        if not line.own and any(other.own for other in others):
            continue
        lacking = [(other, lost) for other in others if (lost := _lost(line.wordings, other.wordings))]
        if lacking and 2 * len(lacking) >= len(others):
            other, (wording, values) = lacking[0]
            yield line, wording, other, values


def lost_since(was: Sequence[Wording], now: Sequence[Wording]) -> tuple[Wording, frozenset[str]] | None:
    """The first wording of a line that no longer shows what it, or its text for one thing or for several, showed before."""
    before = {lost for wording in was if (lost := _uneven(wording))}
    uneven = ((wording, lost) for wording in now if (lost := _uneven(wording)) and lost not in before)
    return next(uneven, None) or _lost(now, was)


def _lost(mine: Sequence[Wording], theirs: Sequence[Wording]) -> _Pair | None:
    """The first wording that lacks something of its like among the others, where like is put to like as well as can be."""
    if len(mine) > _MOST or len(theirs) > _MOST:
        pairs = [_nearest(one, theirs) for one in mine]
    else:
        orders = permutations(theirs) if len(mine) <= len(theirs) else permutations(mine)
        either = ((mine, order) if len(mine) <= len(theirs) else (order, theirs) for order in orders)
        pairs = min(([_pair(*two) for two in zip(*both, strict=False)] for both in either), key=_weight)
    return next((pair for pair in pairs if pair[1]), None)


def _weight(pairs: Sequence[_Pair]) -> int:
    return sum(len(lacking) for _, lacking in pairs)


def _nearest(one: Wording, others: Sequence[Wording]) -> _Pair:
    return min((_pair(one, other) for other in others), key=lambda pair: len(pair[1]))


def _pair(one: Wording, other: Wording) -> _Pair:
    """What a wording lacks. Its text for one thing must at least name the thing where the other language has no such text."""
    lacking = _shown(other.other) - _shown(one.other)
    if one.one is not None:
        lacking |= (_shown(other.one) if other.one is not None else _shown(other.other).intersection(LISTS)) - _shown(one.one)
    return one, lacking


def _shown(template: Template) -> frozenset[str]:
    return frozenset(SAME_THING.get(name, name) for name in template.placeholders)
