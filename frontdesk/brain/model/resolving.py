"""From quotations to proposals: the readers of the rules make values of the words that a model points at.

A model authors nothing. It says which of the caller's words are about which fact; what the words mean is read by the same code
that reads them without a model. What the readers make nothing of is refused, or, where the model points at something in a list
that it was shown, becomes a question to the caller: "do you mean a colour?".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from frontdesk.brain.callers.contact import read_email, read_name, read_phone, says_no, says_yes
from frontdesk.brain.callers.identity import read_birth_date, read_reference
from frontdesk.brain.model.calls import CheckedCall
from frontdesk.brain.model.known import appointment_words, slot_words
from frontdesk.brain.model.quoting import quoted
from frontdesk.brain.model.refusals import Reason, Refusal
from frontdesk.brain.model.tools import ACT, OTHER, QUESTION, YES_NO, fact_of
from frontdesk.brain.offers.answers import read_slot
from frontdesk.brain.offers.which_appointment import read_appointment
from frontdesk.brain.questions.asked import read_questions
from frontdesk.brain.rules import Rules
from frontdesk.brain.services.service_names import one_named
from frontdesk.brain.services.things import read_service, read_staff
from frontdesk.brain.tasks.intents import read_intent
from frontdesk.brain.times import read_shift, read_when, read_wish
from frontdesk.brain.utterance.turn import Turn
from frontdesk.business import Business
from fsm.proposals import Act, Doubt, Option, ProposedFact
from fsm.view import View

__all__ = ["Resolved", "Resolver"]

_READERS: Final[Mapping[str, Callable[[Turn], None]]] = {
    "service": read_service,
    "staff": read_staff,
    "name": read_name,
    "phone": read_phone,
    "email": read_email,
    "reference": read_reference,
    "birth_date": read_birth_date,
    "offered_slot": read_slot,
    "appointment": read_appointment,
}
_LEAD_IN: Final = 3
"""Words that may stand before a yes, as for the rules …"""
_LONGEST_YES: Final = 12
"""… and in all of an utterance that is one: who goes on has more to say than yes."""
_MEANT: Final = 2
"""Words that a message has at least."""


@dataclass(slots=True)
class Resolved:
    """What the calls of one answer came to. `questions` are the words of questions that no topic fits."""

    facts: dict[str, ProposedFact] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


class Resolver:
    """Reads quotations for one content. Keeps nothing of a call."""

    def __init__(self, rules: Rules, business: Business) -> None:
        self._rules, self._business = rules, business

    def resolve(self, calls: Sequence[CheckedCall], turn: Turn) -> Resolved:
        """What the calls mean in the turn that they were made for. Wishes come first: they say what a day is about."""
        one = _Resolving(self._rules, self._business, turn)
        for call in sorted(calls, key=lambda call: not call.name.startswith("choose_")):
            one.take(call)
        return one.found


class _Resolving:
    """One answer being read."""

    def __init__(self, rules: Rules, business: Business, turn: Turn) -> None:
        self._rules, self._business, self._turn = rules, business, turn
        self.found = Resolved()

    @property
    def _view(self) -> View:
        return self._turn.view

    @property
    def _now(self) -> dt.datetime:
        return self._turn.now

    def take(self, call: CheckedCall) -> None:
        words = quoted(self._turn.heard, call.words)
        if words is None:
            self._refuse("not-said", call)
        elif call.name == ACT:
            self._act(call, words)
        elif call.name == QUESTION:
            self._question(call, words)
        elif call.name == YES_NO:
            self._yes_no(call, words)
        else:
            self._fact(call, fact_of(call.name), words)

    def _refuse(self, reason: Reason, call: CheckedCall) -> None:
        self.found.refusals.append(Refusal(reason, call.name))

    def _quoted(self, words: str, asks: str | None) -> Turn | None:
        """The quotation as if it were the whole answer to a question for this fact."""
        view = self._view
        kind = view.fact_types.get(asks or "")
        asked = asks == view.asks
        as_asked = replace(view, asks=asks, asks_type=kind, mode="ask", options=(), so_far=view.so_far if asked else "")
        turn = self._rules.quoted(words, as_asked, self._turn.language, self._now)
        if turn is not None and (wish := self.found.facts.get("intent")) is not None:
            turn.found.facts["intent"] = wish
        return turn

    # --- facts ------------------------------------------------------------------------------------------------------

    def _fact(self, call: CheckedCall, fact: str, words: str) -> None:
        kind = self._view.fact_types[fact]
        turn = self._quoted(words, "slot" if kind == "time_window" and self._view.asks == "slot" else fact)
        if turn is None or turn.book.only_fillers(turn.heard):
            self._refuse("not-resolved", call)
        elif kind == "choice":
            self._choice(call, fact, words, turn)
        elif kind == "text":
            if len(turn.heard) >= _MEANT:
                self._propose(ProposedFact(fact, words, words))
            else:
                self._refuse("not-resolved", call)
        else:
            self._read(kind, fact, turn)
            self._take_over(call, fact, words, turn)

    def _read(self, kind: str, fact: str, turn: Turn) -> None:
        if kind != "time_window":
            _READERS[kind](turn)
            return
        if fact == "when" and self._view.asks == "slot":
            read_shift(turn)
            read_wish(turn, "when")
        else:
            read_when(turn)

    def _take_over(self, call: CheckedCall, fact: str, words: str, turn: Turn) -> None:
        number = call.arguments.get("number")
        read, doubt = turn.found.facts.get(fact), turn.found.doubts.get(fact)
        pointed = self._pointed_at(fact, words, number) if number is not None else None
        if number is not None and pointed is None:
            self._refuse("unknown-choice", call)
        elif read is not None:
            if pointed is not None and pointed.options[0].value != read.value:
                self._refuse("contradicts", call)
            else:
                self._propose(read)
        elif pointed is not None:
            self.found.doubts.setdefault(fact, pointed)
        elif doubt is not None:
            self.found.doubts.setdefault(fact, doubt)
        elif (unknown := turn.found.acts.get("unknown_service")) is not None and fact == "service":
            self.found.acts.append(unknown)
        elif (wish := turn.found.facts.get("when")) is not None and fact == "slot":
            self._propose(wish)  # a time that is not on offer is a wish
        else:
            self._refuse("not-resolved", call)

    def _pointed_at(self, fact: str, words: str, number: int) -> Doubt | None:
        """What stands in this place of the list, as a question to the caller; None when nothing does."""
        view, language = self._view, self._turn.language
        options: Sequence[Option] = ()
        if fact != view.asks:
            return None
        if view.mode == "options":
            options = view.options
        elif view.asks_type == "service":
            options = [Option(key, self._business.service_name(key, language)) for key in self._business.services]
        elif view.asks_type == "offered_slot":
            options = [Option(str(item["start"])[:16], slot_words(str(item["start"]), language, self._now)) for item in view.offers]
        elif view.asks_type == "appointment":
            options = [Option(item["id"], appointment_words(item, self._business, language, self._now)) for item in view.appointments]
        return Doubt(fact, words, (options[number - 1],)) if 1 <= number <= len(options) else None

    def _choice(self, call: CheckedCall, fact: str, words: str, turn: Turn) -> None:
        """What the caller wants, of a closed list of the graph: nothing is written for it, and the readers have a veto."""
        read_intent(turn)
        read = turn.found.facts.get(fact)
        if read is not None and read.value != call.arguments["choice"]:
            self._refuse("contradicts", call)
        else:
            self._propose(ProposedFact(fact, call.arguments["choice"], words))

    def _propose(self, fact: ProposedFact) -> None:
        self.found.facts.setdefault(fact.name, fact)

    # --- acts -------------------------------------------------------------------------------------------------------

    def _act(self, call: CheckedCall, words: str) -> None:
        name = str(call.arguments["act"])
        turn = self._quoted(words, self._view.asks)
        args: dict[str, Any] = {}
        if turn is None or turn.book.only_fillers(turn.heard):
            self._refuse("not-resolved", call)
            return
        if name == "unknown_service":
            read = self._quoted(words, "service")
            if read is not None:
                read_service(read)
            if read is None or (act := read.found.acts.get(name)) is None:
                self._refuse("not-resolved", call)  # that it is not done here is for business.yaml to say
                return
            args = dict(act.args)
        elif name == "wants_change":
            named = [match.key[1] for match in turn.matches if match.key[0] == "wants_change" and match.key[1] != "anything"]
            if not named:
                name = "no"
                if self._view.asks != "agreed":
                    self._refuse("not-resolved", call)
                    return
            else:
                args = {"fact": named[0]}
        self.found.acts.append(Act(name, args))

    def _yes_no(self, call: CheckedCall, words: str) -> None:
        """A yes counts when the whole utterance is one to the readers, too; a no when they do not read a yes."""
        turn = self._quoted(words, self._view.asks)
        if turn is None:
            self._refuse("not-resolved", call)
        elif call.arguments["yes"]:
            if self._agrees(turn) and says_yes(turn) and not self._turn.keys("questions"):
                self.found.acts.append(Act("yes"))
            else:
                self._refuse("no-consent", call)
        elif says_yes(turn) and not says_no(turn):
            self._refuse("contradicts", call)
        else:
            self.found.acts.append(Act("no"))

    def _agrees(self, turn: Turn) -> bool:
        """Whether the whole utterance is a yes and not much else: it stands where an answer stands, and nothing is taken back."""
        heard = self._turn.heard
        reading = turn.read("yes_no", heard.text)
        if not reading.complete or reading.value is not True or reading.mentions or reading.span is None:
            return False
        before = sum(token.end <= reading.span[0] for token in heard.tokens)
        return before <= _LEAD_IN and len(heard) <= _LONGEST_YES

    def _question(self, call: CheckedCall, words: str) -> None:
        """The topic that the readers hear in the words; else the one that the model named, with what it is about."""
        turn = self._quoted(words, self._view.asks)
        if turn is None or turn.book.only_fillers(turn.heard):
            self._refuse("not-resolved", call)
            return
        read_questions(turn)
        asked = [act for act in turn.found.acts.values() if act.name == "asks_question"]
        if asked:
            self.found.acts += asked[:1]
        elif call.arguments["topic"] == OTHER:
            self.found.questions.append(words)
        else:
            self.found.acts.append(Act("asks_question", {"topic": call.arguments["topic"], **_about(turn, call.arguments["topic"])}))


def _about(turn: Turn, topic: str) -> dict[str, str]:
    """What a question is about, as far as its words say it."""
    if topic in {"price", "duration", "services"}:
        service = one_named(turn)
        return {} if service is None else {"service": service}
    if topic in {"hours", "open_now"}:
        reading = turn.read("date")
        if reading.complete and isinstance(reading.value, str):
            return {"day": reading.value}
    return {}
