"""An edit of the shipped content, and the two versions it makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from frontdesk.bootstrap.reading import DEFAULTS, Folders
from frontdesk.business.loader import read_business
from frontdesk.diffing import side
from frontdesk.diffing.side import Side
from fsm.document import read_document
from fsm.yaml_source import read_yaml

__all__ = ["edited", "shipped"]


@cache
def shipped() -> Side:
    """The shipped content."""
    return side.read_side(None)


def edited(folder: Path, file: str, edits: Sequence[Sequence[str]]) -> Side:
    """The shipped content after an edit of one file; only that part is read again. Each old text must stand in the file once."""
    text = (DEFAULTS / file).read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    made = folder / file
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text(text, encoding="utf-8")
    folders = Folders(folder)
    kind = Path(file).parts[-2] if "/" in file else file
    if kind == "states.yaml":
        spec = read_document(read_yaml(made).data).spec
        assert spec is not None
        return replace(shipped(), spec=spec)
    if kind == "business.yaml":
        business, _ = read_business(made)
        assert business is not None
        return replace(shipped(), business=business)
    if kind == "states":
        return replace(shipped(), prompts=side._prompts(folders))
    if kind == "knowledge":
        return replace(shipped(), knowledge={**shipped().knowledge, **side._knowledge(Folders(None, folder), shipped().business)})
    texts = side._texts(folders, (Path(file).stem,))
    return replace(shipped(), texts={**shipped().texts, (kind, Path(file).stem): texts[kind, Path(file).stem]})
