"""Choosing by what was named before: "Monday I work, so the other one", "not the eleven, the one after that"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from spoken.choosing.cues import Cue, Said, chosen, find_cues, offers_of, one_of, several
from spoken.choosing.hearing import Clauses, Mentioned
from spoken.choosing.neighbours import by_the_neighbour
from spoken.choosing.persons import other_by_form
from spoken.choosing.phrases import choice_book
from spoken.choosing.turns import Kind, Turn, find_turns, parts_between
from spoken.normalise import fold_words
from spoken.reading import Reading

ADJOINING: Final = 3
"""Words before a verb that may name what it is about."""
SUBJECT: Final = 2
"""Words of a subject, at least: "the kids"."""
MAX_CONDITION: Final = 4
"""Words between "if" and the "not" that makes what follows a second wish."""

__all__ = ["by_the_rest", "concluded", "is_if", "left_open"]


def by_the_rest(said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> Reading | None:
    """What "the other one" or "the one after that" means behind words that name an offer; None when nothing was named."""
    return (
        _resigned(said, mentioned)
        or _by_condition(said)
        or _by_the_first_wish(said, mentioned)
        or _on_condition(said, mentioned)
        or _by_the_other(said, cues, mentioned)
        or _by_the_weekday_after(said, mentioned)
        or by_the_neighbour(said, mentioned, lambda before: _named_last(before, mentioned))
    )


def _resigned(said: Said, mentioned: Mentioned) -> Reading | None:
    """ "Friday morning, oh well": the only one that was named is taken, though not with joy."""
    for _, start, _ in said.data.resigned.find(said.words):
        if start and not any(first < start for first, _ in said.negations()):
            named = mentioned(said.before(start))
            return chosen(next(iter(named)), said.span(0, start)) if len(named) == 1 else None
    return None


def _by_condition(said: Said) -> Reading | None:
    """ "If the eleven is with Ruth, that one, otherwise the two o'clock": we do not know, so either may be meant."""
    begin = next((at for at in range(len(said.words)) if said.data.idle.at(said.words, at) is None), None)
    if begin is None or not is_if(said, begin):
        return None
    conditional = any(start > begin for _, start, _ in said.data.otherwise.find(said.words))
    return several(range(len(said.choices)), said.choices, None) if conditional and len(said.choices) > 1 else None


def _on_condition(said: Said, mentioned: Mentioned) -> Reading | None:
    """ "Friday, but only if it's with Dora", who is offered for Thursday: either may be meant."""
    for at in range(1, len(said.words) - 1):
        if not is_if(said, at) or any(start > at for _, start, _ in said.data.negators.find(said.words)):
            continue
        if (
            not said.timed()
            or (said.data.joiners & set(said.words[at:]))
            or any(s > at for _, s, _ in said.data.otherwise.find(said.words))
        ):
            return None
        wanted, condition = mentioned(said.before(at)), mentioned(said.after(at + 1))
        if wanted and condition and wanted.isdisjoint(condition):
            return several(sorted(wanted | condition), said.choices, said.span(0, len(said.words)))
    return None


def is_if(said: Said, at: int) -> bool:
    """ "Si", unlike "sí"."""
    return said.words[at] in said.data.ifs and said.tokens[at].raw.isascii()


def _by_the_first_wish(said: Said, mentioned: Mentioned) -> Reading | None:
    """ "Claire, and if she's not in, Ruth", "the first, and if it's gone, the third": what we offer can be had."""
    for at in range(1, len(said.words) - 1):
        if not is_if(said, at):
            continue
        books = (said.data.negators, said.data.gone)
        negated = min(((start, end) for book in books for _, start, end in book.find(said.words) if start > at), default=None)
        if negated is None or negated[0] - at > MAX_CONDITION or negated[1] >= len(said.words):
            continue
        first = mentioned(said.before(at - 1 if said.words[at - 1] in said.data.ands else at))
        if len(first) == 1 and (second := mentioned(said.after(negated[1]))) and second != first:
            return one_of(sorted(first), said.choices, said.span(0, at))
    return None


def _turns_and_names(said: Said, mentioned: Mentioned) -> tuple[Sequence[Turn], list[frozenset[int]]]:
    """The turns of some words, and the offers that each of their parts names."""
    cues = find_cues(said)
    turns = find_turns(said, cues) or ()
    clauses = Clauses(said, cues, mentioned)
    return turns, [offers for _, first, last in parts_between(said, turns) if (offers := clauses.named(first, last))]


def _named_last(said: Said, mentioned: Mentioned) -> frozenset[int]:
    """The offers that the last part which names any names."""
    _, names = _turns_and_names(said, mentioned)
    return names[-1] if names else frozenset()


def _by_the_other(said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> Reading | None:
    """What is left beside what was named, whatever was told about it; "Saturday, but not at nine, the other": of those that day."""
    cue = next((cue for cue in cues if cue.kind == "other"), None)
    if cue is None or len(said.choices) < 2:
        return None
    if (instead := _taken_back(said, cue, mentioned)) is not None:
        return instead
    if not cue.start:
        return None
    turns, names = _turns_and_names(said.part(said.before(cue.start)), mentioned)
    if not names:
        return None
    among, told = frozenset(range(len(said.choices))), frozenset[int]().union(*names)
    if len(names) > 1 and len(names[0]) > 1:
        among, told = names[0], frozenset[int]().union(*names[1:])
        if told >= among:
            return None
    rest = sorted(among - told)
    span = said.span(cue.start, cue.end)
    decides = any(start == cue.start for _, start, _ in said.data.then.find(said.words))  # "never, so the other one"
    before = turns[-1] if turns and turns[-1].end == cue.start and not decides else None
    if before is not None and before.kind is Kind.OR:
        return several(sorted(told | set(rest)), said.choices, span)
    if (before is not None and before.kind in (Kind.AHEAD, Kind.OVER, Kind.EXCLUDES)) or _is_refused(said, cues, cue, mentioned):
        return one_of(sorted(told), said.choices, span)
    rest = sorted(other_by_form(said, cue.start, cue.end).intersection(rest)) or rest
    if cue.end < len(said.words) and not _refuses_from(said, cues, cue.end):
        rest = sorted(mentioned(said.after(cue.end)).intersection(rest)) or rest  # "the other car, the Seat"
    return one_of(rest, said.choices, span) if rest else None


def _taken_back(said: Said, cue: Cue, mentioned: Mentioned) -> Reading | None:
    """ "The other one, oh no, the first": the one that is named behind a correction; None when "the other one" stands."""
    for _, start, end in said.data.corrections.find(said.words):
        if start >= cue.end and said.idle_between(cue.end, start) and end < len(said.words) and not _refuses_from(said, [], end):
            named = mentioned(said.after(end))
            return one_of(sorted(named), said.choices, said.span(end, len(said.words))) if len(named) == 1 else None
    return None


def _refuses_from(said: Said, cues: Sequence[Cue], at: int) -> bool:
    """A refusal or a "no" from a place on."""
    refusals = [other.start for other in cues if other.kind in ("refused", "none")]
    refusals += [start for book in (said.data.negators, said.data.noes) for _, start, _ in book.find(said.words)]
    return any(start >= at for start in refusals)


def _is_refused(said: Said, cues: Sequence[Cue], cue: Cue, mentioned: Mentioned) -> bool:
    """ "(The first one,) the other one I can't": a refusal behind it, and nothing else named there."""
    if cue.end >= len(said.words) or mentioned(said.after(cue.end)):
        return False
    return _refuses_from(said, cues, cue.end)


def _by_the_weekday_after(said: Said, mentioned: Mentioned) -> Reading | None:
    """ "On the twentieth I've a wedding, the Saturday after": the first offer of that weekday behind the one that was named last."""
    for _, start, end in said.data.weekday_after.find(said.words):
        at = next((at for at in (start - 1, end) if 0 < at < len(said.words) and said.words[at] in said.data.weekdays), None)
        if at is None or not said.timed() or not said.idle(max(at + 1, end)):
            continue
        _, names = _turns_and_names(said.part(said.before(min(at, start))), mentioned)
        starts = said.starts()
        if not names or len(names[-1]) != 1 or (named := starts[next(iter(names[-1]))]) is None:
            continue
        later = [
            (other, index)
            for index, (choice, other) in enumerate(zip(said.choices, starts, strict=True))
            if other and other.date() > named.date() and said.words[at] in fold_words(choice.say)
        ]
        if later:
            return chosen(min(later)[1], said.span(min(at, start), max(at + 1, end)))
    return None


def left_open(said: Said, cues: Sequence[Cue], found: Reading, mentioned: Mentioned) -> Reading:
    """ "Tuesdays are chaos": the only time named, with something told of it that we do not understand, is not chosen by that."""
    if not found.complete or found.value is None or not said.timed() or len(said.choices) < 2:
        return found
    weeks = [(first, last) for _, first, last in said.data.week_counts.find(said.words)]
    for _, start, end in said.data.copulas.find(said.words):
        if any(first <= start < last for first, last in weeks):
            continue  # "in a week's time"
        beside = said.text[said.tokens[max(0, start - ADJOINING)].start : said.tokens[start].start]
        if not start or end >= len(said.words) or mentioned(beside) != {found.value} or mentioned(said.before(start)) != {found.value}:
            continue
        if _of_its_own(said, start, found.value, mentioned):
            continue
        more = any(cue.end > end for cue in cues) or any(last > end for _, _, last in said.data.then.find(said.words))
        if more or said.idle(end) or mentioned(said.after(end)) or any(word.isdigit() for word in said.words[end:]):
            return found
        hurries = choice_book(said.language, "hurries")  # "today, it's quite urgent"
        if any(
            last > end for book in (said.data.takes, said.data.prefer, said.data.praise, hurries) for _, _, last in book.find(said.words)
        ):
            return found
        return several(range(len(said.choices)), said.choices, found.span)
    return found


def _of_its_own(said: Said, verb: int, named: int, mentioned: Mentioned) -> bool:
    """Whether the verb has a subject of its own behind what was named: "the first one, the kids | are at school"."""
    end = next(at for at in range(1, verb + 1) if mentioned(said.before(at)) == {named})
    return verb - end >= SUBJECT and not mentioned(said.text[said.tokens[end].start : said.tokens[verb].start])


def concluded(found: Reading, said: Said, read: Callable[[str], Reading]) -> Reading:
    """ "Something later, so two o'clock": where the whole says nothing, or what it says is not clear, what is concluded in it may."""
    behind = [end for _, start, end in said.data.then.find(said.words) if start and end < len(said.words)]
    if found.complete or not behind:
        return found
    wish = read(said.after(behind[-1]))
    clear = wish.complete and wish.value is not None and wish.value not in offers_of(found)
    return wish if clear else found  # "by day I can't get away, so evenings"
