"""What was found to be understood before, so that it need not be read again: a check takes half the time.

A verdict rests on the words, what is asked and heard in the state they are said in, the phrases of the language, what of the
business bears on understanding, and the program. All of them are in its key, so that it can never be out of date; it can only be missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from frontdesk import installed
from frontdesk.bootstrap.reading import DEFAULTS
from frontdesk.brain.phrases import Phrases
from frontdesk.business import Business
from frontdesk.checking.graph_parts import as_heard_in
from frontdesk.installed import digest
from frontdesk.kept_file import read_kept, write_kept
from fsm.graph import Graph
from fsm.showing import Text
from fsm.spec import GraphSpec

__all__ = ["UNDERSTOOD", "Basis", "Memo"]

UNDERSTOOD: Final = DEFAULTS / "var" / "understood.json"
"""Where an installation keeps what was understood."""

_PROGRAM: Final = ("spoken", "fsm", "frontdesk/actions", "frontdesk/brain", "frontdesk/business", "frontdesk/checking")
_MOST: Final = 10_000
"""Keys that are kept; with more, only those of the last check."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything but the words that verdicts of one check rest on."""

    digest: str
    phrases: Mapping[str, str]
    """Stands for those of each language: words that are read in one do not rest on those of another."""
    states: Mapping[str, str]
    """Stands for what each state asks and hears."""
    graph: Graph

    def of(self, state: str, language: str, asked: Sequence[object]) -> str:
        """The key of something that is said or pressed in a state, and read in this language."""
        return digest(self.digest, self.phrases.get(language, ""), self.states[state], language, json.dumps(asked))[:16]


class Memo:
    """Keys of what is understood, kept in a file; without one, in this object alone."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._known = _read(file) if file is not None else frozenset[str]()
        self._used: set[str] = set()

    def knows(self, key: str) -> bool:
        """Whether what has this key is understood."""
        if key in self._known:
            self._used.add(key)
        return key in self._used

    def learn(self, *keys: str) -> None:
        """What has these keys is understood."""
        self._used.update(keys)

    @property
    def learnt(self) -> frozenset[str]:
        """Everything that was asked for and is understood."""
        return frozenset(self._used)

    def save(self) -> None:
        """Writes the file anew if there is something new. That it cannot be written only costs time."""
        if self._file is None or self._used <= self._known:
            return
        keys = self._known | self._used
        write_kept(self._file, sorted(keys if len(keys) <= _MOST else self._used))

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
        """From the business as it is heard, the phrases, the program, and what the graph asks and hears in every state."""
        spec = as_heard_in(graph.spec)
        whole = [
            json.dumps([spec.acts, spec.keypad, {name: fact.model_dump_json() for name, fact in spec.facts.items()}]),
            *(move.model_dump_json() for move in spec.anywhere),
        ]
        states = {name: state.model_dump_json() for name, state in spec.states.items()}
        return Basis(digest(_program(), *whole, repr(heard), *sorted(phrases.languages)), _digests(phrases), states, graph)


def _digests(phrases: Phrases) -> dict[str, str]:
    """By language, from every phrase as it is written, in the order in which they are tried."""
    written = {
        language: json.dumps([(key, [template.source for template in templates]) for key, templates in groups.items()])
        for language, groups in phrases.groups.items()
    }
    return {language: digest(content) for language, content in written.items()}


def _program() -> str:
    """What understands: any change of it makes every verdict a new one."""
    return installed.program(_PROGRAM)


def _read(file: Path) -> frozenset[str]:
    keys = read_kept(file)
    return frozenset(key for key in keys if isinstance(key, str)) if isinstance(keys, list) else frozenset()
