"""Line files: everything wrong is found at once, in words that a product owner understands."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.prompting.errors import LineProblems, UnknownLine
from frontdesk.prompting.lines import load_lines, read_lines


def write(folder: Path, language: str, text: str, kind: str = "lines") -> Path:
    """One line file in a folder like prompts/."""
    (folder / kind).mkdir(parents=True, exist_ok=True)
    (folder / kind / f"{language}.yaml").write_text(text, encoding="utf-8")
    return folder


def codes(folder: Path, *languages: str) -> list[tuple[str, int]]:
    """Codes and lines of all problems."""
    _, problems = read_lines([folder], languages or ("fr",))
    return [(problem.code, problem.line) for problem in problems]


def test_groups_and_dotted_names_are_the_same(tmp_path: Path) -> None:
    """`slot: {ask: …}` and `slot.ask: …` both make the line slot.ask; folders answers and sms give their name."""
    write(tmp_path, "fr", "slot:\n  ask: Quand ?\nname.ask: Qui ?\n")
    write(tmp_path, "fr", "hours: Tous les jours.\n", "answers")
    lines = load_lines([tmp_path], ["fr"])
    assert lines.names() == {"slot.ask", "name.ask", "answers.hours"}


def test_a_later_folder_replaces_line_by_line(tmp_path: Path) -> None:
    """A business folder holds only what it changes; the rest stays, and other languages keep theirs."""
    base = write(tmp_path / "base", "fr", "a: un\nb: deux\n")
    own = write(tmp_path / "own", "fr", "b: trois\n")
    lines = load_lines([base, own], ["fr"])
    assert lines.get("a", "fr").wordings[0].other.literal == "un"
    assert lines.get("b", "fr").wordings[0].other.literal == "trois"
    assert lines.get("b", "fr").own
    assert not lines.get("a", "fr").own


def test_the_same_name_as_group_and_dotted_is_a_problem(tmp_path: Path) -> None:
    """A line that stands twice in a file is found."""
    assert codes(write(tmp_path, "fr", "slot:\n  ask: Quand ?\nslot.ask: Qui ?\n")) == [("line-twice", 3)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: ''\n", "empty-line", 1),
        ("a: un\nb:\n", "empty-line", 2),
        ("a: []\n", "empty-line", 1),
        ("a: [un, '']\n", "empty-line", 1),
        ("a: 5\n", "line-type", 1),
        ("a: [1, un]\n", "line-type", 1),
        ("a: {one: un}\n", "line-type", 1),
        ("a: 'à {slot'\n", "bad-placeholder", 1),
        ("a: 'à {slott}'\n", "unknown-placeholder", 1),
        ("a: 'rendez-vous à 15 heures'\n", "not-for-the-ear", 1),
        ("a: 'un\n", "not-yaml", 1),
        ("- a\n", "not-lines", 1),
        ("a: 'marie@example'\n", "not-for-the-ear", 1),
        ("a: 'etc. et ainsi de suite'\n", "not-for-the-ear", 1),
        ("a: 'dites « oui & non »'\n", "not-for-the-ear", 1),
    ],
)
def test_each_mistake_has_its_code_and_place(tmp_path: Path, text: str, code: str, line: int) -> None:
    """One mistake, one code, and the line where it stands."""
    assert (code, line) in codes(write(tmp_path, "fr", text))


def test_text_messages_may_hold_digits_and_signs(tmp_path: Path) -> None:
    """A message is read, not heard."""
    write(tmp_path, "fr", "a: un\n")
    assert codes(write(tmp_path, "fr", "booked: 'RDV à 15h, 24 rue & place'\n", "sms")) == []


def test_languages_are_compared(tmp_path: Path) -> None:
    """A line that another language lacks, and a placeholder that only one shows, are problems that name both."""
    write(tmp_path, "fr", "a: 'le {slot}'\nb: un\n")
    write(tmp_path, "de", "a: 'am {day}'\n")
    _, problems = read_lines([tmp_path], ["fr", "de"])
    assert [problem.code for problem in problems] == ["different-placeholders", "missing-line"]
    assert "{day}, {slot}" in problems[0].message
    assert "“de”" in problems[1].message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a:\n  one: '{offers} ?'\n  other: 'plusieurs ?'\n", 1, "{offers} in only one of “one” and “other” in “fr”"),
        ("a:\n  - {one: 'un', other: '{offers} ?'}\n  - 'quand ?'\n", 2, "{offers} in only one of “one” and “other” in “fr”"),
        ("a:\n  - '{offers} ?'\n  - '{name} ?'\n", 3, "{offers} in only one of “de” and “fr”, in one of its wordings"),
    ],
)
def test_what_one_wording_lost_is_found(tmp_path: Path, text: str, line: int, words: str) -> None:
    """A value that a line shows somewhere, and not in the wording or for the number that some callers hear."""
    german = "a:\n  - '{offers}, {name}?'\n  - '{offers}?'\n" if "{name}" in text else "a:\n  - 'wann?'\n  - '{offers}?'\n"
    write(tmp_path, "fr", text)
    write(tmp_path, "de", german)
    _, problems = read_lines([tmp_path], ["fr", "de"])
    assert [(found.code, found.line) for found in problems] == [("different-placeholders", line)]
    assert words in problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  - '{offers} ?'\n  - 'quand ?'\n",
        "a:\n  - 'quand ?'\n  - '{offers} ?'\n  - 'à quelle heure ?'\n",
        "a: '{offers} ?'\n",
        "a:\n  - {one: '{offers}, ça va ?', other: '{offers}, lequel ?'}\n  - 'quand ?'\n",
    ],
)
def test_wordings_may_differ_from_language_to_language(tmp_path: Path, text: str) -> None:
    """In another order, one more or one less, with a text for one thing: nothing is lost by it."""
    write(tmp_path, "fr", text)
    write(tmp_path, "de", "a:\n  - 'wann?'\n  - '{offers}?'\n")
    assert codes(tmp_path, "fr", "de") == []


def test_what_every_language_leaves_out_is_meant_so(tmp_path: Path) -> None:
    """ "Is it …?" for one thing, and "the first or the second?" for several: in one language alone, and in all of them."""
    write(tmp_path, "fr", "a: [{one: '{offers} ?', other: 'le premier ou le second ?'}, '{offers} ?']\n")
    assert codes(tmp_path, "fr") == []
    write(tmp_path, "de", "a: [{one: '{offers}?', other: 'der erste oder der zweite?'}, '{offers}?']\n")
    assert codes(tmp_path, "fr", "de") == []


def test_one_thing_need_not_be_counted(tmp_path: Path) -> None:
    """Where a language has a text for one thing, that one may leave out what only several have."""
    write(tmp_path, "fr", "a: {one: '{offers} ?', other: 'à {time}, {offers} ?'}\n")
    write(tmp_path, "de", "a: 'um {time}: {offers}?'\n")
    assert codes(tmp_path, "fr", "de") == []


def test_more_said_by_an_owner_is_no_fault_of_what_is_shipped(tmp_path: Path) -> None:
    """The wording of an owner's own that says more than the shipped one in another language."""
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    for language in ("fr", "de"):
        write(shipped, language, "a:\n  - '{offers}?'\n  - '?'\n".replace("'?'", "'oui ?'"))
    write(own, "fr", "a:\n  - '{offers} ?'\n  - '{offers}, oui ?'\n")
    assert [found.code for found in read_lines([shipped, own], ["fr", "de"])[1]] == []


def test_a_language_may_choose_the_form_of_a_service(tmp_path: Path) -> None:
    """{service} and {a_service} are one thing: German needs it without article where French needs the article."""
    write(tmp_path, "fr", "a: 'pour {a_service}'\n")
    write(tmp_path, "de", "a: 'für: {service}'\n")
    assert codes(tmp_path, "fr", "de") == []


def test_a_missing_language_is_found(tmp_path: Path) -> None:
    """A language of the business without any lines is one problem, not one for each line."""
    assert codes(write(tmp_path, "fr", "a: un\n"), "fr", "es") == [("no-lines", 0)]


def test_facts_of_the_graph_may_be_shown(tmp_path: Path) -> None:
    """A fact that an owner adds to states.yaml can be shown by its name."""
    write(tmp_path, "fr", "a: 'longueur {hair_length}'\n")
    assert load_lines([tmp_path], ["fr"], facts=["hair_length"]).names() == {"a"}


def test_all_problems_come_at_once_and_in_order(tmp_path: Path) -> None:
    """Loading raises once, with every problem, as a reader of the files meets them."""
    write(tmp_path, "fr", "a: ''\nb: 'à {slott}'\nc: 3\n")
    with pytest.raises(LineProblems) as caught:
        load_lines([tmp_path], ["fr"])
    assert [problem.line for problem in caught.value.problems] == [1, 2, 3]
    assert all(problem.message.endswith((".", "?")) for problem in caught.value.problems)
    assert "{slot}" in caught.value.problems[1].hint


def test_an_unknown_line_says_where_to_add_it(tmp_path: Path) -> None:
    """The error names the file to edit."""
    lines = load_lines([write(tmp_path, "fr", "a: un\n")], ["fr"])
    with pytest.raises(UnknownLine, match=r"prompts/lines/fr\.yaml"):
        lines.get("b", "fr")
