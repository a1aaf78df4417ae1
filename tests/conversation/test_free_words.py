"""A conversation whose brain may speak: sentences are handed out while the model still thinks, once, and are kept like all others."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence

import pytest

from frontdesk.bootstrap.app import App, open_app
from frontdesk.bootstrap.content import load_content
from frontdesk.brain.speaking import Said, Sentence
from frontdesk.conversation.conversation import Conversation
from frontdesk.conversation.incoming import Words
from frontdesk.conversation.outputs import Line, Listening
from frontdesk.conversation.ports import Content
from frontdesk.replaying.stored import read_call
from frontdesk.replaying.verifying import replay_stored
from fsm.proposals import Act, Proposal
from fsm.view import View
from tests.brain.model.stage import ModelStage
from tests.brain.sketches import NOW


class Speaks:
    """A brain that says these sentences, then makes this proposal of them; `late` are only in the proposal."""

    def __init__(self, *sentences: str, acts: tuple[Act, ...] = (), late: tuple[str, ...] = ()) -> None:
        self.sentences, self.acts, self.late = sentences, acts, late
        self.said: list[tuple[Said, ...]] = []
        self.thinking = True

    async def read(self, text: str, view: View) -> Proposal:
        raise AssertionError("a brain that can speak is never only read")

    async def read_key(self, key: str, view: View) -> Proposal:
        return Proposal(view.generation)

    async def converse(self, text: str, view: View, said: Sequence[Said] = ()) -> AsyncGenerator[Sentence | Proposal, None]:
        self.said.append(tuple(said))
        for sentence in self.sentences:
            yield Sentence(sentence, view.language)
        self.thinking = False
        yield Proposal(view.generation, acts=self.acts, by="model", reply=(*self.sentences, *self.late))


async def _opened(brain: Speaks) -> tuple[App, Conversation]:
    stage = ModelStage()
    loaded = load_content(stage.folders, lambda: NOW)
    content = Content(loaded.graph, loaded.business, loaded.speaker, brain, loaded.digest)
    app = await open_app(folders=stage.folders, db="sqlite://", clock=lambda: NOW, content=content)
    call = app.conversation(language="en", caller=None)
    async for _ in call.start():
        pass
    return app, call


async def test_a_sentence_is_out_before_the_brain_has_finished() -> None:
    """The caller hears the first sentence while the rest is still on its way; the question of the state follows."""
    brain = Speaks("That does sound lovely.", late=("I am listening.",))
    app, call = await _opened(brain)
    async with app:
        outputs = call.feed(Words("what weather"))
        first = await anext(outputs)
        assert isinstance(first, Line)
        assert (first.text, first.name, brain.thinking) == ("That does sound lovely.", "free", True)
        rest = [output async for output in outputs]
        lines = [output for output in rest if isinstance(output, Line)]
        assert [line.text for line in lines][:1] == ["I am listening."]
        assert lines[-1].name == "greet.ask"
        assert isinstance(rest[-1], Listening)
        assert list(call.turn().said) == [first.text, *(line.text for line in lines)]
        assert len({first.id, *(line.id for line in lines)}) == 1 + len(lines)


@pytest.mark.parametrize("acts", [(), (Act("hold_on"),)], ids=["taken", "refused"])
async def test_free_words_are_made_again_from_the_journal(acts: tuple[Act, ...]) -> None:
    """Whether the engine took the reply or not: a replay says what the caller heard, in the same order."""
    app, call = await _opened(Speaks("That does sound lovely.", acts=acts, late=("I am listening.",)))
    async with app:
        async for _ in call.feed(Words("what weather")):
            pass
        assert call.turn().said[0] == "That does sound lovely."
        assert ("I am listening." in call.turn().said) is not bool(acts)
        record = await app.ports.records.call(call.call.id)
        assert record is not None
        made = replay_stored(await read_call(app.ports.records, record), app.content)
        assert made.differences == ()
        assert tuple(made.course.turns[-1].said) == call.turn().said


async def test_what_was_said_goes_along_to_the_next_turn() -> None:
    """A brain sees the last things said, in order, and what the engine refused is counted."""
    brain = Speaks("That does sound lovely.", acts=(Act("hold_on"),))
    app, call = await _opened(brain)
    async with app:
        for words in ("what weather", "and again"):
            async for _ in call.feed(Words(words)):
                pass
        assert [item.who for item in brain.said[1]] == ["frontdesk", "caller", "frontdesk"]
        assert brain.said[1][1].text == "what weather"
        assert call.refusals == {"claimed": 2}


@pytest.mark.parametrize("left_after", [0, 1])
async def test_a_caller_who_speaks_over_it_ends_it(left_after: int) -> None:
    """Whoever stops listening to a feed stops the brain, too, and nothing of the turn is taken over."""
    brain = Speaks("That does sound lovely.", "I am listening.")
    app, call = await _opened(brain)
    async with app:
        before = call.call
        outputs = call.feed(Words("what weather"))
        for _ in range(1 + left_after):
            await anext(outputs)
        await outputs.aclose()  # type: ignore[attr-defined]
        assert brain.thinking
        assert call.call == before
