"""How many faults in the shipped graph are noticed, and by whom: `frontdesk check`, the generated paths, the written calls.

python bench/mutants.py                  every fault, on two cores
python bench/mutants.py --sample 60      a seeded sample

What no call can tell from the original, which is proved by exploring all calls, is no fault and is counted apart. Ends
with 1 where a fault goes unnoticed for which tests/paths/survivors.yaml gives no reason, or where a reason there is not needed.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from frontdesk.actions.catalogue import CATALOGUE  # noqa: E402
from frontdesk.bootstrap.content import Folders  # noqa: E402
from frontdesk.processes import mapped  # noqa: E402
from frontdesk.proving.judging import Judge  # noqa: E402
from frontdesk.proving.mutants import mutants_of  # noqa: E402
from frontdesk.proving.script import read_paths  # noqa: E402
from frontdesk.proving.survivors import read_survivors, reason_for, unneeded  # noqa: E402
from frontdesk.rehearsing.suite import Case, written_cases  # noqa: E402
from fsm.yaml_source import read_yaml  # noqa: E402

PATHS = ROOT / "tests" / "paths"
COLUMNS = ("check", "paths", "exploration", "calls", "survived", "equivalent")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="so many faults, chosen by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-calls", action="store_true", help="the check, the paths and the exploration only")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    began = time.perf_counter()
    mutants = mutants_of(read_yaml(ROOT / "states.yaml").data, CATALOGUE, seed=options.seed, sample=options.sample)
    judge = Judge(Folders(None), read_paths(PATHS / "paths.yaml"), [] if options.without_calls else _written())
    judge.prepare()
    verdicts = mapped(judge.verdict, mutants, options.jobs)
    print(f"{'fault':<20}" + "".join(f"{who:>13}" for who in COLUMNS))
    for kind in [*sorted({mutant.kind for mutant in mutants}), "all"]:
        counts = Counter(verdict for mutant, verdict in zip(mutants, verdicts, strict=True) if kind in {mutant.kind, "all"})
        print(f"{kind:<20}" + "".join(f"{counts[who]:>13}" for who in COLUMNS))
    survived = [str(mutant) for mutant, verdict in zip(mutants, verdicts, strict=True) if verdict == "survived"]
    faults = len(mutants) - counts["equivalent"]
    print(f"{faults - len(survived)} of {faults} faults noticed: {100 * (1 - len(survived) / faults):.1f} %")
    print(f"{counts['equivalent']} more are no faults: no call can go otherwise, proved by exploring all calls")
    reasons = read_survivors(PATHS / "survivors.yaml")
    for fault in survived:
        print(f"  {fault}\n    {reason_for(fault, reasons) or 'nobody has said why'}")
    stale = unneeded(reasons, survived) if options.sample is None and not options.without_calls else []
    for survivor in stale:
        print(f"  no such fault goes unnoticed, take it out of survivors.yaml: {survivor.fault}")
    print(f"{time.perf_counter() - began:.0f} s on {options.jobs} cores", file=sys.stderr)
    return 1 if stale or any(reason_for(fault, reasons) is None for fault in survived) else 0


def _written() -> list[Case]:
    """The written calls and goals in one language; what they say in others is no matter of the graph."""
    return [case for case in written_cases(ROOT / "tests", ("fr", "de", "en", "es")) if case.language == "fr"]


if __name__ == "__main__":
    sys.exit(main())
