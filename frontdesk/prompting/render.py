"""Lines as they are said: the engine decides which line is due, this fills it."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from frontdesk.business import Business
from frontdesk.prompting.booking_words import BOOKING_WORDS
from frontdesk.prompting.business_words import BUSINESS_WORDS
from frontdesk.prompting.errors import MissingValue, PromptingError, UnknownLine
from frontdesk.prompting.lines import Line, Lines
from frontdesk.prompting.placeholder_names import LISTS
from frontdesk.prompting.reasons import precise_line
from frontdesk.prompting.record_words import record_words
from frontdesk.prompting.scene import Scene, Style
from frontdesk.prompting.template import Template
from frontdesk.prompting.topics import PREFIX, UNKNOWN, answer_line, answer_names, business_answer
from fsm.effects import Say
from fsm.facts import Fact, Origin
from integrations.sms.segments import alphabet

__all__ = ["Renderer"]

_WORDS: Final[Mapping[str, Callable[[Scene], str | None]]] = {**BOOKING_WORDS, **BUSINESS_WORDS}
_LADDERS: Final = frozenset({"reask", "silent", "options", "read_back", "suggest"})
"""Lines whose later wordings help more: past the last one, the last two are said in turn."""
_LAST_RESORT: Final = "default.line"
_ASK: Final = ".ask"
_AGAIN: Final = ".again"
_PLAIN: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "\u202f": " ", "œ": "oe"}
)


class Renderer:
    """Fills lines for one business. Makes no sound and keeps nothing of a call.

    `on_trouble` hears of every line that could not be said as written: content to mend, never a reason to drop a call.
    """

    def __init__(self, lines: Lines, business: Business, on_trouble: Callable[[PromptingError], None] | None = None) -> None:
        self._lines = lines
        self._business = business
        self._on_trouble = on_trouble or (lambda _: None)

    def say(self, effect: Say, now: dt.datetime) -> str:
        """The sentences of a line, for the ear. `now` is aware.

        A line that shows something unknown is replaced by another wording of it, then by the default of its kind
        (`default.reask` for slot.reask), then by `default.line`. Raises MissingValue or UnknownLine when there is none of these.
        """
        language = self._language(effect.language)
        trouble: PromptingError | None = None
        for name in self._candidates(effect, language, now):
            own = self._own_answer(name, language) if name.startswith(PREFIX) else None
            if own is not None:
                return own
            scene = self._scene(name, language, now, effect.facts, effect.lists, effect.values)
            try:
                text = self._render(name, scene, _variant(name, effect))
            except PromptingError as error:
                if trouble is None and not (isinstance(error, UnknownLine) and self._is_optional(name)):
                    trouble = error
                continue
            if trouble is not None and (isinstance(trouble, MissingValue) or name == _LAST_RESORT):
                self._on_trouble(trouble)  # that a state leaves a line to the default of its kind is no trouble
            return text
        raise trouble or UnknownLine(effect.line, language)

    def can_say(self, line: str, language: str) -> bool:
        """Whether a line of this name, or a default of its kind, exists."""
        return any(self._lines.find(name, self._language(language)) for name in (line, f"default.{line.rpartition('.')[2]}"))

    def sms(self, kind: str, language: str, appointment: Mapping[str, Any], now: dt.datetime) -> str:
        """The text of a message ("booked", "moved"), written, in letters of the GSM alphabet so that it stays one SMS.

        `appointment` has the form of docs/architecture.md: id, service, start (local wall time), staff, name.
        Raises MissingValue or UnknownLine.
        """
        language = self._language(language)
        facts = {
            name: Fact(appointment[key], Origin.RECORD, 0)
            for name, key in (("service", "service"), ("slot", "start"), ("staff", "staff"), ("name", "name"))
            if appointment.get(key)
        }
        facts["appointment"] = Fact(appointment.get("id"), Origin.RECORD, 0, detail=appointment)
        name = f"sms.{kind}"
        scene = self._scene(name, language, now, facts, {}, {}, "written")
        return _in_gsm_letters(self._render(name, scene, 0))

    def answer_line(self, topic: str, args: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
        """The line that answers a topic and the values it is said with; None when neither the lines nor the business know an answer."""
        found = answer_line(topic, args)
        if found is None or business_answer(topic, self._business):
            return found
        return found if self._lines.find(found[0], self._business.default_language) else None

    def placeholders(self, effect: Say, now: dt.datetime) -> dict[str, str]:
        """Everything that could be shown with this effect, for the console and for the facts of a model's prompt."""
        language = self._language(effect.language)
        scene = self._scene(effect.line, language, now, effect.facts, effect.lists, effect.values)
        shown = {name: words(scene) for name, words in _WORDS.items()}
        shown |= {name: record_words(name, scene) for name in self._business.record}
        return {name: words for name, words in shown.items() if words}

    # --- inside ---------------------------------------------------------------------------------------------------

    def _language(self, language: str) -> str:
        return language if language in self._lines.languages else self._business.default_language

    def _candidates(self, effect: Say, language: str, now: dt.datetime) -> Iterator[str]:
        """The line, what may stand in for it, and the last resort."""
        scene = self._scene(effect.line, language, now, effect.facts, effect.lists, effect.values)
        if effect.line.startswith(PREFIX):
            yield from answer_names(scene)
            yield UNKNOWN
        else:
            precise = precise_line(scene)
            if precise is not None and self._lines.find(precise, language) is not None:
                yield precise
            elif (again := self._again(effect, language)) is not None:
                yield again
            yield effect.line
            yield f"default.{effect.line.rpartition('.')[2]}"
        yield _LAST_RESORT

    def _again(self, effect: Say, language: str) -> str | None:
        """The line for a question that was just put; one of the shipped lines only after a question that is shipped, too."""
        if not effect.variant or not effect.line.endswith(_ASK):
            return None
        name = effect.line.removesuffix(_ASK) + _AGAIN
        again, asked = self._lines.find(name, language), self._lines.find(effect.line, language)
        return name if again is not None and (again.own or asked is None or not asked.own) else None

    def _own_answer(self, name: str, language: str) -> str | None:
        key = business_answer(name.removeprefix(PREFIX), self._business)
        return self._business.answers()[key].says[language] if key else None

    @staticmethod
    def _is_optional(name: str) -> bool:
        """A missing special form of an answer is no trouble: the general one follows."""
        return name.startswith((PREFIX, "default."))

    def _scene(
        self,
        line: str,
        language: str,
        now: dt.datetime,
        facts: Mapping[str, Fact],
        lists: Mapping[str, Sequence[Mapping[str, Any]]],
        values: Mapping[str, Any],
        style: Style = "spoken",
    ) -> Scene:
        scene: Scene

        def piece(name: str, /, **words: str | None) -> str | None:
            found = self._lines.find(name, language)
            if found is None:
                return None
            try:
                return found.wordings[0].other.fill(lambda shown: words.get(shown) or self._show(shown, scene), finish=False)
            except KeyError:
                return None

        scene = Scene(line, language, self._business, now, piece, facts, lists, values, style)
        return scene

    @staticmethod
    def _show(name: str, scene: Scene) -> str | None:
        words = _WORDS.get(name)
        if words is not None:
            return words(scene)
        value = scene.fact(name)
        if value is None and name in scene.business.record:
            return record_words(name, scene)
        if not isinstance(value, str | bool):
            return None
        return scene.piece(f"value.{name}.{str(value).lower()}") or (value if isinstance(value, str) else None)

    def _render(self, name: str, scene: Scene, variant: int) -> str:
        line = self._lines.get(name, scene.language)
        missing = ""
        for template in _in_turn(line, variant, scene):
            try:
                return template.fill(lambda shown: self._show(shown, scene))
            except KeyError as error:
                missing = missing or str(error.args[0])
        raise MissingValue(name, scene.language, missing)


def _variant(name: str, effect: Say) -> int:
    """Which wording of a line is due. The first time a question is put it is `ask`, from then on `again`."""
    if not effect.line.endswith(_ASK):
        return effect.variant
    return effect.variant - 1 if name.endswith(_AGAIN) else 0


def _in_turn(line: Line, variant: int, scene: Scene) -> Iterator[Template]:
    """The wording that is due, then the others."""
    count = len(line.wordings)
    last = count - 1
    if line.name.rpartition(".")[2] in _LADDERS and variant > last:
        first = last - (variant - last) % 2 if last else 0
    else:
        first = max(variant, 0) % count
    for index in range(count):
        wording = line.wordings[(first + index) % count]
        yield wording.for_count(_shown(wording.other, scene)) if wording.one is not None else wording.other


def _shown(template: Template, scene: Scene) -> int:
    """How many things the line shows."""
    for name in sorted(template.placeholders & LISTS.keys()):
        return len(scene.lists.get(LISTS[name], scene.values.get(LISTS[name]) or ()))
    return max((len(items) for items in scene.lists.values()), default=0)


def _in_gsm_letters(text: str) -> str:
    """Letters outside the GSM alphabet lose their accents; what has no plain form stays."""
    text = text.translate(_PLAIN)
    if alphabet(text) == "gsm7":
        return text
    return "".join(sign if alphabet(sign) == "gsm7" else _bare(sign) for sign in text)


def _bare(sign: str) -> str:
    plain = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    return plain if plain and alphabet(plain) == "gsm7" else sign
