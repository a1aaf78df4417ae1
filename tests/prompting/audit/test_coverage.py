"""Default deny: what is not accounted for is cut, and what accounts for a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.business import Business
from frontdesk.prompting.audit import Auditor, load_audit_words
from frontdesk.prompting.audit.phrasebook import Phrasebook
from integrations.knowledge.port import Passage
from tests.prompting.audit.labelled import LANGUAGES, records

SHELF = Passage("Our shampoo bars stand on the wooden shelf by the door.", "knowledge/en.md, Bars", "en", asked_as=("shampoo bars",))


@pytest.fixture(scope="module")
def auditor(salon: Business, root: Path) -> Auditor:
    """Audits for the salon, which has also written down where its shampoo bars are."""
    return Auditor(salon, load_audit_words(root / "prompts" / "audit", LANGUAGES), [SHELF])


def codes(auditor: Auditor, text: str, record: str = "nothing", language: str = "en") -> set[str]:
    """The codes of the reasons against a sentence."""
    return {reason.code for reason in auditor.audit(text, records()[record], language).reasons}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It's all hunky dory."),
        ("en", "You're as snug as a bug."),
        ("fr", "Vous voilà casé."),
        ("fr", "L'affaire est pliée."),
        ("de", "Das haben wir gedeichselt."),
        ("de", "Sie sind nun an Bord."),
        ("es", "Asunto zanjado."),
        ("es", "Lo suyo va sobre ruedas."),
    ],
)
def test_a_statement_in_unknown_words_is_cut(auditor: Auditor, language: str, text: str) -> None:
    """No list names these idioms of success; nothing accounts for them."""
    assert "unbacked" in codes(auditor, text, language=language)


@pytest.mark.parametrize("text", ["I'm sorry to hear about your llama.", "If your llama comes along, tell me.", "Is your llama well?"])
def test_behind_a_head_any_word_may_stand(auditor: Auditor, text: str) -> None:
    """What the caller brought up is harmless behind sympathy, a condition or a question."""
    assert not codes(auditor, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The weather is positively effervescent."),
        ("en", "Puppies make a dreadful mess of everything."),
        ("fr", "Le vent décoiffe toute la famille."),
        ("de", "Das Gewitter hat bestimmt alle Tiere aufgescheucht."),
        ("es", "El tiempo es chispeante, con este sol."),
    ],
)
def test_small_talk_may_use_a_word_that_nobody_listed(auditor: Auditor, language: str, text: str) -> None:
    """A clause that is plainly about the caller's life is no claim, whatever one or two of its words are."""
    assert not codes(auditor, text, language=language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Your daughter is effervesced."),
        ("en", "I've effervesced your hair."),
        ("en", "I comb and curl your daughter."),
        ("en", "Your cat can come along."),
        ("en", "There's a rabbit for the children."),
        ("en", "Your mother is in the picture."),
        ("fr", "On vous bichonne les cheveux."),
        ("de", "Die Braut bekommt Blumen."),
        ("es", "Le mimamos el pelo."),
    ],
)
def test_small_talk_does_nothing_for_anybody(auditor: Auditor, language: str, text: str) -> None:
    """Who acts, gets something, may do something, or is in place, is not what small talk is about."""
    assert codes(auditor, text, language=language)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "My own daughter loves it."), ("fr", "Je suis une vraie personne."), ("de", "Ich bin ein Mensch."), ("es", "Soy una mujer.")],
)
def test_nothing_makes_a_person_of_the_machine(auditor: Auditor, language: str, text: str) -> None:
    """It has no family and is none of us, and may say that it is not."""
    assert "person" in codes(auditor, text, language=language)
    assert not codes(auditor, "I'm not a person, I'm an AI.")


def test_days_and_numbers_of_the_callers_life_are_no_offers(auditor: Auditor) -> None:
    """Snow in April and three children offer nothing; a weekday does."""
    assert not codes(auditor, "Snow in April, and three children at home!")
    assert codes(auditor, "Snow on Thursday would be lovely.") == {"date"}


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("We'll wait a quarter of an hour.", False),
        ("If you are late, we'll wait a quarter of an hour.", True),
        ("If you are late, we'll wait fifteen minutes.", True),
        ("If you are late, we'll wait twenty minutes.", False),
        ("Your cat is welcome, on a lead.", False),
        ("Your dog is welcome, on a lead.", True),
    ],
)
def test_the_house_is_quoted_in_synonyms_and_in_other_numbers(auditor: Auditor, text: str, passes: bool) -> None:
    """Words that mean the same, and lengths of time that are the same; another animal or another time is another rule."""
    assert (not codes(auditor, text)) is passes


@pytest.mark.parametrize("text", ["If you don't like it, we'll redo it at no charge.", "If you aren't happy, you'll get your money back."])
def test_a_condition_excuses_no_policy(auditor: Auditor, text: str) -> None:
    """What follows from a condition is what the machine can do, or a call and an answer; not a gift of the house."""
    assert codes(auditor, text)


@pytest.mark.parametrize(
    "text", ["Thank you for waiting, your llama is saddled.", "Is there anything else now that your llama is saddled?"]
)
def test_a_new_statement_ends_what_a_head_excuses(auditor: Auditor, text: str) -> None:
    """Thanks and questions do not carry a claim along."""
    assert "unbacked" in codes(auditor, text)


def test_only_a_condition_excuses_what_follows_from_it(auditor: Auditor) -> None:
    """ "I'll" behind a condition is an offer, behind thanks a promise."""
    assert not codes(auditor, "If that suits you, I'll saddle the llama.")
    assert codes(auditor, "Thank you very much, I'll saddle the llama.") == {"unbacked"}


def test_the_house_may_be_quoted_in_other_words(auditor: Auditor, salon: Business, root: Path) -> None:
    """A sentence whose words all stand in a text of the house passes; without that text it is cut."""
    text = "The shampoo bars are on the shelf by the door."
    assert not codes(auditor, text)
    assert codes(Auditor(salon, load_audit_words(root / "prompts" / "audit", LANGUAGES)), text) == {"unbacked"}


def test_what_the_house_denies_may_not_be_affirmed(auditor: Auditor) -> None:
    """The house says that it takes no cheques."""
    assert not codes(auditor, "We don't take cheques.")
    assert codes(auditor, "We take cheques.") == {"unbacked"}


def test_words_around_a_fact_need_the_fact(auditor: Auditor) -> None:
    """ "We have" goes with a time on offer, and is nothing without one."""
    assert not codes(auditor, "We have Thursday at half past two.", "on_offer")
    assert codes(auditor, "We have it.") == {"unbacked"}


def test_phrases_with_choices() -> None:
    """Choices nest, may be missing, and words may have any ending."""
    book = Phrasebook(["a (b|c (d|)) e", "f*", "(|g) h"])
    found = {text: book.match(text.split(), 0) for text in ("a b e", "a c d e", "a c e", "a e", "foo", "g h", "h", "g", "")}
    assert found == {"a b e": 3, "a c d e": 4, "a c e": 3, "a e": 0, "foo": 1, "g h": 2, "h": 1, "g": 0, "": 0}


@pytest.mark.parametrize("phrase", ["a (b", "a) b"])
def test_brackets_must_close(phrase: str) -> None:
    """A phrase with half a bracket is refused, not read as something else."""
    with pytest.raises(ValueError, match="do not close"):
        Phrasebook([phrase])
