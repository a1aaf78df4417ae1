"""Everything that can be found out about a business folder before anybody rings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.kept_readings import KeptReadings
from frontdesk.bootstrap.reading import Folders, Reading, line_files, prompt_files, read_all
from frontdesk.bootstrap.remembering import remembered
from frontdesk.business import Business
from frontdesk.checking.act_words import check_act_words
from frontdesk.checking.claims import check_claims
from frontdesk.checking.graph_parts import as_explored
from frontdesk.checking.heard_business import as_heard
from frontdesk.checking.invitations import Trial, asked_in
from frontdesk.checking.memo import Memo
from frontdesk.checking.own_language import check_own_language
from frontdesk.checking.phrase_names import check_phrase_names
from frontdesk.checking.plain_answers import PlainAnswers
from frontdesk.checking.read_backs import check_read_backs
from frontdesk.checking.showing import texts_of_calls
from frontdesk.checking.tokens import Tokens
from frontdesk.checking.unread_files import check_unread_files
from frontdesk.processes import side_by_side
from frontdesk.prompting.disclosing import check_disclosure
from fsm.checks.subject import Subject
from fsm.graph import Graph, compile_graph
from fsm.problems import Problem, in_file_order
from fsm.showing import Text
from fsm.spec import GraphSpec

__all__ = ["Examined", "examine_folders"]

_TEXTS, _CALLS = "(texts)", "(calls)"
"""Parts of the check; the others are named after their languages."""


@dataclass(frozen=True)
class Examined:
    """What was read, what is wrong with it, and what its prompts cost. `tokens` are empty where the content cannot be used at all."""

    read: Reading
    problems: tuple[Problem, ...]
    tokens: Tokens = field(default_factory=Tokens)


@dataclass(frozen=True)
class _Found:
    """What one part of the check has come to, the keys in the memo of what was found right, and what else is to be remembered."""

    problems: tuple[Problem, ...] = ()
    right: tuple[str, ...] = ()
    tokens: Tokens = field(default_factory=Tokens)
    came: Mapping[str, Any] = field(default_factory=dict)


def examine_folders(folders: Folders, memo: Memo | None = None, *, kept: KeptReadings | None = None, processes: int = 1) -> Examined:
    """Reads a business and checks all of it. With a `memo`, what was understood before is not read again, and with
    what is `kept`, files that stayed as they were.

    What rests on a whole business and a whole graph is looked at once these are right: a slip in one would be told again by the other.
    What takes long is shared by so many `processes`; it makes no difference to what is found, or to its order.
    """
    read = read_all(folders, processes=processes, kept=kept)
    unread = tuple(check_unread_files(folders))
    if read.business is None or read.spec is None or read.problems or unread:
        return Examined(read, tuple(in_file_order((*unread, *_with_the_way_in(read.problems, folders)))))
    memo = memo or Memo()
    parts = _parts(read, read.business, compile_graph(read.spec, CATALOGUE), folders, memo, kept)
    found = dict(zip(parts, side_by_side(list(parts.values()), processes), strict=True))
    for part in found.values():
        memo.learn(*part.right)
        memo.keep(part.came)
    memo.save()
    problems = in_file_order(problem for part in found.values() for problem in part.problems)
    return Examined(read, tuple(problems), found[_TEXTS].tokens)


def _with_the_way_in(problems: tuple[Problem, ...], folders: Folders) -> tuple[Problem, ...]:
    """Traps are found without exploring; where nothing else is wrong, the call that leads into each is worth it."""
    if not problems or any(problem.code != "no-way-out" for problem in problems):
        return problems
    from fsm.loader import read_graph_spec

    path, name = folders.file("states.yaml")
    return read_graph_spec(path, CATALOGUE, shown_as=name, explored=True)[1]


def _parts(
    read: Reading, business: Business, graph: Graph, folders: Folders, memo: Memo, kept: KeptReadings | None
) -> dict[str, Callable[[], _Found]]:
    """The parts of the check: calls where `memo` does not know them, each language, and texts.

    The longest first: where calls are known, that is texts, as languages mostly are, too. Else texts come before the last language: the
    first language of a process takes twice as long as any other, and whoever is done with calls better leaves them to the other one.
    """
    parts: dict[str, Callable[[], _Found]] = {}
    texts = texts_of_calls(read, graph.spec)
    explored = as_explored(graph.spec, texts)
    key = memo.of_calls(explored, texts)
    if not memo.knows(key):
        parts[_CALLS] = lambda: _check_calls(explored, graph.spec, texts, folders, key)
    basis = memo.basis(graph, as_heard(business), read.phrases)

    def understood(language: str) -> _Found:
        asked, answers = asked_in(language, read, folders, basis), PlainAnswers(language, folders, basis)
        key = basis.of_language(language, [*asked.invited, *answers.questions])
        if memo.knows(key):
            return _Found(tuple(asked.problems), (key,))
        trial = Trial(language, basis, memo)
        problems = (*trial.of(asked), *answers.check(trial))
        right = (key,) if trial.proposed.all_kept and not problems else ()
        return _Found((*asked.problems, *problems), right, came=trial.proposed.came)

    *first, last = read.languages
    of_texts = {_TEXTS: partial(_check_texts, read, business, graph, folders, memo, kept)}
    if _CALLS not in parts:
        parts |= of_texts
    parts.update((language, partial(understood, language)) for language in first)
    parts |= of_texts
    parts[last] = partial(understood, last)
    return parts


def _check_texts(read: Reading, business: Business, graph: Graph, folders: Folders, memo: Memo, kept: KeptReadings | None) -> _Found:
    """What callers have words for, what they must be told, text messages, what is read out of `knowledge`, and prompts."""
    from frontdesk.checking.knowledge import check_knowledge  # only now: whoever explores calls does without all that these load
    from frontdesk.checking.messages import check_messages

    prompts = folders.folders("prompts")
    files = [folders.file("business.yaml")[0], *(folder / name for folder in prompts for name in sorted(prompt_files(prompts)))]
    also = graph.digest, business.name, tuple(prompts.items()), read.phrases.topics()
    tokens, of_prompts = remembered("prompts", files, also, lambda: _check_prompts(read, business, graph, folders), kept)
    written = [folders.file("business.yaml")[0], *line_files(prompts, read.languages)]
    of_messages = remembered("messages", written, tuple(prompts.items()), lambda: tuple(check_messages(read.lines, business)), kept)
    subject = Subject(graph.spec, CATALOGUE)
    of_languages, right = check_own_language(read.lines, business, folders, memo)
    problems = (
        *of_languages,
        *check_phrase_names(read.phrases, graph.spec, folders, read.languages),
        *check_act_words(business, read.phrases, folders),
        *check_claims(read.lines, subject),
        *check_read_backs(read.lines, subject, folders, read.languages),
        *check_disclosure(read.lines, graph.spec),
        *of_messages,
        *check_knowledge(folders, business),
        *of_prompts,
    )
    return _Found(problems, tuple(right), tokens)


def _check_prompts(read: Reading, business: Business, graph: Graph, folders: Folders) -> tuple[Tokens, tuple[Problem, ...]]:
    from frontdesk.checking.prompt_names import check_prompt_names  # only now: these load what makes requests to models
    from frontdesk.checking.prompts import check_prompts, count_prompts

    tokens = count_prompts(graph, folders, business, read.phrases)
    names = check_prompt_names(graph, folders, business, read.phrases)
    return tokens, (*check_prompts(tokens, graph, folders), *names)


def _check_calls(explored: GraphSpec, spec: GraphSpec, texts: tuple[Text, ...], folders: Folders, key: str) -> _Found:
    """What only whole calls show, explored once for a graph and what its texts show; what is wrong is shown with all that it says."""
    from fsm.checks.explored import check_explored
    from fsm.loader import placed

    if not check_explored(Subject(explored, CATALOGUE, texts=texts)):
        return _Found(right=(key,))
    found = check_explored(Subject(spec, CATALOGUE, texts=texts))
    path, name = folders.file("states.yaml")
    return _Found(placed(found, path, shown_as=name))
