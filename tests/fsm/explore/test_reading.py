"""What texts show is known where they are said, in every call; where it is not, the shortest such call is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from fsm.catalogue import Catalogue
from fsm.loader import read_graph_spec
from fsm.problems import Problem
from fsm.showing import CALLERS_NUMBER, LISTED, VALUED, Shown, Text
from tests.fsm.test_checks import CATALOGUE, LINES, PROMPTS, SMALL

AT = ("prompts/lines/en.yaml", 7, 3)


@dataclass(frozen=True)
class Case:
    """A text of the small graph. `shows`: words for each of its wordings; a source stands behind its placeholder."""

    name: str
    shows: tuple[str, ...]
    missing: str = ""
    """What is missing in the message, empty where the text can always be said."""
    calls: tuple[str, ...] = ()
    """Words of turns of the call that shows it."""
    change: tuple[tuple[str, str], ...] = ()
    brings: tuple[str, str] | None = None
    presumes: tuple[str, str] | None = None


_SLOT = "    run: [find_slots]\n    ask: slot\n"
_FULL = (_SLOT, "    run: [find_slots]\n    say: [{if: {find_slots: full}, line: early.ask}]\n    ask: slot\n")
_EXACT = (
    "      - {if: {slot: known}, to: hold}\n",
    "      - {if: {find_slots: exact}, to: bye, say: [early.ask]}\n      - {if: {slot: known}, to: hold}\n",
)
_CONTACT = ("    ask: phone\n", "    ask: phone\n    say: [{line: early.ask}]\n")

CASES = {
    "on the way to an end": Case("human.connecting", ("name",), "{name}", ("caller: ",)),
    "one wording of two does": Case("human.connecting", ("name", "")),
    "neither of two wordings does": Case("human.connecting", ("name slot", "when name"), "{", ("caller: ",)),
    "asked for before": Case("confirm.ask", ("slot name phone",)),
    "one of two sources": Case("confirm.ask", ("who=slot,message",)),
    "taken back while it is shown": Case("contact.ask", ("name",), "{name}", ("caller: says name", "caller: leaves name open")),
    "given up without it": Case("when.give_up", ("when",), "{when}"),
    "silent without it": Case("when.silent", ("intent",), "{intent}", ("leaves intent open",)),
    "said on the way, before it is forgotten": Case("slot.exhausted", ("when",)),
    "known when the state is entered, and the line is said then only": Case("early.ask", ("name",), change=(_CONTACT,)),
    "not known when the state is entered": Case("early.ask", ("phone",), "{phone}", change=(_CONTACT,)),
    "a suggestion": Case("contact.suggest", ("phone",), "{phone}"),
    "a list that an action fills": Case("slot.ask", (f"offers={LISTED}offers",)),
    "a list that nothing fills": Case("who.ask", (f"appointments={LISTED}appointments",), "{appointments}"),
    "a value that an action adds": Case("slot.exhausted", (f"day={VALUED}day",)),
    "a value before any action": Case("human.connecting", (f"day={VALUED}day",), "{day}", ("caller: ",)),
    "the caller's number, which is withheld": Case(
        "goodbye.bye", (f"ending={CALLERS_NUMBER}",), "{ending}, which can be unknown", ("caller: rings from a withheld number",)
    ),
    "the caller's number where it is suggested": Case("contact.suggest", (f"ending={CALLERS_NUMBER}",)),
    "the caller's number, or the one that was said": Case("confirm.ask", (f"ending={CALLERS_NUMBER},phone",)),
    "never known": Case("goodbye.bye", ("soon=",), "{soon}, which is never known"),
    "under a condition, which tells nothing": Case("early.ask", ("name",), "{name}", change=(_FULL,)),
    "under a condition, which tells": Case("early.ask", ("name",), change=(_FULL,), presumes=("full", "name")),
    "an outcome that brings it": Case("early.ask", ("slot",), change=(_EXACT,), brings=("exact", "slot")),
    "an outcome that may bring it": Case("early.ask", ("slot",), "{slot}", change=(_EXACT,)),
    "what an action sends": Case("book", ("when",)),
    "what an action sends without it": Case("book", ("message",), "{message}", ("caller: says yes",)),
}


def _text(case: Case) -> Text:
    def shown(word: str) -> Shown:
        name, _, sources = word.partition("=")
        return Shown(name, tuple(source for source in sources.split(",") if source) if "=" in word else (name,))

    # A source may hold a space, a wording has one between what it shows.
    wordings = tuple(tuple(shown(word) for word in (wording.split() if " of " not in wording else [wording])) for wording in case.shows)
    return Text(case.name, wordings, AT, f"The line “{case.name}”", f"say “{case.name}”")


def _catalogue(case: Case) -> Catalogue:
    actions = dict(CATALOGUE)
    search = replace(actions["find_slots"], values=frozenset({"day"}), reads=actions["find_slots"].reads | {"name"})
    search = replace(search, brings=frozenset({case.brings} if case.brings else ()))
    actions["find_slots"] = replace(search, presumes=frozenset({case.presumes} if case.presumes else ()))
    return Catalogue(actions.values())


def problems_of(case: Case, folder: Path) -> tuple[Problem, ...]:
    graph = SMALL
    for old, new in case.change:
        assert graph.count(old) == 1
        graph = graph.replace(old, new)
    path = folder / "states.yaml"
    path.write_text(graph, encoding="utf-8")
    _, problems = read_graph_spec(
        path, _catalogue(case), known_lines=LINES, known_prompts=PROMPTS, explored=True, texts=lambda _: (_text(case),)
    )
    return tuple(problem for problem in problems if problem.code != "move-never-taken")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_shown_is_known(case: Case, tmp_path: Path) -> None:
    """One problem, at the place of the text, with a call that ends on it; or none."""
    found = problems_of(case, tmp_path)
    if not case.missing:
        assert found == ()
        return
    (problem,) = found
    assert (problem.code, problem.file, problem.line, problem.column) == ("shown-unknown", *AT)
    assert case.missing in problem.message
    assert problem.example[-1].startswith(f"we: say “{case.name}”, without {{")
    turns = iter(problem.example)
    assert all(any(words in turn for turn in turns) for words in case.calls), problem.example


def test_every_text_of_an_action_is_told(tmp_path: Path) -> None:
    """An action may say one of many answers; what two of them lack are two problems, in however many languages."""
    path = tmp_path / "states.yaml"
    path.write_text(SMALL, encoding="utf-8")
    texts = [
        Text("book", ((Shown("message", ("message",)),),), (f"{language}.yaml", line, 1), f"The line “{called}”", f"send “{called}”")
        for language in ("en", "fr")
        for line, called in enumerate(("one", "two"), 1)
    ]
    _, problems = read_graph_spec(path, CATALOGUE, known_lines=LINES, known_prompts=PROMPTS, explored=True, texts=lambda _: texts)
    assert [(problem.file, problem.line) for problem in problems] == [("en.yaml", 1), ("en.yaml", 2)]
