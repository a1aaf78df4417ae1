"""What our sentences invite to say or press is found in them, and is understood there, or told."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from frontdesk import installed
from frontdesk.bootstrap.reading import Folders
from frontdesk.brain.rules import Rules
from frontdesk.brain.utterance.phrases import Phrases
from frontdesk.business import Business
from frontdesk.checking import memo as memo_module
from frontdesk.checking import proposed
from frontdesk.checking.inviting import Inviting
from frontdesk.checking.memo import Memo
from frontdesk.checking.whole import examine_folders
from fsm.yaml_source import read_yaml
from tests.checking.shipped_memo import MEMO
from tests.examples import sampled

Found = list[tuple[str, int, str]]
LANGUAGES = ("fr", "de", "en", "es")


def inviting(root: Path, language: str) -> Inviting:
    return Inviting(read_yaml(root / "prompts" / "invitations" / f"{language}.yaml").data)


def with_line(folder: Path, language: str, text: str, memo: Memo = MEMO) -> Found:
    """Code, line and message of every problem of a business whose only own lines are these."""
    file = folder / "prompts" / "lines" / f"{language}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return [(found.code, found.line, found.message) for found in examine_folders(Folders(folder), memo).problems]


@pytest.mark.parametrize(
    ("language", "text", "invited"),
    [
        ("en", "Say yes to book it, or tell me what to change.", ["yes to book it / yes"]),
        ("en", "Say yes to cancel it, or no to keep it.", ["yes to cancel it / yes", "no to keep it / no"]),
        ("en", "You could say book an appointment, cancel, or leave a message. To speak to someone, press zero.",
         ["book an appointment", "cancel", "leave a message", "zero = 0"]),
        ("en", "You could say the first one, or press one for the first, two for the second.", ["the first one", "one = 1", "two = 2"]),
        ("en", "Say yes for {offers}, or tell me another day, for example Thursday afternoon.", ["yes for / yes", "Thursday afternoon"]),
        ("en", "Could you say it again? Could you say the address, please?", []),
        ("fr", "Dites-moi ce qu'il faut changer, par exemple jeudi à dix heures, ou bien : laissez tomber.",
         ["jeudi à dix heures", "laissez tomber"]),
        ("fr", "Dites oui si c'est bien le {phone}, sinon redonnez-moi le numéro.", ["oui si c'est bien le / oui"]),
        ("fr", "Pour parler à quelqu'un, tapez zéro.", ["zéro = 0"]),
        ("de", "Sagen Sie Ja zu der Nummer, die auf {caller_ending} endet, oder nennen Sie mir eine andere.", ["Ja zu der Nummer / Ja"]),
        ("de", "Für einen Menschen drücken Sie die Null. Am besten sagen Sie: Nachricht hinterlassen, dann sieht das Team nach.",
         ["die null = 0", "Nachricht hinterlassen"]),
        ("es", "Diga por ejemplo la primera, o pulse uno para la primera.", ["la primera", "uno = 1"]),
        ("es", "¿Qué cambio: el día o la hora? Si no, diga: déjelo.", ["déjelo"]),
    ],
)  # fmt: skip
def test_invitations_are_found(root: Path, language: str, text: str, invited: list[str]) -> None:
    """Words and keys, one by one, without what only explains them; a plea to say something again invites no words."""
    found = [
        f"{one.words} = {one.key}" if one.key else one.words if one.words == one.shorter else f"{one.words} / {one.shorter}"
        for one in inviting(root, language).of(text)
    ]
    assert found == invited


def test_whatever_the_shipped_lines_invite_to_is_understood() -> None:
    """Every invitation of the four languages, read by the rules that hold calls."""
    memo = Memo()
    assert examine_folders(Folders(), memo).problems == ()
    assert len(memo.learnt) > 100


@pytest.mark.parametrize(
    ("language", "text", "words"),
    sampled(
        [
            (
                "fr",
                'confirm:\n  reask:\n    - "Pardon, {a_service}, {slot}, {of_name} ?"\n    - "Dites banane pour confirmer, ou non."',
                "to say “banane pour confirmer”",
            ),
            ("de", 'slot:\n  reask:\n    - "Frei ist {offers}."\n    - "Drücken Sie neun, oder warten Sie."', "to press “neun”"),
            ("en", 'greet:\n  ask: "How can I help? You can say prune the hedge."', "to say “prune the hedge”"),
            (
                "es",
                'when:\n  reask:\n    - "Perdone."\n    - "Dígame un día, por ejemplo la Candelaria del oso."',
                "to say “la Candelaria del oso”",
            ),
        ],
        3,
    ),
)
def test_what_is_not_understood_is_told(tmp_path: Path, language: str, text: str, words: str) -> None:
    """Words that mean nothing in the state that invites to them, and keys that do nothing there, at their own wording."""
    ((code, line, message),) = with_line(tmp_path, language, text + "\n")
    assert code == "not-understood"
    assert line == text.count("\n") + 1
    assert words in message


def test_an_answer_is_understood_where_it_is_given_only(tmp_path: Path) -> None:
    """A yes is one to a read-back, and none to an open question."""
    yes = 'when:\n  give_up: "Say yes, or tell me a day."\n'
    assert [code for code, _, _ in with_line(tmp_path, "en", yes)] == ["not-understood"]
    assert with_line(tmp_path, "en", yes.replace("when:", "confirm:")) == []


def test_lines_that_a_graph_never_says_are_left_alone(root: Path, tmp_path: Path) -> None:
    """A graph without the state has no use for its lines, which the shipped files hold all the same."""
    text = (root / "states.yaml").read_text(encoding="utf-8")
    start, end = text.index("  email:\n    prompt"), text.index("  confirm:\n    prompt")
    less = (text[:start] + text[end:]).replace("      - {if: {phone: known, asks_email: true}, to: email}\n", "")
    less = less.replace("  asks_email: {type: switch, scope: call, shown: false}\n", "").replace(
        "phone, email, appointment]}", "phone, appointment]}"
    )
    less = less.replace("  email: {type: email, scope: call, read_back: true}\n", "")
    (tmp_path / "states.yaml").write_text(less, encoding="utf-8")
    assert [str(found) for found in examine_folders(Folders(tmp_path), MEMO).problems] == []


def test_what_is_known_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The readers are not even loaded where all proposals are known; new words are read, and those that a new phrase may be in."""
    file = tmp_path / "understood.json"
    loaded: list[bool] = []
    load = proposed.load_rules

    def counted(business: Business, phrases: Phrases) -> Rules:
        loaded.append(True)
        return load(business, phrases)

    monkeypatch.setattr(proposed, "load_rules", counted)
    own = tmp_path / "own"
    lines = 'confirm:\n  give_up: "Say yes, or no."\n'
    assert with_line(own, "en", lines, Memo(file)) == []
    assert len(loaded) == len(LANGUAGES)
    assert with_line(own, "en", lines, Memo(file)) == []
    assert len(loaded) == len(LANGUAGES)
    assert [code for code, _, _ in with_line(own, "en", lines.replace("yes", "banana"), Memo(file))] == ["not-understood"]
    assert [code for code, _, _ in with_line(own, "en", lines.replace("yes", "banana"), Memo(file))] == ["not-understood"]
    assert len(loaded) == len(LANGUAGES) + 1
    phrases = own / "prompts" / "phrases" / "en.yaml"
    phrases.parent.mkdir()
    shipped = Path("prompts/phrases/en.yaml").read_text(encoding="utf-8")
    for filler, read in (("good gracious", 0), ("appointment", 1)):
        phrases.write_text(shipped.replace("fillers:", f"fillers:\n  - {filler}", 1), encoding="utf-8")
        before = len(loaded)
        assert with_line(own, "en", lines, Memo(file)) == []
        assert len(loaded) - before == read


def test_a_folder_begun_from_ours_knows_what_we_know(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memo = Memo()
    assert examine_folders(Folders(), memo).problems == ()
    for name in ("states.yaml", "business.yaml"):
        shutil.copy(root / name, tmp_path / name)
    for name in ("prompts", "knowledge"):
        shutil.copytree(root / name, tmp_path / name)
    monkeypatch.setattr(proposed, "load_rules", None)
    assert examine_folders(Folders(tmp_path), memo).problems == ()
    phrases = tmp_path / "prompts" / "phrases" / "en.yaml"
    phrases.write_text(phrases.read_text(encoding="utf-8").replace("fillers:", "fillers:\n  - appointment", 1), encoding="utf-8")
    with pytest.raises(TypeError, match="not callable"):
        examine_folders(Folders(tmp_path), memo)


@pytest.mark.parametrize("content", ["", "{", "[1, null]", '{"a": 1}'])
def test_a_broken_memory_only_costs_time(tmp_path: Path, content: str) -> None:
    """Whatever stands in the file, nothing is known then, and the next check writes it anew."""
    file = tmp_path / "understood.json"
    file.write_text(content, encoding="utf-8")
    memo = Memo(file)
    assert not memo.knows("a")
    memo.learn("b")
    memo.save()
    assert "b" in json.loads(file.read_text(encoding="utf-8"))
    assert Memo(file).knows("b")


@pytest.mark.parametrize("content", sampled(["say: [say]\n", "- say\n", "say: [\n"], 3))
def test_a_language_must_say_how_it_invites(tmp_path: Path, content: str) -> None:
    """A file of invitations that does not have its parts is a problem of its own."""
    file = tmp_path / "prompts" / "invitations" / "en.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(content, encoding="utf-8")
    (found,) = examine_folders(Folders(tmp_path), MEMO).problems
    assert found.code in {"no-invitations", "not-yaml"}
    assert found.file == str(file)


def test_what_understands_is_part_of_what_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word of the language data, a line of the program, another release of a library: with each, nothing is known any more.

    An edit of the same length counts that leaves the time of the file as it was.
    """
    shutil.copytree("spoken", tmp_path / "spoken")
    library = tmp_path / "lib" / "rapidfuzz-3.0.dist-info"
    library.mkdir(parents=True)
    monkeypatch.setattr(installed, "CHECKOUT", tmp_path)
    monkeypatch.syspath_prepend(str(library.parent))

    def program() -> str:
        installed._program.cache_clear()
        installed._content.cache_clear()
        return memo_module._program()

    seen = [program()]
    assert program() == seen[0]
    for name, old, new in (("data/fr/yes_no.yaml", b"ouaip", b"ouaif"), ("sounds.py", b"index == 0", b"index == 1")):
        file = tmp_path / "spoken" / name
        before, content = file.stat(), file.read_bytes()
        assert old in content
        file.write_bytes(content.replace(old, new))
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        seen.append(program())
    library.rename(library.with_name("rapidfuzz-3.1.dist-info"))
    seen.append(program())
    assert len(set(seen)) == len(seen)
    installed._program.cache_clear()
