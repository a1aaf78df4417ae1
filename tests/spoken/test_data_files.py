"""What was read of a data file is kept beside it, and never outlives what was written there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from spoken.data_files import VALUES, WORDS, read_file

WRITTEN = "one: [un, une]\nno: 1\n"
READ = {"one": ["un", "une"], "no": 1}


@pytest.fixture(autouse=True)
def _keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "numbers.yaml"
    path.write_text(WRITTEN, encoding="utf-8")
    return path


def _kept(file: Path) -> Path:
    (kept,) = (file.parent / "__pycache__").iterdir()
    return kept


def test_what_was_kept_is_read_instead_of_the_file(file: Path) -> None:
    assert read_file(file, WORDS) == READ
    kept = _kept(file)
    kept.write_bytes(kept.read_bytes().replace(b"une", b"uno"))
    assert read_file(file, WORDS)["one"] == ["un", "uno"]


def test_a_changed_file_is_read_anew_even_with_its_old_length_and_time(file: Path) -> None:
    before = file.stat()
    read_file(file, WORDS)
    file.write_text(WRITTEN.replace("une", "uno"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_file(file, WORDS)["one"] == ["un", "uno"]
    assert len(list((file.parent / "__pycache__").iterdir())) == 1


def test_the_same_file_is_other_values_by_other_rules(file: Path) -> None:
    file.write_text("half: 0.5", encoding="utf-8")
    assert read_file(file, WORDS) == {"half": "0.5"}
    assert read_file(file, VALUES) == {"half": 0.5}


@pytest.mark.parametrize("spoilt", [b"", b"rubbish", None], ids=["empty", "rubbish", "cut short"])
def test_what_is_spoilt_is_not_used(file: Path, spoilt: bytes | None) -> None:
    read_file(file, WORDS)
    kept = _kept(file)
    kept.write_bytes(kept.read_bytes()[:-5] if spoilt is None else spoilt)
    assert read_file(file, WORDS) == READ


def test_nothing_is_kept_where_python_keeps_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert read_file(file, WORDS) == READ
    assert not (file.parent / "__pycache__").exists()


def test_what_cannot_be_kept_is_read_all_the_same(file: Path) -> None:
    (file.parent / "__pycache__").write_text("a file stands where the folder would be", encoding="utf-8")
    assert read_file(file, WORDS) == READ
    file.write_text("day: 2026-01-01", encoding="utf-8")
    assert str(read_file(file, VALUES)["day"]) == "2026-01-01"
