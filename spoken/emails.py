"""E-mail addresses as dictated: words for the signs, spelled parts, digits as words, providers by ear.

What stands before the at-sign is read backwards from it as far as it can belong to the address, what stands behind forwards.
An address is complete only when it is one by the rules of the mail system.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

from spoken.context import Context
from spoken.email_pieces import MAX_LOCAL, SIGNS, Listener
from spoken.email_repeats import said_twice
from spoken.email_words import BODY, EmailWords, Piece
from spoken.name_writing import alike
from spoken.reading import NOTHING, Reading, Status

__all__ = ["read_email"]

_WRITTEN: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![A-Za-z0-9@])")
MAX_WORDS: Final = 5
"""Words that may be said as one before the first sign."""
MAX_INITIALS: Final = 2
"""Letters before a name that are its initials."""
ORDINARY: Final = 2
"""Letters of a word for the at-sign that is an ordinary word too ("at", "et")."""


def _corrected(pieces: list[Piece], data: EmailWords) -> list[Piece]:
    """The pieces after the caller's corrections: what follows "no sorry" takes the place of what it resembles."""
    for index, piece in enumerate(pieces):
        if piece.kind == "correction":
            before = [item for item in pieces[:index] if item.kind != "correction"]
            after = pieces[index + 1 :]
            while after and after[0].kind in ("filler", "note", "lead", "correction"):
                after = after[1:]
            if not any(item.kind in BODY or item.kind == "sign" for item in before) or not after:
                return _corrected([*before, *after], data)
            if (turned := _other_local(before, after, data)) is not None:
                return _corrected(turned, data)
            return _corrected(said_twice([*before[: _cut(before, after, data)], *after], data.explains), data)
    return pieces


def _other_local(before: Sequence[Piece], after: Sequence[Piece], data: EmailWords) -> list[Piece] | None:
    """ "(pierre at icloud dot com) no sorry colin dot pierre": what stands before the at-sign once more, behind the whole address."""
    at = max((index for index, piece in enumerate(before) if piece.text == "@"), default=-1)
    if at < 0 or any(piece.text == "@" or piece.text in data.endings for piece in after):
        return None
    words = {piece.text for piece in before[:at] if piece.kind in BODY}
    again = [piece for piece in after if piece.kind in BODY]
    if not again or words.isdisjoint(piece.text for piece in again):
        return None
    kept = [piece for piece in before[:at] if piece.kind in ("lead", "tail")]
    return [*kept, *after, *before[at:]]


def _instead_of_local(before: Sequence[Piece], after: Sequence[Piece]) -> int | None:
    """Where a local part begins that another one takes the place of ("john dot smith no sorry info at gmail"); None for a part of it."""
    end = next((index for index, piece in enumerate(after) if piece.text == "@"), None)
    if end is None or any(piece.text == "@" for piece in before):
        return None
    body = [piece for piece in before if piece.kind in BODY]
    again = [piece for piece in after[:end] if piece.kind in BODY or piece.kind == "sign"]
    said = {piece.text for piece in body}
    if not body or not again or again[0].kind == "sign" or any(piece.text in said for piece in again if piece.kind in BODY):
        return None
    if len({piece.text for piece in again}) == 1:
        part = alike(body[-1].text, again[0].text) or body[-1].kind == again[0].kind == "digits"
        if part or (len(body[0].text) <= MAX_INITIALS and any(piece.kind == "sign" for piece in before)):
            return None  # "paco seventy no seventy-one", "k dot benzema no benali"
    lead = max((index for index, piece in enumerate(before) if piece.kind in ("lead", "tail")), default=-1)
    return lead + 1


def _cut(before: Sequence[Piece], after: Sequence[Piece], data: EmailWords) -> int:
    """How many of the pieces before a correction stay."""
    at = max((index for index, piece in enumerate(before) if piece.text == "@"), default=-1)
    first = after[0]
    if at >= 0 and first.text == "." and len(after) > 1 and after[1].text in data.endings:
        dots = [index for index in range(at + 1, len(before)) if before[index].text == "."]
        return next(
            (index for index in dots if all(piece.kind == "sign" or piece.text in data.endings for piece in before[index:])), len(before)
        )
    if first.text == "@":
        return at if at >= 0 else len(before)
    if at >= 0 and any(piece.text == "@" for piece in after):
        return next((index for index, piece in enumerate(before) if piece.kind in BODY or piece.kind == "sign"), 0)
    if (whole := _instead_of_local(before, after)) is not None:
        return whole
    if at >= 0 and first.kind in BODY and first.text not in data.endings and all(piece.text != first.text for piece in before[at + 1 :]):
        return at + 1
    for offset, again in enumerate(after):
        if again.text == "@":
            break
        same = [index for index, piece in enumerate(before) if piece.text == again.text and index - offset > at]
        if same and (offset == 0 or again.kind in BODY):
            return same[-1] - offset  # "jon smith no john smith"
    if at >= 0 and first.kind in BODY and first.text not in data.endings:
        return at + 1
    alike = [index for index, piece in enumerate(before) if index > at and (piece.kind in BODY) == (first.kind in BODY)]
    return alike[-1] if alike else len(before)


def _local(pieces: Sequence[Piece], at: int) -> tuple[str, int]:
    """What stands before the at-sign: its text, and where it begins."""
    parts: list[str] = []
    first = at
    for index in range(at - 1, max(-1, at - 1 - MAX_LOCAL), -1):
        piece = pieces[index]
        if piece.kind in ("note", "filler"):
            continue
        if piece.kind in ("lead", "tail") or piece.text == "@":
            break
        parts.insert(0, piece.text)
        first = index
    words = sum(piece.kind == "word" for piece in itertools.takewhile(lambda piece: piece.kind != "sign", pieces[first:at]))
    return ("", at) if words > MAX_WORDS else ("".join(parts), first)  # A sentence before the address is no part of it.


def _domain(pieces: Sequence[Piece], at: int, data: EmailWords) -> tuple[str, int]:
    """What stands behind the at-sign, up to the last ending that it can have."""
    text, end = "", at + 1
    best: tuple[str, int] = ("", at + 1)
    for index in range(at + 1, len(pieces)):
        piece = pieces[index]
        if piece.kind in ("note", "filler"):
            continue
        if piece.kind in ("lead", "tail") or piece.text == "@":
            break
        if text in data.defaults and piece.kind == "word" and piece.text not in data.endings:
            break  # "at gmail with the number"
        if "." in text and not text.endswith(".") and piece.kind != "sign" and text.rsplit(".", 1)[1] in data.endings:
            if piece.text not in data.endings or text.rsplit(".", 1)[1] not in ("co", "com"):
                break
            text += "."
        elif text and text in data.defaults and piece.text in data.endings:
            text += "."
        text, end = text + piece.text, index + 1
        if "." in text and text.rsplit(".", 1)[1] in data.endings:
            best = text, end
    if best[0]:
        return best
    if text in data.defaults:
        return f"{text}.{data.defaults[text]}", end
    return text, end


def _valid(address: str) -> str | None:
    from email_validator import EmailNotValidError, validate_email

    try:
        return str(validate_email(address, check_deliverability=False, test_environment=True, globally_deliverable=False).normalized)
    except EmailNotValidError:
        return None


def read_email(text: str, language: str, context: Context) -> Reading:
    """The address in an utterance, in lower case. A prefix carries what was heard of it so far."""
    del context
    written = _WRITTEN.search(text[:2000])
    if written and (value := _valid(written.group().lower())):
        return Reading(Status.COMPLETE, value, written.span())
    listener = Listener(text, language)
    pieces = _corrected(listener.pieces(), listener.data)
    ats = [index for index, piece in enumerate(pieces) if piece.text == "@" and index]
    for at in reversed(ats):
        local, first = _local(pieces, at)
        domain, last = _domain(pieces, at, listener.data)
        address = _tidy(f"{local}@{domain}")
        span = (listener.tokens[pieces[first].start].start, listener.tokens[pieces[last - 1].end - 1].end)
        value = _valid(address) if local and "." in domain else None
        if value is not None:
            return Reading(Status.COMPLETE, value, span)
        ordinary = (
            len(pieces[at].text) == 1 and listener.tokens[pieces[at].start].is_word and len(listener.words[pieces[at].start]) <= ORDINARY
        )
        if ordinary and at == len(pieces) - 1 and at <= 2 and all(piece.kind in BODY for piece in pieces[:at]):
            return Reading(Status.PREFIX, address, span)  # "jenny at", and the rest is still to come
        if ordinary and "." not in domain and domain not in listener.data.defaults and SIGNS.isdisjoint(local):
            continue  # "look at the time"
        if local and len(local) > 1:
            return Reading(Status.PREFIX, address, span)
    return _beginning(listener, pieces)


def _tidy(address: str) -> str:
    local, _, domain = address.partition("@")
    half = len(local) // 2
    if local[:half] == local[half:] and not SIGNS.isdisjoint(local[:half]):
        local = local[:half]  # spelled, and then said as words: "e v a dot king, eva dot king"
    return re.sub(r"\.{2,}", ".", local.strip(".")) + "@" + re.sub(r"\.{2,}", ".", domain.strip(".-"))


def _beginning(listener: Listener, pieces: Sequence[Piece]) -> Reading:
    """The part before the at-sign alone: only when it is clearly no ordinary sentence."""
    body = [piece for piece in pieces if piece.kind not in ("lead", "tail", "note", "filler")]
    signs = [piece for piece in body if piece.kind == "sign" and piece.text != "@"]
    letters = sum(len(piece.text) for piece in body if piece.kind == "letter")
    if not body or len(body) > MAX_LOCAL or not (signs or letters >= 3) or body[0].kind == "sign":
        return NOTHING
    words = sum(1 for piece in body if piece.kind == "word")
    if words > 3:
        return NOTHING
    text = "".join(piece.text for piece in body)
    return Reading(Status.PREFIX, text, (listener.tokens[body[0].start].start, listener.tokens[body[-1].end - 1].end))
