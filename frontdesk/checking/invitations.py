"""Whatever our sentences invite a caller to say or press is understood where it is invited, by the same rules that hold calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

from frontdesk.bootstrap.reading import Folders, Reading
from frontdesk.checking.inviting import PARTS, Invitation, Inviting
from frontdesk.checking.memo import Basis, Memo
from frontdesk.checking.proposed import Proposed
from frontdesk.checking.situations import situation
from frontdesk.prompting.line_checks import unsaid_lines
from frontdesk.prompting.lines import Line, Lines
from fsm.call import Call
from fsm.draft import Draft
from fsm.facts import Origin
from fsm.graph import Graph
from fsm.hearing import hear
from fsm.problems import Problem
from fsm.yaml_source import read_yaml

__all__ = ["Asked", "Invited", "Trial", "asked_in", "invited", "read_inviting", "understood"]

_MODES = frozenset({"suggest", "read_back"})


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation, where it stands, and the situation in which a caller hears it."""

    invitation: Invitation
    line: Line
    place: tuple[str, int, int]
    state: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The invitations of one language, each written down once, by what it is, and what is wrong with the words that invite."""

    invited: Mapping[tuple[object, ...], Sequence[Invited]]
    problems: Sequence[Problem] = ()


def asked_in(language: str, reading: Reading, folders: Folders, basis: Basis) -> Asked:
    """Everything that the sentences of a language invite to. no-invitations: it does not say by which words it invites."""
    words, problems = read_inviting(folders, language)
    asked: dict[tuple[object, ...], list[Invited]] = {}
    for one in invited(reading.lines, basis.whole, language, words) if words is not None else ():
        asked.setdefault((one.state, one.kind, one.count, *astuple(one.invitation)), []).append(one)
    return Asked(asked, problems)


class Trial:
    """Tries out in one language what callers are invited to."""

    def __init__(self, language: str, basis: Basis, memo: Memo) -> None:
        self.basis = basis
        self.proposed = Proposed(language, basis, memo)

    def of(self, asked: Asked) -> list[Problem]:
        """not-understood: a sentence invites to say or press what means nothing in its state."""
        return [_problem(place) for places in asked.invited.values() if not understood(places[0], self) for place in places]


def read_inviting(folders: Folders, language: str) -> tuple[Inviting | None, list[Problem]]:
    """By which words a language invites, and what is wrong with the file that says so."""
    source = read_yaml(*folders.file(f"prompts/invitations/{language}.yaml"))
    if source.data is None or source.problems:
        return None, list(source.problems)
    try:
        return Inviting(source.data), []
    except (KeyError, TypeError, AttributeError):
        hint = f"It has {', '.join(PARTS)} and keys, as prompts/invitations/en.yaml does."
        return None, [source.problem("no-invitations", (), "This file does not say by which words sentences invite.", hint)]


def invited(lines: Lines, graph: Graph, language: str, words: Inviting) -> Iterator[Invited]:
    """Every invitation of a language."""
    unsaid, heard_in = unsaid_lines(lines, graph.spec), _heard_in(graph)
    for line in lines:
        if line.language != language or line.name.startswith("sms.") or line.name in unsaid:
            continue
        state, kind = heard_in(line.name), line.name.rpartition(".")[2]
        for wording in line.wordings:
            for template in wording.templates:
                count = 1 if template is wording.one else 2
                asks = graph.states[state].ask
                free = asks is not None and graph.facts[asks].type == "text"  # whatever is said is taken down
                for invitation in words.of(template.written):
                    if free and invitation.kind == "say":
                        continue
                    yield Invited(invitation, line, wording.place, state, kind if kind in _MODES else "ask", count)


def _heard_in(graph: Graph) -> Callable[[str], str]:
    """By line, the state that it is heard in: its own, one that says it, or for what is said anywhere the one that the call begins in."""
    asking = {name for name, state in graph.states.items() if state.ask is not None}
    said: dict[str, str] = {}
    for state, spec in graph.states.items():
        for move in (*spec.on, *spec.next):
            if (target := move.to or state) in asking:
                for line in move.say:
                    said.setdefault(line, target)

    def heard_in(name: str) -> str:
        own = name.partition(".")[0]
        return own if own in asking else said.get(name, graph.spec.start)

    return heard_in


def understood(one: Invited, trial: Trial) -> bool:
    """Whether the words, or what surely belongs to them, or the key, mean something where they are invited."""
    call = situation(trial.basis.graph, trial.basis.business, one.state, one.kind, one.line.language, one.count)
    asked = one.invitation
    if asked.kind == "press":
        return _takes(call, trial, asked.key, Origin.KEYPAD)
    return any(_takes(call, trial, words, Origin.SPEECH) for words in dict.fromkeys((asked.words, asked.shorter)) if words)


def _takes(call: Call, trial: Trial, words: str, source: Origin) -> bool:
    """Whether the engine, too, makes something of it: a yes to an open question is none."""
    proposal = trial.proposed.of(words, call, source)
    if proposal.typing:
        return True
    draft = Draft(trial.basis.graph, call)
    return hear(draft, proposal, words, source) and not draft.attempts


def _problem(one: Invited) -> Problem:
    asked, language = one.invitation, one.line.language
    if asked.kind == "press":
        message = f"Callers are invited to press “{asked.words}”, which means nothing in the state “{one.state}”."
        return Problem("not-understood", *one.place, message, "Name a key that does something there, or add it to “keypad” in states.yaml.")
    message = f"Callers are invited to say “{asked.words}”, which is not understood in the state “{one.state}”."
    return Problem("not-understood", *one.place, message, f"Invite to something else, or add the words to prompts/phrases/{language}.yaml.")
