"""The rules of one language as word trees, and the parser that walks them.

Each rule is a tree of words and references to other rules. A table of first words per rule means that a word which
can begin nothing costs one look-up. Results are kept per rule and place, so the work is linear in the words.

The trees of all phrases together have a hundred thousand branches, of which callers take a few: a branch is made when
somebody first goes there, from the places in the phrases where its words lead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from spoken.when.pattern import Compiler, End, Fork, State, Sub
from spoken.when.tokens import DIGITS, Tokens

__all__ = ["Grammar", "GrammarError", "Parser"]

Found = tuple[tuple[int, Any], ...]
"""(first token after it, value), the longest first."""

_DIGIT_RULES: Final = {"int": (1, 2), "int2": (2, 2), "int3": (1, 3), "int4": (4, 4)}
"""Rules for written figures: at least and at most so many digits."""


class GrammarError(ValueError):
    """The rules of a language cannot be compiled; the message names the rule."""


class _Node:
    """A place in the tree of a rule; what follows it is known once it is open."""

    __slots__ = ("by_first", "end", "states", "subs", "words")

    def __init__(self, states: Sequence[State]) -> None:
        self.states = states
        """The places in phrases that this one stands for; of two with the same words the first counts."""
        self.words: dict[str, _Node] | None = None
        """`None` until the node is open."""
        self.subs: list[tuple[Sub, _Node]] = []
        self.by_first: dict[str, list[tuple[Sub, _Node]]] = {}
        """The references that may be taken at a word of the grammar, once somebody asked for it."""
        self.end: tuple[Any] | None = None

    def led_by(self, first: str) -> list[tuple[Sub, _Node]]:
        """The references whose rules can begin with a word; kept where there are any, so that unknown words take no room."""
        found = [pair for pair in self.subs if first in pair[0].firsts]
        if found:
            self.by_first[first] = found
        return found

    def open(self) -> dict[str, _Node]:
        """Find out what may follow here; returns `words`.

        Two threads may do so at once: both come to the same, and `words` is set last.
        """
        words: dict[str, list[State]] = {}
        subs: dict[Sub, list[State]] = {}
        end: tuple[Any] | None = None
        seen: set[int] = set()
        todo = list(reversed(self.states))
        while todo:
            state = todo.pop()
            if id(state) in seen:
                continue
            seen.add(id(state))
            if isinstance(state, Fork):
                todo += reversed(state.ways)
            elif isinstance(state, End):
                end = end or (state.constant,)
            elif isinstance(state.part, str):
                words.setdefault(state.part, []).append(state.then)
            else:
                subs.setdefault(state.part, []).append(state.then)
        self.end = end
        self.subs = [(sub, _Node(states)) for sub, states in subs.items()]
        self.words = {word: _Node(states) for word, states in words.items()}
        return self.words


class Grammar:
    """Compiled rules, shared by all calls; what they accept never changes."""

    def __init__(self, rules: Mapping[str, Sequence[Any]], numbers: Mapping[str, int]) -> None:
        """`rules` as in `when.yaml`; `numbers` are number words and phrases, which become the rule `word_number`.

        Raises :class:`GrammarError` for a reference to a rule that does not exist and for left recursion, and
        :class:`spoken.when.pattern.PatternError` for a phrase that cannot be read.
        """
        self.roots: dict[str, _Node] = {}
        compiler = Compiler()
        users: dict[str, str] = {}
        base: dict[str, Sequence[Any]] = {"word_number": [numbers], "number": ["<=word_number>", "<=int>"]}
        for name, entries in (*base.items(), *rules.items()):
            self._add_rule(name, entries, compiler)
            for rule in compiler.rules - users.keys():
                users[rule] = name
        for rule, user in users.items():
            if rule not in self.roots and rule not in _DIGIT_RULES:
                raise GrammarError(f"rule {rule!r} is used by {user!r} but not defined")
        self.words: Final = frozenset(compiler.words)
        """Every word that some rule knows."""
        self.firsts: dict[str, frozenset[str]] = {name: frozenset({DIGITS}) for name in _DIGIT_RULES}
        for name in self.roots:
            self._first(name, ())
        for sub in compiler.subs:
            sub.firsts = self.firsts[sub.rule]

    def _add_rule(self, name: str, entries: Sequence[Any], compiler: Compiler) -> None:
        states: list[State] = []
        for entry in entries:
            pairs = entry.items() if isinstance(entry, Mapping) else ((entry, None),)
            states += [compiler.compile(str(pattern), constant) for pattern, constant in pairs]
        before = self.roots.get(name)
        self.roots[name] = _Node([*before.states, *states] if before else states)

    def _first(self, name: str, above: tuple[str, ...]) -> frozenset[str]:
        known = self.firsts.get(name)
        if known is not None:
            return known
        if name in above:
            raise GrammarError(f"rule {name!r} begins with itself: {' > '.join(above)}")
        root = self.roots[name]
        found = {DIGITS if word.isdigit() else word for word in root.open()}
        for sub, _ in root.subs:
            found |= self._first(sub.rule, (*above, name))
        self.firsts[name] = frozenset(found)
        return self.firsts[name]


_NONE: Final[tuple[Found, bool]] = ((), False)


class Parser:
    """Reads rules at places of one tokenised utterance."""

    __slots__ = ("_first_of", "_kept", "_roots", "count", "firsts", "numbers", "words")

    def __init__(self, grammar: Grammar, tokens: Tokens) -> None:
        self._roots = grammar.roots
        self._first_of = grammar.firsts
        self.words = tokens.words
        self.firsts = tokens.firsts
        self.numbers = tokens.numbers
        self.count = len(tokens.words)
        self._kept: list[dict[str, tuple[Found, bool]]] = [{} for _ in self.words]
        """By token and rule."""

    def read(self, rule: str, at: int) -> tuple[Found, bool]:
        """All readings of `rule` at token `at`, and whether the text ended inside a longer one."""
        if at >= self.count or self.firsts[at] not in self._first_of[rule]:
            return _NONE
        return self._kept[at].get(rule) or self._parse(rule, at)

    def _parse(self, rule: str, at: int) -> tuple[Found, bool]:
        bounds = _DIGIT_RULES.get(rule)
        if bounds is not None:
            number = self.numbers[at]
            right = number is not None and bounds[0] <= len(self.words[at]) <= bounds[1]
            answer: tuple[Found, bool] = (((at + 1, number),), False) if right else _NONE
        else:
            ends: dict[int, Any] = {}
            unfinished = self._walk(self._roots[rule], at, at, (), ends)
            answer = (tuple(ends.items() if len(ends) < 2 else sorted(ends.items(), key=_by_end)), unfinished)
        self._kept[at][rule] = answer
        return answer

    def _walk(self, node: _Node, at: int, start: int, captured: tuple[tuple[str, Any], ...], ends: dict[int, Any]) -> bool:
        """Puts every place where the rule may end into `ends`; returns whether the text ended inside it."""
        while True:
            words = node.words
            if words is None:
                words = node.open()
            subs = node.subs
            if node.end is not None and at not in ends:
                ends[at] = _value(node.end[0], captured)
            if at >= self.count:
                return at > start and bool(words or subs)
            child = words.get(self.words[at])
            if subs:
                break
            if child is None:
                return False
            node, at = child, at + 1
        unfinished = child is not None and self._walk(child, at + 1, start, captured, ends)
        first, kept = self.firsts[at], self._kept[at]
        for sub, child in node.by_first.get(first) or node.led_by(first):
            found, open_end = kept.get(sub.rule) or self._parse(sub.rule, at)
            unfinished = unfinished or open_end
            for end, value in found:
                if type(value) is int and not sub.low <= value <= sub.high:
                    continue
                with_value = captured if sub.name == "-" else (*captured, (sub.name, value))
                if self._walk(child, end, start, with_value, ends):
                    unfinished = True
        return unfinished


def _by_end(item: tuple[int, Any]) -> int:
    return -item[0]


def _value(constant: Any, captured: tuple[tuple[str, Any], ...]) -> Any:
    """A rule's own value joined with what its references gave; a taken-over value that is no mapping stands alone."""
    if not captured:
        return constant if constant is not None else {}
    result: dict[str, Any] = {}
    for name, value in captured:
        if name != "=":
            result[name] = value
        elif isinstance(value, dict):
            result.update(value)
        else:
            return value
    if isinstance(constant, dict):
        result.update(constant)
    elif constant is not None:
        return constant
    return result
