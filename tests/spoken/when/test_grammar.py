"""The compiled rules against the notation written out."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoken.when.grammar import Grammar, GrammarError, Parser
from spoken.when.pattern import PatternError
from spoken.when.tokens import tokenise
from spoken.when.wording import Wording
from tests.spoken.when.expansions import expansions

WORDS = ("a", "b", "c")


def _group(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    row = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    choice = st.lists(row, min_size=1, max_size=3).map("|".join)
    return choice.map("({})".format) | choice.map("[{}]".format)


PATTERNS = st.lists(st.recursive(st.sampled_from(WORDS), _group, max_leaves=8), min_size=1, max_size=3).map(" ".join)


def _read(grammar: Grammar, rule: str, text: str) -> dict[int, Any]:
    parser = Parser(grammar, tokenise(text, Wording(repeatable=WORDS)))
    return dict(parser.read(rule, 0)[0])


@given(st.lists(PATTERNS, min_size=1, max_size=4))
def test_phrases_stand_for_every_choice_and_the_first_one_counts(patterns: list[str]) -> None:
    """Of all sequences of words exactly those are read that the phrases stand for, with the value of the first phrase that has them."""
    meant: dict[str, int] = {}
    for value, pattern in enumerate(patterns):
        for phrase in expansions(pattern):
            meant.setdefault(phrase, value)
    grammar = Grammar({"rule": [{pattern: value} for value, pattern in enumerate(patterns)]}, {"one": 1})
    for length in range(1, 4):
        for words in itertools.product(WORDS, repeat=length):
            said = {end: meant[phrase] for end in range(1, length + 1) if (phrase := " ".join(words[:end])) in meant}
            found = _read(grammar, "rule", " ".join(words))
            assert {end: value for end, value in found.items() if end} == said  # nothing at all is no phrase to anybody


@given(PATTERNS)
def test_the_end_of_the_text_inside_a_phrase_is_noticed(pattern: str) -> None:
    """A beginning of a phrase is unfinished, anything else is not."""
    phrases = [phrase.split() for phrase in expansions(pattern)]
    grammar = Grammar({"rule": [pattern]}, {"one": 1})
    for length in range(1, 4):
        for words in itertools.product(WORDS, repeat=length):
            begun = any(len(phrase) > length and phrase[:length] == list(words) for phrase in phrases)
            parser = Parser(grammar, tokenise(" ".join(words), Wording(repeatable=WORDS)))
            assert parser.read("rule", 0)[1] is begun


def test_references_keep_take_over_and_forget() -> None:
    """A reference is kept under its own or another name, taken over or forgotten, and holds its bounds."""
    rules = {
        "day": [{"monday": 0, "tuesday": 1}],
        "rule": [
            {"on <day>": {"k": "kept"}},
            {"at <hour:number:1-12>": {"k": "other"}},
            {"since <=day>": None},
            {"not <-day>": {"k": "forgotten"}},
            "(<first:day>|<second:day>)",
        ],
    }
    grammar = Grammar(rules, {"one": 1, "twenty": 20})
    assert _read(grammar, "rule", "on tuesday") == {2: {"k": "kept", "day": 1}}
    assert _read(grammar, "rule", "at one") == {2: {"k": "other", "hour": 1}}
    assert _read(grammar, "rule", "at twenty") == {}
    assert _read(grammar, "rule", "since tuesday") == {2: 1}
    assert _read(grammar, "rule", "tuesday") == {1: {"first": 1}}  # of two ways the first counts
    assert _read(grammar, "rule", "not tuesday") == {2: {"k": "forgotten"}}


def test_umlauts_are_known_in_both_spellings() -> None:
    """A word of the data with an umlaut is also read as transcripts write it without."""
    grammar = Grammar({"rule": [{"übermorgen [früh]": 1}]}, {"eins": 1})
    assert [_read(grammar, "rule", said) for said in ("übermorgen früh", "uebermorgen frueh", "ubermorgen")] == [
        {1: 1, 2: 1},
        {1: 1, 2: 1},
        {1: 1},
    ]
    assert {"ubermorgen", "uebermorgen", "fruh", "frueh", "eins"} == grammar.words


@pytest.mark.parametrize("pattern", ["(a", "a)", "[a", "a]", "(a]", "[a)", "a (b|c"])
def test_unbalanced_brackets_are_refused(pattern: str) -> None:
    """The message quotes the phrase."""
    with pytest.raises(PatternError, match=r"missing|unexpected") as caught:
        Grammar({"rule": [pattern]}, {"one": 1})
    assert repr(pattern) in str(caught.value)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"rule": ["a <nowhere>"]}, "'nowhere' is used by 'rule' but not defined"),
        ({"rule": ["[x] <other>"], "other": ["<rule> a"]}, "begins with itself: rule > other"),
    ],
)
def test_rules_that_cannot_work_are_refused(rules: dict[str, list[str]], message: str) -> None:
    """The message names the rules."""
    with pytest.raises(GrammarError, match=message):
        Grammar(rules, {"one": 1})
