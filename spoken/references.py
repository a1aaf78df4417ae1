"""Reference numbers: letters and digits said one by one or in groups, "A B douze trente-quatre"."""

from __future__ import annotations

from typing import Final

from spoken.context import Context
from spoken.digits import digit_runs
from spoken.normalise import tokenise
from spoken.reading import NOTHING, Reading, Status
from spoken.spelling import certain_letter, spelled_runs

__all__ = ["read_reference"]

MIN_LENGTH: Final = 4
MAX_LENGTH: Final = 24
MAX_GAP: Final = 2


def read_reference(text: str, language: str, context: Context) -> Reading:
    """The reference in capitals, without spaces; fewer than four signs are a beginning."""
    del context
    tokens = [token for token in tokenise(text) if token.kind != "symbol"]
    parts: list[tuple[int, int, str]] = [
        (run.span[0], run.span[1], "".join(next(run.paths[0].corrected()))) for run in digit_runs(text, language)
    ]
    runs = spelled_runs(text, language)
    parts += [(tokens[run.first].start, tokens[run.last - 1].end, run.word.upper()) for run in runs]
    spelled = {index for run in runs for index in range(run.first, run.last)}
    parts += [
        (token.start, token.end, token.raw.upper())
        for index, token in enumerate(tokens)
        if index not in spelled and certain_letter(token) and token.raw.isupper()
    ]
    parts.sort()
    group: list[tuple[int, int, str]] = []
    for part in parts:
        if group and part[0] < group[-1][1]:
            continue
        between = sum(1 for token in tokens if group and group[-1][1] <= token.start and token.end <= part[0])
        if between > MAX_GAP:
            group = []
        group.append(part)
    value = "".join(sign for _, _, said in group for sign in said if sign.isalnum())[:MAX_LENGTH]
    if len(value) < 2 or not any(sign.isdecimal() for sign in value):
        return NOTHING
    return Reading(Status.COMPLETE if len(value) >= MIN_LENGTH else Status.PREFIX, value, (group[0][0], group[-1][1]))
