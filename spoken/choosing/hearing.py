"""What has been heard of an answer so far, clause by clause: what was wanted, refused, or told as a reason.

`choosing.clauses` cuts the answer and says what each turn in it means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from spoken.choosing.cues import COMPARISONS, Cue, Said
from spoken.choosing.outcome import Heard
from spoken.choosing.phrases import choice_book
from spoken.choosing.turns import Kind, Turn

__all__ = ["Clauses", "Mentioned"]

PLACES: Final = COMPARISONS | {"position", "last", "second_last", "middle"}
MAX_BETWEEN: Final = 2
"""Words between a thing and the "not" that refuses it."""


class Mentioned(Protocol):
    """Which offers some words name by themselves; empty when they name none, or all alike."""

    def __call__(self, part: str, among: frozenset[int] = ...) -> frozenset[int]:
        """`among`: as if only these had been offered; none of them are all."""


class Clauses:
    """The state of the sentence while its parts are heard one after the other."""

    def __init__(self, said: Said, cues: Sequence[Cue], mentioned: Mentioned) -> None:
        self.said = said
        self.mentioned = mentioned
        self.cues = cues
        self.agrees = [(cue.start, cue.end) for cue in cues if cue.kind == "yes"]
        self.blots = [(cue.start, cue.end) for cue in cues if cue.kind in ("yes", "any")]
        self.better = [(start, end) for _, start, end in choice_book(said.language, "better").find(said.words)]
        self.heard = Heard()
        self.refuses = False
        """What is named next is refused."""
        self.reason = False
        """What is named is a reason."""
        self.excuse = False
        """What is named as it was refused is why it was."""
        self.fronted = False
        """The answer begins with a reason."""
        self.but = self.unclear = False
        """A "but" stood last; a hindrance behind one may be about either side."""
        self.replaced: set[int] = set()
        """What was taken back."""
        self.takes_back = self.strongly = False
        self.replaces = False
        """A wish that follows takes the place of those before it."""
        self.concludes = False
        """What is named follows a "so", in words of the offers."""
        self.alternative = False
        self.last: tuple[str, frozenset[int]] | None = None
        """What was named last in this clause: "wanted", "agreed" or "refused"."""
        self.preferred = self.liking = False
        self.told: tuple[int, int, frozenset[int]] | None = None
        """The part that named something last, and what."""

    def named(self, first: int, last: int, among: frozenset[int] = frozenset()) -> frozenset[int]:
        """The offers that the words between two places name; `among`: of these only, where it is not empty."""
        if first >= last:
            return frozenset()
        said, places = self.said, [(start, end) for start, end in self.blots if first <= start and end <= last]
        until = said.tokens[last].start if last < len(said.tokens) else len(said.text)  # with the dot of "den 19."
        text = said.without(places)[said.tokens[first].start : until]
        return self.mentioned(text, among) if text.strip() else frozenset()

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
        """Where in a part there is a comma or a full stop, or one is liked better and more is said."""
        better = [end for start, end in self.better if first < start]
        return [at for at in range(first + 1, last) if self.said.paused_before(at) or at in better]

    def closed(self, first: int, last: int) -> bool:
        """A pause before a part, or "and" at its beginning."""
        said = self.said
        if not 0 < first < last:
            return False
        return said.words[first] in said.data.ands or said.paused_before(first)

    @property
    def adjoins(self) -> bool:
        """Whether the next turn stands right behind what was named, or nearly so."""
        if self.told is None:
            return False
        first, last, offers = self.told
        return all(self.named(first, end) != offers for end in self._ends(first, last - MAX_BETWEEN - 1))

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

    @property
    def tells_more(self) -> bool:
        """Whether something was told of what was named last: "Monday is when I sleep (I'll take Wednesday)"."""
        if self.told is None:
            return False
        first, last, offers = self.told
        end = next((end for end in self._ends(first, last) if self.named(first, end) == offers), last)
        return not self.silent(end, last)

    def ends_with_it(self, first: int, last: int, offers: frozenset[int]) -> bool:
        """Whether nothing is told behind the second of two things named in a part."""
        begin = next((at for at in range(last - 1, first, -1) if self.named(at, last) == offers), first)
        end = next((end for end in self._ends(begin, last) if self.named(begin, end) == offers), last)
        return self.silent(end, last)

    def _ends(self, first: int, last: int) -> Iterator[int]:
        """Where what is named from a place on may end, up to another: not behind a little word, which names nothing."""
        return (end for end in range(first + 1, last + 1) if end == last or not self.said.little(end - 1))

    def agreed(self, first: int, last: int) -> bool:
        """A yes ends the part ("Friday is fine"), or that it is the better one stands in it."""
        if any(first < start and end == last for start, end in self.agrees):
            return True
        return any(first <= start and end <= last and (first == start or self.silent(end, last)) for start, end in self.better)

    def turn(self, turn: Turn, follows: bool, ends: bool, closes: bool) -> bool:
        """Take a turn to heart; False when the sentence is one for other readers.

        `follows`: something is named behind it. `ends`: nothing that says anything stands between it and the next turn.
        `closes`: a pause or "and" stands behind it.
        """
        kind = turn.kind
        behind_but, self.but = self.but, kind == Kind.BUT
        if kind == Kind.SINCE:
            self.reason = self.fronted = True
            return True
        if kind == Kind.LIKEWISE:
            return self._likewise(follows)
        if kind == Kind.EITHER_SIDE and behind_but and self.last is None and self.heard.wanted:
            return self._hindered(follows)
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
            reasoned = kind == Kind.SO and follows and self.last is None and not self.silent(0, turn.start)
            self.heard.turned = self.heard.turned or reasoned  # "after school, so nine o'clock"
            self.refuses = self.reason = self.excuse = False
            self.replaces = True
            self.preferred = self.preferred or kind == Kind.PREFER
            self.last = None
            return True
        if kind == Kind.BECAUSE:
            self.reason = bool(self.heard.wanted)
            self.heard.turned = self.heard.turned or self.reason
            self.excuse = bool(self.heard.refused)
            self.refuses = False
            self.last = None
            return True
        if kind == Kind.TAKE:
            told = self.last is not None and self.last[0] == "wanted" and not self.refuses
            self.replaces = self.replaces or (told and follows and self.tells_more)
            self.refuses = False
            self.reason = self.reason and not self.fronted
            return True
        if kind == Kind.OR:
            self.alternative = self.last is not None
            self.refuses = self.last is not None and self.last[0] == "refused"
            return True
        return self._refusal(kind, follows, ends, closes)

    def _likewise(self, follows: bool) -> bool:
        """What stands beside it shares a refusal; a wish is shared by nothing that we could choose."""
        heard = self.heard
        if self.last is not None and self.last[0] == "wanted" and (heard.refused or self.replaced):
            heard.refused |= self.last[1] | self.replaced
            heard.wanted = [offers for offers in heard.wanted if not offers <= heard.refused]
            heard.turned = True
            self.last = ("refused", self.last[1])
        elif self.last is not None and self.last[0] == "refused" and follows:
            self.refuses = True
        return True

    def _hindered(self, follows: bool) -> bool:
        """ "Monday would be lovely, but I'm away": of Monday, unless something is named behind it."""
        heard = self.heard
        if follows:
            self.unclear = True
            return True
        heard.refused |= heard.wanted.pop()
        heard.turned = True
        self.last = ("refused", frozenset(heard.refused))
        return True

    def _no(self, follows: bool, ends: bool, closes: bool) -> bool:
        """A "no" that may answer as well as refuse: clear only where one side is empty."""
        if follows:
            return closes and self.last is not None and self.last[0] == "wanted" and self._refusal(Kind.BEHIND, follows, ends, closes)
        if not ends and not closes:
            return True  # "no he pegado ojo"
        return self._refusal(Kind.BEHIND, follows, True, True)

    def _refusal(self, kind: Kind, follows: bool, ends: bool, closes: bool) -> bool:
        if self.reason:
            self.reason = not (self.takes_back and kind == Kind.EITHER_SIDE)  # "no, I've got the doctor that day, the second"
            return True
        if kind not in (Kind.BEHIND, Kind.EITHER_SIDE) and not follows and not self.adjoins:
            self.heard.turned = self.heard.turned or self.last is None  # "not ideal, but …"
            return True  # "the second, if that does not bother you"
        behind = kind in (Kind.BEHIND, Kind.EITHER_SIDE) or (not follows and ends) or (kind == Kind.AHEAD and closes)
        if behind and self.last is not None and self.last[0] == "wanted":
            self.heard.refused |= self.last[1]
            self.heard.refusals += kind is Kind.BEHIND and not self.said.timed()  # too little, and too much: the one between
            if self.heard.wanted and self.heard.wanted[-1] == self.last[1]:
                self.heard.wanted.pop()
            self.heard.turned = True
            self.last = ("refused", self.last[1])
            self.refuses = self.alternative = False
            return True
        if kind == Kind.EITHER_SIDE and not follows and self.last is not None and self.last[0] == "agreed":
            self.heard.turned = True  # "it'll have to be Saturday, I'm away all week"
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
        if self.refuses and agreed and self.last is not None and self.last[0] == "wanted" and heard.wanted:
            heard.refused |= heard.wanted.pop() - offers  # "Wednesday not, Friday yes"
            heard.turned = True
        if self.refuses and not agreed:
            heard.refused |= offers
            heard.refusals += 1
            heard.turned = True
            self.last = ("refused", offers)
            self.alternative = self.refuses = False
            return
        if self.takes_back and heard.wanted:
            self.replaced |= heard.wanted.pop() - offers
            heard.turned = True
        elif self.replaces and heard.wanted:
            if not offers & heard.wanted[-1] or (self.concludes and len(offers) > 1 and not self.said.timed()):
                heard.wanted.clear()  # "I've only just washed it, so dry": what was before was a reason
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
        self.last = ("agreed" if agreed or self.liking else "wanted", heard.wanted[-1] if heard.joined else offers)
        self.liking = False
