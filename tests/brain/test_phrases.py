"""The language that phrases are written in, and what is said about phrase files that are wrong."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.brain.utterance.heard import Heard
from frontdesk.brain.utterance.phrases import load_phrases
from frontdesk.brain.utterance.template import BadTemplate, parse_template
from tests.brain.sketches import LANGUAGES, ROOT
from tests.examples import examples

MINIMAL = "acts:\n  goodbye:\n    - (bye|au revoir)\n"


def heard_by(template: str, said: str, staff: str = "") -> bool:
    """Whether a template is found in an utterance, through the same door as in a call."""
    folder_free = parse_template(template)
    expression = folder_free.compiled({"staff": staff})
    heard = Heard(said)
    if not folder_free.may_be_in(heard.different):
        return False
    plain = heard.plain
    starts = [0, *(place + 1 for place, sign in enumerate(plain) if sign == " ")]
    if folder_free.exact:
        return expression.fullmatch(plain) is not None
    return any(expression.match(plain, start) for start in starts if start < len(plain))


@pytest.mark.parametrize(
    ("template", "said", "found"),
    [
        ("bonjour", "oui Bonjour madame", True),
        ("bonjour", "bonjours", False),
        ("(un|le) rendez-vous", "je veux un rendez vous", True),
        ("(un|le) rendez-vous", "je veux un rendezvous", True),
        ("(un|le) rendez-vous", "je veux deux rendez-vous", False),
        ("[un] rendez-vous", "rendez-vous", True),
        ("annul(er|ez)", "il faut annuler", True),
        ("annul(er|ez)", "il faut annulera", False),
        ("trompé[e]", "je me suis trompée", True),
        ("je * annuler", "je voudrais bien pouvoir annuler", True),
        ("je * annuler", "je voudrais vraiment beaucoup très bien pouvoir annuler", False),
        ("= rien merci", "rien merci", True),
        ("= rien merci", "rien merci monsieur", False),
        ("don't", "i dont know", True),
        ("don't", "i don t know", True),
        ("(ouvrez|fermez)-vous", "fermez vous", True),
        ("Größe", "grosse", True),
        ("[je] (ne|n') veux pas", "ne veux pas", True),
        ("je n'ai pas (de|d') rendez-vous", "je n ai pas d rendez vous", True),
        ("j'ai (un|mon) rendez-vous [ce matin]", "j ai mon rendezvous", True),
        ("pas (ça va|bien)", "pas ca va", True),
        ("c'est (pas|plus) [du tout] possible", "c'est plus possible", True),
    ],
)
def test_a_phrase_is_found_where_it_should_be(template: str, said: str, found: bool) -> None:
    """Words at word boundaries, alternatives, optional words, gaps of up to four words, whole utterances; accents do not count."""
    assert heard_by(template, said) is found


def test_a_class_of_words_is_filled_in() -> None:
    """{staff} stands for the names of the business; without any it is never found."""
    assert heard_by("avec {staff}", "avec lea", "(?:lea )")
    assert not heard_by("avec {staff}", "avec lea")


@pytest.mark.parametrize(
    "template",
    ["", "(a|b", "a)", "a [b", "(a||b)", "{nobody}", "[a]", "*", "a" * 2000, "= ", "?", "(((((((a)))))))", "{when} {when}"],
)
def test_a_bad_phrase_says_so(template: str) -> None:
    """What is no phrase is refused with a sentence, never with a crash."""
    with pytest.raises(BadTemplate) as caught:
        parse_template(template)
    assert str(caught.value).endswith(".")


@settings(max_examples=examples(150), deadline=None)
@given(st.text(alphabet="ab ()[]|*{}='-é", max_size=30))
def test_any_phrase_is_parsed_or_refused(template: str) -> None:
    """Whatever an owner types is either a phrase that compiles or a problem with a sentence."""
    with contextlib.suppress(BadTemplate):
        parse_template(template).compiled({})


def test_the_shipped_phrases_have_no_problems() -> None:
    """Every act of the graph has phrases in every language, and every language covers the same intents and questions."""
    acts = "asks_repeat hold_on wants_human goodbye never_mind refuses_offers thanks asks_question switch_language".split()
    phrases, problems = load_phrases(ROOT / "prompts" / "phrases", LANGUAGES, acts)
    assert problems == []
    assert {"hours", "price", "is_ai", "my_appointment"} <= phrases.topics()


def test_problems_are_told_with_their_place(tmp_path: Path) -> None:
    """Unknown sections, bad phrases, lists that are none and missing acts are all reported at once, with line and column."""
    wrong = "acts:\n  goodbye:\n    - (bye|au revoir\n  thanks: merci\nwords: []\nintents: [book]\n"
    (tmp_path / "fr.yaml").write_text(wrong, encoding="utf-8")
    _, problems = load_phrases(tmp_path, ("fr",), ("goodbye", "hold_on", "asks_question"))
    found = {(problem.code, problem.line) for problem in problems}
    assert {("bad-phrase", 3), ("not-a-list", 4), ("unknown-section", 5), ("not-named", 6)} <= found
    assert any(problem.code == "missing-phrases" and "hold_on" in problem.message for problem in problems)
    assert not any("asks_question" in problem.message for problem in problems)


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A language without phrases is told, and the others are read all the same."""
    (tmp_path / "fr.yaml").write_text(MINIMAL, encoding="utf-8")
    phrases, problems = load_phrases(tmp_path, ("fr", "de"))
    assert [problem.code for problem in problems] == ["no-file"]
    assert phrases.book("fr", {}).matches(Heard("au revoir"))


def test_languages_that_differ_are_told(tmp_path: Path) -> None:
    """A question that one language knows and another does not is a problem of the latter."""
    (tmp_path / "fr.yaml").write_text(MINIMAL + "questions:\n  pets:\n    - mon chien\n", encoding="utf-8")
    (tmp_path / "en.yaml").write_text(MINIMAL, encoding="utf-8")
    _, problems = load_phrases(tmp_path, ("fr", "en"))
    assert [(problem.code, Path(problem.file).name) for problem in problems] == [("missing-phrases", "en.yaml")]


def test_what_cannot_be_in_an_utterance_is_seen_from_its_words() -> None:
    """Of each part that must be there a word is needed, whatever may be left out; a class of words and a gap need none."""
    template = parse_template("[bonjour] (je|nous) * (voudrais|veux) {service} (le rendez-vous|samedi)")
    assert template.needs == (frozenset({"voudrais", "veux"}), frozenset({"le", "samedi"}))
    assert template.may_be_in({"je", "veux", "le"})
    assert not template.may_be_in({"je", "veux", "dimanche"})
