"""`frontdesk record` makes a call that was held into a file that passes at once, with nobody real in it."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from frontdesk.bootstrap.app import open_app
from frontdesk.bootstrap.content import load_content
from frontdesk.bootstrap.fixture import Fixture
from frontdesk.bootstrap.reading import Folders
from frontdesk.cli.options import BadOption
from frontdesk.cli.record import record_call
from frontdesk.cli.test import run_tests
from frontdesk.conversation.ports import Content
from frontdesk.rehearsing.disguise import Disguise
from frontdesk.rehearsing.documents import Caller
from frontdesk.rehearsing.rehearsal import incoming
from fsm.events import Spoke
from fsm.proposals import Doubt, Proposal, ProposedFact
from fsm.spec import FactSpec
from integrations.records.opening import open_database
from spoken.say import spell

pytestmark = pytest.mark.usefixtures("loaded_once")

NAME, MOBILE, LANDLINE = "Élodie Vasseur", "+33788112233", "+33144556677"
BOOKS = [
    {"say": "bonjour je voudrais une coupe femme mardi à quinze heures"},
    {"say": "c'est Élodie Vasseur"},
    {"say": "zéro sept quatre-vingt-huit onze vingt-deux trente-trois"},
    {"say": "oui"},
    {"say": "oui"},
    {"say": "non merci"},
]


class Clock:
    """A clock that stands still in a call."""

    minute = 0

    def __call__(self) -> dt.datetime:
        return dt.datetime(2026, 6, 12, 7, self.minute, tzinfo=dt.UTC)


CLOCK = Clock()


@pytest.fixture(scope="module")
def salon_content() -> Content:
    """The salon, loaded once."""
    return load_content(Folders(), CLOCK)


class Line:
    """Holds calls that are stored, and records them."""

    def __init__(self, folder: Path, content: Content) -> None:
        self.folder, self.content = folder, content
        self.db = f"sqlite:///{folder / 'calls.db'}"
        self.held = 0

    def hold(
        self, said: Sequence[Mapping[str, Any]], *, caller: str | None = None, language: str = "fr", fixture: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return asyncio.run(self._hold(said, caller, language, fixture))

    async def _hold(
        self, said: Sequence[Mapping[str, Any]], caller: str | None, language: str, fixture: dict[str, Any] | None
    ) -> dict[str, Any]:
        given = None if fixture is None else Fixture.model_validate(fixture)
        CLOCK.minute = self.held
        self.held += 1
        async with await open_app(folders=Folders(), db=self.db, clock=CLOCK, fixture=given, content=self.content) as app:
            conversation = app.conversation(language=language, caller=caller, call_id=f"call_{self.held}")
            async for _ in conversation.start():
                pass
            for message in said:
                async for _ in conversation.feed(incoming(message)):
                    pass
            return (await conversation.ending()).as_json() if conversation.call.ended else {}

    def record(self, call_id: str | None = None, *, real: bool = False) -> tuple[str, str]:
        """The text of the file, and what was said about it. The file has been held from its folder, and goes as written."""
        out = self.folder / "own" / "calls" / f"recorded_{len(list((self.folder / 'own' / 'calls').glob('*')))}.yaml"
        told = io.StringIO()
        assert record_call(None, io.StringIO(), told, call_id=call_id, db=self.db, out=out, real=real) == 0
        shown = io.StringIO()
        assert run_tests(self.folder / "own", shown, shown) == 0, shown.getvalue()
        return out.read_text(encoding="utf-8"), told.getvalue()


@pytest.fixture
def line(tmp_path: Path, salon_content: Content) -> Line:
    """A database of its own, and a business folder that has nothing of its own."""
    (tmp_path / "own").mkdir()
    return Line(tmp_path, salon_content)


def test_a_booking_passes_at_once_and_nobody_real_is_in_it(line: Line) -> None:
    """Every word of the call is there but the name and the number."""
    assert line.hold(BOOKS)["outcome"] == "booked"
    text, told = line.record()
    assert "Élodie" not in text
    assert "Vasseur" not in text
    assert "quatre-vingt-huit" not in text
    assert MOBILE not in text
    assert "  - caller: c'est Marie Dupont\n" in text
    assert "knows: {phone: '+33612345678'}" in text
    assert "number: anonymous\n" in text
    assert "appointments: [{service: womens_cut, start: '2026-06-16T15:00', name: Marie Dupont, phone: '+33612345678'}]" in text
    assert told.startswith("6 turns in ")
    assert ". Invented in it: name and telephone number; read what else the caller said" in told
    assert "does not go as it went" not in told


def test_real_names_stay_where_they_are_asked_for(line: Line) -> None:
    """And the command says so."""
    line.hold(BOOKS, caller=MOBILE)
    text, told = line.record(real=True)
    assert "  - caller: c'est Élodie Vasseur\n" in text
    assert f"number: '{MOBILE}'" in text
    assert "It holds the real names and numbers" in told


def test_a_number_in_parts_and_on_the_keypad_is_replaced(line: Line) -> None:
    """However it is given, no part of it is left."""
    parts = [{"say": "zéro sept quatre-vingt-huit onze vingt-deux"}, {"say": "trente-trois"}]
    line.hold([*BOOKS[:2], *parts, *BOOKS[3:]])
    text, _ = line.record()
    assert "trente-trois" not in text
    assert "knows: {phone: '+33612345678'}" in text
    line.hold([*BOOKS[:2], *({"dtmf": key} for key in "0788112233#"), *BOOKS[4:]])
    text, _ = line.record()
    keys = [row.split("keys: ")[1].strip("'}") for row in text.splitlines() if "keys:" in row]
    assert "".join(keys).startswith("0612345678")
    assert "knows: {phone: '+33612345678'}" in text


def test_figures_that_the_invented_number_has_too_are_no_leak(line: Line) -> None:
    """A caller may really have the last figures of the invented one."""
    line.hold([*BOOKS[:2], {"say": "zéro six quatre-vingt-deux trente-quatre cinquante-six soixante-dix-huit"}, *BOOKS[3:]])
    text, _ = line.record()
    assert "+33682345678" not in text
    assert "knows: {phone: '+33612345678'}" in text


def test_a_landline_stays_a_landline(line: Line) -> None:
    """No text message can be sent to it, then and now."""
    line.hold([*BOOKS[:2], {"say": "oui"}, *BOOKS[4:]], caller=LANDLINE)
    text, told = line.record()
    assert LANDLINE not in text
    assert "send_sms: not_possible" in text
    assert "does not go as it went" not in told


def test_a_moved_appointment_brings_the_appointment_it_moves(line: Line) -> None:
    """What was found for the caller then is there before the call, under the invented name."""
    known = [{"service": "colour", "start": "2026-06-17T11:00", "name": NAME, "phone": MOBILE}]
    said = [{"say": "je voudrais déplacer mon rendez-vous à jeudi dix heures"}, {"say": "oui"}, {"say": "oui"}, {"say": "non merci"}]
    assert line.hold(said, caller=MOBILE, fixture={"appointments": known})["outcome"] == "moved"
    text, told = line.record()
    assert "fixture: {appointments: [{service: colour, start: '2026-06-17T11:00', name: Marie Dupont, phone: '+33612345678'}]}" in text
    assert "does not go as it went" not in told
    assert "Vasseur" not in text


def test_a_full_calendar_and_failures_are_written_down(line: Line) -> None:
    """Only what was offered is free, and what failed fails again."""
    fixture = {"free_slots": ["2026-06-16T10:15", "2026-06-18T17:30"], "fail": {"sms": "error"}}
    said = [{"say": "une coupe femme mardi à quinze heures"}, {"say": "le premier"}, *BOOKS[1:]]
    assert line.hold(said, fixture=fixture)["outcome"] == "booked"
    text, told = line.record()
    assert "fixture: {free_slots: ['2026-06-16T10:15', '2026-06-18T17:30'], fail: {sms: [error, error]}}" in text
    assert "send_sms: failed" in text
    assert "  tasks: 1\n" in text
    assert "does not go as it went" not in told


def test_another_language_a_silence_and_a_hang_up(line: Line) -> None:
    """Whatever a caller does is in the file; a call that was never ended ends with a hang-up."""
    line.hold([{"silence_s": 8}, {"say": "hello do you speak English"}, {"say": "I'd like a perm"}])
    text, _ = line.record()
    assert "  - caller: {silent_s: 8}\n" in text
    assert "language: en" in text.splitlines()[9]
    assert "  - caller: hangs up\n  - frontdesk: {ends: true}\n" in text


def test_two_names_stay_two(line: Line) -> None:
    """Who corrects a name corrects it in the file as well."""
    said = [BOOKS[0], {"say": "c'est Élodie Vassort"}, BOOKS[2], {"say": "oui"}, {"say": "non mon nom c'est Élodie Vasseur"}, *BOOKS[4:]]
    line.hold(said)
    text, _ = line.record()
    assert "knows: {name: Robin Martin}" in text
    assert "knows: {name: Marie Dupont" in text
    assert "Vass" not in text


def test_a_name_that_was_not_asked_for_is_replaced_as_well(line: Line) -> None:
    """Said too early it is not understood, and it is a name all the same; other words that were not understood stay."""
    fixture = {"free_slots": ["2026-06-16T10:15", "2026-06-18T17:30"]}
    line.hold([{"say": "une coupe femme mardi à quinze heures"}, {"say": "Élodie Vasseur"}, {"say": "saperlipopette"}], fixture=fixture)
    text, _ = line.record()
    assert "  - caller: Marie Dupont\n" in text
    assert "  - caller: saperlipopette\n" in text


def test_a_call_that_goes_otherwise_now_is_written_as_it_goes(line: Line) -> None:
    """The command names the first turn that is different; the file passes all the same."""
    fixture = {"free_slots": ["2026-06-18T10:15"], "fail": {"find_slots": ["error", "error", "ok"]}}
    line.hold([{"say": "une coupe homme mardi à quinze heures"}, {"hangup": True}], fixture=fixture)
    connection = sqlite3.connect(line.folder / "calls.db")
    with connection:
        connection.execute("update actions set outcome = 'too_far' where name = 'find_slots'")  # nothing makes it so today
    connection.close()
    text, told = line.record()
    assert "From turn 1 on it does not go as it went" in told
    assert "find_slots" in text


async def empty_database(url: str) -> None:
    await (await open_database(url)).close()


def test_calls_are_named_and_files_are_not_overwritten(line: Line, tmp_path: Path) -> None:
    """By id, or the last one; what is not there is said in a sentence."""
    line.hold([{"say": "bonjour"}, {"hangup": True}])
    line.hold(BOOKS)
    assert "abandoned" in line.record("call_1")[0]
    with pytest.raises(BadOption, match=r"There is no call call_9 in .*; hold one with frontdesk call"):
        record_call(None, io.StringIO(), io.StringIO(), call_id="call_9", db=line.db, out=None, real=False)
    asyncio.run(empty_database(f"sqlite:///{tmp_path / 'empty.db'}"))
    with pytest.raises(BadOption, match="There is no call of Salon Colibri in"):
        record_call(None, io.StringIO(), io.StringIO(), call_id=None, db=f"sqlite:///{tmp_path / 'empty.db'}", out=None, real=False)
    with pytest.raises(BadOption, match="exists already"):
        record_call(None, io.StringIO(), io.StringIO(), call_id=None, db=line.db, out=tmp_path / "calls.db", real=False)
    out = io.StringIO()
    assert record_call(None, out, io.StringIO(), call_id=None, db=line.db, out=None, real=False) == 0
    assert out.getvalue().startswith("title: A recorded call, booked\nlanguage: fr\nnow: 2026-06-12T09:01\n")


def test_a_part_of_a_reference_becomes_that_part_of_the_invented_one(salon_content: Content) -> None:
    """In figures where it was in figures, with letters for letters; nothing of the real one can be told from the invented one."""
    facts = {**salon_content.graph.facts, "policy": FactSpec(type="reference")}
    graph = replace(salon_content.graph, facts=facts, fact_types={**salon_content.graph.fact_types, "policy": "reference"})
    at = "2026-06-12T09:00:00+02:00"
    begun = Spoke(at, "it's AB 47", Proposal(1, doubts=(Doubt("policy", "AB 47", (), "AB47"),)))
    whole = Spoke(at, "and then two one nine", Proposal(2, facts=(ProposedFact("policy", "AB47219", "two one nine"),)))
    other = Spoke(
        at, "sorry AB four seven two one eight", Proposal(3, facts=(ProposedFact("policy", "AB47218", "AB four seven two one eight"),))
    )
    caller = Caller(name="Jane Smith", number="+447400123456")

    def disguised(seed: str) -> Disguise:
        return Disguise(graph, [begun, whole, other], None, caller, "en", seed=seed)

    disguise = disguised("call_1")
    invented = disguise.value("AB47219")
    assert re.fullmatch(r"[A-Z]{2}[1-9]?\d{5}", invented)
    assert len({"AB47219", invented, disguise.value("AB47218")}) == 3
    assert disguise.words(begun, "en", "policy") == f"it's {invented[:2]} {invented[2:4]}"
    assert disguise.words(whole, "en", "policy") == f"and then {spell(invented[4:], 'en')}"
    assert disguise.words(other, "en", "policy") == f"sorry {spell(disguise.value('AB47218'), 'en')}"
    assert disguise.replaced == ["reference"]
    assert disguised("call_1").value("AB47219") == invented
    assert disguised("call_2").value("AB47219") != invented


def test_numbers_in_other_words_are_replaced_as_well(line: Line) -> None:
    """Whatever they are: a caller who leaves a message names a contract of somebody's; a year is none."""
    line.hold([{"say": "je voudrais laisser un message"}, {"say": "depuis 2019 mon contrat est le 4721 930 655"}, {"hangup": True}])
    text, told = line.record()
    assert "depuis 2019" in text
    assert "4721" not in text
    assert re.search(r"le \d{4} \d{3} \d{3}\n", text)
    assert "Invented in it: other numbers; read what else" in told
