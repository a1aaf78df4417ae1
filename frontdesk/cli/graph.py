"""`frontdesk graph`: the graph as a Mermaid diagram, or as a picture with coverage, traffic or one call on it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, TextIO

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.reading import Folders
from frontdesk.cli.check import printable
from frontdesk.cli.options import BadOption
from fsm.counted import counted
from fsm.loader import read_graph_spec
from fsm.mermaid import to_mermaid
from fsm.spec import GraphSpec

if TYPE_CHECKING:
    from frontdesk.drawing.marks import Marks

__all__ = ["GraphOptions", "print_graph"]

_MERMAID: Final = frozenset({".mmd", ".mermaid"})
_OTHER_PICTURES: Final = frozenset({".gif", ".jpg", ".jpeg", ".pdf", ".webp", ".bmp", ".tif", ".tiff"})


@dataclass(frozen=True)
class GraphOptions:
    """What to draw. `db` is the address of the database that calls are read from; at most one of `call`, `coverage`, `traffic` is used."""

    business: Path | None = None
    format: Literal["mermaid", "svg", "png"] | None = None
    output: Path | None = None
    call: str | None = None
    coverage: Path | None = None
    traffic: bool = False
    db: Callable[[], str] | None = None
    limits: bool = False

    @property
    def chosen_format(self) -> str:
        """The format, by the name of the file where none is given; Mermaid without both, or SVG where something is marked.

        Raises BadOption for a kind of picture that is not made.
        """
        if self.format is not None:
            return self.format
        suffix = self.output.suffix.lower() if self.output is not None else ""
        if suffix in {".svg", ".png"}:
            return suffix[1:]
        if suffix in _MERMAID:
            return "mermaid"
        if suffix in _OTHER_PICTURES:
            raise BadOption(f"A picture is SVG or PNG, not {suffix[1:].upper()}; name the file graph.svg or graph.png.")
        return "svg" if self.marked else "mermaid"

    @property
    def marked(self) -> int:
        """How many kinds of marks are asked for."""
        return (self.call is not None) + (self.coverage is not None) + self.traffic


def print_graph(options: GraphOptions, stdout: TextIO, stderr: TextIO) -> int:
    """Draws the graph of a business folder, or the default one. Returns the exit code: 2 for a graph with problems.

    What is wrong is printed to `stderr`, so that a diagram that goes to a file is a diagram or nothing. Lines and
    prompts are not looked at; `frontdesk check` does. Raises BadOption.
    """
    if options.marked > 1:
        raise BadOption("Give one of --call, --coverage and --traffic.")
    if options.marked and options.chosen_format == "mermaid":
        raise BadOption("A Mermaid diagram has no colours for calls; use --format svg or png.")
    folders = Folders(options.business)
    path, name = folders.file("states.yaml")
    spec, problems = read_graph_spec(path, CATALOGUE, shown_as=name)
    if spec is None or problems:
        for problem in problems:
            print(printable(str(problem), stderr), file=stderr)
        return 2
    if options.chosen_format == "mermaid":
        _write(to_mermaid(spec, limits=options.limits), options, stdout)
        return 0
    from frontdesk.drawing.svg import to_svg

    marks, spec = _marks(options, spec)
    svg = to_svg(spec, CATALOGUE, _title(folders), marks)
    if options.chosen_format == "svg":
        _write(svg, options, stdout)
        return 0
    from frontdesk.drawing.png import NoPictures, to_png

    try:
        _write(to_png(svg), options, stdout)
    except NoPictures as error:
        raise BadOption(str(error)) from None
    return 0


def _write(content: str | bytes, options: GraphOptions, stdout: TextIO) -> None:
    data = content.encode() if isinstance(content, str) else content
    if options.output is not None:
        options.output.write_bytes(data)
        return
    binary: BinaryIO | None = getattr(stdout, "buffer", None)
    if isinstance(content, str):
        print(content, end="", file=stdout)
    elif binary is None or stdout.isatty():
        raise BadOption("A PNG is not for the screen; name a file with -o graph.png.")
    else:
        binary.write(data)


def _title(folders: Folders) -> str:
    from frontdesk.business.loader import read_business

    business, _ = read_business(*folders.file("business.yaml"))
    return business.name if business is not None else "states.yaml"


def _marks(options: GraphOptions, spec: GraphSpec) -> tuple[Marks | None, GraphSpec]:
    """What is laid over the picture, and the graph to draw: that of the call, when one is shown."""
    if options.coverage is not None:
        return _coverage(options.coverage, spec), spec
    if not options.marked or options.db is None:
        return None, spec
    from frontdesk.cli.stored_paths import NoSuchPath, path_of, paths_of_all
    from frontdesk.drawing.marks import marks_of_call, marks_of_traffic

    if options.call is not None:
        try:
            held = asyncio.run(path_of(options.db(), spec, options.call))
        except NoSuchPath as error:
            raise BadOption(str(error)) from None
        with_which = "" if held.spec == spec else ", with the version of the graph that it was held with"
        note = f"call {options.call}: {counted(len(held.path), 'move')}{with_which}"
        return marks_of_call(held.spec.start, held.path, note), held.spec
    traffic = asyncio.run(paths_of_all(options.db(), spec))
    note = counted(len(traffic.paths), "call")
    note += f", {traffic.of_other_versions} of other versions of the graph are left out" if traffic.of_other_versions else ""
    note += f", {traffic.damaged} cannot be read" if traffic.damaged else ""
    return marks_of_traffic(spec.start, traffic.paths, note), spec


def _coverage(path: Path, spec: GraphSpec) -> Marks:
    from frontdesk.drawing.marks import BadCoverage, coverage_from

    try:
        return coverage_from(json.loads(path.read_text(encoding="utf-8")), spec)
    except OSError as error:
        raise BadOption(f"The coverage file {path} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise BadOption(f"The coverage file {path} is not JSON; write it with: frontdesk coverage --json.") from None
    except BadCoverage as error:
        raise BadOption(str(error)) from None
