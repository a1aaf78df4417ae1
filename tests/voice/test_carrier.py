"""The carrier, on a clock that does not wait: what is heard, said and left unsaid, second by second."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from frontdesk.brain.listening import SoFar
from frontdesk.conversation.incoming import Gone, Heard, Key, Quiet, Words
from frontdesk.testing.virtual_loop import run_in_virtual_time
from tests.voice.scripted_call import BYE, LISTEN, Stage, Work, line, now, until

GREETING = [line("x" * 40, "greet.ask"), LISTEN]  # two seconds


def in_virtual_time(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    @functools.wraps(test)
    def run(**given: Any) -> None:
        run_in_virtual_time(test(**given))

    run.__signature__ = inspect.signature(test)  # type: ignore[attr-defined]
    return run


# --- silence ---------------------------------------------------------------------------------------------------------


@in_virtual_time
async def test_silence_counts_from_our_last_word():
    """A greeting of two seconds and a patience of eight: the silence is at ten, and the next after its own line."""
    async with Stage(GREETING, [line("x" * 20), LISTEN], [line("x"), LISTEN]) as stage:
        await until(25)
    assert stage.conversation.fed[:2] == [(10.0, Quiet(8.0)), (19.0, Quiet(8.0))]


@in_virtual_time
async def test_silence_stands_still_while_work_is_done():
    """Nobody is asked whether they are still there while we let them wait."""
    async with Stage(GREETING, [Work(30.0), line("x" * 20), LISTEN], [LISTEN]) as stage:
        await until(3)
        stage.carrier.words("mardi")
        await until(41.5)
        assert stage.incoming == [Words("mardi")]
        await until(43)
    assert stage.conversation.fed[1][0] == pytest.approx(3 + 30 + 1 + 8)


@pytest.mark.parametrize(("voice", "silence"), [(None, 10.0), ((9.0, 9.5), 11.0), ((9.0, 60.0), 13.0), ((3.0, 60.0), 10.0)])
@in_virtual_time
async def test_noise_is_no_word_and_does_not_hold_the_line(voice: tuple[float, float] | None, silence: float):
    """A voice without words puts a silence off by a moment, for its words may be coming; a television never keeps it away."""
    async with Stage(GREETING, [LISTEN]) as stage:
        if voice is not None:
            await until(voice[0])
            stage.carrier.voice(True)
            asyncio.get_running_loop().call_at(voice[1], stage.carrier.voice, False)
        await until(20)
    assert stage.conversation.fed[0] == (silence, Quiet(8.0))


@in_virtual_time
async def test_half_a_sentence_is_no_silence():
    """Who is still dictating has not fallen silent."""
    async with Stage(GREETING, [LISTEN]) as stage:
        for second in (6, 12, 18):
            await until(second)
            stage.carrier.half_heard("zéro six")
        await until(27)
    assert stage.conversation.fed[0] == (26.0, Quiet(8.0))


@in_virtual_time
async def test_a_long_answer_is_no_silence():
    """Twelve seconds of ours: theirs begins after it."""
    async with Stage([line("x" * 240), LISTEN], [LISTEN]) as stage:
        await until(21)
    assert stage.conversation.fed[0] == (20.0, Quiet(8.0))


# --- speaking over us ------------------------------------------------------------------------------------------------


@in_virtual_time
async def test_what_was_heard_goes_before_the_words_that_broke_us_off():
    """The engine must know that a question was not heard to its end."""
    async with Stage([line("Je peux vous proposer mardi", "slot.ask"), LISTEN], [line("Bien."), LISTEN]) as stage:
        await until(0.5)
        stage.carrier.words("plutôt jeudi")
        await until(2)
    assert stage.incoming[:2] == [Heard(False, "Je peux vo"), Words("plutôt jeudi")]


@in_virtual_time
async def test_talking_over_the_closing_question_is_hearing_enough():
    """“… for Anna. Shall I book it?” “Yes!”: what they agree to was said."""
    read_back = "Mardi à midi. Je confirme ?"
    async with Stage([line(read_back, "confirm.ask"), LISTEN], [LISTEN]) as stage:
        await until(0.9)
        stage.carrier.words("oui")
        await until(2)
    assert stage.incoming[:1] == [Words("oui")]


@in_virtual_time
async def test_a_question_that_was_not_begun_is_not_asked_and_counts_as_unheard():
    """Two lines are due; the caller speaks over the first."""
    async with Stage(
        [line("Mardi est complet.", "slot.full"), line("Quel autre jour ?", "slot.ask"), LISTEN], [line("Oui."), LISTEN]
    ) as stage:
        await until(0.6)
        stage.carrier.words("alors jeudi")
        await until(5)
    assert stage.incoming[0] == Heard(False, "Mardi est co")
    assert stage.mouth.texts == ["Mardi est complet.", "Oui."]


@in_virtual_time
async def test_a_statement_is_not_lost_to_a_hello():
    """The caller says “hello?” while we book; that they are booked is said all the same, and before the answer."""
    turns = [Work(2.0), line("C'est réservé.", "booked.done"), line("Autre chose ?", "anything_else.ask"), LISTEN]
    async with Stage(GREETING, turns, [line("Je suis là."), LISTEN]) as stage:
        await until(3)
        stage.carrier.words("oui")
        await until(4)
        stage.carrier.words("allô ?")
        await until(9)
    assert stage.incoming[:3] == [Words("oui"), Heard(False, ""), Words("allô ?")]
    whole = [text for _, _, text, spoken in stage.mouth.said if spoken.whole]
    assert whole[1:] == ["C'est réservé.", "Je suis là."]


@in_virtual_time
async def test_words_during_work_wait_and_are_one_utterance():
    """What an action works from does not change under it."""
    async with Stage(GREETING, [Work(3.0), LISTEN], [line("Bien."), LISTEN]) as stage:
        await until(3)
        stage.carrier.words("mardi")
        await until(4)
        stage.carrier.words("ou mercredi")
        stage.carrier.words("matin")
        await until(8)
    assert stage.conversation.fed[:2] == [(3.0, Words("mardi")), (6.0, Words("ou mercredi matin"))]


@in_virtual_time
async def test_broken_off_without_a_word_the_call_goes_on():
    """Something broke us off and no word came: after the silence we go on, with what the caller must know."""
    async with Stage([line("A" * 40, "slot.full"), line("Bon à savoir.", "slot.note"), LISTEN], [line("Êtes-vous là ?"), LISTEN]) as stage:
        await until(1)
        stage.mouth.stop()
        await until(12)
    assert stage.incoming[:2] == [Heard(False, "A" * 20), Quiet(8.0)]
    assert stage.mouth.texts[1:] == ["Bon à savoir.", "Êtes-vous là ?"]


@in_virtual_time
async def test_what_must_be_heard_is_not_broken_off():
    """The greeting says that an AI speaks: words and keys wait behind it."""
    async with Stage([line("x" * 40, "greet.hello", interruptible=False), LISTEN], [line("Bien."), LISTEN]) as stage:
        await until(0.5)
        stage.carrier.key("1")
        await until(5)
    assert [(began, spoken.whole) for began, _, _, spoken in stage.mouth.said] == [(0.0, True), (2.0, True)]


@in_virtual_time
async def test_a_statement_broken_off_at_once_is_said_again_once():
    """“You are b…”, “hello?”: they do not know yet. Broken off again, they do not want to."""
    async with Stage([line("b" * 40, "booked.done"), LISTEN], [line("Oui ?"), LISTEN], [line("Bien."), LISTEN]) as stage:
        await until(0.2)
        stage.carrier.words("allô ?")
        await until(0.4)
        stage.carrier.words("stop")
        await until(5)
    assert stage.mouth.texts == ["b" * 40, "b" * 40, "Bien."]


@pytest.mark.parametrize("breaks_off", [False, True])
@in_virtual_time
async def test_a_sign_of_listening_is_no_turn(breaks_off: bool):
    """“Mhm” while we speak: nobody is fed it, and what it broke off goes on with that sentence; the question is asked once."""
    said = "Le salon ferme lundi. Mardi est complet."
    async with Stage([line(said, "slot.full"), line("Quel autre jour ?", "slot.ask"), LISTEN], [line("Bien."), LISTEN]) as stage:
        stage.conversation.answers["mhm"] = SoFar.LISTENING
        await until(1.5)
        if breaks_off:
            stage.mouth.stop()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        stage.carrier.words("mhm")
        await until(6)
        stage.carrier.words("jeudi")
        await until(7)
    assert stage.mouth.texts == ([said, "Mardi est complet."] if breaks_off else [said]) + ["Quel autre jour ?", "Bien."]
    assert stage.incoming == [Words("jeudi"), Gone()]


@pytest.mark.parametrize(
    ("steps", "texts"),
    [
        ([line("b" * 40, "booked.done")], ["b" * 40] * 2),
        ([line("Un instant, je vous prie.", "book.one_moment"), Work(1.0), line("C'est réservé.", "booked.done")], None),
    ],
    ids=["waits to be said again already", "behind an aside"],
)
@in_virtual_time
async def test_a_sign_of_listening_lets_what_is_due_be_said_once(steps: list[Any], texts: list[str] | None):
    """What was broken off at its beginning is said once more and not twice, and what became due meanwhile does not wait for a word."""
    async with Stage([*steps, LISTEN], [line("Êtes-vous là ?"), LISTEN]) as stage:
        stage.conversation.answers["mhm"] = SoFar.LISTENING
        await until(0.2)
        stage.mouth.stop()
        await until(2)
        stage.carrier.words("mhm")
        await until(6)
    assert stage.mouth.texts == (texts or ["Un instant, je vous prie.", "C'est réservé."])
    assert stage.incoming[-1:] == [Gone()]


@pytest.mark.parametrize(("at", "text"), [(0.9, "Mardi à midi. Je confirme ?"), (3.0, "Mardi à midi. Je confirme ?")])
@in_virtual_time
async def test_a_sign_of_listening_after_the_question_is_an_answer(at: float, text: str):
    """Over the closing question that it broke off, or after it, “mhm” goes to the conversation like any other word."""
    async with Stage([line(text, "confirm.ask"), LISTEN], [LISTEN]) as stage:
        stage.conversation.answers["mhm"] = SoFar.LISTENING
        await until(at)
        stage.mouth.stop()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        stage.carrier.words("mhm")
        await until(at + 1)
    assert stage.incoming[:1] == [Words("mhm")]


# --- keys ------------------------------------------------------------------------------------------------------------


@in_virtual_time
async def test_a_key_counts_more_than_words():
    """What is being recognised, and what waits, is dropped; the key breaks us off."""
    async with Stage(GREETING, [Work(2.0), LISTEN], [LISTEN], [LISTEN]) as stage:
        await until(1)
        stage.carrier.words("euh")
        await until(2)
        stage.carrier.words("zéro six")
        stage.carrier.key("0")
        stage.carrier.key("6")
        await until(5)
    assert [what for what in stage.incoming if not isinstance(what, Heard)] == [Words("euh"), Key("0"), Key("6"), Gone()]
    assert stage.ears.forgotten == 2


@in_virtual_time
async def test_what_is_no_key_is_nothing():
    """A, B, C and D exist in the standard, not on a telephone."""
    async with Stage(GREETING, [LISTEN]) as stage:
        stage.carrier.key("A")
        stage.carrier.key("12")
        await until(3)
        assert stage.incoming == []


# --- waiting ---------------------------------------------------------------------------------------------------------


@in_virtual_time
async def test_a_long_wait_is_announced_once():
    """A second and a half of nothing, then “one moment”, once."""
    async with Stage(GREETING, [Work(6.0), line("Voilà."), LISTEN]) as stage:
        await until(3)
        stage.carrier.words("mardi")
        await until(12)
    assert [(began, text) for began, _, text, _ in stage.mouth.said[1:]] == [(4.5, "Un instant."), (9.0, "Voilà.")]


@in_virtual_time
async def test_a_short_wait_is_not_announced():
    """Nor one during which we are speaking."""
    async with Stage(GREETING, [line("y" * 60, "x.note"), Work(3.0), Work(1.2), line("Voilà."), LISTEN]) as stage:
        await until(3)
        stage.carrier.words("mardi")
        await until(12)
    assert stage.mouth.texts[1:] == ["y" * 60, "Voilà."]


# --- the end ---------------------------------------------------------------------------------------------------------


@in_virtual_time
async def test_the_goodbye_is_played_to_its_end():
    """Words over it change nothing; the line ends when it has been heard."""
    async with Stage(GREETING, [line("Merci, au revoir.", "goodbye.bye"), BYE]) as stage:
        await until(3)
        stage.carrier.words("non merci")
        await until(3.3)
        stage.carrier.words("ah, encore une chose")
        await stage.task
        assert stage.line.ended_at == pytest.approx(3 + 17 * 0.05)
    assert stage.incoming == [Words("non merci")]


@in_virtual_time
async def test_what_is_still_due_and_the_goodbye_are_both_said():
    """A caller who breaks off a statement and says goodbye hears the rest and the goodbye: no silent ending."""
    booked = [line("b" * 20, "booked.done"), line("SMS envoyé.", "notify.sent"), line("Autre chose ?", "anything_else.ask"), LISTEN]
    async with Stage(booked, [line("Au revoir.", "goodbye.bye"), BYE]) as stage:
        await until(0.8)
        stage.carrier.words("merci, au revoir")
        await until(1.1)
        stage.carrier.words("au revoir")
        await stage.task
    assert [text for _, _, text, spoken in stage.mouth.said if spoken.whole] == ["SMS envoyé.", "Au revoir."]
    assert [said.interruptible for said in stage.mouth.lines] == [True, False, False]


@in_virtual_time
async def test_a_hang_up_during_work_lets_it_end():
    """What was begun is brought to its end, then the call ends as hung up, and nothing more is said."""
    async with Stage(GREETING, [Work(3.0), line("C'est réservé.", "booked.done"), LISTEN]) as stage:
        await until(3)
        stage.carrier.words("oui")
        await until(4)
        stage.carrier.gone()
        await stage.task
    assert stage.conversation.fed == [(3.0, Words("oui")), (6.0, Gone())]
    assert stage.mouth.texts == ["x" * 40]


@in_virtual_time
async def test_a_hang_up_during_the_goodbye_ends_it():
    """The call is over already: it is not fed again."""
    async with Stage(GREETING, [line("z" * 100, "goodbye.bye"), BYE]) as stage:
        await until(3)
        stage.carrier.words("au revoir")
        await until(4)
        stage.carrier.gone()
        await stage.task
        assert stage.line.ended_at == 4.0
    assert stage.incoming == [Words("au revoir")]


@in_virtual_time
async def test_a_voice_that_never_ends_does_not_hold_the_call():
    """The line is given up, and then the goodbye too: the caller is not charged for ever."""
    async with Stage(GREETING, [line("Au revoir.", "goodbye.bye"), BYE]) as stage:
        await until(3)
        stage.mouth.stuck = True
        stage.carrier.words("au revoir")
        await stage.task
        assert 4 < stage.line.ended_at < 40


@in_virtual_time
async def test_a_call_that_is_cut_short_by_us_is_ended_as_hung_up():
    """The worker is stopped: the hold is given back and the call stored."""
    async with Stage(GREETING, [Work(100.0), LISTEN], []) as stage:
        await until(3)
        stage.carrier.words("mardi")
        await until(4)
        stage.task.cancel()
        await asyncio.gather(stage.task, return_exceptions=True)
        assert stage.line.ended_at == 4.0
    assert stage.incoming == [Words("mardi"), Gone()]


# --- listening -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("so_far", "pause"), [(SoFar.COMPLETE, 0.2), (SoFar.BEGINNING, 2.0), (SoFar.UNCLEAR, 1.1)])
@in_virtual_time
async def test_the_pause_that_ends_a_turn_follows_what_was_said(so_far: SoFar, pause: float):
    """The graph sets the bounds, the rules' reading chooses between them."""
    async with Stage(GREETING) as stage:
        stage.conversation.pauses_s = (0.2, 2.0)
        stage.conversation.answers["mardi"] = so_far
        assert stage.carrier.pause_s("mardi") == pytest.approx(pause)


@in_virtual_time
async def test_ears_hear_every_language_until_the_first_word():
    """Then the language of the call; and the generation is that of the view they were told for."""
    async with Stage(GREETING, [LISTEN], any_language=True) as stage:
        await until(3)
        assert [told.language for told in stage.ears.told] == [None]
        stage.carrier.words("guten Tag")
        await until(4)
        assert [told.language for told in stage.ears.told] == [None, "fr"]
        assert stage.ears.told[-1].generation == stage.conversation.view.generation


@in_virtual_time
async def test_a_turn_ends_after_its_pause_and_not_over_what_must_be_heard():
    """The words over a greeting are a turn when the greeting has ended; over a question that may be broken off, at once after the pause."""
    hello = [line("x" * 40, "greet.hello", interruptible=False), line("y" * 20, "greet.ask", interruptible=False), LISTEN]
    async with Stage(hello, [line("z" * 100), LISTEN]) as stage:
        stage.conversation.pauses_s = (0.5, 0.5)
        await until(0.7)
        await stage.carrier.turn_ends("une coupe", 0.6)
        assert now() == 3.0
        stage.carrier.words("une coupe")
        await until(4)
        await stage.carrier.turn_ends("mardi", 3.8)
        assert now() == 4.3
