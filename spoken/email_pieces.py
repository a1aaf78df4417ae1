"""An e-mail address as it is dictated, in pieces: signs, words, letters, digits, and what is said about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spoken.email_repeats import said_twice, with_dashes
from spoken.email_words import BODY, Piece, ascii_letters, email_words
from spoken.normalise import Token, fold, tokenise
from spoken.numerals import cardinal_at
from spoken.spelling import code_letter, spelled_runs
from spoken.spelling_remarks import Remark, edited, remarks_at

__all__ = ["MAX_LOCAL", "SIGNS", "Listener"]

_MAIL: Final = re.compile(r"\b[eE]-[mM]ail(?:-[aA]dress?e?)?\b|\b(?:[eE]?[mM]ail)-[aA]dress?e?\b")
"""Words for the thing itself, in which a hyphen is no sign of an address."""
SIGNS: Final = frozenset("@.-_+")
MAX_LOCAL: Final = 24
"""Pieces before the at-sign that are looked at."""
MAX_WORD: Final = 40
MIN_SPELLED: Final = 3


class Listener:
    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language
        text = _MAIL.sub(lambda match: match.group().replace("-", " "), text)
        self.data = email_words(language)
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
        return self._with_weak_at(said_twice(with_dashes(self._names_of_places(found)), self.data.explains))

    def _names_of_places(self, pieces: list[Piece]) -> list[Piece]:
        """A number between two words behind the at-sign is a word of the name: "garage des trois ponts"."""
        at = next((index for index, piece in enumerate(pieces) if piece.text == "@"), len(pieces))
        kept = list(pieces)
        for index in range(at + 2, len(pieces) - 1):
            piece = pieces[index]
            between = pieces[index - 1].kind == pieces[index + 1].kind == "word"
            if between and piece.kind == "digits" and piece.end == piece.start + 1 and not self.tokens[piece.start].is_number:
                kept[index] = replace(piece, text=ascii_letters(self.tokens[piece.start].raw), kind="word")
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
        several = at + 1 < len(self.words) and self._sign_follows(at + 2) and self.data.letters.at(self.words, at + 1) is not None
        if behind and not (self.data.lone_letters and (lone or several) and before[-1].kind == "word"):
            return None  # "Ana be ge arroba"
        letters, end = "", at
        while end < len(self.words) and self.tokens[end].is_word:
            named = self.data.letters.at(self.words, end)
            single = self.words[end] if len(self.words[end]) == 1 else ""
            if not named and not single:
                break
            letters, end = letters + (named[0] if named else ascii_letters(self.tokens[end].raw)), named[1] if named else end + 1
        note = self.data.asides.at(self.words, end) if end < len(self.words) else None
        closed = self._sign_follows(note[1] if note and note[0] == "notes" else end) or (
            end == len(self.words) and bool(before) and before[-1].text == "@"
        )
        sure = all(word in self.data.sure_letters for word in self.words[at:end])
        before_a_name = not behind and sure and end > at and end < len(self.words)
        closed = closed or before_a_name or (behind and lone) or (end - at > 1 and end < len(self.words) and self._digits(end) is not None)
        if not closed or all(len(word) == 1 for word in self.words[at:end]):
            return None
        if len(letters) < (1 if self.data.lone_letters else 2):
            return None
        return Piece(ascii_letters(letters), "letter", at, end)

    def _piece(self, at: int, before: Sequence[Piece]) -> Piece:
        token = self.tokens[at]
        if token.kind == "symbol":
            return Piece(token.text, "sign", at, at + 1)
        if (exampled := self._with_example(at, before)) is not None:
            return exampled
        if token.text in self.data.articles and self._with_example(at + 1, before) is not None:
            return Piece("", "filler", at, at + 1)  # "La a de Antonio"
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
        spelled = self.spelled.get(at)
        if named and not (spelled and spelled[1] > named.end):  # "Jot wie Julius em wie Martha" is one run
            return named
        if spelled and not (aside and aside[1] > spelled[1]):
            return Piece(ascii_letters(spelled[0]).replace(" ", ""), "letter", at, spelled[1])
        single = aside is not None and aside[0] in ("lead", "tail") and aside[1] - at == 1
        alone = single and len(token.text) > 3 and self._at_follows(at + 1) and not (before and before[-1].kind in BODY)
        if aside and not (single and (behind_sign or alone)):
            return Piece("", aside[0].rstrip("s") if aside[0] in ("fillers", "notes") else aside[0], at, aside[1])
        return self._digits(at) or Piece(ascii_letters(token.raw)[:MAX_WORD], "letter" if len(token.text) == 1 else "word", at, at + 1)

    def _with_example(self, at: int, before: Sequence[Piece] = ()) -> Piece | None:
        """ "s for sugar", "pe de Pamplona"; its name only where nothing else is meant: "be de Barcelona", not "té de tila"."""
        if at >= len(self.words):
            return None
        named = (self.words[at], at + 1) if len(self.words[at]) == 1 else self.data.letters.at(self.words, at)
        liked = self.data.like.at(self.words, named[1]) if named and named[1] < len(self.words) else None
        if not named or not liked or liked[1] >= len(self.words):
            return None
        example = self.words[liked[1]]
        if len(self.words[at]) > 1 and not self._means_a_letter(at, liked[1], before):
            return None
        return Piece(ascii_letters(named[0]), "letter", at, liked[1] + 1) if len(example) > 2 and example[0] == fold(named[0]) else None

    def _means_a_letter(self, at: int, example: int, before: Sequence[Piece]) -> bool:
        """Whether what may be the name of a letter is one, with its `example` behind it."""
        last = before[-1] if before else None
        row = last is not None and last.kind == "letter" and last.end == at and last.end - last.start > 1  # "a de Antonio, | be de Burgos"
        compared = self.data.comparing.at(self.words, at + 1)
        known = self.words[at] in self.data.sure_letters or code_letter(self.words, example, self.language) is not None
        known = known or (compared is not None and compared[1] == example)
        return (at not in self.spelled and (known or self._sign_follows(example + 1))) or row

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
            if self.words[times[1]] in self.data.zeros and at and self._digits(at - 1) is not None:
                return Piece("0" * times[0], "digits", at, times[1] + 1)  # "two double o three"
            if len(self.words[times[1]]) == 1:
                return Piece(ascii_letters(self.tokens[times[1]].raw) * times[0], "letter", at, times[1] + 1)
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
        word = ascii_letters(edited(word, edit))
    return word
