"""What the business itself says, prepared for comparing: one language, built once."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from frontdesk.business import Business
from frontdesk.prompting.audit.sentence import Number, Sentence
from frontdesk.prompting.audit.words import AuditWords, flatten
from integrations.knowledge.port import Passage
from spoken.lexicon import load

__all__ = ["Knowledge", "Mention"]

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_WORD: Final = re.compile(r"\w+")
_TELLING: Final = 3
"""So many words with a meaning of their own, all in one text of the house, are no accident."""
_SHORTEST_STEM: Final = 4
_LONG: Final = 10


@lru_cache(maxsize=8)
def _first_names(language: str) -> frozenset[str]:
    return frozenset(flatten(str(name)) for name in load(language, "names").get("first_names", ()))


@dataclass(frozen=True, slots=True)
class Mention:
    """Something of the business named in a sentence."""

    id: str
    start: int
    end: int


def _finder(names: dict[str, tuple[str, ...]]) -> tuple[re.Pattern[str], dict[str, str]]:
    ids: dict[str, str] = {}
    for key, phrases in names.items():
        for phrase in phrases:
            ids.setdefault(" ".join(flatten(phrase).split()), key)
    ordered = sorted(ids, key=len, reverse=True)
    alternatives = "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in ordered)
    return re.compile(rf"(?<!\w)({alternatives})(?:s|e|n|es|en)?(?!\w)" if ordered else r"(?!)"), ids


def _say_words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(flatten(text)))


class _Statement:
    """A text of the house, to be compared with other wordings of it."""

    def __init__(self, text: Sentence, asked_as: str, words: AuditWords) -> None:
        self._same = words.same
        asked = [word for word in _WORD.findall(asked_as) if len(word) > 2 and word not in words.common]
        self._subject = self._meant(word for word in asked if word not in words.glue and not words.small_talk.is_frame(word))
        self._clauses = [(self._meant(_WORD.findall(text.plain[start:end])), text.has_negation(start, end)) for start, end in text.clauses]
        self._words = self._meant(_WORD.findall(text.plain))

    def says(self, left: Sequence[str], subject: AbstractSet[str], *, denied: bool) -> bool:
        """All the words `left`, in a clause that denies as much; one word of `subject` at least asks for the text, or three stand in it."""
        if not all(self._among(word, self._words) for word in left):
            return False
        named = any(self._among(word, self._subject) or self._compounded(word) for word in subject)
        if not named and sum(self._among(word, self._words) for word in subject) < _TELLING:
            return False
        shared = [(sum(self._among(word, said) for word in left), negated) for said, negated in self._clauses]
        most = max(number for number, _ in shared)
        return any(number == most and negated is denied for number, negated in shared)

    def speaks_of(self, words: Iterable[str]) -> bool:
        """Whether all of these words are in the text or in what callers ask for it with."""
        return all(self._among(word, self._words) or self._among(word, self._subject) for word in words)

    def is_asked_for(self, subject: AbstractSet[str]) -> bool:
        """Whether one of these words is one by which callers ask for the text."""
        return any(self._among(word, self._subject) for word in subject)

    def _meant(self, words: Iterable[str]) -> frozenset[str]:
        """The words, and what stands for them and for all that mean the same."""
        found = frozenset(words)
        return found.union(*(self._same.of(word) for word in found))

    def _among(self, word: str, words: AbstractSet[str]) -> bool:
        return _among(word, words) or not words.isdisjoint(self._same.of(word))

    def _compounded(self, word: str) -> bool:
        """ "Metrostation" is about the Metro."""
        return any(len(each) >= _SHORTEST_STEM and word.startswith(each) for each in self._subject)


def _among(word: str, words: AbstractSet[str]) -> bool:
    """Whether a word, or another form of it, is one of these."""
    if word in words:
        return True
    stem = max(_SHORTEST_STEM, len(word) - 2)
    return len(word) >= _SHORTEST_STEM and any(other[:stem] == word[:stem] and abs(len(other) - len(word)) <= 2 for other in words)


class Knowledge:
    """Names, services, staff and the sentences of the house in one language."""

    def __init__(self, business: Business, words: AuditWords, passages: Iterable[Passage] = ()) -> None:
        language = words.language
        written = [passage for passage in passages if passage.language == language]
        self.business = business
        self.words = words
        says = [answer.says[language] for answer in business.answers().values()]
        says += [service.about[language] for service in business.services.values() if service.about]
        says += [family.question[language] for family in business.families.values()]
        says += [passage.text for passage in written]
        parts = [part for text in says for part in (text, *_SENTENCE.split(text))]
        self.sentences = frozenset(_bare(part) for part in parts)
        self.texts = [Sentence(text, words) for text in says]
        asked = [" ".join(phrases) for phrases in business.answer_vocabulary(language).values()]
        answers = len(asked)
        asked += [service.name[language] for service in business.services.values() if service.about]
        asked += [""] * len(business.families) + [" ".join(passage.asked_as) for passage in written]
        self._statements = [_Statement(text, flatten(more), words) for text, more in zip(self.texts, asked, strict=True)]
        self._answers = [*self._statements[:answers], *self._statements[len(says) - len(written) :]]
        self.subjects = [self.content(f"{_without_numbers(text)} {flatten(more)}") for text, more in zip(self.texts, asked, strict=True)]
        self._service, self._service_ids = _finder(
            {key: (*names, service.name_with_article[language])
             for (key, names), service in zip(business.vocabulary(language).items(), business.services.values(), strict=True)}
        )  # fmt: skip
        self._family, self._family_ids = _finder(dict(business.family_vocabulary(language)))
        self._staff, self._staff_ids = _finder(dict(business.staff_vocabulary(language)))
        self._missing, self._missing_ids = _finder(dict(business.not_offered_vocabulary(language)))
        everything = [business.name, business.address.street, business.address.city, *says]
        everything += [word for names in business.staff_vocabulary(language).values() for word in names]
        everything += [name for service in business.services.values() for name in service.name.values()]
        self.known_words = frozenset().union(*map(_say_words, everything)) | words.capitals
        own = (business.address.street, business.address.city)
        self.name = re.compile(rf"(?<!\w){re.escape(flatten(business.name))}(?!\w)")
        self.own_names = frozenset().union(*map(_say_words, own))
        vocabularies = (business.vocabulary(language), business.family_vocabulary(language))
        named = [name for vocabulary in vocabularies for names in vocabulary.values() for name in names]
        plural = ("", "s", "n", "en", "e", "es")
        self.service_words = frozenset(word + end for name in named for word in _say_words(name) if len(word) > 3 for end in plural)
        self.staff_names = frozenset().union(*(_say_words(n) for names in business.staff_vocabulary(language).values() for n in names))
        self.first_names = frozenset().union(*(_first_names(each) for each in ("fr", "de", "en", "es")))

    def content(self, plain: str, *, longer_than: int = 3) -> frozenset[str]:
        """The words that say what a text is about."""
        return frozenset(word for word in _WORD.findall(plain) if len(word) > longer_than and word not in self.words.common)

    def services_in(self, plain: str) -> list[Mention]:
        """Services named in a flattened text, in order."""
        return self._mentions(self._service, self._service_ids, plain)

    def families_in(self, plain: str) -> list[Mention]:
        """Vague words for services in a flattened text."""
        return self._mentions(self._family, self._family_ids, plain)

    def staff_in(self, plain: str) -> list[Mention]:
        """Members of staff named in a flattened text, in order."""
        return self._mentions(self._staff, self._staff_ids, plain)

    def missing_in(self, plain: str) -> list[Mention]:
        """What the business does not do, named in a flattened text."""
        return self._mentions(self._missing, self._missing_ids, plain)

    def is_own_sentence(self, text: str) -> bool:
        """Whether the business says just this."""
        return _bare(text) in self.sentences

    def about(self, plain: str) -> list[tuple[Sentence, frozenset[str]]]:
        """The texts of the house that share most words with a flattened text, with what they are about; none when they share no word."""
        words = self.content(plain)
        shared = [len(words & subject) for subject in self.subjects]
        most = max(shared, default=0)
        return [(t, s) for t, s, n in zip(self.texts, self.subjects, shared, strict=True) if most and n == most]

    def asked(self, plain: str) -> list[Sentence]:
        """The texts of the house that a flattened text names by a word that callers ask for them with."""
        subject = self.content(plain, longer_than=2)
        return [text for text, statement in zip(self.texts, self._statements, strict=True) if statement.is_asked_for(subject)]

    def has_statement(self, left: Sequence[str], clause: Sequence[str], subject: AbstractSet[str], *, denied: bool) -> bool:
        """Whether one text of the house on this subject says all the words `left` of a clause, affirmed or denied alike."""
        talk = self.words.small_talk
        # Whom or what a rule is for belongs to it: that the dog may come says nothing of the cat.
        named = [word for word in clause if word not in left and talk.is_of_life([word])]
        telling = [word for word in left if word not in self.words.glue and not talk.is_frame(word)]
        close = [text for text in self._statements if text.speaks_of(named)]
        if not telling:
            subject = self.content(" ".join(clause), longer_than=2)
            return any(text.is_asked_for(subject) and text.says((), subject, denied=denied) for text in close if text in self._answers)
        return any(text.says(telling, subject, denied=denied) for text in close)

    def ordinals(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Words before a long word that a text of the house on the same subject has before the same word: "*eleventh* arrondissement"."""
        pairs = [pair for pair in itertools.pairwise(_WORD.finditer(sentence.plain)) if len(pair[1].group()) >= _LONG]
        for text, _ in self.about(sentence.plain) if pairs else ():
            for first, second in pairs:
                if re.search(rf"(?<!\w){first.group()}\s+{second.group()}(?!\w)", text.plain):
                    yield first.span()

    def has_number(self, sentence: Sentence, number: Number) -> bool:
        """Whether a text of the house on the same subject has this number, before or behind the same word."""
        before, behind = _neighbours(sentence, number)
        about = self.content(_without_numbers(sentence))
        close = self.about(_without_numbers(sentence))
        for text, subject in close:
            for other in text.numbers:
                if other.value != number.value:
                    continue
                left, right = _neighbours(text, other)
                shared = {word for word in ({right} & {behind} | {left} & {before}) if len(word) > 2}
                if (shared and (about & subject) - shared) or len(about & subject) > 1 or about & subject & self.own_names:
                    return True
        return False

    @staticmethod
    def _mentions(pattern: re.Pattern[str], ids: dict[str, str], plain: str) -> list[Mention]:
        return [Mention(ids[" ".join(m[1].split())], m.start(), m.end()) for m in pattern.finditer(plain)]


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(flatten(text)))


def _without_numbers(sentence: Sentence) -> str:
    """The flattened text without its numbers, which say nothing about the subject."""
    signs = list(sentence.plain)
    for number in sentence.numbers:
        start, end = number.span
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def _neighbours(sentence: Sentence, number: Number) -> tuple[str, str]:
    tokens = sentence.tokens
    first = number.first - 1
    if first > 0 and flatten(tokens[first].raw) in sentence.words.numbers_between:
        first -= 1  # "lines five and nine": the nine goes with the five
    before = flatten(tokens[first].raw) if first >= 0 else ""
    behind = flatten(tokens[number.last].raw) if number.last < len(tokens) else ""
    return before, behind
