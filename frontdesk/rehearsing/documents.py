"""The files that owners write: whole calls and callers with goals, as described for them in docs/owners/calls.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from frontdesk.bootstrap.fixture import Fixture
from integrations.telephony.port import E164

__all__ = [
    "HANGS_UP", "Answer", "Caller", "Dialogue", "End", "Expected", "Goal", "GoalEnd", "Said", "Step", "Written",
    "moment", "seen_number", "several", "wordings",
]  # fmt: skip

HANGS_UP: Final = "hangs up"
_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2199


def moment(value: str) -> str:
    """A wall time as files have it. Raises ValueError for what is none, or in no year that a business has hours for."""
    try:
        told = dt.datetime.fromisoformat(value) if len(value) == len("2026-06-16T15:00") else None
    except ValueError:
        told = None
    if told is None or told.tzinfo is not None or not _FIRST_YEAR <= told.year <= _LAST_YEAR:
        raise ValueError(f'“{value}” is no time; write it as "2026-06-16T15:00"')
    return value


def seen_number(value: str) -> str:
    """A number as it is seen, or that none is. Raises ValueError for what is neither."""
    if value not in {"anonymous", "{number}"} and not E164.fullmatch(value):
        raise ValueError(f'“{value}” is no number; write it as "+33612345678", or anonymous')
    return value


Time = Annotated[str, AfterValidator(moment)]
Number = Annotated[str, AfterValidator(seen_number)]
Words = Any
"""Words that must be heard, without regard to case, for all languages or for each; “a | b”: one of them; a list: all of them."""


def _said(value: Any) -> Any:
    """Raises ValueError for what a caller cannot do."""
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, Mapping):
        if set(value) == {"keys"} and isinstance(value["keys"], str) and value["keys"] and not set(value["keys"]) - set("0123456789*#"):
            return value
        if set(value) == {"silent_s"} and isinstance(value["silent_s"], int | float) and 0 < value["silent_s"] <= 86_400:
            return value
        if value and all(len(key) == 2 and isinstance(words, str) and words.strip() for key, words in value.items()):
            return value
    raise ValueError('a caller says words for each language (fr: …), or does {keys: "12#"}, {silent_s: 8} or hangs up')


def _answer(value: Any) -> Any:
    """Raises ValueError for what is no answer."""
    if isinstance(value, list):
        if not value:
            raise ValueError("this list of answers is empty")
        return [_answer(item) for item in value]
    if isinstance(value, Mapping) and "want" in value:
        if set(value) != {"want", "say", "else"}:
            raise ValueError('an answer to offered times has want, say and else: {want: "2026-06-16T15:00", say: …, else: …}')
        return {"want": str(value["want"]), "say": _said(value["say"]), "else": _said(value["else"])}
    return _said(value)


def _words(value: Any) -> Any:
    """Raises ValueError for what cannot be heard."""
    for item in value.values() if isinstance(value, Mapping) else [value]:
        if not all(isinstance(words, str) and all(word.strip() for word in words.split("|")) for words in several(item)):
            raise ValueError("write words, a list of them, or either for each language (fr: …)")
    return value


Said = Annotated[Any, AfterValidator(_said)]
"""What a caller does: words (for each language, or in the one language of the file), keys, silence, or “hangs up”."""
Answer = Annotated[Any, AfterValidator(_answer)]
First = Annotated[Any, AfterValidator(lambda value: [_said(item) for item in several(value)])]
Heard = Annotated[Words, AfterValidator(_words)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Caller(_Strict):
    """Who rings in one language."""

    name: str
    number: str
    email: str = "somebody@example.org"


class Expected(_Strict):
    """What frontdesk must do in one turn; what is not named is free."""

    state: str | None = None
    asks: str | list[str] | None = None
    offers: list[Time] | None = None
    knows: dict[str, Any] = {}
    forgets: list[str] = []
    does: list[str] = []
    says: Heard = []
    never_says: Heard = []
    language: str | None = None
    ends: bool | None = None


class Step(_Strict):
    """One line of the dialogue: the caller's or frontdesk's."""

    caller: Said | None = None
    frontdesk: Expected | None = None


class End(_Strict):
    """What is left of the call."""

    outcome: str
    appointments: list[dict[str, Any]] = []
    cancelled: list[dict[str, Any]] = []
    messages: int = 0
    message_to: str | None = None
    tasks: int = 0


class GoalEnd(End):
    """What is left of the call of a caller with a goal, and what was heard on the way."""

    language: str | None = None
    says: Heard = []
    never_says: Heard = []
    never_asks: list[str] = []
    passes: list[str] = []
    never_passes: list[str] = []
    turns: Annotated[int, Field(ge=1, le=200)] = 25


class Written(_Strict):
    """What a call and a goal have in common: who rings, when, and in what world."""

    title: str
    language: str | list[str] | None = None
    """In which languages it is held; None: in all of the business."""
    now: Time = "2026-06-12T09:00"
    number: Number = "{number}"
    """Which number is seen: {number}, the caller's own, anonymous, or another one."""
    business: dict[str, Any] = {}
    """What is different from business.yaml, as `booking.ask_email: true`."""
    fixture: Fixture = Fixture()
    not_yet: str | None = None
    """Why it is known to go otherwise. Once it goes as written, this line has to go."""

    def languages(self, of_business: tuple[str, ...]) -> tuple[str, ...]:
        """The languages it is held in."""
        return of_business if self.language is None else tuple(several(self.language))

    def filled(self, caller: Caller) -> Self:
        """The same with {name}, {number} and {email} filled in."""
        return type(self).model_validate(_filled({"number": self.number, **self.model_dump(exclude_unset=True)}, caller))

    def everything_said(self) -> Iterator[tuple[tuple[str | int, ...], Any]]:
        """Whatever the caller may say, with its place in the file."""
        yield from ()

    @model_validator(mode="after")
    def _plain_words_have_a_language(self) -> Self:
        for place, said in self.everything_said():
            if isinstance(said, str) and said != HANGS_UP and not isinstance(self.language, str):
                where = ".".join(str(part) for part in place)
                raise ValueError(f"{where} has words without a language; write them for each (fr: …), or one language for the file")
        return self


class Dialogue(Written):
    """One written call."""

    call: list[Step]
    end: End

    def everything_said(self) -> Iterator[tuple[tuple[str | int, ...], Any]]:
        for number, step in enumerate(self.call):
            if step.caller is not None:
                yield ("call", number, "caller"), step.caller


class Goal(Written):
    """A caller with a goal: they answer what is asked, in whatever order."""

    first: First
    at: dict[int, Said] = {}
    answers: dict[str, Answer]
    end: GoalEnd

    def everything_said(self) -> Iterator[tuple[tuple[str | int, ...], Any]]:
        for number, said in enumerate(several(self.first)):
            yield ("first", number), said
        for turn, said in self.at.items():
            yield ("at", str(turn)), said
        for asked, answer in self.answers.items():
            for said in several(answer):
                if isinstance(said, Mapping) and "want" in said:
                    yield ("answers", asked, "say"), said["say"]
                    yield ("answers", asked, "else"), said["else"]
                else:
                    yield ("answers", asked), said


def wordings(words: Any, language: str) -> list[str]:
    """The words that are to be heard in a language."""
    return several(words.get(language, [])) if isinstance(words, Mapping) else several(words)


def several(value: Any) -> list[Any]:
    """A list as it is, anything else as the only item of one."""
    return value if isinstance(value, list) else [value]


def _filled(value: Any, caller: Caller) -> Any:
    if isinstance(value, str):
        return value.replace("{name}", caller.name).replace("{number}", caller.number).replace("{email}", caller.email)
    if isinstance(value, Mapping):
        return {key: _filled(item, caller) for key, item in value.items()}
    return [_filled(item, caller) for item in value] if isinstance(value, list | tuple) else value
