"""What a turn with a model costs us, without the model's own time; how often it is asked; and the tokens of every state."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import replace
from typing import Any

from measuring import ROOT, figure, percentile

sys.path.insert(0, str(ROOT))

from frontdesk.bootstrap.model_requests import make_requests
from frontdesk.bootstrap.model_side import rules_first
from frontdesk.brain.first import RulesFirst
from frontdesk.brain.model.counting import token_counter, tools_text
from frontdesk.rehearsing.dialogues import hold
from frontdesk.rehearsing.goals import load_goals, play
from frontdesk.rehearsing.reading import LANGUAGES, load_callers, load_dialogues
from frontdesk.rehearsing.rehearsal import Stage
from frontdesk.testing import ScriptedModel, Step, call, reply
from fsm.events import Spoke
from fsm.step import step
from fsm.views import view
from integrations.models.port import ModelRequest
from tests.brain.model.stage import ModelStage, seen_in
from tests.brain.sketches import NOW

TURNS = 400
KINDS: tuple[tuple[str, str, str, tuple[Step, ...]], ...] = (
    (
        "a name quoted",
        "identity",
        "hmm blimey it goes under whoever signed that contract Margaret Thornhill said hubby",
        reply(call("say_name", words="Margaret Thornhill")),
    ),
    (
        "a service asked back",
        "service",
        "it ought to hide those silvery bits nicely somehow",
        reply(call("say_service", words="silvery bits", number=6)),
    ),
    (
        "two sentences, audited",
        "greet",
        "gosh that traffic outside keeps humming along doesn't it",
        reply("That does sound lovely. I am listening."),
    ),
)


async def own_time(stage: ModelStage) -> None:
    """Rules, request, scripted answer, readers, audit, engine step: everything of the turn but the model's server."""
    for name, state, text, answer in KINDS:
        brain = stage.brain(ScriptedModel((), otherwise=answer))
        taken = []
        for number in range(TURNS + 20):
            at = seen_in(stage.graph, state, "en")
            began = time.perf_counter()
            seen = view(stage.graph, at)
            proposal: Any = None
            async for part in brain.converse(text, seen):
                proposal = part
            step(stage.graph, at, Spoke("2026-06-12T09:00:00+02:00", text, proposal))
            if number >= 20:
                taken.append((time.perf_counter() - began) * 1000)
        figure(f"own time: {name}, p50", percentile(taken, 0.5), "ms")
        figure(f"own time: {name}, p99", percentile(taken, 0.99), "ms")


def tokens(stage: ModelStage) -> None:
    """Tokens of persona, prompt and tools in each state."""
    count = token_counter()
    if count is None:
        print("tokens: not counted, rs-bpe is not installed")
        return
    requests = make_requests(stage.folders, stage.graph, stage.business, stage.phrases)
    for state, spec in stage.graph.states.items():
        if spec.prompt:
            request = requests.make("…", stage.view(state), "en", NOW, free=spec.free)
            beginning = count(request.system.partition("The caller speaks")[0])
            whole = count(request.system) + count(tools_text(request))
            figure(f"tokens in {state}", beginning + count(tools_text(request)), "tokens", beside=[f"{whole} with what is known"])


class _ModelStage(Stage):
    """The stage of whole calls, with a model behind the rules that has nothing to say."""

    def __init__(self, model: ScriptedModel) -> None:
        super().__init__()
        parts = ModelStage()
        zone = parts.business.zone
        self.brain: RulesFirst = rules_first(
            parts.business,
            parts.phrases,
            parts.rules,
            self.content.graph,
            parts.folders,
            lambda: self.clock().astimezone(zone),
            model=model,
        )
        self.content = replace(self.content, brain=self.brain)


def _nothing(request: ModelRequest) -> tuple[Step, ...]:
    return reply("") if request.may_speak else reply(call("act", act="nothing", words=""))


async def share() -> None:
    """How much the rules decide in whole calls, and how often a booking asks the model."""
    stage = _ModelStage(ScriptedModel((), otherwise=_nothing))
    counts = stage.brain.counts
    booked = asked = goals = met = 0
    for goal in load_goals(ROOT / "tests" / "goals"):
        before = counts.requests
        wrong, _ = await play(goal, stage)
        goals, met = goals + 1, met + (not wrong)
        if goal["expect"].get("outcome") == "booked":
            booked, asked = booked + 1, asked + counts.requests - before
    callers = load_callers(ROOT / "tests" / "calls")
    for dialogue in load_dialogues(ROOT / "tests" / "calls").values():
        if not dialogue.business:
            for language in LANGUAGES:
                await hold(dialogue, language, callers[language], stage)
    figure("goals met with a silent model", met, "calls", beside=[f"of {goals}"])
    figure(
        "turns decided by rules", 100 * counts.by_rules / counts.turns, "%", beside=[f"{counts.turns} turns of tests/goals and tests/calls"]
    )
    figure("model requests in a booked call", asked / booked, "requests", beside=[f"{booked} booked calls"])


def main() -> None:
    stage = ModelStage()
    asyncio.run(own_time(stage))
    tokens(stage)
    asyncio.run(share())


if __name__ == "__main__":
    main()
