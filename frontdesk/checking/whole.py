"""Everything that can be found out about a business folder before anybody rings."""

from __future__ import annotations

from dataclasses import dataclass, field

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.reading import Folders, Reading, read_all
from frontdesk.checking.invitations import check_invitations
from frontdesk.checking.knowledge import check_knowledge
from frontdesk.checking.memo import Memo
from frontdesk.checking.messages import check_messages
from frontdesk.checking.prompts import Tokens, check_prompts, count_prompts
from frontdesk.checking.showing import texts_of_calls
from fsm.checks import Subject, check_explored
from fsm.graph import Graph, compile_graph
from fsm.loader import read_graph_spec
from fsm.problems import Problem, in_file_order

__all__ = ["Examined", "examine_folders"]


@dataclass(frozen=True)
class Examined:
    """What was read, what is wrong with it, and what its prompts cost. `tokens` are empty where the content cannot be used at all."""

    read: Reading
    problems: tuple[Problem, ...]
    tokens: Tokens = field(default_factory=Tokens)


def examine_folders(folders: Folders, memo: Memo | None = None) -> Examined:
    """Reads a business and checks all of it. With a `memo`, what was understood before is not read again.

    What rests on a whole business and a whole graph is looked at once these are right: a slip in one would be told again by the other.
    """
    read = read_all(folders)
    if read.business is None or read.spec is None or read.problems:
        return Examined(read, read.problems)
    graph = compile_graph(read.spec, CATALOGUE)
    tokens = count_prompts(graph, folders, read.business, read.phrases)
    memo = memo or Memo()
    problems = [
        *check_messages(read.lines, read.business),
        *check_knowledge(folders, read.business),
        *check_prompts(tokens, graph, folders),
        *check_invitations(read, graph, read.business, folders, memo),
        *_check_calls(read, graph, folders, memo),
    ]
    memo.save()
    return Examined(read, tuple(in_file_order(problems)), tokens)


def _check_calls(read: Reading, graph: Graph, folders: Folders, memo: Memo) -> tuple[Problem, ...]:
    """What only whole calls show, explored once for a graph and what its texts show."""
    texts = texts_of_calls(read, graph.spec)
    key = memo.of_calls(graph, texts)
    if memo.knows(key):
        return ()
    if not check_explored(Subject(graph.spec, CATALOGUE, texts=texts)):
        memo.learn(key)
        return ()
    path, name = folders.file("states.yaml")
    # Where they stand; what was found is remembered.
    _, problems = read_graph_spec(path, CATALOGUE, shown_as=name, explored=True, texts=lambda _: texts)
    return problems
