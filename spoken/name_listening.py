"""A name as it is said: its words with particles, titles and spelled parts, and the remarks on its spelling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from spoken.name_found import FoundName, words_of_name
from spoken.name_words import name_words
from spoken.name_writing import alike
from spoken.normalise import Token, fold, tokenise
from spoken.numerals import cardinal_at
from spoken.ordinary_surnames import is_surname
from spoken.spelling import Spelled, spelled_runs

__all__ = ["MAX_ALONE", "MAX_WORDS", "NameListener"]

MAX_WORDS: Final = 5
"""Words of one name, particles not counted."""
MAX_ALONE: Final = 4
MIN_ASIDE: Final = 3
"""Words of a remark that may stand between two parts of a name."""
MAX_PARTICLES: Final = 2


class NameListener:
    """The words of one utterance, and which of them are parts of a name."""

    def __init__(self, text: str, language: str, *, asked: bool = False) -> None:
        self.text = text
        self.asked = asked
        self.language = language
        self.data = name_words(language)
        self.tokens: list[Token] = [token for token in tokenise(text) if token.kind != "symbol"]
        self.words = [token.text for token in self.tokens]
        self.spelled: dict[int, Spelled] = {run.first: run for run in spelled_runs(text, language)}
        self.shouted = text.isupper()

    def is_capital(self, at: int) -> bool:
        return not self.shouted and self.tokens[at].raw[:1].isupper()

    def is_name_by_capital(self, at: int) -> bool:
        """Whether a word has a capital that tells a name in this language: in German any noun has one."""
        return self.is_capital(at) and not self.data.capital_nouns

    def name_like(self, at: int) -> bool:
        """A word that may be part of a name."""
        token = self.tokens[at]
        if token.kind != "word" or len(token.text) < 2 or len(token.text) > 30:
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

    def replies(self, at: int) -> bool:
        """Whether a refusal is an answer too ("no, García Puig")."""
        return self.data.corrections.at(self.words, at) is not None

    def skip(self, at: int, kinds: Sequence[str] = ("fillers", "titles", "relations")) -> int:
        while at < len(self.tokens):
            found = self.data.skipped.at(self.words, at)
            if not found or found[0] not in kinds or (self.spelled.get(at) is not None):
                return at
            at = found[1]
        return at

    def titled(self, start: int, name: int) -> bool:
        """Whether a title stands right before the name, among what was skipped to come to it."""
        at, kind = start, ""
        while at < name and (found := self.data.skipped.at(self.words, at)) is not None:
            kind, at = found
        return kind == "titles"

    def collect(self, at: int, *, sure: bool = False) -> tuple[FoundName, int]:
        """The name that begins at a place, and where it ends. `sure`: it was announced, so that words of every day count."""
        found, end = self._collect(at, sure)
        if not found.empty and not found.spelled and end < len(self.tokens) and all(map(self._is_particle, found.heard)):
            return FoundName(), at
        return found, end

    def _collect(self, at: int, sure: bool) -> tuple[FoundName, int]:
        found = FoundName()
        role = ""
        while at < len(self.tokens) and found.count < MAX_WORDS:
            run = self.spelled.get(at)
            if run is not None:
                self._take(found, run.word, at, run.last, role, spelled=True)
                at = run.last
                continue
            if not found.empty and self.data.after.at(self.words, at):
                break
            if not found.empty and (told := self._role_told(found, at)) > at:
                role, at = "", told
                continue
            if not found.empty and self._stopped(at):
                break
            link = self.data.links.at(self.words, at)
            if link and (self._name_follows(link[1]) or (link[1] < len(self.tokens) and is_surname(self, found, link[1], link[0], sure))):
                role, at = link[0], link[1]
                continue
            if link and found.empty:
                break  # "Le nom est faux" names nobody, and no "Le"
            if (
                self.data.skipped.at(self.words, at)
                and (moved := self.skip(at, ("titles", "relations"))) > at
                and (self._name_follows(moved) or (moved < len(self.tokens) and is_surname(self, found, moved, role, sure)))
            ):
                at = moved
                continue
            if (refused := self._refused_letters(found, at)) > at:
                at = refused
                continue
            taken = self._take_word(found, at, role)
            if taken == at and is_surname(self, found, at, role, sure):
                at = self._take_whole(found, at, role)
                continue
            if taken == at:
                if (
                    not found.empty
                    and (stop := self.data.skipped.at(self.words, at))
                    and stop[0] == "fillers"
                    and (self.spelled.get(stop[1]) or self.data.links.at(self.words, stop[1]) if stop[1] < len(self.tokens) else None)
                ):
                    at = stop[1]
                    continue
                aside = self.data.skipped.at(self.words, at)
                if not found.empty and aside and aside[0] == "fillers" and aside[1] - at >= MIN_ASIDE and self._more_follows(aside[1]):
                    at = aside[1]  # "(Emma) with the usual spelling (Wright)"
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

    def _role_told(self, found: FoundName, at: int) -> int:
        """ "(Emma) is the first name (and Wright the surname)": where what is said of the words before ends; `at` when nothing is."""
        told = self.data.roles.at(self.words, at)
        if told is None:
            return at
        known = [word for words in found.roles.values() for word in words]
        fresh = [word for word in [*found.heard, *found.spelled] if word not in known]
        if not fresh:
            return at
        found.roles.setdefault(told[0], []).extend(fresh)
        end = told[1]
        while end < len(self.tokens) and (self.words[end] in self.data.ands or self.skip(end, ("fillers",)) > end):
            end = max(end + 1, self.skip(end, ("fillers",)))
        return end

    def _stopped(self, at: int) -> bool:
        """A remark behind a name, in which no other part of it comes: "de soltera García"."""
        return self.data.ends.at(self.words, at) is not None

    def _name_follows(self, at: int) -> bool:
        return at < len(self.tokens) and (self.name_like(at) or at in self.spelled or bool(self.data.particles.at(self.words, at)))

    def _more_follows(self, at: int) -> bool:
        """The same, and not the "le" alone of "(Bruno) et c'est le (zéro six …)"."""
        particle = self.data.particles.at(self.words, at) if at < len(self.tokens) else None
        return self._name_follows(at) and (particle is None or self.is_capital(at) or self._after_particle(particle[1]))

    def _take(self, found: FoundName, word: str, first: int, last: int, role: str, *, spelled: bool = False) -> None:
        if spelled and not found.heard:
            found.leading.append(word)
        (found.spelled if spelled else found.heard).append(word)
        if role:
            found.roles.setdefault(role, []).append(word)
        found.first = first if found.first < 0 else found.first
        found.last = last
        found.count += 1

    def _take_word(self, found: FoundName, at: int, role: str, depth: int = 0) -> int:
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
            following = self._take_word(FoundName(), particle[1], role, depth + 1)
            if following > particle[1]:
                for index in range(at, particle[1]):
                    self._append(found, index, role)
                found.count -= particle[1] - at
                return particle[1]
        if not elided and (not self.name_like(at) or (self.data.stops.at(self.words, at) and not self.is_capital(at))):
            return at
        return self._take_whole(found, at, role)

    def _take_whole(self, found: FoundName, at: int, role: str) -> int:
        """The word at a place with what a hyphen or apostrophe joins to it."""
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

    def _refused_letters(self, found: FoundName, at: int) -> int:
        """ "M A C not M C": where the letters end that are refused behind those that were spelled; `at` when none are."""
        refusal = self.data.refusals.at(self.words, at) if found.spelled else None
        refused = self.spelled.get(refusal[1]) if refusal else None
        return refused.last if refused else at

    def _is_particle(self, word: str) -> bool:
        """A small word that begins a name and is none by itself: "le" of "le même"."""
        return word.islower() and self.data.particles.at([fold(word)], 0) is not None

    def _append(self, found: FoundName, index: int, role: str) -> None:
        joint = self.joined_to_next(index)
        self._take(found, self.tokens[index].raw + ("'" if joint == "'" and len(self.words[index]) > 1 else ""), index, index + 1, role)

    def _after_particle(self, at: int) -> bool:
        return at < len(self.tokens) and self.name_like(at)

    def again(self, at: int, words: list[str]) -> tuple[list[str], int]:
        """ "Stephen with a p h, Stephen Hughes", "Pfister, ja, Ueli Pfister": the name said again, and more of it."""
        first = self.skip(at, ("fillers",)) if at < len(self.words) else at
        if first >= len(self.words) or first in self.spelled or self.data.after.at(self.words, first):
            return words, at
        found, end = self.collect(first)
        if found.empty or found.spelled:
            return words, at
        fresh = words_of_name(found)
        places = [next((index for index, new in enumerate(fresh) if alike(new, word)), None) for word in words]
        if None in places or len(set(places)) < len(words) or not words:
            return words, at
        for word, place in zip(words, places, strict=True):
            if place is not None:
                fresh[place] = word
        return fresh, end

    def rest_is_idle(self, at: int) -> bool:
        """Nothing but fillers, or something that plainly is another matter, behind the name."""
        places = {at, self.skip(at, ("fillers", "titles"))}
        if any(place < len(self.tokens) and self.data.ends.at(self.words, place) for place in places):
            return True
        at = max(places)
        return (
            at >= len(self.tokens)
            or bool(self.data.stops.at(self.words, at))
            or self.tokens[at].is_number
            or cardinal_at(self.words, at, self.language) is not None
        )

    def candidates(self) -> Iterator[tuple[int, bool]]:
        """Where a name may begin behind a cue, and whether the cue is weak."""
        maiden = {at for _, start, end in self.data.ends.find(self.words) for at in range(start, end)}
        for weak, start, end in self.data.cues.find(self.words):
            if start in maiden:
                continue
            yield (start if self.data.links.at(self.words, start) else end), weak
        first = self.skip(0, ("fillers",))
        behind = self.data.after.at(self.words, first) if first < len(self.words) else None
        if behind:
            yield behind[1], True  # "am Apparat Lisa Winter"
