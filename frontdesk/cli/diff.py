"""`frontdesk diff`: what an edit changes for callers, in sentences."""

from __future__ import annotations

import json
import subprocess
import tarfile
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from frontdesk.cli.check import printable
from frontdesk.cli.options import BadOption, content_folder
from frontdesk.diffing.change import Change, Grade
from frontdesk.diffing.comparing import compare
from frontdesk.diffing.side import Side, Unreadable, read_side
from fsm.counted import counted

__all__ = ["print_diff"]

_CONTENT = ("states.yaml", "business.yaml", "prompts", "knowledge", "customers.yaml")


def print_diff(old: str, new: str, stdout: TextIO, *, as_json: bool = False, fail_on: str | None = None) -> int:
    """Compares two versions; each is a folder, or the name of a git revision of the other one's folder.

    Prints a change a line and a summary, with `as_json` one JSON object. Returns 1 when a change is at least as grave as
    `fail_on`, else 0. Raises BadOption.
    """
    with ExitStack() as stack:
        before, after = (_side(one, other, stack) for one, other in ((old, new), (new, old)))
        changes = compare(before, after)
    if as_json:
        listed = [{"grade": change.grade.word, "sentence": change.sentence, "file": change.file} for change in changes]
        print(json.dumps({"changes": listed, "counts": _counts(changes), "problems": len(after.problems)}), file=stdout)
    else:
        for change in changes:
            print(printable(f"{change.grade.word:9}  {change.sentence}  ({change.file})", stdout), file=stdout)
        if changes or not after.problems:  # what cannot be read is no change, and no calm either
            print(_summary(changes), file=stdout)
        if after.problems:
            print(f"It would not go live: frontdesk check finds {counted(len(after.problems), 'problem')} in {new}.", file=stdout)
    least = Grade[fail_on.upper()] if fail_on is not None else None
    return int(least is not None and any(change.grade >= least for change in changes))


def _counts(changes: list[Change]) -> dict[str, int]:
    found = Counter(change.grade for change in changes)
    return {grade.word: found[grade] for grade in sorted(Grade, reverse=True)}


def _summary(changes: list[Change]) -> str:
    if not changes:
        return "Nothing changes for callers."
    counts = _counts(changes)
    return (
        f"{counted(len(changes), 'change')}: {counts['dangerous']} dangerous, {counts['look']} to look at, {counts['harmless']} harmless."
    )


def _side(name: str, other: str, stack: ExitStack) -> Side:
    folder = Path(name)
    if folder.is_dir():
        content_folder(folder, "compare one")
    else:
        folder = _revision(name, Path(other), stack)
    try:
        return read_side(folder)
    except Unreadable as error:
        raise BadOption(f"{name}: {error}") from None


def _revision(name: str, folder: Path, stack: ExitStack) -> Path:
    """What a folder held at a git revision, in a folder that is removed at the end."""
    nothing = f"There is no folder {name}"
    if not folder.is_dir() or name.startswith("-"):
        raise BadOption(f"{nothing}; name two folders that hold states.yaml, business.yaml or prompts/.")
    made = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="frontdesk-diff-")))
    try:
        found = subprocess.run(["git", "-C", str(folder), "ls-tree", "--name-only", name], capture_output=True, text=True, check=True)  # noqa: S603, S607
        held = [one for one in found.stdout.split("\n") if one in _CONTENT]
        archive = subprocess.run(["git", "-C", str(folder), "archive", name, "--", *held], capture_output=True, check=True)  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError):
        raise BadOption(f"{nothing}, and no git revision of that name in {folder.resolve()}.") from None
    stored = made / "content.tar"
    stored.write_bytes(archive.stdout)
    with tarfile.open(stored) as packed:
        packed.extractall(made, filter="data")
    return made
