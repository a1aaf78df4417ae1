"""`frontdesk messages` and `frontdesk appointments`: what calls have left, as those see it who run the business."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from frontdesk.cli.app import app
from frontdesk.cli.appointments import print_appointments
from frontdesk.cli.left_by_calls import LeftOptions
from frontdesk.cli.messages import print_messages
from frontdesk.cli.options import BadOption
from frontdesk.rehearsing.rehearsal import HandSetClock
from tests.cli.holding import hold
from tests.conftest import ROOT

CALLER = "+447400123456"
CALLS_BACK = ("can somebody call me back", "it is about my wedding", "ada byron", "yes", "no thanks")
BOOKS = ("a women's cut on Tuesday at three", "ada byron", "yes", "yes", "yes", "no thanks")
ALLERGIES = """ask_allergies:
  ask: "{}"
  reask: ["Pardon. {}", "Pardon? {}"]
"""


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A salon that asks for allergies before the number, as docs/owners/add-a-state.md has it; before a message too."""
    folder = tmp_path_factory.mktemp("salon")
    text = (ROOT / "states.yaml").read_text(encoding="utf-8")
    edits = (
        ("  message: {type: text}\n", "  message: {type: text}\n  allergies: {type: yes_no}\n"),
        (
            "  contact:\n    prompt: states/contact.md\n",
            (
                "  ask_allergies:\n    ask: allergies\n    next:\n      - {if: {intent: [reschedule, cancel, message]}, to: intent}\n"
                "      - {if: {slot: unknown}, to: slot}\n      - {if: {allergies: known}, to: contact}\n\n"
                "  contact:\n    prompt: states/contact.md\n"
            ),
        ),
        ("      - {if: {name: known}, to: contact}\n    listen: {end", "      - {if: {name: known}, to: ask_allergies}\n    listen: {end"),
    )
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    (folder / "states.yaml").write_text(text, encoding="utf-8")
    lines = folder / "prompts" / "lines"
    lines.mkdir(parents=True)
    for language, question in (("en", "Any allergies?"), ("fr", "Des allergies ?"), ("de", "Allergien?"), ("es", "¿Alergias?")):
        (lines / f"{language}.yaml").write_text(ALLERGIES.format(question, question, question), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def shared_db(tmp_path_factory: pytest.TempPathFactory, own_folder: Path) -> Path:
    file = tmp_path_factory.mktemp("db") / "calls.db"
    url = f"sqlite:///{file}"
    asyncio.run(hold(url, "call_1", CALLS_BACK, caller=CALLER))
    asyncio.run(hold(url, "call_2", (BOOKS[0], BOOKS[1], "yes", "yes", "yes", "no thanks"), own_folder, caller=CALLER))
    asyncio.run(hold(url, "call_3", ("leave a message", "the door was open", "grace hopper", "yes", "no thanks"), caller=CALLER))
    return file


@pytest.fixture
def db(shared_db: Path, tmp_path: Path) -> Path:
    """Each test has its own: some of them write."""
    return Path(shutil.copy(shared_db, tmp_path / "calls.db"))


def messages(db: Path, *, done: int | None = None, everything: bool = False, as_json: bool = False, called: tuple[str, ...] = ()) -> str:
    out = io.StringIO()
    options = LeftOptions(everything=everything, as_json=as_json, db=f"sqlite:///{db}", called=called)
    assert print_messages(options, out, io.StringIO(), HandSetClock(), done=done) == 0
    return out.getvalue()


def appointments(db: Path, *, everything: bool = False, as_json: bool = False, stderr: io.StringIO | None = None) -> str:
    out = io.StringIO()
    options = LeftOptions(everything=everything, as_json=as_json, db=f"sqlite:///{db}")
    assert print_appointments(options, out, stderr or io.StringIO(), HandSetClock()) == 0
    return out.getvalue()


def test_what_is_left_to_do_is_shown_newest_last(db: Path) -> None:
    """Who, under which number, what, since when."""
    told = messages(db)
    assert "1  2026-06-12 11:00, message or call-back: to do\n   Ada Byron, +447400123456, speaks en\n   it is about my wedding\n" in told
    assert told.index("Ada Byron") < told.index("Grace Hopper")
    assert told.endswith("2 messages.\n")


def test_what_is_done_is_left_out_and_stays_to_be_seen(db: Path) -> None:
    """The first time it was done stays; a number that is none is told."""
    assert "message or call-back: done 2026-06-12 11:00" in messages(db, done=1)
    assert "Ada Byron" not in messages(db)
    assert "message or call-back: done 2026-06-12 11:00" in messages(db, everything=True)
    messages(db, done=2)
    assert messages(db) == "Nothing is left to do.\n"
    with pytest.raises(BadOption, match=r"There is no message 9; "):
        messages(db, done=9)


def test_messages_as_json(db: Path) -> None:
    """For a program of the owner's: nothing masked."""
    first, _ = json.loads(messages(db, as_json=True))
    assert (first["name"], first["phone"], first["since"], first["done"]) == ("Ada Byron", "+447400123456", "2026-06-12T11:00+02:00", None)


def test_an_answer_to_a_question_of_ones_own_stands_with_the_appointment(db: Path) -> None:
    """It was forgotten in the call as soon as the appointment was stored."""
    told = appointments(db)
    assert "2026-06-16 15:00" in told
    assert "\n   Ada Byron, +447400123456, speaks en\n   allergies: yes\n" in told
    (one,) = json.loads(appointments(db, as_json=True))
    assert one["answers"] == {"allergies": True}


def test_a_call_that_cannot_be_made_again_hides_no_appointment(db: Path) -> None:
    """Only what was answered is missing, and that is told."""
    with sqlite3.connect(db) as connection:
        connection.execute("delete from journal where call_id = 'call_2'")
    stderr = io.StringIO()
    told = appointments(db, stderr=stderr)
    assert "Ada Byron" in told
    assert "allergies" not in told
    assert stderr.getvalue().startswith("What was answered to questions of your own in 1 call cannot be read")


def test_what_is_over_or_cancelled_is_shown_only_when_asked_for(db: Path) -> None:
    """An appointment that was yesterday is still there."""
    with sqlite3.connect(db) as connection:
        connection.execute("update appointments set status = 'cancelled'")
    assert appointments(db) == "No appointments are to come.\n"
    assert ": cancelled\n" in appointments(db, everything=True)
    with sqlite3.connect(db) as connection:
        connection.execute("update appointments set status = 'booked', ends_at = '2026-06-11 07:00:00.000000'")
    assert appointments(db) == "No appointments are to come.\n"
    assert "Ada Byron" in appointments(db, everything=True)


def test_what_is_of_another_business_is_counted_and_not_shown(db: Path) -> None:
    """Several businesses may keep their calls in one database; what one is not shown it cannot finish, either."""
    with sqlite3.connect(db) as connection:
        connection.execute("update calls set business = 'Elsewhere' where id = 'call_3'")
    told = messages(db)
    assert "Grace Hopper" not in told
    assert told.endswith("1 message. 1 other in this database, of “Elsewhere”; --called NAME shows what is left under a name.\n")
    with pytest.raises(BadOption, match=r"There is no message 2; "):
        messages(db, done=2)
    assert ": done" not in messages(db, everything=True, called=("Elsewhere",))


def test_a_business_that_was_renamed_sees_what_it_had(db: Path) -> None:
    """It says under which name; also where all calls are of that time."""
    with sqlite3.connect(db) as connection:
        connection.execute("update calls set business = 'The old name'")
    told = messages(db)
    assert told == "Nothing is left to do. 2 others in this database, of “The old name”; --called NAME shows what is left under a name.\n"
    assert messages(db, called=("The old name",)).endswith("\n2 messages.\n")
    assert ": done" in messages(db, done=2, called=("The old name",))


def test_a_number_that_no_message_has(db: Path) -> None:
    """However large."""
    for number in ("0", "99999999999999999999"):
        done = CliRunner().invoke(app, ["messages", "--db", f"sqlite:///{db}", "--done", number])
        assert (done.exit_code, done.stdout) == (2, "")
        assert "--done" in done.stderr
