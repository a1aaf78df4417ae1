"""Broken graphs: each is the small graph of broken/small.yaml with a change, and must give exactly the problems listed beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fsm.catalogue import ActionSpec, Catalogue
from fsm.loader import read_graph_spec
from fsm.yaml_source import load_plain

BROKEN = Path(__file__).parent / "broken"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CATALOGUE = Catalogue(
    [
        ActionSpec(
            "find_slots",
            _words("exact offered full exhausted none failed"),
            reads=_words("intent when"),
            needs=_words("when"),
            sets=_words("slot"),
            fills=_words("offers"),
        ),
        ActionSpec("hold", _words("ok taken failed"), reads=_words("slot"), needs=_words("slot")),
        ActionSpec(
            "book",
            _words("ok taken failed"),
            reads=_words("intent slot name phone agreed"),
            needs=_words("slot name phone agreed"),
            writes=True,
        ),
        ActionSpec("send_sms", _words("sent failed")),
    ]
)
LINES = frozenset(
    ["greet.hello", "slot.exhausted", "human.connecting", "goodbye.bye", "default.silent", "default.give_up", "contact.suggest"]
    + [
        f"{state}.{line}"
        for state in ("greet", "when", "slot", "who", "contact", "confirm", "message", "early", "ping", "pong")
        for line in ("ask", "reask")
    ]
)
PROMPTS = frozenset({"states/when.md"})
SMALL = (BROKEN / "small.yaml").read_text(encoding="utf-8")
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['about']}")
    for file in sorted(BROKEN.glob("*.yaml"))
    if file.stem != "small"
    for case in load_plain(file.read_text(encoding="utf-8"))
]


def problems_of(text: str, folder: Path) -> list[tuple[str, int]]:
    path = folder / "states.yaml"
    path.write_text(text, encoding="utf-8")
    _, problems = read_graph_spec(path, CATALOGUE, known_lines=LINES, known_prompts=PROMPTS, shown_as="states.yaml", explored=True)
    for problem in problems:
        assert problem.file == "states.yaml"
        assert problem.column >= 1
        assert problem.message.endswith(".")
        assert "\n" not in str(problem)
    return [(problem.code, problem.line) for problem in problems]


def line_of(text: str, words: str) -> int:
    """The line that these words end on, or that their → points at; they must be found once."""
    before, arrow, after = words.partition("→")
    assert text.count(before + after) == 1, f"{words!r} stands {text.count(before + after)} times"
    return text[: text.index(before + after) + len(before if arrow else before.rstrip())].count("\n") + 1


def test_the_small_graph_has_no_problem(tmp_path: Path) -> None:
    """What the broken graphs are made from is whole."""
    assert problems_of(SMALL, tmp_path) == []


@pytest.mark.parametrize("case", CASES)
def test_broken_graph(case: dict[str, Any], tmp_path: Path) -> None:
    """A broken graph gives the problems of its breakage, at their lines, and no others."""
    text = SMALL
    for old, new in case["change"]:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    assert sorted(problems_of(text, tmp_path)) == sorted((code, line_of(text, words)) for code, words in case["expect"])


def test_a_no_without_quotes_is_told_as_it_was_written(tmp_path: Path) -> None:
    """YAML reads it as false, of which the owner has never heard."""
    path = tmp_path / "states.yaml"
    path.write_text(SMALL.replace("{on: never_mind, to: bye}", "{on: no, to: bye}"), encoding="utf-8")
    (problem,) = read_graph_spec(path, CATALOGUE)[1]
    assert "false" not in problem.message
    assert '“"no"”' in problem.hint
