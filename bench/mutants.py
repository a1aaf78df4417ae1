"""How many faults in the shipped graph are noticed, and by whom: `frontdesk check`, the generated paths, the written calls.

python bench/mutants.py                  every fault, on two cores
python bench/mutants.py --sample 60      a seeded sample
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from frontdesk.actions.catalogue import CATALOGUE  # noqa: E402
from frontdesk.bootstrap.content import Folders  # noqa: E402
from frontdesk.proving.judging import Judge  # noqa: E402
from frontdesk.proving.mutants import Mutant, mutants_of  # noqa: E402
from frontdesk.proving.script import read_paths  # noqa: E402
from frontdesk.rehearsing.suite import written_cases  # noqa: E402
from fsm.yaml_source import read_yaml  # noqa: E402

_judges: list[Judge] = []


def _prepare(*, calls: bool = True) -> None:
    logging.disable(logging.CRITICAL)
    cases = (
        []
        if not calls
        else [case for case in written_cases(ROOT / "tests", ("fr", "de", "en", "es")) if case.kind == "calls" and case.language == "fr"]
    )
    _judges.append(Judge(Folders(None), read_paths(ROOT / "tests" / "paths" / "paths.yaml"), cases))


def _judged(mutant: Mutant) -> str:
    return _judges[0].verdict(mutant)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="so many faults, chosen by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-calls", action="store_true", help="the check and the paths only")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    document = read_yaml(ROOT / "states.yaml").data
    mutants = mutants_of(document, CATALOGUE, seed=options.seed, sample=options.sample)
    began = time.perf_counter()
    _prepare(calls=not options.without_calls)  # once, here: what goes wrong is seen, and the workers have it from us
    with multiprocessing.get_context("fork").Pool(options.jobs) as pool:
        verdicts = pool.map(_judged, mutants, chunksize=4)
    kinds = sorted({mutant.kind for mutant in mutants})
    print(f"{'fault':<20}{'check':>8}{'paths':>8}{'explored':>10}{'calls':>8}{'survived':>10}")
    for kind in [*kinds, "all"]:
        counts = Counter(verdict for mutant, verdict in zip(mutants, verdicts, strict=True) if kind in {mutant.kind, "all"})
        print(
            f"{kind:<20}"
            + "".join(f"{counts[who]:>{wide}}" for who, wide in (("check", 8), ("paths", 8), ("exploration", 10), ("calls", 8)))
            + f"{counts['survived']:>10}"
        )
    survived = [mutant for mutant, verdict in zip(mutants, verdicts, strict=True) if verdict == "survived"]
    print(f"{len(mutants) - len(survived)} of {len(mutants)} noticed: {100 * (1 - len(survived) / len(mutants)):.1f} %")
    for mutant in survived:
        print(f"  {mutant}")
    print(f"{time.perf_counter() - began:.0f} s on {options.jobs} cores", file=sys.stderr)


if __name__ == "__main__":
    main()
