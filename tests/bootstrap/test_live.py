"""Edits while calls are under way: good ones serve new calls, bad ones change nothing, and nobody who is talking notices."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import threading
import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from frontdesk.bootstrap.app import App, open_app
from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.bootstrap.errors import ContentProblems
from frontdesk.bootstrap.live import Edit, Lookout, begin_looking, following_edits
from frontdesk.bootstrap.versions import read_version
from frontdesk.bootstrap.whole_check import check_aside
from frontdesk.conversation.conversation import Conversation
from frontdesk.conversation.incoming import Words
from frontdesk.replaying.stored import Contents, read_call
from frontdesk.replaying.verifying import replay_stored
from fsm.effects import Say
from fsm.problems import Problem
from fsm.yaml_source import load_plain
from tests.conftest import ROOT

NOW = dt.datetime(2026, 6, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
STEPS = ("a men's haircut please", "with anyone", "on Wednesday", "my name is Mary Fisher", "what are your prices", "goodbye")


def clock() -> dt.datetime:
    return NOW


def nothing_wrong(*_: object) -> tuple[Problem, ...]:
    """Stands for the check of everything, which takes seconds; two tests below have the real one."""
    return ()


class Hand:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def shop(root: Path, tmp_path: Path) -> Path:
    """A business in one language, which is read faster; its goodbye says the number of the edit."""
    folder = tmp_path.resolve() / "shop"
    (folder / "prompts" / "lines").mkdir(parents=True)
    business = load_plain((root / "business.yaml").read_text(encoding="utf-8"))
    business = _in_english(business) | {"languages": ["en"], "default_language": "en"}
    (folder / "business.yaml").write_text(yaml.safe_dump(business, allow_unicode=True, sort_keys=False), encoding="utf-8")
    _say(folder, "Cheerio.")
    return folder


def _in_english(part: Any) -> Any:
    if isinstance(part, dict):
        languages = {"fr", "de", "en", "es"}
        return {key: _in_english(value) for key, value in part.items() if key == "en" or not set(part) <= languages}
    return part


def _say(folder: Path, words: str) -> None:
    (folder / "prompts" / "lines" / "en.yaml").write_text(f'goodbye:\n  bye: "{words}"\n', encoding="utf-8")


def _lookout(folder: Path, hand: Hand) -> Lookout:
    folders = Folders(folder)
    made = Lookout(folders, clock, load_content(folders, clock), settle_s=0.3, monotonic=hand, check=nothing_wrong)
    assert made.look() is None
    return made


async def _start(app: App, call_id: str | None = None) -> Conversation:
    call = app.conversation(call_id=call_id)
    async for _ in call.start():
        pass
    return call


async def _feed(call: Conversation, text: str) -> tuple[str, ...]:
    async for _ in call.feed(Words(text)):
        pass
    return call.turn().said


def test_an_edit_is_taken_up_when_it_has_come_to_rest(shop: Path) -> None:
    """Not while it may still be written, once when it is, and never again; back to the old words is an edit too."""
    hand = Hand()
    lookout = _lookout(shop, hand)
    first = lookout.content
    hand.now = 10
    assert lookout.look() is None
    _say(shop, "So long.")
    assert lookout.look() is None
    hand.now += 0.2
    _say(shop, "So long then.")
    assert lookout.look() is None
    hand.now += 0.2
    assert lookout.look() is None
    hand.now += 0.2
    edit = lookout.look()
    assert edit is not None
    assert edit.content is lookout.content is not first
    assert edit.content.digest in str(edit)
    hand.now += 1
    assert lookout.look() is None
    _say(shop, "Cheerio.")
    lookout.look()
    hand.now += 1
    assert lookout.look() is not None
    assert lookout.content.digest == first.digest


def test_a_broken_edit_is_told_once_and_changes_nothing(shop: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One line that says file, line and reason; the same broken files are not told again, other ones are."""
    hand = Hand()
    lookout = _lookout(shop, hand)
    first = lookout.content
    for text, code in (('goodbye:\n  bye: "So', "not-yaml"), ('goodbye:\n  bye: "{nothing}"\n', "unknown-placeholder")):
        caplog.clear()
        (shop / "prompts" / "lines" / "en.yaml").write_text(text, encoding="utf-8")
        lookout.look()
        hand.now += 1
        edit = lookout.look()
        assert edit is not None
        assert edit.content is None
        assert edit.problems[0].code == code
        assert lookout.content is first
        [record] = caplog.records
        assert "the version before goes on serving" in record.getMessage()
        assert "en.yaml:" in record.getMessage()
        assert "\n" not in record.getMessage()
        os.utime(shop / "prompts" / "lines" / "en.yaml")
        lookout.look()
        hand.now += 1
        assert lookout.look() is None
    _say(shop, "Cheerio.")
    lookout.look()
    hand.now += 1
    assert lookout.look() is None


@pytest.mark.parametrize("name", ["business.yaml", "states.yaml"])
def test_a_file_that_is_gone_is_no_edit(shop: Path, name: str) -> None:
    """Callers would get the salon's, unasked: it is refused once, and a copy of the salon's file is an edit."""
    (shop / "states.yaml").write_text((ROOT / "states.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    hand = Hand()
    lookout = _lookout(shop, hand)
    serving, kept = lookout.content, (shop / name).read_text(encoding="utf-8")
    (shop / name).unlink()
    lookout.look()
    hand.now += 1
    edit = lookout.look()
    assert edit is not None
    assert [problem.code for problem in edit.problems] == ["file-gone"]
    assert f"{name}" in str(edit)
    assert lookout.content is serving
    hand.now += 1
    assert lookout.look() is None
    (shop / name).write_text(f"{kept}\n# put back\n", encoding="utf-8")
    lookout.look()
    hand.now += 1
    edit = lookout.look()
    assert edit is not None
    assert edit.problems == ()


async def test_a_new_process_does_not_begin_with_the_salons_file_either(shop: Path, tmp_path: Path) -> None:
    """It begins with the version that served last, as while files are broken."""
    db = f"sqlite:///{tmp_path}/calls.db"
    good = (await begin_looking(Folders(shop), db, clock)).content
    (shop / "business.yaml").unlink()
    assert (await begin_looking(Folders(shop), db, clock)).content.digest == good.digest


HELD_BACK = {
    "shown-unknown": ("lines", 'human:\n  closed: "{slot} is when nobody is here."\n'),
    "not-understood": ("lines", 'greet:\n  ask: "Just say bananas."\n'),
    "long-sms": ("sms", f'booked: "{{slot}} {"and on and on " * 30}"\n'),
}


# Each is a whole check in a process of its own; one of them shows in `make test` that it is asked, and what becomes of its answer.
@pytest.mark.parametrize("code", [pytest.param(code, marks=() if code == "not-understood" else pytest.mark.slow) for code in HELD_BACK])
def test_an_edit_is_checked_as_frontdesk_check_does(shop: Path, code: str, caplog: pytest.LogCaptureFixture) -> None:
    """What only whole calls show, text messages and invitations hold an edit back, with the sentence of the check."""
    hand = Hand()
    folders = Folders(shop)
    lookout = Lookout(folders, clock, load_content(folders, clock), settle_s=0.3, monotonic=hand)
    first = lookout.content
    assert lookout.look() is None
    kind, text = HELD_BACK[code]
    file = shop / "prompts" / kind / "en.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    lookout.look()
    hand.now += 1
    edit = lookout.look()
    assert edit is not None
    assert [(problem.code, problem.file) for problem in edit.problems] == [(code, str(file))]
    assert edit.problems[0].message in caplog.text
    assert bool(edit.problems[0].example) == (code == "shown-unknown")
    assert lookout.content is first
    file.unlink()
    _say(shop, "So long.")
    lookout.look()
    hand.now += 1
    edit = lookout.look()
    assert edit is not None
    assert edit.problems == ()
    assert lookout.content is edit.content is not first


def test_what_is_saved_while_an_edit_is_checked_is_the_next_edit(shop: Path) -> None:
    """What was checked is what is taken up, and nothing that came after it."""
    hand, checked = Hand(), []

    def slow(*_: object) -> tuple[Problem, ...]:
        checked.append((shop / "prompts" / "lines" / "en.yaml").read_text(encoding="utf-8"))
        if len(checked) == 1:
            _say(shop, "So long then.")
        return ()

    folders = Folders(shop)
    lookout = Lookout(folders, clock, load_content(folders, clock), settle_s=0.3, monotonic=hand, check=slow)
    first = lookout.content
    assert lookout.look() is None
    _say(shop, "So long.")
    assert lookout.look() is None
    hand.now += 1
    told = []
    for _ in range(4):
        told.append(lookout.look())
        hand.now += 1
    edits = [edit.content for edit in told if edit is not None]
    assert len(edits) == len(checked) == 2
    said = [content.speaker.say(Say("1", "goodbye.bye", "en"), NOW) for content in edits if content is not None]
    assert said == ["So long.", "So long then."]
    assert lookout.content is edits[1] is not first


def test_a_check_that_is_wanted_no_more_is_ended(shop: Path) -> None:
    """Whoever stops looking waits for no check."""
    stop = threading.Event()
    stop.set()
    began = time.monotonic()
    assert check_aside(read_version(Folders(shop)), Folders(shop), stop) is None
    assert time.monotonic() - began < 5.0


def test_a_check_that_fails_is_a_problem(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be checked is not taken up."""
    monkeypatch.setattr("frontdesk.bootstrap.whole_check.sys.executable", "false")
    found = check_aside(read_version(Folders(shop)), Folders(shop), threading.Event())
    assert found is not None
    assert [problem.code for problem in found] == ["not-checked"]


def test_an_edit_that_keeps_time_and_length_is_found(shop: Path) -> None:
    """Some copies keep both; the files are read now and then, whatever they look like."""
    hand = Hand()
    lookout = _lookout(shop, hand)
    file = shop / "prompts" / "lines" / "en.yaml"
    hand.now += 1
    lookout.look()
    before = file.stat()
    with file.open("r+", encoding="utf-8") as stream:
        stream.write(stream.read().replace("Cheerio.", "Farewel."))
        stream.seek(0)
        stream.truncate()
        stream.write('goodbye:\n  bye: "Farewel."\n')
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    found = []
    for _ in range(12):
        hand.now += 1
        found.append(lookout.look())
    assert next(edit for edit in found if edit is not None).content is not None


def test_whatever_goes_wrong_the_version_before_serves(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a fault of ours while an edit is read is a sentence and no end of looking."""
    hand = Hand()
    lookout = _lookout(shop, hand)
    first = lookout.content

    def fails(*_: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr("frontdesk.bootstrap.live.load_content", fails)
    _say(shop, "So long.")
    lookout.look()
    hand.now += 1
    edit = lookout.look()
    assert edit is not None
    assert "the disk is gone" in str(edit)
    assert lookout.content is first


@pytest.mark.parametrize("ringing", [2, pytest.param(10, marks=pytest.mark.slow)])  # ten open calls do in `make test` what fifty do
async def test_open_calls_and_an_edit_after_every_turn(shop: Path, tmp_path: Path, ringing: int) -> None:
    """Good and bad edits in turn: no call is disturbed, each ends with the digest it began with, and replays to the same bytes."""
    hand = Hand()
    async with await open_app(folders=Folders(shop), db=f"sqlite:///{tmp_path}/calls.db", clock=clock) as app:
        lookout = Lookout(app.folders, clock, app.content, settle_s=0.0, monotonic=hand, check=nothing_wrong)
        told: list[Edit] = []
        open_calls: list[tuple[Conversation, str, str]] = []
        words = "Cheerio."
        for number, step in enumerate(STEPS):
            new = ringing if number < 5 else 0  # so many more ring after each edit
            open_calls += [(await _start(app), app.content.digest, words) for _ in range(new)]
            for call, _, _ in open_calls:
                if step != "goodbye":
                    assert await _feed(call, step)
            if number % 2:
                (shop / "prompts" / "lines" / "en.yaml").write_text('goodbye:\n  bye: "Half', encoding="utf-8")
            else:
                _say(shop, f"Farewell {'again ' * number}.")
            edit = lookout.look()
            assert edit is not None
            told.append(edit)
            if edit.content is not None:
                app.serve(edit.content)
                words = f"Farewell {'again ' * number}.".replace(" .", ".")
        assert [edit.content is not None for edit in told] == [True, False, True, False, True, False]
        assert len(open_calls) == 5 * ringing
        assert len({digest for _, digest, _ in open_calls}) == 3
        contents = Contents(app.ports.records)
        for call, digest, goodbye in open_calls:
            assert goodbye in await _feed(call, "goodbye")
            assert call.call.ended
            record = await app.ports.records.call(call.call.id)
            assert record is not None
            assert record.graph == digest
            stored = await read_call(app.ports.records, record)
            assert stored.started.content == digest
            assert replay_stored(stored, await contents.of(stored)).differences == ()


async def test_an_installation_follows_its_files(shop: Path) -> None:
    """While it is open new calls are those of the last good edit; whoever wants to know is told of good and bad."""
    told: list[Edit] = []
    news = asyncio.Event()

    def tell(edit: Edit) -> None:
        told.append(edit)
        news.set()

    async with await open_app(folders=Folders(shop), db="sqlite://", clock=clock) as app, following_edits(app, 0.02, tell):
        old = await _start(app)
        for text in ('goodbye:\n  bye: "So long."\n', "goodbye: ["):
            news.clear()
            (shop / "prompts" / "lines" / "en.yaml").write_text(text, encoding="utf-8")
            async with asyncio.timeout(120):
                await news.wait()
        new = await _start(app)
        assert "So long." in await _feed(new, "goodbye")
        assert "Cheerio." in await _feed(old, "goodbye")
    assert [edit.content is not None for edit in told] == [True, False]


async def test_no_edits_are_followed_where_that_is_switched_off(shop: Path) -> None:
    """0 seconds: only the next start takes them up."""
    async with await open_app(folders=Folders(shop), db="sqlite://", clock=clock) as app, following_edits(app, 0):
        assert len(asyncio.all_tasks()) == 1


async def test_a_new_process_serves_although_the_files_are_broken(shop: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It begins with the version that served last, says so once, and takes up the files when they are mended."""
    db = f"sqlite:///{tmp_path}/calls.db"
    good = (await begin_looking(Folders(shop), db, clock)).content
    (shop / "prompts" / "lines" / "en.yaml").write_text("goodbye: [", encoding="utf-8")
    caplog.clear()
    lookout = await begin_looking(Folders(shop), db, clock)
    assert lookout.content.digest == good.digest
    lookout._settle_s = 0.0
    assert lookout.look() is None
    assert lookout.look() is None
    assert len(caplog.records) == 1
    _say(shop, "So long.")
    assert lookout.look() is not None
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "states.yaml").write_text("version: [", encoding="utf-8")
    with pytest.raises(ContentProblems):
        await begin_looking(Folders(tmp_path / "other"), db, clock)


async def test_a_waiting_process_looks_until_its_call_comes(shop: Path, tmp_path: Path) -> None:
    """A thread keeps the content up to date and the database with it, and ends when the call has come."""
    folders, called, db = Folders(shop), threading.Event(), f"sqlite:///{tmp_path}/calls.db"
    lookout = Lookout(folders, clock, load_content(folders, clock), settle_s=0.0, check=nothing_wrong)
    first = lookout.content
    thread = threading.Thread(target=lookout.keep_looking, args=(0.01, called, db))
    thread.start()
    _say(shop, "So long.")
    for _ in range(3000):
        if lookout.content is not first:
            break
        await asyncio.sleep(0.01)
    called.set()
    await asyncio.to_thread(thread.join, 20)
    assert not thread.is_alive()
    assert lookout.content is not first
    (shop / "prompts" / "lines" / "en.yaml").write_text("goodbye: [", encoding="utf-8")
    assert (await begin_looking(folders, db, clock)).content.digest == lookout.content.digest
