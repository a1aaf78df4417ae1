"""What callers answer to the read-back of a booking besides yes and no, in every language alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from frontdesk.checking.situations import situation
from fsm.facts import Fact, Origin
from tests.brain.desk import Desk

ANSWERS = {
    "wants_change phone": {
        "fr": "non ce n'est pas le bon numéro",
        "de": "nein die Nummer ist falsch",
        "en": "no that's the wrong number",
        "es": "no ese número no es",
    },
    "wants_change when": {
        "fr": "c'est le mauvais jour",
        "de": "nein der falsche Tag",
        "en": "that's the wrong day",
        "es": "día equivocado",
    },
    "": {
        "fr": "oui mais vous pouvez m'envoyer un sms",
        "de": "ja aber können Sie mir eine SMS schicken",
        "en": "yes but can you send me a text",
        "es": "sí pero me puede mandar un mensaje",
    },
    "name": {
        "fr": "vous pouvez changer le nom en Anna Tarif",
        "de": "können Sie den Namen auf Anna Lange ändern",
        "en": "could you change the name to Anna Price",
        "es": "puede cambiar el nombre a Ana Precio",
    },
}
"""By what is understood: an act and what it is about, the names of facts, or nothing."""


@pytest.mark.parametrize("means", ANSWERS)
def test_an_answer_to_the_read_back(means: str) -> None:
    desk = Desk()
    for language, words in ANSWERS[means].items():
        asked = situation(desk.graph, desk.business, "confirm", "ask", language, 1)
        asked = replace(asked, facts={**asked.facts, "intent": Fact("book", Origin.SPEECH, 1)})
        heard = desk.hears(words, asked)
        came = [" ".join([act.name, *map(str, act.args.values())]) for act in heard.acts] + [fact.name for fact in heard.facts]
        assert " ".join(came) == means, words
