"""Choosing by what is not wanted: "anyone but Dave", "nine is a bit early, the other one", "not Tuesday, Wednesday then".

The words are cut where they turn round; what stands on the refused side is taken out of the offers, what stands on the other
side is the wish, and when only one offer is left it is meant. A refusal alone chooses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from spoken.choice_cues import Cue, Said, chosen, find_cues, listen, several
from spoken.reading import Reading

__all__ = ["Named", "by_contrast"]

MAX_REFUSED: Final = 12
"""Words that may name what a "not" refuses; the wish is looked for behind each of them."""

Named = Callable[[str], list[int]]
"""The offers that a part of the utterance points at, wanted or not."""


def by_contrast(said: Said, cues: Sequence[Cue], read: Callable[[str], Reading]) -> Reading | None:
    """What is chosen by a contrast; None when there is none in the words. `read` reads a part of them."""

    def named(part: str) -> list[int]:
        return _named(part, said, read)

    for by in (_by_exclusion, _by_preference, _by_the_other, _decided, _by_refusal, _refused_then_wanted):
        found = by(said, cues, named)
        if found is not None:
            return found
    return None


def _named(part: str, said: Said, read: Callable[[str], Reading]) -> list[int]:
    heard = listen(part, said.language, said.now, said.context)
    places = [(first, last) for _, first, last in said.data.negators.find(heard.words)]
    decisive = {at for _, first, last in said.data.then.find(heard.words) for at in range(first, last)}  # "así que" is no "así"
    places += [(cue.start, cue.end) for cue in find_cues(heard) if cue.kind in ("refused", "none", "yes") and cue.start not in decisive]
    named = heard.without(places)
    if not named.strip():
        return []
    found = read(named)
    if found.complete:
        return [] if found.value is None else [int(found.value)]
    return [int(item.value) for item in found.alternatives] if "any" not in found.mentions else []


def _rest(said: Said, refused: Sequence[int]) -> list[int]:
    return [index for index in range(len(said.choices)) if index not in refused]


def _by_exclusion(said: Said, cues: Sequence[Cue], named: Named) -> Reading | None:
    """ "Anyone but Dave": all the others will do, so that the only one left is chosen."""
    del cues
    for _, start, end in said.data.exclusions.find(said.words):
        if end >= len(said.words):
            continue
        if start and len(wish := named(said.before(start))) == 1 and wish[0] not in named(said.after(end)):
            return chosen(wish[0], said.span(0, start))  # "colour without the cut"
        turn = next(((first, last) for _, first, last in said.data.then.find(said.words) if first > end), None)
        refused = named(said.text[said.tokens[end - 1].end : said.tokens[turn[0]].start] if turn else said.after(end))
        if len(refused) > 1 and not any(said.starts()) and (said.data.joiners | said.data.ands).isdisjoint(said.words[end:]):
            continue  # "not Sophie, Jean-Luc": the second may be the wish; "anything but the morning" may well refuse two
        if not refused:
            continue
        wanted = [index for index in named(said.after(turn[1])) if index not in refused] if turn and turn[1] < len(said.words) else []
        rest = wanted or _rest(said, refused)
        if rest:
            span = said.span(start, len(said.words))
            return chosen(rest[0], span) if len(rest) == 1 else several(rest, said.choices, span, "any")
    return None


def _by_preference(said: Said, cues: Sequence[Cue], named: Named) -> Reading | None:
    """ "Saturday suits me better than Friday": what stands before is the wish."""
    del cues
    for _, start, end in said.data.over.find(said.words):
        if end >= len(said.words) or not start:
            continue
        better, worse = named(said.before(start)), named(said.after(end))
        if len(better) == 1 and worse and better[0] not in worse:
            return chosen(better[0], said.span(0, start))
    return None


def _by_the_other(said: Said, cues: Sequence[Cue], named: Named) -> Reading | None:
    """ "Not Thursday, the other one"; "the other one, Thursday is bad": what is left beside the one that was refused."""
    for cue in cues:
        if cue.kind != "other":
            continue
        before = said.before(cue.start) if cue.start else ""
        after = said.after(cue.end) if cue.end < len(said.words) else ""
        refused = named(before)
        if not refused and _refuses(said, cues, cue.end):
            refused = named(after)
        rest = _rest(said, refused)
        if refused and rest:
            span = said.span(cue.start, cue.end)
            return chosen(rest[0], span) if len(rest) == 1 else several(rest, said.choices, span)
    return None


def _decided(said: Said, cues: Sequence[Cue], named: Named) -> Reading | None:
    """ "Friday no, Monday neither, so Thursday": after two refusals and more, what follows the word of deciding is meant."""
    for _, start, end in said.data.then.find(said.words):
        before = [first for _, first, last in said.data.negators.find(said.words) if last <= start]
        if len(before) < 2 or end >= len(said.words) or _refuses(said, cues, end):
            continue
        meant = named(said.after(end))
        if len(meant) == 1:
            return chosen(meant[0], said.span(end, len(said.words)))
    return None


def _refuses(said: Said, cues: Sequence[Cue], at: int) -> bool:
    """A negation or a refusal from a place on."""
    negated = any(start >= at for _, start, _ in said.data.negators.find(said.words))
    return negated or any(cue.start >= at and cue.kind in ("refused", "none") for cue in cues)


def _by_refusal(said: Said, cues: Sequence[Cue], named: Named) -> Reading | None:
    """ "Nine is too early, five then": what stands before the refusal is out, what follows is meant."""
    for cue in reversed(cues):
        if cue.kind != "refused" or not cue.start:
            continue
        refused = named(said.before(cue.start))
        if not refused:
            continue
        rest = _rest(said, refused)
        wanted = [index for index in named(said.after(cue.end)) if index in rest or len(refused) > 1]
        if len(wanted) == 1:
            return chosen(wanted[0], said.span(cue.end, len(said.words)))
        if rest and said.idle(cue.end):
            return several(wanted or rest, said.choices, said.span(cue.start, cue.end))
    return None


def _refused_then_wanted(said: Said, cues: Sequence[Cue], named: Named) -> Reading | None:
    """ "Not Tuesday, Wednesday then": the negation covers the next thing only, what follows it is the wish."""
    del cues
    data, words = said.data, said.words
    negators = [(start, end) for _, start, end in data.negators.find(words)]
    if len(negators) != 1 or len(said.choices) < 2:
        return None
    [(start, end)] = negators
    wanted: set[int] = set()
    replies = said.replies(start, end)
    parts = [(end, cut) for cut in range(end + 1, min(len(words), end + MAX_REFUSED + 1))] if start == 0 or not replies else []
    if start and replies and any(first >= end for _, first, _ in data.then.find(words)):
        parts = [(0, start)]  # "martes no, miércoles entonces"
    for first, cut in parts:
        follow = end if cut == start else cut
        if follow >= len(words) or words[follow] in data.joiners | data.ands | data.pronouns:
            continue
        refused = named(said.text[said.tokens[first].start : said.tokens[cut - 1].end])
        if len(refused) != 1:
            continue
        meant = named(said.text[said.tokens[follow].start :])
        if len(meant) == 1 and refused != meant:
            wanted |= set(meant)
    return chosen(wanted.pop(), said.span(end, len(words))) if len(wanted) == 1 else None
