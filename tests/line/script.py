"""A call as a script: what the caller says and types, each after our sentence has ended."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.voice.rehearsal.telephone_voice import RATE, speak
from tests.emulators.deepgram_emulator import DeepgramEmulator, Utterance
from tests.line.caller import Caller, Stretch

__all__ = ["Keys", "Says", "play", "teach"]


@dataclass(frozen=True)
class Says:
    """The caller says this."""

    text: str
    language: str = "fr"

    @property
    def utterance(self) -> Utterance:
        """As it sounds; made once, so that it is known again."""
        return _utterance(self.text, self.language)


@dataclass(frozen=True)
class Keys:
    """The caller types this; `answered` whether something is said back."""

    keys: str


@functools.cache
def _utterance(text: str, language: str) -> Utterance:
    return Utterance(text, language, speak(text, language), RATE)


def teach(ears: DeepgramEmulator, *scripts: Sequence[Says | Keys]) -> None:
    """Lets the ears know beforehand what will be said."""
    ears.learn(*(step.utterance for script in scripts for step in script if isinstance(step, Says)))


async def play(caller: Caller, script: Sequence[Says | Keys]) -> list[Stretch]:
    """Waits for each of our sentences, then takes the next step; ends when our answer to the last one has begun. Raises NotHeard."""
    heard = [await caller.listen()]
    for step in script:
        if isinstance(step, Keys):
            await caller.press(step.keys)
        else:
            await caller.say(step.text, step.utterance.samples)
        heard.append(await caller.listen() if step is not script[-1] else await caller.hear())
    return heard
