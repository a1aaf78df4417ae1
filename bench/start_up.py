"""What starting costs: importing, the command from start to answer, and the languages; in processor time, and by the clock.

Processor time says the same on a machine that others use too. Figures of processes stand beside a python that does nothing.
A check in which nothing is remembered is what a fresh clone gets; it is shared by two processes, whose times are added up.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass

from measuring import ROOT, figure, percentile

from frontdesk.bootstrap.kept_readings import READINGS
from frontdesk.checking.memo import UNDERSTOOD
from frontdesk.cli.kept_reports import REPORTS

ROUNDS = 5
NOTHING = "nothing remembered"
READ = "all read again"
"""As after an edit that changes nothing: the report is gone, what was read and understood is there."""
_COMMAND = "from frontdesk.cli.app import main; main()"
_CALL = ["-c", _COMMAND, "call", "--jsonl", "--language", "fr", "--now", "2026-06-12T09:00", "--db", "sqlite://"]
_HANG_UP = '{"hangup": true}\n'
_WISH = '{"say": "bonjour, une coupe femme mardi à quinze heures"}\n'
_CHECK = ["-c", _COMMAND, "check"]
_INSURER = [*_CHECK, "--business", "examples/insurance"]
CASES = {
    "python alone": (["-c", "pass"], ""),
    "import fsm": (["-c", "import fsm"], ""),
    "import spoken": (["-c", "import spoken"], ""),
    "frontdesk --help": (["-c", _COMMAND, "--help"], ""),
    "frontdesk check": (_CHECK, ""),
    f"frontdesk check, {READ}": (_CHECK, ""),
    f"frontdesk check, {NOTHING}": (_CHECK, ""),
    "frontdesk check of the insurer": (_INSURER, ""),
    f"frontdesk check of the insurer, {READ}": (_INSURER, ""),
    f"frontdesk check of the insurer, {NOTHING}": (_INSURER, ""),
    "frontdesk call, hung up after the greeting": (_CALL, _HANG_UP),
    "frontdesk call, to the first answer": (_CALL, _WISH + _HANG_UP),
}
_LOADING = """
import sys, time
from spoken.when.language import load_language
began = time.process_time()
load_language(sys.argv[1])
print(time.process_time() - began)
"""


@dataclass(frozen=True)
class Cost:
    """Of one process: seconds of the processor, and seconds by the clock."""

    processor: float
    clock: float


def cost(arguments: list[str], said: str) -> Cost:
    """Runs python once. Raises CalledProcessError where it fails."""
    command = [sys.executable, *arguments]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert process.stdin is not None
    process.stdin.write(said)
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - began)


def _loading(language: str) -> float:
    ran = subprocess.run([sys.executable, "-c", _LOADING, language], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(ran.stdout)


def main() -> None:
    alone = 0.0
    for name, (arguments, said) in CASES.items():
        cost(arguments, said)  # the first time writes byte code
        runs = []
        for _ in range(ROUNDS):
            if name.endswith((NOTHING, READ)):
                REPORTS.unlink(missing_ok=True)
            if name.endswith(NOTHING):
                UNDERSTOOD.unlink(missing_ok=True)
                shutil.rmtree(READINGS, ignore_errors=True)
            runs.append(cost(arguments, said))
        taken = percentile([run.processor for run in runs], 0.5)
        alone = alone or taken
        clock = percentile([run.clock for run in runs], 0.5)
        quickest = min(run.clock for run in runs)
        beside = [f"{taken / alone:.0f} times python alone", f"{clock * 1000:.0f} ms by the clock", f"{quickest * 1000:.0f} the quickest"]
        figure(name, taken * 1000, "ms", beside=beside)
    for language in ("fr", "de", "en", "es"):
        figure(f"grammar of days and times, {language}", percentile([_loading(language) for _ in range(ROUNDS)], 0.5) * 1000, "ms")


if __name__ == "__main__":
    main()
