"""A plain yes and a plain no mean yes and no wherever one of them is asked for, whatever a business adds to what callers say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Final

from frontdesk.bootstrap.reading import Folders
from frontdesk.brain.utterance.heard import Heard
from frontdesk.brain.utterance.phrases import Key, Phrases
from frontdesk.brain.utterance.template import Template
from frontdesk.business import Business
from frontdesk.checking.invitations import Trial
from frontdesk.checking.memo import Basis
from frontdesk.checking.phrase_names import problem
from frontdesk.checking.proposed import load_rules
from frontdesk.checking.situations import MOMENT, situation
from fsm.call import Call
from fsm.checks.subject import AGREED
from fsm.facts import Fact, Origin
from fsm.graph import Graph
from fsm.problems import Problem
from fsm.proposals import Proposal
from fsm.views import view

__all__ = ["PlainAnswers"]

_HINT: Final = "Take the word out of this phrase, or let it say more: callers rely on a plain yes and a plain no."
_BESIDE: Final = frozenset({"thanks"})
"""What an answer may be besides: “no thanks”."""
_FILLERS: Final = ("fillers",)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a caller says, and what it must be: with `never`, only no yes."""

    words: str
    means: str
    never: bool = False

    def is_right(self, acts: frozenset[str]) -> bool:
        return "yes" not in acts if self.never else acts - _BESIDE == {self.means}


@dataclass(frozen=True, slots=True)
class _Question:
    """Where a yes or no is asked for: a state, in which way it asks, and which task the call is about, where that matters."""

    state: str
    kind: str
    task: tuple[str, str] | None = None
    fully: bool = False
    """Whether every plain word is tried; elsewhere the yes and the no are, and what must never be a yes: a word means much the same."""


class PlainAnswers:
    """Tries them out in one language, by the rules that hold the calls."""

    def __init__(self, language: str, folders: Folders, basis: Basis) -> None:
        self._language, self._folders, self._basis = language, folders, basis
        self._phrases, self._business = basis.phrases, basis.business
        self._questions = tuple(_first_fully(_questions(basis.whole), basis.whole))

    @property
    def questions(self) -> Sequence[tuple[object, ...]]:
        """The questions, as plain data."""
        return [astuple(question) for question in self._questions]

    def check(self, trial: Trial) -> list[Problem]:
        """answer-turned, once for each phrase that turns one."""
        found = list(self._left_out())
        for question in self._questions:
            found += self._turned(question, trial)
        by_place = {(one.file, one.line, one.column): one for one in reversed(found)}
        return list(reversed(by_place.values()))

    def _left_out(self) -> Iterator[Problem]:
        """Words that say no, taken for words that say nothing: “don't book it” would be a yes."""
        for index, template in enumerate(self._phrases.groups.get(self._language, {}).get(_FILLERS, ())):
            expression = template.compiled({})
            for word in _negations(self._language):
                if expression.fullmatch(Heard(word).plain):
                    yield self._problem(word, "no", "is left out as a word that says nothing", (*_FILLERS, index))
                    break

    def _turned(self, question: _Question, trial: Trial) -> Iterator[Problem]:
        call = _call(question, self._basis.graph, self._business, self._language)
        for answer in _answers(self._language, question, self._basis.graph):
            acts = _acts(trial.proposed.of(answer.words, call, Origin.SPEECH))
            if not answer.is_right(acts):
                said = " and ".join(f"“{act.replace('_', ' ')}”" for act in sorted(acts))
                what = f"is understood as {said}" if acts else "is not understood"
                yield self._problem(answer.words, answer.means, f"{what} in the state “{question.state}”", self._taker(answer, call))

    def _taker(self, answer: _Answer, call: Call) -> tuple[str | int, ...]:
        """The place of the phrase without which the answer would be right; where several take it, the first of their list, or the file."""
        groups = self._phrases.groups.get(self._language, {})
        taking = [(key, index) for key, templates in groups.items() for index, one in enumerate(templates) if _heard_in(one, answer.words)]
        alone = [(key, index, tuple(one for at, one in enumerate(groups[key]) if at != index)) for key, index in taking]
        lists: list[tuple[Key, int, tuple[Template, ...]]] = [(key, index, ()) for key, index in taking]
        seen = view(self._basis.whole, call)
        for key, index, left in (*alone, *lists):
            rules = load_rules(self._business, Phrases({self._language: {**groups, key: left}}))
            if answer.is_right(_acts(rules.propose(answer.words, seen, MOMENT.replace(tzinfo=self._business.zone)))):
                return (*key, index)
        return ()

    def _problem(self, words: str, means: str, instead: str, place: tuple[str | int, ...]) -> Problem:
        message = f"“{words}” says {means} in {self._language}, but {instead}."
        return problem("answer-turned", self._folders, self._language, place, message, _HINT)


def _questions(graph: Graph) -> Iterator[_Question]:
    """Every state that asks for a yes or a no, with each task that it may be about; those in which a value is suggested or read back."""
    for name, state in graph.states.items():
        if state.ask is None:
            continue
        if graph.facts[state.ask].type == "yes_no":
            for task in _tasks(name, graph):
                yield _Question(name, "ask", task)
        else:
            if state.suggest is not None:
                yield _Question(name, "suggest")
            if graph.facts[state.ask].read_back:
                yield _Question(name, "read_back")


def _first_fully(questions: Iterable[_Question], graph: Graph) -> Iterator[_Question]:
    """The first question whose yes lets something be written is the one where every word is tried; without one, the first at all."""
    there = list(questions)
    asking = [question for question in there if question.kind == "ask"]
    first = next((question for question in asking if graph.states[question.state].ask == AGREED), next(iter(asking), None))
    for question in there:
        yield replace(question, fully=question is first)


def _tasks(state: str, graph: Graph) -> Iterator[tuple[str, str] | None]:
    """What a call may be about in a state: the options of the choice that its question depends on, but for those that lead away at once."""
    depends_on = graph.facts[graph.states[state].ask or ""].depends_on
    choice = next((name for name in depends_on if graph.facts[name].type == "choice"), None)
    if choice is None:
        yield None
        return
    leaving = [move.if_[choice] for move in graph.states[state].next if set(move.if_) == {choice} and move.to != state]
    for option in graph.facts[choice].options:
        if not any(option == values or (isinstance(values, list) and option in values) for values in leaving):
            yield choice, option


def _call(question: _Question, graph: Graph, business: Business, language: str) -> Call:
    call = situation(graph, business, question.state, question.kind, language, 1)
    if question.task is None:
        return call
    name, option = question.task
    facts: Mapping[str, Fact] = {**call.facts, name: Fact(option, Origin.SPEECH, 1)}
    return replace(call, facts=facts)


def _answers(language: str, question: _Question, graph: Graph) -> Iterator[_Answer]:
    from spoken.lexicon import phrases  # only here: a check in which everything is known needs no words
    from spoken.say import say

    asks = graph.states[question.state].ask
    yes, no = say(True, "yes_no", language), say(False, "yes_no", language)
    yeses = phrases(language, "yes_no", "undo") if question.fully else ()
    noes = phrases(language, "yes_no", "plain_no") if question.fully else ()
    yield from (_Answer(words, "yes") for words in dict.fromkeys([yes, *yeses]))
    yield from (_Answer(words, "no") for words in dict.fromkeys([no, *noes]))
    if asks == AGREED:
        yield from (_Answer(words, "no", never=True) for words in phrases(language, "yes_no", "forbids"))


def _negations(language: str) -> tuple[str, ...]:
    from spoken.lexicon import phrases

    return (*phrases(language, "yes_no", "plain_no"), *phrases(language, "yes_no", "negators"))


def _acts(proposal: Proposal) -> frozenset[str]:
    return frozenset(act.name for act in proposal.acts)


def _heard_in(template: Template, words: str) -> bool:
    """Whether a phrase may be heard in these words, whatever a business puts into its braces."""
    heard = Heard(words)
    expression = template.compiled({})
    return any(expression.match(heard.plain, heard.start_of(index)) for index in range(len(heard)))
