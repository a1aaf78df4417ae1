"""What a caller says of the letters of a name: "with two n's", "avec un t à la fin"."""

from __future__ import annotations

from collections.abc import Sequence

from spoken.name_listening import NameListener
from spoken.name_writing import MIN_SPELLED, alike, spelled_out, with_letter, with_letters
from spoken.normalise import fold
from spoken.spelling import certain_letter
from spoken.spelling_remarks import Remark, edited, remarks_at

__all__ = ["details"]


def details(listener: NameListener, at: int, words: list[str]) -> int:
    """ "avec un t à la fin", "mit zwei n": puts the last words of the name right; returns where it ends."""
    start = listener.data.withs.at(listener.words, at) if at < len(listener.words) else None
    if not words or at >= len(listener.words):
        return at
    if not start:
        lacking = remarks_at(listener.tokens, at, listener.language)
        return _edit(words, lacking) if lacking else at
    twice = listener.data.two.at(listener.words, start[1]) if start[1] < len(listener.words) else None
    if twice is None and any(listener.data.two.at(listener.words, index) for index in range(at, start[1])):
        twice = True, start[1]
    entire = listener.spelled.get(start[1])
    remarks = remarks_at(listener.tokens, at, listener.language)
    if (
        remarks
        and not (entire is not None and spelled_out(words[-1], entire.word))
        and not _spelled_behind(listener, remarks[-1].end, words[-1])
    ):
        return _edit(words, remarks)
    if entire is not None and (whole := spelled_out(words[-1], entire.word)) is not None:
        words[-1] = whole
        return entire.last
    where = twice[1] if twice else start[1]
    if where >= len(listener.tokens):
        return at
    run = listener.spelled.get(where)
    if run is not None:
        words[-1] = spelled_out(words[-1], run.word) or with_letters(words[-1], run.word)
        return run.last
    letter = certain_letter(listener.tokens[where]) or (listener.data.letters.at(listener.words, where) or (None,))[0]
    if letter is None:
        return at
    end = where + 1
    if end < len(listener.words) and listener.words[end] == "s" and listener.joined_to_next(end - 1) == "'":
        end += 1  # "two n's"
    final = listener.data.at_end.at(listener.words, end) if end < len(listener.words) else None
    if not final and (further := _letter_at_end(listener, end)) is not None:
        words[-1] = with_letter(with_letter(words[-1], letter, bool(twice), False), further[0], False, True)
        return further[1]
    words[-1] = with_letter(words[-1], letter, bool(twice), bool(final))
    end = final[1] if final else end
    again = listener.spelled.get(end)
    if again is not None and len(again.word) >= MIN_SPELLED and alike(words[-1], again.word):
        words[-1], end = again.word, again.last  # "with an E on the end, C L A R K E"
    return end


def _spelled_behind(listener: NameListener, at: int, word: str) -> bool:
    """The whole word is spelled behind a remark on it, or the letters of the remark go on there."""
    run = listener.spelled.get(at) or next((run for run in listener.spelled.values() if run.first < at < run.last), None)
    return run is not None and len(run.word) >= MIN_SPELLED and (alike(word, run.word) or run.first < at)


def _edit(words: list[str], remarks: Sequence[Remark]) -> int:
    """The word that some remarks fit is put right: the last one, or the only one that has the letter."""
    for remark in remarks:
        having = [index for index, word in enumerate(words) if remark.letters in fold(word)]
        place = having[0] if len(having) == 1 and (remark.twice or remark.without or remark.single) else len(words) - 1
        words[place] = edited(words[place], remark)
    return remarks[-1].end


def _letter_at_end(listener: NameListener, at: int) -> tuple[str, int] | None:
    """ "(with a w) and at the end an i": the second remark on a spelling."""
    linked = listener.data.stops.at(listener.words, at) if at < len(listener.words) else None
    final = listener.data.at_end.at(listener.words, linked[1]) if linked and linked[1] < len(listener.words) else None
    letter = certain_letter(listener.tokens[final[1]]) if final and final[1] < len(listener.words) else None
    return (letter, final[1] + 1) if final and letter else None
