"""pytest collects the calls and goals of a business folder, and shows what differs as a dialogue."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

from tests.conftest import ROOT
from tests.rehearsing.test_suite import CALL, GOAL

pytest_plugins = ["pytester"]

PLUGIN = "frontdesk.rehearsing.pytest_plugin"


@pytest.fixture
def folder(pytester: pytest.Pytester) -> pytest.Pytester:
    """A business folder: its business.yaml, one call and one goal, and files that are none."""
    (pytester.path / "business.yaml").write_bytes((ROOT / "business.yaml").read_bytes())
    for kind, name, text in (
        ("calls", "hangs_up.yaml", CALL),
        ("calls", "callers.yaml", 'en: {name: Ada Byron, number: "+447400999999"}'),
        ("calls", "notes.txt", "none"),
        ("goals", "haircut.yaml", GOAL),
        ("other", "hangs_up.yaml", "none"),
    ):
        (pytester.path / kind).mkdir(exist_ok=True)
        (pytester.path / kind / name).write_text(text, encoding="utf-8")
    return pytester


def run(folder: pytest.Pytester, *options: str) -> pytest.RunResult:
    # As the installed plugin would be blocked and loaded again by its module, this works with and without it.
    return folder.runpytest_inprocess("-p", "no:frontdesk", "-p", PLUGIN, "-p", "no:asyncio", *options)


def test_calls_and_goals_are_tests(folder: pytest.Pytester) -> None:
    """One for each language that a file is written for; nothing else in the folder is one."""
    result = run(folder, "-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["calls/hangs_up.yaml::hangs_up[[]en[]] PASSED*", "goals/haircut.yaml::haircut[[]fr[]] PASSED*"])


@pytest.mark.slow  # three processes, each of which loads the salon
def test_calls_and_goals_are_spread_over_processes(folder: pytest.Pytester) -> None:
    """With pytest-xdist: the same tests, wherever each is held; what differs is the same dialogue."""
    (folder.path / "calls" / "hangs_up.yaml").write_text(CALL.replace("asks: service", "asks: when"), encoding="utf-8")
    plugins = ("-p", "no:frontdesk", "-p", PLUGIN, "-p", "no:asyncio", "-p", "xdist", "-n", "2")
    result = folder.runpytest_subprocess(*plugins)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*calls/hangs_up.yaml in en: Hangs up when asked for the service*", "   !! it asks for service, not when"])


def test_what_differs_is_a_dialogue(folder: pytest.Pytester) -> None:
    """Without a stack, under the title of the call."""
    (folder.path / "calls" / "hangs_up.yaml").write_text(CALL.replace("asks: service", "asks: when"), encoding="utf-8")
    result = run(folder, "calls")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*calls/hangs_up.yaml in en: Hangs up when asked for the service*",
            "      caller: I'd like to make an appointment",
            "   !! it asks for service, not when",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_what_is_known_to_differ_is_expected(folder: pytest.Pytester) -> None:
    """`not_yet` is pytest's xfail, and strict."""
    (folder.path / "calls" / "hangs_up.yaml").write_text(f"not_yet: later\n{CALL}".replace("asks: service", "asks: when"), encoding="utf-8")
    (folder.path / "goals" / "haircut.yaml").write_text(f"not_yet: later\n{GOAL}", encoding="utf-8")
    run(folder).assert_outcomes(xfailed=1, failed=2)


def test_what_is_wrong_with_a_file_or_the_business_is_an_error_of_the_collection(folder: pytest.Pytester) -> None:
    """With its place."""
    (folder.path / "calls" / "hangs_up.yaml").write_text(CALL.replace("asks:", "ask:"), encoding="utf-8")
    result = run(folder, "calls")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*calls/hangs_up.yaml:6:17: unknown-key: *Did you mean “asks”?*"])
    (folder.path / "business.yaml").write_text("version: 1\n", encoding="utf-8")
    result = run(folder, "goals")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*business.yaml:1:1: missing-key: *"])


def test_other_folders_are_left_alone(folder: pytest.Pytester) -> None:
    """Somebody else's `calls/`, with no business beside it, is theirs."""
    (folder.path / "business.yaml").unlink()
    run(folder).assert_outcomes()


def test_the_plugin_is_installed_and_costs_nothing_where_it_is_not_used() -> None:
    """The entry point names it, and to load it loads neither the engine nor a database."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"frontdesk": PLUGIN}
    heavy = f"import sys, {PLUGIN}; print(sorted({{'sqlalchemy', 'pydantic', 'fsm', 'yaml', 'spoken'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", heavy], cwd=ROOT, capture_output=True, text=True, check=True).stdout == "[]\n"
