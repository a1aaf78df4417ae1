"""What callers of the insurance call centre say first: their words for a claim, for what they pay, for what they want to insure."""

from __future__ import annotations

import pytest

from frontdesk.bootstrap.reading import Folders
from fsm.yaml_source import load_plain
from tests.brain.desk import Desk
from tests.brain.sketches import ROOT, in_signs

TABLE = load_plain((ROOT / "tests" / "brain" / "insurance.yaml").read_text(encoding="utf-8"))
DESK = Desk(Folders(ROOT / "examples" / "insurance"))
ROWS = [(sign, language) for sign, said in TABLE.items() for language in said]


@pytest.mark.parametrize(("sign", "language"), ROWS, ids=[f"{language} {sign}" for sign, language in ROWS])
def test_what_callers_say_first_is_heard(sign: str, language: str) -> None:
    heard = {words: in_signs(DESK.hears(words, DESK.new_call(language))) for words in TABLE[sign][language]}
    assert {words: signs for words, signs in heard.items() if sign not in signs} == {}
