"""An e-mail address as it is dictated, in pieces: signs, words, letters, digits, and what is said about them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from spoken.lexicon import load, phrases
from spoken.name_writing import alike
from spoken.normalise import PhraseBook, Token, fold, fold_words, tokenise
from spoken.numerals import cardinal_at
from spoken.spelling import spelled_runs
from spoken.spelling_remarks import Remark, edited, remarks_at

__all__ = ["BODY", "MAX_LOCAL", "SIGNS", "EmailWords", "Listener", "Piece", "said_twice"]

_MAIL: Final = re.compile(r"\b[eE]-[mM]ail(?:-[aA]dress?e?)?\b|\b(?:[eE]?[mM]ail)-[aA]dress?e?\b")
"""Words for the thing itself, in which a hyphen is no sign of an address."""
_SIGN_OF: Final = {"at": "@", "dot": ".", "dash": "-", "underscore": "_", "plus": "+"}
SIGNS: Final = frozenset("@.-_+")
MAX_LOCAL: Final = 24
"""Pieces before the at-sign that are looked at."""
MAX_WORD: Final = 40
MIN_SPELLED: Final = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an address, or a word about it."""

    text: str
    kind: str
    """"sign", "word", "letter", "digits", "known", "note", "lead", "filler", "tail", "correction"."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EmailWords:
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
    explains: frozenset[str]
    """Between letters and what they are called: "j m de jota eme"."""


@lru_cache(maxsize=16)
def _words(language: str) -> EmailWords:
    data: Any = load(language, "email")
    known = {str(word): str(word) for word in data["known_words"]} | {str(said): str(word) for said, word in data["spoken_words"].items()}
    return EmailWords(
        signs=PhraseBook((phrase, sign) for key, sign in _SIGN_OF.items() for phrase in data[key]),
        asides=PhraseBook(
            [(phrase, "correction") for phrase in phrases(language, "digits", "corrections")]
            + [(phrase, kind) for kind in ("lead", "tail", "fillers", "notes", "dashes") for phrase in data[kind]]
        ),
        known=PhraseBook(known),
        defaults=dict(data["default_endings"]),
        endings=frozenset(map(str, data["endings"])),
        weak_at=frozenset(word for phrase in data["weak_at"] for word in fold_words(str(phrase))),
        letters=PhraseBook(
            (name, letter)
            for letter, names in load(language, "letters")["names"].items()
            for name in names
            if name not in load(language, "letters")["hesitations"]
        ),
        withs=PhraseBook(dict.fromkeys(phrases(language, "names", "with"), True)),
        lone_letters=bool(data["lone_letters"]),
        explains=frozenset(fold(word) for word in data["explains"]),
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


BODY: Final = frozenset({"word", "letter", "digits", "known"})


class Listener:
    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language
        text = _MAIL.sub(lambda match: match.group().replace("-", " "), text)
        self.data = _words(language)
        self.tokens: list[Token] = [token for token in tokenise(text) if token.kind != "symbol" or token.text in SIGNS]
        self.words = [token.text for token in self.tokens]
        plain = [index for index, token in enumerate(self.tokens) if token.kind != "symbol"]
        self.spelled = {plain[run.first]: (run.word, plain[run.last - 1] + 1) for run in spelled_runs(text, language) if run.certain >= 1}

    def pieces(self) -> list[Piece]:
        found: list[Piece] = []
        unedited = ""
        at = 0
        while at < len(self.tokens):
            if (edits := self._edits(at, found)) and found:
                unedited = found[-1].text
                found[-1] = replace(found[-1], text=_edited(unedited, edits))
                found.append(Piece("", "note", at, edits[-1].end))
                at = edits[-1].end
                continue
            if unedited and [piece.kind for piece in found[-2:]] == ["note", "correction"]:
                edits = remarks_at(self.tokens, at, self.language, bare=True)
                if edits:  # "with two ms, no, with one m": the first remark is forgotten
                    found[-3:] = [
                        replace(found[-3], text=_edited(unedited, edits)),
                        found[-2],
                        replace(found[-1], kind="note", end=edits[-1].end),
                    ]
                    at = edits[-1].end
                    continue
            piece = self._piece(at, found)
            if piece.kind == "known" and piece.text.startswith("."):
                found.append(Piece(".", "sign", piece.start, piece.end))
                piece = Piece(piece.text[1:], "known", piece.start, piece.end)
            found.append(piece)
            at = piece.end
        return self._with_weak_at(said_twice(_with_dashes(self._names_of_places(found)), self.data.explains))

    def _names_of_places(self, pieces: list[Piece]) -> list[Piece]:
        """A number between two words behind the at-sign is a word of the name: "garage des trois ponts"."""
        at = next((index for index, piece in enumerate(pieces) if piece.text == "@"), len(pieces))
        kept = list(pieces)
        for index in range(at + 2, len(pieces) - 1):
            piece = pieces[index]
            between = pieces[index - 1].kind == pieces[index + 1].kind == "word"
            if between and piece.kind == "digits" and piece.end == piece.start + 1 and not self.tokens[piece.start].is_number:
                kept[index] = replace(piece, text=_ascii(self.tokens[piece.start].raw), kind="word")
        return kept

    def _edits(self, at: int, before: Sequence[Piece]) -> list[Remark]:
        """What is said about the spelling of the word right before: "with a c", "double t"."""
        word = before[-1] if before and before[-1].kind in ("word", "letter") else None
        aside = self.data.asides.at(self.words, at)
        if word is None or (aside and aside[0] == "dashes"):
            return []
        found = remarks_at(self.tokens, at, self.language, bare=True)
        if not found:
            return []
        if len(word.text) < MIN_SPELLED:
            return found if found[0].letters == word.text and len(found) == 1 else []
        introduced = remarks_at(self.tokens, at, self.language)
        if introduced and not found[0].without:
            return found
        end = found[-1].end
        closed = end == len(self.words) or self._sign_follows(end) or self.data.asides.at(self.words, end) is not None
        return found if closed and (found[0].without or found[0].letters in word.text) else []

    def _with_weak_at(self, pieces: list[Piece]) -> list[Piece]:
        """ "marie à gmail": the at-sign as it is misheard, where no other was said."""
        if any(piece.text == "@" for piece in pieces):
            return pieces
        for index in range(1, len(pieces) - 1):
            piece = pieces[index]
            weak = piece.end == piece.start + 1 and self.words[piece.start] in self.data.weak_at
            if weak and pieces[index + 1].text in self.data.defaults:
                return [*pieces[:index], Piece("@", "sign", piece.start, piece.end), *pieces[index + 1 :]]
        return pieces

    def _letter_names(self, at: int, before: Sequence[Piece]) -> Piece | None:
        """Names of letters and nothing else between two signs: "jota eme", "ce"."""
        behind = bool(before) and before[-1].kind in ("word", "letter", "digits", "known") and before[-1].text not in self.data.explains
        lone = self._sign_follows(at + 1) or (at + 1 < len(self.words) and self.data.withs.at(self.words, at + 1) is not None)
        if behind and not (self.data.lone_letters and lone and before[-1].kind == "word"):
            return None
        letters, end = "", at
        while end < len(self.words) and self.tokens[end].is_word:
            named = self.data.letters.at(self.words, end)
            single = self.words[end] if len(self.words[end]) == 1 else ""
            if not named and not single:
                break
            letters, end = letters + (named[0] if named else _ascii(self.tokens[end].raw)), named[1] if named else end + 1
        closed = self._sign_follows(end) or (end == len(self.words) and bool(before) and before[-1].text == "@")
        closed = closed or (behind and lone) or (end - at > 1 and end < len(self.words) and self._digits(end) is not None)
        if not closed or all(len(word) == 1 for word in self.words[at:end]):
            return None
        if len(letters) < (1 if self.data.lone_letters else 2):
            return None
        return Piece(_ascii(letters), "letter", at, end)

    def _piece(self, at: int, before: Sequence[Piece]) -> Piece:
        token = self.tokens[at]
        if token.kind == "symbol":
            return Piece(token.text, "sign", at, at + 1)
        if (exampled := self._with_example(at)) is not None:
            return exampled
        known, sign, aside = self.data.known.at(self.words, at), self.data.signs.at(self.words, at), self.data.asides.at(self.words, at)
        behind_sign = bool(before) and before[-1].kind == "sign"
        if known and (run := self.spelled.get(at)) and run[1] > known[1]:
            known = None  # "b e n a l i" begins with no "be"
        if known and (not sign or known[1] > sign[1]):
            several = known[1] - at > 1
            fits = several or behind_sign or self._sign_follows(known[1])
            if fits and (several or known[0] not in self.data.endings or (behind_sign and before[-1].text == ".")):
                return Piece(known[0], "known", at, known[1])
        if aside and aside[0] == "dashes":
            return Piece("", "dashes", at, aside[1])
        if sign and behind_sign and before[-1].text == "." and token.text in self.data.endings:
            return Piece(token.text, "known", at, at + 1)  # Austria's "punkt at"
        if sign and not (aside and aside[1] > sign[1]):
            return Piece(sign[0], "sign", at, sign[1])
        named = self._letter_names(at, before) if not (aside and self._sign_follows(aside[1]) and aside[0] == "correction") else None
        if named:
            return named
        spelled = self.spelled.get(at)
        if spelled and not (aside and aside[1] > spelled[1]):
            return Piece(_ascii(spelled[0]).replace(" ", ""), "letter", at, spelled[1])
        single = aside is not None and aside[0] in ("lead", "tail") and aside[1] - at == 1
        alone = single and len(token.text) > 3 and self._at_follows(at + 1) and not (before and before[-1].kind in BODY)
        if aside and not (single and (behind_sign or alone)):
            return Piece("", aside[0].rstrip("s") if aside[0] in ("fillers", "notes") else aside[0], at, aside[1])
        return self._digits(at) or Piece(_ascii(token.raw)[:MAX_WORD], "letter" if len(token.text) == 1 else "word", at, at + 1)

    def _with_example(self, at: int) -> Piece | None:
        """ "s for sugar", "pe de Pamplona"."""
        named = (self.words[at], at + 1) if len(self.words[at]) == 1 else self.data.letters.at(self.words, at)
        liked = self.data.like.at(self.words, named[1]) if named and named[1] < len(self.words) else None
        if not named or not liked or liked[1] >= len(self.words):
            return None
        example = self.words[liked[1]]
        if len(self.words[at]) > 1 and not (at not in self.spelled and self._sign_follows(liked[1] + 1)):
            return None
        return Piece(_ascii(named[0]), "letter", at, liked[1] + 1) if len(example) > 2 and example[0] == fold(named[0]) else None

    def _sign_follows(self, at: int) -> bool:
        return at < len(self.words) and (self.data.signs.at(self.words, at) is not None or self.words[at] in SIGNS)

    def _at_follows(self, at: int) -> bool:
        sign = self.data.signs.at(self.words, at) if at < len(self.words) else None
        return at < len(self.words) and (self.words[at] == "@" or (sign is not None and sign[0] == "@"))

    def _digits(self, at: int) -> Piece | None:
        token = self.tokens[at]
        if token.is_number:
            return Piece(token.text, "digits", at, at + 1)
        if token.text in self.data.zeros and (len(token.text) > 1 or (at and self.tokens[at - 1].is_number)):
            return Piece("0", "digits", at, at + 1)
        times = self.data.repeat.at(self.words, at)
        if times and times[1] < len(self.words):
            digit = cardinal_at(self.words[times[1] : times[1] + 1], 0, self.language)
            if digit and digit[0] < 10:
                return Piece(str(digit[0]) * times[0], "digits", at, times[1] + 1)
            if len(self.words[times[1]]) == 1:
                return Piece(_ascii(self.tokens[times[1]].raw) * times[0], "letter", at, times[1] + 1)
        window: list[str] = []
        ends: list[int] = []
        for index in range(at, min(at + 14, len(self.words))):
            if self.words[index] == "-" and self._hyphen(index):
                continue
            if self.words[index] in SIGNS:
                break
            window.append(self.words[index])
            ends.append(index + 1)
        number = cardinal_at(window, 0, self.language)
        return Piece(str(number[0]), "digits", at, ends[number[1] - 1]) if number else None

    def _hyphen(self, at: int) -> bool:
        """A hyphen inside a word ("quatre-vingt-douze"), not one that stands for itself."""
        return (
            0 < at < len(self.tokens) - 1
            and self.tokens[at - 1].end == self.tokens[at].start
            and self.tokens[at].end == self.tokens[at + 1].start
        )


def _edited(word: str, edits: Sequence[Remark]) -> str:
    for edit in edits:
        word = _ascii(edited(word, edit))
    return word


def _with_dashes(pieces: list[Piece]) -> list[Piece]:
    """ "Autohaus am See, with hyphens in between": the words before the remark are joined by them, where they were said first."""
    kept = list(pieces)
    while (at := next((index for index, piece in enumerate(kept) if piece.kind == "dashes"), None)) is not None:
        start = at
        while start and kept[start - 1].kind in ("word", "letter"):
            start -= 1
        words = [piece.text for piece in kept[start:at]]
        size = len(words)
        first = next((index for index in range(start - size + 1) if [piece.text for piece in kept[index : index + size]] == words), None)
        place = start if first is None else first
        joined = [item for piece in kept[place : place + size] for item in (piece, Piece("-", "sign", piece.start, piece.end))][:-1]
        mark = [replace(kept[at], kind="note")]
        kept = [*kept[:place], *joined, *([] if first is None else kept[place + size : start]), *mark, *kept[at + 1 :]]
    return kept


def said_twice(pieces: list[Piece], explains: frozenset[str]) -> list[Piece]:
    """ "Julie j u l i e" is one word, said and then spelled; "paul bernard en un mot paulbernard" is said twice."""
    kept = list(pieces)
    for index in range(1, len(kept) - 1):
        before, between, after = kept[index - 1 : index + 2]
        spelled = after.kind == "letter" and min(len(before.text), len(after.text)) >= MIN_SPELLED and before.kind in ("word", "letter")
        if between.kind == "lead" and spelled and alike(before.text, after.text):
            kept[index] = replace(between, kind="note")  # "okonkwo, that's o k o n k w o"
    at = len(kept) - 1
    while at > 0:
        again = kept[at]
        before = [index for index in range(_run_start(kept, at), at) if kept[index].kind in BODY]
        if again.kind in ("word", "letter") and len(again.text) >= MIN_SPELLED and before:
            last = kept[before[-1]]
            if last.text == again.text and last.kind in ("word", "letter"):
                del kept[at]  # "m a r t a, marta": spelled and then said, or said twice
                at -= 1
                continue
            whole = len(before) > 1 and _same_whole([kept[index] for index in before], again.text)
            if whole:
                kept = [piece for index, piece in enumerate(kept) if index not in before]
                at -= len(before)
            elif again.kind == "letter" and last.kind == "word" and last.text.endswith(again.text) and last.text != again.text:
                del kept[at]  # "isabelle, deux l e": some of its letters once more
            elif again.kind == "letter" and last.kind == "word" and alike(last.text, again.text):
                del kept[before[-1]]
                at -= 1
        at -= 1
    return _without_explained(kept, explains)


def _without_explained(pieces: list[Piece], explains: frozenset[str]) -> list[Piece]:
    """ "j m de jota eme": short letters, and what they are called."""
    kept = list(pieces)
    for at in range(len(kept) - 1, 1, -1):
        short, joint, letters = kept[at - 2], kept[at - 1], kept[at]
        same = letters.kind == "letter" and letters.text == short.text and short.kind in ("word", "letter")
        if same and joint.kind == "word" and joint.text in explains:
            del kept[at - 1 : at + 1]
    return kept


def _same_whole(parts: Sequence[Piece], whole: str) -> bool:
    """Whether some pieces make a word, written as they are, or the first of them by its first letter."""
    rest = "".join(piece.text for piece in parts[1:])
    return whole in (parts[0].text + rest, parts[0].text[:1] + rest)


def _run_start(pieces: Sequence[Piece], at: int) -> int:
    """Where the words begin that stand before a place with no sign between."""
    start = at
    while start > 0 and pieces[start - 1].kind in (*BODY, "note", "filler"):
        start -= 1
    return start
