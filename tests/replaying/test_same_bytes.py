"""Every stored call is made again to the same bytes, and what is not the same is named."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from frontdesk.bootstrap.app import App, open_app
from frontdesk.bootstrap.content import Folders
from frontdesk.cli.options import BadOption
from frontdesk.cli.replay import ReplayOptions, replay_calls
from frontdesk.conversation.conversation import Conversation
from frontdesk.conversation.incoming import Heard, Key, Words
from frontdesk.rehearsing.dialogues import hold
from frontdesk.rehearsing.reading import LANGUAGES, load_callers, load_dialogues
from frontdesk.rehearsing.rehearsal import HandSetClock, Rehearsal
from frontdesk.rehearsing.stages import Stages
from frontdesk.replaying.stored import read_call
from frontdesk.replaying.verifying import Replayed, replay_stored
from integrations.records.tables import content_versions, journal, turns
from tests.conftest import ROOT
from tests.examples import some, turn_of

BOOKING = (
    "a men's haircut on Tuesday at three",
    "Marie Dupont",
    "my number is oh six twelve thirty four fifty six seventy eight",
    "yes",
    "yes",
)


async def _held(app: App, call_id: str, *words: str) -> Conversation:
    call = app.conversation(language="en", call_id=call_id)
    async for _ in call.start():
        pass
    for text in words:
        if call.call.ended:
            break
        async for _ in call.feed(Words(text)):
            pass
    return call


async def _open(folder: Path | None, db: str) -> App:
    return await open_app(folders=Folders(folder), db=db, clock=HandSetClock())


async def _again(app: App, call_id: str) -> Replayed:
    record = await app.ports.records.call(call_id)
    assert record is not None
    return replay_stored(await read_call(app.ports.records, record), app.content)


@pytest.fixture
def db(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/calls.db"


def _run(options: ReplayOptions) -> tuple[int, str]:
    out = io.StringIO()
    code = asyncio.run(replay_calls(options, out))
    return code, out.getvalue()


async def test_every_written_call_replays_to_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Snapshots, effects and lines of all calls under tests/calls, each in one of the languages, made from the journals alone."""
    made: list[tuple[str, Replayed]] = []
    close = Rehearsal.close

    async def replayed_before(rehearsal: Rehearsal) -> None:
        [record] = await rehearsal.app.ports.records.calls()
        call = await read_call(rehearsal.app.ports.records, record)
        assert call.turns[-1].fingerprint
        made.append((record.id, replay_stored(call, rehearsal.app.content)))
        await close(rehearsal)

    monkeypatch.setattr(Rehearsal, "close", replayed_before)
    folder = ROOT / "tests" / "calls"
    dialogues, callers = load_dialogues(folder), load_callers(folder)
    held = some(dialogues, 4)
    with Stages() as stages:
        for name in held:
            dialogue, language = dialogues[name], turn_of(name, LANGUAGES)
            await hold(dialogue, language, callers[language], stages.of(dialogue.business))
    assert len(made) == len(held) > 20
    assert [(call_id, replayed.differences) for call_id, replayed in made if replayed.differences] == []


async def test_keys_and_lines_cut_short_are_part_of_a_call(db: str) -> None:
    """Typed digits, and what the caller did not hear, come back as they were."""
    async with await _open(None, db) as app:
        call = await _held(app, "call_keys", *BOOKING[:2])
        for number, key in enumerate("0612345678"):
            if number == 4:
                async for _ in call.feed(Heard(whole=False, words="Which")):
                    pass
            async for _ in call.feed(Key(key)):
                pass
        made = await _again(app, "call_keys")
        assert made.differences == ()
        assert made.course.call == call.call


async def test_a_turn_that_was_changed_afterwards_is_named(db: str) -> None:
    """What somebody has changed in the database is told with its turn: words, actions, the journal itself."""
    async with await _open(None, db) as app:
        await _held(app, "call_1", *BOOKING)
        async with app.database.writing() as connection:
            here = sa.and_(turns.c.call_id == "call_1", turns.c.number == 1)
            await connection.execute(sa.update(turns).where(here).values(said='["All is free."]'))
        [found] = (await _again(app, "call_1")).differences
        assert (found.turn, found.what, found.stored) == (1, "said", ["All is free."])
        async with app.database.writing() as connection:
            await connection.execute(sa.update(turns).where(turns.c.number == 3).values(fingerprint="0" * 16))
        assert [(found.turn, found.what) for found in (await _again(app, "call_1")).differences] == [
            (1, "said"),
            (3, "the bytes of call and effects"),
        ]


def test_the_command_tells_what_is_the_same_and_hides_who_called(db: str) -> None:
    """One call is shown as a dialogue without a name and a number; with --show-personal it is shown as it was."""

    async def ring() -> None:
        async with await _open(None, db) as app:
            await _held(app, "call_1", *BOOKING)
            await _held(app, "call_2", "what does a perm cost")

    asyncio.run(ring())
    code, shown = _run(ReplayOptions("call_1", db=db))
    assert code == 0
    assert "1 call replayed: all the same to the byte." in shown
    assert "(book: ok)" in shown
    assert "a men's haircut on Tuesday at three" in shown
    for personal in ("Marie", "Dupont", "twelve", "seventy", "06 12"):
        assert personal.casefold() not in shown.casefold()
    _, shown = _run(ReplayOptions("call_1", db=db, show_personal=True))
    assert "Marie Dupont" in shown
    assert "thirty four fifty six" in shown
    code, shown = _run(ReplayOptions(everything=True, db=db))
    assert (code, shown) == (0, "2 calls replayed: all the same to the byte.\n")
    assert _run(ReplayOptions(since="2026-06-12", db=db)) == (0, shown)
    assert _run(ReplayOptions(since="2026-06-13", db=db)) == (0, "No such calls are stored.\n")


def test_what_a_customer_is_told_of_their_contract_is_hidden(db: str) -> None:
    """References, birth dates and records are as personal as names: hidden in what both sides say, and not stored with the content."""
    words = ("what is my excess", "four seven two one nine three oh six", "yes", "the twelfth of march nineteen seventy eight")

    async def ring() -> None:
        async with await _open(ROOT / "examples" / "insurance", db) as app:
            await _held(app, "call_1", *words)
            version = app.content.version
            assert version is not None
            assert not [name for name in version.files if "customers" in name]

    asyncio.run(ring())
    code, shown = _run(ReplayOptions("call_1", db=db))
    assert code == 0
    assert "(verify_identity: ok)" in shown
    for personal in ("seven two", "three zero", "march", "seventy", "three hundred", "47219306"):
        assert personal not in shown.casefold()
    assert "three hundred euros" in _run(ReplayOptions("call_1", db=db, show_personal=True))[1]


def test_calls_replay_after_edits(db: str, tmp_path: Path) -> None:
    """The folder may change as it likes: each call is made again with what it was begun with."""
    shop = tmp_path / "shop"
    (shop / "prompts" / "lines").mkdir(parents=True)

    async def ring() -> None:
        for number, words in enumerate(("Cheerio.", "Farewell.")):
            (shop / "prompts" / "lines" / "en.yaml").write_text(f'goodbye:\n  bye: "{words}"\n', encoding="utf-8")
            async with await _open(shop, db) as app:
                await _held(app, f"call_{number}", "goodbye")
        (shop / "prompts" / "lines" / "en.yaml").write_text("broken: [", encoding="utf-8")

    asyncio.run(ring())
    assert "Cheerio." in _run(ReplayOptions("call_0", db=db))[1]
    assert "Farewell." in _run(ReplayOptions("call_1", db=db))[1]
    assert _run(ReplayOptions(everything=True, db=db))[0] == 0


def test_what_cannot_be_replayed_is_told(db: str) -> None:
    """A version that was not kept is no failure of many calls, and one of the call that was named; damage always is one."""

    async def ring() -> None:
        async with await _open(None, db) as app:
            await _held(app, "call_1", "goodbye")
            async with app.database.writing() as connection:
                await connection.execute(sa.delete(content_versions))

    async def damage() -> None:
        async with await _open(None, db) as app, app.database.writing() as connection:
            await connection.execute(sa.update(journal).where(journal.c.number == 0).values(event="{}"))

    asyncio.run(ring())
    code, shown = _run(ReplayOptions(everything=True, db=db))
    assert code == 0
    assert "has not been kept" in shown
    assert "0 calls replayed; 1 could not be." in shown
    assert _run(ReplayOptions("call_1", db=db))[0] == 1
    asyncio.run(damage())
    code, shown = _run(ReplayOptions(everything=True, db=db))
    assert code == 1
    assert "damaged at event 0" in shown


@pytest.mark.parametrize("options", [{}, {"call_id": "a", "everything": True}, {"since": "yesterday"}, {"call_id": "nobody"}])
def test_options_that_name_no_call_are_told(db: str, options: dict[str, Any]) -> None:
    """Which calls is said once and clearly."""

    async def no_call_yet() -> None:
        async with await _open(None, db):
            pass

    asyncio.run(no_call_yet())
    with pytest.raises(BadOption):
        _run(ReplayOptions(db=db, **options))
