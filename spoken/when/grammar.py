"""The rules of one language, compiled into word trees, and the parser that walks them.

Each rule is a tree of words and references to other rules. A table of first words per rule means that a word which
can begin nothing costs one look-up. Results are kept per rule and place, so the work is linear in the words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from spoken.when.pattern import Sub, expand
from spoken.when.tokens import DIGITS, Tokens

__all__ = ["Grammar", "GrammarError", "Parser"]

Found = tuple[tuple[int, Any], ...]
"""(first token after it, value), the longest first."""

_DIGIT_RULES: Final = {"int": (1, 2), "int2": (2, 2), "int3": (1, 3), "int4": (4, 4)}
"""Rules for written figures: at least and at most so many digits."""


class GrammarError(ValueError):
    """The rules of a language cannot be compiled; the message names the rule."""


class _Node:
    __slots__ = ("end", "subs", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.subs: list[tuple[Sub, _Node]] = []
        self.end: tuple[Any] | None = None


class Grammar:
    """Compiled rules; immutable after building, and shared by all calls."""

    def __init__(self, rules: Mapping[str, Sequence[Any]], numbers: Mapping[str, int], keep: Callable[[str], bool] | None = None) -> None:
        """`rules` as in `when.yaml`; `numbers` are number words and phrases, which become the rule `word_number`.

        `keep` is asked about each phrase, with the name of its rule; by default all are kept (tests leave some out).

        Raises :class:`GrammarError` for a reference to a rule that does not exist and for left recursion, and
        :class:`spoken.when.pattern.PatternError` for a phrase that cannot be read.
        """
        self.roots: dict[str, _Node] = {}
        self._keep = keep
        self._add_rule("word_number", [{phrase: value} for phrase, value in numbers.items()])
        self._add_rule("number", ["<=word_number>", "<=int>"])
        for name, entries in rules.items():
            self._add_rule(name, entries)
        self.firsts: dict[str, frozenset[str]] = {name: frozenset({DIGITS}) for name in _DIGIT_RULES}
        for name in self.roots:
            self._first(name, ())

    @property
    def words(self) -> frozenset[str]:
        """Every word that some rule knows."""
        found: set[str] = set()
        todo = list(self.roots.values())
        while todo:
            node = todo.pop()
            found |= node.words.keys()
            todo += [*node.words.values(), *(child for _, child in node.subs)]
        return frozenset(found)

    def _add_rule(self, name: str, entries: Sequence[Any]) -> None:
        root = self.roots.setdefault(name, _Node())
        for entry in entries:
            pairs = entry.items() if isinstance(entry, Mapping) else ((entry, None),)
            for pattern, constant in pairs:
                for sequence in expand(str(pattern)):
                    if self._keep is None or self._keep(name):
                        self._add(root, sequence, constant)

    @staticmethod
    def _add(node: _Node, sequence: Sequence[str | Sub], constant: Any) -> None:
        for part in sequence:
            if isinstance(part, str):
                node = node.words.setdefault(part, _Node())
                continue
            for sub, child in node.subs:
                if sub == part:
                    node = child
                    break
            else:
                child = _Node()
                node.subs.append((part, child))
                node = child
        if node.end is None:
            node.end = (constant,)

    def _first(self, name: str, above: tuple[str, ...]) -> frozenset[str]:
        known = self.firsts.get(name)
        if known is not None:
            return known
        if name in above:
            raise GrammarError(f"rule {name!r} begins with itself: {' > '.join(above)}")
        if name not in self.roots:
            raise GrammarError(f"rule {name!r} is used by {above[-1] if above else '?'!r} but not defined")
        root = self.roots[name]
        found = {DIGITS if word.isdigit() else word for word in root.words}
        for sub, _ in root.subs:
            found |= self._first(sub.rule, (*above, name))
        self._check(root, name)
        self.firsts[name] = frozenset(found)
        return self.firsts[name]

    def _check(self, node: _Node, name: str) -> None:
        for sub, child in node.subs:
            if sub.rule not in self.roots and sub.rule not in _DIGIT_RULES:
                raise GrammarError(f"rule {sub.rule!r} is used by {name!r} but not defined")
            self._check(child, name)
        for child in node.words.values():
            self._check(child, name)


_NONE: Final[tuple[Found, bool]] = ((), False)


class Parser:
    """Reads rules at places of one tokenised utterance."""

    __slots__ = ("_first_of", "_kept", "_roots", "count", "firsts", "numbers", "words")

    def __init__(self, grammar: Grammar, tokens: Tokens) -> None:
        self._roots = grammar.roots
        self._first_of = grammar.firsts
        self._kept: dict[tuple[str, int], tuple[Found, bool]] = {}
        self.words = tokens.words
        self.firsts = tokens.firsts
        self.numbers = tokens.numbers
        self.count = len(tokens.words)

    def read(self, rule: str, at: int) -> tuple[Found, bool]:
        """All readings of `rule` at token `at`, and whether the text ended inside a longer one."""
        if at >= self.count:
            return _NONE
        if self.firsts[at] not in self._first_of[rule]:
            return _NONE
        key = (rule, at)
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        bounds = _DIGIT_RULES.get(rule)
        if bounds is not None:
            number = self.numbers[at]
            if number is None or not bounds[0] <= len(self.words[at]) <= bounds[1]:
                answer: tuple[Found, bool] = _NONE
            else:
                answer = (((at + 1, number),), False)
        else:
            ends: dict[int, Any] = {}
            unfinished = self._walk(self._roots[rule], at, at, (), ends)
            answer = (tuple(sorted(ends.items(), key=_by_end)), unfinished)
        self._kept[key] = answer
        return answer

    def _walk(self, node: _Node, at: int, start: int, captured: tuple[tuple[str, Any], ...], ends: dict[int, Any]) -> bool:
        if node.end is not None and at not in ends:
            ends[at] = _value(node.end[0], captured)
        if at >= self.count:
            return at > start and bool(node.words or node.subs)
        unfinished = False
        child = node.words.get(self.words[at])
        if child is not None:
            unfinished = self._walk(child, at + 1, start, captured, ends)
        for sub, child in node.subs:
            if self.firsts[at] not in self._first_of[sub.rule]:
                continue
            found, open_end = self.read(sub.rule, at)
            unfinished = unfinished or open_end
            for end, value in found:
                if type(value) is int and not sub.low <= value <= sub.high:
                    continue
                kept = captured if sub.name == "-" else (*captured, (sub.name, value))
                if self._walk(child, end, start, kept, ends):
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
