"""Looks for the call that tells a changed graph from the original: both are walked side by side, from wherever the change can be felt."""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final, Literal

from frontdesk.proving.exploring import Edge, Explored, Key, Node
from frontdesk.proving.happenings import HANGS_UP, NO, YES, Happening
from frontdesk.proving.situations import Impossible, Moment, Setting, Situations, Stretch
from fsm.call import Call
from fsm.conditions import holds
from fsm.draft import Draft
from fsm.errors import EngineError
from fsm.graph import Graph
from fsm.spec import NOT_FROM_CALLERS, GraphSpec

__all__ = ["Difference", "TellingApart"]

_MOST_STEPS: Final = 12_000
"""Happenings that are tried for one change: what was explored, what was not, answers with more to them, and two things at once."""
_DEEPEST: Final = 4
_NEARBY: Final = 1
"""So many happenings later a difference is still looked for: where what is remembered differs, and where a changed fact was spoken of."""
_OF_EACH_OUTLOOK: Final = 2
"""Nodes that are walked from where the conditions of all moves hold alike."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A call of which the two graphs make something else: how it begins, and everything that happens."""

    setting: Setting
    stretches: tuple[Stretch, ...]


class TellingApart:
    """Ways to everything that was explored of the original."""

    def __init__(self, explored: Explored) -> None:
        self.explored, self.situations = explored, explored.situations
        self._came: dict[Key, tuple[Key, Edge] | Setting] = {}
        self._order: list[tuple[Key, Node]] = []
        self._find_ways()

    def differences(self, changed: Situations) -> Iterator[Difference]:
        """Calls that differ, the nearest first; none where none was found in so many steps."""
        nodes, facts = self._felt(changed.graph.spec)
        tiers = ((self._edges, True), (self._single, True), (self._agreeing, False), (self._agreeing, True), (self._several, True))
        for choices, goes_on in tiers:
            steps = [_MOST_STEPS]
            tried = ((key, node, stretch) for key, node in nodes for stretch in choices(key, node))
            for key, node, stretch in tried:
                found = self._apart(node, stretch, changed, facts if goes_on else frozenset(), steps)
                if found is not None:
                    yield self._from(key, found)
                if steps[0] <= 0:
                    break

    # -- where from ------------------------------------------------------------------------------------------------

    def _find_ways(self) -> None:
        number = count()
        queue: list[tuple[float, int, Key, tuple[Key, Edge] | Setting]] = []
        for setting, key in self.explored.starts.items():
            heapq.heappush(queue, (0.0, next(number), key, setting))
        while queue:
            cost, _, key, came = heapq.heappop(queue)
            if key in self._came:
                continue
            self._came[key] = came
            node = self.explored.nodes[key]
            self._order.append((key, node))
            for edge in node.edges or ():
                if not edge.ends and edge.to not in self._came:
                    heapq.heappush(queue, (cost + edge.cost, next(number), edge.to, (key, edge)))

    def _felt(self, changed: GraphSpec) -> tuple[Sequence[tuple[Key, Node]], frozenset[str]]:
        """The nodes from which a change may be felt at once, few of each outlook, and the facts that are changed."""
        original = self.situations.graph.spec
        states = {name for name, state in original.states.items() if changed.states.get(name) != state}
        facts = frozenset(name for name, fact in original.facts.items() if changed.facts.get(name) != fact)
        bare: Mapping[str, Any] = {"states": {}}
        everywhere = changed.model_copy(update=bare) != original.model_copy(update=bare)
        alike: Counter[Hashable] = Counter()
        found: list[tuple[Key, Node]] = []
        for key, node in self._order:
            touched = {name for edge in node.edges or () for name in edge.covers if name.split(".")[0] in states}
            if everywhere or touched or node.state in states:
                outlook = self._outlook(node, states, facts), frozenset(touched)
                alike[outlook] += 1
                if alike[outlook] <= _OF_EACH_OUTLOOK:
                    found.append((key, node))
        ranks: Counter[str] = Counter()
        order: dict[Key, tuple[bool, int]] = {}
        for key, node in found:
            ranks[node.state] += 1
            order[key] = not self._speaks_of(node, facts), ranks[node.state]
        return sorted(found, key=lambda one: order[one[0]]), facts

    def _outlook(self, node: Node, states: AbstractSet[str], facts: AbstractSet[str]) -> Hashable:
        """What the moves of a node's state and of the changed ones tell apart, one by one, and which changed facts are known."""
        call, graph = node.moment.call, self.situations.graph
        moves = [move for name in {node.state, *states} for move in (*graph.states[name].next, *graph.states[name].on)]
        parts = {(name, str(wanted)): holds({name: wanted}, call, graph.fact_names) for move in moves for name, wanted in move.if_.items()}
        running = node.moment.run.action if node.moment.run else ""
        choice = tuple(sorted((name, len(items) > 1) for name, items in call.lists.items() if items))
        return node.state, running, choice, frozenset(part for part, held in parts.items() if held), frozenset(facts & call.facts.keys())

    def _speaks_of(self, node: Node, facts: AbstractSet[str]) -> bool:
        return self.situations.graph.states[node.state].ask in facts or not facts.isdisjoint(node.moment.call.facts)

    def _from(self, key: Key, found: Sequence[Stretch]) -> Difference:
        stretches = list(found)
        came = self._came[key]
        while not isinstance(came, Setting):
            before, edge = came
            stretches.insert(0, edge.stretch)
            came = self._came[before]
        return Difference(came, tuple(stretches))

    # -- side by side ----------------------------------------------------------------------------------------------

    def _apart(self, node: Node, stretch: Stretch, changed: Situations, facts: AbstractSet[str], steps: list[int]) -> list[Stretch] | None:
        """Happenings after which the two differ, beginning with a stretch; None where there are none nearby.

        Where nothing differs at first it goes on from what is remembered otherwise, and from what speaks of changed facts.
        """
        mine = node.moment
        other = replace(mine, call=_carried_over(mine.call, self.situations.graph, changed.graph))
        begun: tuple[Stretch, ...] = (stretch,)
        waiting: deque[tuple[Moment, Moment, list[Stretch], Sequence[Stretch]]]
        waiting = deque([(mine, other, [], begun)])
        seen: set[Key] = set()
        asked = self.situations.graph.states[node.state].ask in facts
        while waiting:
            mine, other, way, choices = waiting.popleft()
            for choice in choices or self.situations.choices(mine):
                if steps[0] <= 0:
                    return None
                after = self._together(mine, other, choice, changed, steps)
                if after is None:
                    continue
                if after is True:
                    return [*way, choice]
                key, same = (
                    self.situations.key(after[0]),
                    _remembered(after[0], self.situations.graph) == _remembered(after[1], changed.graph),
                )
                spoken_of = any(_speaks(one, facts, asked=asked) for one in stretch if not isinstance(one, str))
                if key not in seen and (spoken_of and len(way) < _NEARBY if same else len(way) < _DEEPEST):
                    seen.add(key)
                    waiting.append((*after, [*way, choice], ()))
        return None

    def _together(
        self, mine: Moment, other: Moment, stretch: Stretch, changed: Situations, steps: list[int]
    ) -> tuple[Moment, Moment] | Literal[True] | None:
        """Both after a stretch as long as nobody sees a difference; True where somebody does, None where it cannot happen."""
        for happening in stretch:
            steps[0] -= 1
            try:
                mine = self.situations.take(mine, happening)
            except (Impossible, EngineError):
                return None
            try:
                other = changed.take(other, happening)
            except (Impossible, EngineError, KeyError):
                return True
            if _seen(mine) != _seen(other):
                return True
        return mine, other

    # -- what callers may do ---------------------------------------------------------------------------------------

    def _edges(self, key: Key, _: Node) -> Iterator[Stretch]:
        for edge in self.explored.edges(key):
            yield edge.stretch

    def _single(self, _: Key, node: Node) -> Iterator[Stretch]:
        """Any one thing, whether or not it is asked for."""
        if node.moment.run is not None:
            yield (HANGS_UP,)
            return
        for happening in (*self._facts(node.moment), *self._acts()):
            yield (happening,)

    def _agreeing(self, _: Key, node: Node) -> Iterator[Stretch]:
        """A yes or a no, and something else in the same breath; or another wish with a fact as it was or otherwise, and a yes to it all."""
        if node.moment.run is not None:
            return
        facts = list(self._facts(node.moment))
        for fact in facts:
            for answer in (YES, NO):
                yield (Happening("says", fact.facts, answer.acts),)
        wishes = [fact for fact in facts if self.situations.graph.facts[fact.facts[0][0]].type == "choice"]
        for wish in wishes:
            for name, spec in self.situations.graph.facts.items():
                if spec.type not in {"yes_no", "choice"} | NOT_FROM_CALLERS:
                    for token in self.situations.values.tokens(name, node.moment.call):
                        yield (Happening("says", (*wish.facts, (name, token)), YES.acts),)

    def _several(self, _: Key, node: Node) -> Iterator[Stretch]:
        """Two things in one utterance."""
        if node.moment.run is not None:
            return
        facts, acts = list(self._facts(node.moment)), list(self._acts())
        for fact in facts:
            for other in (*acts[2:], *facts):
                names = {name for name, _ in (*fact.facts, *other.facts)}
                if len(names) == len(fact.facts) + len(other.facts):
                    yield (Happening("says", fact.facts + other.facts, other.acts),)
        for act in acts:
            for other in acts:
                if other not in {act, YES, NO}:
                    yield (Happening("says", acts=act.acts + other.acts),)

    def _facts(self, moment: Moment) -> Iterator[Happening]:
        for name, fact in self.situations.graph.facts.items():
            if fact.type != "yes_no" and fact.type not in NOT_FROM_CALLERS:
                for token in self.situations.tokens(name, moment.call):
                    yield Happening("says", ((name, token),))

    def _acts(self) -> Iterator[Happening]:
        yield from (YES, NO)
        for act in self.situations.graph.spec.acts:
            if act != "wants_change":
                yield Happening("says", acts=((act, ""),))
                continue
            for name, fact in self.situations.graph.facts.items():
                if fact.type != "yes_no" and fact.type not in NOT_FROM_CALLERS:
                    yield Happening("says", acts=((act, f"fact={name}"),))


def _speaks(happening: Happening, facts: AbstractSet[str], *, asked: bool) -> bool:
    """Whether a caller speaks of one of some facts; a yes or no does where one of them is asked for."""
    return any(name in facts for name, _ in happening.facts) or (asked and any(name in {"yes", "no"} for name, _ in happening.acts))


def _carried_over(call: Call, original: Graph, changed: Graph) -> Call:
    """The call as it would be had it gone so in the changed graph: what was read back may be another set of facts there."""
    carried = replace(call, graph=changed.digest)
    now = _as_read_back(carried, changed)
    return replace(carried, read_back=now) if now is not None and call.read_back == _as_read_back(call, original) else carried


def _remembered(moment: Moment, graph: Graph) -> Call:
    """What a graph remembers of a call: of what was read back, whether it is what is known now."""
    call = moment.call
    return replace(call, graph="", generation=0, read_back="known" if call.read_back == _as_read_back(call, graph) else "")


def _as_read_back(call: Call, graph: Graph) -> str | None:
    """The digest of what would be read back now; None where no answer is asked for."""
    asked = graph.states[call.state].ask
    return Draft(graph, call).digest(asked) if asked is not None and graph.facts[asked].type == "yes_no" else None


def _seen(moment: Moment) -> tuple[object, ...]:
    """What a caller or an owner sees of a moment."""
    call = moment.call
    known = {name: fact.value for name, fact in call.facts.items()}
    return moment.lines, moment.run.action if moment.run else "", call.state, call.path, call.achieved, known, call.ended
