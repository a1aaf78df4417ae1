"""A turn of LiveKit's agents in text: the caller's words, a tool call, and the reply, with a scripted model and no network.

`in place` keeps the agent; `handoff` returns another one from the tool, which is how it changes prompt and tools by design.
Runs in the environment of `make bench-peers`. Prints of each turn the milliseconds by the clock and by the processor, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time

from livekit.agents import Agent, AgentSession, function_tool, llm

TURNS_A_CALL, WORDS = 10, "well it ought to hide those silvery bits nicely somehow"


class Scripted(llm.LLM):
    """Calls a tool when the caller has spoken, and answers in words when the tool has."""

    requests = 0

    def chat(self, *, chat_ctx, conn_options, tools=None, **_more):
        return _Answer(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options)


class _Answer(llm.LLMStream):
    async def _run(self) -> None:
        self._chat_ctx.to_provider_format(format="openai")
        built = llm.ToolContext(self._tools).parse_function_tools("openai", strict=True)
        self._llm.requests += 1
        called = self._llm.requests % 2
        if called:
            name = built[0]["function"]["name"]
            call = llm.FunctionToolCall(name=name, arguments=json.dumps({"words": "silvery bits"}), call_id=f"call_{self._llm.requests}")
            self._event_ch.send_nowait(llm.ChatChunk(id="c", delta=llm.ChoiceDelta(role="assistant", tool_calls=[call])))
        else:
            for piece in ("Do you ", "mean ", "a colour?"):
                self._event_ch.send_nowait(llm.ChatChunk(id="c", delta=llm.ChoiceDelta(role="assistant", content=piece)))


class Service(Agent):
    def __init__(self, *, handoff: bool) -> None:
        super().__init__(instructions="You answer the telephone. Find out the service. Quote the caller's own words.")
        self._handoff = handoff
        self.heard = ""

    @function_tool
    async def say_service(self, words: str):
        """What the caller said about it.

        Args:
            words: the caller's own words
        """
        self.heard = words
        return (Service(handoff=True), "ok") if self._handoff else "ok"


async def one_call(taken: list[tuple[float, float]], *, handoff: bool) -> None:
    model = Scripted()
    async with AgentSession(llm=model) as session:
        await session.start(Service(handoff=handoff), record=False)
        for number in range(TURNS_A_CALL):
            agent = session.current_agent
            began, spent = time.perf_counter(), time.process_time()
            result = await session.run(user_input=WORDS)
            taken.append(((time.perf_counter() - began) * 1000, (time.process_time() - spent) * 1000))
            assert agent.heard == "silvery bits", "the tool was not called"
            assert (session.current_agent is not agent) == handoff, "the handoff did not happen as asked for"
            assert any(event.type == "message" and event.item.role == "assistant" for event in result.events), "nothing was said"
            assert model.requests == 2 * (number + 1), "a turn took another number of requests than two"
            await asyncio.sleep(0.01)  # what is still being tidied up belongs to no turn


async def main(turns: int, *, handoff: bool) -> None:
    taken: list[tuple[float, float]] = []
    await one_call([], handoff=handoff)  # loads what is loaded once
    while len(taken) < turns:
        await one_call(taken, handoff=handoff)
    print(json.dumps(taken))


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(main(int(sys.argv[1]), handoff="handoff" in sys.argv[2:]))
