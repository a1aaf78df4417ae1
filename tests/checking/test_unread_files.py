"""A file whose name is nearly right is told, and what is none of ours is left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from frontdesk.bootstrap.reading import Folders, read_all
from frontdesk.checking.unread_files import check_unread_files


def found(folder: Path, *names: str) -> list[tuple[str, str]]:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("version: 1\n", encoding="utf-8")
    problems = list(check_unread_files(Folders(folder)))
    assert {problem.code for problem in problems} <= {"unread-file"}
    return [(str(Path(problem.file).relative_to(folder)), problem.hint) for problem in problems]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("busines.yaml", "business.yaml"),
        ("Business.yaml", "business.yaml"),
        ("states.yml", "states.yaml"),
        ("states.yaml.txt", "states.yaml"),
        ("prompts/lines/fr.yml", "fr.yaml"),
        ("prompts/phrases/FR.yaml", "fr.yaml"),
        ("prompts/line/fr.yaml", "lines"),
        ("prompt/lines/fr.yaml", "prompts"),
        ("goal/one.yaml", "goals"),
    ],
)
def test_a_slip_in_a_name_is_told(tmp_path: Path, name: str, meant: str) -> None:
    ((_, hint),) = found(tmp_path, name)
    assert hint == f"Call it “{meant}”."


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    """What would stand in it is taken from the salon otherwise, and nobody knows why."""
    assert [name for name, _ in found(tmp_path, "prompts/lines")] == ["prompts/lines"]


def test_what_is_none_of_ours_is_left_alone(tmp_path: Path) -> None:
    """Notes, pictures, a copy beside the file itself, and languages that the business does not speak."""
    names = ("README.md", "states.svg", "business.yaml", "business.yml", "business-2025.yaml", "notes/plan.txt")
    assert found(tmp_path, *names, "prompts/lines/fr.yaml", "prompts/lines/fr.yml", "prompts/lines/es.yaml", "calls/bookings.yaml") == []


def test_no_folder_and_the_defaults_have_none(tmp_path: Path) -> None:
    assert list(check_unread_files(Folders())) == []
    assert list(check_unread_files(Folders(tmp_path / "nowhere"))) == []


def test_a_business_file_that_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    """Its languages are then those of the lines beside it: nobody is told to translate these into all that there are."""
    (tmp_path / "prompts" / "lines").mkdir(parents=True)
    (tmp_path / "prompts" / "lines" / "fr.yaml").write_text('when:\n  ask: "Quel jour, et vers quelle heure ?"\n', encoding="utf-8")
    for text in ("", "languages: [fr]\n\tname: Chez Nous\n"):
        (tmp_path / "business.yaml").write_text(text, encoding="utf-8")
        assert [Path(problem.file).name for problem in read_all(Folders(tmp_path)).problems] == ["business.yaml"]
    os.mkfifo(tmp_path / "customers.yaml")
    assert "unreadable" in [problem.code for problem in read_all(Folders(tmp_path)).problems]


def test_lines_that_cannot_be_read_are_not_missing_besides(tmp_path: Path, root: Path) -> None:
    """Whoever forgets the quotes in a file of lines is not told that the lines of their own states are missing."""
    states = (root / "states.yaml").read_text(encoding="utf-8")
    (tmp_path / "states.yaml").write_text(states.replace("line: goodbye.bye", "line: goodbye.ours"), encoding="utf-8")
    (tmp_path / "prompts" / "lines").mkdir(parents=True)
    (tmp_path / "prompts" / "lines" / "fr.yaml").write_text("goodbye:\n  ours: Merci : au revoir\n", encoding="utf-8")
    assert [problem.code for problem in read_all(Folders(tmp_path)).problems] == ["not-yaml"]
