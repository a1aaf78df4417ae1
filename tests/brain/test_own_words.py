"""Facts in the caller's own words, whatever an owner calls them."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

from frontdesk.bootstrap.app import open_app
from frontdesk.bootstrap.content import Folders
from frontdesk.conversation.incoming import Words

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
STATE = """
  ask_allergies:
    ask: allergies
    next:
      - {if: {intent: [reschedule, cancel, message]}, to: intent}
      - {if: {slot: unknown}, to: slot}
      - {if: {allergies: known}, to: contact}
"""


async def test_a_question_of_an_owners_own_is_answered_in_the_callers_words(root: Path, tmp_path: Path) -> None:
    """A text fact that content alone adds is asked for and filled (G5)."""
    shutil.copy(root / "business.yaml", tmp_path / "business.yaml")
    graph = (root / "states.yaml").read_text(encoding="utf-8")
    graph = graph.replace("  message: {type: text}\n", "  message: {type: text}\n  allergies: {type: text}\n")
    graph = graph.replace("      - {if: {name: known}, to: contact}\n", "      - {if: {name: known}, to: ask_allergies}\n", 1)
    graph = graph.replace("\n  contact:\n", f"{STATE}\n  contact:\n", 1)
    (tmp_path / "states.yaml").write_text(graph, encoding="utf-8")
    lines = tmp_path / "prompts" / "lines"
    lines.mkdir(parents=True)
    for language in ("fr", "de", "en", "es"):
        text = 'ask_allergies:\n  ask: "Any allergies?"\n  reask: ["Which allergies, please?", "Tell me any allergy you have."]\n'
        (lines / f"{language}.yaml").write_text(text, encoding="utf-8")
    async with await open_app(folders=Folders(tmp_path), db="sqlite://", clock=lambda: NOW) as app:
        call = app.conversation(language="en", caller="+447400123456")
        async for _ in call.start():
            pass
        for words in ("a women's cut on Tuesday at eleven", "Jane Smith", "nuts and penicillin"):
            async for _ in call.feed(Words(words)):
                pass
        turn = call.turn()
        assert turn.facts["allergies"]["value"] == "nuts and penicillin"
        assert turn.asks == "phone"
