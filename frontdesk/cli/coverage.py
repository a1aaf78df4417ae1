"""`frontdesk coverage`: what generated paths and written calls cover of the graph, and what none of them does."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TextIO

from frontdesk.bootstrap.content import load_content
from frontdesk.bootstrap.reading import Folders, read_all
from frontdesk.cli.check import printable
from frontdesk.cli.options import BadOption
from frontdesk.cli.progress import Progress
from frontdesk.cli.quiet import quiet
from frontdesk.conversation.dialogue_lines import wrong as marked
from frontdesk.conversation.ports import Content
from frontdesk.proving.also import paths_also
from frontdesk.proving.covering import GeneratedPath
from frontdesk.proving.making import make_paths, paths_against_faults
from frontdesk.proving.picture import drawn
from frontdesk.proving.playing import Player
from frontdesk.proving.report import Coverage, Excuse, read_excuses
from frontdesk.proving.script import read_paths, written
from frontdesk.proving.situations import NOW
from frontdesk.proving.targets import KINDS
from frontdesk.proving.written_calls import cover_written
from frontdesk.rehearsing.suite import folder_of_cases
from fsm.counted import counted

__all__ = ["print_coverage", "print_paths", "write_paths"]

_PATHS: Final = "paths/paths.yaml"
_EXCUSES: Final = "paths/excuses.yaml"
_SHOWN: Final = 400


def print_coverage(business_dir: Path | None, stdout: TextIO, stderr: TextIO, *, as_json: bool, picture: bool) -> int:
    """Plays everything and prints a table and what is left, or JSON, or a Mermaid diagram. Returns the exit code: 1, something is left.

    Raises BadOption for two forms at once.
    """
    if as_json and picture:
        raise BadOption("Give --json or --mermaid; not both.")
    folders = Folders(business_dir)
    content = load_content(folders, lambda: NOW)
    tests = folder_of_cases(business_dir)
    excuses = read_excuses(_of_graph(_EXCUSES, folders, tests))
    progress = Progress(stderr)
    progress.begins("Holding paths, calls and goals and watching where they come by: some minutes …")
    coverage = Coverage.of(content.graph)
    with quiet():
        asyncio.run(_cover(coverage, content, folders, tests, progress))
    progress.ends()
    left = [target for target in coverage.missing() if not any(excuse.covers(target) for excuse in excuses)]
    if as_json:
        print(coverage.dumped(), end="", file=stdout)
    elif picture:
        print(drawn(coverage), end="", file=stdout)
    else:
        for line in _table(coverage, excuses):
            print(printable(line, stdout), file=stdout)
    unproved = [sentence for excuse in excuses for sentence in excuse.fails(content.graph)]
    for sentence in unproved:
        print(sentence, file=stderr)
    return 1 if left or unproved else 0


async def _cover(coverage: Coverage, content: Content, folders: Folders, tests: Path, progress: Progress) -> None:
    player = Player(content, read_all(folders).phrases)
    paths = _paths(content, folders, tests, progress)
    for number, path in enumerate(paths, 1):
        progress(f"paths: {number} of {len(paths)}")
        played = await player.play(path, content.business.default_language)
        coverage.add("paths", played.covers)
    await cover_written(coverage, folders.business, content.business.languages, progress)


def _paths(content: Content, folders: Folders, tests: Path, progress: Progress) -> Sequence[GeneratedPath]:
    stored = _of_graph(_PATHS, folders, tests)
    if stored.is_file():
        return read_paths(stored)
    progress.begins(f"There is no {stored}: paths are made for the moment, some minutes; frontdesk paths --write keeps them.")
    return make_paths(content, read_all(folders).phrases, progress)[0].paths


def _of_graph(name: str, folders: Folders, tests: Path) -> Path:
    """A file about the graph of a folder: its own, or the shipped one where it has neither that file nor a graph of its own."""
    shipped = folders.file("states.yaml")[0].parent == folders.defaults
    return folder_of_cases(None) / name if shipped and not (tests / name).is_file() else tests / name


def _table(coverage: Coverage, excuses: Sequence[Excuse]) -> list[str]:
    sources: list[str | None] = [*coverage.counts, None]
    heads = [f"{source} ({coverage.calls[source]})" if source else "together" for source in sources]
    lines = [f"{'':<14}" + "".join(f"{head:>16}" for head in heads) + f"{'of':>8}"]
    lines += [
        f"{kind:<14}" + "".join(f"{coverage.covered(source, kind):>16}" for source in sources) + f"{len(coverage.possible(kind)):>8}"
        for kind in KINDS
    ]
    lines.append("")
    for source in sources:
        missing = coverage.missing(source)
        if source is not None and source != "paths":
            lines.append(f"{source} do not cover {len(missing)} of {len(coverage.targets) - len(coverage.impossible)}; --json lists them.")
            continue
        lines.append(f"Not covered by {source or 'any call'}: {len(missing) or 'nothing'}")
        for target in missing[:_SHOWN]:
            excuse = next((excuse for excuse in excuses if excuse.covers(target)), None)
            why = "nobody has said why" if excuse is None else f"{excuse.why}{' (proved)' if excuse.proved else ''}"
            lines.append(f"  {target.sentence}: {why}")
        if source == "paths":
            lines.append("")
    if coverage.impossible:
        names = [coverage.targets[name].sentence for name in sorted(coverage.impossible)]
        lines += ["", "No call can come through these, whatever happens:", *(f"  {name}" for name in names)]
    return lines


def write_paths(business_dir: Path | None, stdout: TextIO, stderr: TextIO) -> int:
    """Makes the paths of a graph anew and writes them beside its calls. Returns the exit code."""
    folders = Folders(business_dir)
    content = load_content(folders, lambda: NOW)
    phrases = read_all(folders).phrases
    tests = folder_of_cases(business_dir) / "paths"
    progress = Progress(stderr)
    states = counted(len(content.graph.states), "state")
    progress.begins(f"Making paths through {states}, and against faults put in on purpose: some minutes …")
    also = paths_also(tests / "also.yaml", content, phrases)
    cover, explored = make_paths(content, phrases, progress)
    with quiet():
        cover.paths += also
        cover.paths += paths_against_faults(folders, content, phrases, cover.paths, progress)
    progress.ends()
    file = folder_of_cases(business_dir) / _PATHS
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written(cover.paths), encoding="utf-8")
    turns = sum(len(path.turns) for path in cover.paths)
    fewest = f"no set has fewer than {counted(cover.lower_bound, 'path')}"
    print(f"{counted(len(cover.paths), 'path')} with {counted(turns, 'turn')} ({fewest}), in {file}.", file=stdout)
    for name in explored.targets:
        if name in cover.unsaid:
            print(f"  only a language model hears {explored.targets[name].sentence}", file=stdout)
    return 0


def print_paths(business_dir: Path | None, stdout: TextIO, stderr: TextIO, language: str | None) -> int:
    """Plays the paths in a language and prints them as dialogues. Returns the exit code, 1 where one goes otherwise than written."""
    folders = Folders(business_dir)
    content = load_content(folders, lambda: NOW)
    spoken = content.business.default_language if language is None else language
    if spoken not in content.business.languages:
        print(f"Nobody speaks “{spoken}” there; --language is one of {', '.join(content.business.languages)}.", file=stdout)
        return 2
    player = Player(content, read_all(folders).phrases)
    wrong = 0
    for number, path in enumerate(_paths(content, folders, folder_of_cases(business_dir), Progress(stderr)), 1):
        played = asyncio.run(player.play(path, spoken))
        wrong += bool(played.wrong)
        for line in (f"path {number} ({path.setting})", *played.dialogue, *map(marked, played.wrong), ""):
            print(printable(line, stdout), file=stdout)
    return 1 if wrong else 0
