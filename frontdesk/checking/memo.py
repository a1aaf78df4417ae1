"""What was made of callers' words before, so that nobody need read them again: a check takes half the time.

What rules propose rests on the words, what a brain may see of the call, the phrases that may be heard in the words, what of the
business bears on understanding, and the program. All of them are in its key, so that it can never be out of date; it can only be
missing. What the engine makes of a proposal is found anew for every graph, which takes no time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from frontdesk import installed
from frontdesk.bootstrap.reading import DEFAULTS
from frontdesk.brain.utterance.phrases import Phrases
from frontdesk.business import Business
from frontdesk.checking.graph_parts import as_heard_in
from frontdesk.installed import digest
from frontdesk.kept_file import read_kept, write_kept
from fsm.graph import Graph, compile_graph
from fsm.showing import Text
from fsm.spec import GraphSpec

__all__ = ["UNDERSTOOD", "Basis", "Memo"]

UNDERSTOOD: Final = DEFAULTS / "var" / "understood.json"
"""Where an installation keeps what was understood."""

_PROGRAM: Final = ("spoken", "fsm", "frontdesk/actions", "frontdesk/brain", "frontdesk/business", "frontdesk/checking")
_MOST: Final = 6_000
"""Keys that are kept, each in a tenth of a kilobyte; with more, only those of the last check."""


@dataclass(frozen=True)
class Basis:
    """Everything but the words, and what is seen of a call, that what rules make of words in one check rests on."""

    digest: str
    """Stands for the program and the business."""
    heard_in: str
    """Stands for what a graph asks and hears."""
    whole: Graph
    business: Business
    phrases: Phrases

    @cached_property
    def graph(self) -> Graph:
        """The graph as callers are heard in it."""
        return compile_graph(as_heard_in(self.whole.spec), self.whole.catalogue)

    def of_language(self, language: str, asked: object) -> str:
        """The key of everything that is tried in one language: `asked`, and what is asked of every graph and all phrases."""
        groups = self.phrases.groups.get(language, {})
        written = [(key, [template.source for template in templates]) for key, templates in groups.items()]
        return digest(self.digest, self.heard_in, language, json.dumps(written), json.dumps(asked))[:16]

    def of_words(self, words: str, source: str, seen: str, phrases: str) -> str:
        """The key of what is proposed for words, or a key, where this is seen of a call and these phrases may be heard."""
        return digest(self.digest, source, words, seen, phrases)[:16]


class Memo:
    """What is known, by its key, kept in a file; without one, in this object alone."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._known: Mapping[str, Any] = _read(file) if file is not None else {}
        self._used: dict[str, Any] = {}

    def knows(self, key: str) -> bool:
        """Whether what has this key is known: to be right, or by what came of it."""
        if key in self._known:
            self._used.setdefault(key, self._known[key])
        return key in self._used

    def recall(self, key: str) -> Any:
        """What came of what has this key, as plain data; None where it is not known."""
        return self._used[key] if self.knows(key) else None

    def learn(self, *keys: str) -> None:
        """What has these keys is right."""
        self._used.update(dict.fromkeys(keys))

    def keep(self, came: Mapping[str, Any]) -> None:
        """What came of what has these keys, as plain data."""
        self._used.update(came)

    @property
    def learnt(self) -> frozenset[str]:
        """The keys of everything that was asked for and is known."""
        return frozenset(self._used)

    def save(self) -> None:
        """Writes the file anew if there is something new. That it cannot be written only costs time."""
        if self._file is None or self._used.keys() <= self._known.keys():
            return
        everything = {**self._known, **self._used}
        write_kept(self._file, everything if len(everything) <= _MOST else self._used)

    @staticmethod
    def of_calls(spec: GraphSpec, texts: Iterable[Text]) -> str:
        """The key of a graph in whose calls, explored, nothing was found wrong, and of what they put into words."""
        shown = sorted((text.name, text.wordings) for text in texts)
        return digest(_program(), "calls", spec.model_dump_json(), repr(shown))[:16]

    @staticmethod
    def of_language(language: str, languages: Sequence[str], texts: Sequence[str]) -> str:
        """The key of sentences that are in this one of several languages."""
        return digest(_program(), "language", language, *languages, "", *texts)[:16]

    @staticmethod
    def basis(graph: Graph, heard: Business, phrases: Phrases) -> Basis:
        """From the business as it is heard, the phrases, the program, and what the graph asks and hears."""
        rests_on = digest(_program(), repr(heard), *sorted(phrases.languages))
        return Basis(rests_on, digest(as_heard_in(graph.spec).model_dump_json()), graph, heard, phrases)


def _program() -> str:
    """What understands: any change of it makes every verdict a new one."""
    return installed.program(_PROGRAM)


def _read(file: Path) -> dict[str, Any]:
    kept = read_kept(file)
    return {key: came for key, came in kept.items() if came is None or isinstance(came, dict)} if isinstance(kept, dict) else {}
