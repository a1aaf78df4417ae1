"""Texts of business.yaml for the ear, text messages at their longest, and prompts against their budget."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from frontdesk.bootstrap import remembering
from frontdesk.bootstrap.reading import Folders, read_all
from frontdesk.checking import prompts
from frontdesk.checking.messages import check_messages, worst_message
from frontdesk.checking.whole import examine_folders
from frontdesk.prompting.render import Renderer
from frontdesk.prompting.spoken_style import LONGEST_SENTENCE, long_sentences, unspeakable
from fsm.problems import Problem
from integrations.sms.segments import segments
from tests.checking.shipped_memo import MEMO
from tests.examples import sampled


def with_files(folder: Path, **files: str) -> tuple[Problem, ...]:
    """The problems of a business folder with these files; __ stands for a folder's slash."""
    for name, text in files.items():
        stem, _, kind = name.rpartition("_")
        path = folder / f"{stem.replace('__', '/')}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return examine_folders(Folders(folder), MEMO).problems


def changed(root: Path, *pieces: tuple[str, str]) -> str:
    """The shipped business.yaml with these pieces replaced."""
    text = (root / "business.yaml").read_text(encoding="utf-8")
    for old, new in pieces:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("rendez-vous à 14h30", "a time in figures (“14h30”)"),
        ("open at 14:30 today", "a time in figures (“14:30”)"),
        ("das kostet 30 Euro", "digits (“3”)"),
        ("that is thirty €", "a sign (“€”)"),
        ("coupe & couleur", "a sign (“&”)"),
        ("à deux km d'ici", "a unit in letters (“km”)"),
        ("hundert EUR im Voraus", "a unit in letters (“EUR”)"),
        ("demandez le Dr. Martin", "an abbreviation (“Dr.”)"),
        ("c'est M. Martin", "an abbreviation (“M.”)"),
        ("avec le Dr Martin", "an abbreviation (“Dr”)"),
        ("with Mrs Jones", "an abbreviation (“Mrs”)"),
        ("z. B. am Montag", "an abbreviation (“z. B.”)"),
        ("at three p.m. today", "an abbreviation (“p.m.”)"),
        ("see www.salon.example", "a web address (“www.”)"),
        ("sur salon-colibri.fr bien sûr", "a web address (“salon-colibri.fr”)"),
        ("écrivez à marie@example.com", "an e-mail address (“marie@example.com”)"),
        ("bienvenue 😀", "a sign (“😀”)"),
        ("• erstens", "a sign (“•”)"),
        ("see\u200b you", "a character that nobody sees (U+200B)"),
    ],
)
def test_what_a_voice_would_misread(text: str, what: str) -> None:
    """Each is found, once, whatever else it looks like."""
    assert [found for found, _ in unspeakable(text)] == [what]


@pytest.mark.parametrize(
    "text",
    [
        "I am the AI assistant. No, we don't.",
        "Vous allez recevoir un SMS de confirmation. L'adresse e-mail, s'il vous plaît.",
        "Am Montag, den ersten, um halb drei. Das ist alles.",
        "¿Qué día le viene bien? El mar. El sábado, de nueve a dos.",
        "Très bien\u202f! Que puis-je faire\u00a0? – L’œuvre, « c’est ça »…",
    ],
)
def test_what_a_voice_reads_well(text: str) -> None:
    """Ordinary sentences are left alone."""
    assert list(unspeakable(text)) == []


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('"{hello}, {business}. An artificial intelligence answers."', []),
        ('"{hello}, {business}, Mary speaking. Aim high, maintain."', ["prompts/lines/en.yaml"]),
        ('["{hello}, {business}. I am an AI.", "Hello."]', ["prompts/lines/en.yaml"]),
        ('"{business}[ and an AI, {hello}]."', ["prompts/lines/en.yaml"]),
    ],
)
def test_callers_learn_that_it_is_an_ai(tmp_path: Path, written: str, told: list[str]) -> None:
    """In every language, and in each wording, whatever is left out of it."""
    found = with_files(tmp_path, prompts__lines__en_yaml=f"greet:\n  hello: {written}\n")
    assert [problem.file.removeprefix(f"{tmp_path}/") for problem in found if problem.code == "not-disclosed"] == told


def test_a_greeting_of_two_lines(tmp_path: Path, root: Path) -> None:
    """One of the lines that the graph makes sure of in the first state is enough; none is needed where it makes sure of nothing."""
    graph = (root / "states.yaml").read_text(encoding="utf-8")
    one = "  - always: {state: greet, says: greet.hello}"
    assert one in graph
    two = graph.replace(one, f"{one}\n  - always: {{state: greet, says: greet.notice}}")
    two = two.replace("say: [{line: greet.hello}]", "say: [{line: greet.hello}, {line: greet.notice}]")
    says = {"fr": "Une IA vous répond.", "de": "Hier ist eine KI.", "en": "I am an AI.", "es": "Soy una IA."}
    for language, notice in says.items():
        lines = tmp_path / "prompts" / "lines" / f"{language}.yaml"
        lines.parent.mkdir(parents=True, exist_ok=True)
        lines.write_text(f'greet:\n  hello: "{{hello}}."\n  notice: "{notice}"\n', encoding="utf-8")
    assert [problem for problem in with_files(tmp_path, states_yaml=two) if problem.code == "not-disclosed"] == []


def test_a_prompt_that_cannot_be_read(tmp_path: Path) -> None:
    """Prompts are files like any other: what keeps one from being read is a problem, and a mark before the text is none of its words."""
    folder = tmp_path / "prompts" / "states"
    folder.mkdir(parents=True)
    text = (Folders().defaults / "prompts" / "states" / "when.md").read_text(encoding="utf-8")
    (folder / "when.md").write_text(text, encoding="utf-8-sig")
    marked = examine_folders(Folders(tmp_path), MEMO)
    assert marked.problems == ()
    assert marked.tokens == examine_folders(Folders(), MEMO).tokens
    for content, code in ((b"caf\xe9", "not-text"), (b" \n", "empty-file"), (b"x" * 200_000, "file-too-large")):
        (folder / "when.md").write_bytes(content)
        assert [problem.code for problem in examine_folders(Folders(tmp_path), MEMO).problems] == [code]
    (folder / "when.md").unlink()
    (folder / "when.md").mkdir()
    assert [problem.code for problem in examine_folders(Folders(tmp_path), MEMO).problems] == ["unreadable"]


def test_a_slip_in_the_name_of_a_line_is_one_problem(tmp_path: Path) -> None:
    """Nobody is told to write it in the other languages, too."""
    (found,) = with_files(tmp_path, prompts__lines__es_yaml='grete:\n  ask: "¿Qué desea?"\n')
    assert (found.code, found.hint) == ("unused-line", "Did you mean “greet.ask”?")


def test_a_line_that_nothing_says_is_no_slip_in_the_name_of_any_other(root: Path, tmp_path: Path) -> None:
    """Without the state that said it, "notify.failed" is to be removed; it is no "slot.failed", which is there and something else."""
    states = (root / "states.yaml").read_text(encoding="utf-8")
    assert states.count(", say: [notify.failed]") == 1
    states = states.replace(", say: [notify.failed]", "")
    (found,) = with_files(tmp_path, states_yaml=states, prompts__lines__es_yaml='notify:\n  failed: "No he podido enviarlo."\n')
    assert (found.code, found.hint) == ("unused-line", "Remove it, or name it in states.yaml.")


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    sampled(
        [
            (
                "when",
                "Find out when.\nCall `choose_slott`, then say_wen.",
                [(2, 7, "choose_slott", "plain words"), (2, 27, "say_wen", "“say_when”")],
            ),
            ("when", "Quote it with say_when; facts such as agreed, acts such as never_mind and refuses_offers are no tools.", []),
            ("when", "See https://salon.example/our_hours, our_hours.md or jean_luc@salon.example.", []),
            ("when", "Report it with *say_email*.", [(1, 17, "say_email", "")]),
            ("email", "Report it with *say_email*.", []),
        ],
        3,
    ),
)
def test_a_prompt_names_tools_that_its_state_has(tmp_path: Path, file: str, text: str, expected: list[tuple[int, int, str, str]]) -> None:
    """Each name at its place, with the nearest that a model has there; addresses, facts and acts are none."""
    (tmp_path / "prompts" / "states").mkdir(parents=True)
    (tmp_path / "prompts" / "states" / f"{file}.md").write_text(text, encoding="utf-8")
    found = examine_folders(Folders(tmp_path), MEMO).problems
    assert [(problem.code, problem.line, problem.column) for problem in found] == [("unknown-tool", *place[:2]) for place in expected]
    for problem, (_, _, name, hint) in zip(found, expected, strict=True):
        assert f"“{name}”" in problem.message
        assert hint in problem.hint


def test_a_persona_names_tools_that_some_state_has(root: Path, tmp_path: Path) -> None:
    """It is read in every state."""
    persona = (root / "prompts" / "persona.md").read_text(encoding="utf-8").replace("by tools;", "by tools, such as say_name or say_nam;")
    (found,) = with_files(tmp_path, prompts__persona_md=persona)
    assert (found.code, found.line, found.hint) == ("unknown-tool", 2, "Did you mean “say_name”?")


def test_sentences_are_counted_one_by_one() -> None:
    """Two sentences of the allowed length are fine, one word more in either is not."""
    full = " ".join(["word"] * LONGEST_SENTENCE)
    assert list(long_sentences(f"{full}. {full}: {full}?")) == []
    assert list(long_sentences(f"{full}. {full} more! {full}")) == [LONGEST_SENTENCE + 1]


def test_texts_of_the_business_are_for_the_ear(root: Path, tmp_path: Path) -> None:
    """Answers, names of services and names of people are held to the rules of the lines, each at its place."""
    long = " ".join(["et"] * 25)
    text = changed(
        root,
        ("fr: Oui, le salon est de plain-pied, sans aucune marche,", "fr: Ouvert à 14h30, sans aucune marche,"),
        ("name: Salon Colibri", "name: Salon Dr. Colibri"),
        ("fr: Vous pouvez payer par carte, même sans contact, ou en espèces.", f"fr: {long}."),
    )
    found = with_files(tmp_path, business_yaml=text)
    lines = text.splitlines()
    assert [(problem.code, lines[problem.line - 1].strip()[:20]) for problem in found] == [
        ("not-for-the-ear", "name: Salon Dr. Coli"),
        ("not-for-the-ear", "fr: Ouvert à 14h30, "),
        ("long-sentence", "fr: et et et et et e"),
    ]


def test_what_is_written_down_is_for_the_ear(root: Path, tmp_path: Path) -> None:
    """Passages of the folder `knowledge` are read to callers: marks are taken out, figures and long sentences are told at their line."""
    long = " ".join(["und"] * 30)
    text = "# Preise ab 20 Euro\n\n<!-- 3 Mal -->\nWir öffnen **um\nneun** Uhr.\n\n- Ab 30 Euro ohne [Versand](https://a.example).\n\n"
    text += f"Dann {long}.\n"
    found = with_files(tmp_path, business_yaml=changed(root), knowledge__de_md=text, knowledge__it_md="12 euro")
    assert [(problem.code, problem.line) for problem in found] == [("not-for-the-ear", 7), ("long-sentence", 9)]
    assert {problem.file for problem in found} == {f"{tmp_path}/knowledge/de.md"}


def test_a_long_text_message(tmp_path: Path) -> None:
    """A third SMS is too many, and the problem says what the message looks like."""
    booked = '"{business} ' + "très bien " * 30 + '{slot}, {service}[ avec {staff}]. {address} {business_phone}"'
    (found,) = with_files(tmp_path, prompts__sms__fr_yaml=f"booked: {booked}\n")
    assert (found.code, found.line, found.column) == ("long-sms", 1, 1)
    assert "3 SMS" in found.message
    assert "Salon Colibri" in found.message
    assert "160 characters" in found.hint


def test_a_sign_that_halves_a_text_message(tmp_path: Path) -> None:
    """One sign outside the alphabet makes a message of one or two SMS one of three, and the hint names it."""
    smile = '"{business} ☺ {slot}, {service}[ avec {staff}]. {address}, venez donc un peu en avance. Annuler : {business_phone}"'
    plain = smile.replace("☺", ":-)")
    assert with_files(tmp_path, prompts__sms__fr_yaml=f"booked: {plain}\n") == ()
    (found,) = with_files(tmp_path, prompts__sms__fr_yaml=f"booked: {smile}\n")
    assert found.code == "long-sms"
    assert "“☺”" in found.hint


def test_the_worst_case_is_the_worst(root: Path) -> None:
    """No service, person or day of a year gives a longer message than the one that was looked at."""
    read = read_all(Folders())
    assert read.business is not None
    business = read.business
    assert list(check_messages(read.lines, business)) == []
    renderer = Renderer(read.lines, business)
    now = dt.datetime(2026, 6, 1, 9, tzinfo=business.zone)
    service = "wedding_consultation"
    for language in business.languages:
        worst = worst_message(renderer, business, "booked", language)
        for day in range(1, 366, 3):
            start = f"{dt.date(2026, 6, 1) + dt.timedelta(days=day)}T16:45"
            for staff in business.staff_for(service):
                text = renderer.sms("booked", language, {"service": service, "start": start, "staff": staff, "name": "Zoë"}, now)
                assert segments(text) <= segments(worst)
                assert len(text) <= len(worst), (language, text, worst)


def test_the_budget_of_a_prompt(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A prompt that costs too much is told with the number, at its file, in the state where it costs most; estimated where it must be."""
    text = (root / "prompts" / "states" / "confirm.md").read_text(encoding="utf-8")
    long = text + "Whatever they say, remember that the salon closes on Mondays, and never say so. " * 12
    (counted,) = with_files(tmp_path, prompts__states__confirm_md=long)
    assert (counted.code, counted.file) == ("long-prompt", f"{tmp_path}/prompts/states/confirm.md")
    assert "“confirm”" in counted.message
    assert " 450 is the budget" in counted.message
    monkeypatch.setattr(prompts, "token_counter", lambda: None)
    remembering._made.clear()  # as in another installation
    (guessed,) = examine_folders(Folders(tmp_path), MEMO).problems
    assert "(estimated; rs-bpe" in guessed.message


def test_an_estimate_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the counter, every shipped state is within a tenth of what is counted, and nothing is over the budget."""
    counted = examine_folders(Folders(), MEMO).tokens
    monkeypatch.setattr(prompts, "token_counter", lambda: None)
    remembering._made.clear()  # as in another installation
    whole = examine_folders(Folders(), MEMO)
    assert whole.tokens.estimated
    assert whole.problems == ()
    assert not counted.estimated
    for state, tokens in counted.states.items():
        assert abs(whole.tokens.states[state] - tokens) <= tokens / 10, state


def test_a_long_name_leaves_the_prompts_their_room(root: Path, tmp_path: Path) -> None:
    """Who only gives the business a name, and two acts of its own to the graph, has no prompt of ours to shorten."""
    name = "Praxis für Zahnheilkunde und Kieferorthopädie Professor Doktor Annegret Schäfer-Wünsche und Kollegen"
    states = (root / "states.yaml").read_text(encoding="utf-8")
    states = states.replace("acts:\n", "acts:\n  - says_urgent\n  - says_private\n", 1)
    states = states.replace("anywhere:", "anywhere:\n  - {on: says_urgent, to: human}\n  - {on: says_private, to: human}\n", 1)
    business = changed(root, ("name: Salon Colibri", f"name: {name}"), ("languages: [fr, de, en, es]", "languages: [fr]"))
    phrases = "acts:\n  says_urgent: [c'est urgent]\n  says_private: [c'est personnel]\n"
    problems = with_files(tmp_path, business_yaml=business, states_yaml=states, prompts__phrases__fr_yaml=phrases)
    assert [problem.message for problem in problems] == []


def test_a_text_message_that_is_never_sent_is_told(tmp_path: Path) -> None:
    """A slip in its name, and callers would get that of the salon."""
    (problem,) = with_files(tmp_path, prompts__sms__en_yaml='bookd: "{business}: see you soon"\n')
    assert (problem.code, problem.hint) == ("unused-line", "Did you mean “sms.booked”?")


@pytest.mark.parametrize(
    ("shown", "untold"),
    sampled(
        [
            ("booked", "on what day and at what time of day"),
            ("booked at {time}", "on what day"),
            ("booked, {appointment}", None),
        ],
        3,
    ),
)
def test_a_confirmation_says_when(root: Path, tmp_path: Path, shown: str, untold: str | None) -> None:
    """Whichever placeholder shows it: the text is another for another day, and for another hour."""
    business = changed(root, ("languages: [fr, de, en, es]", "languages: [en]"), ("default_language: fr", "default_language: en"))
    found = with_files(tmp_path, business_yaml=business, prompts__sms__en_yaml=f'booked: "{{business}}: {shown}, {{service}}"\n')
    assert [(problem.code, problem.line, untold is not None and untold in problem.message) for problem in found] == (
        [("message-without-when", 1, True)] if untold else []
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    sampled(
        [
            (
                "We don't have our own parking",
                "At {adress} we don't have our own parking",
                "This shows {adress}, but callers would hear it as it stands. {address} is shown",
            ),
            ("fr: [métro, ", "fr: ['métro {plcae}', ", "Callers never say {plcae}, and nothing is filled in here."),
            ("fr: [coupe hommes, ", "fr: ['coupe {gens}', ", "Callers never say {gens}, and nothing is filled in here."),
        ],
        3,
    ),
)
def test_nothing_is_filled_in_in_the_file_of_the_business(root: Path, tmp_path: Path, old: str, new: str, message: str) -> None:
    """Neither in what is said, where the sentence would be heard with its brace, nor in what callers say, which would never be heard."""
    [problem] = with_files(tmp_path, business_yaml=changed(root, (old, new)))
    assert problem.code == "unknown-placeholder"
    assert f"{problem.message} {problem.hint}".startswith(message)


def test_a_slip_in_the_one_name_of_the_persona_is_told_with_the_right_one(root: Path, tmp_path: Path) -> None:
    """However it is spelt: a model would read the brace."""
    persona = (root / "prompts" / "persona.md").read_text(encoding="utf-8")
    for slip in ("{busines}", "{Business}", "{ business }", "{business1}"):
        [problem] = with_files(tmp_path, prompts__persona_md=persona.replace("{business}", slip))
        assert (problem.code, problem.hint) == ("unknown-placeholder", "Did you mean {business}?")


def test_nothing_is_filled_in_in_knowledge(root: Path, tmp_path: Path) -> None:
    """Its braces would fall away, and the name of the value be read to callers."""
    found = with_files(
        tmp_path,
        business_yaml=(root / "business.yaml").read_text(encoding="utf-8"),
        knowledge__en_md="# Wifi\nAsk for it.\nThe password is {pasword}.\n",
    )
    [problem] = found
    assert (problem.code, problem.line, problem.column) == ("unknown-placeholder", 3, 17)
