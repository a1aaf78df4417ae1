"""Whether the generated paths of a graph hold: each goes as written, and nothing that callers can come to is without one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from frontdesk.proving.covering import GeneratedPath
from frontdesk.proving.playing import Player
from frontdesk.proving.report import Coverage, Excuse

__all__ = ["hold_paths", "without_a_path"]


async def hold_paths(paths: Iterable[GeneratedPath], language: str, player: Player, coverage: Coverage) -> list[str]:
    """Plays them in a language and counts what those that go as written cover. Returns what goes otherwise, as dialogues."""
    wrong: list[str] = []
    for number, path in enumerate(paths, 1):
        played = await player.play(path, language)
        coverage.add("paths", played.covers if not played.wrong else ())
        if played.wrong:
            wrong += [f"path {number} in {language}:", *played.dialogue, *(f"   !! {line}" for line in played.wrong)]
    return wrong


def without_a_path(coverage: Coverage, excuses: Sequence[Excuse]) -> list[str]:
    """A sentence for each thing that no path comes through, and that has no excuse."""
    missing = [target for target in coverage.missing("paths") if not any(excuse.covers(target) for excuse in excuses)]
    return [f"no path comes through {target.sentence} ({target.name})" for target in missing]
