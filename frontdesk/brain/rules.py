"""The embedded brain: phrases of the content and the readers of `spoken`, no model, no network, no memory of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from frontdesk.brain.appointments.beside_cancelling import read_wish_beside_a_cancellation
from frontdesk.brain.appointments.in_its_place import read_in_its_place, read_its_service
from frontdesk.brain.appointments.moving_by import imply_move
from frontdesk.brain.appointments.moving_from_to import read_move
from frontdesk.brain.appointments.other_person import imply_another_person
from frontdesk.brain.callers.contact import read_email, read_name, read_phone, says_no, says_yes
from frontdesk.brain.callers.identity import NUMBERS, read_birth_date, read_reference
from frontdesk.brain.callers.introductions import read_introduction, read_name_at_the_end
from frontdesk.brain.callers.whose_name import ask_for_another_name
from frontdesk.brain.keypad import propose_key
from frontdesk.brain.listening import SoFar, amounts_to
from frontdesk.brain.offers.answers import read_second_pick, read_slot
from frontdesk.brain.offers.meanings import read_options
from frontdesk.brain.offers.only_with_them import insists_on_them
from frontdesk.brain.offers.which_appointment import read_appointment
from frontdesk.brain.questions.agreeing import read_yes_beside_a_question, read_yes_to_cancelling
from frontdesk.brain.questions.asked import asks_in_its_own_way, read_follow_up, read_questions
from frontdesk.brain.questions.asked_about import (
    read_that_one,
    read_the_person_asked_about,
    read_the_service_asked_about,
    read_wish_beside_a_question,
)
from frontdesk.brain.questions.own_values import read_own_answer, read_own_choice
from frontdesk.brain.services.another import read_another, read_both
from frontdesk.brain.services.mentions import NO_VALUES
from frontdesk.brain.services.things import read_service, read_staff
from frontdesk.brain.services.told_of import leave_out_who_is_told_of
from frontdesk.brain.services.who_does_it import read_who_does_it
from frontdesk.brain.services.whoever import read_whoever
from frontdesk.brain.tasks.besides import read_a_wish_besides, read_one_more_besides
from frontdesk.brain.tasks.call_back import read_call_back
from frontdesk.brain.tasks.intents import read_intent
from frontdesk.brain.tasks.message import read_message, read_message_in_the_wish
from frontdesk.brain.tasks.one_more import read_one_more
from frontdesk.brain.tasks.settle import NOTHING_MORE, after_the_last_task, imply_booking, read_acts, read_consent, settle
from frontdesk.brain.tasks.taking_leave import take_leave
from frontdesk.brain.tasks.word_left import read_word_left_besides
from frontdesk.brain.times import read_shift, read_when
from frontdesk.brain.utterance.heard import Heard
from frontdesk.brain.utterance.phrases import Book, Key, Phrases
from frontdesk.brain.utterance.tongue import language_of, language_wanted
from frontdesk.brain.utterance.turn import Turn
from frontdesk.business import Business
from fsm.proposals import Option, Proposal
from fsm.view import View
from spoken import Alternative

__all__ = ["Rules", "RulesBrain"]


_SHORT: Final = 4
"""Words within which a "no" is all that was said."""


_FIRST_TURN: Final = 0
"""In it a bare "no" answers nothing yet, and ends no call: "qué va", said to somebody in the room."""

_OF_THE_TASK: Final = frozenset({"service", "when"})
"""What is asked first of a booking: who declines there wants none."""


class Rules:
    """Understands callers by rules. One object serves any number of calls: it keeps nothing of them."""

    def __init__(self, business: Business, phrases: Phrases) -> None:
        self._business = business
        self._phrases = phrases
        self._books: dict[str, Book] = {}

    @property
    def languages_read(self) -> frozenset[str]:
        """The languages in which something has been read so far."""
        return frozenset(self._books)

    def warm_up(self, languages: Sequence[str] = ()) -> None:
        """Prepares these languages, every one where none is named, so that the first caller does not wait for it."""
        for language in languages or self._business.languages:
            self._book(language).warm_up()

    def propose(self, text: str, view: View, now: dt.datetime) -> Proposal:
        """What an utterance may mean. `now` is aware, in the zone of the business. Never raises for what a caller says."""
        turn = self.understand(text, view, now)
        return turn.found.proposal(view.generation) if turn is not None else Proposal(view.generation)

    def understand(self, text: str, view: View, now: dt.datetime) -> Turn | None:
        """The same, with the utterance and what was left unread of it; None where nothing was said."""
        heard = Heard(text)
        if not heard:
            return None
        languages = [language for language in self._business.languages if language in self._phrases.languages]
        wanted = language_wanted(heard, view, languages)
        language = wanted or language_of(heard, view, languages)
        turn = Turn(heard, view, language, now, self._business, self._book(language))
        if wanted is not None:
            turn.found.act("switch_language", {"to": wanted})
        elif language != view.language:
            turn.found.language = language
        if view.asks_type == "text":
            read_message(turn)
        else:
            _read(turn)
        settle(turn)
        ask_for_another_name(turn)
        return turn

    def so_far(self, text: str, view: View, now: dt.datetime) -> SoFar:
        """What an utterance that may not be over yet amounts to."""
        turn = self.understand(text, view, now)
        return amounts_to(turn, turn.found.proposal(view.generation) if turn is not None else Proposal(view.generation))

    def quoted(self, words: str, view: View, language: str, now: dt.datetime) -> Turn | None:
        """Some words of an utterance by themselves, with nothing read of them yet; None where there are none."""
        heard = Heard(words)
        return Turn(heard, view, language, now, self._business, self._book(language)) if heard else None

    def propose_key(self, key: str, view: View, now: dt.datetime) -> Proposal:
        """What a keypad key means; `now` as for :meth:`propose`."""
        del now
        return propose_key(key, view, self._business)

    def _book(self, language: str) -> Book:
        book = self._books.get(language)
        if book is None:
            business = self._business
            names = [name for names in business.staff_vocabulary(language).values() for name in names]
            things = [name for names in business.vocabulary(language).values() for name in names]
            answers = business.answer_vocabulary(language)
            questions: dict[Key, tuple[str, ...]] = {("questions", key): words for key, words in answers.items()}
            book = self._phrases.book(language, {"staff": names, "service": things, "whom": _for_whom(business, language)}, questions)
            self._books[language] = book
        return book


def _for_whom(business: Business, language: str) -> list[str]:
    """The words that choose within a family of services: "men", "children"."""
    answers = [business.family_answers(family, language).values() for family in business.families]
    return [word for family in answers for words in family for word in words]


def _read(turn: Turn) -> None:
    """Everything that is said, what was asked for first."""
    view, found = turn.view, turn.found
    read_acts(turn)
    read_questions(turn)
    read_follow_up(turn)
    read_intent(turn)
    read_wish_beside_a_question(turn)
    leave_out_who_is_told_of(turn)
    read_yes_beside_a_question(turn)
    imply_move(turn)
    read_wish_beside_a_cancellation(turn)
    read_in_its_place(turn)
    if view.mode == "options" and read_options(turn):
        if view.asks == "service":  # "for my daughter, on Wednesday with Léa": what follows is asked next
            read_staff(turn)
            if turn.read("datetime").mentions - {"time"}:  # the "eine" of "für eine Dame" is no hour
                read_when(turn)
        return
    if view.asks == "intent" and turn.book.only_fillers(turn.heard):  # "morning!" is no wish for the morning
        return
    if view.asks == "intent":
        found.heard.take(turn.book.greeting(turn.heard))
    for match in turn.matches:  # what is an act is no service: "auf Wiedersehen", "mit einem Menschen"
        both = match.key == ("acts", "wants_several") and view.asks == "service"  # "las dos cosas" is no hour
        declines = match.key == ("acts", "never_mind") and view.asks == "intent"  # "no appointment just now" names no time
        if declines or match.key in NO_VALUES or asks_in_its_own_way(match) or (match.whole and (both or match.key[:2] == NOTHING_MORE)):
            found.heard.take(turn.span_of(match))
    read_whoever(turn)
    read_who_does_it(turn)
    read_own_choice(turn)
    read_birth_date(turn)
    read_reference(turn)
    read_email(turn)
    read_phone(turn)
    read_name(turn)
    read_introduction(turn)
    if view.asks == "slot":
        if not read_both(turn) and not insists_on_them(turn, view.offers):
            read_slot(turn)
    elif view.asks == "appointment":
        read_move(turn, both=True)
        read_appointment(turn)
    elif turn.view.earlier_offers:
        read_second_pick(turn)
    read_service(turn)
    read_its_service(turn)
    read_another(turn)
    read_that_one(turn)
    read_staff(turn)
    read_move(turn)
    mends = view.asks in {"agreed", "name"} and turn.known("slot") is not None and "name" not in found.facts
    if mends or (view.asks == "when" and turn.known("appointment") is not None):
        read_shift(turn)
    if view.asks != "slot" and view.asks_type not in NUMBERS:
        read_when(turn)
    read_a_wish_besides(turn)
    read_one_more_besides(turn)
    imply_another_person(turn)
    _answer(turn)
    read_name_at_the_end(turn)
    read_call_back(turn)
    read_message_in_the_wish(turn)
    read_word_left_besides(turn)


def _answer(turn: Turn) -> None:
    """What the utterance is as an answer to the question that was asked, over and above the values in it."""
    view, found = turn.view, turn.found
    if view.asks in {"anything_else", "intent", "service", "when"}:
        read_one_more(turn)
    if view.asks == "anything_else":
        after_the_last_task(turn)
        read_consent(turn)
        _imply(turn)
    elif view.asks_type == "yes_no":
        if not read_own_answer(turn) and not read_yes_to_cancelling(turn):
            read_consent(turn)
    elif view.asks == "intent":
        _imply(turn)
        take_leave(turn)
        if _declines(turn) and (view.turn > _FIRST_TURN or found.has("thanks") or not says_no(turn)):
            found.act("goodbye")
    elif view.asks in _OF_THE_TASK and view.mode == "ask":  # "what would it be for?" – "no thanks"
        if _declines(turn) and (found.has("thanks") or view.achieved):
            found.drop("never_mind")
            found.act("goodbye")
    elif view.mode == "options" and not found.facts and not found.acts:
        if says_no(turn):
            found.act("no")
        elif says_yes(turn):
            _yes_to(turn, view.options)


def _declines(turn: Turn) -> bool:
    """Whether a short "no thank you" is all that was said, or "no, that's all"."""
    found = turn.found
    no_more = any(match.whole and match.key[:2] == NOTHING_MORE for match in turn.matches)
    if found.facts or found.doubts or set(found.acts) - ({"thanks", "never_mind"} if no_more else {"thanks"}):
        return False
    return no_more or (says_no(turn) and len(turn.heard) <= _SHORT)


def _yes_to(turn: Turn, options: Sequence[Option]) -> None:
    """A yes to one meaning takes it; to several it says nothing, and the first is asked about alone."""
    if len(options) == 1:
        turn.found.act("yes")
    else:
        first = (Alternative(option.value, option.say) for option in options[:1])
        turn.found.doubt(str(turn.view.asks), turn.read("yes_no").span, tuple(first))


def _imply(turn: Turn) -> None:
    """What goes without saying before a task: that it is a booking, and of what was asked about last."""
    imply_booking(turn)
    read_the_person_asked_about(turn)
    read_the_service_asked_about(turn)


class RulesBrain:
    """The rules behind the port of a brain. `clock` gives the present moment, aware, in the zone of the business."""

    def __init__(self, rules: Rules, clock: Callable[[], dt.datetime]) -> None:
        self._rules, self._clock = rules, clock

    async def read(self, text: str, view: View) -> Proposal:
        return self._rules.propose(text, view, self._clock())

    async def read_key(self, key: str, view: View) -> Proposal:
        return self._rules.propose_key(key, view, self._clock())

    def so_far(self, text: str, view: View) -> SoFar:
        return self._rules.so_far(text, view, self._clock())
