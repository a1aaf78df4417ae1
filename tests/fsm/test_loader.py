"""states.yaml is read strictly, and whatever is wrong with it is told at once, with its place."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.actions.catalogue import CATALOGUE
from fsm.document import read_document
from fsm.errors import GraphProblems
from fsm.loader import load_graph_spec, read_graph_spec
from fsm.text_source import LARGEST_BYTES
from fsm.yaml_source import read_yaml
from tests.examples import sampled

SMALL = (Path(__file__).parent / "broken" / "small.yaml").read_text(encoding="utf-8")


def codes(path: Path) -> list[str]:
    with pytest.raises(GraphProblems) as caught:
        load_graph_spec(path, CATALOGUE, shown_as="states.yaml")
    for problem in caught.value.problems:
        assert problem.file == "states.yaml"
        assert problem.message
    return [problem.code for problem in caught.value.problems]


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "states.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_the_shipped_graph_is_whole(root: Path) -> None:
    """The graph that is shipped has no problem."""
    assert load_graph_spec(root / "states.yaml", CATALOGUE).start == "greet"


HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "an empty file": ("", "empty-file"),
    "only a comment": ("# nothing\n", "empty-file"),
    "only null": ("null\n", "empty-file"),
    "a list": ("- a\n- b\n", "wrong-value"),
    "a word": ("hello\n", "wrong-value"),
    "a number": ("5\n", "wrong-value"),
    "no states": (SMALL[: SMALL.index("states:\n")] + "states: []\n", "wrong-value"),
    "states without any": (SMALL[: SMALL.index("states:\n")] + "states: {}\n", "wrong-value"),
    "states that are missing": (SMALL[: SMALL.index("states:\n")], "missing-key"),
    "a tab": ("states:\n\tgreet: {}\n", "not-yaml"),
    "an open bracket": ("states: [\n", "not-yaml"),
    "two documents": ("version: 1\n---\nversion: 1\n", "not-yaml"),
    "not text": (b"\xff\xfe\x00v\x00e", "not-text"),
    "a zero byte": (b"version: 1\x00\n", "not-yaml"),
    "an alias": ("version: &one 1\nstart: *one\n", "alias"),
    "aliases that grow": ("a: &a [1,1]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", "alias"),
    "a merge key": ("a: &a {b: 1}\nc: {<<: *a}\n", "alias"),
    "a tag that builds something": ("states: !!python/object/apply:os.system [true]\n", "unknown-key"),
    "a tag of its own": ("start: !secret greet\n", "odd-tag"),
    "a key that is a list": ("? [a, b]\n: c\n", "odd-key"),
    "a key that stands twice": ("version: 1\nversion: 1\n", "key-twice"),
    "deep nesting": ("a: " + "[" * 200 + "]" * 200, "too-deep"),
    "half a letter": ('version: 1\nstart: "\\ud800"\n', "not-yaml"),
    "a huge number": ("version: " + "9" * 5000 + "\n", "wrong-value"),
    "a long word": ("version: 1\nstart: " + "a" * 100_000 + "\n", "wrong-value"),
}
EXTRA = {"a tag that builds something": {"odd-tag", "missing-key"}}


@pytest.mark.parametrize("about", HOSTILE)
def test_hostile_file(about: str, tmp_path: Path) -> None:
    """Whatever stands in the file, the answer is a list of problems."""
    content, code = HOSTILE[about]
    found = set(codes(written(tmp_path, content)))
    assert code in found or found & EXTRA.get(about, set())


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("states:\n\tgreet: {}\n", "There is a tab in line 2: indent with spaces only."),
        ("a: 1\nb:\u00a02\nc: 3\n", "There is a no-break space in line 2: type an ordinary one."),
        ("states: [\n", "Look at the indentation, the quotes and the brackets just before this place."),
    ],
)
def test_blanks_that_nobody_sees(tmp_path: Path, content: str, hint: str) -> None:
    """Whoever has typed one is told so; every other slip is left to the eye."""
    assert [problem.hint for problem in read_yaml(written(tmp_path, content)).problems] == [hint]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('a: 1\nb: "never closed\nc: 3\n', (2, 4)),
        ('a: 1\nb: "closed by the next\nc: 3\nd: "another"\n', (2, 4)),
        ('a: "one\n  text on two lines"\nb: 1\nc: 2\nd: [\n', None),
        ('a: "one\n  two"\nb: : :\n', None),
        ('a: "one\n  two": 1\n', None),
        ('a: "one\n  two"  # why\n\tb: 1\n', None),
    ],
)
def test_a_quote_that_is_left_open_is_told_where_it_was_opened(tmp_path: Path, content: str, place: tuple[int, int] | None) -> None:
    """The parser notices lines later; a text that is closed further up has nothing to do with it."""
    (problem,) = read_yaml(written(tmp_path, content)).problems
    opened = "a quote is opened here" in problem.message
    assert ((problem.line, problem.column) if opened else None) == place


def test_a_sentence_that_a_remark_cuts_off(tmp_path: Path) -> None:
    """“We repair #all makes.” would be said as “We repair”; remarks as people write them, and what is quoted, stay."""
    (problem,) = read_yaml(written(tmp_path, "says: We repair #all makes.\n")).problems
    assert (problem.code, problem.line) == ("cut-off", 1)
    assert "“#all makes.”" in problem.message
    for wrong in ("a: Room #12 is ours\n", "a: Ring at room #12\n", "a: Welcome #everybody!\n"):
        assert [problem.code for problem in read_yaml(written(tmp_path, wrong)).problems] == ["cut-off"]
    for right in ("street: 24 rue Oberkampf #nofilter\n", "on: book #when they want one\n", "first: 2026-08-09 #the summer!\n"):
        assert read_yaml(written(tmp_path, right)).problems == ()
    for right in ("says: We repair all makes. # of cars\n", 'says: "We repair #all makes."\n', "a: b #c\n", "says: |\n  We repair #all\n"):
        assert read_yaml(written(tmp_path, right)).problems == ()


def test_nothing_at_all_is_a_problem_of_every_file(tmp_path: Path) -> None:
    """A value that is none must not look like a file that is right."""
    assert [problem.code for problem in read_yaml(written(tmp_path, "~\n")).problems] == ["empty-file"]


def test_nesting_far_too_deep(tmp_path: Path) -> None:
    """A file of brackets is refused and does not exhaust the stack."""
    assert codes(written(tmp_path, "[" * 100_000 + "]" * 100_000)) == ["too-deep"]


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    """A file larger than anybody writes is not even read."""
    assert codes(written(tmp_path, b"#" * (LARGEST_BYTES + 1))) == ["file-too-large"]


def test_no_file(tmp_path: Path) -> None:
    """A file that is missing, or a folder in its place, is a problem like any other."""
    assert codes(tmp_path / "states.yaml") == ["no-file"]
    assert codes(tmp_path) == ["unreadable"]
    os.mkfifo(tmp_path / "pipe.yaml")  # whoever opened it would wait for ever
    assert codes(tmp_path / "pipe.yaml") == ["unreadable"]


def test_problems_point_at_their_place(tmp_path: Path) -> None:
    """Line and column are those of the key, in the order of the file, under the name that was asked for."""
    text = SMALL.replace("to: slot}", "to: slott}", 1).replace("    suggest: caller_id", "    colour: red")
    _, problems = read_graph_spec(written(tmp_path, text), CATALOGUE, shown_as="mine/states.yaml")
    assert [str(problem) for problem in problems if problem.code != "fact-never-collected"] == [
        f"mine/states.yaml:{line}:{column}: {rest}"
        for line, column, rest in [
            (31, 29, "unknown-state: There is no state “slott”. Did you mean “slot”?"),
            (
                54,
                5,
                (
                    "unknown-key: “colour” is not a key of the state “contact”. It can hold “prompt”, “ask”, “suggest”, “run”, “say”, "
                    "“tools”, “free”, “on”, “next”, “limits”, “listen”, “achieves” and “end”."
                ),
            ),
        ]
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1", 'version: "1"'),
        ("version: 1", "version: true"),
        ("attempts: 3", 'attempts: "3"'),
        ("attempts: 3", "attempts: 3.0"),
        ("attempts: 3", "attempts: true"),
        ("silence_s: 8", "silence_s: .nan"),
        ("silence_s: 8", "silence_s: .inf"),
        ("silence_s: 8", "silence_s: 0"),
        ("start: greet", "start: null"),
        ("ask: intent", "ask: [intent]"),
        ("scope: call", "scope: 5"),
        ("ask: intent", "ask: true"),
    ],
)
def test_values_are_never_converted(old: str, new: str, tmp_path: Path) -> None:
    """A value of another type is a problem, even where it could be converted."""
    assert "wrong-value" in codes(written(tmp_path, SMALL.replace(old, new, 1)))


def test_numbers_may_have_a_fraction_where_seconds_are_meant(tmp_path: Path) -> None:
    """Seconds may be whole or not."""
    text = SMALL.replace("silence_s: 8", "silence_s: 7.5")
    spec = read_document(read_yaml(written(tmp_path, text)).data).spec
    assert spec is not None
    assert spec.limits.silence_s == 7.5


def test_what_cannot_be_read_hides_nothing_else(tmp_path: Path) -> None:
    """A broken move, a broken fact and a broken state are left out; the dangling names beside them are still found, at their lines."""
    text = (
        SMALL.replace("- {if: {intent: message}, to: message}", "- [nonsense]")
        .replace("{if: {intent: book, vip: true}, to: human}", "{if: {intent: book, vip: true}, to: nobody}")
        .replace("message: {type: text}", "message: 7")
        .replace("{if: {book: ok}, to: bye}", "{if: {book: fine}, to: bye}")
    )
    _, problems = read_graph_spec(written(tmp_path, text), CATALOGUE)
    found = {(problem.code, text.splitlines()[problem.line - 1].strip()) for problem in problems}
    assert {
        ("wrong-value", "- [nonsense]"),
        ("unknown-state", "- {if: {intent: book, vip: true}, to: nobody}"),
        ("wrong-value", "message: 7"),
        ("unknown-outcome", "- {if: {book: fine}, to: bye}"),
    } <= found
    assert not any(code == "unknown-fact" for code, _ in found)


def _edited(text: str, seed: int) -> str:
    """A few slips of the kind that happen while editing."""
    chance = random.Random(seed)
    words = re.findall(r"[\w.]+", text)
    lines = text.split("\n")
    for _ in range(chance.choice([1, 1, 2, 4])):
        here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
        inside = re.findall(r"[\w.]+", lines[here])
        what = chance.randrange(7)
        if what == 0:
            del lines[here]
        elif what == 1:
            lines.insert(there, lines[here])
        elif what == 2:
            lines[here] = chance.choice([" ", "  ", "\t"]) + lines[here]
        elif what == 3:
            lines[here] = lines[here][1:]
        elif what == 4:
            lines[here], lines[there] = lines[there], lines[here]
        elif what == 5 and inside:
            odd = ["null", "3", "true", "[]", "{}", '""', "[a, {b: c}]", "{a: 1}", ".nan", "2026-01-01", "yes", '"a\\nb"']
            lines[here] = lines[here].replace(chance.choice(inside), chance.choice([*words, *odd]), 1)
        else:
            at = chance.randrange(len(lines[here]) + 1)
            lines[here] = lines[here][:at] + chance.choice("{}[]:,-#'\"&*!|>%@`é?~") + lines[here][at + chance.randrange(2) :]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", sampled(range(12), 3))
def test_slips_of_the_pen(seed: int, root: Path, tmp_path: Path) -> None:
    """However the shipped graph is mangled, the answer is a graph or problems with a line, never a crash."""
    shipped = (root / "states.yaml").read_text(encoding="utf-8")
    for number in range(8):
        text = _edited(shipped, seed * 1000 + number)
        spec, problems = read_graph_spec(written(tmp_path, text), CATALOGUE)
        assert spec is not None or problems
        lines = text.count("\n") + 2
        for problem in problems:
            assert 1 <= problem.line <= lines
            assert problem.column >= 1
            assert "\n" not in str(problem)


_PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
_KEYS = st.sampled_from(
    ["version", "start", "acts", "limits", "facts", "states", "anywhere", "a", "if", "next", "on", "to", "type", "ask", "run", ""]
)
_DATA = st.recursive(_PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=5), max_leaves=25)


@given(data=st.dictionaries(_KEYS, _DATA, max_size=7) | _DATA)
def test_any_data_are_a_document_or_have_findings(data: Any) -> None:
    """Nothing that YAML can hold makes the reader of the document fail."""
    document = read_document(data)
    assert (document.spec is not None and not document.findings) or document.findings
