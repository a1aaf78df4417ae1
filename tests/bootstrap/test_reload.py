"""What owners edit while calls are under way."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

from frontdesk.bootstrap.app import open_app
from frontdesk.bootstrap.content import Folders
from frontdesk.conversation.incoming import Words

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))


async def test_a_broken_edit_changes_nothing_and_says_why(root: Path, tmp_path: Path) -> None:
    """After a broken edit the version that serves goes on serving, and every problem has its place."""
    shutil.copy(root / "states.yaml", tmp_path / "states.yaml")
    async with await open_app(folders=Folders(tmp_path), db="sqlite://", clock=lambda: NOW) as app:
        before = app.content
        text = (root / "states.yaml").read_text(encoding="utf-8")
        (tmp_path / "states.yaml").write_text(text.replace("to: goodbye}", "to: goodby}", 1), encoding="utf-8")
        problems = app.reload()
        assert [problem.code for problem in problems] == ["unknown-state"]
        assert problems[0].line > 1
        assert app.content is before


async def test_a_good_edit_serves_new_calls_only(root: Path, tmp_path: Path) -> None:
    """A call under way keeps the version that it began with."""
    prompts = tmp_path / "prompts" / "lines"
    prompts.mkdir(parents=True)
    async with await open_app(folders=Folders(tmp_path), db="sqlite://", clock=lambda: NOW) as app:
        old = app.conversation(language="en")
        async for _ in old.start():
            pass
        (prompts / "en.yaml").write_text('goodbye:\n  bye: "Cheerio."\n', encoding="utf-8")
        assert app.reload() == ()
        new = app.conversation(language="en")
        async for _ in new.start():
            pass
        for call in (old, new):
            async for _ in call.feed(Words("goodbye")):
                pass
        assert "Cheerio." in new.turn().said
        assert "Cheerio." not in old.turn().said


async def test_new_calls_follow_the_services_and_hours_of_an_edit(root: Path, tmp_path: Path) -> None:
    """The calendar of a call is that of its version: a cut that takes longer takes longer for whoever rings later."""
    business = (root / "business.yaml").read_text(encoding="utf-8")
    (tmp_path / "business.yaml").write_text(business, encoding="utf-8")
    async with await open_app(folders=Folders(tmp_path), db="sqlite://", clock=lambda: NOW) as app:
        old = app.conversation(language="en")
        start = business.index("  mens_cut:")
        longer = business[:start] + business[start:].replace("minutes: 30", "minutes: 75", 1)
        (tmp_path / "business.yaml").write_text(longer, encoding="utf-8")
        assert app.reload() == ()
        new = app.conversation(language="en")
        for call, minutes in ((old, 30), (new, 75)):
            async for _ in call.start():
                pass
            async for _ in call.feed(Words("a men's haircut on Tuesday afternoon")):
                pass
            assert call.view.offers
            for offer in call.view.offers:
                lasts = dt.datetime.fromisoformat(offer["end"]) - dt.datetime.fromisoformat(offer["start"])
                assert lasts == dt.timedelta(minutes=minutes)
