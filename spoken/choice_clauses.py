"""What each clause of an answer does with the offer it names: wants it, refuses it, takes it back, or gives it as a reason.

An answer is cut at the words on which it turns ("no wait", "so", "but", "because", "or", "rather than", "is no good"). What is
named between two of them is read by itself, without the rest of the sentence, and stands for one offer or a few. The turns say
which of these are wanted:

- *back* ("no sorry", "I mean") takes back the wish before it, when another one follows;
- *ahead* ("not", "instead of", "I don't want") refuses what is named next, *behind* ("is no good") what was named before,
  and *either side* ("I'm away") what was named before in its clause, else what comes next;
- *so* and *but* begin the wish, what stood before was a reason; *because* begins a reason, in which nothing is wanted;
- *or* joins two that will both do, or that are both refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from spoken.choice_cues import COMPARISONS, Cue, Said, several
from spoken.choice_outcome import Heard, decided
from spoken.choice_turns import Kind, Turn, find_turns, parts_between
from spoken.reading import Reading

__all__ = ["Mentioned", "by_clauses"]

Mentioned = Callable[[str], frozenset[int]]
"""The offers that some words name by themselves; empty when they name none, or all alike."""
PLACES: Final = COMPARISONS | {"position", "last", "second_last", "middle"}
MAX_PART: Final = 14
"""Words of a part that is looked through for two offers."""
MAX_BETWEEN: Final = 2
"""Words between a thing and the "not" that refuses it."""
PAUSES: Final = frozenset(",.;")


class _Clauses:
    """The state of the sentence while its parts are heard one after the other."""

    def __init__(self, said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> None:
        self.said = said
        self.mentioned = mentioned
        self.cues = cues
        self.agrees = [(cue.start, cue.end) for cue in cues if cue.kind == "yes"]
        self.blots = [(cue.start, cue.end) for cue in cues if cue.kind in ("yes", "any")]
        self.heard = Heard()
        self.refuses = False
        """What is named next is refused."""
        self.reason = False
        """What is named is a reason."""
        self.excuse = False
        """What is named as it was refused is why it was."""
        self.takes_back = self.strongly = False
        self.replaces = False
        """A wish that follows takes the place of those before it."""
        self.alternative = False
        self.last: tuple[str, frozenset[int]] | None = None
        """What was named last in this clause: "wanted", "agreed" or "refused"."""
        self.preferred = self.liking = False
        self.told: tuple[int, int, frozenset[int]] | None = None
        """The part that named something last, and what."""

    def named(self, first: int, last: int) -> frozenset[int]:
        """The offers that the words between two places name."""
        if first >= last:
            return frozenset()
        said, places = self.said, [(start, end) for start, end in self.blots if first <= start and end <= last]
        until = said.tokens[last].start if last < len(said.tokens) else len(said.text)  # with the dot of "den 19."
        text = said.without(places)[said.tokens[first].start : until]
        return self.mentioned(text) if text.strip() else frozenset()

    def placed(self, first: int, last: int) -> bool:
        """A position or a comparison stands in a part; it may hide what is named beside it."""
        return any(first <= cue.start and cue.end <= last and cue.kind in PLACES for cue in self.cues)

    def made_up(self, first: int, last: int) -> frozenset[int] | None:
        """ "(The first or) the second, er, the second": the one that is named behind a hesitation; None when none is."""
        for _, start, end in self.said.data.instead.find(self.said.words):
            if first < start and end < last and self.named(first, start) and len(after := self.named(end, last)) == 1:
                return after
        return None

    def paused(self, first: int, last: int) -> list[int]:
        """Where in a part there is a comma or a full stop."""
        said = self.said
        ends = (said.text[said.tokens[at - 1].end : said.tokens[at].start] for at in range(first + 1, last))
        return [first + 1 + index for index, between in enumerate(ends) if not PAUSES.isdisjoint(between)]

    def closed(self, first: int, last: int) -> bool:
        """A pause before a part, or "and" at its beginning."""
        said = self.said
        if not 0 < first < last:
            return False
        return said.words[first] in said.data.ands or not PAUSES.isdisjoint(
            said.text[said.tokens[first - 1].end : said.tokens[first].start]
        )

    @property
    def adjoins(self) -> bool:
        """Whether the next turn stands right behind what was named, or nearly so."""
        if self.told is None:
            return False
        first, last, offers = self.told
        return all(self.named(first, end) != offers for end in range(first + 1, last - MAX_BETWEEN))

    def silent(self, first: int, last: int) -> bool:
        """Nothing that says anything stands between two places."""
        at = first
        while at < last:
            found = self.said.data.idle.at(self.said.words, at)
            agreed = next((end for start, end in self.agrees if start == at), None)
            if found is None and agreed is None:
                return False
            at = max(found[1] if found else at, agreed or at)
        return True

    def beside(self, turn: Turn, first: int, last: int) -> bool:
        """ "(Friday), but not with Anna": what is refused behind the wish is none of the offers, and the wish stands."""
        stands = self.last is not None and self.last[0] != "refused" and not self.silent(first, last)
        limits = stands and self.said.data.buts.at(self.said.words, turn.start) is not None
        self.heard.turned = self.heard.turned or limits
        return limits

    def agreed(self, first: int, last: int) -> bool:
        """A yes ends the part: "Friday is fine"."""
        return any(first < start and end == last for start, end in self.agrees)

    def turn(self, turn: Turn, follows: bool, ends: bool, closes: bool) -> bool:
        """Take a turn to heart; False when the sentence is one for other readers.

        `follows`: something is named behind it. `ends`: nothing that says anything stands between it and the next turn.
        `closes`: a pause or "and" stands behind it.
        """
        kind = turn.kind
        if kind == Kind.THAN:
            if self.preferred and self.last is not None and self.last[0] != "refused" and follows:
                self.refuses = True
            return True
        if kind == Kind.NO:
            return self._no(follows, ends, closes)
        if kind in (Kind.BACK, Kind.STRONG):
            self.takes_back = self.takes_back or (self.last is not None and self.last[0] != "refused")
            self.strongly = self.strongly or (self.takes_back and kind == Kind.STRONG)
            self.refuses = False
            return True
        if kind == Kind.OVER:
            self.refuses = self.refuses or follows
            return True
        self.liking = kind in (Kind.PREFER, Kind.TAKE) or (self.liking and kind in (Kind.BACK, Kind.STRONG))
        if kind in (Kind.SO, Kind.BUT, Kind.PREFER):
            self.refuses = self.reason = self.excuse = False
            self.replaces = True
            self.preferred = self.preferred or kind == Kind.PREFER
            self.last = None
            return True
        if kind == Kind.BECAUSE:
            self.reason = bool(self.heard.wanted)
            self.excuse = bool(self.heard.refused)
            self.refuses = False
            self.last = None
            return True
        if kind == Kind.TAKE:
            self.refuses = False
            return True
        if kind == Kind.OR:
            self.alternative = self.last is not None
            self.refuses = self.last is not None and self.last[0] == "refused"
            return True
        return self._refusal(kind, follows, ends, closes)

    def _no(self, follows: bool, ends: bool, closes: bool) -> bool:
        """A "no" that may answer as well as refuse: clear only where one side is empty."""
        if follows:
            return False
        if not ends and not closes:
            return True  # "no he pegado ojo"
        return self._refusal(Kind.BEHIND, follows, True, True)

    def _refusal(self, kind: Kind, follows: bool, ends: bool, closes: bool) -> bool:
        if self.reason:
            return True
        if kind not in (Kind.BEHIND, Kind.EITHER_SIDE) and not follows and not self.adjoins:
            self.heard.turned = self.heard.turned or self.last is None  # "not ideal, but …"
            return True  # "the second, if that does not bother you"
        behind = kind in (Kind.BEHIND, Kind.EITHER_SIDE) or (not follows and ends) or (kind == Kind.AHEAD and closes)
        if behind and self.last is not None and self.last[0] == "wanted":
            self.heard.refused |= self.last[1]
            if self.heard.wanted and self.heard.wanted[-1] == self.last[1]:
                self.heard.wanted.pop()
            self.heard.turned = True
            self.last = ("refused", self.last[1])
            self.refuses = self.alternative = False
            return True
        if self.last is None and (not follows or (closes and kind == Kind.EITHER_SIDE)) and kind != Kind.BEHIND:
            self.heard.turned = True  # "not ideal, but …"
            return True
        if kind == Kind.BEHIND or not follows:
            return self.last is not None and self.last[0] == "refused" and (kind in (Kind.BEHIND, Kind.EITHER_SIDE) or ends)
        self.refuses = True
        self.heard.excludes = self.heard.excludes or kind == Kind.EXCLUDES
        return True

    def name(self, offers: frozenset[int], agreed: bool) -> None:
        """Something is named, and wanted or refused as the turns before it said."""
        heard = self.heard
        if self.reason or (self.excuse and offers <= heard.refused):
            heard.turned = True
            return
        if self.refuses and not agreed:
            heard.refused |= offers
            heard.refusals += 1
            heard.turned = True
            self.last = ("refused", offers)
            self.alternative = self.refuses = False
            return
        if self.takes_back and heard.wanted:
            heard.wanted.pop()
            heard.turned = True
        elif self.replaces and heard.wanted and not offers & heard.wanted[-1]:
            heard.wanted.clear()
            heard.turned = True
        if self.alternative and heard.wanted:
            heard.joined = heard.joined or not offers <= heard.wanted[-1]
            heard.wanted[-1] |= offers
            heard.turned = True
        else:
            heard.wanted.append(offers)
        if self.replaces or self.takes_back:
            heard.refused -= offers  # "I'm no morning person, but go on, the morning"
        self.takes_back = self.replaces = self.alternative = self.refuses = False
        self.last = ("agreed" if agreed or self.liking else "wanted", offers)
        self.liking = False


def _two_in(clauses: _Clauses, first: int, last: int) -> tuple[frozenset[int], frozenset[int]] | None:
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
        if words[cut] in data.pronouns or words[cut - 1] in data.pronouns or not data.ands.isdisjoint(words[max(first, cut - 2) : cut + 1]):
            continue
        left, right = clauses.named(first, cut), clauses.named(cut, last)
        if len(left) == 1 and len(right) == 1 and left != right:
            found.add((left, right))
    return found.pop() if len(found) == 1 else None


def by_clauses(said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> Reading | None:
    """What the clauses of an answer choose together; None when it does not turn, or turns in a way that is not clear."""
    if len(said.choices) < 2:
        return None
    turns = find_turns(said, cues)
    if not turns:
        return None
    clauses = _Clauses(said, cues, mentioned)
    parts = parts_between(said, turns)
    names = [clauses.named(first, last) for _, first, last in parts]
    if sum(1 for offers in names if offers) == 0:
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
        if not offers:
            continue
        if clauses.alternative and (last_word := clauses.made_up(first, last)) is not None:
            clauses.heard.wanted.pop()
            clauses.alternative, offers, clauses.heard.turned = False, last_word, True
        if next_kind in (Kind.BEHIND, Kind.EITHER_SIDE) and len(offers) > 1 and (two := _two_in(clauses, first, last)) is not None:
            clauses.name(two[0], False)
            offers = two[1]
        clauses.name(offers, clauses.agreed(first, last))
        clauses.told = (first, last, offers)
    if clauses.takes_back and clauses.strongly and not clauses.silent(*parts[-1][1:]):
        return several(range(len(said.choices)), said.choices, None)  # what takes its place was not understood
    return None if clauses.takes_back else decided(said, clauses.heard)
