"""Checks a business beside calls that are being held, behind everything else, and prints its problems as JSON. One check at a time."""

from __future__ import annotations

import fcntl
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Final

_LOW: Final = 15
"""Steps of priority that a check stands behind calls."""


def main() -> None:
    """`python -m frontdesk.checking '{"business": …, "defaults": …}'`, with the folders as :class:`Folders` has them."""
    with suppress(OSError):
        os.nice(_LOW)
    from frontdesk.bootstrap.kept_readings import READINGS, KeptReadings  # only now: loading all this is most of the work of a small check
    from frontdesk.bootstrap.reading import Folders
    from frontdesk.checking.memo import UNDERSTOOD, Memo
    from frontdesk.checking.whole import examine_folders

    named = json.loads(sys.argv[1])
    folders = Folders(Path(named["business"]) if named["business"] else None, Path(named["defaults"]))
    with _alone(UNDERSTOOD.with_suffix(".lock")):  # several processes follow the same files, and the second finds what the first has learnt
        examined = examine_folders(folders, Memo(UNDERSTOOD), kept=KeptReadings(READINGS))
    json.dump([asdict(problem) for problem in examined.problems], sys.stdout)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held = lock.open("w", encoding="utf-8")
    except OSError:  # a folder that nobody may write to: then several checks at once
        yield
        return
    with held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    main()
