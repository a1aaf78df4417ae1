"""Sentences and words: lines, answers, text messages, what callers may say, prompts of the language model, and knowledge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from frontdesk.business.languages import LANGUAGE_NAMES
from frontdesk.diffing.change import Change, Grade
from frontdesk.diffing.phrases import phrase_changes
from frontdesk.diffing.side import Side
from frontdesk.diffing.wording import plain_list
from frontdesk.prompting.disclosing import discloses, disclosing_lines
from frontdesk.prompting.line_forms import lost_since
from frontdesk.prompting.lines import Wording
from frontdesk.prompting.template import BadTemplate, parse
from fsm.counted import counted

__all__ = ["text_changes"]

_KINDS: Final = {"lines": "sentence", "answers": "answer", "sms": "text message"}
_LONGEST: Final = 100
"""Characters of a sentence of a prompt that are quoted."""


def text_changes(old: Side, new: Side) -> Iterator[Change]:
    """Everything under prompts/ and knowledge/. A language that only one version has is told with the business."""
    languages = [language for language in new.business.languages if language in old.business.languages]
    for kind, what in _KINDS.items():
        for language in languages:
            yield from _sentences(kind, what, language, old, new)
    for language in languages:
        yield from phrase_changes(language, old, new)
    yield from _prompts(old, new)
    both = {place for place in (*old.knowledge, *new.knowledge) if place[1] in languages}
    for file, language in sorted(both, key=lambda place: (languages.index(place[1]), place[0])):
        yield from _knowledge(file, language, old, new)


def _sentences(kind: str, what: str, language: str, old: Side, new: Side) -> Iterator[Change]:
    file, name = f"prompts/{kind}/{language}.yaml", LANGUAGE_NAMES.get(language, language)
    before, after = old.texts[kind, language], new.texts[kind, language]
    told = {*disclosing_lines(old.spec), *disclosing_lines(new.spec)}
    for place in (place for place in before if place not in after):
        yield Change(Grade.LOOK, f"{_a(name)} {what} is gone ({place}): {_quoted(before[place])}", file)
    for place in (place for place in after if place not in before):
        yield Change(Grade.HARMLESS, f"{_a(name)} {what} is new ({place}): {_quoted(after[place])}", file)
    for place in (place for place in before if place in after and before[place] != after[place]):
        lost = [f"{{{one}}}" for one in _placeholders(before[place]) if not _still_said(one, _placeholders(after[place]))]
        sentence = f"{_a(name)} {what} changed ({place}): {_shown(before[place], after[place])}"
        if kind == "lines" and place in told and _tells(before[place], language) and not _tells(after[place], language):
            yield Change(Grade.DANGEROUS, f"{sentence} It no longer says that an AI speaks.", file)
            continue
        uneven = _lost_in_a_wording(before[place], after[place]) if not lost else []
        if not lost and not uneven:
            yield Change(Grade.HARMLESS, sentence, file)
            continue
        no_longer = f"It no longer says {plain_list(lost)}." if lost else f"Not every wording says {plain_list(uneven)} any more."
        grave = place.endswith(".ask") and _asks_for_a_yes(place.removesuffix(".ask"), new)
        yield Change(Grade.DANGEROUS if grave else Grade.LOOK, f"{sentence} {no_longer}", file)


def _lost_in_a_wording(before: Any, after: Any) -> list[str]:
    """Values that one wording lacks now, or its text for one thing or for several, although they are still shown in another."""
    try:
        found = lost_since(_wordings(before), _wordings(after))
    except BadTemplate:
        return []
    if found is None:
        return []
    wording, values = found
    shown = [sorted(template.placeholders) for template in wording.templates]
    return [f"{{{one}}}" for one in sorted(values) if not all(_still_said(one, names) for names in shown)]


def _wordings(text: Any) -> list[Wording]:
    """A line as it stands in its file, as wordings. Raises BadTemplate, as whoever says it does."""
    listed = text if isinstance(text, list) else [text]
    both = ((one.get("other", ""), one.get("one")) if isinstance(one, dict) else (one, None) for one in listed)
    return [Wording(parse(str(other)), parse(str(one)) if one is not None else None) for other, one in both]


def _tells(text: Any, language: str) -> bool:
    """Whether callers learn from each wording that an AI speaks."""
    return all(discloses(wording, language) for wording in _plain(text))


def _asks_for_a_yes(state: str, side: Side) -> bool:
    """Whether this state asks for the yes to something that is written: what it does not read back is not agreed to."""
    found = side.spec.states.get(state)
    return found is not None and any(action.writes and found.ask in action.needs for action in side.catalogue.values())


def _placeholders(text: Any) -> list[str]:
    return sorted(set(re.findall(r"\{([a-z_]+)\}", str(text))))


def _still_said(value: str, now: Sequence[str]) -> bool:
    """Whether a value is said, as it is or in another form: {name} and {of_name} are the same to a caller."""
    return any(value == one or one.endswith(f"_{value}") or value.endswith(f"_{one}") for one in now)


def _plain(text: Any) -> list[str]:
    if isinstance(text, dict):
        return [one for value in text.values() for one in _plain(value)]
    return [one for value in text for one in _plain(value)] if isinstance(text, list) else [str(text)]


def _quoted(text: Any) -> str:
    return " / ".join(f"“{one}”" for one in _plain(text))


def _shown(before: Any, after: Any) -> str:
    """Only the wordings that differ."""
    was, now = _plain(before), _plain(after)
    gone, added = [one for one in was if one not in now], [one for one in now if one not in was]
    if not gone and not added:
        return "its wordings stand in another order."
    if not gone:
        return f"{_quoted(added)} is said too."
    return f"{_quoted(gone)} is no longer said." if not added else f"{_quoted(gone)} is now {_quoted(added)}"


def _prompts(old: Side, new: Side) -> Iterator[Change]:
    for name in sorted({*old.prompts, *new.prompts}):
        was, now = old.prompts.get(name), new.prompts.get(name)
        if was == now:
            continue
        users = [state for state, spec in new.spec.states.items() if spec.prompt == name]
        where = f"in {plain_list(users)}" if users else "in every state" if name == "persona.md" else "by this prompt"
        told = f"What a language model is told {where}"
        if was is None or now is None:
            yield Change(Grade.LOOK, f"{told} is {'new' if was is None else 'gone'}.", f"prompts/{name}")
        else:
            yield Change(Grade.LOOK, f"{told} has changed: {_other_sentences(was, now)}", f"prompts/{name}")


def _other_sentences(was: str, now: str) -> str:
    """The first sentence that differs, and how many others do."""
    before, after = (re.split(r"(?<=[.!?:])\s+", text) for text in (was, now))
    gone, added = [one for one in before if one not in after], [one for one in after if one not in before]
    more = max(len(gone), len(added)) - 1
    shown = _shown([_short(one) for one in gone[:1]], [_short(one) for one in added[:1]])
    return f"{shown} (and {counted(more, 'other sentence')})" if more > 0 else shown


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST - 1]}…"


def _knowledge(file_name: str, language: str, old: Side, new: Side) -> Iterator[Change]:
    file, name = f"knowledge/{file_name}", LANGUAGE_NAMES.get(language, language)
    before, after = old.knowledge.get((file_name, language), {}), new.knowledge.get((file_name, language), {})
    for title in (title for title in before if title not in after):
        yield Change(Grade.LOOK, f"In {name} questions about “{title}” are no longer answered.", file)
    for title in (title for title in after if title not in before):
        yield Change(Grade.HARMLESS, f"In {name} questions about “{title}” are answered now: “{after[title]}”", file)
    for title in (title for title in before if title in after and before[title] != after[title]):
        yield Change(Grade.LOOK, f"{_a(name)} answer changed ({title}): “{before[title]}” is now “{after[title]}”", file)


def _a(language: str) -> str:
    return f"{'An' if language[:1] in 'AEIOU' else 'A'} {language}"
