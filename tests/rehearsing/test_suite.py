"""`frontdesk test` on a business of an owner: calls and goals as YAML, what differs as a dialogue, JUnit XML, exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from frontdesk.cli.options import BadOption
from frontdesk.cli.test import run_tests
from frontdesk.rehearsing.errors import CaseProblems
from frontdesk.rehearsing.suite import folder_of_cases, written_cases
from tests.conftest import ROOT
from tests.examples import sampled

pytestmark = pytest.mark.usefixtures("loaded_once")

CALL = """
title: Hangs up when asked for the service
language: en
call:
  - caller: I'd like to make an appointment
  - frontdesk: {asks: service}
  - caller: hangs up
end: {outcome: abandoned}
"""
GOAL = """
title: Books a haircut on Tuesday at three
fixture: {free_slots: ["2026-06-16T15:00"]}
first: {en: hello, fr: bonjour}
answers:
  intent: {en: I'd like to make an appointment, fr: je voudrais un rendez-vous}
  service: {en: a women's cut, fr: une coupe femme}
  when: {en: Tuesday, fr: mardi}
  slot:
    want: "2026-06-16T15:00"
    say: {en: yes, fr: oui}
    else: {en: Tuesday at three, fr: mardi à quinze heures}
  name: {en: "{name}", fr: "{name}"}
  phone: {en: yes, fr: oui}
  agreed: {keys: "1"}
  anything_else: {en: no, fr: non}
language: [en, fr]
end:
  outcome: booked
  appointments: [{service: womens_cut, start: "2026-06-16T15:00", name: "{name}", phone: "{number}"}]
  messages: 1
  says: {en: booked, fr: réservé}
  never_asks: [email]
  passes: [confirm]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A business folder with one call and one goal."""
    for kind in ("calls", "goals"):
        (tmp_path / kind).mkdir()
    (tmp_path / "calls" / "hangs_up.yaml").write_text(CALL, encoding="utf-8")
    (tmp_path / "goals" / "haircut.yaml").write_text(GOAL, encoding="utf-8")
    return tmp_path


def run(folder: Path, *only: str, junit: Path | None = None, jobs: int = 1) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return run_tests(folder, out, err, only=only, junit=junit, jobs=jobs), out.getvalue(), err.getvalue()


def test_calls_and_goals_of_a_folder_are_held(folder: Path) -> None:
    """Each in the languages that it is written for; nothing is shown of what goes as written."""
    assert run(folder) == (0, "1 call and 2 goals: all went as written.\n", "")
    assert run(folder, "goals/", "nothing") == (0, "2 goals: all went as written.\n", "")


@pytest.mark.slow  # each process loads the salon; tests/test_processes.py shares out what is quick
def test_more_processes_change_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What differs is shown in the same order, and the report has the same bytes; changed settings reach the other processes."""
    (folder / "calls" / "asks_email.yaml").write_text(f"business: {{booking.ask_email: true}}\n{CALL}", encoding="utf-8")
    (folder / "goals" / "haircut.yaml").write_text(GOAL.replace("never_asks: [email]", "never_asks: [name]"), encoding="utf-8")
    monkeypatch.setattr("frontdesk.processes._WORTH_A_PROCESS", 2)
    one, two = tmp_path / "one.xml", tmp_path / "two.xml"
    alone = run(folder, junit=one)
    assert alone[0] == 1
    assert alone[1].endswith("2 calls and 2 goals: 2 went otherwise.\n")
    assert run(folder, junit=two, jobs=2) == alone
    assert two.read_bytes() == one.read_bytes()


class Terminal(io.StringIO):
    """A screen that somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_how_far_it_is_stands_on_a_terminal_only(folder: Path) -> None:
    """In one line, which is empty in the end, and before what differs."""
    (folder / "goals" / "haircut.yaml").write_text(GOAL.replace("never_asks: [email]", "never_asks: [name]"), encoding="utf-8")
    out, err = io.StringIO(), Terminal()
    run_tests(folder, out, err)
    assert out.getvalue() == run(folder)[1]
    assert err.getvalue().split("\r\x1b[K") == ["", "1 of 3", "", "2 of 3", "", "3 of 3", ""]


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    sampled(
        [
            ("never_asks: [email]", "never_asks: [name]", "!! asked for name"),
            ("passes: [confirm]", "passes: [message]", "!! never came through message"),
            ("says: {en: booked, fr: réservé}", "says: never heard", "!! never said /never\\ heard/"),
            ("messages: 1", "messages: 2", "!! 1 messages were sent, not 2"),
            ("outcome: booked\n", "outcome: moved | cancelled\n", "!! the outcome is booked, not moved or cancelled"),
            ("start: ", "staff: nobody, start: ", "!! there is no appointment (service: womens_cut, staff: nobody, start: "),
            ("  phone: {en: yes, fr: oui}\n", "", "!! asked for 'phone', for which the caller has no answer"),
            ("end:\n", "end:\n  cancelled: [{service: womens_cut}]\n", "that is cancelled, but none"),
        ],
        3,
    ),
)
def test_what_differs_of_a_goal_is_shown(folder: Path, old: str, new: str, wrong: str) -> None:
    """With the dialogue, exit code 1, and nothing else."""
    assert old in GOAL
    (folder / "goals" / "haircut.yaml").write_text(GOAL.replace(old, new), encoding="utf-8")
    code, out, _ = run(folder, "[en]")
    assert code == 1
    assert "goals/haircut.yaml in en: Books a haircut on Tuesday at three\n" in out
    assert "      caller: a women's cut\n   frontdesk: " in out
    assert wrong in out
    assert out.endswith("1 call and 1 goal: 1 went otherwise.\n")


def test_what_differs_of_a_call_is_shown_where_it_differs(folder: Path) -> None:
    """The mark stands under the turn."""
    (folder / "calls" / "hangs_up.yaml").write_text(CALL.replace("asks: service", "asks: when"), encoding="utf-8")
    code, out, _ = run(folder, "calls/")
    assert code == 1
    lines = out.splitlines()
    assert lines[lines.index("   !! it asks for service, not when") - 1].startswith("   frontdesk: ")


def test_what_is_known_to_differ_does_not_fail_and_what_no_longer_does_fails(folder: Path) -> None:
    """`not_yet` is for a caller whom nobody serves yet, and no longer."""
    goal = folder / "goals" / "haircut.yaml"
    goal.write_text(f"not_yet: we have no vans\n{GOAL.replace('outcome: booked', 'outcome: moved')}", encoding="utf-8")
    assert run(folder, "goals/")[:2] == (0, "2 goals: all went as written; 2 known to go otherwise, as before.\n")
    goal.write_text(f"not_yet: we have no vans\n{GOAL}", encoding="utf-8")
    code, out, _ = run(folder, "goals/")
    assert code == 1
    assert "!! all went as written; take out not_yet (we have no vans)" in out


def test_settings_may_be_changed_for_a_call(folder: Path) -> None:
    """And one that does not exist is what differs."""
    goal = folder / "goals" / "haircut.yaml"
    goal.write_text(f"business: {{booking.ask_email: true}}\n{GOAL}", encoding="utf-8")
    assert "!! asked for 'email', for which" in run(folder, "goals/haircut[en]")[1]
    goal.write_text(f"business: {{vans.many: true}}\n{GOAL}", encoding="utf-8")
    assert "!! business.yaml has no setting “vans.many”." in run(folder, "goals/haircut[en]")[1]
    goal.write_text(f"business: {{booking.vans: true}}\n{GOAL}", encoding="utf-8")
    assert "unknown-key: “vans” is not known here." in run(folder, "goals/haircut[en]")[1]


def test_callers_of_the_folder_come_before_the_invented_ones(folder: Path) -> None:
    """One of them may be changed alone."""
    (folder / "calls" / "callers.yaml").write_text('en: {name: Ada Byron, number: "+447400999999"}\n', encoding="utf-8")
    (folder / "goals" / "haircut.yaml").write_text(GOAL.replace('name: "{name}", phone', "name: Jane Smith, phone"), encoding="utf-8")
    out = run(folder, "goals/")[1]
    assert "name: Ada Byron, phone: +447400999999" in out
    assert out.endswith("2 goals: 2 went otherwise.\n")


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    sampled([
        ("calls/hangs_up.yaml", "asks:", "ask:", "calls/hangs_up.yaml:6:17: unknown-key: “ask” is not known here. Did you mean “asks”?"),
        ("calls/hangs_up.yaml", "language: en\n", "", "calls/hangs_up.yaml:2:1: wrong-value: Call.0.caller has words without a language"),
        ("calls/hangs_up.yaml", "language: en", "language: it", "calls/hangs_up.yaml:3:1: unknown-language:"),
        ("calls/hangs_up.yaml", "language: en", 'language: en\nnow: "2026-13-45T10:00"', "“2026-13-45T10:00” is no time; write it as"),
        ("calls/hangs_up.yaml", "language: en", 'language: en\nnow: "0001-01-01T10:00"', "“0001-01-01T10:00” is no time; write it as"),
        ("calls/hangs_up.yaml", "language: en", "language: en\nnumber: hello", "“hello” is no number; write it as"),
        ("calls/hangs_up.yaml", "asks: service", 'says: "yes |"', "calls/hangs_up.yaml:6:17: wrong-value: Write words"),
        ("calls/hangs_up.yaml", "hangs up", "{key: '1'}", "calls/hangs_up.yaml:7:5: wrong-value: A caller says words for each language"),
        ("calls/hangs_up.yaml", "end:", "end: [", "not-yaml"),
        ("goals/haircut.yaml", "{en: hello, fr: bonjour}", "{en: hello}", "haircut.yaml:4:1: missing-words: There are no words in fr."),
        ("goals/haircut.yaml", "    say: {en: yes, fr: oui}\n", "", "wrong-value: An answer to offered times"),
        ("goals/haircut.yaml", "free_slots: [", "free_slots: [soon, ", "haircut.yaml:3:24: wrong-value: This text does"),
        ("goals/haircut.yaml", "outcome: booked\n", "outcomes: booked\n", "unknown-key: “outcomes” is not known here. Did you"),
    ], 3),
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said_with_its_place(folder: Path, file: str, old: str, new: str, problem: str) -> None:
    """Nothing is held then, and the exit code is 2."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    code, out, err = run(folder)
    assert (code, out) == (2, "")
    assert problem in err
    assert err.endswith("nothing was held.\n")


def test_a_file_of_json_goals_is_held_and_its_mistakes_are_named(folder: Path) -> None:
    """The form of the shipped goals is understood beside the other."""
    goals = json.loads((ROOT / "tests" / "goals" / "en.json").read_text(encoding="utf-8"))[:2]
    file = folder / "goals" / "more.json"
    file.write_text(json.dumps(goals), encoding="utf-8")
    assert run(folder, "en-one-breath", "en-step")[:2] == (0, "2 goals: all went as written.\n")
    goals[0]["expects"] = {}
    file.write_text(json.dumps(goals), encoding="utf-8")
    assert "goals/more.json:0:0: wrong-goals: This file of goals cannot be used: goal en-one-breath has keys that" in run(folder)[2]


@pytest.mark.parametrize(
    ("changed", "problem"),
    sampled(
        [
            ({"now": "2026-13-01T10:00"}, "“2026-13-01T10:00” is no time"),
            ({"caller": "hello"}, "“hello” is no number"),
            ({"fixture": {"free": []}}, "the fixture cannot be used at “free”"),
            ({"answers": {"*": {"say": 5}}}, "nobody can say or do {'say': 5}"),
            ({"at": {"3": {"fly": True}}}, "nobody can say or do {'fly': True}"),
            ({"answers": {"slot": [{"want": "2026-06-16T10:00", "say": "yes", "else": ""}]}}, "nobody can say or do ''"),
            ({"expect": {"outcome": "booked", "said_has": ["(*"]}}, "'(*' is no regular expression"),
        ],
        3,
    ),
)
def test_what_no_goal_of_json_can_have_is_named(folder: Path, changed: dict[str, object], problem: str) -> None:
    """Before any call is held."""
    goal = json.loads((ROOT / "tests" / "goals" / "en.json").read_text(encoding="utf-8"))[0] | changed
    (folder / "goals" / "more.json").write_text(json.dumps([goal]), encoding="utf-8")
    code, out, err = run(folder)
    assert (code, out) == (2, "")
    assert f"goals/more.json:0:0: wrong-goals: This file of goals cannot be used: goal {goal['id']}: {problem}" in err


def test_a_change_that_no_business_can_have_is_told_without_a_file(folder: Path) -> None:
    """The changed business is no file that anybody could look into."""
    (folder / "calls" / "hangs_up.yaml").write_text(f"business: {{hours: closed}}\n{CALL}", encoding="utf-8")
    code, out, _ = run(folder, "calls/")
    assert code == 1
    assert "   !! with “business” as it is here: wrong-value: This must be a set of names and values. Write {monday: …, " in out


def test_nothing_to_hold_is_a_mistake(folder: Path, tmp_path: Path) -> None:
    """A build that tests nothing must not pass."""
    with pytest.raises(BadOption, match="No call is called “vans”; the first of 3 is calls/hangs_up"):
        run(folder, "vans")
    (folder / "calls" / "hangs_up.yaml").unlink()
    (folder / "goals" / "haircut.yaml").unlink()
    with pytest.raises(BadOption, match=r"There are no calls in .*calls and no goals in .*goals"):
        run(folder)


def test_junit_names_every_call_and_has_the_dialogue_of_those_that_differ(folder: Path, tmp_path: Path) -> None:
    """Counts, cases and failures in the form that build servers read; the same calls give the same bytes."""
    (folder / "goals" / "haircut.yaml").write_text(GOAL.replace("messages: 1", "messages: 2"), encoding="utf-8")
    report = tmp_path / "report.xml"
    run(folder, junit=report)
    top = ET.parse(report).getroot()
    assert (top.tag, top.get("tests"), top.get("failures")) == ("testsuites", "3", "2")
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("errors")) for suite in top] == [
        ("frontdesk.calls", "1", "0", "0"),
        ("frontdesk.goals", "2", "2", "0"),
    ]
    failure = top.find("testsuite/testcase[@name='haircut[fr]']/failure")
    assert failure is not None
    assert failure.get("message") == "1 messages were sent, not 2"
    assert "caller: je voudrais un rendez-vous" in (failure.text or "")
    first = report.read_bytes()
    run(folder, junit=report)
    assert report.read_bytes() == first


def test_the_calls_of_the_salon_are_among_the_tests() -> None:
    """Without a folder, and with the checkout as the folder, `frontdesk test` holds what the suite holds."""
    assert folder_of_cases(None) == folder_of_cases(ROOT) == ROOT / "tests"
    cases = written_cases(ROOT / "tests", ("fr", "de", "en", "es"))
    assert {case.kind for case in cases} == {"calls", "goals"}
    assert len({case.id for case in cases}) == len(cases) > 600


def test_a_business_that_speaks_fewer_languages_does_not_have_the_salons_calls() -> None:
    """A caller who speaks what the business does not is a problem of the file."""
    with pytest.raises(CaseProblems, match=r"The business does not answer in|speaks “de”"):
        written_cases(ROOT / "tests", ("fr",))


def test_the_goal_in_the_guide_is_held_as_it_stands(folder: Path) -> None:
    """What owners copy from docs/owners/calls.md works."""
    guide = (ROOT / "docs" / "owners" / "calls.md").read_text(encoding="utf-8")
    (folder / "goals" / "haircut.yaml").write_text(guide.split("```yaml\n")[2].split("```")[0], encoding="utf-8")
    assert run(folder, "goals/") == (0, "1 goal: all went as written.\n", "")
    call = guide.split("```yaml\n")[1].split("```")[0]
    (folder / "calls" / "hangs_up.yaml").write_text(call, encoding="utf-8")
    assert run(folder, "calls/") == (0, "4 calls: all went as written.\n", "")
