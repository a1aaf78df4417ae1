"""What is told of a call that was spoken: every turn with its words, and what the gap after it was spent on."""

from __future__ import annotations

import pytest

from frontdesk.voice.rehearsal.timeline import Gap, Part, Timeline, Utterance, Who

CALL = Timeline(
    9.0,
    (
        Utterance(Who.FRONTDESK, "Bonjour.", 0.0, 1.0),
        Utterance(Who.CALLER, "une coupe", 1.5, 2.25),
        Utterance(Who.FRONTDESK, "Quand ?", 2.75, 3.5),
        Utterance(Who.CALLER, "mardi", 4.0, 4.5),
    ),
    (
        Gap(1, 2.25, {Part.ENDPOINTING: 0.4, Part.UNDERSTANDING: 0.0025, Part.ACTION: 0.0, Part.SYNTHESIS: 0.0975}),
        Gap(2, 4.5, {Part.ENDPOINTING: 0.9}),
    ),
)


def test_every_turn_is_told_with_its_words_and_its_gap() -> None:
    """A gap stands below the words that it follows; parts that took no time are not named."""
    told = [line.split() for line in CALL.as_text()]
    assert told[1] == ["1.50", "2.25", "caller", "une", "coupe"]
    assert " ".join(told[2]) == "500 ms: endpointing 400, understanding 2.5, synthesis 98"
    assert " ".join(told[5]) == "900 ms: endpointing 900"
    assert " ".join(told[-1]) == "From the caller's last sound to our first: 700 ms (median of 2 turns)."


def test_a_gap_is_all_of_its_parts() -> None:
    """Nothing of the time a caller waits is left out."""
    assert CALL.gaps[0].seconds == pytest.approx(0.5)
    assert CALL.median_gap_s == pytest.approx(0.7)
