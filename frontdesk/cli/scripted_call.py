"""The call that demos play: its words from prompts/demo.yaml, its free times from there too, in a database that is thrown away."""

from __future__ import annotations

import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdesk.bootstrap.app import App
from frontdesk.bootstrap.content import DEFAULTS
from frontdesk.cli.calling import CallOptions, open_for_call, spoken_language
from frontdesk.cli.options import business_folder
from fsm.yaml_source import read_yaml

__all__ = ["ScriptedCall", "open_scripted_call"]


@dataclass(frozen=True, slots=True)
class ScriptedCall:
    """An installation, and what the caller says in it, turn by turn, in `language`."""

    app: App
    language: str
    words: Sequence[str]


@asynccontextmanager
async def open_scripted_call(business: Path | None, language: str | None) -> AsyncIterator[ScriptedCall]:
    """In a language, or in that of the business. Raises what :func:`open_for_call` raises."""
    business = business_folder(business)
    script = _script(business)
    with tempfile.TemporaryDirectory() as folder:
        fixture = Path(folder) / "fixture.json"
        fixture.write_text(json.dumps(script["fixture"]), encoding="utf-8")
        options = CallOptions(business, language=language, now=script["now"], fixture=fixture, db=f"sqlite:///{folder}/demo.db")
        async with await open_for_call(options) as app:
            spoken = spoken_language(language, app) or app.content.business.default_language
            yield ScriptedCall(app, spoken, script["callers"].get(spoken) or next(iter(script["callers"].values())))


def _script(business: Path | None) -> dict[str, Any]:
    own = business / "prompts" / "demo.yaml" if business is not None else None
    path = own if own is not None and own.exists() else DEFAULTS / "prompts" / "demo.yaml"
    script: dict[str, Any] = read_yaml(path).data
    return script
