"""How long importing takes, and the command from start to answer."""

from __future__ import annotations

import subprocess
import sys
import time

from measuring import ROOT, figure, percentile

ROUNDS = 5
_COMMAND = "from frontdesk.cli.app import main; main()"
CASES = {
    "python alone": ["-c", "pass"],
    "import fsm": ["-c", "import fsm"],
    "import spoken": ["-c", "import spoken"],
    "frontdesk --help": ["-c", _COMMAND, "--help"],
    "frontdesk check": ["-c", _COMMAND, "check"],
    "frontdesk call, to the end of an empty call": ["-c", _COMMAND, "call", "--jsonl", "--now", "2026-06-12T09:00", "--db", "sqlite://"],
}


def seconds(arguments: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def main() -> None:
    alone = 0.0
    for name, arguments in CASES.items():
        seconds(arguments)  # the first time writes byte code
        taken = percentile([seconds(arguments) for _ in range(ROUNDS)], 0.5)
        alone = alone or taken
        figure(name, taken * 1000, "ms", beside=[f"{taken / alone:.1f} times python alone"])


if __name__ == "__main__":
    main()
