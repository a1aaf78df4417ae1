"""Options that several commands have, declared once. Read at every start: nothing here loads what a command works with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["BusinessOption", "DbOption"]

BusinessOption = Annotated[
    Path | None,
    typer.Option("--business", help="Folder with its own states.yaml, business.yaml and prompts/; what it lacks comes from the defaults."),
]
DbOption = Annotated[str | None, typer.Option(help="Database, as sqlite:///path/calls.db.")]
