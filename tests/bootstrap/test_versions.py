"""What a call was held with is kept with it, and can be held with again."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from frontdesk.bootstrap import reading
from frontdesk.bootstrap.app import App, open_app
from frontdesk.bootstrap.content import Folders, load_content, load_version
from frontdesk.bootstrap.errors import ContentProblems, NoSuchCall
from frontdesk.bootstrap.versions import content_files, read_version
from frontdesk.conversation.conversation import Conversation
from frontdesk.conversation.incoming import Words
from integrations.errors import CorruptJournal
from integrations.records.tables import content_files as stored_files
from integrations.records.tables import content_versions

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
BYE = 'goodbye:\n  bye: "{}"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A business that has a goodbye of its own."""
    shop = tmp_path.resolve() / "shop"
    (shop / "prompts" / "lines").mkdir(parents=True)
    _say(shop, "Cheerio.")
    return shop


def _say(folder: Path, words: str) -> None:
    (folder / "prompts" / "lines" / "en.yaml").write_text(BYE.format(words), encoding="utf-8")


async def _open(folder: Path, db: str = "sqlite://") -> App:
    return await open_app(folders=Folders(folder), db=db, clock=lambda: NOW)


async def _begun(app: App, call_id: str | None = None) -> Conversation:
    call = app.conversation(language="en", call_id=call_id)
    async for _ in call.start():
        pass
    return call


async def _says_goodbye(call: Conversation) -> tuple[str, ...]:
    async for _ in call.feed(Words("goodbye")):
        pass
    return call.turn().said


async def _count(app: App) -> tuple[int, int]:
    async with app.database.reading() as connection:
        counts = [await connection.scalar(sa.select(sa.func.count()).select_from(table)) for table in (content_versions, stored_files)]
    return counts[0] or 0, counts[1] or 0


async def test_a_version_is_kept_when_a_call_begins_and_says_what_it_said(folder: Path) -> None:
    """The stored files make the content anew, byte for byte, after the folder has changed."""
    async with await _open(folder) as app:
        call = await _begun(app)
        digest = app.content.digest
        stored = await app.ports.records.call(call.call.id)
        assert stored is not None
        assert stored.graph == digest
        [started] = await app.ports.records.journal_of(call.call.id)
        assert started["content"] == digest
        _say(folder, "Farewell.")
        version = await app.ports.records.version(digest)
        assert version is not None
        assert version.folder == str(folder)
        again = load_version(version, app.clock)
        assert again.digest == digest
        assert again.graph.digest == app.content.graph.digest
        assert again.version is not None
        assert app.content.version is not None
        assert dict(again.version.files) == dict(app.content.version.files)


async def test_an_edit_adds_only_the_file_that_changed(folder: Path) -> None:
    """Many calls of one version keep it once; a version with one other line adds one file."""
    async with await _open(folder) as app:
        await _begun(app)
        await _begun(app)
        versions, files = await _count(app)
        assert versions == 1
        _say(folder, "Farewell.")
        assert app.reload() == ()
        await _begun(app)
        assert await _count(app) == (2, files + 1)


async def test_a_call_goes_on_in_another_process_with_its_own_version(folder: Path, tmp_path: Path) -> None:
    """A process that has loaded the edited content resumes an older call as it began, and answers new ones as edited."""
    db = f"sqlite:///{tmp_path}/calls.db"
    async with await _open(folder, db) as app:
        await _begun(app, "call_old")
    _say(folder, "Farewell.")
    async with await _open(folder, db) as app:
        assert "Cheerio." in await _says_goodbye(await app.resume("call_old"))
        assert "Farewell." in await _says_goodbye(await _begun(app))
        with pytest.raises(NoSuchCall, match="No call nobody"):
            await app.resume("nobody")


async def test_a_version_that_was_not_kept_is_named(folder: Path, tmp_path: Path) -> None:
    """A call of before there were versions cannot go on with content that is not its own."""
    db = f"sqlite:///{tmp_path}/calls.db"
    async with await _open(folder, db) as app:
        await _begun(app, "call_old")
        async with app.database.writing() as connection:
            await connection.execute(sa.delete(content_versions))
    _say(folder, "Farewell.")
    async with await _open(folder, db) as app:
        with pytest.raises(NoSuchCall, match="has not been kept"):
            await app.resume("call_old")


async def test_a_damaged_version_is_not_used(folder: Path) -> None:
    """Content that is not what was stored is refused with a sentence."""
    async with await _open(folder) as app:
        await _begun(app)
        async with app.database.writing() as connection:
            await connection.execute(sa.update(stored_files).values(content=b"rot"))
        with pytest.raises(CorruptJournal, match="damaged"):
            await app.ports.records.version(app.content.digest)


async def test_the_version_that_served_last_is_known(folder: Path, tmp_path: Path) -> None:
    """Of one folder; going back to an older version makes that the last one again."""
    async with await _open(folder) as app:
        records, first = app.ports.records, app.content.version
        assert first is not None
        await records.keep_version(first, NOW)
        _say(folder, "Farewell.")
        second = read_version(app.folders)
        await records.keep_version(second, NOW + dt.timedelta(hours=1))
        assert await records.last_version(str(folder)) == second
        await records.keep_version(first, NOW + dt.timedelta(hours=2))
        assert await records.last_version(str(folder)) == first
        assert await records.last_version(str(tmp_path)) is None


def test_a_version_holds_what_is_read_and_nothing_else(root: Path, tmp_path: Path) -> None:
    """Every file that changes what is said changes the digest; a default that the business replaces does not count."""
    shutil.copy(root / "states.yaml", tmp_path / "states.yaml")
    (tmp_path / "prompts" / "states").mkdir(parents=True)
    (tmp_path / "prompts" / "states" / "slot.md").write_text("Times.", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("milk", encoding="utf-8")
    names = set(content_files(Folders(tmp_path)))
    assert {"own/states.yaml", "own/prompts/states/slot.md", "defaults/business.yaml", "defaults/prompts/lines/fr.yaml"} <= names
    assert "defaults/knowledge/fr.md" in names
    assert not {"defaults/states.yaml", "own/notes.txt", "defaults/prompts/demo.yaml"} & names
    before = read_version(Folders(tmp_path)).digest
    (tmp_path / "prompts" / "states" / "slot.md").write_text("Times!", encoding="utf-8")
    assert read_version(Folders(tmp_path)).digest != before
    assert load_content(Folders(tmp_path), lambda: NOW).digest == read_version(Folders(tmp_path)).digest


def test_what_a_business_changes_list_by_list_comes_back_whole(root: Path, tmp_path: Path) -> None:
    """Its own phrases, lines and prompts stand beside the defaults that it does not repeat."""
    shop = tmp_path / "shop"
    for kind, text in (("phrases", 'acts:\n  goodbye: ["toodle pip"]\n'), ("lines", BYE.format("Cheerio.")), ("answers", "")):
        (shop / "prompts" / kind).mkdir(parents=True)
        if text:
            (shop / "prompts" / kind / "en.yaml").write_text(text, encoding="utf-8")
    content = load_content(Folders(shop), lambda: NOW)
    assert content.version is not None
    again = load_version(content.version, lambda: NOW)
    assert again.version == content.version
    assert read_version(Folders(shop)).digest == again.digest
    assert again.graph.digest == content.graph.digest


def test_sentences_that_several_shops_share_are_part_of_the_version(tmp_path: Path) -> None:
    """Also where their folder is a link: what a caller heard must be what is kept of the call."""
    shared, shop = tmp_path / "shared", tmp_path / "shop"
    shared.mkdir()
    (shared / "en.yaml").write_text(BYE.format("Cheerio."), encoding="utf-8")
    (shop / "prompts").mkdir(parents=True)
    (shop / "prompts" / "lines").symlink_to(shared)
    assert "own/prompts/lines/en.yaml" in content_files(Folders(shop))


async def test_only_what_was_edited_is_read_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit of one line leaves business, graph and phrases as they were; a file that changes back is known, too."""
    read: list[str] = []
    real = reading.read_yaml

    def counted(path: Path, *more: str) -> object:
        read.append(path.name)
        return real(path, *more)

    first = load_content(Folders(folder), lambda: NOW)
    monkeypatch.setattr("frontdesk.bootstrap.reading.read_yaml", counted)
    _say(folder, "Farewell.")
    second = load_content(Folders(folder), lambda: NOW)
    assert read == []
    assert second.digest != first.digest
    assert second.business is first.business
    _say(folder, "Cheerio.")
    assert load_content(Folders(folder), lambda: NOW).digest == first.digest
    (folder / "business.yaml").write_text("version: 1\n", encoding="utf-8")
    with pytest.raises(ContentProblems):
        load_content(Folders(folder), lambda: NOW)
    assert read == ["business.yaml"]
