"""Writes the published JSON Schema of states.yaml: `python -m frontdesk.cli.graph_schema schemas/states.schema.json`."""

from __future__ import annotations

import sys
from pathlib import Path

from fsm.schema import graph_schema_text

__all__ = ["write_graph_schema"]


def write_graph_schema(path: Path) -> None:
    """Writes the schema that the parser has now. Raises OSError."""
    path.write_text(graph_schema_text(), encoding="utf-8")


if __name__ == "__main__":
    write_graph_schema(Path(sys.argv[1]))
