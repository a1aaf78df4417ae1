"""How a caller says in a language what a generated path wants said: words of the business, of its phrases, and of `spoken.say`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from frontdesk.brain.utterance.phrases import Phrases
from frontdesk.brain.utterance.spelling_out import spelt_out
from frontdesk.business import Business
from frontdesk.proving.happenings import Happening
from frontdesk.proving.spoken_examples import examples
from frontdesk.proving.values import VAGUE, Values
from fsm.call import Call
from fsm.graph import Graph
from spoken.languages import requested
from spoken.lexicon import load
from spoken.say import say

__all__ = ["Words"]

_MOST: Final = 16
"""So many ways of saying one thing are looked at."""


class Words:
    """Ways of saying things, the plainest first. Which of them is understood where is for the brain to tell."""

    def __init__(self, business: Business, graph: Graph, phrases: Phrases) -> None:
        self._business, self._graph, self._phrases = business, graph, phrases
        self._values = Values(business, graph)

    def ways(self, happening: Happening, call: Call) -> Iterator[str]:
        """Ways of saying everything that happens in one turn, in the language of the call; none for what has no words."""
        language = call.language
        if happening.kind == "mumbles":
            yield from examples(language)["mumbles"]
            return
        parts = [list(islice(self._fact(name, token, call), _MOST)) for name, token in happening.facts]
        parts += [list(islice(self._act(name, about, call), _MOST)) for name, about in happening.acts]
        if not parts or not all(parts):
            return
        if len(parts) == 1:
            yield from parts[0]
            return
        for number in range(max(map(len, parts))):
            chosen = [part[min(number, len(part) - 1)] for part in parts]
            for joint in (", ", examples(language)["join"]):
                yield joint.join(chosen)

    # -- facts -----------------------------------------------------------------------------------------------------

    def _fact(self, name: str, token: str, call: Call) -> Iterator[str]:
        language, kind = call.language, self._graph.facts[name].type
        if token == VAGUE:
            yield from self._business.family_vocabulary(language)[self._values.family(call)]
            return
        value = self._values.of(name, token, call)
        if kind == "choice":
            yield from self._phrased(("intents", value), language)
            yield from self._phrased(("values", name, value), language)
            yield str(value).replace("_", " ")
        elif kind == "service":
            yield self._business.service_name(value, language, article=True)
            yield from self._business.vocabulary(language)[value]
        elif kind == "staff":
            yield from self._business.staff_vocabulary(language)[value]
        elif kind == "time_window":
            yield say(value[0]["start"][:10], "date", language)
        elif kind in {"offered_slot", "appointment"}:
            yield from self._picked(int(token) - 1, kind, call)
        elif kind in {"phone", "email"}:
            yield say(value, kind, language)
        else:
            yield examples(language)[kind][int(token) - 1]

    def _picked(self, index: int, kind: str, call: Call) -> Iterator[str]:
        items = call.lists["offers" if kind == "offered_slot" else "appointments"]
        start = str(items[index]["start"])
        for position in load(call.language, "choice")["positions"].get(index + 1, ())[:6]:
            yield str(position)
        yield say(start[:10], "date", call.language)
        yield say(start[11:16], "time", call.language)
        yield f"{say(start[:10], 'date', call.language)} {say(start[11:16], 'time', call.language)}"

    # -- acts ------------------------------------------------------------------------------------------------------

    def _act(self, name: str, about: str, call: Call) -> Iterator[str]:
        language = call.language
        if name in {"yes", "no"}:
            asked = self._graph.states[call.state].ask or ""
            yield say(name == "yes", "yes_no", language)
            yield from self._phrased(("values", asked, name), language)
            yield from self._phrased(("values", asked, "none"), language)
        elif name == "asks_question":
            for words in self._business.answer_vocabulary(language).values():
                yield words[0]
            yield from self._phrased(("questions",), language)
        elif name == "switch_language":
            yield from self._other_language(language)
        elif name == "unknown_service":
            for names in self._business.not_offered_vocabulary(language).values():
                yield names[0]
        elif name == "wants_change":
            yield from self._phrased(("wants_change", about.removeprefix("fact=")), language)
        else:
            yield from self._phrased(("acts", name), language)

    def _other_language(self, language: str) -> Iterator[str]:
        wanted = self._values.other_language(language)
        data: Mapping[str, Any] = load(language, "detect")
        for name in data["names"].get(wanted, ()):
            for request in data["requests"][:8]:
                for words in (f"{request} {name}", str(name)):
                    if requested(words, self._business.languages) == wanted:
                        yield words

    def _phrased(self, key: tuple[str, ...], language: str) -> Iterator[str]:
        """All phrases under a key, or under any key that begins so: each said once, then each in other words."""
        classes = {
            "staff": next(iter(self._business.staff.values())).name,
            "service": self._business.service_name(next(iter(self._business.services)), language),
        }
        groups = self._phrases.groups.get(language, {})
        found = [template.source for group, templates in groups.items() if group[: len(key)] == key for template in templates]
        ways = [spelt_out(source, classes) for source in sorted(found, key=lambda source: not source.startswith("="))]
        while ways:
            left = []
            for way in ways:
                words = next(way, None)
                if words is not None:
                    left.append(way)
                    yield words
            ways = left
