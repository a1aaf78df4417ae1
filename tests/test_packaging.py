"""A newcomer's checkout: locked dependencies, commands that exist, modules that stay small."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = ("base.txt", "dev.txt", "bench-peers.txt")
CODE = ("fsm", "spoken", "integrations", "frontdesk")
LARGEST_LINES = 500


def entries(text: str) -> list[str]:
    """The requirements of a compiled file, each with its continuation lines."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return [entry for entry in re.split(r"\n(?=\S)", lines) if entry.strip()]


def names(text: str) -> set[str]:
    return {re.split(r"[=\[ ;]", entry.strip())[0] for entry in entries(text)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_dependency_has_a_version_and_hashes(root: Path, lock: str) -> None:
    """What is installed is exactly what was locked."""
    found = entries((root / "requirements" / lock).read_text(encoding="utf-8"))
    assert len(found) > 20
    assert [entry for entry in found if not re.match(r"[a-z0-9.-]+==\S+", entry) or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_locked_dependencies_record_no_address(root: Path, lock: str) -> None:
    """Where packages come from is a matter of the machine, not of the checkout."""
    assert re.findall(r"https?:|--index-url|--find-links| @ ", (root / "requirements" / lock).read_text(encoding="utf-8")) == []


def test_what_the_project_declares_is_locked(root: Path) -> None:
    """A dependency that was added to pyproject.toml and not locked would be missing after `make setup`."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    base = names((root / "requirements" / "base.txt").read_text(encoding="utf-8"))
    dev = names((root / "requirements" / "dev.txt").read_text(encoding="utf-8"))

    def declared(requirements: list[str]) -> set[str]:
        return {re.split(r"[<>=\[ ;]", requirement)[0] for requirement in requirements}

    assert declared(project["project"]["dependencies"] + groups["build"]) <= base
    assert declared(groups["dev"]) <= dev
    assert declared(groups["bench-peers"]) <= names((root / "requirements" / "bench-peers.txt").read_text(encoding="utf-8"))
    assert base <= dev


def test_a_call_in_text_installs_no_voice_and_no_vendor(root: Path) -> None:
    """The first `make run` takes seconds, since speech and vendors are extras."""
    base = (root / "requirements" / "base.txt").read_text(encoding="utf-8")
    assert {name for name in names(base) if re.match(r"livekit|openai|twilio|google|torch|onnx|numpy", name)} == set()


def test_commands_in_the_documents_exist(root: Path) -> None:
    """Every `make …` that a document names is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    documents = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    named = {
        (path.name, word)
        for path in documents
        for word in re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert ("README.md", "run") in named
    assert {(name, word) for name, word in named if word not in targets} == set()


def test_links_in_the_documents_lead_somewhere(root: Path) -> None:
    """A reader who follows a link finds a page."""
    documents = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    links = [(path, link) for path in documents for link in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))]
    assert [(path.name, link) for path, link in links if "://" not in link and not (path.parent / link).exists()] == []


def test_modules_stay_small_enough_to_read(root: Path) -> None:
    """One concept a module: aim at 300 lines, and never more than 500."""
    modules = [path for package in (*CODE, "tests", "bench") for path in (root / package).rglob("*.py")]
    large = {
        str(path.relative_to(root)): lines for path in modules if (lines := path.read_text(encoding="utf-8").count("\n")) > LARGEST_LINES
    }
    assert large == {}


def test_every_folder_of_code_is_a_package(root: Path) -> None:
    """A folder without __init__.py is missed by the wheel and by the type checker."""
    folders = {path.parent for package in CODE for path in (root / package).rglob("*.py")}
    assert [str(folder.relative_to(root)) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_the_runner_needs_no_terminal_and_no_neighbour(root: Path) -> None:
    """The script of the runner works in any checkout."""
    script = (root / ".ci" / "run").read_text(encoding="utf-8")
    assert "set -euo pipefail" in script
    assert "../shared" not in script
    assert (root / ".ci" / "run").stat().st_mode & 0o111
