"""Carries one call: what is heard goes to the conversation, what it answers goes to the mouth, and the call ends only when it is due.

One task owns the conversation (`run`); everything else only tells it what happened. Time is the loop's own, so that a test
may hold a whole call in a moment.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final, Protocol

from frontdesk.brain.listening import SoFar
from frontdesk.conversation.incoming import Gone, Heard, Incoming, Quiet
from frontdesk.conversation.outputs import LanguageChanged, Line, Listening, Output
from frontdesk.voice.inbox import Inbox
from frontdesk.voice.patience import Patience
from frontdesk.voice.ports import Ears, Hearing, Mouth, PhoneLine
from frontdesk.voice.speech import Speech
from fsm.call import Call
from fsm.view import View

__all__ = ["Carrier", "Held"]

_log = logging.getLogger(__name__)

FILLER: Final = "default.one_moment"
FILLER_AFTER_S: Final = 1.5
"""So long an action may leave the caller in silence before they are told to wait."""
_LONGEST_GOODBYE_S: Final = 30.0
"""A call whose goodbye has not been played by then is ended all the same."""
PAUSES_S: Final = (0.3, 1.5)
"""Shortest and longest pause that ends a turn, where the graph does not say (`listen.endpointing_s`)."""


class Held(Protocol):
    """The conversation, as far as it is carried: :class:`frontdesk.conversation.conversation.Conversation`."""

    @property
    def call(self) -> Call: ...
    @property
    def view(self) -> View: ...
    @property
    def pauses_s(self) -> tuple[float, float] | None: ...
    def start(self) -> AsyncIterator[Output]: ...
    def feed(self, incoming: Incoming | Heard) -> AsyncIterator[Output]: ...
    def so_far(self, text: str) -> SoFar: ...
    def aside(self, name: str) -> Line | None: ...


class Carrier:
    """One call under way. Make it in the loop that runs it."""

    def __init__(self, conversation: Held, mouth: Mouth, ears: Ears, line: PhoneLine, *, any_language: bool = False) -> None:
        self._conversation, self._ears, self._line = conversation, ears, line
        self._any_language = any_language
        self._inbox = Inbox()
        self._patience = Patience()
        self._speech = Speech(mouth, self._fell_quiet)
        self._silence_s = 8.0
        self._taking = True

    # -- what happens, told by whoever listens -------------------------------------------------------------------

    def words(self, text: str) -> None:
        """The caller said this, and has finished. “Mhm” while we speak says that they listen, and we go on."""
        self._patience.restart(self._now())
        over = self._speech.heard_over and not self._inbox.waiting
        if over and self._conversation.so_far(text) is SoFar.LISTENING and self._speech.listened_to():
            return
        self._inbox.words(text)

    def half_heard(self, text: str) -> None:
        """The caller is saying this, and may go on."""
        if text.strip():
            self._patience.restart(self._now())
            self._inbox.changed.set()

    def voice(self, active: bool) -> None:
        """A voice, or a noise that sounds like one, begins or ceases."""
        self._patience.voice(active, self._now())
        self._inbox.changed.set()

    def key(self, key: str) -> None:
        """The caller pressed a key: 0-9, * or #. Others are no keys of a telephone, and nothing happens."""
        if len(key) == 1 and key in "0123456789*#":
            self._patience.restart(self._now())
            self._ears.forget()
            self._inbox.key(key)

    def gone(self) -> None:
        """The caller has hung up; whatever is under way is brought to its end, and nothing more is said."""
        self._inbox.hang_up()
        self._speech.close()

    async def turn_ends(self, text: str, quiet_since: float) -> None:
        """Waits until these words are a whole turn: nobody has spoken since `quiet_since` (seconds of the loop's clock).

        A turn does not end while the caller is hearing what must be heard to its end; it is answered after that.
        """
        while True:
            await self._speech.open_to_answers()
            left_s = quiet_since + self.pause_s(text) - self._now()
            if left_s <= 0:
                return
            await asyncio.sleep(left_s)

    def pause_s(self, text: str) -> float:
        """How long a pause ends this utterance, in seconds."""
        shortest, longest = self._pauses()
        so_far = self._conversation.so_far(text)
        if so_far is SoFar.COMPLETE:
            return shortest
        return longest if so_far is SoFar.BEGINNING else (shortest + longest) / 2

    @property
    def busy(self) -> bool:
        """Whether something is being said, worked on, or waits to be taken; otherwise the call waits for the caller."""
        return self._taking or self._speech.busy or self._inbox.waiting

    async def said_all(self) -> None:
        """Waits until everything that is due has been said."""
        await self._speech.finished()

    # -- the call ------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Holds the call from the greeting until its end, and ends the line.

        Whatever goes wrong, what the call holds is given back and the call is stored, as if the caller had hung up.
        """
        try:
            await self._carry(self._conversation.start())
            while not self._conversation.call.ended:
                await self._take(await self._next())
            await self._say_goodbye()
        finally:
            self._speech.close()
            if not self._conversation.call.ended:
                async for _ in self._conversation.feed(Gone()):
                    pass
            await self._speech.aclose()
            await self._line.hang_up()

    async def _next(self) -> Incoming:
        """What happens next; after long enough a silence, that."""
        while True:
            self._inbox.changed.clear()
            incoming = self._inbox.take()
            self._taking = incoming is not None
            if incoming is not None:
                return incoming
            due = None if self._speech.busy else self._patience.ends_at(self._silence_s)
            if due is not None and due <= self._now():
                self._taking = True
                return Quiet(self._silence_s)
            try:
                async with asyncio.timeout_at(due):
                    await self._inbox.changed.wait()
            except TimeoutError:
                continue

    async def _take(self, incoming: Incoming) -> None:
        if not isinstance(incoming, Gone):
            heard = await self._speech.take_turn()
            if heard is not None:
                await self._carry(self._conversation.feed(heard))
        await self._carry(self._conversation.feed(incoming))

    async def _carry(self, outputs: AsyncIterator[Output]) -> None:
        filler = asyncio.create_task(self._fill(), name="filler")
        try:
            async for output in outputs:
                if isinstance(output, Line):
                    # The goodbye is the last that the caller hears of us: it is heard to its end.
                    self._speech.add(replace(output, interruptible=False) if self._conversation.call.ended else output)
                elif isinstance(output, Listening):
                    self._silence_s = output.silence_s
                    self._listen()
                elif isinstance(output, LanguageChanged):
                    self._listen()
        finally:
            filler.cancel()
        if self._conversation.call.ended:
            self._speech.conclude()
        self._patience.restart(self._now())

    async def _fill(self) -> None:
        """Tells the caller to wait, once, when nothing has been said for a while and the answer is still being worked on."""
        while True:
            await self._speech.finished()
            await asyncio.sleep(FILLER_AFTER_S)
            if not self._speech.busy:
                break
        line = self._conversation.aside(FILLER)
        if line is not None:
            self._speech.add(line)

    async def _say_goodbye(self) -> None:
        """Nothing the caller says now takes back the end; only hanging up comes before it."""
        try:
            async with asyncio.timeout(_LONGEST_GOODBYE_S):
                await self._speech.finished()
        except TimeoutError:
            _log.error("the goodbye of call %s did not end", self._conversation.call.id)

    def _fell_quiet(self) -> None:
        self._patience.restart(self._now())
        self._inbox.changed.set()

    def _listen(self) -> None:
        shortest, longest = self._pauses()
        seen = self._conversation.view
        unknown = self._any_language and seen.turn == 0
        self._ears.listen(Hearing(None if unknown else seen.language, shortest, longest, seen.asks, seen.generation))

    def _pauses(self) -> tuple[float, float]:
        return self._conversation.pauses_s or PAUSES_S

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
