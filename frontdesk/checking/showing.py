"""The texts of a business as the exploration of calls needs them: what each shows that may be unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from frontdesk.bootstrap.reading import Reading
from frontdesk.business import Business
from frontdesk.prompting.line_checks import STATE_LINES
from frontdesk.prompting.lines import Line, Lines, Wording
from frontdesk.prompting.reasons import PRECISE
from frontdesk.prompting.sources import IN_MESSAGES, OF_OPTIONS, OF_QUESTIONS, RECORD, SOURCES
from frontdesk.prompting.topics import PREFIX, business_answer
from fsm.showing import Shown, Text
from fsm.spec import GraphSpec

__all__ = ["texts_of_calls"]

_MESSAGES: Final = {"book": "sms.booked", "move": "sms.moved"}
"""The actions that send a message, and its line."""
_ANSWERS: Final = "answer"
"""The action that says the answers."""
_REFUSED, _THING = "unknown_service", "thing"
"""The act of asking for what is not offered, and the placeholder that shows what that was, in the lines that answer the act."""
_NEEDS_A_PIECE: Final = frozenset({"yes_no", "switch"})


def texts_of_calls(read: Reading, spec: GraphSpec) -> tuple[Text, ...]:
    """Every text that calls of this graph put into words and that cannot be said whatever is known.

    Languages that show the same are one text, at its place in the first of them.
    """
    if read.business is None:
        return ()
    return tuple(_Texts(read.lines, read.business, spec).all())


class _Texts:
    def __init__(self, lines: Lines, business: Business, spec: GraphSpec) -> None:
        self.lines, self.business, self.spec = lines, business, spec
        first = business.default_language
        self.languages = sorted(business.languages, key=lambda language: language != first)
        self._questions = {f"{name}.{kind}" for name in spec.states for kind in ("ask", "again", "reask", "suggest", "read_back")}
        self._surely = {"caller_ending": {f"{name}.suggest" for name in spec.states}}
        for name, state in spec.states.items():  # what is read back, whatever it is shown as
            for shown, sources in SOURCES.items():
                if state.ask in sources:
                    self._surely.setdefault(shown, set()).add(f"{name}.read_back")
        self._refusing = {line for move in spec.moves if move.on == _REFUSED for line in move.say}
        self._said = tuple(self._lines_said())

    def all(self) -> Iterator[Text]:
        for name in self._said:
            own = f"default.{name.rpartition('.')[2]}" if name.rpartition(".")[2] in STATE_LINES else name
            yield from self._texts(name, [name, *PRECISE.get(name, ())], name, own)
        for name in sorted(self.lines.names()):
            if name.startswith(PREFIX) and business_answer(name.removeprefix(PREFIX), self.business) is None:
                yield from self._texts(_ANSWERS, [name], name, name)
        for action, name in _MESSAGES.items():
            yield from self._texts(action, [name], name, name)

    def _lines_said(self) -> Iterable[str]:
        """The names of the lines that the graph says."""
        names: dict[str, None] = {}
        for move in self.spec.moves:
            names |= dict.fromkeys(move.say)
        for name, state in self.spec.states.items():
            names |= dict.fromkeys(line.line for line in state.say)
            if state.ask is not None:
                names |= dict.fromkeys(f"{name}.{kind}" for kind in sorted(STATE_LINES))
        return names

    def _texts(self, name: str, choices: Sequence[str], shown: str, otherwise: str) -> Iterator[Text]:
        told: set[frozenset[frozenset[tuple[str, ...]]]] = set()
        for language in self.languages:
            found = [line for choice in choices if (line := self.lines.find(choice, language)) is not None]
            found = found or [line for line in (self.lines.find(otherwise, language),) if line is not None]
            wordings = tuple(self._needs(line, wording) for line in found for wording in line.wordings)
            sources = frozenset(frozenset(shown.sources for shown in wording) for wording in wordings)
            if not wordings or not all(wordings) or sources in told:
                continue
            told.add(sources)
            kind = "text message" if shown in _MESSAGES.values() else "line"
            does = "send" if kind == "text message" else "say"
            yield Text(name, wordings, found[0].wordings[0].place, f"The {kind} “{shown}”", f"{does} “{shown}”")

    def _needs(self, line: Line, wording: Wording) -> tuple[Shown, ...]:
        """What a wording cannot do without, in either of its forms."""
        required = frozenset.intersection(*(template.required for template in wording.templates))
        found = (self._shown(name, line) for name in sorted(required))
        return tuple(shown for shown in found if shown is not None)

    def _shown(self, name: str, line: Line) -> Shown | None:
        """A value that may be unknown; None for one that never is."""
        if line.name.startswith(PREFIX) and name in OF_QUESTIONS:
            return None
        if name in OF_OPTIONS and line.name in self._questions:
            return Shown(name)
        if name == _THING and line.name in self._said and line.name not in self._refusing:
            return Shown(name)
        if name in SOURCES:
            if line.name in self._surely.get(name, ()):
                return None
            if line.name in _MESSAGES.values():
                return None if name in IN_MESSAGES else Shown(name)
            return Shown(name, SOURCES[name])
        fact = self.spec.facts.get(name)
        if fact is None:
            return Shown(name, (RECORD,)) if name in self.business.record else None
        pieces = (f"value.{name}.{word}" for word in ("true", "false"))
        if fact.type in _NEEDS_A_PIECE and not all(self.lines.find(piece, line.language) for piece in pieces):
            return Shown(name)
        return Shown(name, (name,))
