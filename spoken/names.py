"""Names of people, out of a sentence or alone, heard, spelled, or both.

A name stands behind a cue ("je m'appelle", "hier ist", "it's"), before one ("Marie Dupont à l'appareil"), or is all that was
said when it was asked for. Everything else is no name, however much it looks like one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from spoken.lexicon import load
from spoken.name_writing import MIN_SPELLED, alike, correct_name, spelled_out, with_letter, with_letters, write_name
from spoken.normalise import PhraseBook, Token, fold, fold_words, tokenise
from spoken.numerals import cardinal_at
from spoken.reading import NOTHING, Reading, Status
from spoken.spelling import Spelled, certain_letter, spelled_runs

__all__ = ["correct_name", "read_name"]

MAX_WORDS: Final = 5
"""Words of one name, particles not counted."""
MAX_ALONE: Final = 4
MAX_PARTICLES: Final = 2


@dataclass(frozen=True, slots=True)
class _Words:
    cues: PhraseBook[bool]
    """True for a weak one."""
    after: PhraseBook[bool]
    skipped: PhraseBook[str]
    """Titles, relations and fillers."""
    links: PhraseBook[str]
    stops: PhraseBook[bool]
    particles: PhraseBook[bool]
    withs: PhraseBook[bool]
    two: PhraseBook[bool]
    at_end: PhraseBook[bool]
    corrections: PhraseBook[bool]
    refusals: PhraseBook[bool]
    not_names: frozenset[str]
    homophones: PhraseBook[str]
    capital_nouns: bool
    first_names: frozenset[str]
    letters: PhraseBook[str]
    hyphens: PhraseBook[bool]
    ordinary_surnames: frozenset[str]


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    data: Any = load(language, "names")
    weak = {fold_words(phrase) for phrase in data["weak_cues"]}
    cues = {str(phrase): fold_words(phrase) in weak for phrase in [*data["cues"], *data["weak_cues"]]}
    links = dict.fromkeys(data["surname_links"], "surname") | dict.fromkeys(data["first_links"], "first")
    return _Words(
        cues=PhraseBook(cues),
        after=PhraseBook(dict.fromkeys(data["after"], True)),
        skipped=PhraseBook([(phrase, kind) for kind in ("fillers", "titles", "relations") for phrase in data[kind]]),
        links=PhraseBook(links),
        stops=PhraseBook(dict.fromkeys(data["stops"], True)),
        particles=PhraseBook(dict.fromkeys(data["particles"], True)),
        withs=PhraseBook(dict.fromkeys(data["with"], True)),
        two=PhraseBook(dict.fromkeys(map(str, data["two"]), True)),
        at_end=PhraseBook(dict.fromkeys(data["at_end"], True)),
        corrections=PhraseBook(dict.fromkeys(map(str, data["corrections"]), True)),
        refusals=PhraseBook(dict.fromkeys(map(str, data["refusals"]), True)),
        not_names=frozenset(word for phrase in data["not_names"] for word in fold_words(str(phrase))),
        homophones=PhraseBook(data["homophones"]),
        capital_nouns=bool(data["capital_nouns"]),
        first_names=frozenset(fold(name) for name in data["first_names"]),
        letters=PhraseBook((name, letter) for letter, names in load(language, "letters")["names"].items() for name in names),
        hyphens=PhraseBook(dict.fromkeys(data["hyphens"], True)),
        ordinary_surnames=frozenset(fold(word) for word in data["ordinary_surnames"]),
    )


@dataclass
class _Found:
    """A name being collected from its words."""

    heard: list[str] = field(default_factory=list)
    spelled: list[str] = field(default_factory=list)
    roles: dict[str, list[str]] = field(default_factory=dict)
    first: int = -1
    last: int = -1
    count: int = 0
    known: bool = False
    """One of its words is a frequent first name."""
    capitals: int = 0

    @property
    def empty(self) -> bool:
        return not self.heard and not self.spelled


class _Reader:
    def __init__(self, text: str, language: str, exclude: frozenset[str]) -> None:
        self.text = text
        self.language = language
        self.data = _words(language)
        self.tokens: list[Token] = [token for token in tokenise(text) if token.kind != "symbol"]
        self.words = [token.text for token in self.tokens]
        self.spelled: dict[int, Spelled] = {run.first: run for run in spelled_runs(text, language)}
        self.exclude = exclude
        self.shouted = text.isupper()

    def is_capital(self, at: int) -> bool:
        return not self.shouted and self.tokens[at].raw[:1].isupper()

    def name_like(self, at: int) -> bool:
        """A word that may be part of a name."""
        token = self.tokens[at]
        if token.kind != "word" or len(token.text) < 2 or len(token.text) > 30:
            return False
        if token.text in self.exclude:
            return False
        if token.text in self.data.not_names:
            return False
        return cardinal_at(self.words[at : at + 1], 0, self.language) is None

    def joined_to_next(self, at: int) -> str | None:
        """The hyphen or apostrophe between this token and the next."""
        if at + 1 >= len(self.tokens) or self.tokens[at].end + 1 != self.tokens[at + 1].start:
            return None
        sign = self.text[self.tokens[at].end]
        return "-" if sign in "-‐‑" else "'" if sign in "'’ʼ" else None

    def skip(self, at: int, kinds: Sequence[str] = ("fillers", "titles", "relations")) -> int:
        while at < len(self.tokens):
            found = self.data.skipped.at(self.words, at)
            if not found or found[0] not in kinds or (self.spelled.get(at) is not None):
                return at
            at = found[1]
        return at

    def collect(self, at: int) -> tuple[_Found, int]:
        """The name that begins at a place, and where it ends."""
        found = _Found()
        role = ""
        while at < len(self.tokens) and found.count < MAX_WORDS:
            run = self.spelled.get(at)
            if run is not None:
                self._take(found, run.word, at, run.last, role, spelled=True)
                at = run.last
                continue
            if not found.empty and self.data.after.at(self.words, at):
                break
            link = self.data.links.at(self.words, at)
            if link and self._name_follows(link[1]):
                role, at = link[0], link[1]
                continue
            if (
                self.data.skipped.at(self.words, at)
                and (moved := self.skip(at, ("titles", "relations"))) > at
                and self._name_follows(moved)
            ):
                at = moved
                continue
            if (refused := self._refused_letters(found, at)) > at:
                at = refused
                continue
            taken = self._take_word(found, at, role)
            if taken == at and self._is_surname(found, at):
                self._take(found, self.tokens[at].raw, at, at + 1, role)
                return found, at + 1
            if taken == at:
                if (
                    not found.empty
                    and (stop := self.data.skipped.at(self.words, at))
                    and stop[0] == "fillers"
                    and (self.spelled.get(stop[1]) or self.data.links.at(self.words, stop[1]) if stop[1] < len(self.tokens) else None)
                ):
                    at = stop[1]
                    continue
                if not found.empty and self.data.withs.at(self.words, at):
                    break
                if (
                    not found.empty
                    and (stopped := self.data.stops.at(self.words, at))
                    and stopped[1] < len(self.tokens)
                    and self.spelled.get(stopped[1])
                ):
                    at = stopped[1]
                    continue
                break
            at = taken
        return found, at

    def _name_follows(self, at: int) -> bool:
        return at < len(self.tokens) and (self.name_like(at) or at in self.spelled or bool(self.data.particles.at(self.words, at)))

    def _take(self, found: _Found, word: str, first: int, last: int, role: str, *, spelled: bool = False) -> None:
        (found.spelled if spelled else found.heard).append(word)
        if role:
            found.roles.setdefault(role, []).append(word)
        found.first = first if found.first < 0 else found.first
        found.last = last
        found.count += 1

    def _take_word(self, found: _Found, at: int, role: str, depth: int = 0) -> int:
        """One word of a name, with its particles and what a hyphen or apostrophe joins to it; `at` when there is none."""
        swapped = self.data.homophones.at(self.words, at)
        if swapped and not self.is_capital(at):
            self._take(found, swapped[0], at, swapped[1], role)
            return swapped[1]
        elided = len(self.words[at]) == 1 and self.joined_to_next(at) == "'" and at + 1 < len(self.tokens) and self.name_like(at + 1)
        elided = elided and (self.is_capital(at) or not self.data.stops.at(self.words, at))
        particle = None if elided else self.data.particles.at(self.words, at)
        if (
            particle
            and depth < MAX_PARTICLES
            and self._after_particle(particle[1])
            and (not found.empty or self.is_capital(at) or len(self.words[at]) > 1)
        ):
            if found.empty and not self.is_capital(at) and self.words[at] in self.data.not_names and not self.is_capital(particle[1]):
                return at
            following = self._take_word(_Found(), particle[1], role, depth + 1)
            if following > particle[1]:
                for index in range(at, particle[1]):
                    self._append(found, index, role)
                found.count -= particle[1] - at
                return particle[1]
        if not elided and (not self.name_like(at) or (self.data.stops.at(self.words, at) and not self.is_capital(at))):
            return at
        word, end = self.tokens[at].raw, at + 1
        while end < len(self.tokens) and (sign := self.joined_to_next(end - 1)):
            word, end = word + sign + self.tokens[end].raw, end + 1
        while (joint := self._hyphen(end)) is not None:
            word, end = f"{word}-{self.tokens[joint].raw}", joint + 1
        self._take(found, word, at, end, role)
        found.known = found.known or self.words[at] in self.data.first_names
        found.capitals += self.is_capital(at)
        return end

    def _hyphen(self, at: int) -> int | None:
        """Where the second part begins, when the word for a hyphen stands at a place."""
        said = self.data.hyphens.at(self.words, at) if at < len(self.words) else None
        return said[1] if said and said[1] < len(self.words) and said[1] not in self.spelled and self.name_like(said[1]) else None

    def _refused_letters(self, found: _Found, at: int) -> int:
        """ "M A C not M C": where the letters end that are refused behind those that were spelled; `at` when none are."""
        refusal = self.data.refusals.at(self.words, at) if found.spelled else None
        refused = self.spelled.get(refusal[1]) if refusal else None
        return refused.last if refused else at

    def _is_surname(self, found: _Found, at: int) -> bool:
        """ "Jean Bon": an ordinary word that is written as a name, last of all, right behind a first name."""
        behind = found.known and found.count == 1 and found.capitals == 1 and found.last == at == len(self.words) - 1
        close = behind and self.text[self.tokens[at - 1].end : self.tokens[at].start] == " "
        return close and self.is_capital(at) and self.words[at] in self.data.ordinary_surnames and self.words[at] not in self.exclude

    def _append(self, found: _Found, index: int, role: str) -> None:
        joint = self.joined_to_next(index)
        self._take(found, self.tokens[index].raw + ("'" if joint == "'" and len(self.words[index]) > 1 else ""), index, index + 1, role)

    def _after_particle(self, at: int) -> bool:
        return at < len(self.tokens) and self.name_like(at)

    def details(self, at: int, words: list[str]) -> int:
        """ "avec un t à la fin", "mit zwei n": puts the last words of the name right; returns where it ends."""
        start = self.data.withs.at(self.words, at) if at < len(self.words) else None
        if not start or not words:
            return at
        twice = self.data.two.at(self.words, start[1]) if start[1] < len(self.words) else None
        if twice is None and any(self.data.two.at(self.words, index) for index in range(at, start[1])):
            twice = True, start[1]
        entire = self.spelled.get(start[1])
        if entire is not None and (whole := spelled_out(words[-1], entire.word)) is not None:
            words[-1] = whole
            return entire.last
        where = twice[1] if twice else start[1]
        if where >= len(self.tokens):
            return at
        run = self.spelled.get(where)
        if run is not None:
            words[-1] = spelled_out(words[-1], run.word) or with_letters(words[-1], run.word)
            return run.last
        letter = certain_letter(self.tokens[where]) or (self.data.letters.at(self.words, where) or (None,))[0]
        if letter is None:
            return at
        end = where + 1
        if end < len(self.words) and self.words[end] == "s" and self.joined_to_next(end - 1) == "'":
            end += 1  # "two n's"
        final = self.data.at_end.at(self.words, end) if end < len(self.words) else None
        if not final and (further := self._letter_at_end(end)) is not None:
            words[-1] = with_letter(with_letter(words[-1], letter, bool(twice), False), further[0], False, True)
            return further[1]
        words[-1] = with_letter(words[-1], letter, bool(twice), bool(final))
        end = final[1] if final else end
        again = self.spelled.get(end)
        if again is not None and len(again.word) >= MIN_SPELLED and alike(words[-1], again.word):
            words[-1], end = again.word, again.last  # "with an E on the end, C L A R K E"
        return end

    def _letter_at_end(self, at: int) -> tuple[str, int] | None:
        """ "(with a w) and at the end an i": the second remark on a spelling."""
        linked = self.data.stops.at(self.words, at) if at < len(self.words) else None
        final = self.data.at_end.at(self.words, linked[1]) if linked and linked[1] < len(self.words) else None
        letter = certain_letter(self.tokens[final[1]]) if final and final[1] < len(self.words) else None
        return (letter, final[1] + 1) if final and letter else None

    def rest_is_idle(self, at: int) -> bool:
        """Nothing but fillers, or something that plainly is another matter, behind the name."""
        at = self.skip(at, ("fillers", "titles"))
        return (
            at >= len(self.tokens)
            or bool(self.data.stops.at(self.words, at))
            or self.tokens[at].is_number
            or cardinal_at(self.words, at, self.language) is not None
        )

    def candidates(self) -> Iterator[tuple[int, bool]]:
        """Where a name may begin behind a cue, and whether the cue is weak."""
        for weak, start, end in self.data.cues.find(self.words):
            yield (start if self.data.links.at(self.words, start) else end), weak


def _words_of(found: _Found) -> list[str]:
    """Heard and spelled parts as one name, in order."""
    heard, spelled = list(found.heard), list(found.spelled)
    fresh: list[str] = []
    for word in spelled:
        if any(_covers(other, word) for other in heard):
            continue
        place = next((index for index, other in enumerate(heard) if alike(other, word) or _compact(heard[index:]) == fold(word)), None)
        if place is None:
            fresh.append(word)
        elif alike(heard[place], word):
            heard[place] = word
        else:
            heard[place:] = [word]
    if found.roles.get("surname") and len(heard) + len(fresh) > len(found.roles["surname"]):
        surnames = found.roles["surname"]
        kept = [word for word in [*heard, *fresh] if word not in surnames]
        replaced = [next((word for word in [*heard, *fresh] if alike(word, name) and word not in kept), name) for name in surnames]
        return [*kept, *dict.fromkeys(replaced)]
    together = [*heard, *fresh]
    firsts = [word for word in together if word in found.roles.get("first", ())]
    return [*firsts, *(word for word in together if word not in firsts)]


def _covers(heard: str, letters: str) -> bool:
    """A few letters out of the word that was just said ("Mackenzie M A C") replace nothing and add nothing."""
    whole, part = fold(heard), fold(letters)
    return len(part) < len(whole) - 1 and (whole.startswith(part) or whole.endswith(part)) and not alike(heard, letters)


def _compact(words: Sequence[str]) -> str:
    return fold("".join(words))


def _finish(reader: _Reader, found: _Found, end: int) -> Reading:
    words = _words_of(found)
    if len(words) >= 3 and fold(words[0]) == fold(words[-1]):
        words = words[1:]  # "Bond, James Bond"
    last = max(reader.details(end, words), found.last)
    value = write_name([part for word in words for part in word.split(" ") if part], reader.language)
    span = (reader.tokens[found.first].start, reader.tokens[last - 1].end)
    letters = sum(map(len, found.spelled))
    if not found.heard and letters < MIN_SPELLED:
        return Reading(Status.PREFIX, value, span)
    remarked = any(index in reader.spelled and len(reader.spelled[index].word) >= MIN_SPELLED for index in range(end, last))
    mentions = frozenset({"spelled"} if found.spelled or remarked else ()) | frozenset({"heard"} if found.heard else ())
    return Reading(Status.COMPLETE, value, span, mentions=mentions)


def _trusted(reader: _Reader, found: _Found, end: int, weak: bool, asked: bool) -> bool:
    """Whether what stands behind a cue is a name."""
    if found.empty:
        return False
    if found.spelled and sum(map(len, found.spelled)) >= MIN_SPELLED:
        return True
    if found.count > MAX_WORDS or (not weak and found.count <= MAX_ALONE):
        return found.count <= MAX_ALONE
    capitals = found.capitals >= (2 if reader.data.capital_nouns else 1)
    if found.count <= MAX_ALONE and (capitals or (found.known and found.count > 1)):
        return True
    corrected = end < len(reader.words) and reader.data.corrections.at(reader.words, end) is not None
    return asked and found.count <= 3 and (reader.rest_is_idle(end) or corrected)


def read_name(text: str, language: str, asked: bool, exclude: frozenset[str] = frozenset()) -> Reading:
    """The name of a person in an utterance, written with its capitals.

    `asked`: the caller was asked for it, so that a name without any cue counts when nothing else was said. `exclude` are
    folded words that are no names here, such as those of the services. Mentions: "heard", "spelled" - a name with only
    "spelled" may be a part of one that was heard before, see :func:`correct_name`.
    """
    reader = _Reader(text, language, exclude)
    if not reader.tokens:
        return NOTHING
    best: tuple[int, Reading] | None = None
    for start, weak in reader.candidates():
        found, end = reader.collect(reader.skip(start))
        if _trusted(reader, found, end, weak, asked):
            reading = _put_right(reader, _finish(reader, found, end), found, end)
            rank = (0 if weak else 10) + found.count
            if best is None or rank >= best[0]:
                best = (rank, reading)
    alone = _alone(reader) if asked else NOTHING
    if asked and (refused := _instead(reader)) is not None:
        return refused
    if best is not None and alone.complete and len(alone.value) > len(best[1].value):
        return alone  # "martin m a r t i n prénom paul": the cue stands in the middle of the name
    if best is not None:
        return best[1]
    for _, start, _end in reader.data.after.find(reader.words):
        first = start
        while first > 0 and reader.name_like(first - 1) and start - first < MAX_ALONE:
            first -= 1
        if first < start:
            found, end = reader.collect(first)
            if end >= start and not found.empty:
                return _finish(reader, found, end)
    return alone


def _alone(reader: _Reader) -> Reading:
    """All that was said, when a name was asked for."""
    found, end = reader.collect(reader.skip(0))
    if found.empty or found.count > MAX_ALONE + 1:
        return NOTHING
    after = reader.details(end, _words_of(found) or [""])
    first = _finish(reader, found, end)
    right = _put_right(reader, first, found, end)
    if right is not first:
        return right
    return first if reader.rest_is_idle(max(end, after)) else NOTHING


def _put_right(reader: _Reader, reading: Reading, found: _Found, end: int) -> Reading:
    """The reading after "no sorry" and another name, or a part of it."""
    correction = reader.data.corrections.at(reader.words, end) if 0 < end < len(reader.words) else None
    at = reader.skip(correction[1]) if correction else end
    if not correction or at >= len(reader.words):
        return reading
    again, last = reader.collect(at)
    if again.empty or not (again.count >= found.count or again.spelled or again.count == 1):
        return reading
    if not (again.spelled or again.known or reader.rest_is_idle(last)):
        return reading
    fresh = _finish(reader, again, last)
    if not fresh.complete or not reading.complete:
        return fresh if fresh.complete else reading
    value = fresh.value if again.count >= found.count and again.count > 1 else correct_name(reading.value, fresh.value)
    return Reading(Status.COMPLETE, value, fresh.span, mentions=reading.mentions | fresh.mentions)


def _instead(reader: _Reader) -> Reading | None:
    """ "Not Martin, Marton": the name behind the one that is refused, when it is like it or spelled."""
    start = 0
    refusal = reader.data.refusals.at(reader.words, start)
    if refusal is None or refusal[1] >= len(reader.words):
        return None
    wrong, end = reader.collect(refusal[1])
    if wrong.empty:
        return None
    correction = reader.data.corrections.at(reader.words, end) if end < len(reader.words) else None
    if correction:
        right, last = reader.collect(reader.skip(correction[1])) if correction[1] < len(reader.words) else (_Found(), end)
        if right.empty or not reader.rest_is_idle(last):
            return None
        return _finish(reader, right, last)
    if wrong.spelled and wrong.heard:
        said = {fold(word) for word in wrong.spelled}
        wrong.heard = [word for word in wrong.heard if fold(word) in said or not any(alike(word, letters) for letters in wrong.spelled)]
        return _finish(reader, wrong, end)
    words = wrong.heard
    for cut in range(1, len(words)):
        if alike(words[cut - 1], words[cut]) and fold(words[cut - 1]) != fold(words[cut]) and reader.rest_is_idle(end):
            span = (reader.tokens[wrong.first].start, reader.tokens[wrong.last - 1].end)
            kept = words[: cut - 1] + words[cut:]
            return Reading(Status.COMPLETE, write_name(kept, reader.language), span, mentions=frozenset({"heard"}))
    return None
