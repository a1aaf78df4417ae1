"""What callers may say: words that are no longer understood, words that are now, and words that meant something else so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from frontdesk.brain.utterance.template import BadTemplate, Template, parse_template
from frontdesk.business.languages import LANGUAGE_NAMES
from frontdesk.diffing.change import Change, Grade
from frontdesk.diffing.phrase_ways import missing, ways
from frontdesk.diffing.side import Side
from frontdesk.diffing.wording import act_words, plain_list
from spoken.lexicon import phrases as words_of
from spoken.normalise import fold_words
from spoken.say import say

__all__ = ["phrase_changes"]

_MOST_QUOTED: Final = 3
_FILLERS: Final = "fillers"
_ANSWERS: Final = {"yes": "yes", "no": "no", "cancel": "yes", "move": "yes", "keep": "no"}
"""What the entries of a yes_no under `values` answer."""
_FEWER_YESES: Final = ("values.anything_else.", "values.nothing_more.")
"""Where an “okay” asks for nothing more, so that only the yes itself is one."""


def phrase_changes(language: str, old: Side, new: Side) -> Iterator[Change]:
    """One sentence for what each list lost, one for what it gained, and one for what of it meant something else before."""
    file, name = f"prompts/phrases/{language}.yaml", LANGUAGE_NAMES.get(language, language)
    before, after = old.texts["phrases", language], new.texts["phrases", language]
    meanings = _Meanings(language, before)
    for place in sorted({*before, *after}):
        was, now = _listed(before.get(place, [])), _listed(after.get(place, []))
        gone, added = missing(was, now, wider=True), missing(now, was, wider=False)
        if gone:
            grave = place == "acts.wants_human" and not now
            yield Change(Grade.DANGEROUS if grave else Grade.LOOK, f"In {name} {_some(gone)} no longer {_heard_as(place)}.", file)
        if not added:
            continue
        grade, behind = meanings.turned(place, added)
        yield Change(grade, f"In {name} {_some(added)} now {_heard_as(place)}{behind}.", file)


class _Meanings:
    """What words of a language meant in the old version, its plain yes and no before all."""

    def __init__(self, language: str, lists: Mapping[str, Any]) -> None:
        self._language, self._lists = language, lists

    def turned(self, place: str, added: Sequence[str]) -> tuple[Grade, str]:
        """How grave it is that these phrases came, and what some of their words meant before."""
        said = list(dict.fromkeys(way for phrase in added for way in ways(phrase)))
        for means in ("no", "yes"):
            known = self._plain(place, means)
            plain = [known[words] for words in said if words in known]
            if plain and _answer(place) != means:
                grave = place == _FILLERS or place.startswith("acts.") or _answer(place) is not None
                also = f"; {_quoted(plain)} {'says' if len(plain) == 1 else 'say'} {means}"
                return Grade.DANGEROUS if grave else Grade.LOOK, also
        for words in said:
            other = self._before(words, place)
            if other is not None:
                return Grade.LOOK, f"; “{words}” {_heard_as(other, 'was')} so far"
        return Grade.HARMLESS, ""

    def _plain(self, place: str, means: str) -> dict[str, str]:
        """By their folded form, words that say yes or no, whatever else is heard in them; what negates, too, where it is left out."""
        whole = say(means == "yes", "yes_no", self._language)
        if means == "yes":
            more = () if place.startswith(_FEWER_YESES) else words_of(self._language, "yes_no", "undo")
            more = () if place == _FILLERS else more  # “vale” says nothing before what is said
        else:
            more = words_of(self._language, "yes_no", "plain_no")
            more = (*more, *words_of(self._language, "yes_no", "negators")) if place == _FILLERS else more
        return {" ".join(fold_words(words)): words for words in (whole, *more)}

    def _before(self, words: str, place: str) -> str | None:
        """The list by which words were understood, where it is another one than now."""
        first = words.split(" ", 1)[0]
        found = [
            known
            for known, templates in self._templates.items()
            for one in templates
            if (one.firsts is None or first in one.firsts) and one.compiled({}).fullmatch(f"{words} ")
        ]
        return None if place in found else next(iter(found), None)

    @cached_property
    def _templates(self) -> dict[str, list[Template]]:
        return {place: [one for phrase in _listed(phrases) if (one := _template(phrase))] for place, phrases in self._lists.items()}


def _answer(place: str) -> str | None:
    """Whether words under this name are a yes or a no; None for those that are something else."""
    return _ANSWERS.get(place.rpartition(".")[2]) if place.startswith("values.") or place in {"acts.yes", "acts.no"} else None


def _template(phrase: str) -> Template | None:
    try:
        return parse_template(phrase)
    except BadTemplate:
        return None


def _heard_as(place: str, verb: str = "") -> str:
    """What becomes of words of a list: "understood as “goodbye”"."""
    if place == _FILLERS:
        return f"{verb} left out as saying nothing".strip()
    if place == "moves":
        return f"{verb} understood as moving an appointment".strip()
    return f"{verb} understood as {act_words(place.rpartition('.')[2])}".strip()


def _listed(phrases: Any) -> list[str]:
    return [str(one) for one in phrases] if isinstance(phrases, list) else [str(phrases)]


def _quoted(words: Sequence[str]) -> str:
    shown = [f"“{word}”" for word in words[:_MOST_QUOTED]]
    more = len(words) - _MOST_QUOTED
    return plain_list([*shown, f"{more} more"] if more > 0 else shown)


def _some(words: Sequence[str]) -> str:
    return f"{_quoted(words)} {'is' if len(words) == 1 else 'are'}"
