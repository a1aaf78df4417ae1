"""Who the caller is and how to reach them: name, phone number, e-mail address; asked for, read back or volunteered."""

from __future__ import annotations

from typing import Final

from frontdesk.brain.callers.hour_for_a_name import only_an_hour
from frontdesk.brain.callers.name_put_right import another_name, name_instead
from frontdesk.brain.callers.part_of_a_name import fuller_name, with_its_part
from frontdesk.brain.callers.yes_but_when import yes_but_not_always
from frontdesk.brain.services.service_names import service_names
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.names_said import announced_by, name_between_commas
from frontdesk.brain.utterance.turn import Turn
from spoken import NOTHING, Reading, Status
from spoken.digits import digit_runs
from spoken.name_writing import alike, correct_name, known_first_names
from spoken.normalise import fold_words
from spoken.spelling_remarks import with_remarks

__all__ = ["read_email", "read_name", "read_phone", "says_no", "says_yes"]

_TAIL: Final = 6
"""At most so many digits are said of a number to correct it."""
_SHORT: Final = 2
"""So few digits may be anything: "une seconde", "le deux"."""
_LETTERS: Final = 3
_APOSTROPHES: Final = frozenset("'’")
"""What follows one is no letter that was spelled: "that's B Y R N E"."""
_NAME_WORDS: Final = 3
_POLITE: Final = frozenset({"thanks"})
"""Acts that stand beside any answer: "Deirdre Jones, thanks"."""
_CLEARLY_A_NUMBER: Final = 5
_THAT_ONE: Final = (("phone", "this"), ("agreed", "yes"))
"""What says yes to a number in words of its own."""


def says_yes(turn: Turn) -> bool:
    """Whether the caller plainly agrees; "mhm" alone does so, too, once they were asked."""
    if turn.heard_phrase("values", "listening", "yes") is not None:
        return True
    reading = turn.read("yes_no")
    sure = "mixed" not in reading.mentions or turn.view.asks != "agreed"  # nothing is written or cancelled on half a yes
    return reading.complete and reading.value is True and sure


def says_no(turn: Turn) -> bool:
    reading = turn.read("yes_no")
    return reading.complete and reading.value is False


def read_phone(turn: Turn) -> None:
    """A number, the beginning of one, or what the caller says to a number that was read back or suggested."""
    asked = turn.view.asks == "phone"
    reading = turn.read("phone", digits=turn.view.so_far if asked else "")
    if reading.complete:
        turn.found.fact("phone", reading.value, reading.span)
        turn.number_span = reading.span
        return
    if _some_digits_corrected(turn):
        return
    if not asked:
        if reading.status is Status.PREFIX and len(str(reading.value or "")) >= _CLEARLY_A_NUMBER:
            turn.heard.take(reading.span)  # the beginning of a number is no time
        return
    if turn.view.mode in {"read_back", "suggest"}:
        _answer_to_number(turn, reading)
    elif reading.status is Status.NOTHING:
        if turn.heard_phrase("values", "phone", "this") and turn.view.caller:
            _this_number(turn)
        elif turn.heard_phrase("values", "phone", "none") or (len(turn.heard) <= _NAME_WORDS and says_no(turn)):
            turn.found.act("no")
    else:
        _half_heard(turn, "phone", reading)


def _some_digits_corrected(turn: Turn) -> bool:
    """ "No, it ends in eight nine", "five five, not five nine", said of a number that was read back."""
    held = turn.view.read_back if turn.view.asks == "phone" else turn.known("phone") if turn.view.asks == "agreed" else None
    if not isinstance(held, str) or turn.view.mode == "suggest":
        return False
    cue = turn.heard_phrase("values", "phone", "tail")
    runs = digit_runs(turn.heard.text if cue is None else turn.heard.only((turn.span_of(cue)[1], len(turn.heard.text))), turn.language)
    if cue is not None and not runs:  # "five six at the end"
        runs = digit_runs(turn.heard.only((0, turn.span_of(cue)[0])), turn.language)
    digits = ["".join(piece for piece in run.paths[0].pieces if piece.isdigit()) for run in runs]
    if cue is not None:
        start = min(turn.span_of(cue)[0], runs[-1].span[0]) if runs else 0
        if not runs or not 0 < len(digits[-1]) <= _TAIL or digits[-1] == "1":  # which may be an article
            return False
        number, span = held[: -len(digits[-1])] + digits[-1], (start, max(turn.span_of(cue)[1], runs[-1].span[1]))
    elif len(runs) == 2 and len(digits[0]) == len(digits[1]) > 1 and sorted(held.count(part) for part in digits) == [0, 1]:
        wrong, right = digits if held.count(digits[0]) else reversed(digits)
        number, span = held.replace(wrong, right), (runs[0].span[0], runs[1].span[1])
    else:
        return False
    reading = turn.read("phone", number)
    if reading.complete and reading.value != held:
        turn.found.fact("phone", reading.value, span)
        return True
    return False


def _answer_to_number(turn: Turn, reading: Reading) -> None:
    if not says_yes(turn) and (name := name_instead(turn)) is not None:
        turn.found.fact("name", name.value, name.span)  # and the number is read back again
        return
    digits = str(reading.value or "")
    if reading.status is Status.AMBIGUOUS or (reading.status is Status.PREFIX and len(digits) > _SHORT):
        if says_no(turn):
            turn.found.act("no")
        _half_heard(turn, "phone", reading)
    elif turn.heard_phrase("values", "phone", "none") or turn.heard_phrase("wants_change", "phone") or says_no(turn) or _denies(turn):
        turn.found.act("no")
    elif says_yes(turn) or any(turn.heard_phrase("values", *key) for key in _THAT_ONE) or yes_but_not_always(turn):
        turn.found.act("yes")


def _denies(turn: Turn) -> bool:
    """ "That's not right, my number is …", "no, put down …": a no, however many digits that make no number stand behind it."""
    runs = digit_runs(turn.heard.text, turn.language)
    reading = turn.read("yes_no", turn.heard.without([run.span for run in runs]))
    half = "mixed" in reading.mentions and any(len(run.paths[0].digits) >= _CLEARLY_A_NUMBER for run in runs)
    return (reading.complete and reading.value is False) or half


def _this_number(turn: Turn) -> None:
    match = turn.heard_phrase("values", "phone", "this")
    if match is not None:
        turn.found.fact("phone", turn.view.caller, turn.span_of(match))


def _half_heard(turn: Turn, fact: str, reading: Reading) -> None:
    so_far = str(reading.value or "") if reading.status is Status.PREFIX else ""
    turn.found.doubt(fact, reading.span, reading.alternatives, so_far)


def read_email(turn: Turn) -> None:
    """An address, or that there is none."""
    asked = turn.view.asks == "email"
    reading = turn.read("email")
    if not asked and reading.complete and "." not in str(reading.value).partition("@")[2]:
        return  # "a cut on Tuesday at eleven, John Baker."
    if reading.complete:
        turn.found.fact("email", reading.value, reading.span)
    elif asked and turn.view.mode == "read_back":
        if says_no(turn):
            turn.found.act("no")
        elif says_yes(turn):
            turn.found.act("yes")
    elif asked and turn.heard_phrase("values", "email", "none"):
        turn.found.act("never_mind")
    elif asked and reading.status is not Status.NOTHING:
        _half_heard(turn, "email", reading)


def read_name(turn: Turn) -> None:
    """A name; without being asked only with a cue ("mon nom c'est…") or spelled."""
    if turn.heard_phrase("values", "listening") is not None:  # "ajá" is nobody
        return
    asked = turn.view.asks == "name" and turn.view.mode != "options" and not turn.book.only_fillers(turn.heard)
    if asked and (_says_something_else(turn) or turn.number_span is not None or only_an_hour(turn)):
        asked = False  # "mon numéro c'est le…": a name beside it needs a sign that it is one
    reading = turn.read("name" if asked else "volunteered_name")
    if turn.view.asks == "name" and not reading.complete:
        reading = name_between_commas(turn) or reading  # "Hannah Price, how much is it?"
    if not asked and not reading.complete and turn.number_span is not None:
        _beside_number(turn, turn.number_span)
        return
    if turn.view.asks in {"agreed", "phone"} and not reading.complete and not turn.found.acts and turn.number_span is None:
        _spelling(turn)
        return
    if reading.complete and not _spelled_to_the_end(turn, reading) and (spelled := _letters_at_the_end(turn, reading.value)) is not None:
        known = turn.known("name")
        turn.found.fact("name", correct_name(known, spelled.value) if isinstance(known, str) else spelled.value, spelled.span)
        return
    if asked and reading.status is Status.NOTHING:
        reading = _first_words(turn) or _two_words(turn) or reading
    if reading.complete:
        turn.found.fact("name", _corrected(turn, reading), reading.span)
        cue = announced_by(turn, reading.span)
        if cue is not None and turn.read("datetime", turn.heard.only(cue)).mentions:
            turn.heard.take(cue)  # the "first" of "the first name's Beth" is no day
    elif asked and reading.status is not Status.NOTHING:
        _half_heard(turn, "name", reading)


def _spelled_to_the_end(turn: Turn, reading: Reading) -> bool:
    """The reader of names has taken the letters that end the utterance for a part of the name already."""
    last = max((token.end for token in turn.heard.tokens if token.is_word), default=0)
    return reading.complete and "spelled" in reading.mentions and reading.span is not None and reading.span[1] == last


def _letters_at_the_end(turn: Turn, heard: str) -> Reading | None:
    """A name that was spelled last, where it is not what was heard: what is spelled counts."""
    letters = [token for token in turn.heard.tokens if token.is_word]
    first = len(letters)
    while first and len(letters[first - 1].raw) == 1 and turn.heard.text[letters[first - 1].start - 1 :][:1] not in _APOSTROPHES:
        first -= 1
    if len(letters) - first < _LETTERS:
        return None
    reading = turn.read("name", turn.heard.only((letters[first].start, letters[-1].end)))
    return reading if reading.complete and fold_words(reading.value)[-1] not in fold_words(heard) else None


def _first_words(turn: Turn) -> Reading | None:
    """ "Amy Doyle, that's my daughter": two or three capitalised words that begin the answer."""
    for count in (3, 2):
        first = turn.heard.tokens[:count]
        if len(first) == count < len(turn.heard) and all(token.raw[:1].isupper() for token in first):
            reading = turn.read("name", turn.heard.only((first[0].start, first[-1].end)))
            if reading.complete:
                return reading
    return None


def _two_words(turn: Turn) -> Reading | None:
    """ "Will Day", "Domingo Sánchez": two words with capitals are a name, whatever else they may mean."""
    words = turn.heard.tokens
    if len(words) != 2 or not all(token.is_word and token.raw.istitle() and len(token.raw) > 1 for token in words):
        return None
    span = (words[0].start, words[1].end)
    if turn.read("datetime").span == span or turn.read("yes_no").complete or turn.read("service", names=service_names(turn)).complete:
        return None
    return Reading(Status.COMPLETE, turn.heard.at(span), span)


def _beside_number(turn: Turn, span: Span | None) -> None:
    """ "Tuesday at three, Marie Dupont, 06 12…": a few words right before a number, with nothing to announce them."""
    if span is None or "name" in turn.found.facts or turn.known("name") is not None:
        return
    about_it = [turn.span_of(match) for match in turn.matches if match.key[0] == "wants_change" or match.key[:2] == ("values", "phone")]
    before = [token for token in turn.heard.tokens if token.end <= span[0]][-_NAME_WORDS:]
    if says_no(turn) or any(start < token.end and token.start < end for token in before for start, end in about_it):
        return  # "no, use hers: …"
    alone = turn.view.asks == "name" and len(before) == 1  # "Smith, 07…"
    for count in (3, 2, 1) if alone else (3, 2):
        words = before[-count:]
        if len(words) < count:
            continue
        told_of = turn.read("datetime", turn.heard.only((words[0].start, words[-1].end))).mentions
        if told_of and words[0].text not in known_first_names():  # "Emma Friday" is no day
            continue
        reading = turn.read("name", turn.heard.only((words[0].start, words[-1].end)))
        if reading.complete and reading.span == (words[0].start, words[-1].end):
            turn.found.fact("name", reading.value, reading.span)
            return


def _spelling(turn: Turn) -> None:
    """ "Dupond with a d", said to a read-back or a breath after the name: a name that is nearly the one that was said."""
    known = turn.known("name")
    if not isinstance(known, str):
        return
    if (remarked := with_remarks(known, turn.heard.text, turn.language)) is not None:
        turn.found.fact("name", remarked, (turn.heard.tokens[0].start, turn.heard.tokens[-1].end))
        return
    reading = turn.read("name")
    spelled = reading if _spelled_to_the_end(turn, reading) else _letters_at_the_end(turn, known)
    if spelled is not None and ((value := correct_name(known, spelled.value)) != known or turn.view.asks == "phone"):
        turn.found.fact("name", value, spelled.span)  # "nearly, Clarke with an e, C L A R K E"
        return
    if turn.view.asks == "phone":
        if (fuller := fuller_name(turn, known)) is not None:
            turn.found.fact("name", _corrected(turn, fuller), fuller.span)
        return
    if another_name(turn, known, reading):
        turn.found.fact("name", reading.value, reading.span)
        return
    again = [token for token in turn.heard.tokens if token.text in fold_words(known)]
    if not reading.complete and again:  # "not Moreau, Morel, M O R E L"
        reading = turn.read("name", turn.heard.only((again[-1].end, len(turn.heard.text))))
        reading = reading if reading.complete and alike(reading.value, again[-1].raw) else NOTHING
    if not reading.complete:
        return
    value = _corrected(turn, reading)
    if value not in {reading.value, known}:
        turn.found.fact("name", value, reading.span)


def _corrected(turn: Turn, reading: Reading) -> str:
    """ "Marie Dupont", then "Dupond with a d": Marie Dupond. A name unlike the known one replaces it, or is its other part."""
    known, name = turn.known("name"), str(reading.value)
    if not isinstance(known, str):
        return name
    if (whole := with_its_part(turn, known, name, reading.span)) is not None:
        return whole
    if " " not in name and any(alike(word, name) for word in known.split()):
        return correct_name(known, name)
    return name


def _says_something_else(turn: Turn) -> bool:
    """Whether the answer to "what is your name" is about another matter."""
    if set(turn.found.acts) - _POLITE or any(match.key[0] == "acts" and match.key[1] not in _POLITE for match in turn.matches):
        return True
    if turn.heard_phrase("intents") is not None and len(turn.heard) > _SHORT:
        return True
    return turn.heard_phrase("values", "correction") is not None and turn.read("datetime").status is not Status.NOTHING
