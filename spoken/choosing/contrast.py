"""Choosing by what is not wanted: "anyone but Dave", "nine is a bit early, the other one", "not Tuesday, Wednesday then".

The words are cut where they turn round; what stands on the refused side is taken out of the offers, what stands on the other
side is the wish, and when only one offer is left it is meant. A refusal alone chooses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from spoken.choosing.cues import Cue, Said, chosen, find_cues, offers_of, one_of
from spoken.normalise import MAX_TOKENS
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

    for by in (
        _by_reason,
        _by_liking,
        _by_the_other,
        _decided,
        _this_not_that,
        _refused_then_wanted,
    ):
        found = by(said, cues, named)
        if found is not None:
            return found
    return None


def _named(part: str, said: Said, read: Callable[[str], Reading]) -> list[int]:
    heard = said.part(part)
    places = [(first, last) for _, first, last in said.data.negators.find(heard.words)]
    decisive = {at for _, first, last in said.data.then.find(heard.words) for at in range(first, last)}  # "así que" is no "así"
    places += [(cue.start, cue.end) for cue in find_cues(heard) if cue.kind in ("refused", "none", "yes") and cue.start not in decisive]
    named = heard.without(places)
    if not named.strip():
        return []
    found = read(named)
    named_ones = offers_of(found)
    return named_ones if "any" not in found.mentions or len(named_ones) < len(said.choices) else []


def _rest(said: Said, refused: Sequence[int]) -> list[int]:
    return [index for index in range(len(said.choices)) if index not in refused]


def _by_reason(said: Said, cues: Sequence[Cue], named: Named) -> Reading | None:
    """ "Friday, because on Tuesday I'm away": what the reason speaks of is no wish."""
    inside = {at for _, first, last in said.data.then.find(said.words) for at in range(first, last)}  # the "que" of "así que"
    inside |= {at for cue in cues for at in range(cue.start + 1, cue.end)}
    for _, start, end in said.data.because.find(said.words):
        if not start or end >= len(said.words) or start in inside or _refuses(said, cues, 0, start):
            continue
        wanted = named(said.before(start))
        if len(wanted) == 1 and not any(True for _, first, _ in said.data.then.find(said.words) if first > end):
            return chosen(wanted[0], said.span(0, start))
    return None


def _by_liking(said: Said, cues: Sequence[Cue], named: Named) -> Reading | None:
    """ "Sophie is nice but I'd rather Karim"; "lieber Karim als Sophie"."""
    for _, start, end in said.data.prefer.find(said.words):
        if end >= len(said.words) or said.negated(start):
            continue
        reason = next((cue.start for cue in cues if cue.kind == "refused" and cue.start > end), None)
        if reason is not None and not any(end <= first < reason for _, first, _ in said.data.negators.find(said.words)):
            wanted = named(said.text[said.tokens[end - 1].end : said.tokens[reason].start])
            if len(wanted) == 1:
                return chosen(wanted[0], said.span(end, reason))  # "I'd rather Friday, I've got class on Tuesday"
        if _refuses(said, cues, end):
            continue
        than = next((at for at in range(end + 1, len(said.words) - 1) if said.words[at] in said.data.than), None)
        if than is not None:
            better, worse = named(said.text[said.tokens[end - 1].end : said.tokens[than].start]), named(said.after(than + 1))
            if len(better) == 1 and worse and better[0] not in worse:
                return chosen(better[0], said.span(end, than))
        wanted = named(said.after(end))
        if len(wanted) == 1 and start and named(said.before(start)) and (said.data.joiners | said.data.ands).isdisjoint(said.words[end:]):
            return chosen(wanted[0], said.span(end, len(said.words)))
    return None


def _by_the_other(said: Said, cues: Sequence[Cue], named: Named) -> Reading | None:
    """ "Not Thursday, the other one"; "the other one, Thursday is bad": what is left beside the one that was refused."""
    for cue in cues:
        if cue.kind not in ("other", "others"):
            continue
        before = said.before(cue.start) if cue.start else ""
        after = said.after(cue.end) if cue.end < len(said.words) else ""
        refused = named(before)
        if not refused and _refuses(said, cues, cue.end):
            refused = named(after)
        rest = _rest(said, refused)
        if cue.kind == "others" and len(rest) < len(refused):
            rest = refused  # "I can't do mornings, one of the other two": the reader of times had set the morning apart
        if refused and rest:
            span = said.span(cue.start, cue.end)
            return one_of(rest, said.choices, span)
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


def _refuses(said: Said, cues: Sequence[Cue], at: int, end: int = MAX_TOKENS) -> bool:
    """A negation or a refusal from a place on, or between two."""
    negated = any(at <= start < end for _, start, _ in said.data.negators.find(said.words))
    return negated or any(at <= cue.start < end and cue.kind in ("refused", "none") for cue in cues)


def _this_not_that(said: Said, cues: Sequence[Cue], named: Named) -> Reading | None:
    """ "Thursday at ten, not the Friday": the one before is meant; where "not" is "no" too, a comma says which of the two it refuses."""
    del cues
    negators = [(start, end) for _, start, end in said.data.negators.find(said.words)]
    if len(negators) != 1 or not negators[0][0] or negators[0][1] >= len(said.words):
        return None
    [(start, end)] = negators
    before, behind = named(said.before(start)), named(said.after(end))
    if len(before) != 1 or len(behind) != 1 or before == behind:
        return None
    if not said.replies(start, end):
        return chosen(before[0], said.span(0, start))
    if "," in said.text[said.tokens[end - 1].end : said.tokens[end].start]:
        return chosen(behind[0], said.span(end, len(said.words)))
    return None


def _refused_then_wanted(said: Said, cues: Sequence[Cue], named: Named) -> Reading | None:
    """ "Not Tuesday, Wednesday then": the negation covers the next thing only, what follows it is the wish."""
    del cues
    data, words = said.data, said.words
    negators = [(start, end) for _, start, end in data.negators.find(words)]
    if len(negators) != 1 or len(said.choices) < 2:
        return None
    [(start, end)] = negators
    replies = said.replies(start, end)
    wanted = _behind_the_first(said, end, named) if start == 0 or not replies else set()
    if start and replies and any(first >= end for _, first, _ in data.then.find(words)):
        wanted = _apart(said, (0, start), end, named)  # "martes no, miércoles entonces"
    return chosen(wanted.pop(), said.span(end, len(words))) if len(wanted) == 1 else None


def _behind_the_first(said: Said, end: int, named: Named) -> set[int]:
    """What is named behind the first thing that stands from `end` on, wherever the words are cut between the two."""
    cuts = [cut for cut in range(end + 1, min(len(said.words), end + MAX_REFUSED + 1)) if not said.little(cut - 1)]
    return {index for cut in cuts for index in _apart(said, (end, cut), cut, named)}


def _apart(said: Said, refused: tuple[int, int], follow: int, named: Named) -> set[int]:
    """The one thing named from `follow` on, where another single one is named in the words `refused`."""
    if follow >= len(said.words) or said.words[follow] in said.data.joiners | said.data.ands | said.data.pronouns:
        return set()
    stand_ins = [(at, at + 1) for at in range(*refused) if said.words[at] in said.data.pronouns]  # "not the one with Singh"
    out = named(said.without(stand_ins)[said.tokens[refused[0]].start : said.tokens[refused[1] - 1].end])
    if len(out) != 1:
        return set()
    meant = named(said.text[said.tokens[follow].start :])
    return set(meant) if len(meant) == 1 and out != meant else set()
