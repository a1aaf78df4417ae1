"""What carries a call needs: ears, a mouth and a line. Nothing here knows who provides them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from frontdesk.conversation.outputs import Line

__all__ = ["Ears", "Hearing", "Mouth", "PhoneLine", "Spoken"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What became of a line: `whole`, or broken off after the words that were `heard`; `failed`: by a fault of ours, not by the caller."""

    whole: bool
    heard: str
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Hearing:
    """How to listen from here on.

    `language` None: the caller has not said a word yet, and may speak any language of the business. A pause of `shortest_s`
    seconds ends an answer that is complete, one of `longest_s` an answer that has only begun. `asks` is the fact that is waited for,
    `generation` the view all this belongs to.
    """

    language: str | None
    shortest_s: float
    longest_s: float
    asks: str | None
    generation: int


class Mouth(Protocol):
    """Speaks one line at a time."""

    async def say(self, line: Line) -> Spoken:
        """Returns once the caller has heard the line, or part of it. `line.interruptible` False: to its end, whatever they say.

        Never raises for a voice that fails; then nothing was heard.
        """
        ...

    def stop(self) -> None:
        """Breaks off the line that is being said, interruptible or not; harmless when there is none."""
        ...


class Ears(Protocol):
    """Told how to listen; what is heard comes back through the carrier's own methods."""

    def listen(self, hearing: Hearing) -> None: ...

    def forget(self) -> None:
        """Drops what is being recognised at this moment: the caller has pressed a key instead."""
        ...


class PhoneLine(Protocol):
    """The line to the caller. Putting through is an action of the call (`integrations.telephony`); here is only its end."""

    async def hang_up(self) -> None:
        """Ends the call on our side; harmless when the caller is gone. Raises nothing."""
        ...
