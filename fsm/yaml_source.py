"""YAML read with the position of every key and value, so that a problem can point at its place.

Only plain data come in: the safe loader, no tags, no aliases. Keys that
stand twice are a problem (plain YAML silently keeps the last), and so are files that are too large or not text.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from fsm.problems import Problem
from fsm.text_source import read_text

__all__ = ["Source", "load_plain", "load_texts", "read_yaml"]

_DEEPEST = 60
_SURELY_SHALLOW = 2_000
_REMARK = re.compile(r"\s+(#[^\s#].*)")
_SAYS_SOMETHING = re.compile(r"#(?:\d|.*\s\S|.*[.!?…]$)")
"""What may be the rest of a sentence; #todo is a remark, however it is written."""
_SURELY_SAID = re.compile(r"#(?:\d|.*[.!?…]$)")
"""The same behind a single word, which may as well be a name that a longer remark explains."""
_ENDED = re.compile(r"\s*(?:[,\]}:]|$)|\s+#")

Place = tuple[str | int, ...]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TextLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Source:
    """One file's content, as plain data, with the places where it stands."""

    file: str
    data: Any = None
    problems: tuple[Problem, ...] = ()
    _places: dict[Place, tuple[int, int]] = field(default_factory=dict, repr=False)

    def position(self, place: Sequence[str | int]) -> tuple[int, int]:
        """Line and column (from 1) of the value at `place`, or of the nearest enclosing one; (1, 1) if there is none."""
        wanted = tuple(place)
        while wanted not in self._places:
            if not wanted:
                return (1, 1)
            wanted = wanted[:-1]
        return self._places[wanted]

    def problem(self, code: str, place: Sequence[str | int], message: str, hint: str = "", example: tuple[str, ...] = ()) -> Problem:
        """A problem that points at `place`."""
        line, column = self.position(place)
        return Problem(code, self.file, line, column, message, hint, example)


def load_plain(text: str) -> Any:
    """The data of a text that we wrote ourselves, without places: ``yaml.safe_load``, ten times as fast where libyaml is there.

    Raises yaml.YAMLError.
    """
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - the safe loader, in C


def load_texts(text: str) -> Any:
    """As :func:`load_plain`, but every scalar stays text, whatever it looks like. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_TextLoader)  # noqa: S506 - it makes nothing but lists, mappings and texts


def read_yaml(path: Path, shown_as: str | None = None, *, yes_as_word: bool = False) -> Source:
    """Reads a file; what is wrong with it as YAML is in `Source.problems`, and `data` is then None.

    `shown_as` is the name that problems use (default: the path as given). With `yes_as_word`, yes and no among the values are
    the words they look like, as in what a caller says; only true and false are not.
    """
    file = shown_as or str(path)

    def broken(code: str, message: str, hint: str = "", line: int = 0, column: int = 0) -> Source:
        return Source(file, None, (Problem(code, file, line, column, message, hint),))

    text, unread = read_text(path, file)
    if unread is not None:
        return Source(file, None, (unread,))
    try:
        if _too_deep(text):
            return broken("too-deep", "The file is nested too deeply.", "Put back the last version that worked.", 1, 1)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        opened = _opened_quote(text, error)
        if opened is not None:
            return broken(
                "not-yaml",
                "This is not valid YAML: a quote is opened here, and not closed where it should be.",
                "Close it at the end of the text.",
                *opened,
            )
        mark = error.problem_mark or error.context_mark
        what = (error.problem or error.context or "it cannot be read").rstrip(".")
        hint = _odd_space(text, mark.line) if mark else ""
        hint = hint or "Look at the indentation, the quotes and the brackets just before this place."
        return broken("not-yaml", f"This is not valid YAML: {what}.", hint, mark.line + 1 if mark else 0, mark.column + 1 if mark else 0)
    except (yaml.YAMLError, ValueError) as error:
        return broken("not-yaml", f"This is not valid YAML: {str(error).splitlines()[0]}.", "Remove characters that are not text.")
    except RecursionError:
        return broken("too-deep", "The file is nested too deeply.", "Put back the last version that worked.")
    if node is None:
        return broken("empty-file", "The file is empty.", "Put back the last version that worked.", 1, 1)
    builder = _Builder(file, yes_as_word, text.splitlines())
    data = builder.build(node, (), 0)
    if data is None and not builder.problems:  # “~” or “null”: as good as nothing
        return broken("empty-file", "The file is empty.", "Put back the last version that worked.", 1, 1)
    return Source(file, data, tuple(builder.problems), builder.places)


def _opened_quote(text: str, error: yaml.MarkedYAMLError) -> tuple[int, int] | None:
    """Where the quote was opened that runs over lines up to where the file can no longer be read; None where it is something else."""
    if error.problem_mark is None:
        return None
    if error.context is not None and "quoted scalar" in error.context and error.context_mark is not None:
        return error.context_mark.line + 1, error.context_mark.column + 1
    last = None
    with contextlib.suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=_Loader):
            if token.start_mark.line > error.problem_mark.line:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in {"'", '"'}:
                last = token
    if last is None or last.start_mark.line == last.end_mark.line or last.end_mark.line < error.problem_mark.line - 1:
        return None
    behind = text.splitlines()[last.end_mark.line][last.end_mark.column :]
    if _ENDED.match(behind):  # closed where it should be: something else is wrong
        return None
    return last.start_mark.line + 1, last.start_mark.column + 1


def _odd_space(text: str, line: int) -> str:
    """What to do where a blank that nobody sees stands in the line that cannot be read, or in one of the two before it; else nothing."""
    lines = text.splitlines()
    for number in range(min(line, len(lines) - 1), max(line - 3, -1), -1):
        if "\t" in lines[number]:
            return f"There is a tab in line {number + 1}: indent with spaces only."
        if "\u00a0" in lines[number].partition(" #")[0]:
            return f"There is a no-break space in line {number + 1}: type an ordinary one."
    return ""


def _too_deep(text: str) -> bool:
    """Whether the nesting could exhaust the stack of the C parser, which would end the program without a word.

    Events come one by one, whatever the depth. Most files have too few signs that could nest to be looked at.
    """
    if sum(map(text.count, "[{:-?")) < _SURELY_SHALLOW:
        return False
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


class _Builder:
    """Turns a node tree into plain data and remembers where each value and key stands."""

    def __init__(self, file: str, yes_as_word: bool, lines: Sequence[str]) -> None:
        self.file = file
        self.yes_as_word = yes_as_word
        self.lines = lines
        self.places: dict[Place, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()
        self._plain = yaml.constructor.SafeConstructor()

    def build(self, node: Any, place: Place, depth: int) -> Any:
        self.places.setdefault(place, (node.start_mark.line + 1, node.start_mark.column + 1))
        if depth > _DEEPEST:
            self._add("too-deep", node, "The file is nested too deeply here.")
            return None
        if id(node) in self._seen:  # an alias: a few lines of them can grow without bound
            self._add("alias", node, "Anchors and aliases (& and *) are not allowed.", "Write the value out in both places.")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*place, index), depth + 1) for index, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: Any, place: Place, depth: int) -> dict[Any, Any]:
        data: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._add("odd-key", key_node, "A key must be a plain word.")
                continue
            # `on`, `yes` and `no` are words to a product owner, though YAML 1.1 takes them for true and false.
            key = key_node.value
            if key in data:
                self._add("key-twice", key_node, f"The key “{key}” stands here twice.", "Remove one of the two.")
                continue
            self.places[(*place, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            data[key] = self.build(value_node, (*place, key), depth + 1)
        return data

    def _cut_off(self, node: Any) -> None:
        """A sentence without quotes ends where a word begins with #: what stands behind it is a remark, and nobody hears it."""
        if node.style not in {None, ""} or node.tag != "tag:yaml.org,2002:str":
            return
        found = _REMARK.match(self.lines[node.end_mark.line], node.end_mark.column) if node.end_mark.line < len(self.lines) else None
        rest = _SAYS_SOMETHING if " " in node.value else _SURELY_SAID
        if found is not None and rest.match(found[1].rstrip()):
            message = f"The text ends before “{found[1]}”: what stands behind a blank and # is a remark."
            self._add("cut-off", node, message, "Put the whole text in quotes; a remark has a blank behind its #.")

    def _scalar(self, node: Any) -> Any:
        self._cut_off(node)
        if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() not in {"true", "false"}:
            return node.value if self.yes_as_word else {"yes": True, "no": False}.get(node.value.lower(), node.value)
        if node.tag in {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:binary"}:
            return node.value
        if node.tag == "tag:yaml.org,2002:int" and ":" in node.value:  # 9:30 is a time, not a number to base sixty
            return node.value
        if node.tag == "tag:yaml.org,2002:float" and ":" in node.value:
            return node.value
        if not node.tag.startswith("tag:yaml.org,2002:"):
            self._add("odd-tag", node, f"The tag {node.tag} is not allowed.", "Write plain values only.")
            return None
        try:
            return self._plain.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            self._add("odd-value", node, f"This value cannot be read: {str(error).splitlines()[0]}.")
            return None

    def _add(self, code: str, node: Any, message: str, hint: str = "") -> None:
        self.problems.append(Problem(code, self.file, node.start_mark.line + 1, node.start_mark.column + 1, message, hint))
