"""A message for the people of the business, or another answer in the caller's own words, unless they do something else."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.callers.contact import says_no
from frontdesk.brain.tasks.call_back import CALL_BACK
from frontdesk.brain.tasks.intents import read_intent
from frontdesk.brain.tasks.settle import read_acts
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.names_said import name_between_commas
from frontdesk.brain.utterance.phrases import Match
from frontdesk.brain.utterance.turn import CALLS_OFF, Turn
from frontdesk.brain.wishes.windows import covers, day_of, windows_of
from spoken import Status
from spoken.content_words import stopwords
from spoken.normalise import fold_words

__all__ = ["WORDS_THAT_TELL", "read_message", "read_message_in_the_wish"]

_STOP: Final = ("wants_human", "goodbye", "asks_repeat", "hold_on", "never_mind")
_OTHER_WISHES: Final = {("intents", "book"), ("intents", "reschedule"), *CALLS_OFF}
_LEAVING: Final = frozenset({"goodbye", "never_mind"})
_WISH: Final = ("intents", "message")
_ABOUT: Final = ("values", "message", "about")
WORDS_THAT_TELL: Final = 2
"""Words with a meaning of their own, beside the wish to leave word, that make a message."""
_TELLING_LETTERS: Final = 5
"""Beside a day, words of no more letters tell nothing: "na dann", "bon", "what about"."""
_SENTENCE: Final = 12
_SHORT: Final = 6
_ASIDE: Final = 4
"""Words beside a leave-taking that say nothing of their own: "you know what", "listen"."""
_LEADS_TO_A_TIME: Final = {("intents", "book"), ("values", "lead", "any"), ("values", "so", "any"), ("values", "question", "follow_up")}


def read_message(turn: Turn) -> None:
    """The whole utterance, unless it is clearly an act: repeat, wait, a person, goodbye, "no thank you"."""
    found = turn.found
    tells = turn.heard_phrase(*_WISH) is not None  # "tell her Thursday is no good" declines nothing
    declines = len(turn.heard) <= _SENTENCE and not tells and says_no(turn)
    acts = [match for match in turn.matches if match.key[0] == "acts"]
    whole = {
        match.key[1]
        for match in acts
        if match.whole or len(turn.heard) <= _SHORT or (match.key[1] in _LEAVING and (declines or _is_most_of_it(turn, match)))
    }
    if whole & set(_STOP):
        read_acts(turn)
        return
    if len(turn.heard) <= _SHORT and not tells and says_no(turn):
        found.act("never_mind")
        return
    if turn.book.only_fillers(turn.heard):
        return
    if turn.heard_phrase("values", "correction") and any(match.key in _OTHER_WISHES for match in turn.matches):
        read_intent(turn)
        return
    if not tells and _asks_for_another_day(turn):
        return
    asked = turn.view.asks if turn.view.asks_type == "text" and turn.view.asks else "message"
    _who_says_it(turn)
    found.fact(asked, turn.heard.text, (0, len(turn.heard.text)))


def _is_most_of_it(turn: Turn, match: Match) -> bool:
    """ "You know what, I'll think about it and ring you back": hardly anything is said but that."""
    first, last = turn.heard.words_of(match.plain)
    return len(turn.heard) - (last - first) <= _ASIDE


def _asks_for_another_day(turn: Turn) -> bool:
    """ "And Thursday?", where nothing was free and a message is taken instead: that day is looked for, and is no message."""
    if turn.view.asks != "message" or turn.known("when") is None or turn.known("service") is None or len(turn.heard) > _SENTENCE:
        return False
    reading = turn.read("datetime", turn.heard.text)
    if reading.status not in {Status.COMPLETE, Status.AMBIGUOUS} or reading.span is None or "day" not in reading.mentions:
        return False
    days = [day_of(windows_of(value)) for value in (reading.value, *(item.value for item in reading.alternatives))]
    if any(covers(window, day) for window in windows_of(turn.known("when")) for day in days if day is not None):
        return False  # "it was for a cut on Friday at three", which could not be booked
    start, end = reading.span
    idle = stopwords(turn.language) | {word for match in turn.matches if match.key in _LEADS_TO_A_TIME for word in _words(turn, match)}
    beside = (token.text for token in turn.heard.tokens if not start <= token.start < end)
    if any(word not in idle and len(word) > _TELLING_LETTERS for word in beside):
        return False
    turn.found.fact_without_taking("intent", "book", reading.span)
    if reading.complete:
        turn.found.fact("when", windows_of(reading.value), reading.span)
    else:
        turn.found.doubt("when", reading.span, reading.alternatives)
    return True


def _words(turn: Turn, match: Match) -> tuple[str, ...]:
    first, last = turn.heard.words_of(match.plain)
    return turn.heard.words[first:last]


def read_message_in_the_wish(turn: Turn) -> None:
    """ "Could you tell Léa I'm running late": the message was told with the wish to leave one, nobody asks what it is."""
    wanted = turn.found.facts.get("intent")
    if wanted is None or wanted.value != "message" or turn.view.fact_types.get("message") != "text" or turn.known("message") is not None:
        return
    if turn.found.has(CALL_BACK):
        turn.found.fact_without_taking("message", turn.heard.text, (0, len(turn.heard.text)))
        _who_says_it(turn)
        return
    spans = [turn.span_of(match) for match in turn.matches if match.key == _WISH]
    if not spans:
        return
    idle = stopwords(turn.language) | _people(turn)
    behind = (token for token in turn.heard.untaken() if token.start >= spans[0][0])
    beside = (token for token in behind if not any(start <= token.start < end for start, end in spans))
    telling = [token for token in beside if token.text not in idle and len(token.text) > 1]
    if len(telling) + _tells_a_time(turn, spans[0][1]) >= WORDS_THAT_TELL or _tells_what_about(turn, spans, bool(telling)):
        turn.found.fact_without_taking("message", turn.heard.text, (0, len(turn.heard.text)))
        _who_says_it(turn)


def _tells_what_about(turn: Turn, wishes: list[Span], tells: bool) -> bool:
    """ "About my colour"; the "that" of a mere "could you pass that on" is about nothing."""
    matches = (match for match in turn.matches if match.key == _ABOUT)
    return any(tells or not any(start < turn.span_of(match)[0] < end for start, end in wishes) for match in matches)


def _tells_a_time(turn: Turn, start: int) -> bool:
    """Whether a time is part of what is left word of: "tell them I'm coming at half past"."""
    said = turn.found.facts.get("when") or turn.found.doubts.get("when")
    return said is not None and turn.span_of_words(said.words)[0] >= start


def _who_says_it(turn: Turn) -> None:
    """ "It's Paul Martin, about my colour": no need to ask who is calling; "it's Léa who cut it" names nobody."""
    if "name" not in turn.view.fact_types or turn.known("name") is not None:
        return
    reading = turn.read("volunteered_name", turn.heard.text)
    reading = reading if reading.complete else name_between_commas(turn) or reading  # "she should ring me back, Hannah Price"
    if reading.complete and reading.span is not None and not _people(turn).issuperset(fold_words(reading.value)):
        turn.found.fact_without_taking("name", reading.value, reading.span)


def _people(turn: Turn) -> set[str]:
    """The words of the names of the people who work here."""
    return {word for names in turn.business.staff_vocabulary(turn.language).values() for name in names for word in fold_words(name)}
