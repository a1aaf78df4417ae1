"""One of the two versions that are compared: everything an owner edits, read as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.customers import FILE as CUSTOMERS
from frontdesk.bootstrap.kept_readings import READINGS, KeptReadings
from frontdesk.bootstrap.reading import Folders, knowledge_files, read_all
from frontdesk.business import Business
from frontdesk.business.loader import read_business
from frontdesk.files_below import files_below
from fsm.catalogue import Catalogue
from fsm.loader import read_graph_spec
from fsm.problems import Problem
from fsm.spec import GraphSpec
from fsm.yaml_source import read_yaml

__all__ = ["Side", "Unreadable", "read_side"]


_WHOLE: Final = ("states.yaml", "business.yaml", "knowledge", "prompts/persona.md", "prompts/demo.yaml", "prompts/audit")
"""What only a whole checkout holds: it is compared as it is, without the defaults of the running version."""

Texts = Mapping[str, Any]
"""What stands at each place ("greet.ask"): a text, or a list of texts."""


class Unreadable(Exception):
    """A version cannot be compared; the message is one sentence."""


@dataclass(frozen=True)
class Side:
    """A version. `texts` are by kind of file ("lines", "phrases", "answers", "sms") and language; `prompts` and `knowledge` by file;
    `customers` is the file of their records as it stands."""

    spec: GraphSpec
    business: Business
    texts: Mapping[tuple[str, str], Texts]
    prompts: Mapping[str, str]
    knowledge: Mapping[tuple[str, str], Mapping[str, str]]
    customers: str
    catalogue: Catalogue
    problems: tuple[Problem, ...] = ()
    """Of graph, business, sentences and phrases: a version that has any does not go live."""

    def line(self, name: str) -> str:
        """A line in the language of the business, in quotes; its name where there is none."""
        found = self.texts.get(("lines", self.business.default_language), {}).get(name)
        while isinstance(found, (list, dict)) and found:
            found = found[0] if isinstance(found, list) else next(iter(found.values()))
        return f"“{found}”" if isinstance(found, str) else name


def read_side(folder: Path | None) -> Side:
    """Reads a version: a folder of a business, which takes from the defaults what it lacks, or a whole checkout (None: this one).

    Raises Unreadable when the graph or the business cannot be made out at all.
    Problems that `frontdesk check` reports do not stop a comparison: an edit that it refuses is just what should be told.
    """
    folders = Folders(None, folder) if folder is not None and all((folder / name).exists() for name in _WHOLE) else Folders(folder)
    path, name = folders.file("states.yaml")
    spec, in_graph = read_graph_spec(path, CATALOGUE, shown_as=name)
    if spec is None:
        raise Unreadable(f"The graph cannot be read: {in_graph[0]}")
    path, name = folders.file("business.yaml")
    business, in_business = read_business(path, name)
    if business is None:
        raise Unreadable(f"The business cannot be read: {in_business[0]}")
    return Side(
        spec,
        business,
        _texts(folders, business.languages),
        _prompts(folders),
        _knowledge(folders, business),
        _customers(folders),
        CATALOGUE,
        read_all(folders, kept=KeptReadings(READINGS)).problems,
    )


def _texts(folders: Folders, languages: tuple[str, ...]) -> dict[tuple[str, str], Texts]:
    found: dict[tuple[str, str], Texts] = {}
    for kind in ("lines", "answers", "sms", "phrases"):
        for language in languages:
            together: dict[str, Any] = {}
            for folder in folders.folders("prompts"):
                file = folder / kind / f"{language}.yaml"
                data = read_yaml(file, yes_as_word=True).data if file.is_file() else None
                together.update(_flat(data, ""))
            found[kind, language] = together
    return found


def _flat(data: Any, place: str) -> dict[str, Any]:
    """Texts by their place; the forms for one and for several stay together."""
    if not isinstance(data, dict) or set(data) <= {"one", "other"}:
        return {place: data} if data is not None else {}
    found: dict[str, Any] = {}
    for key, value in data.items():
        found |= _flat(value, f"{place}.{key}" if place else str(key))
    return found


def _prompts(folders: Folders) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8", errors="replace").strip()
        for folder in folders.folders("prompts")
        for file in files_below(folder)
        if file.suffix == ".md"
    }


def _customers(folders: Folders) -> str:
    path, _ = folders.file(CUSTOMERS)
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _knowledge(folders: Folders, business: Business) -> dict[tuple[str, str], dict[str, str]]:
    """The answers under each heading, by file and language."""
    return {(path.name, language): _sections(path) for path, _, language in knowledge_files(folders, business)}


def _sections(file: Path) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    heading = ""
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("#").strip()
            found.setdefault(heading, [])
        elif line.strip():
            found.setdefault(heading, []).append(line.strip())
    return {title: " ".join(lines) for title, lines in found.items()}
