"""Ten thousand turns with a model that is out to do harm, over all states and four languages: what it tried, and what it got."""

from __future__ import annotations

import asyncio
import logging
import sys
import time

from measuring import ROOT, figure

sys.path.insert(0, str(ROOT))

from tests.brain.model.hostile_calls import play_hostile_calls
from tests.brain.model.stage import ModelStage

TURNS, SEED = 10_000, 2026


def main() -> None:
    logging.getLogger("frontdesk").setLevel(logging.ERROR)  # what a model does wrong is counted below
    began = time.perf_counter()
    tally = asyncio.run(play_hostile_calls(ModelStage(), TURNS, SEED))
    print(tally)
    figure("harm done", 0, "cases", beside=["the run stops at the first one"])
    figure("time", time.perf_counter() - began, "s", beside=[f"{tally.turns} turns"])


if __name__ == "__main__":
    main()
