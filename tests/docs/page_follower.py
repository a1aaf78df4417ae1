"""Follows a page for product owners literally: its edits and its commands, in a copy of the folder.

A block without a language is commands; `text` is what the command before it printed, line by line among others, “…” for
anything. A `yaml` block is an edit, and the words before it say which: “Write this into `FILE`”, “In `FILE`, replace … by”,
“In `FILE`, below … insert” or “above … insert”.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["NotAsWritten", "follow"]

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_EDIT = re.compile(r"(?:Write\s+this\s+into|In)\s+`([^`]+)`(?:,\s+(below|above|replace))?:?\s*$")
_NAMES = ("business.yaml", "states.yaml", "prompts")


class NotAsWritten(Exception):
    """The page says what is not so."""


def follow(text: str, checkout: Path, folder: Path) -> list[str]:
    """Does what a page says, in `folder`. Returns the commands that were run. Raises NotAsWritten."""
    for name in _NAMES:
        source = checkout / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    _Follower(checkout, folder).through(text)
    return _Follower.commands_of(text)


class _Follower:
    def __init__(self, checkout: Path, folder: Path) -> None:
        self.folder = folder
        self.printed = ""
        self.due: tuple[Path, str, str] | None = None
        self.bin = folder / ".bin"
        self.bin.mkdir()
        script = f'#!/bin/sh\nPYTHONPATH="{checkout}" exec "{sys.executable}" -c "from frontdesk.cli.app import main; main()" "$@"\n'
        (self.bin / "frontdesk").write_text(script, encoding="utf-8")
        (self.bin / "frontdesk").chmod(0o755)

    @staticmethod
    def commands_of(text: str) -> list[str]:
        return [line for kind, block in _BLOCK.findall(text) if not kind for line in block.splitlines()]

    def through(self, text: str) -> None:
        at = 0
        for found in _BLOCK.finditer(text):
            before, (kind, block) = text[at : found.start()].rstrip(), found.groups()
            at = found.end()
            if kind == "yaml":
                self.edit(before, block)
            elif kind == "text":
                self.expect(block)
            elif not kind:
                self.run(block)
            else:
                raise NotAsWritten(f"nobody knows what to do with a block of {kind}")
        if self.due is not None:
            raise NotAsWritten("an edit is begun and not done")

    def edit(self, before: str, block: str) -> None:
        if self.due is not None:
            (file, how, old), self.due = self.due, None
            new = {"replace": block, "below": old + block, "above": block + old}[how]
            if before.split()[-1:] != [{"replace": "by"}.get(how, "insert")]:
                raise NotAsWritten(f"what is to be done with {block!r}?")
            file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
            return
        found = _EDIT.search(before)
        if found is None:
            raise NotAsWritten(f"what is to be done with {block!r}?")
        file, how = self.folder / found[1], found[2]
        if how is None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block, encoding="utf-8")
            return
        count = f"\n{file.read_text(encoding='utf-8')}".count(f"\n{block}")
        if count != 1:
            raise NotAsWritten(f"{found[1]} has {block!r} {count} times")
        self.due = (file, how, block)

    def run(self, block: str) -> None:
        path = f"{self.bin}:/usr/bin:/bin"
        self.printed = ""
        for command in block.splitlines():
            done = subprocess.run(
                ["/bin/sh", "-c", command], cwd=self.folder, env={"PATH": path, "LC_ALL": "C.UTF-8"}, stdin=subprocess.DEVNULL,
                capture_output=True, text=True, encoding="utf-8", check=False,
            )  # fmt: skip
            self.printed += done.stdout + done.stderr
            if "Traceback" in self.printed or done.returncode > 2:
                raise NotAsWritten(f"{command} fails:\n{self.printed}")

    def expect(self, block: str) -> None:
        lines = self.printed.splitlines()
        for wanted in block.splitlines():
            pattern = ".*".join(re.escape(part.strip()) for part in wanted.split("…"))
            if not any(re.fullmatch(rf"\s*{pattern}\s*", line) for line in lines):
                raise NotAsWritten(f"“{wanted}” is not printed, but:\n{self.printed}")
