"""What callers say first who want no appointment at the salon, and those of the insurance call centre: in their own words."""

from __future__ import annotations

import pytest

from frontdesk.bootstrap.reading import Folders
from fsm.yaml_source import load_plain
from tests.brain.desk import Desk
from tests.brain.sketches import ROOT, in_signs

DESKS = {"other_callers": Desk(), "insurance": Desk(Folders(ROOT / "examples" / "insurance"))}
TABLES = {name: load_plain((ROOT / "tests" / "brain" / f"{name}.yaml").read_text(encoding="utf-8")) for name in DESKS}
ROWS = [(name, sign, language) for name, table in TABLES.items() for sign, said in table.items() for language in said]


@pytest.mark.parametrize(("name", "sign", "language"), ROWS, ids=[f"{name} {language} {sign}" for name, sign, language in ROWS])
def test_what_callers_say_first_is_heard(name: str, sign: str, language: str) -> None:
    desk = DESKS[name]
    heard = {words: in_signs(desk.hears(words, desk.new_call(language))) for words in TABLES[name][sign][language]}
    assert {words: signs for words, signs in heard.items() if sign not in signs} == {}
