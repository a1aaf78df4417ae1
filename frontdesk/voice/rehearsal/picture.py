"""A call on one page: a row for each turn, with the sound and the words of both sides, and what the gap between them was spent on."""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from frontdesk.voice.rehearsal.recording import Recording
from frontdesk.voice.rehearsal.timeline import Gap, Part, Timeline, Utterance, Who, milliseconds

__all__ = ["draw"]

_WIDTH: Final = 1900
_MARGIN: Final = 40
_LABEL: Final = 70
_GAPS: Final = 430
"""Width of the column at the right in which the gaps are drawn larger."""
_LANE: Final = 34
_LINE: Final = 19
"""From one line of words to the next."""
_HEAD: Final = 130

_INK, _QUIET, _RULE, _PAPER = "#1d2129", "#6a717d", "#d5d9e0", "#ffffff"
# Told apart by people who do not see all colours (after Okabe and Ito).
_SIDES: Final = {Who.CALLER: "#0072b2", Who.FRONTDESK: "#37474f"}
_PARTS: Final = {
    Part.ENDPOINTING: "#e69f00",
    Part.UNDERSTANDING: "#56b4e9",
    Part.ENGINE: "#8a5fbf",
    Part.ACTION: "#d55e00",
    Part.SYNTHESIS: "#009e73",
    Part.PLAYOUT: "#9aa0a8",
}
_FONTS: Final = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "arial.ttf", "Helvetica.ttc")


class _Pen:
    """Writes with a font of this machine; the one that the library brings knows no accents, so they are left out there."""

    def __init__(self, canvas: ImageDraw.ImageDraw) -> None:
        self._canvas = canvas
        self._name = next((name for name in _FONTS if _has(name)), None)
        self._sizes: dict[int, Any] = {}

    def write(self, at: tuple[float, float], text: str, *, size: int = 14, colour: str = _INK) -> None:
        self._canvas.text(at, self._plain(text), font=self._font(size), fill=colour)

    def width(self, text: str, size: int = 14) -> float:
        return float(self._canvas.textlength(self._plain(text), font=self._font(size)))

    def wrapped(self, text: str, width: float, size: int = 14) -> list[str]:
        """Lines no wider than that, except for a word that is."""
        lines: list[str] = []
        for word in text.split(" "):
            if lines and self.width(f"{lines[-1]} {word}", size) <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines

    def _font(self, size: int) -> Any:
        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(self._name, size) if self._name else ImageFont.load_default(size)
        return self._sizes[size]

    def _plain(self, text: str) -> str:
        if self._name:
            return text
        return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _has(name: str) -> bool:
    with contextlib.suppress(OSError):
        ImageFont.truetype(name, 12)
        return True
    return False


@dataclass(frozen=True, slots=True)
class _Row:
    """One turn: what the caller said, and what we answered until they spoke again."""

    utterances: Sequence[Utterance]
    gap: Gap | None

    @property
    def began_s(self) -> float:
        return min(utterance.began_s for utterance in self.utterances)

    @property
    def ended_s(self) -> float:
        return max(utterance.ended_s for utterance in self.utterances)


def draw(timeline: Timeline, recording: Recording, title: str, path: Path) -> None:
    """Writes the page as a PNG. Raises OSError, and ValueError for a call in which nothing was said."""
    rows = _rows(timeline)
    if not rows:
        raise ValueError("nothing was said in this call")
    _Page(rows, timeline, recording, title).save(path)


def _rows(timeline: Timeline) -> list[_Row]:
    gaps = {gap.began_s: gap for gap in timeline.gaps}
    turns: list[list[Utterance]] = []
    for utterance in timeline.utterances:
        if not turns or utterance.who is Who.CALLER:
            turns.append([])
        turns[-1].append(utterance)
    return [_Row(turn, gaps.get(turn[0].ended_s)) for turn in turns]


class _Page:
    def __init__(self, rows: Sequence[_Row], timeline: Timeline, recording: Recording, title: str) -> None:
        self._rows, self._timeline, self._recording, self._title = rows, timeline, recording, title
        left = _WIDTH - 2 * _MARGIN - _LABEL - _GAPS - 30
        self._pixels_a_second = left / max(row.ended_s - row.began_s for row in rows)
        self._gap_pixels_a_second = (_GAPS - 90) / max([0.1, *(gap.seconds for gap in timeline.gaps)])
        self._image = Image.new("RGB", (_WIDTH, 100), _PAPER)
        self._use(self._image)
        heights = [self._height(row) for row in rows]
        self._use(Image.new("RGB", (_WIDTH, _HEAD + sum(heights) + _MARGIN), _PAPER))
        self._heading()
        top = _HEAD
        for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
            self._row(number, row, top)
            top += height

    def save(self, path: Path) -> None:
        self._image.save(path, "PNG", optimize=True)

    # -- inside --------------------------------------------------------------------------------------------------

    def _use(self, image: Image.Image) -> None:
        self._image = image
        self._canvas = ImageDraw.Draw(image)
        self._pen = _Pen(self._canvas)

    def _heading(self) -> None:
        gaps = self._timeline.gaps
        median = f", {milliseconds(self._timeline.median_gap_s)} ms from their last sound to our first (median)" if gaps else ""
        self._pen.write((_MARGIN, 24), self._title, size=24)
        spoke = sum(utterance.who is Who.CALLER for utterance in self._timeline.utterances)
        told = f"{self._timeline.seconds:.0f} s; the caller spoke {spoke} times{median}"
        self._pen.write((_MARGIN, 58), told, size=15, colour=_QUIET)
        self._pen.write((_WIDTH - _MARGIN - _GAPS, 91), "the gaps, larger, in milliseconds", colour=_QUIET)
        x = float(_MARGIN)
        for who, colour in _SIDES.items():
            x = self._legend(x, who, colour)
        x += 24
        for part, colour in _PARTS.items():
            x = self._legend(x, part, colour)
        self._canvas.line((x + 6, 90, x + 6, 108), fill=_QUIET)
        self._pen.write((x + 16, 91), "a second", colour=_QUIET)

    def _legend(self, x: float, text: str, colour: str) -> float:
        self._canvas.rectangle((x, 92, x + 14, 106), fill=colour)
        self._pen.write((x + 20, 91), text)
        return x + 20 + self._pen.width(text) + 22

    def _height(self, row: _Row) -> int:
        words = [len(self._words(utterance)) for utterance in row.utterances if utterance.who is Who.FRONTDESK]
        return 14 + 2 * _LANE + max([1, *words]) * _LINE + 16

    def _words(self, utterance: Utterance) -> list[str]:
        """Ours stand below their sound, as wide as it is."""
        return self._pen.wrapped(utterance.text, max(110.0, (utterance.ended_s - utterance.began_s) * self._pixels_a_second - 8))

    def _row(self, number: int, row: _Row, top: int) -> None:
        begin = _MARGIN + _LABEL
        callers, ours = top + 14, top + 14 + _LANE
        self._canvas.line((_MARGIN, top, _WIDTH - _MARGIN, top), fill=_RULE)
        self._pen.write((_MARGIN, callers), f"{number}" if number else "", size=18)
        self._pen.write((_MARGIN, callers + 24), f"{row.began_s:.1f} s", size=13, colour=_QUIET)
        self._ruler(row, begin, callers)
        for utterance in row.utterances:
            x = begin + (utterance.began_s - row.began_s) * self._pixels_a_second
            lane = callers if utterance.who is Who.CALLER else ours
            self._sound(utterance, x, lane)
            if utterance.who is Who.CALLER:
                wide = (utterance.ended_s - utterance.began_s) * self._pixels_a_second
                self._pen.write((x + wide + 10, lane + 9), f"“{utterance.text}”", colour=_SIDES[Who.CALLER])
            else:
                for line, text in enumerate(self._words(utterance)):
                    self._pen.write((x, lane + _LANE + 4 + line * _LINE), text)
        if row.gap is not None:
            x = begin + (row.gap.began_s - row.began_s) * self._pixels_a_second
            self._parts(row.gap, x, ours + 6, _LANE - 12, self._pixels_a_second)
            self._gap(row.gap, callers)

    def _ruler(self, row: _Row, begin: int, top: int) -> None:
        for second in range(int(row.began_s) + 1, int(row.ended_s) + 1):
            x = begin + (second - row.began_s) * self._pixels_a_second
            self._canvas.line((x, top - 6, x, top + 2 * _LANE), fill=_RULE)

    def _sound(self, utterance: Utterance, x: float, top: int) -> None:
        sound = np.abs(self._recording.side(utterance.who, utterance.began_s, utterance.ended_s))
        middle, colour = top + _LANE / 2, _SIDES[utterance.who]
        columns = max(1, round((utterance.ended_s - utterance.began_s) * self._pixels_a_second))
        for column, stretch in enumerate(np.array_split(sound, columns)):
            half = min(1.0, float(stretch.max(initial=0.0)) * 1.6) * (_LANE / 2 - 2)
            self._canvas.line((x + column, middle - half, x + column, middle + half), fill=colour)

    def _gap(self, gap: Gap, top: int) -> None:
        x = _WIDTH - _MARGIN - _GAPS
        self._pen.write((x, top + 2), f"{milliseconds(gap.seconds)} ms", size=16)
        self._parts(gap, x + 85, top, 24, self._gap_pixels_a_second)
        told = ", ".join(f"{part}\N{NO-BREAK SPACE}{milliseconds(seconds)}" for part, seconds in gap.parts.items() if seconds)
        for line, text in enumerate(self._pen.wrapped(told, _GAPS - 85, 13)):
            self._pen.write((x + 85, top + 30 + line * 17), text, size=13, colour=_QUIET)

    def _parts(self, gap: Gap, x: float, top: float, height: float, pixels_a_second: float) -> None:
        for part, seconds in gap.parts.items():
            wide = seconds * pixels_a_second
            if wide > 0:
                self._canvas.rectangle((x, top, x + max(1.0, wide) - 1, top + height), fill=_PARTS[part])
            x += wide
