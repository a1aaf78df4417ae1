"""The lines of `prompts/`: read from one or more folders, checked together, found by name and language."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from frontdesk.prompting.errors import LineProblems, UnknownLine
from frontdesk.prompting.line_forms import all_alike, lost_in_forms, uneven_forms
from frontdesk.prompting.placeholder_names import PLACEHOLDERS, SAME_THING
from frontdesk.prompting.spoken_style import unfit_for_the_ear
from frontdesk.prompting.template import BadTemplate, Template, parse
from fsm.odd_names import misspelt_in
from fsm.problems import Problem, in_file_order
from fsm.yaml_source import Source, read_yaml

__all__ = ["KINDS", "Line", "Lines", "Wording", "load_lines", "read_lines"]

KINDS: Final = ("lines", "answers", "sms")
"""The folders under prompts/ that hold lines. Those of `answers` and `sms` are named after their folder: answers.hours."""

_COUNTS: Final = frozenset({"one", "other"})


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to put a line: for any number of things shown, or one text for one and another for several."""

    other: Template
    one: Template | None = None
    place: tuple[str, int, int] = field(compare=False, default=("", 0, 0))
    """File, line and column, for problems."""

    def for_count(self, count: int) -> Template:
        """The text for so many things shown."""
        return self.one if self.one is not None and count == 1 else self.other

    @property
    def templates(self) -> tuple[Template, ...]:
        return (self.other,) if self.one is None else (self.one, self.other)


@dataclass(frozen=True, slots=True)
class Line:
    """One line in one language. `place` is file, line and column, for problems."""

    name: str
    language: str
    wordings: tuple[Wording, ...]
    place: tuple[str, int, int] = field(compare=False, default=("", 0, 0))
    own: bool = field(compare=False, default=False)
    """Whether it stands in a folder that replaces lines of an earlier one."""

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset(name for wording in self.wordings for template in wording.templates for name in template.placeholders)

    def problem(self, code: str, message: str, hint: str = "") -> Problem:
        """A problem that points at this line."""
        return Problem(code, *self.place, message, hint)


class Lines:
    """All lines in all languages."""

    def __init__(self, by_language: Mapping[str, Mapping[str, Line]], files: Mapping[str, str] | None = None) -> None:
        self._by_language = {language: dict(lines) for language, lines in by_language.items()}
        self._files = dict(files or {})

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._by_language)

    def names(self, language: str | None = None) -> frozenset[str]:
        """The names of one language, or of all."""
        return frozenset(name for key in ([language] if language else self._by_language) for name in self._by_language.get(key, {}))

    def find(self, name: str, language: str) -> Line | None:
        """The line, or None."""
        return self._by_language.get(language, {}).get(name)

    def get(self, name: str, language: str) -> Line:
        """The line. Raises UnknownLine."""
        line = self.find(name, language)
        if line is None:
            raise UnknownLine(name, language)
        return line

    def file_of(self, language: str) -> str:
        """The file that a missing line of this language belongs into."""
        return self._files.get(language, f"prompts/lines/{language}.yaml")

    def __iter__(self) -> Iterator[Line]:
        for lines in self._by_language.values():
            yield from lines.values()


def load_lines(
    folders: Sequence[Path], languages: Sequence[str], *, facts: Collection[str] = (), shown_as: Mapping[Path, str] | None = None
) -> Lines:
    """The lines of one or more `prompts` folders; a later folder replaces those of an earlier one, name by name.

    `languages` must all be there, with the same lines and placeholders. `facts` are names of facts of the graph,
    which may be shown too. `shown_as` maps a folder to the name that problems use. Raises LineProblems with all problems.
    """
    lines, problems = read_lines(folders, languages, facts=facts, shown_as=shown_as)
    if problems:
        raise LineProblems(problems)
    return lines


def read_lines(
    folders: Sequence[Path], languages: Sequence[str], *, facts: Collection[str] = (), shown_as: Mapping[Path, str] | None = None
) -> tuple[Lines, tuple[Problem, ...]]:
    """As :func:`load_lines`, with the problems beside whatever could be read: `frontdesk check` goes on with it."""
    problems: list[Problem] = []
    found: dict[str, dict[str, Line]] = {language: {} for language in languages}
    files: dict[str, str] = {}
    for language in languages:
        for index, folder in enumerate(folders):
            for kind in KINDS:
                path = folder / kind / f"{language}.yaml"
                name = f"{(shown_as or {}).get(folder, str(folder))}/{kind}/{language}.yaml"
                if kind == "lines":
                    files.setdefault(language, name)
                if path.exists():
                    source = read_yaml(path, name)
                    problems += source.problems
                    found[language].update(_Reader(source, kind, language, problems, own=index > 0).read())
        if not found[language]:
            message = f"There are no lines in “{language}”."
            problems.append(Problem("no-lines", files.get(language, ""), 0, 0, message, "Write this file, or drop the language."))
    lines = Lines(found, files)
    known = PLACEHOLDERS.keys() | set(facts)
    problems += _compare(lines, languages, known)
    problems += _unknown_placeholders(lines, known)
    return lines, tuple(in_file_order(problems))


class _Reader:
    """Turns one file into lines."""

    def __init__(self, source: Source, kind: str, language: str, problems: list[Problem], *, own: bool) -> None:
        self.source = source
        self.kind = kind
        self.language = language
        self.problems = problems
        self.own = own
        self.lines: dict[str, Line] = {}

    def read(self) -> dict[str, Line]:
        data = self.source.data
        if data is None:
            return {}
        if not isinstance(data, dict):
            self._add("not-lines", (), "This file does not hold names and lines.", "Write a name, a colon and the sentence in quotes.")
            return {}
        self._group(data, (), "" if self.kind == "lines" else self.kind)
        return self.lines

    def _group(self, data: Mapping[Any, Any], place: tuple[str | int, ...], prefix: str) -> None:
        for key, value in data.items():
            name = f"{prefix}.{key}" if prefix else str(key)
            here = (*place, key)
            if isinstance(value, dict) and not _COUNTS.issuperset(value):
                self._group(value, here, name)
                continue
            line = self._line(name, value, here)
            if line is None:
                continue
            if name in self.lines:
                self._add("line-twice", here, f"The line “{name}” stands in this file twice.", "Remove one of the two.")
            self.lines[name] = line

    def _line(self, name: str, value: Any, place: tuple[str | int, ...]) -> Line | None:
        if isinstance(value, list):
            wordings = [self._wording(item, (*place, index)) for index, item in enumerate(value)]
        else:
            wordings = [self._wording(value, place)]
        if not wordings:
            self._add("empty-line", place, f"The line “{name}” has no wording.", "Write at least one sentence.")
        good = tuple(wording for wording in wordings if wording is not None)
        return Line(name, self.language, good, self._at(place), self.own) if good else None

    def _wording(self, value: Any, place: tuple[str | int, ...]) -> Wording | None:
        if isinstance(value, dict):
            if "other" not in value or not _COUNTS.issuperset(value):
                self._add("line-type", place, "A line with one text for one thing needs another for several.", "Write one: … and other: …")
                return None
            one = self._template(value["one"], (*place, "one")) if "one" in value else None
            other = self._template(value["other"], (*place, "other"))
            return Wording(other, one, self._at(place)) if other else None
        template = self._template(value, place)
        return Wording(template, place=self._at(place)) if template else None

    def _template(self, value: Any, place: tuple[str | int, ...]) -> Template | None:
        if value is None or (isinstance(value, str) and not value.strip()):
            self._add("empty-line", place, "This line is empty.", "Write a sentence, or remove the name.")
            return None
        if not isinstance(value, str):
            self._add("line-type", place, "A line must be text.", "Put the sentence in quotes.")
            return None
        try:
            template = parse(value)
        except BadTemplate as error:
            self._add("bad-placeholder", place, str(error), "Write placeholders like {name}, and nothing else in brackets.")
            return None
        if self.kind != "sms":
            for unfit in unfit_for_the_ear(template.literal):
                self._add(unfit.code, place, unfit.message, unfit.hint)
        return template

    def _at(self, place: Sequence[str | int]) -> tuple[str, int, int]:
        return self.source.file, *self.source.position(place)

    def _add(self, code: str, place: Sequence[str | int], message: str, hint: str = "") -> None:
        self.problems.append(self.source.problem(code, place, message, hint))


def _compare(lines: Lines, languages: Sequence[str], known: Collection[str]) -> Iterator[Problem]:
    """Every language has every line, with the placeholders that most have. A misspelt placeholder is told once, and not by this."""
    present = [language for language in languages if lines.names(language)]
    slips = misspelt_in({language: lines.names(language) for language in present})
    yield from _misspelt(lines, slips)
    told = {name for _, name in slips}
    meant = {(language, name) for (language, _), name in slips.items()}
    for name in sorted(lines.names() - told):
        there = [line for line in (lines.find(name, language) for language in present) if line is not None]
        for language in present:
            if lines.find(name, language) is None and (language, name) not in meant:
                message = f"The line “{name}” is missing in “{language}”."
                yield there[0].problem("missing-line", message, f"Write it in {lines.file_of(language)}.")
        if any(not line.placeholders.issubset(known) for line in there):
            continue
        sets = [_shown(line) for line in there]
        usual = max(sets, key=sets.count)
        example = there[sets.index(usual)]
        for line, shown in zip(there, sets, strict=True):
            if shown != usual:
                yield _different(line, shown ^ usual, f"“{example.language}” and “{line.language}”", line.place)
        if sets.count(usual) == len(sets) and not all_alike(there):
            yield from _lost(there)


def _lost(there: Sequence[Line]) -> Iterator[Problem]:
    """Where one wording, or the text for one thing or for several, lacks what the line shows elsewhere."""
    uneven = list(uneven_forms(there))
    for line, wording, shown in uneven:
        yield _different(line, shown, f"“one” and “other” in “{line.language}”", wording.place)
    for line, wording, other, shown in lost_in_forms(there) if not uneven else ():
        yield _different(line, shown, f"“{other.language}” and “{line.language}”, in one of its wordings", wording.place)


def _different(line: Line, shown: Iterable[str], where: str, place: tuple[str, int, int]) -> Problem:
    only = ", ".join(f"{{{name}}}" for name in sorted(shown))
    message = f"The line “{line.name}” shows {only} in only one of {where}."
    return Problem("different-placeholders", *place, message, "Show the same in every language, in each wording, for one as for several.")


def _misspelt(lines: Lines, slips: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    """unused-line: a name that one language alone has; of several lines under a misspelt name the first."""
    groups: set[tuple[str, str]] = set()
    for (language, name), meant in sorted(slips.items(), key=lambda slip: lines.get(slip[0][1], slip[0][0]).place):
        group, right = name.partition(".")[0], meant.partition(".")[0]
        if group != right and (language, group) in groups:
            continue
        groups.add((language, group))
        line = lines.get(name, language)
        message = f"The line “{name}” is there in “{language}” alone; the other languages have “{meant}”."
        yield line.problem("unused-line", message, f"Did you mean “{meant if group == right else right}”?")


def _shown(line: Line) -> frozenset[str]:
    """What a line shows, whatever form its grammar wants it in."""
    return frozenset(SAME_THING.get(shown, shown) for shown in line.placeholders)


def _unknown_placeholders(lines: Lines, known: Collection[str]) -> Iterator[Problem]:
    for line in lines:
        for shown in sorted(line.placeholders - set(known)):
            near = difflib.get_close_matches(shown, list(known), 1)
            hint = f"Did you mean {{{near[0]}}}?" if near else "docs/owners/sentences.md lists what can be shown."
            yield line.problem("unknown-placeholder", f"The line “{line.name}” shows {{{shown}}}, which does not exist.", hint)
