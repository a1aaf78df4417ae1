"""What has come in from the caller and waits for its turn: a hang-up first, then keys, then words."""

from __future__ import annotations

import asyncio
from collections import deque

from frontdesk.conversation.incoming import Gone, Key, Words

__all__ = ["Inbox"]


class Inbox:
    """Filled by whoever listens, emptied by the one task that holds the call. `changed` wakes that task."""

    def __init__(self) -> None:
        self.changed = asyncio.Event()
        self.gone = False
        self._keys: deque[Key] = deque()
        self._words: list[str] = []

    def hang_up(self) -> None:
        self.gone = True
        self.changed.set()

    def key(self, key: str) -> None:
        """A key counts more than what was being said: words that still wait are dropped."""
        self._words.clear()
        self._keys.append(Key(key))
        self.changed.set()

    def words(self, text: str) -> None:
        """Words that came one after the other while nobody could take them are one utterance."""
        if text.strip():
            self._words.append(text.strip())
            self.changed.set()

    @property
    def waiting(self) -> bool:
        """Whether there is something to take."""
        return bool(self.gone or self._keys or self._words)

    def take(self) -> Gone | Key | Words | None:
        """The next one, None when there is nothing."""
        if self.gone:
            return Gone()
        if self._keys:
            return self._keys.popleft()
        if self._words:
            text = " ".join(self._words)
            self._words.clear()
            return Words(text)
        return None
