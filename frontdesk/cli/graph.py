"""`frontdesk graph`: the graph as a Mermaid diagram."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.reading import Folders
from frontdesk.cli.check import printable
from fsm.loader import read_graph_spec
from fsm.mermaid import to_mermaid

__all__ = ["print_graph"]


def print_graph(business_dir: Path | None, stdout: TextIO, stderr: TextIO, *, limits: bool = False) -> int:
    """Prints the diagram of a business folder's graph, or of the default one. Returns the exit code: 2 for a graph with problems.

    What is wrong is printed to `stderr`, so that a diagram that goes to a file is a diagram or nothing. Lines and
    prompts are not looked at; `frontdesk check` does.
    """
    path, name = Folders(business_dir).file("states.yaml")
    spec, problems = read_graph_spec(path, CATALOGUE, shown_as=name)
    if spec is None or problems:
        for problem in problems:
            print(printable(str(problem), stderr), file=stderr)
        return 2
    print(to_mermaid(spec, limits=limits), end="", file=stdout)
    return 0
