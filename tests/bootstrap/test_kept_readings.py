"""What was read is kept from one run to the next, by content: never for other content, and never needed."""

from __future__ import annotations

import io
import os
import pickle
from pathlib import Path

import pytest

from frontdesk import installed
from frontdesk.bootstrap import kept_readings, remembering
from frontdesk.bootstrap.kept_readings import KeptReadings
from frontdesk.bootstrap.reading import Folders, Reading, read_all
from frontdesk.bootstrap.remembering import remembered


class Made:
    """Counts how often something is made of a file, in runs that share nothing but what is kept."""

    def __init__(self, file: Path, folder: Path) -> None:
        self.file, self.folder, self.times = file, folder, 0

    def __call__(self, also: object = "") -> str:
        remembering._made.clear()
        return remembered("words", [self.file], also, self._make, KeptReadings(self.folder))

    def _make(self) -> str:
        self.times += 1
        return self.file.read_text(encoding="utf-8")


@pytest.fixture
def made(tmp_path: Path) -> Made:
    file = tmp_path / "words.txt"
    file.write_text("one", encoding="utf-8")
    return Made(file, tmp_path / "readings")


def test_the_same_content_is_read_once(made: Made) -> None:
    assert [made(), made()] == ["one", "one"]
    assert made.times == 1


def test_other_content_is_read_again(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the file, of what else it rests on, and of the program."""
    made()
    before = made.file.stat()
    made.file.write_text("two", encoding="utf-8")
    os.utime(made.file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert made() == "two"
    made(("fr",))
    made((frozenset({"fr", "de"}),))
    made((frozenset({"de", "fr"}),))
    monkeypatch.setattr(installed, "program", lambda _: "another release")
    made()
    assert made.times == 5


def test_files_that_are_saved_meanwhile_are_not_kept(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as saving:
        saving.setattr(made, "_make", lambda: made.file.write_text("two", encoding="utf-8") and "one")
        made()
    assert made() == "two"


class Elsewhere:
    """As if somebody else had written the file: it would have something called when it is read."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("called",)


class ByWayOfOurs(Elsewhere):
    def __reduce__(self) -> tuple[object, ...]:
        return kept_readings.Path, ("called",)


@pytest.mark.parametrize("content", [b"", b"words", pickle.dumps("one")[:-2], pickle.dumps(Elsewhere()), pickle.dumps(ByWayOfOurs())])
def test_what_cannot_be_read_is_made(made: Made, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made()
    (file,) = made.folder.iterdir()
    file.write_bytes(content)
    assert made() == "one"
    assert made.times == 2
    assert not Path("called").exists()


def test_classes_that_ours_import_are_not_made() -> None:
    by_name = io.BytesIO(b"\x80\x04cfrontdesk.processes\npartial\n.")
    with pytest.raises(pickle.UnpicklingError):
        kept_readings._Unpickler(by_name).load()


def test_without_a_folder_to_write_to_it_only_takes_longer(made: Made) -> None:
    made.folder.write_text("a file", encoding="utf-8")
    assert [made(), made()] == ["one", "one"]
    assert made.times == 2


def test_only_the_last_ones_are_kept(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_readings, "_MOST", 3)
    for number in range(5):
        made.file.write_text(str(number), encoding="utf-8")
        made()
    assert len(list(made.folder.iterdir())) == 3


def test_a_whole_business_is_found_as_it_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All kinds of files, with problems among them, and nothing of them read a second time."""
    business = tmp_path / "business"
    (business / "prompts" / "lines").mkdir(parents=True)
    (business / "prompts" / "lines" / "fr.yaml").write_text("greet:\n  ask: [Bonjour {nobody}]\n", encoding="utf-8")

    def read() -> Reading:
        remembering._made.clear()
        return read_all(Folders(business), kept=KeptReadings(tmp_path / "readings"))

    first = read()
    assert first.problems
    monkeypatch.setattr("frontdesk.bootstrap.reading.read_yaml", None)
    monkeypatch.setattr("frontdesk.bootstrap.reading.read_lines", None)
    monkeypatch.setattr("frontdesk.bootstrap.reading.read_groups", None)
    again = read()
    assert (again.problems, again.spec, again.business, again.languages) == (first.problems, first.spec, first.business, first.languages)
    assert again.phrases.groups == first.phrases.groups
    assert list(again.lines) == list(first.lines)
