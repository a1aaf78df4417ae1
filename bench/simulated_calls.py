"""Simulated callers ring the shipped salon over better and worse lines: who gets what they want, and how many calls a second."""

from __future__ import annotations

import argparse
import dataclasses
import time

from measuring import ROOT  # noqa: F401 - puts the checkout on the path

from frontdesk.simulating.figures import groups, share
from frontdesk.simulating.running import Plan, Simulator

NOISE = (0.0, 0.03, 0.06, 0.12)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=200, help="calls for each level of noise")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print("| noise | calls | got what they wanted | gave up | asked again | turns | wrong, at most | calls a second of processor time |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    simulator = Simulator(Plan(calls=given.calls, seed=given.seed))
    simulator.calls(range(4))  # loads what is loaded once
    for noise in NOISE:
        simulator.plan = dataclasses.replace(simulator.plan, noise=noise)
        began = time.process_time()
        results = simulator.calls(range(given.calls))
        spent = time.process_time() - began
        found = groups(results)[-1]
        wrong = share(found.wrong.hits + found.broken.hits, found.calls)
        print(
            f"| {noise:g} | {found.calls} | {found.success} | {found.gave_up} | {found.asked_again} | {found.turns} "
            f"| {wrong.hits}, {wrong.high * 100:.1f} % | {len(results) / spent:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
