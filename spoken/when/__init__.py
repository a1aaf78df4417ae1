"""Days, times and windows: from a caller's words to wall times, in every language that has a `when.yaml`."""

from spoken.when.reader import read_when
from spoken.when.shifts import read_shift

__all__ = ["read_shift", "read_when"]
