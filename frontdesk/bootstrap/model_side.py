"""Puts the brain together: rules, a model behind them, the audit of its words, and what the business has written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from frontdesk.bootstrap.model_requests import make_requests
from frontdesk.bootstrap.reading import Folders, knowledge_files
from frontdesk.brain.first import RulesFirst
from frontdesk.brain.model.asking import ModelSide
from frontdesk.brain.model.refusals import Counts
from frontdesk.brain.model.resolving import Resolver
from frontdesk.brain.rules import Rules
from frontdesk.brain.utterance.phrases import Phrases
from frontdesk.brain.utterance.turn import Turn
from frontdesk.business import Business
from frontdesk.prompting.audit import Auditor, Done, Record, SentenceStream, load_audit_words
from fsm.graph import Graph
from fsm.view import View
from integrations.knowledge.local import LocalKnowledge
from integrations.knowledge.markdown import read_markdown
from integrations.knowledge.port import Passage
from integrations.models.port import Model

__all__ = ["AuditGate", "read_knowledge", "rules_first"]

_NATIVE_ONLY: Final = frozenset({"language", "name", "email", "system", "unbacked"})
"""Reasons of the audit that mean something only in the language that is spoken: any German noun looks like a name in English."""
_HARMLESS: Final = "Ok."
"""What passes in every language, so that the audit goes to its end."""
_ANY_MOMENT: Final = dt.datetime(2026, 6, 12, 9, tzinfo=dt.UTC)
_DONE: Final[dict[str, Done]] = {
    "booked": "booked",
    "moved": "moved",
    "cancelled": "cancelled",
    "message": "message",
    "transferred": "transfer",
}


def rules_first(
    business: Business,
    phrases: Phrases,
    rules: Rules,
    graph: Graph,
    folders: Folders,
    clock: Callable[[], dt.datetime],
    *,
    model: Model | None = None,
    deadline_s: float = 2.5,
) -> RulesFirst:
    """The brain of one content that was read without problems. `clock` gives aware moments in the zone of the business.

    Without a `model` the rules and the knowledge of the business answer alone. Raises PromptingError where the words of the
    audit are missing.
    """
    knowledge, counts = read_knowledge(folders, business), Counts()
    side = None
    if model is not None:
        words = load_audit_words(_audit_folder(folders), business.languages)
        gate = AuditGate(Auditor(business, words, _files(folders, business)), business.languages)
        requests = make_requests(folders, graph, business, phrases)
        side = ModelSide(model, requests, Resolver(rules, business), gate, counts=counts, knowledge=knowledge, deadline_s=deadline_s)
    return RulesFirst(rules, clock, model=side, knowledge=knowledge, counts=counts)


def read_knowledge(folders: Folders, business: Business) -> LocalKnowledge:
    """The answers of business.yaml, and the markdown files in the folder `knowledge` beside it."""
    return LocalKnowledge([*_own_answers(business), *_files(folders, business)])


def _own_answers(business: Business) -> Iterator[Passage]:
    for topic, answer in business.answers().items():
        for language in business.languages:
            yield Passage(answer.says[language], f"business.yaml, {topic}", language, topic, tuple(answer.asked_as[language]))


def _files(folders: Folders, business: Business) -> Iterator[Passage]:
    for file, _, language in knowledge_files(folders, business):
        yield from read_markdown(file.read_text(encoding="utf-8"), f"knowledge/{file.name}", language)


def _audit_folder(folders: Folders) -> Path:
    return folders.file("prompts/audit")[0]


class AuditGate:
    """The auditor as the brain needs it. What is true at this moment is taken from the view that the model spoke in."""

    def __init__(self, auditor: Auditor, languages: Sequence[str]) -> None:
        self._auditor, self._languages = auditor, languages

    def sentences(self) -> SentenceStream:
        return SentenceStream()

    def passes(self, sentence: str, turn: Turn) -> bool:
        """See `Gate`. A claim is one in whatever language: "Ya está reservado." in an English call is too short to be known as Spanish."""
        record = _record(turn)
        if not self._auditor.audit(sentence, record, turn.language).passed:
            return False
        others = (language for language in self._languages if language != turn.language)
        return all(reason.code in _NATIVE_ONLY for language in others for reason in self._auditor.audit(sentence, record, language).reasons)

    def warm_up(self) -> None:
        """Every sentence is held against all languages, so all are loaded."""
        for language in self._languages:
            self._auditor.audit(_HARMLESS, Record(_ANY_MOMENT), language)


def _record(turn: Turn) -> Record:
    view = turn.view
    offers = tuple(moment for offer in view.offers if (moment := turn.local(str(offer["start"]))))
    appointments = tuple(moment for item in view.appointments if (moment := turn.local(str(item["start"]))))
    return Record(
        turn.now,
        offers=offers,
        appointments=appointments,
        done=frozenset(_DONE[name] for name in view.achieved if name in _DONE),
        service=_text(view, "service"),
        names=_texts(view, "name"),
        phones=(*_texts(view, "phone"), *((view.caller,) if view.caller else ())),
        emails=_texts(view, "email"),
    )


def _text(view: View, name: str) -> str | None:
    fact = view.facts.get(name)
    return fact.value if fact is not None and isinstance(fact.value, str) else None


def _texts(view: View, name: str) -> tuple[str, ...]:
    text = _text(view, name)
    return (text,) if text else ()
