"""What texts show: the values without which a line, an answer or a message cannot be put into words, and what they come from.

The machine knows no words. Whoever does says by these what the exploration of calls is to look out for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["CALLERS_NUMBER", "LISTED", "VALUED", "Shown", "Text", "needed_in"]

LISTED: Final = "list of "
"""Before the name of a list to pick from ("offers"), as a source."""
CALLERS_NUMBER: Final = "number of the caller"
"""The number that the call comes from, as a source; it may be withheld."""
VALUED: Final = "value of "
"""Before the name of a value that an action adds ("report_number"), as a source."""


def needed_in(state: str, action: str) -> str:
    """The name of what an action works from that a state runs beside its question."""
    return f"{action} in {state}"


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """A value that is shown under `name`. One of its `sources` is enough; without any it is never known.

    Sources are names of facts, LISTED or VALUED with a name, and CALLERS_NUMBER.
    """

    name: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """Something that is put into words in a call.

    `name` is that of a line, or of the action that says or sends it. For each of the `wordings` there is what it cannot
    do without; one that can be filled is enough. `at` is file, line and column of the text, None for what an
    action works from; `called` is what people call it.
    """

    name: str
    wordings: tuple[tuple[Shown, ...], ...]
    at: tuple[str, int, int] | None
    called: str
    said: str = ""
    """What is done with it, for a dialogue: "say “slot.ask”"."""

    @property
    def sources(self) -> frozenset[str]:
        """Everything that something shown may come from."""
        return frozenset(source for wording in self.wordings for shown in wording for source in shown.sources)

    @property
    def always(self) -> bool:
        """Whether it can be said whatever is known."""
        return not all(self.wordings)
