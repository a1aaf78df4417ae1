"""What the engine shows, and what it must not need."""

from __future__ import annotations

import subprocess
import sys
import types
from pathlib import Path

import fsm


def test_all_is_what_is_public() -> None:
    """`fsm.__all__` names every public thing of the package, in order, and nothing else."""
    public = {name for name, value in vars(fsm).items() if not name.startswith("_") and not isinstance(value, types.ModuleType)} - {
        "annotations"
    }
    public |= {name for name in ("step",) if callable(getattr(fsm, name))}
    assert set(fsm.__all__) == public
    assert list(fsm.__all__) == sorted(fsm.__all__)


def test_every_public_thing_is_explained() -> None:
    """Each public name has a docstring."""
    unexplained = [name for name in fsm.__all__ if not (getattr(fsm, name).__doc__ or "").strip()]
    assert unexplained == []


_LOADED = """
import sys
import fsm, fsm.loader, fsm.schema, fsm.mermaid
print(" ".join(sorted({name.split(".")[0] for name in sys.modules})))
"""


def test_engine_needs_no_loop_no_network_and_no_voice(root: Path) -> None:
    """Importing the whole engine loads no asyncio, no database, no LiveKit, no HTTP, and none of its neighbours."""
    done = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, cwd=root, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"asyncio", "ssl", "http", "sqlalchemy", "livekit", "httpx", "aiosqlite", "frontdesk", "spoken", "integrations"}
    assert "transitions" in loaded


def test_engine_names_no_clock_and_no_chance(root: Path) -> None:
    """No module of the engine imports a clock, randomness or the environment."""
    import ast

    banned = {"time", "random", "secrets", "uuid", "os", "socket", "asyncio", "threading"}
    for path in sorted((root / "fsm").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert not banned & {name.split(".")[0] for name in names}, path.name
