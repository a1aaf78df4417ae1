"""Every file that answers questions is compared, whatever it is called."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from frontdesk.bootstrap.reading import Folders
from frontdesk.diffing import side
from frontdesk.diffing.texts import text_changes
from tests.diffing.editing import shipped


def test_a_file_of_its_own_is_compared_in_its_language(tmp_path: Path) -> None:
    """`parking.fr.md` answers in French, beside `fr.md`."""
    told = []
    for answer in ("Il y a un parking.", "Il n'y a pas de parking."):
        folder = tmp_path / answer[:6]
        (folder / "knowledge").mkdir(parents=True)
        (folder / "knowledge" / "parking.fr.md").write_text(f"# Se garer\n\n{answer}\n", encoding="utf-8")
        told.append(replace(shipped(), knowledge=side._knowledge(Folders(None, folder), shipped().business)))
    sentences = [change.sentence for change in text_changes(*told)]
    assert len(sentences) == 1
    assert "Se garer" in sentences[0]
