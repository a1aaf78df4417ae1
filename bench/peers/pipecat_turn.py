"""A turn of pipecat's flows in text: the caller's words, a tool call that leads to another node, and the reply there.

Runs in the environment of `make bench-peers`, without a network: the model is scripted at the place where its server would be
asked, so that requests are built and chunks are read as in earnest.
Prints of each turn the milliseconds by the clock and by the processor, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time

os.environ["LOGURU_LEVEL"] = "ERROR"  # before the library is imported: it writes debug logs unless told otherwise

from openai.types.chat import ChatCompletionChunk
from pipecat.flows import FlowManager, FlowsFunctionSchema, NodeConfig
from pipecat.frames.frames import EndFrame, Frame, LLMFullResponseEndFrame, LLMMessagesAppendFrame, LLMTextFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import LLMContextAggregatorPair
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.services.openai.llm import OpenAILLMService
from pipecat.workers.runner import WorkerRunner

TURNS_A_CALL, WORDS = 10, "well it ought to hide those silvery bits nicely somehow"


def _chunk(delta: dict, ended: str | None = None) -> ChatCompletionChunk:
    choices = [{"index": 0, "delta": delta, "finish_reason": ended}]
    return ChatCompletionChunk.model_validate(
        {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": choices}
    )


class Scripted(OpenAILLMService):
    """Calls a tool when the caller has spoken, and answers in words when the tool has."""

    requests = 0

    async def get_chat_completions(self, context):
        given = await self.get_llm_adapter().get_llm_invocation_params(
            context, system_instruction=self._settings.system_instruction, convert_developer_to_user=False
        )
        built = self.build_chat_completion_params(given)
        self.requests += 1
        called = self.requests % 2
        tool = built["tools"][0]["function"]["name"]

        async def answer():
            if called:
                arguments = json.dumps({"words": "silvery bits"})
                first = {
                    "index": 0,
                    "id": f"call_{self.requests}",
                    "type": "function",
                    "function": {"name": tool, "arguments": arguments},
                }
                yield _chunk({"tool_calls": [first]})
                yield _chunk({}, "tool_calls")
            else:
                for piece in ("Do you ", "mean ", "a colour?"):
                    yield _chunk({"content": piece})
                yield _chunk({}, "stop")

        return answer()


class Heard(FrameProcessor):
    """Where the voice would be: notices that a reply in words has come to its end."""

    def __init__(self) -> None:
        super().__init__()
        self.replied = asyncio.Event()
        self._spoke = False

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        self._spoke = self._spoke or isinstance(frame, LLMTextFrame)
        if isinstance(frame, LLMFullResponseEndFrame) and self._spoke:
            self._spoke = False
            self.replied.set()
        await self.push_frame(frame, direction)


def _node(name: str, other: str) -> NodeConfig:
    async def store(args, flow: FlowManager):
        flow.state[name] = args["words"]
        return {"status": "ok"}, _node(other, name)

    tool = FlowsFunctionSchema(
        name=f"say_{name}",
        description="What the caller said about it.",
        properties={"words": {"type": "string"}},
        required=["words"],
        handler=store,
    )
    task = [{"role": "developer", "content": f"Find out the {name}. Quote the caller's own words."}]
    return NodeConfig(name=name, role_message="You answer the telephone.", task_messages=task, functions=[tool], respond_immediately=True)


async def one_call(taken: list[tuple[float, float]]) -> None:
    context = LLMContext()
    pair = LLMContextAggregatorPair(context)
    model, heard = Scripted(api_key="none", settings=Scripted.Settings(model="scripted")), Heard()
    worker = PipelineWorker(
        Pipeline([pair.user(), model, heard, pair.assistant()]), params=PipelineParams(), enable_rtvi=False, cancel_on_idle_timeout=False
    )
    started = asyncio.Event()

    @worker.event_handler("on_pipeline_started")
    async def _(*_given) -> None:
        started.set()

    flow = FlowManager(llm=model, context_aggregator=pair, worker=worker)

    async def hold() -> None:
        await asyncio.wait_for(started.wait(), 10)
        first = _node("service", "day")
        first["respond_immediately"] = False
        await flow.initialize(first)
        for number in range(TURNS_A_CALL):
            node = flow.current_node
            heard.replied.clear()
            began, spent = time.perf_counter(), time.process_time()
            await worker.queue_frame(LLMMessagesAppendFrame([{"role": "user", "content": WORDS}], run_llm=True))
            await asyncio.wait_for(heard.replied.wait(), 10)
            taken.append(((time.perf_counter() - began) * 1000, (time.process_time() - spent) * 1000))
            assert flow.current_node != node, "the flow did not move on"
            assert model.requests == 2 * (number + 1), "a turn took another number of requests than two"
            await asyncio.sleep(0.01)  # what is still being tidied up belongs to no turn
        await worker.queue_frame(EndFrame())

    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    await asyncio.gather(runner.run(), hold())


async def main(turns: int) -> None:
    taken: list[tuple[float, float]] = []
    await one_call([])  # loads what is loaded once
    while len(taken) < turns:
        await one_call(taken)
    print(json.dumps(taken))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
