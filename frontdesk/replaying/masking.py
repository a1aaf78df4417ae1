"""Hides names, numbers, addresses and messages of callers in what is shown of a call."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from frontdesk.conversation.ports import Content
from frontdesk.prompting.render import Renderer
from frontdesk.replaying.course import Course, Taken
from fsm.effects import Run, Say
from fsm.events import KeyPressed, Spoke
from fsm.facts import Fact, Origin
from fsm.proposals import Proposal

__all__ = ["Mask"]

_PERSONAL: Final = frozenset({"name", "phone", "email", "text", "reference", "birth_date", "record"})
"""Types of facts that say who somebody is, what they told us in confidence, or what we told them alone."""
_SHOWN_AS: Final = {
    "name": "‹name›", "of_name": "‹name›", "old_name": "‹name›", "phone": "‹number›", "phone_ending": "‹number›",
    "caller_ending": "‹number›", "email": "‹address›", "message": "‹message›", "so_far": "‹…›", "reference": "‹reference›",
    "report_number": "‹reference›", "birth_date": "‹birth date›",
}  # fmt: skip
"""Placeholders of lines that show such things."""
_LIKE_A_NUMBER: Final = re.compile(r"\+?\d(?:[\s./-]?\d){4,}")
_LIKE_AN_ADDRESS: Final = re.compile(r"[^\s@]+@[^\s@]+")
_HIDDEN: Final = "‹not shown›"
_SHORTEST: Final = 2


class Mask:
    """What is to be hidden in one call, gathered from everything that was known in it. With `show` nothing is."""

    def __init__(self, *, show: bool = False) -> None:
        self._show = show
        self._hidden: dict[str, str] = {}
        self._types: dict[str, str] = {}

    def learn(self, course: Course) -> None:
        """Takes in what is personal in the turns so far: values, and the words that our lines show them by."""
        if self._show:
            return
        self._types |= dict(course.content.graph.fact_types)
        self._note(course.call.caller, "‹number›")
        for turn in course.turns:
            if isinstance(turn.event, Spoke | KeyPressed):
                self._learn_words(turn.event.proposal)
            for effect in turn.effects:
                if isinstance(effect, Say | Run):
                    for name, fact in effect.facts.items():
                        self._learn_fact(name, fact)
                if isinstance(effect, Say):
                    self._learn_line(effect, course.content, turn)

    def text(self, text: str) -> str:
        """Any text of the call, ours or the caller's."""
        if self._show:
            return text
        for words in sorted(self._hidden, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", self._hidden[words], text, flags=re.IGNORECASE)
        return _LIKE_AN_ADDRESS.sub("‹address›", _LIKE_A_NUMBER.sub("‹number›", text))

    def heard(self, turn: Taken) -> str:
        """What the caller did. Where something personal was asked for, only what was surely something else is shown."""
        asked = self._types.get(turn.asked or "") in _PERSONAL and not self._show
        event = turn.event
        if isinstance(event, KeyPressed):
            return "(key)" if asked and event.key.isdigit() else f"(key {event.key})"
        if isinstance(event, Spoke):
            names = [*(fact.name for fact in event.proposal.facts), *(doubt.fact for doubt in event.proposal.doubts)]
            said_who = any(self._types.get(name) in _PERSONAL for name in names)
            return _HIDDEN if asked and (said_who or event.proposal.empty) else self.text(event.text)
        heard = turn.heard or {}
        return f"(nothing for {heard['silence_s']:g} s)" if "silence_s" in heard else "(hangs up)" if heard else ""

    def value(self, name: str, value: Any) -> str:
        """A fact as it is shown."""
        return "‹…›" if self._types.get(name) in _PERSONAL and not self._show else self.text(str(value))

    # --- gathering ----------------------------------------------------------------------------------------------

    def _note(self, words: object, shown: str) -> None:
        if isinstance(words, str) and len(words.strip()) >= _SHORTEST:
            self._hidden.setdefault(words.strip(), shown)

    def _learn_fact(self, name: str, fact: Fact) -> None:
        if self._types.get(name) in _PERSONAL:
            self._note(fact.value, _SHOWN_AS.get(name, _HIDDEN))
            if fact.source is not Origin.CALLER_ID:  # what was said then is the yes to the number that was seen
                self._note(fact.words, _SHOWN_AS.get(name, _HIDDEN))
            if self._types.get(name) == "name":
                for part in str(fact.value).split():
                    self._note(part, "‹name›")
        for key in ("name", "phone", "email"):
            self._note((fact.detail or {}).get(key), _SHOWN_AS[key])

    def _learn_words(self, proposal: Proposal) -> None:
        said = [(fact.name, fact.words) for fact in proposal.facts] + [(doubt.fact, doubt.words) for doubt in proposal.doubts]
        for name, words in said:
            if self._types.get(name) in _PERSONAL:
                self._note(words, _SHOWN_AS.get(name, _HIDDEN))

    def _learn_line(self, effect: Say, content: Content, turn: Taken) -> None:
        """The words by which a line shows a name or a number: as they are spoken they are not the value."""
        if not isinstance(content.speaker, Renderer):
            return
        at = dt.datetime.fromisoformat(turn.event.at).astimezone(content.business.zone)
        for name, words in content.speaker.placeholders(effect, at).items():
            if name in _SHOWN_AS:
                self._note(words, _SHOWN_AS[name])
            elif name in content.business.record:
                self._note(words, "‹record›")
            elif name == "options" and self._types.get(turn.asks or "") in _PERSONAL:
                self._note(words, _HIDDEN)
