"""Lines waiting to be said, and what the caller has heard of a turn."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from frontdesk.conversation.incoming import Heard
from frontdesk.conversation.outputs import Line
from frontdesk.voice.ports import Mouth, Spoken

__all__ = ["Speech", "longest_s"]

_log = logging.getLogger(__name__)

_QUESTIONS: Final = frozenset({"ask", "reask", "suggest", "read_back", "options", "so_far", "silent"})
"""Kinds of lines that a later turn takes the place of; all others tell the caller something that must not get lost."""
_ASIDES: Final = frozenset({"one_moment"})
"""Kinds of lines that tell nothing: nobody misses them."""
_BARELY: Final = 0.3
"""A part of a line: who has heard less of it does not know what it says, and it is said again."""
_SENTENCE_END: Final = re.compile(r"[.!?…]+\s+")


def longest_s(text: str) -> float:
    """So long even a slow voice does not take for a text, with ten seconds for a service that is slow to begin: then it is given up."""
    return 10.0 + 0.2 * len(text)


class Speech:
    """Says lines one after the other while the call goes on.

    A caller who speaks breaks off the line that is being said, if it may be broken off, and makes the questions behind it pointless.
    What else was due is still said, before the answer: that they are booked does not get lost because they said “hello?” meanwhile.
    `on_quiet` is called whenever nothing more is said.
    """

    def __init__(self, mouth: Mouth, on_quiet: Callable[[], None]) -> None:
        self._mouth, self._on_quiet = mouth, on_quiet
        self._due: deque[Line] = deque()
        self._saying: Line | None = None
        self._told: list[str] = []
        self._stopped = False
        """Whether the caller broke us off, and has the turn: the rest waits."""
        self._missed = False
        """Whether something that mattered was not heard."""
        self._repeated: str | None = None
        self._broken: _BrokenOff | None = None
        """The line that was broken off last, until somebody takes the turn."""
        self._closed = self._concluding = False
        self._wake = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._settled = asyncio.Event()
        self._settled.set()
        self._open = asyncio.Event()
        self._open.set()
        self._task = asyncio.create_task(self._work(), name="speech")

    @property
    def busy(self) -> bool:
        """Whether something is being said, or about to be."""
        return not self._quiet.is_set()

    def add(self, line: Line) -> None:
        """Says a line after those before it. After :meth:`close`, nothing is said any more."""
        if self._closed or not line.text:
            return
        self._due.append(line)
        self._quiet.clear()
        self._note_open()
        self._wake.set()

    async def open_to_answers(self) -> None:
        """Waits until nothing is being said, or due, that the caller has to hear to its end."""
        await self._open.wait()

    async def finished(self) -> None:
        """Waits until everything has been said."""
        await self._quiet.wait()

    async def take_turn(self) -> Heard | None:
        """The caller has taken the turn. What they heard of ours, or None when they heard all that mattered.

        Stops what is being said, unless it must be heard.
        """
        if self._saying is not None and self._saying.interruptible:
            self._mouth.stop()
            await self._settled.wait()
        self._due = deque(line for line in self._due if not self._dropped(line))
        heard = Heard(False, " ".join(filter(None, self._told))) if self._missed else None
        self._told, self._stopped, self._missed, self._broken = [], False, False, None
        if self._due:
            self._quiet.clear()
        self._wake.set()
        return heard

    @property
    def heard_over(self) -> bool:
        """Whether the caller speaks over something: it is being said, or they have broken it off."""
        return self._saying is not None or self._stopped

    def listened_to(self) -> bool:
        """The caller only shows that they listen: what is being said goes on, from the beginning of the sentence that was broken off.

        False where there is nothing to go on with, or only the closing question was spoken over: then it is an answer.
        """
        if self._saying is not None:
            return True
        broken = self._broken
        if broken is not None and not self._closed:
            if self._due and self._due[0].id == broken.line.id:  # hardly heard, it waits to be said again already
                self._due.popleft()
            self._told[-1:] = [broken.line.text[: broken.at].strip()]
            self._due.appendleft(replace(broken.line, text=broken.line.text[broken.at :]))
            self._missed = broken.missed_before
        elif not self._due or not self._stopped:
            return False
        self._stopped, self._broken = False, None
        self._quiet.clear()
        self._note_open()
        self._wake.set()
        return True

    def conclude(self) -> None:
        """The call ends with these lines: from here on nothing breaks them off but :meth:`close`."""
        self._concluding = True
        self._due = deque(replace(line, interruptible=False) for line in self._due)
        self._note_open()
        if self._due:
            self._quiet.clear()
        self._wake.set()

    def close(self) -> None:
        """The line is dead: nothing more is said."""
        self._closed = True
        self._due.clear()
        self._note_open()
        self._mouth.stop()
        self._wake.set()

    async def aclose(self) -> None:
        self.close()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    # -- inside --------------------------------------------------------------------------------------------------

    def _note_open(self) -> None:
        if all(line.interruptible for line in (self._saying, *self._due) if line is not None):
            self._open.set()
        else:
            self._open.clear()

    def _dropped(self, line: Line) -> bool:
        """Whether a line that was not begun is pointless now. A question that nobody heard cannot have been answered."""
        if _kind(line) in _ASIDES:
            return True
        pointless = _kind(line) in _QUESTIONS and line.interruptible
        self._missed = self._missed or pointless
        return pointless

    async def _work(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._due and (self._concluding or not self._stopped):
                await self._say(self._due.popleft())
            self._quiet.set()
            self._on_quiet()

    async def _say(self, line: Line) -> None:
        self._saying = line
        self._settled.clear()
        try:
            async with asyncio.timeout(longest_s(line.text)):
                spoken = await self._mouth.say(line)
        except TimeoutError:
            _log.error("the voice did not finish a line of %d characters", len(line.text))
            self._mouth.stop()
            spoken = Spoken(False, "", failed=True)
        finally:
            self._saying = None
            self._settled.set()
            self._note_open()
        if not spoken.whole and not spoken.failed:
            self._stopped = True
        if _kind(line) in _ASIDES:
            return
        self._told.append(line.text if spoken.whole else spoken.heard)
        self._broken = None
        if spoken.whole or (_kind(line) in _QUESTIONS and _knows_enough(line.text, spoken.heard)):
            return
        if not spoken.failed:
            self._broken = _BrokenOff(line, _sentence_at(line.text, spoken.heard), self._missed)
        self._missed = True
        barely = not spoken.failed and len(spoken.heard) < _BARELY * len(line.text)
        if barely and _kind(line) not in _QUESTIONS and line.id != self._repeated and not self._closed:
            self._repeated = line.id  # once: a caller who breaks it off again does not want it
            self._due.appendleft(line)


@dataclass(frozen=True, slots=True)
class _BrokenOff:
    """A line that was not said to its end. `at` is where the sentence begins that was broken off."""

    line: Line
    at: int
    missed_before: bool


def _sentence_at(text: str, heard: str) -> int:
    """Where the sentence begins in which a line was broken off."""
    return max((match.end() for match in _SENTENCE_END.finditer(text) if match.end() <= len(heard) + 1), default=0)


def _kind(line: Line) -> str:
    return line.name.rpartition(".")[2]


def _knows_enough(text: str, heard: str) -> bool:
    """Whether only the closing question was talked over: “… at three, for Anna. Shall I book it?” “Yes!”"""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return bool(ends) and text.rstrip().endswith("?") and len(heard.strip()) >= ends[-1] - 1
