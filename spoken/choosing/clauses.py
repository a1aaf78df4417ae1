"""What each clause of an answer does with the offer it names: wants it, refuses it, takes it back, or gives it as a reason.

An answer is cut at the words on which it turns ("no wait", "so", "but", "because", "or", "rather than", "is no good"). What is
named between two of them is read by itself, without the rest of the sentence, and stands for one offer or a few. The turns say
which of these are wanted:

- *back* ("no sorry", "I mean") takes back the wish before it, when another one follows;
- *ahead* ("not", "instead of", "I don't want") refuses what is named next, *behind* ("is no good") what was named before,
  and *either side* ("I'm away") what was named before in its clause, else what comes next; *likewise* ("and so is") shares
  a refusal with what is named beside it;
- *so* and *but* begin the wish, what stood before was a reason; *because* begins a reason, in which nothing is wanted, and
  *since* one at the beginning of the answer, which ends where the wish begins;
- *or* joins two that will both do, or that are both refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from spoken.choosing.bounds import bounded
from spoken.choosing.concessions import settled, still, within, worse
from spoken.choosing.cues import Cue, Said, several
from spoken.choosing.hearing import Clauses, Mentioned
from spoken.choosing.names import own_words
from spoken.choosing.outcome import decided
from spoken.choosing.turns import Kind, Turn, find_turns, parts_between
from spoken.reading import Reading

__all__ = ["Mentioned", "by_clauses"]

MAX_PART: Final = 14
"""Words of a part that is looked through for two offers."""


def _two_in(clauses: Clauses, first: int, last: int) -> tuple[frozenset[int], frozenset[int]] | None:
    """ "(not) Tuesday Friday": a part that names two offers, wherever it is cut between them."""
    found = set()
    if last - first > MAX_PART:
        return None
    for cut in clauses.paused(first, last):
        left, right = clauses.named(first, cut), clauses.named(cut, last)
        if left and right and left != right:
            return left, right - left
    for cut in range(first + 1, last):
        words, data = clauses.said.words, clauses.said.data
        if not clauses.said.parted(cut):
            continue  # "aujourd'hui"
        if words[cut] in data.pronouns or words[cut - 1] in data.pronouns or not data.ands.isdisjoint(words[max(first, cut - 2) : cut + 1]):
            continue
        if clauses.said.little(cut - 1) or len(left := clauses.named(first, cut)) != 1:
            continue
        right = clauses.named(cut, last)
        if len(right) == 1 and left != right:
            found.add((left, right))
    return found.pop() if len(found) == 1 else None


def by_clauses(said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> Reading | None:
    """What the clauses of an answer choose together; None when it does not turn, or turns in a way that is not clear."""
    if len(said.choices) < 2:
        return None
    turns = find_turns(said, cues)
    if not turns:
        return None
    clauses = Clauses(said, cues, mentioned)
    if len(turns) == 1 and _turns_from_nothing(clauses, turns[0]):
        return None
    parts = parts_between(said, turns)
    names = [clauses.named(first, last) for _, first, last in parts]
    parts = list(_as_they_stand(clauses, parts, names))
    if not any(names) and not any(turn.kind is Kind.PREFER for turn in turns):
        return None
    for at, (turn, first, last) in enumerate(parts):
        upto = next((index for index in range(at, len(parts)) if names[index]), None)
        between = {parts[index][0].kind for index in range(at + 1, (upto or at) + 1)}
        follows = upto is not None and between.isdisjoint({Kind.SO, Kind.BUT, Kind.BECAUSE})
        next_kind = parts[at + 1][0].kind if at + 1 < len(parts) else Kind.NONE
        if turn.kind in (Kind.SO, Kind.BUT) and next_kind is Kind.BEHIND and clauses.silent(first, last):
            continue  # "(on Monday I've got the plumber) so not that one"
        if turn.kind == Kind.AHEAD and not follows and clauses.beside(turn, first, last):
            continue
        if turn.kind and not clauses.turn(turn, follows, clauses.silent(first, last), clauses.closed(first, last)):
            return None
        if (
            turn.kind == Kind.OR
            and bool(names[at]) != bool(at and names[at - 1])
            and not clauses.silent(*parts[at - 1 if names[at] else at][1:])
        ):
            return None if not at else several(range(len(said.choices)), said.choices, None)  # "Jo or the second": who is Jo?
        offers = names[at]
        if (
            clauses.refuses
            and (len(offers) != 1 or clauses.placed(first, last) or clauses.paused(first, last))
            and (two := _two_in(clauses, first, last)) is not None
        ):
            clauses.name(two[0], False)
            clauses.refuses = False
            clauses.name(two[1], False)
            continue
        if next_kind in (Kind.BEHIND, Kind.EITHER_SIDE) and len(offers) != 1 and (two := _two_in(clauses, first, last)) is not None:
            clauses.name(two[0], False)
            offers = two[1]
        elif turn.kind in (Kind.TAKE, Kind.PREFER) and len(offers) != 1 and (two := _two_in(clauses, first, last)) is not None:
            if clauses.ends_with_it(first, last, two[1]):
                return None
            offers, clauses.heard.turned = two[0], True  # "I'd prefer Friday, Monday is always a mess"
        offers = within(clauses, first, last, offers)
        reach = parts[at + 1][2] if next_kind is Kind.TAKE and not names[at + 1] else last  # "(but) Wednesday | would do | too"
        if not offers or settled(clauses, turn, next_kind, (first, reach), offers):
            continue
        if clauses.alternative and (last_word := clauses.made_up(first, last)) is not None:
            clauses.heard.wanted.pop()
            clauses.alternative, offers, clauses.heard.turned = False, last_word, True
        offers = worse(clauses, turn, still(clauses, offers))
        clauses.concludes = turn.kind is Kind.SO and not own_words(said).isdisjoint(said.words[first:last])
        firmly = not said.data.neithers.isdisjoint(said.words[turn.start : turn.end])
        clauses.name(offers, clauses.agreed(first, last) and not firmly)
        clauses.told = (first, last, offers)
    return _outcome(clauses, *parts[-1][1:])


def _as_they_stand(
    clauses: Clauses, parts: Sequence[tuple[Turn, int, int]], names: Sequence[frozenset[int]]
) -> Iterator[tuple[Turn, int, int]]:
    """The parts of an answer; a word that mostly begins a wish turns nothing where it stands behind one.

    So it does where all that is named behind it is refused: "Monday rather, tomorrow is too tight".
    """
    for at, (turn, first, last) in enumerate(parts):
        postposed = " ".join(clauses.said.words[turn.start : turn.end]) in clauses.said.data.postposed
        refused = at + 1 < len(parts) and parts[at + 1][0].kind in (Kind.BEHIND, Kind.EITHER_SIDE) and not any(names[at + 1 :])
        idles = postposed and refused and at > 0 and names[at - 1] and names[at]
        yield Turn(Kind.NONE, turn.start, turn.end) if idles else turn, first, last


def _turns_from_nothing(clauses: Clauses, turn: Turn) -> bool:
    """ "So I'll take Friday"; "I don't finish before eleven": no day is refused, an hour bounds the wish."""
    if turn.kind in (Kind.SO, Kind.BUT, Kind.TAKE):
        return clauses.silent(0, turn.start)
    return turn.kind in (Kind.EITHER_SIDE, Kind.AHEAD) and bounded(clauses.said)


def _outcome(clauses: Clauses, first: int, last: int) -> Reading | None:
    """What was heard comes to; `first` and `last`: the last part."""
    everything = range(len(clauses.said.choices))
    if clauses.takes_back and clauses.strongly and not clauses.silent(first, last):
        return several(everything, clauses.said.choices, None)  # what takes its place was not understood
    if clauses.unclear:
        return several(everything, clauses.said.choices, None)
    nothing_named = (clauses.fronted or clauses.told is None) and not clauses.heard.wanted
    return None if clauses.takes_back or nothing_named else decided(clauses.said, clauses.heard)
