"""docs/owners/problems.md has every problem that the program can print, and none that it cannot."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_MAKERS = {"Problem", "Finding", "Unfit", "problem", "_add", "broken"}
"""What makes a problem; its code comes first."""
_PARTS = ("fsm", *(f"frontdesk/{part}" for part in ("bootstrap", "brain", "business", "checking", "prompting", "proving", "rehearsing")))
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")
_ROW = re.compile(r"^\| `([a-z-]+)` \| (\S.*\S) \| (\S.*\S) \|$", re.MULTILINE)


def codes_of(root: Path) -> set[str]:
    """Every code in the program: written where a problem is made, or a constant that stands there."""
    files = (file for part in _PARTS for file in (root / part).rglob("*.py") if file != root / "fsm" / "machine.py")  # adds transitions
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    constants = {name: value for tree in trees for name, value in _constants(tree)}
    return {code for tree in trees for node in ast.walk(tree) for code in _made(node, constants) if _CODE.fullmatch(code)}


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(node.value, ast.Constant):
            yield node.target.id, str(node.value.value)


def _made(node: ast.AST, constants: dict[str, str]) -> Iterator[str]:
    if not isinstance(node, ast.Call) or not node.args:
        return
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in _MAKERS:
        for part in ast.walk(node.args[0]):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value
            elif isinstance(part, ast.Name):
                yield constants.get(part.id, "")


def test_every_problem_is_explained_and_none_is_made_up(root: Path) -> None:
    """Each code has one row with an example and what to do."""
    rows = [row[0] for row in _ROW.findall((root / "docs" / "owners" / "problems.md").read_text(encoding="utf-8"))]
    codes = codes_of(root)
    assert len(codes) > 100
    assert sorted(codes - set(rows)) == []
    assert sorted(set(rows) - codes) == []
    assert sorted(rows) == sorted(set(rows))


def test_codes_are_found_where_they_are_made(tmp_path: Path) -> None:
    """The search sees codes of every maker, also constants and either-or, and no other strings."""
    (tmp_path / "fsm").mkdir()
    made = [
        'CODE: Final = "a-constant"',
        "Problem(CODE, file)",
        'self._add("one-way" if one else "other-way", x)',
        'broken("bare", x)',
        'other("no-problem")',
        'Finding("spaced words", y)',
    ]
    (tmp_path / "fsm" / "made.py").write_text("\n".join(made), encoding="utf-8")
    assert codes_of(tmp_path) == {"a-constant", "one-way", "other-way", "bare"}
