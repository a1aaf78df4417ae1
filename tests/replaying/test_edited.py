"""Stored calls against an edited folder: which would go another way, from which turn, and nothing else."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from frontdesk.bootstrap.app import App, open_app
from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.bootstrap.errors import ContentProblems
from frontdesk.cli.options import BadOption
from frontdesk.cli.replay import ReplayOptions, replay_calls
from frontdesk.conversation.incoming import Key, Words
from frontdesk.rehearsing.dialogues import hold
from frontdesk.rehearsing.reading import LANGUAGES, load_callers, load_dialogues
from frontdesk.rehearsing.rehearsal import HandSetClock, Rehearsal
from frontdesk.rehearsing.stages import Stages
from frontdesk.replaying.comparing import Compared, compare
from frontdesk.replaying.stored import Moment, read_call
from tests.conftest import ROOT
from tests.examples import sampled

BOOKING = (
    "a men's haircut on Tuesday at three",
    "Marie Dupont",
    "my number is oh six twelve thirty four fifty six seventy eight",
    "yes",
    "yes",
    "no thanks",
)


@pytest.fixture
def db(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/calls.db"


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    (tmp_path / "edited").mkdir()
    return tmp_path / "edited"


def _change(folder: Path, name: str, *changes: tuple[str, str]) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def _ring(db: str, *calls: tuple[str, ...], caller: str | None = None, folder: Path | None = None, first: int = 1) -> None:
    async def ring() -> None:
        async with await open_app(folders=Folders(folder), db=db, clock=HandSetClock()) as app:
            for number, words in enumerate(calls, first):
                await _held(app, f"call_{number}", words, caller)

    asyncio.run(ring())


async def _held(app: App, call_id: str, words: tuple[str, ...], caller: str | None = None) -> None:
    call = app.conversation(language="en", call_id=call_id, caller=caller)
    async for _ in call.start():
        pass
    for text in words:
        if call.call.ended:
            break
        async for _ in call.feed(Key(text) if len(text) == 1 else Words(text)):
            pass


def _with(folder: Path, db: str, **more: object) -> tuple[int, str]:
    out = io.StringIO()
    options = ReplayOptions(**{"everything": True, "db": db, "edited": folder, **more})  # type: ignore[arg-type]
    return asyncio.run(replay_calls(options, out)), out.getvalue()


@pytest.mark.slow
async def test_no_written_call_goes_another_way_with_what_it_began_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """The content itself is no edit: all calls under tests/calls stay the same, word by word, to their end."""
    found: list[tuple[str, Compared]] = []
    close, moment = Rehearsal.close, Moment()
    shipped = load_content(Folders(None), moment)

    async def compared_before(rehearsal: Rehearsal) -> None:
        content = rehearsal.app.content
        if content.digest == shipped.digest:
            [record] = await rehearsal.app.ports.records.calls()
            call = await read_call(rehearsal.app.ports.records, record)
            found.append((name, await compare(call, shipped, shipped, moment)))
        await close(rehearsal)

    monkeypatch.setattr(Rehearsal, "close", compared_before)
    folder = ROOT / "tests" / "calls"
    dialogues, callers = load_dialogues(folder), load_callers(folder)
    with Stages() as stages:
        for number, name in enumerate(dialogues):
            dialogue = dialogues[name]
            language = LANGUAGES[(number + 1) % len(LANGUAGES)]
            await hold(dialogue, language, callers[language], stages.of(dialogue.business))
    assert len(found) > 35
    assert [(name, both.parts, both.words, both.stops) for name, both in found if both.parts or both.words or both.stops] == []
    assert all(both.after.call.ended for _, both in found)


def _ask_for_email(folder: Path) -> None:
    _change(folder, "business.yaml", ("ask_email: false", "ask_email: true"))


def _other_words(folder: Path) -> None:
    (folder / "prompts" / "lines").mkdir(parents=True)
    (folder / "prompts" / "lines" / "en.yaml").write_text('goodbye:\n  bye: "Cheerio."\n', encoding="utf-8")


def test_other_words_are_the_same_way(db: str, edited: Path) -> None:
    """An edited sentence is shown where it is said, and fails no CI."""
    _ring(db, BOOKING, ("what does a perm cost",))
    _other_words(edited)
    code, shown = _with(edited, db)
    assert code == 0
    assert "call_1, 2026-06-12 11:00: the same way, in other words from turn 6." in shown
    assert "as edited: Cheerio." in shown
    assert "call_2" not in shown
    assert shown.endswith("2 calls compared: 0 would go another way, 1 would go the same way in other words, 1 would be the same.\n")


def test_a_new_question_parts_the_call_where_it_is_asked(db: str, edited: Path) -> None:
    """The turn is named, both sides are shown, nobody's name or number is, and the code is 1."""
    _ring(db, BOOKING, ("what does a perm cost",))
    _ask_for_email(edited)
    code, shown = _with(edited, db)
    assert code == 1
    assert "call_1, 2026-06-12 11:00: another way from turn 4." in shown
    assert "!! turn 4: asks for email, not agreed" in shown
    lines = [line.strip() for line in shown.splitlines()]
    assert [line.split(":")[0] for line in lines if line.startswith(("as ", "caller"))][:4] == [
        "caller",
        "caller",
        "as it was",
        "as edited",
    ]
    assert "call_2" not in shown
    assert "1 would go another way" in shown
    for personal in ("marie", "dupont", "twelve", "seventy", "33612"):
        assert personal not in shown.casefold()
    assert "Marie Dupont" in _with(edited, db, show_personal=True)[1]


def test_a_yes_to_the_number_that_is_seen_is_no_number(db: str, edited: Path) -> None:
    """The number is hidden wherever it is said; the word that agreed to it is shown as what it is."""
    _ring(db, ("a men's haircut on Tuesday at three", "Marie Dupont", "yes", "yes", "no thanks"), caller="+447400123456")
    _ask_for_email(edited)
    _, shown = _with(edited, db)
    assert "caller: yes" in shown
    assert "ending in ‹number›?" in shown
    assert "caller: ‹number›" not in shown


def test_the_comparison_ends_where_nobody_knows_how_an_action_comes_out(db: str, edited: Path) -> None:
    """Another service is searched for: what the calendar would have said then is not made up."""
    _ring(db, ("a skin fade on Tuesday at three", "Marie Dupont"))
    _change(edited, "business.yaml", ("skin fade, ", ""), ("en: [childs cut, ", "en: [childs cut, skin fade, "))
    code, shown = _with(edited, db)
    assert code == 1
    assert "another way from turn 1. It ended nowhere; with the edit it is not known how it would end." in shown
    assert "the comparison ends here: what would come of find_slots is not known" in shown
    assert "turn 2" not in shown


def test_times_that_were_offered_stay_as_they_were(db: str, edited: Path) -> None:
    """What the calendar found then is taken from the journal, although the edited hours and durations would find other times."""
    _ring(db, BOOKING)
    _change(edited, "business.yaml", ("    minutes: 30\n    price: {amount: 35}", "    minutes: 60\n    price: {amount: 35}"))
    assert _with(edited, db) == (
        0,
        "1 call compared: 0 would go another way, 0 would go the same way in other words, 1 would be the same.\n",
    )


def test_what_the_business_answers_itself_is_answered_by_the_edited_one(db: str, edited: Path) -> None:
    """A new price is other words; the way is the same."""
    _ring(db, ("how much is a men's cut",))
    _change(edited, "business.yaml", ("    minutes: 30\n    price: {amount: 35}", "    minutes: 30\n    price: {amount: 41}"))
    code, shown = _with(edited, db)
    assert code == 0
    assert "thirty-five" in shown
    assert "forty-one" in shown
    assert "1 would go the same way in other words" in shown


def test_a_phrase_that_is_not_understood_any_more_parts_the_call(db: str, edited: Path) -> None:
    """Words are read anew by the rules of the edited folder; one call names the turn, and how it would end."""
    _ring(db, ("cheerio",))
    _change(edited, "prompts/phrases/en.yaml", ("|cheerio", ""))
    code, shown = _with(edited, db)
    assert code == 1
    assert "another way from turn 1" in shown
    assert "the call goes on" in shown


def test_a_broken_folder_is_compared_with_nothing(db: str, edited: Path) -> None:
    """Its problems are what the command ends with."""
    _ring(db, ("goodbye",))
    (edited / "states.yaml").write_text("version: [", encoding="utf-8")
    with pytest.raises(ContentProblems):
        _with(edited, db)
    with pytest.raises(BadOption, match="--with"):
        _with(edited / "nowhere", db)


_EDITS: list[Callable[[Path], None]] = [_ask_for_email, _other_words]


@pytest.mark.parametrize("edit", sampled(_EDITS, 3, lambda edit: edit.__name__))
def test_the_same_comparison_gives_the_same_bytes(db: str, edited: Path, edit: Callable[[Path], None]) -> None:
    """Nothing depends on when it is compared."""
    _ring(db, BOOKING)
    edit(edited)
    assert _with(edited, db) == _with(edited, db)


def test_calls_of_another_business_in_the_database_are_left_out(db: str, edited: Path, tmp_path: Path) -> None:
    """They were held with another graph: an edit of ours changes nothing for them. How many there are is said."""
    _ring(db, BOOKING, ("what does a perm cost",))
    _change(tmp_path / "other", "business.yaml", ("name: Salon Colibri", "name: Salon Lune"))
    _ring(db, ("hello",), first=3, folder=tmp_path / "other")
    _other_words(edited)
    code, shown = _with(edited, db)
    assert code == 0
    assert "call_3" not in shown
    assert shown.endswith(
        "2 calls compared: 0 would go another way, 1 would go the same way in other words, 1 would be the same; "
        "1 call of other businesses was left out.\n"
    )
    assert _with(edited, db, everything=False, since="2026-06-13") == (0, "No such calls are stored.\n")
    assert "1 call compared" in _with(edited, db, everything=False, call_id="call_3")[1]


def test_a_business_that_the_edit_calls_otherwise_is_the_same(db: str, edited: Path) -> None:
    """A new name is an edit, too."""
    _ring(db, ("hello",))
    _change(edited, "business.yaml", ("name: Salon Colibri", "name: Salon Lune"))
    assert _with(edited, db)[1].endswith(
        "1 call compared: 0 would go another way, 1 would go the same way in other words, 0 would be the same.\n"
    )
