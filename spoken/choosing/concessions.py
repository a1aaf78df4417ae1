"""What stands of an answer although something follows it: "but Tuesday would do too", "at ten on Friday, no, Thursday"."""

from __future__ import annotations

from spoken.choosing.cues import COMPARISONS, Said
from spoken.choosing.hearing import Clauses
from spoken.choosing.phrases import choice_book
from spoken.choosing.turns import Kind, Turn

__all__ = ["after_all", "granted", "settled", "still", "within", "worse"]


def granted(said: Said) -> list[tuple[int, int]]:
    """ "Monday, even if it's a bit early": what is granted, up to the next pause; it takes nothing back. Not where all is."""
    places = [(start, said.paused_at(start)) for _, start, _ in choice_book(said.language, "concedes").find(said.words)]
    return [place for place in places if place != (0, len(said.words))]


def after_all(clauses: Clauses, turn: Turn, first: int, last: int) -> None:
    """ "It's a bit early but that'll do": what was refused is wanted, where nothing but a yes stands behind "but"."""
    agrees = any(first <= start and end <= last for start, end in clauses.agrees)
    if turn.kind != Kind.BUT or not agrees or not clauses.silent(first, last) or clauses.told is None:
        return
    offers = clauses.told[2]
    if offers <= clauses.heard.refused:
        clauses.heard.refused -= offers
        clauses.heard.wanted = [offers]
        clauses.last = ("agreed", offers)


def still(clauses: Clauses, offers: frozenset[int]) -> frozenset[int]:
    """ "At ten on Friday, no, Thursday": of several, the one that what was not taken back leaves; all where it leaves none."""
    if clauses.told is None or not clauses.takes_back or len(offers) < 2:
        return offers
    first, last, _ = clauses.told
    halves = (named for cut in range(first + 1, last) for named in (clauses.named(first, cut), clauses.named(cut, last)))
    left = {offer for half in halves if len(both := half & offers) == 1 for offer in both}
    return frozenset(left) if len(left) == 1 else offers


def worse(clauses: Clauses, turn: Turn, offers: frozenset[int]) -> frozenset[int]:
    """ "The ninth rather than the second", of which the ninth stands second: what is liked is not what it is liked better than."""
    wanted = clauses.heard.wanted[-1] if clauses.heard.wanted else frozenset[int]()
    return offers - wanted if turn.kind in (Kind.OVER, Kind.AHEAD) and clauses.refuses and wanted < offers else offers


def settled(clauses: Clauses, turn: Turn, next_kind: Kind, part: tuple[int, int], offers: frozenset[int]) -> bool:
    """Whether the `offers` of a part behind "but" take the place of nothing.

    "(I'd rather Thursday) but Tuesday would do as well": the one that was liked stands, else both are named. "(Wednesday,)
    but it has to be with Martha", who is there on another day: there is no such offer, and we have to ask.
    """
    said, heard = clauses.said, clauses.heard
    if turn.kind in (Kind.BEHIND, Kind.EITHER_SIDE) and not next_kind and _shares(clauses, part):
        heard.refused |= offers  # "Monday I'm away, and Tuesday too"
        clauses.unclear = len(heard.refused) == len(said.choices)
        return True
    if not heard.wanted or next_kind in (Kind.BEHIND, Kind.EITHER_SIDE):
        return False
    if turn.kind == Kind.BUT and not said.data.alsos.isdisjoint(said.words[slice(*part)]):
        heard.joined = heard.joined or not clauses.preferred
        heard.wanted[-1] |= frozenset() if clauses.preferred else offers
        heard.turned = True
        clauses.replaces = False
        return True
    behind_but = any(said.data.buts.at(said.words, at) == (True, turn.start) for at in range(turn.start))
    musts = turn.kind == Kind.TAKE and said.data.musts.at(said.words, turn.start) is not None
    if turn.kind == Kind.BUT and any(part[0] < start < part[1] for _, start, _ in said.data.musts.find(said.words)):
        behind_but = musts = True  # "aber zu Manuela müsste es sein"
    if behind_but and musts and offers.isdisjoint(heard.wanted[-1]):
        clauses.unclear = True
        return True
    return False


def _shares(clauses: Clauses, part: tuple[int, int]) -> bool:
    """Whether a part begins with "and" and ends with "too", behind what was refused."""
    words, data = clauses.said.words[slice(*part)], clauses.said.data
    return (
        len(words) > 1 and words[0] in data.ands and words[-1] in data.alsos and clauses.last is not None and clauses.last[0] == "refused"
    )


def within(clauses: Clauses, first: int, last: int, offers: frozenset[int]) -> frozenset[int]:
    """What a part behind "but", or a comparison, names among what was named before it: "Friday, but the afternoon one"."""
    compared = any(cue.kind in COMPARISONS and (cue.start, cue.end) == (first, last) for cue in clauses.cues)
    if (
        not (clauses.but or (compared and not clauses.takes_back and not clauses.alternative))
        or not clauses.heard.wanted
        or clauses.refuses
        or len(before := clauses.heard.wanted[-1]) < 2
        or len(offers & before) == 1
    ):
        return offers
    return clauses.named(first, last, before) or offers
