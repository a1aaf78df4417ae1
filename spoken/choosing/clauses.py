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
from spoken.choosing.concessions import after_all, settled, still, within, worse
from spoken.choosing.cues import Cue, Said, several
from spoken.choosing.hearing import Clauses, Mentioned
from spoken.choosing.names import own_words
from spoken.choosing.objects import has_its_object, refers_back
from spoken.choosing.outcome import decided
from spoken.choosing.turns import Kind, Turn, find_turns, parts_between
from spoken.reading import Reading

__all__ = ["Mentioned", "by_clauses"]

REFUSALS: Final = frozenset({Kind.AHEAD, Kind.BEHIND, Kind.EITHER_SIDE, Kind.NO})
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
        if right and left.isdisjoint(right):
            found.add((left, right))
    return found.pop() if len(found) == 1 else None


def _refused_and_wanted(clauses: Clauses, first: int, last: int, offers: frozenset[int]) -> tuple[frozenset[int], frozenset[int]] | None:
    """The two offers in a part behind a "not"; None where it names one, or its words cannot be told apart."""
    if len(offers) != 1 or clauses.placed(first, last) or clauses.paused(first, last):
        return _two_in(clauses, first, last)
    before = _hidden(clauses, offers, [(first, end, last) for end in range(first + 1, last) if not clauses.said.little(end - 1)])
    return (before, offers) if before else None  # "don't ring me, I'm in meetings, a text"


def _wanted_and_refused(clauses: Clauses, first: int, last: int, offers: frozenset[int]) -> tuple[frozenset[int], frozenset[int]] | None:
    """The two offers in a part before a refusal of what stands in front of it."""
    if len(offers) != 1:
        return _two_in(clauses, first, last)
    behind = _hidden(clauses, offers, [(begin, last, first) for begin in range(last - 1, first, -1) if not clauses.said.little(begin)])
    return (offers, behind) if behind else None  # "telephone, mails I never read"


def _hidden(clauses: Clauses, offers: frozenset[int], cuts: Sequence[tuple[int, int, int]]) -> frozenset[int]:
    """The thing at one end of a part that names `offers`, a word of which hides one of another's kind; empty where there is none.

    `cuts`: where that thing may begin and end, the shortest first, and where the rest of the part begins or ends.
    """
    said = clauses.said
    if said.timed():
        return frozenset()
    for first, last, far in cuts:
        if len(found := clauses.named(first, last)) == 1:
            beside, rest = (first - 1, (far, first - 1)) if far < first else (last, (last + 1, far))
            apart = found != offers and said.words[beside] not in said.data.ands and clauses.named(*rest) == offers
            return found if apart else frozenset()  # not "cut and colour", nor "sixty minutes"
    return frozenset()


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
    names = [_without_what_is_said_again(clauses, parts, names, at) for at in range(len(parts))]
    told = [turn.kind for turn, _, _ in parts]
    parts = list(_as_they_stand(clauses, parts, names))
    clauses.heard.turned = any(kind in REFUSALS and not turn.kind for kind, (turn, _, _) in zip(told, parts, strict=True))
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
        closes = clauses.closed(first, last) or (turn.kind is Kind.NO and _exclaims(said, first))
        if turn.kind and not clauses.turn(turn, follows, clauses.silent(first, last), closes):
            return None
        if (
            turn.kind == Kind.OR
            and bool(names[at]) != bool(at and names[at - 1])
            and not clauses.silent(*parts[at - 1 if names[at] else at][1:])
        ):
            return None if not at else several(range(len(said.choices)), said.choices, None)  # "Jo or the second": who is Jo?
        offers = names[at]
        after_all(clauses, turn, first, last)
        if clauses.refuses and (two := _refused_and_wanted(clauses, first, last, offers)) is not None:
            clauses.name(two[0], False)
            clauses.refuses = False
            clauses.name(two[1], False)
            continue
        refused_behind = next_kind in (Kind.BEHIND, Kind.EITHER_SIDE) or (next_kind is Kind.NO and clauses.silent(*parts[at + 1][1:]))
        if refused_behind and (two := _wanted_and_refused(clauses, first, last, offers)) is not None:
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
        clauses.name(offers, clauses.agreed(first, last) and not firmly and turn.kind is not Kind.EXCLUDES)  # "everyone but Dave is fine"
        clauses.told = (first, last, offers)
    return _outcome(clauses, *parts[-1][1:])


def _without_what_is_said_again(
    clauses: Clauses, parts: Sequence[tuple[Turn, int, int]], names: Sequence[frozenset[int]], at: int
) -> frozenset[int]:
    """What a part names: "Friday, no, I'm busy Friday, Tuesday then" says behind the refusal once more what it refuses."""
    turn, first, last = parts[at]
    before = next((named for named in reversed(names[:at]) if named), frozenset())
    if turn.kind not in (Kind.BEHIND, Kind.EITHER_SIDE) or len(before) != 1 or not before < names[at]:
        return names[at]
    two = _two_in(clauses, first, last)
    return two[1] if two is not None and two[0] == before else names[at]


def _as_they_stand(
    clauses: Clauses, parts: Sequence[tuple[Turn, int, int]], names: Sequence[frozenset[int]]
) -> Iterator[tuple[Turn, int, int]]:
    """The parts of an answer, their turns as they are meant beside what is named around them.

    A word that mostly begins a wish turns nothing where it stands behind one, and all that is named behind it is refused:
    "Monday rather, tomorrow is too tight".
    """
    for at, (turn, first, last) in enumerate(parts):
        yield Turn(_kind(clauses, parts, names, at), turn.start, turn.end), first, last


def _kind(clauses: Clauses, parts: Sequence[tuple[Turn, int, int]], names: Sequence[frozenset[int]], at: int) -> Kind:
    turn, _, _ = parts[at]
    named_before = at > 0 and bool(names[at - 1])
    kinds = [after.kind for after, _, _ in parts[at + 1 :]]
    refused = bool(kinds) and kinds[0] in (Kind.BEHIND, Kind.EITHER_SIDE) and not any(names[at + 1 :])
    if _postposed(clauses, turn) and refused and named_before and names[at]:
        return Kind.NONE
    wished = len(kinds) == 1 and names[at] and _postposed(clauses, parts[-1][0]) and clauses.silent(*parts[-1][1:])
    if turn.kind in REFUSALS and not any(names[:at]) and (_is_a_reason(kinds, names, at) or (wished and turn.kind is Kind.BEHIND)):
        return Kind.NONE  # "I don't have a chequebook, so card"
    if turn.kind is Kind.BECAUSE and kinds and kinds[0] is Kind.BEHIND and clauses.silent(*parts[at][1:]):
        return Kind.NONE  # "so that won't work"
    if turn.kind in (Kind.AHEAD, Kind.NO) and named_before and (wished or refers_back(clauses, turn)):
        return Kind.BEHIND  # "Tuesday I can't do, Wednesday rather"
    if turn.kind is Kind.BEHIND and names[at] and has_its_object(clauses.said, turn, any(names[:at])):
        return Kind.AHEAD
    return turn.kind


def _is_a_reason(kinds: Sequence[Kind], names: Sequence[frozenset[int]], at: int) -> bool:
    """Whether what is refused is none of the offers, and the wish follows from it."""
    return not names[at] and bool(kinds) and kinds[0] is Kind.SO and bool(names[at + 1])


def _exclaims(said: Said, at: int) -> bool:
    """ "(Martes no) por favor": what begins so names nothing, unlike "(no) el martes"."""
    found = said.data.idle.at(said.words, at) if at < len(said.words) else None
    return found is not None and (found[1] > at + 1 or not said.little(at))


def _postposed(clauses: Clauses, turn: Turn) -> bool:
    """A word before a wish that may stand behind it too: "rather"."""
    return " ".join(clauses.said.words[turn.start : turn.end]) in clauses.said.data.postposed


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
