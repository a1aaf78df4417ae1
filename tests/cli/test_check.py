"""`frontdesk check` and `frontdesk graph`: everything that is wrong, at once, and an exit code that a script can read."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from frontdesk.cli import check as check_module
from frontdesk.cli.app import app
from frontdesk.cli.check import check, printable
from frontdesk.cli.examining import examine
from frontdesk.cli.graph import GraphOptions, print_graph
from frontdesk.cli.graph_schema import write_graph_schema
from frontdesk.cli.kept_reports import KeptReports, Told
from fsm.schema import graph_schema_text
from tests.examples import sampled


def run(folder: Path | None, *, as_json: bool = False) -> tuple[int, list[str]]:
    out = io.StringIO()
    return check(folder, out, as_json=as_json), out.getvalue().splitlines()


def own_graph(root: Path, folder: Path, *changes: tuple[str, str]) -> list[str]:
    """A business folder with its own graph, changed; returns the lines of that file."""
    text = (root / "states.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "states.yaml").write_text(text, encoding="utf-8")
    return text.splitlines()


def about_the_graph(lines: list[str]) -> list[str]:
    return [line for line in lines if "states.yaml:" in line]


def test_a_round_through_half_of_the_call_is_told_in_one_short_sentence(root: Path, tmp_path: Path) -> None:
    """Its states, what the first moves look at, and how many conditions there are besides."""
    own_graph(root, tmp_path, ("{if: {agreed: true}, to: book}", "{if: {agreed: true}, to: slot}"))
    [told] = [problem.message for problem in examine(tmp_path).problems if problem.code == "endless-loop"]
    assert told == (
        "The call goes round in circles: slot → hold → identity → contact → email → confirm → slot, "
        "when “intent” is “book”, “service” is “known”, “when” is “known” and 8 more."
    )


def test_every_problem_of_a_broken_graph_at_once(root: Path, tmp_path: Path) -> None:
    """Slips in different places are told in one run, with file, line and column, in order, and the exit code is 2."""
    text = own_graph(
        root,
        tmp_path,
        ("{if: {service: known}, to: when}", "{if: {service: known}, to: whenn}"),
        ("    ask: email", "    ask: email\n    colour: red"),
        ("{if: {hold: taken}", "{if: {hold: stolen}"),
    )
    code, lines = run(tmp_path)
    assert code == 2
    found = about_the_graph(lines)
    for kind, words in (("unknown-state", "to: whenn"), ("unknown-key", "colour: red"), ("unknown-outcome", "hold: stolen")):
        number = next(number for number, line in enumerate(text, 1) if words in line)
        assert any(re.match(rf"{re.escape(str(tmp_path))}/states\.yaml:{number}:\d+: {kind}: ", line) for line in found)
    assert found == sorted(found, key=lambda line: [int(part) for part in line.rpartition("states.yaml:")[2].split(":")[:2]])
    assert re.fullmatch(r"\d+ problems in \d+ files?\.", lines[-1])


def test_only_what_the_folder_holds_is_its_own(root: Path, tmp_path: Path) -> None:
    """What a business folder lacks comes from the defaults, under their own names."""
    own_graph(root, tmp_path, ("to: when}", "to: whenn}"))
    ours, defaults = examine(tmp_path), examine(None)
    assert {problem for problem in ours.problems if not problem.file.startswith(str(tmp_path))} == {
        problem for problem in defaults.problems if problem.file != "states.yaml"
    }
    assert ours.languages == defaults.languages


def test_the_summary_counts(root: Path, tmp_path: Path) -> None:
    """A report counts states, transitions and languages."""
    report = examine(None)
    assert report.states > 30
    assert report.moves > 100
    assert report.languages == ("fr", "de", "en", "es")


def test_no_such_folder(tmp_path: Path) -> None:
    """A folder that does not exist, or is a file, is one problem in one sentence."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    for folder in (tmp_path / "nowhere", tmp_path / "file"):
        code, lines = run(folder)
        assert code == 2
        assert len(lines) == 2
        assert "no-folder" in lines[0]


def test_json(root: Path, tmp_path: Path) -> None:
    """With --json the same comes as one object, for other programs."""
    own_graph(root, tmp_path, ("version: 1", "version: 2"))
    code, lines = run(tmp_path, as_json=True)
    content = json.loads("\n".join(lines))
    assert code == 2
    assert content["languages"] == ["fr", "de", "en", "es"]
    assert {"code", "file", "line", "column", "message", "hint", "example"} == content["problems"][0].keys()
    assert next(problem for problem in content["problems"] if problem["file"].endswith("states.yaml"))["line"] == 1


def test_the_command_and_its_exit_codes(root: Path, tmp_path: Path) -> None:
    """--format json is --json, text is the default; 0 without problems, 2 with some, or for a folder or a form that there is not."""
    runner = CliRunner()
    whole = runner.invoke(app, ["check"])
    assert whole.exit_code == 0
    assert whole.stdout.endswith("no problems.\n")
    own_graph(root, tmp_path, ("to: when}", "to: whenn}"))
    broken = ["check", "--business", str(tmp_path)]
    text, one, other = (runner.invoke(app, [*broken, *more]) for more in ([], ["--format", "json"], ["--json"]))
    assert {text.exit_code, one.exit_code, other.exit_code} == {2}
    assert re.match(r"\S+states\.yaml:\d+:\d+: unknown-state: ", text.stdout)
    assert json.loads(one.stdout) == json.loads(other.stdout)
    assert json.loads(one.stdout)["problems"][0]["code"] == "unknown-state"
    assert runner.invoke(app, ["check", "--business", str(tmp_path / "nowhere")]).exit_code == 2
    assert runner.invoke(app, ["check", "--format", "xml"]).exit_code == 2


BREAKABLE = ("states.yaml", "business.yaml", "prompts/lines/fr.yaml", "prompts/phrases/fr.yaml")


@pytest.mark.parametrize(
    ("content", "name"), sampled([(content, name) for content in (b"", b"\xff\xfe", b"- [", b"[]") for name in BREAKABLE], 4)
)
def test_any_file_may_be_broken(name: str, content: bytes, tmp_path: Path) -> None:
    """Whichever file is broken, and however, the answer is problems and exit code 2."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    code, lines = run(tmp_path)
    assert code == 2
    assert any(line.startswith(f"{path}:") for line in lines)
    assert all(re.match(r"[^:]+:\d+:\d+: [a-z-]+: \S", line) for line in lines[:-1])


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    """A folder named states.yaml is told, not stumbled over."""
    (tmp_path / "states.yaml").mkdir()
    code, lines = run(tmp_path)
    assert code == 2
    assert any("states.yaml:0:0: unreadable" in line for line in lines)


def test_a_terminal_that_knows_no_quotes() -> None:
    """Output in a narrow encoding loses no letter that it can show, and raises nothing."""
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert printable("There is no state “slott”. → café\x1b[31m\ud800", narrow) == 'There is no state "slott". -> caf??[31m?'


def test_the_picture_or_the_problems(root: Path, tmp_path: Path) -> None:
    """`graph` prints a diagram and nothing else, or the problems beside it and exit code 2."""
    out, err = io.StringIO(), io.StringIO()
    assert print_graph(GraphOptions(), out, err) == 0
    assert out.getvalue().startswith("stateDiagram-v2\n")
    assert err.getvalue() == ""
    own_graph(root, tmp_path, ("to: when}", "to: whenn}"))
    out, err = io.StringIO(), io.StringIO()
    assert print_graph(GraphOptions(tmp_path), out, err) == 2
    assert out.getvalue() == ""
    assert "unknown-state" in err.getvalue()


def test_the_schema_can_be_written_anew(root: Path, tmp_path: Path) -> None:
    """`make schemas` writes the schema that the parser has."""
    write_graph_schema(tmp_path / "schema.json")
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == graph_schema_text()
    shutil.copy(root / "schemas" / "states.schema.json", tmp_path / "published.json")
    assert (tmp_path / "published.json").read_text(encoding="utf-8") == graph_schema_text()


def test_what_is_known_is_told_again_in_the_same_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read a second time; any edit, another name of the folder or a file nearly called so makes it a new check."""
    own = tmp_path / "own"
    (own / "prompts" / "lines").mkdir(parents=True)
    lines = own / "prompts" / "lines" / "en.yaml"
    lines.write_text("greet: {hello: ''}\n", encoding="utf-8")
    kept = KeptReports(tmp_path / "checked.json")
    checked: list[Path | None] = []

    def checking(folder: Path | None) -> Told:
        checked.append(folder)
        return examine(folder).told

    monkeypatch.setattr(check_module, "_checked", checking)

    def told(folder: Path, *, as_json: bool = False) -> tuple[int, str]:
        out = io.StringIO()
        return check(folder, out, as_json=as_json, kept=kept), out.getvalue()

    first = told(own)
    assert first[0] == 2
    assert told(own) == first
    assert json.loads(told(own, as_json=True)[1])["problems"]
    assert len(checked) == 1
    (own / "knowledges").mkdir()
    assert "unread-file" in told(own)[1]
    (own / "knowledges").rmdir()
    (own / "prompts" / "answer").mkdir()
    assert "unread-file" in told(own)[1]
    (own / "prompts" / "answer").rmdir()
    lines.write_text("{}\n", encoding="utf-8")
    assert told(own) != first
    assert len(checked) == 4
    told(own.parent / "own" / ".." / "own")
    assert len(checked) == 5


def test_a_folder_that_is_a_link_is_looked_into(tmp_path: Path) -> None:
    """Several shops may share their sentences; a link that leads back to where it stands is not followed round and round."""
    shared, shop = tmp_path / "shared", tmp_path / "shop"
    shared.mkdir()
    (shop / "prompts").mkdir(parents=True)
    (shop / "prompts" / "lines").symlink_to(shared)
    (shop / "prompts" / "round").symlink_to(shop)
    (shared / "en.yaml").write_text("a", encoding="utf-8")
    before = KeptReports.key(shop)
    assert KeptReports.key(shop) == before
    (shared / "en.yaml").write_text("b", encoding="utf-8")
    assert KeptReports.key(shop) != before


def test_a_check_during_which_somebody_saves_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows whether it read what was there before or after."""
    graph = tmp_path / "states.yaml"
    graph.write_text("x", encoding="utf-8")
    kept = KeptReports(tmp_path / "var" / "checked.json")

    def checking(folder: Path | None) -> Told:
        told = examine(folder).told
        graph.write_text("y", encoding="utf-8")
        return told

    monkeypatch.setattr(check_module, "_checked", checking)
    before = kept.key(tmp_path)
    check(tmp_path, io.StringIO(), kept=kept)
    assert kept.find(before) is None
    assert kept.find(kept.key(tmp_path)) is None


@pytest.mark.parametrize("content", ["", "[]", '{"k": 1}', '{"k": {"code": "x", "lines": [], "content": {}}}', '{"k": {}}'])
def test_a_file_of_reports_that_is_no_such_file_is_made_anew(tmp_path: Path, content: str) -> None:
    file = tmp_path / "checked.json"
    file.write_text(content, encoding="utf-8")
    kept, told = KeptReports(file), Told(0, ("fine",), {"problems": []})
    assert kept.find("k") is None
    kept.keep("k", told)
    assert kept.find("k") == told
