"""E-mail addresses as dictated: words for the signs, spelled parts, digits as words, providers by ear.

What stands before the at-sign is read backwards from it as far as it can belong to the address, what stands behind forwards.
An address is complete only when it is one by the rules of the mail system.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spoken.context import Context
from spoken.lexicon import load, phrases
from spoken.name_writing import alike
from spoken.normalise import PhraseBook, Token, fold, fold_words, tokenise
from spoken.numerals import cardinal_at
from spoken.reading import NOTHING, Reading, Status
from spoken.spelling import spelled_runs

__all__ = ["read_email"]

_WRITTEN: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![A-Za-z0-9@])")
_MAIL: Final = re.compile(r"\b[eE]-[mM]ail(?:-[aA]dress?e?)?\b|\b(?:[eE]?[mM]ail)-[aA]dress?e?\b")
"""Words for the thing itself, in which a hyphen is no sign of an address."""
_SIGN_OF: Final = {"at": "@", "dot": ".", "dash": "-", "underscore": "_", "plus": "+"}
_SIGNS: Final = frozenset("@.-_+")
MAX_LOCAL: Final = 24
"""Pieces before the at-sign that are looked at."""
MAX_WORD: Final = 40
MIN_SPELLED: Final = 3
ORDINARY: Final = 2
"""Letters of a word for the at-sign that is an ordinary word too ("at", "et")."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of an address, or a word about it."""

    text: str
    kind: str
    """"sign", "word", "letter", "digits", "known", "note", "lead", "filler", "tail", "correction"."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    signs: PhraseBook[str]
    asides: PhraseBook[str]
    known: PhraseBook[str]
    defaults: dict[str, str]
    endings: frozenset[str]
    repeat: PhraseBook[int]
    zeros: frozenset[str]
    like: PhraseBook[bool]
    weak_at: frozenset[str]
    letters: PhraseBook[str]
    withs: PhraseBook[bool]
    lone_letters: bool


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    data: Any = load(language, "email")
    known = {str(word): str(word) for word in data["known_words"]} | {str(said): str(word) for said, word in data["spoken_words"].items()}
    return _Words(
        signs=PhraseBook((phrase, sign) for key, sign in _SIGN_OF.items() for phrase in data[key]),
        asides=PhraseBook(
            [(phrase, "correction") for phrase in phrases(language, "digits", "corrections")]
            + [(phrase, kind) for kind in ("lead", "tail", "fillers", "notes") for phrase in data[kind]]
        ),
        known=PhraseBook(known),
        defaults=dict(data["default_endings"]),
        endings=frozenset(map(str, data["endings"])),
        weak_at=frozenset(word for phrase in data["weak_at"] for word in fold_words(str(phrase))),
        letters=PhraseBook((name, letter) for letter, names in load(language, "letters")["names"].items() for name in names),
        withs=PhraseBook(dict.fromkeys(phrases(language, "names", "with"), True)),
        lone_letters=bool(data["lone_letters"]),
        like=PhraseBook(dict.fromkeys(map(str, load(language, "letters")["like"]), True)),
        zeros=frozenset(fold(str(word)) for word in load(language, "digits")["zero"]),
        repeat=PhraseBook({str(phrase): int(times) for phrase, times in load(language, "digits")["repeat"].items()}),
    )


def _ascii(raw: str) -> str:
    """Letters as an address has them: "müller" is "mueller" there, "josé" is "jose"."""
    lower = unicodedata.normalize("NFC", raw).lower()
    for accented, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        lower = lower.replace(accented, plain)
    return fold(lower)


_BODY: Final = frozenset({"word", "letter", "digits", "known"})


class _Listener:
    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language
        text = _MAIL.sub(lambda match: match.group().replace("-", " "), text)
        self.data = _words(language)
        self.tokens: list[Token] = [token for token in tokenise(text) if token.kind != "symbol" or token.text in _SIGNS]
        self.words = [token.text for token in self.tokens]
        plain = [index for index, token in enumerate(self.tokens) if token.kind != "symbol"]
        self.spelled = {plain[run.first]: (run.word, plain[run.last - 1] + 1) for run in spelled_runs(text, language) if run.certain >= 1}

    def pieces(self) -> list[_Piece]:
        found: list[_Piece] = []
        at = 0
        while at < len(self.tokens):
            piece = self._piece(at, found)
            if piece.kind == "known" and piece.text.startswith("."):
                found.append(_Piece(".", "sign", piece.start, piece.end))
                piece = _Piece(piece.text[1:], "known", piece.start, piece.end)
            found.append(piece)
            at = piece.end
        return _corrected(self._with_weak_at(_heard_and_spelled(found)), self.data)

    def _with_weak_at(self, pieces: list[_Piece]) -> list[_Piece]:
        """ "marie à gmail": the at-sign as it is misheard, where no other was said."""
        if any(piece.text == "@" for piece in pieces):
            return pieces
        for index in range(1, len(pieces) - 1):
            piece = pieces[index]
            weak = piece.end == piece.start + 1 and self.words[piece.start] in self.data.weak_at
            if weak and pieces[index + 1].text in self.data.defaults:
                return [*pieces[:index], _Piece("@", "sign", piece.start, piece.end), *pieces[index + 1 :]]
        return pieces

    def _letter_names(self, at: int, before: Sequence[_Piece]) -> _Piece | None:
        """Names of letters and nothing else between two signs: "jota eme", "ce"."""
        if before and before[-1].kind in ("word", "letter", "digits", "known"):
            return None
        letters, end = "", at
        while end < len(self.words) and self.tokens[end].is_word:
            named = self.data.letters.at(self.words, end)
            single = self.words[end] if len(self.words[end]) == 1 else ""
            if not named and not single:
                break
            letters, end = letters + (named[0] if named else _ascii(self.tokens[end].raw)), named[1] if named else end + 1
        closed = self._sign_follows(end) or (end == len(self.words) and bool(before) and before[-1].text == "@")
        if not closed or all(len(word) == 1 for word in self.words[at:end]):
            return None
        if len(letters) < (1 if self.data.lone_letters else 2):
            return None
        return _Piece(_ascii(letters), "letter", at, end)

    def _piece(self, at: int, before: Sequence[_Piece]) -> _Piece:
        token = self.tokens[at]
        if token.kind == "symbol":
            return _Piece(token.text, "sign", at, at + 1)
        liked = self.data.like.at(self.words, at + 1) if len(token.text) == 1 and at + 1 < len(self.words) else None
        if liked and liked[1] < len(self.words) and len(self.words[liked[1]]) > 2 and self.words[liked[1]][0] == token.text:
            return _Piece(_ascii(token.raw), "letter", at, liked[1] + 1)  # "s for sugar"
        known, sign, aside = self.data.known.at(self.words, at), self.data.signs.at(self.words, at), self.data.asides.at(self.words, at)
        behind_sign = bool(before) and before[-1].kind == "sign"
        if known and (not sign or known[1] > sign[1]):
            several = known[1] - at > 1
            fits = several or behind_sign or self._sign_follows(known[1])
            if fits and (several or known[0] not in self.data.endings or (behind_sign and before[-1].text == ".")):
                return _Piece(known[0], "known", at, known[1])
        if sign and behind_sign and before[-1].text == "." and token.text in self.data.endings:
            return _Piece(token.text, "known", at, at + 1)  # Austria's "punkt at"
        if sign and not (aside and aside[1] > sign[1]):
            return _Piece(sign[0], "sign", at, sign[1])
        named = self._letter_names(at, before) if not (aside and self._sign_follows(aside[1]) and aside[0] == "correction") else None
        if named:
            return named
        spelled = self.spelled.get(at)
        if spelled and not (aside and aside[1] > spelled[1]):
            return _Piece(_ascii(spelled[0]).replace(" ", ""), "letter", at, spelled[1])
        single = aside is not None and aside[0] in ("lead", "tail") and aside[1] - at == 1
        alone = single and len(token.text) > 3 and self._at_follows(at + 1) and not (before and before[-1].kind in _BODY)
        if aside and not (single and (behind_sign or alone)):
            return _Piece("", aside[0].rstrip("s") if aside[0] in ("fillers", "notes") else aside[0], at, aside[1])
        detail = self.data.withs.at(self.words, at)
        if detail and before and before[-1].kind == "word" and detail[1] < len(self.words):
            letter = _ascii(self.tokens[detail[1]].raw)
            if len(letter) == 1 and letter in before[-1].text:
                return _Piece("", "note", at, detail[1] + 1)  # "lucia con c"
        return self._digits(at) or _Piece(_ascii(token.raw)[:MAX_WORD], "letter" if len(token.text) == 1 else "word", at, at + 1)

    def _sign_follows(self, at: int) -> bool:
        return at < len(self.words) and (self.data.signs.at(self.words, at) is not None or self.words[at] in _SIGNS)

    def _at_follows(self, at: int) -> bool:
        sign = self.data.signs.at(self.words, at) if at < len(self.words) else None
        return at < len(self.words) and (self.words[at] == "@" or (sign is not None and sign[0] == "@"))

    def _digits(self, at: int) -> _Piece | None:
        token = self.tokens[at]
        if token.is_number:
            return _Piece(token.text, "digits", at, at + 1)
        if token.text in self.data.zeros and (len(token.text) > 1 or (at and self.tokens[at - 1].is_number)):
            return _Piece("0", "digits", at, at + 1)
        times = self.data.repeat.at(self.words, at)
        if times and times[1] < len(self.words):
            digit = cardinal_at(self.words[times[1] : times[1] + 1], 0, self.language)
            if digit and digit[0] < 10:
                return _Piece(str(digit[0]) * times[0], "digits", at, times[1] + 1)
            if len(self.words[times[1]]) == 1:
                return _Piece(_ascii(self.tokens[times[1]].raw) * times[0], "letter", at, times[1] + 1)
        window: list[str] = []
        ends: list[int] = []
        for index in range(at, min(at + 14, len(self.words))):
            if self.words[index] == "-" and self._hyphen(index):
                continue
            if self.words[index] in _SIGNS:
                break
            window.append(self.words[index])
            ends.append(index + 1)
        number = cardinal_at(window, 0, self.language)
        return _Piece(str(number[0]), "digits", at, ends[number[1] - 1]) if number else None

    def _hyphen(self, at: int) -> bool:
        """A hyphen inside a word ("quatre-vingt-douze"), not one that stands for itself."""
        return (
            0 < at < len(self.tokens) - 1
            and self.tokens[at - 1].end == self.tokens[at].start
            and self.tokens[at].end == self.tokens[at + 1].start
        )


def _heard_and_spelled(pieces: list[_Piece]) -> list[_Piece]:
    """ "Julie j u l i e" is one word, said and then spelled: the letters stay."""
    kept = list(pieces)
    for index in range(len(kept) - 1, 0, -1):
        letters, word = kept[index], kept[index - 1]
        if letters.kind == "letter" and len(letters.text) >= MIN_SPELLED and word.kind == "word" and alike(word.text, letters.text):
            del kept[index - 1]
    return kept


def _corrected(pieces: list[_Piece], data: _Words) -> list[_Piece]:
    """The pieces after the caller's corrections: what follows "no sorry" takes the place of what it resembles."""
    for index, piece in enumerate(pieces):
        if piece.kind == "correction":
            before = [item for item in pieces[:index] if item.kind != "correction"]
            after = pieces[index + 1 :]
            while after and after[0].kind in ("filler", "note", "lead", "correction"):
                after = after[1:]
            if not any(item.kind in _BODY or item.kind == "sign" for item in before) or not after:
                return _corrected([*before, *after], data)
            return _corrected([*before[: _cut(before, after, data)], *after], data)
    return pieces


def _cut(before: Sequence[_Piece], after: Sequence[_Piece], data: _Words) -> int:
    """How many of the pieces before a correction stay."""
    at = max((index for index, piece in enumerate(before) if piece.text == "@"), default=-1)
    first = after[0]
    if first.text == "@":
        return at if at >= 0 else len(before)
    if at >= 0 and any(piece.text == "@" for piece in after):
        return next((index for index, piece in enumerate(before) if piece.kind in _BODY or piece.kind == "sign"), 0)
    for offset, again in enumerate(after):
        if again.text == "@":
            break
        same = [index for index, piece in enumerate(before) if piece.text == again.text and index - offset > at]
        if same and (offset == 0 or again.kind in _BODY):
            return same[-1] - offset  # "jon smith no john smith"
    if at >= 0 and first.kind in _BODY and first.text not in data.endings:
        return at + 1
    alike = [index for index, piece in enumerate(before) if index > at and (piece.kind in _BODY) == (first.kind in _BODY)]
    return alike[-1] if alike else len(before)


def _local(pieces: Sequence[_Piece], at: int) -> tuple[str, int]:
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
    return "".join(parts), first


def _domain(pieces: Sequence[_Piece], at: int, data: _Words) -> tuple[str, int]:
    """What stands behind the at-sign, up to the last ending that it can have."""
    text, end = "", at + 1
    best: tuple[str, int] = ("", at + 1)
    for index in range(at + 1, len(pieces)):
        piece = pieces[index]
        if piece.kind in ("note", "filler"):
            continue
        if piece.kind in ("lead", "tail") or piece.text == "@":
            break
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
    listener = _Listener(text, language)
    pieces = listener.pieces()
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
        if ordinary and at == len(pieces) - 1 and at <= 2 and all(piece.kind in _BODY for piece in pieces[:at]):
            return Reading(Status.PREFIX, address, span)  # "jenny at", and the rest is still to come
        if ordinary and "." not in domain and domain not in listener.data.defaults and _SIGNS.isdisjoint(local):
            continue  # "look at the time"
        if local and len(local) > 1:
            return Reading(Status.PREFIX, address, span)
    return _beginning(listener, pieces)


def _tidy(address: str) -> str:
    local, _, domain = address.partition("@")
    return re.sub(r"\.{2,}", ".", local.strip(".")) + "@" + re.sub(r"\.{2,}", ".", domain.strip(".-"))


def _beginning(listener: _Listener, pieces: Sequence[_Piece]) -> Reading:
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
